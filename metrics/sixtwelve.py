"""Six weeks and twelve months of a metric beside the year before, and what it came to since month, quarter and year
began: how a week is put into its year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from data.model import Window
from metrics.engine import Readings, read
from metrics.ground import ground
from metrics.model import Metric
from metrics.reading import EVERYTHING, Change, Mark, Reading, Scope, change
from metrics.windows import before, month, quarter, run, without_last, year, year_before

WEEKS, MONTHS = 6, 12


class Since(StrEnum):
    """Since when something is totalled, up to the last day of the week."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Pair(NamedTuple):
    """A week or month, and the same a year before: 364 days earlier, or the same month."""

    now: Reading
    then: Reading


@dataclass(frozen=True)
class Total:
    """What a metric came to since something began. `before`: against the week before, for the week alone."""

    since: Since
    reading: Reading
    before: Change | None
    year: Change | None


@dataclass(frozen=True)
class SixTwelve:
    """A metric's six weeks and twelve whole months, the oldest first, and its totals."""

    metric: Metric
    weeks: tuple[Pair, ...]
    months: tuple[Pair, ...]
    totals: tuple[Total, ...]


def six_twelve(cursor: Any, metrics: Sequence[Metric], week: Window, scope: Scope = EVERYTHING) -> list[SixTwelve]:
    """The weeks that end with `week`, the whole months before its end, and the totals, for each metric.

    As in a tile, provisional days are left out of both sides of a change, and counts that still grow are compared
    with nothing.
    """
    weeks = run(week, WEEKS)
    newest = month(week.last)
    months = run(newest if newest.last <= week.last else before(newest), MONTHS)
    spans = {since: begun(since, week) for since in Since}
    then = {window: year_before(window) for window in (*weeks, *months)}
    every = [*then, *then.values(), *spans.values(), before(week)]
    grounds = {source: ground(cursor, source, every, scope) for source in {metric.reads for metric in metrics}}
    tails = {source: under.tail(week) for source, under in grounds.items()}
    settled = [
        other for tail in set(tails.values()) for since, span in spans.items() if tail < span.days
        for other in _sides(since, span, tail)
    ]  # fmt: skip
    found = read(cursor, metrics, [*every, *settled], scope, grounds)
    made = []
    for metric in metrics:
        pairs = {window: Pair(found[metric.key, window], found[metric.key, then[window]]) for window in then}
        totals = tuple(_total(found, metric, since, span, tails[metric.reads]) for since, span in spans.items())
        made.append(SixTwelve(metric, tuple(pairs[one] for one in weeks), tuple(pairs[one] for one in months), totals))
    return made


def begun(since: Since, week: Window) -> Window:
    """From the beginning of the week, month, quarter or year that holds the week's last day, to that day."""
    match since:
        case Since.MONTH:
            return Window(month(week.last).first, week.last)
        case Since.QUARTER:
            return Window(quarter(week.last).first, week.last)
        case Since.YEAR:
            return Window(year(week.last).first, week.last)
    return week


def a_year_before(since: Since, span: Window) -> Window:
    """What a total is compared with: the same weekdays for a week, else the same dates of the year before."""
    return year_before(span) if since is Since.WEEK else Window(_same_date(span.first), _same_date(span.last))


def _same_date(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


def _sides(since: Since, span: Window, tail: int) -> tuple[Window, Window, Window]:
    """The settled part of a span, that of the week before (for a week), and that of a year before."""
    settled = without_last(span, tail)
    earlier = without_last(before(span), tail) if since is Since.WEEK else settled
    return settled, earlier, a_year_before(since, settled)


def _total(found: Readings, metric: Metric, since: Since, span: Window, tail: int) -> Total:
    reading = found[metric.key, span]
    if tail >= span.days or (Mark.GROWING in reading.marks and not metric.rate):
        return Total(since, reading, None, None)
    now, earlier, then = (found[metric.key, one] for one in _sides(since, span, tail))
    return Total(since, reading, change(now, earlier) if since is Since.WEEK else None, change(now, then))
