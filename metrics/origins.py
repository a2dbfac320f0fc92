"""Where a figure comes from: the statements behind a reading, down to file, sheet and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from data.model import Window
from metrics.brand import names_brand
from metrics.facts import CHANGE, OF_QUERIES, RETURNED, RETURNING, facts, within
from metrics.model import Metric, Source
from metrics.reading import Scope
from metrics.sites import same_sites
from metrics.sums import LEVEL_LOOK_BACK

DAY = timedelta(days=1)
COUNTED = "engagements"  # shown beside a post that is counted, whatever it states

# What tells a statement from others of the same account and days: SQL over the ledger, and over the rows of facts().
SUBJECTS = {
    Source.POSTS: ("post_id", "post_id"),
    Source.DAYS: ("''", "''"),
    Source.WEB: ("concat_ws(' ', slice, member)", "'site'"),
    Source.SEARCH: ("concat_ws(' ', slice, query)", "'site'"),
}
Query = tuple[str, list[Any]]


def origins(cursor: Any, metric: Metric, window: Window, scope: Scope, limit: int = 2000) -> pd.DataFrame:
    """The statements that are believed behind a metric over a window, those of accounts left out included.

    Columns: account, first_day, last_day, subject, column (the measure), value, file, sheet, row, as_of.
    """
    known = [*_in_rows(cursor, metric, window, scope), *_in_levels(metric, window, scope)]
    posts = metric.reads is Source.POSTS
    first, last = ("day", "day") if posts or metric.reads is Source.DAYS else ("first_day", "last_day")
    # The day of a post may differ between statements, or be in some of them only.
    near = f"{first} >= ? and {last} <= ?" + (" or day is null" if posts else "")
    subject, _ = SUBJECTS[metric.reads]
    each = _each({name: _column(name) for name in metric.measures() or [COUNTED]})
    same = [f"said.{name} is not distinct from known.{name}" for name in ("account", "subject", "measure", "value")]
    if not posts:
        same += ["said.first_day = known.first_day", "said.last_day = known.last_day"]
    query = (
        "with known(account, first_day, last_day, subject, measure, value) as "
        f"({' union all '.join(sql for sql, _ in known)}), "
        f"said as (select account, {first} as first_day, {last} as last_day, {subject} as subject, "
        f"export_id, sheet, row, rowid as place, {each} from ledger.{metric.reads.value} where {near}) "
        'select known.* exclude (measure, value), known.measure as "column", known.value, e.name as file, sheet, row, '
        f"e.as_of from known join said on {' and '.join(same)} join exports e using (export_id) "
        f"{'where known.value is not null ' if metric.measures() else ''}"
        "qualify row_number() over (partition by known.account, known.first_day, known.last_day, known.subject, "
        "known.measure order by e.rank desc, place desc) = 1 "
        f"order by known.first_day desc, known.account, known.subject, known.measure limit {limit}"
    )
    back = LEVEL_LOOK_BACK if any(side.level for side in metric.sides) else DAY
    parameters = [value for _, values in known for value in values]
    return cursor.execute(query, [*parameters, window.first - back, window.last + DAY]).df()


def _column(measure: str) -> str:
    """SQL of the ledger that states a measure."""
    if measure in OF_QUERIES:
        return "clicks"
    return f"case when {RETURNED} then users else {RETURNING} end" if measure == RETURNING else f'"{measure}"'


def _each(columns: Mapping[str, str]) -> str:
    """SQL that makes a row of each measure: its name, and its value by SQL."""
    pairs = (f"{{'measure': '{name}', 'value': ({sql})::double}}" for name, sql in columns.items())
    return f"unnest([{', '.join(pairs)}], recursive := true)"


def _in_rows(cursor: Any, metric: Metric, window: Window, scope: Scope) -> Iterator[Query]:
    """What the known rows say that the metric adds up: those that state both sides."""
    sides = [side for side in metric.sides if not side.level]
    if not sides:
        return
    names = sorted({name for side in sides for name in side.columns()})
    stated = [name for name in names if name not in OF_QUERIES and not name.startswith(CHANGE)]
    if metric.reads is Source.POSTS:
        stated = stated or [COUNTED]
        names = ["post_id", *dict.fromkeys([*stated, *names])]
    rows, parameters = facts(metric.reads, names, window, scope, same_sites(cursor, metric.reads, scope))
    states = " and ".join(f"({side.row_sql('r')}) is not null" for side in sides)
    of_days = "count(*) filter (first_day = last_day) over mine"
    used = (
        f"select * from ({rows}) r where {states} "
        f"and (first_day = last_day{' and false' if metric.people and window.days > 1 else ''} "
        f"or (first_day = date '{window.first}' and last_day = date '{window.last}')) "
        # The row of the whole window where there is one, unless the days are all there.
        "window mine as (partition by account) "
        f"qualify (first_day = last_day) = ({of_days} = {window.days} or count(*) over mine = {of_days})"
    )
    _, subject = SUBJECTS[metric.reads]
    if stated:
        each = _each({name: f'"{name}"' for name in stated})
        yield f"select owner, first_day, last_day, {subject}, {each} from ({used})", parameters
    for level in (name.removeprefix(CHANGE) for name in names if name.startswith(CHANGE)):
        sure = metric.top_formula.row_sql("r", estimates=False)
        where, accounts = within(scope)
        yield (
            f"select account, day, day, '', '{level}', {level}::double from account_days "
            f"where day between ? and ?{where} and account in (select account from ({used}) r where ({sure}) is null)",
            [window.first - DAY, window.last, *accounts, *parameters],
        )
    if "all_clicks" in names:
        yield (
            "select s.account, s.first_day, s.last_day, 'site', 'all_clicks', s.clicks::double from search s "
            f"join ({used}) u on s.account = u.owner and s.first_day between u.first_day and u.last_day "
            "where s.slice = 'site' and s.first_day = s.last_day",
            parameters,
        )
    if RETURNING in names:
        yield (
            f"select account, first_day, last_day, concat_ws(' ', slice, member), '{RETURNING}', users::double "
            f"from web w semi join ({used}) u on w.account = u.owner and w.first_day = u.first_day "
            f"and w.last_day = u.last_day and w.users = u.{RETURNING} where {RETURNED} and not exists (from web s "
            "where s.slice = 'site' and s.account = w.account and s.first_day = w.first_day "
            f"and s.last_day = w.last_day and s.{RETURNING} is not null)",
            parameters,
        )
    for name, which in (("query_clicks", ""), ("brand_clicks", f" and {names_brand(scope.words)}")):
        if name in names:
            yield (
                f"select account, first_day, last_day, concat_ws(' ', slice, query), '{name}', clicks::double "
                f"from search s semi join ({used}) u on s.account = u.owner and s.first_day = u.first_day "
                f"and s.last_day = u.last_day where slice = 'query'{which}",
                parameters,
            )


def _in_levels(metric: Metric, window: Window, scope: Scope) -> Iterator[Query]:
    """The last levels known at the ends of the window that the metric names."""
    where, accounts = within(scope)
    edges = {"start": window.first - DAY, "end": window.last}
    for side in metric.sides:
        for edge in sorted(side.calls & edges.keys()):
            for name in side.names:
                yield (
                    f"select account, max(day), max(day), '', '{name}', arg_max({name}, day)::double from account_days "
                    f"where {name} is not null and day between ? and ?{where} group by account",
                    [window.first - LEVEL_LOOK_BACK, edges[edge], *accounts],
                )
