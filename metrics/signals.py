"""Signals: what stands out of its own past, and what is routine variation. The door to all that judges.

Days are judged by `judge` and `judge_all`, hours by `episodes`, weeks by `by_week`, the values of a tile by `verdict`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.model import Window
from metrics.days_off import DayOff, days_off, public_holidays
from metrics.hourly import Episode, episodes
from metrics.judging import SILENCES, Day, Judged, Series, Silence, judge, judge_all
from metrics.levels import Level
from metrics.process import FIRST_RULE, Point, Rule, chart
from metrics.windows import buckets

__all__ = [
    "ENOUGH",
    "FIRST_RULE",
    "SILENCES",
    "Day",
    "DayOff",
    "Episode",
    "Judged",
    "Level",
    "Point",
    "Rule",
    "Series",
    "Silence",
    "Verdict",
    "Week",
    "by_week",
    "chart",
    "days_off",
    "episodes",
    "judge",
    "judge_all",
    "public_holidays",
    "verdict",
]

ENOUGH = 8  # earlier values needed before a tile is judged


@dataclass(frozen=True)
class Verdict:
    """A value outside its natural process limits: `up` above the upper one, else below the lower one."""

    up: bool
    low: float
    high: float


def verdict(past: Sequence[float | None], now: float | None) -> Verdict | None:
    """What the earlier values say of the value of now; None for routine variation or too short a past.

    The limits are those of a process behaviour chart, on how far a value lies from what the earlier ones make expected.
    A flat past judges nothing.
    """
    if now is None:
        return None
    signed = any(value < 0 for value in (*past, now) if value is not None)
    point = chart([*past, now], ENOUGH, signed)[-1]
    if point.rule is not Rule.LIMIT or point.up is None or point.low is None or point.high is None:
        return None
    return Verdict(point.up, point.low, point.high)


@dataclass(frozen=True)
class Week:
    """A whole week of a daily series on its process behaviour chart."""

    window: Window
    point: Point


def by_week(series: Series, start: int = 1) -> tuple[Week, ...]:
    """The whole weeks of a daily series; one of which a day is unknown or provisional has no value, and is not judged.

    `start` is the first day of the week, 1 for Monday to 7 for Sunday.
    """
    if not series.values:
        return ()
    known = {
        day: value
        for n, value in enumerate(series.values)
        if value is not None and (day := series.first + timedelta(n)) not in series.provisional
    }
    weeks = buckets(Window(series.first, series.first + timedelta(len(series.values) - 1)), "week", start)
    points = chart([_total(known, week) for week in weeks], signed=series.signed)
    return tuple(Week(week, point) for week, point in zip(weeks, points, strict=True))


def _total(known: dict[date, float], week: Window) -> float | None:
    values = [known.get(week.first + timedelta(n)) for n in range(week.days)]
    stated = [value for value in values if value is not None]
    return sum(stated) if len(stated) == len(values) else None
