"""Which days have to be asked, by what the kept answers say; all of them Pacific days.

Days that were not final are asked again at every sync. What was never asked follows, the newest first, as far back as
Google keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from connectors.search_console_api.answers import Asked
from data.model import Window

DAY = timedelta(days=1)
HOT = 3  # days before today that are asked at every sync
SETTLED = 4  # days after which a day without a row is one of none, where Google does not say which days are final
CHUNK = 30  # days asked at a time
MONTHS_KEPT = 16


@dataclass
class Known:
    """What the kept answers of a property cover: the days that are final, and what was told of each day last."""

    final: set[date] = field(default_factory=set)
    told: dict[date, dict[str, str]] = field(default_factory=dict)  # the digest of each report
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
        self.final |= set(_final(asked))
        self.told |= _told(asked)
        self.last = asked

    def tells_nothing_new(self, asked: Asked) -> bool:
        """Whether earlier answers say just the same of the same days."""
        same = all(self.told.get(day) == told for day, told in _told(asked).items())
        return same and not asked.failed and self.final.issuperset(_final(asked))


def _final(asked: Asked) -> Iterator[date]:
    """The days that need not be asked again."""
    for day in days_of(asked.window):
        if not asked.failed and (asked.provisional_from is None or day < asked.provisional_from):
            yield day


def _told(asked: Asked) -> dict[date, dict[str, str]]:
    """The digest of each report by day; a report that was answered and has no row says so too."""
    told: dict[date, dict[str, str]] = {day: {} for day in days_of(asked.window)}
    for part in asked.parts:
        for day in [part.day] if part.day else told:
            if day in told:
                told[day][part.report] = part.digests.get(day, "")
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


def due(known: Known, today: date, since: date) -> list[Window]:
    """The spans to be asked: the newest days, then all that is not known for good, the newest first."""
    lacking = {day for day in days_of(Window(since, today)) if day not in known.final or day >= today - HOT * DAY}
    found: list[Window] = []
    for day in sorted(lacking, reverse=True):
        if found and found[-1].first - DAY == day and found[-1].days < CHUNK:
            found[-1] = Window(day, found[-1].last)
        else:
            found.append(Window(day, day))
    return found
