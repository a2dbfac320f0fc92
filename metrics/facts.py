"""The rows that metrics read, one query a source: account, days, kind, and every measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from data.model import Window
from metrics.model import Source
from metrics.reading import Scope

LOOK_BACK = timedelta(days=31)  # how far a difference of levels looks for the level before
LEVEL_LOOK_BACK = timedelta(days=400)  # how far a level is carried forward

# How many days before an export's date a network still changes its figures.
SETTLING_DAYS: Mapping[str, int] = {
    "x": 1, "facebook": 1, "instagram": 1, "linkedin": 2, "youtube": 2, "ga4": 2, "search_console": 3,
}  # fmt: skip
GROWING_DAYS = 7  # a post younger than this still gains most of its counts


@dataclass(frozen=True)
class Span:
    """What an account's exports cover in one table: first and last day stated, and the date of the newest."""

    first: date
    last: date
    as_of: datetime


Spans = Mapping[tuple[str, str], Span]  # (table, account key) -> Span


def spans(cursor: Any) -> Spans:
    """What each account's exports cover, by (table, account)."""
    rows = cursor.execute('select "table", account, first_day, last_day, as_of from spans').fetchall()
    return {(table, account): Span(first, last, as_of) for table, account, first, last, as_of in rows}


def settled_until(account: str, span: Span) -> date:
    """The last day of an account whose figures no longer change at the source."""
    return span.as_of.date() - timedelta(days=SETTLING_DAYS.get(account.split(":")[0], 1))


def facts(source: Source, span: Window, scope: Scope) -> tuple[str, list[Any]]:
    """SQL and parameters of a source's rows within a span: account, kind, first_day, last_day, measures, partial."""
    where, parameters = _accounts(scope)
    match source:
        case Source.POSTS:
            if scope.kinds:
                where += f" and kind in ({', '.join('?' * len(scope.kinds))})"
                parameters += scope.kinds
            return (
                f"select *, day as first_day, day as last_day, counted_from is not null as partial from posts "
                f"where day between ? and ?{where}",
                [span.first, span.last, *parameters],
            )
        case Source.DAYS:
            return (
                "select * from (select *, null as kind, day as first_day, day as last_day, false as partial, "
                "followers - lag(followers) over (partition by account order by day) as change_followers "
                f"from account_days where day between ? and ?{where}) where day >= ?",
                [span.first - LOOK_BACK, span.last, *parameters, span.first],
            )
        case Source.WEB:
            return (
                "select *, null as kind, false as partial from web "
                f"where slice = 'site' and first_day >= ? and last_day <= ?{where}",
                [span.first, span.last, *parameters],
            )
        case Source.SEARCH:
            return _search_facts(span, where, parameters)


def _search_facts(span: Window, where: str, parameters: list[Any]) -> tuple[str, list[Any]]:
    """The site's rows, and a row a period of queries: what its rows add up to beside all the clicks of its days."""
    period = [span.first, span.last, *parameters]
    return (
        "with site as (select account, first_day, last_day, clicks, impressions, position from search "
        f"where slice = 'site' and first_day >= ? and last_day <= ?{where}), "
        "queries as (select account, first_day, last_day, sum(clicks) as query_clicks from search "
        f"where slice = 'query' and first_day >= ? and last_day <= ?{where} group by all) "
        "select *, null as kind, false as partial, null::bigint as query_clicks, null::bigint as all_clicks from site "
        "union all by name "
        "select q.account, q.first_day, q.last_day, null as kind, false as partial, q.query_clicks, "
        "(select sum(s.clicks) from site s where s.account = q.account and s.first_day = s.last_day "
        "and s.first_day between q.first_day and q.last_day) as all_clicks from queries q",
        [*period, *period],
    )


def levels(measure: str, formulas: list[str], windows: list[Window], scope: Scope) -> tuple[str, list[Any]]:
    """SQL and parameters of formulas (SQL over `l`) about a level at the ends of windows.

    Columns: i, account, day the last level was stated, then each formula.
    """
    where, parameters = _accounts(scope)
    first, last = min(w.first for w in windows), max(w.last for w in windows)
    return (
        f"with w as (from (values {values(windows)}) t(i, first, last)), "
        f'd as (select account, day, "{measure}" as level from account_days '
        f'where "{measure}" is not null and day between ? and ?{where}), '
        f'l as (select i, account, arg_max(level, day) filter (day < first) as "start_{measure}", '
        f'arg_max(level, day) filter (day <= last) as "end_{measure}", max(day) filter (day <= last) as stated '
        "from w cross join d group by i, account) "
        f"select i, account, stated, {', '.join(formulas)} from l where stated is not null",
        [first - LEVEL_LOOK_BACK, last, *parameters],
    )


def values(windows: list[Window]) -> str:
    """SQL rows (index, first day, last day) of windows."""
    return ", ".join(f"({i}, date '{w.first}', date '{w.last}')" for i, w in enumerate(windows))


def _accounts(scope: Scope) -> tuple[str, list[Any]]:
    if not scope.accounts:
        return "", []
    return f" and account in ({', '.join('?' * len(scope.accounts))})", list(scope.accounts)
