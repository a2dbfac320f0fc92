"""Where a row of a list comes from: the statements behind a post, or behind the members of a slice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from metrics.facts import within
from metrics.lists import Members, Slice, value_sql
from metrics.model import Metric
from metrics.reading import EVERYTHING, Scope
from metrics.sites import counting, same_sites
from metrics.stated import ONE_DAY, Rows, rows_of

MOST_ROWS = 2000


def of_post(cursor: Any, metrics: Sequence[Metric], account: str, post_id: str) -> pd.DataFrame:
    """Every statement of a post, the newest export first: a column a metric, file, sheet, row, as_of."""
    columns = ", ".join(f'{value_sql(m)} as "{m.key}"' for m in metrics)
    query = (
        f"select e.as_of, {columns}, e.name as file, f.sheet, f.row "
        "from ledger.posts f join exports e using (export_id) "
        "where f.account = ? and f.post_id = ? order by e.rank desc, f.rowid desc"
    )
    return cursor.execute(query, [account, post_id]).df()


def of_members(cursor: Any, slice_: Slice, members: Members, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """The statements that are believed behind a list of members: member, days, a column a metric, file, sheet, row."""
    if members.window is None:
        return pd.DataFrame()
    where, accounts = within(scope)
    table = slice_.source.value
    rows = rows_of(slice_, members.window, members.daily)
    columns = ", ".join(f'{_stated(m, rows)} as "{m.key}"' for m in slice_.metrics)
    sites = same_sites(cursor, slice_.source, scope)
    counted = counting(table, (), f"slice = ? and {rows.inside}{where}", sites)
    counted = f"select owner as account, slice, first_day, last_day from ({counted})"
    query = (
        f"select {slice_.by} as member, f.first_day, f.last_day, {columns}, e.name as file, f.sheet, f.row, e.as_of "
        # Of a day where a newer answer has superseded every statement nothing is known.
        f"from (from ledger.{table} semi join ({counted}) using (account, slice, first_day, last_day)) f "
        f"join exports e using (export_id) where f.slice = ? and {rows.inside}{where} "
        "qualify e.rank = max(e.rank) over (partition by f.account, f.first_day, f.last_day) "
        f'order by f.first_day desc, "{slice_.metrics[0].key}" desc nulls last, f.row limit {MOST_ROWS}'
    )
    asked = [members.name, *rows.parameters, *accounts]
    found = cursor.execute(query, [*asked, *asked]).df()
    return found[found["member"].isin(members.rows["member"])]


def _stated(metric: Metric, rows: Rows) -> str:
    """SQL of what a statement gives to a list: of the window as a whole, its people only."""
    added = rows.beside and not metric.people
    return f"case when {ONE_DAY} then {value_sql(metric)} end" if added else value_sql(metric)
