"""A property brought up to date: what is due, by what the kept answers tell, is asked in the order in which it matters.

Nothing is remembered beside the kept answers: a run that is ended at any moment goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from connectors.ga4 import windows
from connectors.ga4.answers import Asked
from connectors.ga4.ask import NAMED_AT_ONCE, Got, ask, ask_spans
from connectors.ga4.client import Client
from connectors.ga4.known import DAY, Known
from connectors.ga4.look import first_counted, look
from connectors.ga4.names import told
from connectors.ga4.questions import Outcome, Questions
from connectors.ga4.reports import BY_NAME, DAILY, NAMED, PERIODIC, Grain, Report
from connectors.ga4.windows import due
from connectors.services.pace import Pause, Refused
from connectors.services.runs import Keep, Tell
from data.model import UserError, Window, says

WEEKS_AT_ONCE, MONTHS_AT_ONCE = 26, 13


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


class _Run(Questions):
    """What is due, and in which order; `changed`: the spans of older days that Google tells otherwise today."""

    changed: Sequence[Window] = ()

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
        older = list(windows.chunks(known, self.answerable(DAILY), today, since))
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
        wanted = {report: due(self.known, report.name, spans, self.today) for report in self.answerable(NAMED)}
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
            self.say(says("Asking for people"))
            self.ask(questions)

    def _asked(self, report: Report, spans: Sequence[Window]) -> list[Got]:
        return [ask_spans(self.client, report, spans)]

    def _probe(self) -> None:
        """Turns off the reports whose names the property does not have; the optional ones are tried when new."""
        dimensions, metrics = self.client.names()
        for report in self.answerable((*DAILY, *PERIODIC, *NAMED)):
            unknown = [*(set(report.dimensions) - dimensions), *(set(report.metrics) - metrics)]
            if unknown:
                self.turn_off(report, f"unknown here: {', '.join(sorted(unknown))}")
            elif report.optional and report.name not in self.known.asked:
                try:
                    if apart := self.client.apart(report.dimensions, report.metrics):
                        self.turn_off(report, f"incompatible: {', '.join(apart)}")
                except Refused as refused:
                    self.fell(report, refused)

    def _first_counted(self, window: Window) -> date | None:
        """The first day that has a visit; None too where Google does not answer, and the next run asks again."""
        try:
            return first_counted(self.client, window)
        except Refused as refused:
            if refused.stops_all:
                raise
            return None

    def _changed(self, since: date) -> list[Window] | None:
        """The spans of older days that Google tells otherwise today, by one question about all of them; None where it
        does not answer."""
        known, report = self.known, BY_NAME["site_day"]
        settled = self.today - (windows.SETTLED + 1) * DAY
        kept = [day for day in known.kept.get(report.name, {}) if since <= day <= settled]
        days = {day for day in known.open if settled >= day > self.today - windows.OPEN_FOR * DAY}
        if kept and report.name not in self.off:
            first = max(min(kept), self.today - windows.CANARY_DAYS * DAY)
            self.say(says("Looking at all days for changes"))
            try:
                got = ask(self.client, report, Window(first, settled))
            except Refused as refused:
                if refused.stops_all:
                    raise
                return None
            now = {day: digest for one in got for day, digest in one.digests.items()}
            before = known.digests[report.name]
            days |= {day for day in kept if day >= first and now.get(day, "") != before.get(day, "")}
        return windows.spans(days)

    def _days(self, window: Window, reports: Sequence[Report], recent: bool = False, canary: bool = False) -> None:
        """The reports by day over a window, kept as one answer."""
        self.say(says("Asking for {days}", days=window))
        questions = [
            (report, lambda report=report, days=days: ask(self.client, report, days, self.seen.hosts))
            for report in self.answerable(reports)
            if (days := windows.clipped(report, window, self.today))
        ]
        self.ask(questions, recent=recent, canary=canary)

    def _periods(self, since: date, week_start: int) -> None:
        """The weeks, months and spans that are due, kept as one answer."""
        self.say(says("Asking for weeks and months"))
        questions = []
        for report in self.answerable((*PERIODIC, *NAMED)):
            for spans in self._spans(report, since, week_start):
                questions.append((report, partial(self._asked, report, spans)))
        self.ask(questions)

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


def _few(spans: Sequence[Window]) -> Iterator[tuple[Window, ...]]:
    """The spans in turns, as many as one question may name."""
    for start in range(0, len(spans), NAMED_AT_ONCE):
        yield tuple(spans[start : start + NAMED_AT_ONCE])
