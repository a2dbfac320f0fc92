"""The questions of one run: asked at once, and what comes of them kept as one answer, also where the rest has to wait.

A report that cannot be answered stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from connectors.ga4 import windows
from connectors.ga4.answers import Asked, Part, packed
from connectors.ga4.ask import Got
from connectors.ga4.client import Client
from connectors.ga4.known import Known, provisional, together
from connectors.ga4.look import Look
from connectors.ga4.reports import BY_NAME, PAIR, Grain, Report
from connectors.services.pace import AT_ONCE, Kind, Pause, Refused
from connectors.services.runs import Came, Keep, Tell
from data.model import Message, Window

CLIENT = "google-analytics-data"


@dataclass(kw_only=True)
class Outcome(Came):
    """What came of a run, who answered, and what it cost."""

    seen: Look
    spent: int = 0  # tokens


class Questions:
    """What a run asks a property, and keeps of it.

    `since`: the first day that is wanted in the end. `counted`: the first from there on that has a visit. `off`: the
    reports that are not asked. `done`, `total`: how many answers there are to keep, and were.
    """

    def __init__(
        self, client: Client, seen: Look, known: Known, keep: Keep, tell: Tell, now: Callable[[], datetime]
    ) -> None:
        self.client, self.seen, self.known, self._keep, self._tell, self._now = client, seen, known, keep, tell, now
        self.today = now().astimezone(ZoneInfo(seen.zone)).date()
        self.outcome = Outcome(seen=seen)
        self.since = self.today
        self.counted: date | None = None
        self.off = windows.switched_off(known, self.today)
        self.done, self.total = 0, 1

    def ask(
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
                        self.fell(running[future], refused)
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
        self._keep_as_one(
            [one for report in BY_NAME.values() for one in sorted(got.get(report, ()), key=lambda g: g.spans[0].first)],
            recent=recent and not pause, canary=canary and not pause, off=told_off, failed=told_failed,
        )  # fmt: skip
        if pause:
            raise pause

    def _keep_as_one(
        self, got: Sequence[Got], recent: bool, canary: bool, off: dict[str, str], failed: dict[str, str]
    ) -> None:
        """Keeps what came as one answer, where there is anything to keep."""
        parts = together([self._part(one) for one in got])
        if not (recent or canary or any(part.tells for part in parts)):
            return
        asked = Asked(
            number=self.client.number,
            at=self._now().astimezone(UTC).replace(microsecond=0),
            today=self.today,
            zone=self.seen.zone,
            provisional_from=provisional(self.today),
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
        self._keep(asked.title, packed(asked, {place: one.pages for place, one in enumerate(got)}))
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

    def fell(self, report: Report, refused: Refused) -> None:
        """Takes note of a report that was not answered. Raises again what stops all reports."""
        if refused.stops_all:
            raise refused
        if refused.kind is Kind.QUESTION:
            self.turn_off(report, refused.text)
        else:
            self.outcome.failed[report.name] = refused.text

    def turn_off(self, report: Report, reason: str) -> None:
        """Asks a report no more."""
        self.outcome.off[report.name] = reason
        self.off.add(report.name)

    def answerable(self, reports: Sequence[Report]) -> list[Report]:
        """The reports that are asked: not those that are turned off."""
        return [report for report in reports if report.name not in self.off]

    def say(self, message: Message) -> None:
        """Tells what is being asked."""
        self._tell(self.done, self.total, message)
