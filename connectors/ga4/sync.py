"""A property brought up to date: what has to be asked is asked, and each window is kept as soon as it is whole.

Nothing is remembered beside the kept answers: a run that is ended at any moment goes on where it was. A report that
cannot be answered stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.metadata import version
from zoneinfo import ZoneInfo

from connectors.ga4 import windows
from connectors.ga4.answers import Asked, Part, packed
from connectors.ga4.ask import NAMED_AT_ONCE, Got, ask, ask_spans
from connectors.ga4.client import Client
from connectors.ga4.look import Look, first_counted, look
from connectors.ga4.names import told
from connectors.ga4.reports import BY_NAME, DAILY, NAMED, PAIR, PERIODIC, Grain, Report
from connectors.ga4.windows import Known, due
from connectors.services.pace import AT_ONCE, Kind, Pause, Refused
from data.model import Message, UserError, Window, says

CLIENT = "google-analytics-data"
WEEKS_AT_ONCE, MONTHS_AT_ONCE = 26, 13
Keep = Callable[[str, bytes], None]  # keeps an answer under a name, as one transaction
Tell = Callable[[int, int, Message], None]  # how many windows are done, of how many, and what is being asked


@dataclass
class Outcome:
    """What came of a run: how many answers were kept, what could not be answered and why, what it cost."""

    seen: Look
    kept: int = 0
    off: dict[str, str] = field(default_factory=dict)  # reports that this property cannot answer
    failed: dict[str, str] = field(default_factory=dict)  # reports that were not answered this time
    paused: Message | None = None  # why it stopped before the end
    spent: int = 0  # tokens


def sync(
    client: Client,
    kept: Iterable[Asked],
    keep: Keep,
    tell: Tell = lambda done, of, message: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    since: date | None = None,
    week_start: int = 1,
    name: str = "",
) -> Outcome:
    """Asks what the `kept` answers of the property do not say yet. Raises UserError where nothing may be asked."""
    return _outcome(client, kept, keep, tell, now, name, lambda run, before: run.all(since or before, week_start))


def people(
    client: Client,
    kept: Iterable[Asked],
    spans: Iterable[Window],
    keep: Keep,
    tell: Tell = lambda done, of, message: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    name: str = "",
) -> Outcome:
    """Asks for the people of exactly these spans, of which none that has settled is asked twice. Raises UserError
    where nothing may be asked, and where a span ends before it begins or after today, or begins too early."""
    return _outcome(client, kept, keep, tell, now, name, lambda run, before: run.people(spans, before))


def _outcome(
    client: Client, kept: Iterable[Asked], keep: Keep, tell: Tell, now: Callable[[], datetime], name: str,
    ask_it: Callable[[_Run, date | None], None],
) -> Outcome:  # fmt: skip
    """What comes of a run, whose questions are asked once it is known who answers."""
    try:
        seen = look(client, name)
    except Refused as refused:
        raise told(refused, client.number, client.email) from refused
    except Pause as pause:
        raise UserError(pause.message) from pause
    answers = sorted(kept, key=lambda one: one.at)
    before = answers[-1].since if answers else None
    # Days of another clock, and sums in another currency, are asked anew.
    known = Known.of(one for one in answers if (one.zone, one.currency) == (seen.zone, seen.currency))
    run = _Run(client, seen, known, keep, tell, now)
    outcome = run.outcome
    try:
        ask_it(run, before)
    except Pause as pause:
        outcome.paused = pause.message
    except Refused as refused:
        raise told(refused, client.number, client.email) from refused
    outcome.spent = client.pace.spent
    outcome.seen = replace(seen, quota=client.pace.quota)
    return outcome


class _Run:
    def __init__(
        self, client: Client, seen: Look, known: Known, keep: Keep, tell: Tell, now: Callable[[], datetime]
    ) -> None:
        self.client, self.seen, self.known, self.keep, self.tell, self.now = client, seen, known, keep, tell, now
        self.today = now().astimezone(ZoneInfo(seen.zone)).date()
        self.outcome = Outcome(seen)
        self.since = self.today
        self.counted: date | None = None
        self.changed: list[Window] = []
        self.off = windows.switched_off(known, self.today)
        self.done = self.total = 0

    def all(self, since: date | None, week_start: int) -> None:
        """Everything that is due, what matters most first."""
        known, today = self.known, self.today
        since = self.since = windows.first_wanted(today, since)
        last = known.last
        found = last.counted if last and last.since == since else None
        self.counted = found or self._first_counted(Window(since, today))
        self._probe()
        changed = self._changed(since) if windows.canary_is_due(known, today) else None
        self.changed = changed or []
        older = list(windows.chunks(known, self._answerable(DAILY), today, since))
        self.total = 2 + len(changed or ()) + len(older)
        self._days(windows.recent(known, today, since), DAILY, recent=known.recent != today, canary=changed == [])
        self._periods(since, week_start)
        for window in changed or ():
            self._days(window, DAILY, canary=window is (changed or [])[-1])
        for window, reports in older:
            self._days(window, reports)

    def people(self, spans: Iterable[Window], since: date | None) -> None:
        """The people of some spans, kept as one answer."""
        spans = dict.fromkeys(spans)
        wanted = {report: due(self.known, report.name, spans, self.today) for report in self._answerable(NAMED)}
        for span in (span for some in wanted.values() for span in some):
            if not windows.EARLIEST <= span.first <= span.last <= self.today:
                raise UserError(
                    says(
                        "People can be asked from a day to a later one, both from {earliest} to today ({today}): not "
                        "from {first} to {last}.",
                        earliest=windows.EARLIEST, today=self.today, first=span.first, last=span.last,
                    )
                )  # fmt: skip
        self.since = windows.first_wanted(self.today, since)
        last = self.known.last
        self.counted = last.counted if last and last.since == self.since else None
        questions = [(r, partial(self._asked, r, few)) for r, some in wanted.items() for few in _few(some)]
        if questions:
            self._say(says("Asking for people"))
            self._kept(questions)

    def _asked(self, report: Report, spans: Sequence[Window]) -> list[Got]:
        return [ask_spans(self.client, report, spans)]

    def _answerable(self, reports: Sequence[Report]) -> list[Report]:
        return [report for report in reports if report.name not in self.off]

    def _probe(self) -> None:
        """Turns off the reports whose names the property does not have; the optional ones are tried when new."""
        dimensions, metrics = self.client.names()
        for report in self._answerable((*DAILY, *PERIODIC, *NAMED)):
            unknown = [*(set(report.dimensions) - dimensions), *(set(report.metrics) - metrics)]
            if unknown:
                self._turn_off(report, f"unknown here: {', '.join(sorted(unknown))}")
            elif report.optional and report.name not in self.known.asked:
                try:
                    if apart := self.client.apart(report.dimensions, report.metrics):
                        self._turn_off(report, f"incompatible: {', '.join(apart)}")
                except Refused as refused:
                    self._fell(report, refused)

    def _first_counted(self, window: Window) -> date | None:
        """The first day that has a visit; None too where Google does not answer, and the next run asks again."""
        try:
            return first_counted(self.client, window)
        except Refused as refused:
            _raise_for_all(refused)
            return None

    def _changed(self, since: date) -> list[Window] | None:
        """The spans of older days that Google tells otherwise today, by one question about all of them; None where it
        does not answer."""
        known, report = self.known, BY_NAME["site_day"]
        settled = self.today - (windows.SETTLED + 1) * windows.DAY
        kept = [day for day in known.kept.get(report.name, {}) if since <= day <= settled]
        days = {day for day in known.open if settled >= day > self.today - windows.OPEN_FOR * windows.DAY}
        if kept and report.name not in self.off:
            first = max(min(kept), self.today - windows.CANARY_DAYS * windows.DAY)
            self.tell(0, 1, says("Looking at all days for changes"))
            try:
                got = ask(self.client, report, Window(first, settled))
            except Refused as refused:
                _raise_for_all(refused)
                return None
            now = {day: digest for one in got for day, digest in one.digests.items()}
            before = known.digests[report.name]
            days |= {day for day in kept if day >= first and now.get(day, "") != before.get(day, "")}
        return windows.spans(days)

    def _days(self, window: Window, reports: Sequence[Report], recent: bool = False, canary: bool = False) -> None:
        """The reports by day over a window, kept as one answer."""
        self._say(says("Asking for {days}", days=window))
        questions = [
            (report, lambda report=report, days=days: ask(self.client, report, days, self.seen.hosts))
            for report in self._answerable(reports)
            if (days := windows.clipped(report, window, self.today))
        ]
        self._kept(questions, recent=recent, canary=canary)

    def _periods(self, since: date, week_start: int) -> None:
        """The weeks, months and spans that are due, kept as one answer."""
        self._say(says("Asking for weeks and months"))
        questions = []
        for report in self._answerable((*PERIODIC, *NAMED)):
            for spans in self._spans(report, since, week_start):
                questions.append((report, partial(self._asked, report, spans)))
        self._kept(questions)

    def _spans(self, report: Report, since: date, week_start: int) -> Iterator[tuple[Window, ...]]:
        """What a report is asked at a time: adjoining weeks or months, or spans that are named."""
        match report.grain:
            case Grain.WEEK | Grain.MONTH:
                step = report.grain.value
                most = 1 if report.top else WEEKS_AT_ONCE if step == "week" else MONTHS_AT_ONCE
                wanted = due(self.known, report.name, windows.whole(step, self.today, since), self.today, self.changed)
                for start in range(0, len(wanted), most):
                    some = wanted[start : start + most]
                    yield (Window(some[0].first, some[-1].last),)
            case _ if report in NAMED:
                shown = windows.shown(self.today, week_start, since)
                yield from _few(due(self.known, report.name, shown, self.today, self.changed))
            case _:  # the titles of pages, which are but labels
                last = max((day for (name, _), day in self.known.periods.items() if name == report.name), default=None)
                if last is None or (self.today - last).days >= windows.CANARY:
                    yield (Window(self.today - timedelta(days=28), self.today - timedelta(days=1)),)

    def _kept(
        self, questions: Sequence[tuple[Report, Callable[[], list[Got]]]], recent: bool = False, canary: bool = False
    ) -> None:
        """Asks some questions at once, and keeps what came of them, also where the rest has to wait."""
        got: dict[Report, list[Got]] = {}
        pause: BaseException | None = None
        off, failed = set(self.outcome.off), set(self.outcome.failed)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running: dict[Future[list[Got]], Report] = {pool.submit(question): r for r, question in questions}
            try:
                for future in as_completed(running):
                    try:
                        got.setdefault(running[future], []).extend(future.result())
                    except Refused as refused:
                        self._fell(running[future], refused)
                    except Pause as raised:
                        pause = raised
                        pool.shutdown(wait=False, cancel_futures=True)
                        break
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        self.done += 1
        pair = {report for report, _ in questions if report.name in PAIR and report.name not in self.off}
        if not all(got.get(report) for report in pair):
            for report in pair:  # the one without the other is asked again
                got.pop(report, None)
        told_off = {name: why for name, why in self.outcome.off.items() if name not in off or recent}
        told_failed = {name: why for name, why in self.outcome.failed.items() if name not in failed}
        self._keep(
            [one for report in BY_NAME.values() for one in sorted(got.get(report, ()), key=lambda g: g.spans[0].first)],
            recent=recent and not pause, canary=canary and not pause, off=told_off, failed=told_failed,
        )  # fmt: skip
        if pause:
            raise pause

    def _keep(
        self, got: Sequence[Got], recent: bool, canary: bool, off: dict[str, str], failed: dict[str, str]
    ) -> None:
        parts = windows.together([self._part(one) for one in got])
        if not (recent or canary or any(part.tells for part in parts)):
            return
        asked = Asked(
            number=self.client.number,
            at=self.now().astimezone(UTC).replace(microsecond=0),
            today=self.today,
            zone=self.seen.zone,
            provisional_from=windows.provisional(self.today),
            since=self.since,
            parts=parts,
            counted=self.counted,
            name=self.seen.name,
            currency=self.seen.currency,
            client=f"{CLIENT} {version(CLIENT)}",
            recent=recent,
            canary=canary,
            off=off,
            failed=failed,
            quota=self.client.pace.quota,
        )
        self.keep(asked.title, packed(asked, {place: one.pages for place, one in enumerate(got)}))
        self.known.add(asked)
        self.outcome.kept += 1

    def _part(self, got: Got) -> Part:
        """What is written down of what came: where it tells nothing new, only that it was asked."""
        part = Part(got.report.name, got.spans, digests=got.digests, open=got.open)
        span = Window(part.first, part.last)
        if got.report.grain in (Grain.DAY, Grain.HOUR):
            return replace(part, tells=self.known.news(part.report, span, part.digests, self.today))
        digests = part.digests
        new = any(self.known.is_news(part.report, s, digests.get(s.first, ""), self.today) for s in part.spans)
        return replace(part, tells=span if new else None)

    def _fell(self, report: Report, refused: Refused) -> None:
        """Takes note of a report that was not answered. Raises again what stops all reports."""
        _raise_for_all(refused)
        if refused.kind is Kind.QUESTION:
            self._turn_off(report, refused.text)
        else:
            self.outcome.failed[report.name] = refused.text

    def _turn_off(self, report: Report, reason: str) -> None:
        self.outcome.off[report.name] = reason
        self.off.add(report.name)

    def _say(self, message: Message) -> None:
        self.tell(self.done, max(self.total, 1), message)


def _raise_for_all(refused: Refused) -> None:
    """Raises again what stops all reports."""
    if refused.kind in (Kind.KEY, Kind.RIGHT):
        raise refused


def _few(spans: Sequence[Window]) -> Iterator[tuple[Window, ...]]:
    """The spans in turns, as many as one question may name."""
    for start in range(0, len(spans), NAMED_AT_ONCE):
        yield tuple(spans[start : start + NAMED_AT_ONCE])
