"""What the rows and the levels of each account say in each window: one query a source, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.model import Window
from metrics.facts import facts, within
from metrics.model import Metric, Source
from metrics.reading import Scope
from metrics.sites import Sites

LEVEL_LOOK_BACK = timedelta(days=400)  # how far a level is carried forward

WINDOWS = "w as (select unnest(range(?)) as i, unnest(?::date[]) as first, unnest(?::date[]) as last)"


class Sums(NamedTuple):
    """What some rows of an account say of a metric: each side added over the rows that state both.

    A side about levels is not of the rows and stays None.
    """

    top: float | None = None
    bottom: float | None = None
    stated: int = 0  # how many rows state both sides
    estimated: int = 0  # rows whose value is a difference of levels
    rows: int = 0
    period_counts: int = 0  # rows whose counts cover a period only


RowsKey = tuple[int, str, bool]  # window index, account; True: its single days, False: its row for the whole window
LevelKey = tuple[int, str]  # window index, account


class Level(NamedTuple):
    """What an account's levels at the ends of a window give: a value by formula, the day last stated, and at which
    ends, "start" and "end", the number of followers was typed in by hand."""

    stated: date
    typed: frozenset[str]
    value: Mapping[str, float | None]


def sums(
    cursor: Any, source: Source, metrics: Sequence[Metric], windows: Sequence[Window], scope: Scope, sites: Sites
) -> dict[str, dict[RowsKey, Sums]]:
    """The sums of the rows of a source, by metric."""
    asked = [(m.key, *_columns(f"_{n}", m)) for n, m in enumerate(metrics) if not all(side.level for side in m.sides)]
    if not asked:
        return {}
    span = Window(min(w.first for w in windows), max(w.last for w in windows))
    names = {name for metric in metrics for side in metric.sides if not side.level for name in side.columns()}
    rows, parameters = facts(source, sorted(names), span, scope, sites)
    query = (
        f"with {WINDOWS}, "
        f"f as (select account, first_day, last_day, partial, {', '.join(c for _, c, _ in asked)} from ({rows}) r) "
        "select w.i, f.account, f.first_day = f.last_day as days, count(*), count(*) filter (f.partial), "
        f"{', '.join(s for _, _, s in asked)} from w join f on f.first_day >= w.first and f.last_day <= w.last "
        "and (f.first_day = f.last_day or (f.first_day = w.first and f.last_day = w.last)) group by all"
    )
    found: dict[str, dict[RowsKey, Sums]] = {key: {} for key, _, _ in asked}
    answer = cursor.execute(query, [*_lists(windows), *parameters]).fetchall()
    for i, account, days, count, period_counts, *sides in answer:
        for n, (key, _, _) in enumerate(asked):
            found[key][i, account, days] = Sums(*sides[4 * n : 4 * n + 4], rows=count, period_counts=period_counts)
    return found


def _columns(n: str, metric: Metric) -> tuple[str, str]:
    """SQL of a metric's sides for one row, and of the first four fields of Sums over them."""
    sides = [(f"top{n}", metric.top_formula), (f"bottom{n}", metric.bottom_formula)]
    given = {name: f"({side.row_sql('r')})::double" for name, side in sides if side and not side.level}
    stated = " + ".join(given)  # NULL when either is
    added = [f"sum({name}) filter (({stated}) is not null)" if name in given else "null" for name, _ in sides]
    estimated = "0"
    if metric.top_formula.estimates:
        given[f"sure{n}"] = f"({metric.top_formula.row_sql('r', estimates=False)})::double"
        estimated = f"count({stated}) filter (sure{n} is null)"
    columns = ", ".join(f"{sql} as {name}" for name, sql in given.items())
    return columns, ", ".join([*added, f"count({stated})", estimated])


def levels(cursor: Any, metrics: Sequence[Metric], windows: Sequence[Window], scope: Scope) -> dict[LevelKey, Level]:
    """What the levels that the metrics name were at the ends of each window, for the accounts that state one."""
    asked = {side.text: side for metric in metrics for side in metric.sides if side.level}
    if not asked:
        return {}
    names = sorted({name for side in asked.values() for name in side.names})
    columns = ", ".join(sorted({*names, "followers"}))
    stated = " or ".join(f'"{name}" is not null' for name in names)
    edges = [
        f'arg_max("{name}", day) filter (day < first) as "start_{name}", '
        f'arg_max("{name}", day) filter (day <= last) as "end_{name}"'
        for name in names
    ]
    typed = [
        "arg_max(typed_followers is not distinct from followers, day) "
        f"filter (followers is not null and day {edge}) as typed_{end}"
        for end, edge in (("start", "< first"), ("end", "<= last"))
    ]
    where, accounts = within(scope)
    query = (
        f"with {WINDOWS}, d as (select account, day, typed_followers, {columns} from account_days "
        f"where day between ? and ? and ({stated}){where}), "
        f"l as (select i, account, max(day) as stated, {', '.join(typed)}, {', '.join(edges)} "
        f"from w join d on day between first - {LEVEL_LOOK_BACK.days} and last group by i, account) "
        f"select i, account, stated, typed_start, typed_end, {', '.join(s.row_sql('l') for s in asked.values())} from l"
    )
    span = [min(w.first for w in windows) - LEVEL_LOOK_BACK, max(w.last for w in windows)]
    rows = cursor.execute(query, [*_lists(windows), *span, *accounts]).fetchall()
    found = {}
    for i, account, day, start, end, *numbers in rows:
        typed = frozenset(name for name, is_typed in (("start", start), ("end", end)) if is_typed)
        found[i, account] = Level(day, typed, dict(zip(asked, numbers, strict=True)))
    return found


def _lists(windows: Sequence[Window]) -> list[Any]:
    """The parameters of WINDOWS."""
    return [len(windows), [w.first for w in windows], [w.last for w in windows]]
