"""Where a figure comes from: the statements behind a reading, down to file, sheet and row."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.model import Window
from metrics.facts import LEVEL_LOOK_BACK, LOOK_BACK
from metrics.model import Metric, Source
from metrics.reading import Scope

# The columns that tell one statement's subject from another's, and the day it is about.
SUBJECT = {
    Source.POSTS: ("account, post_id", "day", "day"),
    Source.DAYS: ("account, day", "day", "day"),
    Source.WEB: ("account, slice, first_day, last_day", "first_day", "last_day"),
    Source.SEARCH: ("account, slice, first_day, last_day, query", "first_day", "last_day"),
}
SLICES = {"query_clicks": "query"}
READ_FROM = {"query_clicks": "clicks", "all_clicks": "clicks"}


def origins(cursor: Any, metric: Metric, window: Window, scope: Scope, limit: int = 2000) -> pd.DataFrame:
    """The statements that are believed behind a metric over a window.

    Columns: account, first_day, last_day, column (the measure), value, file, sheet, row, as_of; and post_id for
    posts. A figure about levels reads further back, a difference of levels one step back.
    """
    subject, first, last = SUBJECT[metric.reads]
    names = metric.measures() or ["engagements"]
    measures = ", ".join(
        f"{{'measure': '{name}', 'value': l.\"{READ_FROM.get(name, name)}\"::double}}" for name in names
    )
    calls = metric.top_formula.calls | (metric.bottom_formula.calls if metric.bottom_formula else set())
    back = LEVEL_LOOK_BACK if calls & {"start", "end"} else LOOK_BACK if "change" in calls else None
    where = [f"l.{first} >= ? and l.{last} <= ?"]
    parameters: list[Any] = [window.first - back if back else window.first, window.last]
    if scope.accounts:
        where.append("l.account in (select unnest(?))")
        parameters.append(list(scope.accounts))
    if scope.kinds and metric.reads is Source.POSTS:
        where.append("l.kind in (select unnest(?))")
        parameters.append(list(scope.kinds))
    if metric.reads in (Source.WEB, Source.SEARCH):
        where.append("l.slice in (select unnest(?))")
        parameters.append([*{SLICES.get(name, "site") for name in names}])
        span = "l.first_day = l.last_day or (l.first_day = ? and l.last_day = ?)"
        where.append("(l.first_day = ? and l.last_day = ?)" if metric.top_formula.people else f"({span})")
        parameters += [window.first, window.last]
    counted = "l.counted_from is null desc," if metric.reads is Source.POSTS else ""
    stated = "true" if metric.top_formula.counts else "said.value is not null"
    query = (
        f"select l.account, {'l.post_id, ' if metric.reads is Source.POSTS else ''}l.{first} as first_day, "
        f"l.{last} as last_day, said.measure as \"column\", said.value, e.name as file, l.sheet, l.row, e.as_of "
        f"from (select *, rowid as place from ledger.{metric.reads.value}) l join exports e using (export_id), "
        f"lateral (select unnest([{measures}]) as said) "
        f"where {' and '.join(where)} and {stated} "
        f"qualify row_number() over (partition by {', '.join('l.' + c for c in subject.split(', '))}, said.measure "
        f"order by {counted} e.rank desc, l.place desc) = 1 "
        f"order by l.{first} desc, l.account, said.measure limit {limit}"
    )
    return cursor.execute(query, parameters).df()
