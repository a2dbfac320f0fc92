"""Lists: posts, and the members of a slice (pages, sources, queries …), with the metrics of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.model import Window
from metrics.facts import facts, spans
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Scope

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
    """For each chosen post, what the metric was at each export that stated it, oldest first."""
    if chosen.empty:
        return []
    wanted = list(zip(chosen["account"], chosen["post_id"], strict=True))
    query = (
        f"select account, post_id, list({value_sql(metric)} order by as_of, export_id) filter "
        f"({value_sql(metric)} is not null) from ledger.posts f "
        "where account in (select unnest(?)) and post_id in (select unnest(?)) group by all"
    )
    accounts, ids = (sorted(set(column)) for column in zip(*wanted, strict=True))
    found = {(a, p): values for a, p, values in cursor.execute(query, [accounts, ids]).fetchall()}
    return [found.get(key) or [] for key in wanted]


@dataclass(frozen=True)
class Members:
    """The members of a slice, the largest first, over the window they cover.

    `window` differs from the one asked where the exports state another period only. `total` is the whole of the
    first metric over the members, those beyond the list included.
    """

    rows: pd.DataFrame
    window: Window | None
    total: float | None


NO_MEMBERS = Members(pd.DataFrame(), None, None)


def members(
    cursor: Any, source: Source, slice_: str, by: str, metrics: Sequence[Metric], window: Window,
    scope: Scope = EVERYTHING, limit: int = 10,
) -> Members:  # fmt: skip
    """The members of a slice by the first metric: from its days if they cover the window, else its nearest period.

    `by` is SQL over the slice's columns that names the member.
    """
    covered = _covered(cursor, source, slice_, window, scope)
    if covered is None:
        return NO_MEMBERS
    span, daily = covered
    where, parameters = ("", []) if not scope.accounts else (" and account in (select unnest(?))", [list(scope.accounts)])
    inside = "first_day = last_day and first_day between ? and ?" if daily else "first_day = ? and last_day = ?"
    sums = ", ".join(f'{_summed(m)} as "{m.key}"' for m in metrics)
    query = (
        f'with f as (select * from {source.value} where slice = ? and {inside}{where}), '
        f"m as (select {by} as member, {sums} from f where {by} is not null group by {by}) "
        f'select *, sum("{metrics[0].key}") over () as total from m '
        f'order by "{metrics[0].key}" desc nulls last, member limit {limit}'
    )
    rows = cursor.execute(query, [slice_, span.first, span.last, *parameters]).df()
    total = None if rows.empty or pd.isna(rows["total"][0]) else float(rows["total"][0])
    return Members(rows.drop(columns="total"), span, total)


def _summed(metric: Metric) -> str:
    top, bottom = metric.top_formula.row_sql("f"), metric.bottom_formula
    if metric.people:  # never added: shown where one row alone states it
        return f"case when count({top}) = 1 then max({top})::double end"
    if bottom is None:
        return f"sum(({top})::double)"
    stated = f"({top}) is not null and ({bottom.row_sql('f')}) is not null"
    return (
        f"sum(({top})::double) filter ({stated}) / nullif(sum(({bottom.row_sql('f')})::double) filter ({stated}), 0)"
    )


def _covered(cursor: Any, source: Source, slice_: str, window: Window, scope: Scope) -> tuple[Window, bool] | None:
    """The window the slice can be told for, and whether from its days; None when no export states it."""
    where, parameters = ("", []) if not scope.accounts else (" and account in (select unnest(?))", [list(scope.accounts)])
    days = cursor.execute(
        f"select count(*) from {source.value} where slice = ? and first_day = last_day "
        f"and first_day between ? and ?{where}",
        [slice_, window.first, window.last, *parameters],
    ).fetchone()[0]
    known = [s for (t, a), s in spans(cursor).items() if t == source.value and (not scope.accounts or a in scope.accounts)]
    if days and any(s.first <= window.first and s.last >= window.last for s in known):
        return window, True
    nearest = cursor.execute(
        f"select first_day, last_day from {source.value} where slice = ? and first_day < last_day{where} group by first_day, last_day "
        "order by first_day <= ? and last_day >= ? desc, greatest(first_day - ?::date, ?::date - last_day, 0), "
        "last_day - first_day limit 1",
        [slice_, *parameters, window.first, window.last, window.last, window.first],
    ).fetchone()
    return (Window(*nearest), False) if nearest else None
