"""Lists: posts, and the members of a slice (pages, sources, queries …), with the metrics of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from data.model import Window
from metrics.facts import facts, within
from metrics.ground import ground
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Mark, Scope, Truths
from metrics.sites import counting, same_sites

OTHERS = "(other)"  # where Google Analytics puts the rows that are too many for it
POST_COLUMNS = ("post_id", "published_at", "day", "kind", "text", "link")


def value_sql(metric: Metric, table: str = "f") -> str:
    """SQL of a metric for one row: its formula, top over bottom."""
    top = metric.top_formula.row_sql(table)
    bottom = metric.bottom_formula
    return f"({top})" if bottom is None else f"({top}) / nullif({bottom.row_sql(table)}, 0)"


def posts(
    cursor: Any, metrics: Sequence[Metric], window: Window, scope: Scope = EVERYTHING, limit: int | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The posts of a window, a column a metric, the highest first metric first; posts that do not state it last."""
    measures = sorted({name for m in metrics for side in m.sides for name in side.columns()})
    rows, parameters = facts(Source.POSTS, [*POST_COLUMNS, *measures], window, scope)
    columns = ", ".join(f'{value_sql(m)} as "{m.key}"' for m in metrics)
    query = (
        f"with f as ({rows}) select account, {', '.join(POST_COLUMNS)}, {columns} from f "
        f'order by "{metrics[0].key}" desc nulls last, day desc, post_id limit {limit or "all"}'
    )
    return cursor.execute(query, parameters).df()


def kinds(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> list[str]:
    """The kinds of the posts of a window, the most frequent first."""
    rows, parameters = facts(Source.POSTS, ["kind"], window, scope)
    query = f"select kind from ({rows}) where kind is not null group by kind order by count(*) desc, kind"
    return [kind for (kind,) in cursor.execute(query, parameters).fetchall()]


def histories(cursor: Any, metric: Metric, chosen: pd.DataFrame) -> list[list[float]]:
    """For each chosen post, what the metric was at each export that stated it, oldest first.

    Counts of a period only are left out: they are no step of a growth.
    """
    if chosen.empty:
        return []
    accounts, ids = list(chosen["account"]), list(chosen["post_id"])
    # The day of a post may differ between statements, or be in some of them only.
    query = (
        "select account, post_id, list(value order by as_of nulls first, export_id) from "
        f"(select account, post_id, as_of, export_id, {value_sql(metric)} as value from ledger.posts f "
        "where counted_from is null and (day between ?::date - 1 and ?::date + 1 or day is null)) "
        "semi join (select unnest(?) as account, unnest(?) as post_id) using (account, post_id) "
        "where value is not null group by all"
    )
    rows = cursor.execute(query, [chosen["day"].min(), chosen["day"].max(), accounts, ids]).fetchall()
    found = {(account, post_id): values for account, post_id, values in rows}
    return [found.get(key, []) for key in zip(accounts, ids, strict=True)]


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


@dataclass(frozen=True)
class Members:
    """The members of a slice, the largest first, over the window they cover.

    `window` differs from the one asked where the exports state another period only, `daily` says whether it is
    stated by day, `name` in which slice. `total` is the whole of the first metric over the members, those beyond the
    list included. `truths`: what the sources say of it, mark by mark.
    """

    rows: pd.DataFrame
    window: Window | None
    total: float | None
    daily: bool = False
    name: str = ""
    truths: Truths = field(default_factory=dict)

    @property
    def marks(self) -> frozenset[Mark]:
        """Its marks of trust."""
        return frozenset(self.truths)


NO_MEMBERS = Members(pd.DataFrame(), None, None)


def members(
    cursor: Any, slice_: Slice, window: Window, scope: Scope = EVERYTHING, limit: int = 10, until: date | None = None
) -> Members:
    """The members of a slice by the first metric: over the days or the period that state most of the window.

    With `until`, of what ends by that day.
    """
    source, by, metrics = slice_.source, slice_.by, slice_.metrics
    covered = _covered(cursor, slice_, window, scope, until or date.max)
    if covered is None:
        return NO_MEMBERS
    where, accounts = within(scope)
    inside = "first_day = last_day and first_day between ? and ?" if covered.daily else "first_day = ? and last_day = ?"
    sums = ", ".join(f'{_summed(m)} as "{m.key}"' for m in metrics)
    sites = same_sites(cursor, source, scope)
    counted = counting(source.value, None, f"slice = ? and {inside}{where}", sites)
    first = f'"{metrics[0].key}"'
    added = not (metrics[0].bottom or metrics[0].people)
    whole = f"sum({first}) over ()" if added else "null"
    folded = f"sum({first}) filter (member = '{OTHERS}') over ()" if added else "null"
    query = (
        f"with m as (select {by} as member, {sums} from ({counted}) f where ({by}) is not null group by 1) "
        f"select *, {whole} as total, {folded} as folded from m order by {first} desc nulls last, member limit {limit}"
    )
    span = covered.window
    rows = cursor.execute(query, [covered.name, span.first, span.last, *accounts]).df()
    total, folded = (
        None if rows.empty or pd.isna(rows[name][0]) else float(rows[name][0]) for name in ("total", "folded")
    )
    truths = ground(cursor, source, [span], scope, covered.name).of_list(metrics, span, covered.daily)
    if total and folded and Mark.OTHER in truths:  # it is told of all an answer holds; here it is of what is shown
        truths[Mark.OTHER] = {"share": folded / total}
    return Members(rows.drop(columns=["total", "folded"]), span, total, covered.daily, covered.name, truths)


def _summed(metric: Metric) -> str:
    top, bottom = metric.top_formula.row_sql("f"), metric.bottom_formula
    if metric.people:  # never added: shown where one row alone states it
        return f"case when count({top}) = 1 then max({top})::double end"
    if bottom is None:
        return f"sum(({top})::double)"
    stated = f"({top}) is not null and ({bottom.row_sql('f')}) is not null"
    return f"sum(({top})::double) filter ({stated}) / nullif(sum(({bottom.row_sql('f')})::double) filter ({stated}), 0)"


class _Cover(NamedTuple):
    """What a slice is stated for: the days from the first to the last of a window, or a period."""

    window: Window
    daily: bool
    name: str


def _covered(cursor: Any, slice_: Slice, window: Window, scope: Scope, until: date) -> _Cover | None:
    """What of the window, or else near it, the slice is stated for, and whether by days; None if for nothing."""
    where, accounts = within(scope)
    stated = f"slice in (select unnest(?)) and ({slice_.of or slice_.by}) is not null{where}"
    named = f"from {slice_.source.value} where {stated}"
    names = list(slice_.names)
    by_day = cursor.execute(
        f"select slice, list(distinct first_day order by first_day) {named} and first_day = last_day "
        "and first_day between ? and ? group by slice",
        [names, *accounts, window.first, min(window.last, until)],
    ).fetchall()
    found = [
        _Cover(run, True, name)
        for name, days in by_day
        for run in _runs(cursor, slice_.source.value, name, days, scope)
    ]
    if not any(cover.window == window for cover in found):
        periods = cursor.execute(
            f"select distinct first_day, last_day, slice {named} and first_day < last_day and last_day <= ?",
            [names, *accounts, until],
        ).fetchall()
        found += [_Cover(Window(first, last), False, name) for first, last, name in periods]

    def preferred(cover: _Cover) -> tuple[int, bool, int, date, int]:
        span = cover.window
        return _overlap(span, window), cover.daily, -span.days, span.first, -names.index(cover.name)

    return max(found, key=preferred, default=None)


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
