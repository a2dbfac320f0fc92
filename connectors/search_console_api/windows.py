"""Which days have to be asked, by what the kept answers say; all of them Pacific days.

Days that were not final are asked again at every sync. What was never asked follows, the newest first, as far back as
Google keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from connectors.search_console_api.answers import Asked
from connectors.search_console_api.reports import REPORTS, Report
from data.model import Window

DAY = timedelta(days=1)
HOT = 3  # days before today that are asked at every sync, and may still change where Google does not say which do
RETRY = 7  # days after which a report that could not be answered is tried again
CHUNK = 30  # days asked at a time
MONTHS_KEPT = 16


@dataclass
class Known:
    """What the kept answers of a property cover, by report: the days that are final, what was told of each day last,
    and when the property could not answer."""

    final: dict[str, set[date]] = field(default_factory=dict)
    told: dict[str, dict[date, str]] = field(default_factory=dict)  # digests
    off: dict[str, date] = field(default_factory=dict)
    last: Asked | None = None

    @classmethod
    def of(cls, answers: Iterable[Asked]) -> Known:
        """What these answers cover."""
        known = cls()
        for asked in sorted(answers, key=lambda one: one.at):
            known.add(asked)
        return known

    def add(self, asked: Asked) -> None:
        """Takes one more answer into account, the newest so far."""
        for report, told in _told(asked).items():
            self.told.setdefault(report, {}).update(told)
            self.final.setdefault(report, set()).update(_final(asked))
            self.off.pop(report, None)
        self.off |= dict.fromkeys(asked.off, asked.at.date())
        self.last = asked

    def tells_nothing_new(self, asked: Asked) -> bool:
        """Whether earlier answers say just the same of the same days."""
        final = set(_final(asked))
        return not asked.off and all(
            told.items() <= self.told.get(report, {}).items() and final <= self.final.get(report, set())
            for report, told in _told(asked).items()
        )

    def answerable(self, today: date) -> list[Report]:
        """The reports that are asked: not those that could not be answered lately."""
        return [r for r in REPORTS if r.name not in self.off or (today - self.off[r.name]).days >= RETRY]


def _final(asked: Asked) -> Iterator[date]:
    """The days of which what was answered is final."""
    for day in days_of(asked.window):
        if asked.provisional_from is None or day < asked.provisional_from:
            yield day


def _told(asked: Asked) -> dict[str, dict[date, str]]:
    """The digest of each day by report; a report that was answered and has no row says so too."""
    told: dict[str, dict[date, str]] = {}
    for part in asked.parts:
        days = [part.day] if part.day else days_of(asked.window)
        told.setdefault(part.report, {}).update({day: part.digests.get(day, "") for day in days})
    return told


def days_of(window: Window) -> Iterator[date]:
    """The days of a span."""
    return (window.first + n * DAY for n in range(window.days))


def first_kept(today: date) -> date:
    """The first day that Google still has."""
    year, month = divmod(today.year * 12 + today.month - 1 - MONTHS_KEPT, 12)
    for day in range(today.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:  # there is no 31 June
            continue
    raise AssertionError("every month has a first day")


def due(known: Known, today: date, since: date) -> list[tuple[Window, list[Report]]]:
    """The spans to be asked, with the reports that lack them: the newest days, then all that is not known for good,
    the newest first."""
    reports = known.answerable(today)
    found: list[tuple[Window, list[Report]]] = []
    for day in sorted(days_of(Window(since, today)), reverse=True):
        hot = day >= today - HOT * DAY
        lacking = [r for r in reports if hot or day not in known.final.get(r.name, ())]
        window, before = found[-1] if found else (Window(day, day), [])
        if lacking and lacking == before and window.first - DAY == day and window.days < CHUNK:
            found[-1] = Window(day, window.last), lacking
        elif lacking:
            found.append((Window(day, day), lacking))
    return found
