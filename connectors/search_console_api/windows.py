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
CHUNK = 30  # days asked at a time
MONTHS_KEPT = 16


@dataclass
class Known:
    """What the kept answers of a property cover: the days that are final, and what each part of a day said last."""

    final: set[date] = field(default_factory=set)
    digests: dict[tuple[date, date, str], str] = field(default_factory=dict)
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
        lacking = bool(asked.failed)
        self.final |= {
            day for day in days_of(asked.window) if not lacking and day < (asked.provisional_from or date.max)
        }
        self.digests[_key(asked)] = _sum(asked)
        self.last = asked

    def tells_nothing_new(self, asked: Asked) -> bool:
        """Whether an earlier answer says just the same of the same days."""
        return not asked.failed and self.digests.get(_key(asked)) == _sum(asked)


def _key(asked: Asked) -> tuple[date, date, str]:
    return asked.first, asked.last, str(asked.provisional_from)


def _sum(asked: Asked) -> str:
    return " ".join(f"{part.report} {part.day} {part.digest}" for part in asked.parts)


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
    lacking = {day for day in days_of(Window(since, today)) if day not in known.final or day > today - HOT * DAY}
    found: list[Window] = []
    for day in sorted(lacking, reverse=True):
        if found and found[-1].first - DAY == day and found[-1].days < CHUNK:
            found[-1] = Window(day, found[-1].last)
        else:
            found.append(Window(day, day))
    return found
