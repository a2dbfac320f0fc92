"""A slice of a source, and what of a window it is stated for: its days, or a period; of people, the window itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.model import Window
from metrics.facts import within
from metrics.model import Metric, Source
from metrics.reading import Scope

ONE_DAY, LONGER = "f.first_day = f.last_day", "f.first_day < f.last_day"


@dataclass(frozen=True)
class Slice:
    """A slice of a source and how it is listed: its name, SQL over its columns that names a member, its figures.

    `of` is SQL that is stated where the members are, though `by` leaves some of them out. `also` are slices of more
    dimensions that hold the same members, for want of the slice itself: those whose rows add up to it.
    """

    source: Source
    name: str
    by: str
    metrics: tuple[Metric, ...]
    also: tuple[str, ...] = ()
    of: str = ""

    def __hash__(self) -> int:
        return hash((self.source, self.name, self.by))

    @property
    def names(self) -> tuple[str, ...]:
        """The slices that may hold its members, the first choice first."""
        return (self.name, *self.also)


class Cover(NamedTuple):
    """What a slice is stated for: the days from the first to the last of a window, or a period."""

    window: Window
    daily: bool
    name: str


def cover_of(cursor: Any, slice_: Slice, window: Window, scope: Scope, until: date) -> Cover | None:
    """What of the window, or else near it, the slice is stated for, and whether by days; None if for nothing."""
    where, accounts = within(scope)
    stated = f"slice in (select unnest(?)) and ({slice_.of or slice_.by}) is not null{where}"
    first = f"bool_or(({slice_.metrics[0].top_formula.row_sql('f')}) is not null)"  # by which the list is sorted
    named = f"from {slice_.source.value} f where {stated}"
    names = list(slice_.names)
    last = min(window.last, until)
    by_day = cursor.execute(
        f"select slice, list(distinct first_day order by first_day), {first} {named} and first_day = last_day "
        "and first_day between ? and ? group by slice",
        [names, *accounts, window.first, last],
    ).fetchall()
    listed = {name: (days, sorts) for name, days, sorts in by_day}
    whole = any(len(days) == window.days for days, _ in listed.values())
    quiet = {} if whole else _listed_whole(cursor, slice_, window.first, last, scope)
    found: dict[Cover, bool] = {}
    for name in listed.keys() | quiet.keys():
        days, sorts = listed.get(name, ((), True))
        known = sorted({*days, *quiet.get(name, ())})
        found |= {Cover(run, True, name): sorts for run in _runs(cursor, slice_.source.value, name, known, scope)}
    if not any(cover.window == window for cover in found):
        periods = cursor.execute(
            f"select first_day, last_day, slice, {first} {named} and first_day < last_day and last_day <= ? "
            "group by all",
            [names, *accounts, until],
        ).fetchall()
        found |= {Cover(Window(first, last), False, name): sorts for first, last, name, sorts in periods}

    def preferred(cover: Cover) -> tuple[bool, bool, int, bool, int, date, int]:
        span, overlap = cover.window, _overlap(cover.window, window)
        return overlap >= 0, found[cover], overlap, cover.daily, -span.days, span.first, -names.index(cover.name)

    return max(found, key=preferred, default=None)


def _listed_whole(cursor: Any, slice_: Slice, first: date, last: date, scope: Scope) -> dict[str, set[date]]:
    """The days of which an answer gives all members, by slice: where it gives none there are none. Not days that may
    still change, and none of which something may be left out."""
    where, accounts = within(scope)
    spans = cursor.execute(
        "select slice, greatest(first_day, cut_before, ?), least(last_day, provisional_from - 1, ?) from answers "
        f'where "table" = ? and slice in (select unnest(?)) and by_day and withheld is not true{where}',
        [first, last, slice_.source.value, list(slice_.names), *accounts],
    ).fetchall()
    found: dict[str, set[date]] = {}
    for name, begins, ends in spans:
        found.setdefault(name, set()).update(begins + timedelta(n) for n in range((ends - begins).days + 1))
    return {name: days for name, days in found.items() if days}


def _runs(cursor: Any, table: str, name: str, days: Sequence[date], scope: Scope) -> list[Window]:
    """The stretches of days of which all is known. A day without a row is one without members where an export that
    lists them covers it, or an answer; between two exports it is one that nobody has stated."""
    if len(days) == (days[-1] - days[0]).days + 1:
        return [Window(days[0], days[-1])]
    where, accounts = within(scope)
    listing = f"select export_id from ledger.{table} where slice = ? and first_day = last_day{where}"
    covered = cursor.execute(
        f'select first_day, last_day from ledger.spans where "table" = ?{where} and export_id in ({listing} '
        'and first_day between ? and ?) union select first_day, last_day from answers where "table" = ? and slice = ? '
        f"and by_day{where}",
        [table, *accounts, name, *accounts, days[0], days[-1], table, name, *accounts],
    ).fetchall()
    runs = [Window(days[0], days[0])]
    for day in days[1:]:
        between = [runs[-1].last + timedelta(n) for n in range(1, (day - runs[-1].last).days)]
        if all(any(first <= one <= last for first, last in covered) for one in between):
            runs[-1] = Window(runs[-1].first, day)
        else:
            runs.append(Window(day, day))
    return runs


def _overlap(one: Window, other: Window) -> int:
    return (min(one.last, other.last) - max(one.first, other.first)).days


class Rows(NamedTuple):
    """The rows of a slice, of a table `f`, that a list over a window is made of: SQL and its parameters.

    Where days are added up, people are read from rows of the window as a whole beside them: `beside`.
    """

    inside: str
    parameters: tuple[date, ...]
    beside: bool = False


def rows_of(slice_: Slice, window: Window, daily: bool) -> Rows:
    """The rows of a slice over a window that it states by day, or as a whole."""
    whole, bounds = "f.first_day = ? and f.last_day = ?", (window.first, window.last)
    if not daily:
        return Rows(whole, bounds)
    days = f"{ONE_DAY} and f.first_day between ? and ?"
    if window.days == 1 or not any(metric.people for metric in slice_.metrics):
        return Rows(days, bounds)
    return Rows(f"(({days}) or ({whole}))", (*bounds, *bounds), beside=True)
