"""The hours of a brand's sites, each judged by the hours before it: how a day came, and which hours stood out.

An hour as busy as the same hour of that weekday has been is a habit, and stands out on nobody: a letter that goes out
every Thursday at eleven is expected by whoever sends it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from data.model import Window
from metrics.ground import ground
from metrics.hourly import HOURS, bounds, together
from metrics.judging import MATERIAL_EVENTS, MATERIAL_SHARE
from metrics.lists import value_sql
from metrics.model import Source
from metrics.reading import EVERYTHING, Scope
from metrics.sites import counting, same_sites
from metrics.traffic import sessions

PAST = timedelta(weeks=8)  # before the first hour that is shown
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HABIT = 4  # weeks in which the same hour of the weekday is looked at


@dataclass(frozen=True)
class Hour:
    """The visits of an hour, what was expected and the band around it; a provisional hour is never judged."""

    at: datetime
    value: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    strength: float | None = None
    provisional: bool = False

    @property
    def size(self) -> float:
        """How much more than expected, or less."""
        return 0.0 if self.value is None or self.expected is None else self.value - self.expected

    @property
    def beyond(self) -> bool:
        """Whether it lies outside the band, and by enough to be told."""
        if self.provisional or self.value is None or self.expected is None or self.low is None or self.high is None:
            return False
        return not self.low <= self.value <= self.high and _apart(self.value, self.expected)


@dataclass(frozen=True)
class Hourly:
    """The visits of one account hour by hour, from midnight on, and those that stand out: of hours close together on
    one side, the one that does most."""

    account: str
    hours: tuple[Hour, ...]
    out: tuple[Hour, ...]

    def of(self, day: date) -> tuple[Hour, ...]:
        """The hours of a day against what was expected of them at midnight; none where that cannot be said."""
        at = (day - self.hours[0].at.date()).days * HOURS
        found = self.hours[at : at + HOURS] if at >= 0 else ()
        if all(hour.value is None for hour in found):
            return ()
        since = max(at - PAST.days * HOURS, 0)
        before = [hour.value for hour in self.hours[since:at]]
        told = _against(self.hours[since].at, before + [None] * HOURS)
        return tuple(
            replace(hour, expected=one.expected, low=one.low, high=one.high, strength=None)
            for hour, one in zip(found, told[-HOURS:], strict=True)
        ) if told[-1].expected is not None else ()  # fmt: skip

    def judged(self, window: Window) -> Window | None:
        """From the first to the last day of a window of which hours could be judged."""
        days = [
            hour.at.date() for hour in self.hours
            if hour.strength is not None and window.first <= hour.at.date() <= window.last
        ]  # fmt: skip
        return Window(days[0], days[-1]) if days else None

    def standing_out(self, window: Window, told: Collection[date] = ()) -> tuple[Hour, ...]:
        """The hours of a window that stand out, the newest first, but for those of days that are told as a whole."""
        inside = (hour for hour in self.out if window.first <= hour.at.date() <= window.last)
        return tuple(sorted((hour for hour in inside if hour.at.date() not in told), key=lambda hour: hour.at))[::-1]


def watched_hours(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> tuple[Hourly, ...]:
    """The visits of each account by hour over a window, where any day of it is stated by hour."""
    span = Window(window.first - PAST, window.last)
    under = ground(cursor, Source.WEB, [span], scope, "hour")
    days = "slice = 'hour' and first_day = last_day and first_day between ? and ? and hour is not null"
    counted = counting(Source.WEB.value, None, days, same_sites(cursor, Source.WEB, scope))
    query = f"select account, first_day, hour, ({value_sql(sessions)})::double from ({counted}) f"
    found: dict[str, dict[tuple[date, int], float | None]] = {}
    for account, day, hour, visits in cursor.execute(query, [span.first, span.last]).fetchall():
        found.setdefault(account, {})[day, hour] = visits
    return tuple(
        _judged(account, found[account], under.provisional(account, span, False))
        for account in under.covered
        if account in found and max(found[account])[0] >= window.first
    )


def _judged(account: str, stated: dict[tuple[date, int], float | None], tail: int) -> Hourly:
    days = {day for day, _ in stated}
    first, many = min(days), (max(days) - min(days)).days + 1
    every = [(first + n * DAY, hour) for n in range(many) for hour in range(HOURS)]
    # In a day that is stated by hour, one that is not listed is one without a visit.
    values = [stated.get(one, 0.0) if one[0] in days else None for one in every]
    open_ = len(values) - HOURS * tail
    told = _against(datetime.combine(first, time()), values[:open_] + [None] * (len(values) - open_))
    hours = tuple(
        replace(hour, value=value, provisional=n >= open_)
        for n, (hour, value) in enumerate(zip(told, values, strict=True))
    )
    runs = together(np.array([np.nan if hour.strength is None else hour.strength for hour in hours]))
    tops = [max(run, key=lambda n: abs(hours[n].strength or 0.0)) for run in runs]
    return Hourly(account, hours, tuple(hours[n] for n in tops if _tells(n, hours)))


def _against(first: datetime, values: Sequence[float | None]) -> list[Hour]:
    """Hours from a midnight on, each judged by those before it."""
    rows = zip(*bounds(first, np.array([values], dtype=float)), strict=True)
    told = zip(*([None if np.isnan(one) else float(one) for one in row] for row in next(rows)), strict=True)
    return [
        Hour(first + n * HOUR, value, *found) for n, (value, found) in enumerate(zip(values, told, strict=True))
    ]  # fmt: skip


def _tells(at: int, hours: Sequence[Hour]) -> bool:
    """Whether an hour differs enough from what was expected, and from the same hour of the weekday before it."""
    top = hours[at]
    if top.value is None or top.expected is None or not _apart(top.value, top.expected):
        return False
    weeks = [hours[at - n * 7 * HOURS].value for n in range(1, HABIT + 1) if at >= n * 7 * HOURS]
    before = [value for value in weeks if value is not None]
    if not before:
        return True
    usual = max(before) if top.size > 0 else min(before)
    return (top.value - usual) * top.size > 0 and _apart(top.value, usual)


def _apart(value: float, other: float) -> bool:
    return abs(value - other) >= max(MATERIAL_SHARE * other, MATERIAL_EVENTS)


def bulk(hours: Collection[Hour]) -> tuple[int, int] | None:
    """The shortest span of hours of a day that holds half of its whole difference: its first hour and its last."""
    sizes = [hour.size for hour in hours]
    whole = sum(sizes)
    spans = (
        (last - first, -abs(sum(sizes[first : last + 1])), first, last)
        for first in range(len(sizes)) for last in range(first, len(sizes))
        if whole and sum(sizes[first : last + 1]) / whole >= 0.5
    )  # fmt: skip
    shortest = min(spans, default=None)
    return shortest[2:] if shortest else None
