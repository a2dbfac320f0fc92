"""Lists: posts, and the members of a slice (pages, sources, queries …), with the metrics of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from data.model import Window
from metrics.facts import facts, within
from metrics.ground import Ground, grounds
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Mark, Scope, Truths
from metrics.sites import counting
from metrics.stated import LONGER, ONE_DAY, Cover, Rows, Slice, cover_of, rows_of

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
    return lists(cursor, [(slice_, limit)], window, scope, until)[0]


def lists(
    cursor: Any, wanted: Sequence[tuple[Slice, int]], window: Window, scope: Scope = EVERYTHING,
    until: date | None = None,
) -> list[Members]:  # fmt: skip
    """The same for several slices of one source, each with how many members are listed: what they stand on is asked
    once."""
    covers = [cover_of(cursor, slice_, window, scope, until or date.max) for slice_, _ in wanted]
    asked = {(cover.name, cover.window) for cover in covers if cover}
    under = grounds(cursor, wanted[0][0].source, asked, scope) if asked else {}
    return [
        _listed(cursor, slice_, cover, under[cover.name, cover.window], scope, limit) if cover else NO_MEMBERS
        for (slice_, limit), cover in zip(wanted, covers, strict=True)
    ]


def _listed(cursor: Any, slice_: Slice, covered: Cover, under: Ground, scope: Scope, limit: int) -> Members:
    """The members of a slice over what it is stated for."""
    source, by, metrics, span = slice_.source, slice_.by, slice_.metrics, covered.window
    where, accounts = within(scope)
    rows = rows_of(slice_, span, covered.daily)
    sums = ", ".join(f'{_summed(m, rows)} as "{m.key}"' for m in metrics)
    counted = counting(source.value, None, f"slice = ? and {rows.inside}{where}", under.sites)
    first = f'"{metrics[0].key}"'
    added = not (metrics[0].bottom or metrics[0].people)
    whole = f"sum({first}) over ()" if added else "null"
    folded = f"sum({first}) filter (member = '{OTHERS}') over ()" if added else "null"
    query = (
        f"with m as (select {by} as member, {sums} from ({counted}) f where ({by}) is not null group by 1"
        f"{f' having bool_or({ONE_DAY})' if rows.beside else ''}) "
        f"select *, {whole} as total, {folded} as folded from m order by {first} desc nulls last, member limit {limit}"
    )
    found = cursor.execute(query, [covered.name, *rows.parameters, *accounts]).df()
    total, folded = (
        None if found.empty or pd.isna(found[name][0]) else float(found[name][0]) for name in ("total", "folded")
    )
    truths = under.of_list(metrics, span, covered.daily)
    if total and folded and Mark.OTHER in truths:  # it is told of all an answer holds; here it is of what is shown
        truths[Mark.OTHER] = {"share": folded / total}
    return Members(found.drop(columns=["total", "folded"]), span, total, covered.daily, covered.name, truths)


def _summed(metric: Metric, rows: Rows) -> str:
    """SQL of a metric over the rows of a member."""
    top, bottom = metric.top_formula.row_sql("f"), metric.bottom_formula
    if metric.people:  # never added: shown where a row of the window states it, or one row alone
        value = f"({value_sql(metric)})::double"
        whole = f"when count({value}) filter ({LONGER}) = 1 then max({value}) filter ({LONGER}) " if rows.beside else ""
        return f"case {whole}when count({value}) = 1 then max({value}) end"
    days = ONE_DAY if rows.beside else "true"
    if bottom is None:
        return f"sum(({top})::double) filter ({days})"
    stated = f"({top}) is not null and ({bottom.row_sql('f')}) is not null and {days}"
    return f"sum(({top})::double) filter ({stated}) / nullif(sum(({bottom.row_sql('f')})::double) filter ({stated}), 0)"
