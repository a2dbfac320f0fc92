"""The rows that metrics read, one query a source: account, days, kind, and every measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from data.model import Window
from metrics.brand import names_brand
from metrics.gaps import POSTS, covered, gaps_of
from metrics.model import Source
from metrics.reading import Scope
from metrics.sites import ALONE, Sites, counting

# How many days before an export's date a network still changes its figures.
SETTLING_DAYS: Mapping[str, int] = {
    "x": 1, "facebook": 1, "instagram": 1, "linkedin": 2, "youtube": 2, "ga4": 2, "search_console": 3,
    "tiktok": 2, "pinterest": 3,
}  # fmt: skip
GROWING_DAYS = 7  # a post younger than this still gains most of its counts


@dataclass(frozen=True)
class Span:
    """What an account's exports cover in one table: first and last day stated, and the date of the newest."""

    first: date
    last: date
    as_of: datetime
    gaps: tuple[Window, ...] = ()  # days within it whose posts no export was asked for

    def misses(self, window: Window) -> bool:
        """Whether some of the window's days lie in a gap."""
        return any(gap.first <= window.last and gap.last >= window.first for gap in self.gaps)


Spans = Mapping[tuple[str, str], Span]  # (table, account key) -> Span


def spans(cursor: Any, table: str | None = None) -> Spans:
    """What each account's exports cover, by (table, account): of one table, or of all."""
    as_of = "coalesce(as_of, last_day)"  # an export is not older than the last day it states
    query = f'select "table", account, first_day, last_day, {as_of} from spans where "table" = coalesce(?, "table")'
    rows = cursor.execute(query, [table]).fetchall()
    posts = covered(cursor, [POSTS]) if table in (POSTS, None) else []
    return {
        (table, account): Span(first, last, as_of, gaps_of(account, posts) if table == POSTS else ())
        for table, account, first, last, as_of in rows
    }


def settled_until(account: str, span: Span) -> date:
    """The last day of an account whose figures no longer change at the source."""
    return span.as_of.date() - timedelta(days=SETTLING_DAYS.get(account.split(":")[0], 1))


def facts(
    source: Source, columns: Iterable[str], span: Window, scope: Scope, sites: Sites = ALONE
) -> tuple[str, list[Any]]:
    """SQL and parameters of a source's rows within a span: account, owner, first_day, last_day, partial and `columns`.

    `owner` is the account whose row it is, where another stands for it: of a site that several tools measure.

    Only the columns asked are read: a table has many, and it takes longer to plan a query than to run it.
    """
    where, parameters = within(scope)
    named = "".join(f", {_changed(name) if name.startswith(CHANGE) else _quoted(name)}" for name in columns)
    one_day = f"account, account as owner, day as first_day, day as last_day{named}"
    match source:
        case Source.POSTS:
            if scope.kinds:
                where += " and kind in (select unnest(?))"
                parameters.append(list(scope.kinds))
            return (
                f"select {one_day}, counted_from is not null as partial from posts where day between ? and ?{where}",
                [span.first, span.last, *parameters],
            )
        case Source.DAYS:
            return (
                f"select * from (select {one_day}, false as partial from account_days where day between ? and ?{where} "
                "window days as (partition by account order by day)) where first_day >= ?",
                [span.first - timedelta(days=1), span.last, *parameters, span.first],
            )
        case Source.WEB:
            return _web_facts(columns, span, where, parameters, sites)
        case Source.SEARCH:
            return _search_facts(columns, span, where, parameters, names_brand(scope.words), sites)


CHANGE = "change_"


def _changed(name: str) -> str:
    """SQL of the difference of a level from that of the day before; unknown after a gap."""
    level = _quoted(name.removeprefix(CHANGE))
    return f"case when lag(day) over days = day - 1 then {level} - lag({level}) over days end as {_quoted(name)}"


def _quoted(name: str) -> str:
    return f'"{name}"'


RETURNING, RETURNED = "returning_users", "slice = 'new_returning' and lower(member) = 'returning'"


def _web_facts(
    columns: Iterable[str], span: Window, where: str, parameters: list[Any], sites: Sites
) -> tuple[str, list[Any]]:
    """The site's rows; who came back is stated in a slice of its own, where the site's row does not state it."""
    columns = list(columns)
    inside, period = f"first_day >= ? and last_day <= ?{where}", [span.first, span.last, *parameters]
    site = counting("web", map(_quoted, columns), f"slice = 'site' and {inside}", sites)
    if RETURNING not in columns:
        return f"select *, false as partial from ({site})", period
    came_back = counting("web", ["users"], f"{RETURNED} and {inside}", sites)
    came_back = f"select account, first_day, last_day, max(users) as users from ({came_back}) group by all "
    came_back += "having count(*) = 1"  # several rows are people told apart, who are not added
    return (
        f"select s.* replace (coalesce(s.{RETURNING}, r.users) as {RETURNING}), false as partial from ({site}) s "
        f"left join ({came_back}) r using (account, first_day, last_day)",
        [*period, *period],
    )


OF_QUERIES = ("query_clicks", "brand_clicks", "all_clicks")  # worked out from the rows of queries


def _search_facts(
    columns: Iterable[str], span: Window, where: str, parameters: list[Any], brand: str, sites: Sites
) -> tuple[str, list[Any]]:
    """The site's rows, and a row a period of queries: what its rows add up to beside all the clicks of its days."""
    stated = [_quoted(name) for name in dict.fromkeys(["clicks", *columns]) if name not in OF_QUERIES]
    inside = f"first_day >= ? and last_day <= ?{where}"
    site = counting("search", stated, f"slice = 'site' and {inside}", sites)
    site = f"select *, false as partial from ({site})"
    queries = counting("search", ["clicks", "query"], f"slice = 'query' and {inside}", sites)
    period = [span.first, span.last, *parameters]
    if not set(OF_QUERIES) & set(columns):
        return site, period
    # Where queries are listed and none names the brand, that is a zero that is known.
    named = f"case when ({brand}) is null then null when {brand} then clicks else 0 end"
    return (
        f"with site as ({site}), "
        "queries as (select account, owner, first_day, last_day, sum(clicks) as query_clicks, "
        f"sum({named}) as brand_clicks from ({queries}) group by all) "
        "from site union all by name "
        "select q.*, case when count(s.clicks) = q.last_day - q.first_day + 1 then sum(s.clicks) end as all_clicks, "
        "false as partial from queries q left join site s on s.account = q.account and s.first_day = s.last_day "
        "and s.first_day between q.first_day and q.last_day "
        "group by q.account, q.owner, q.first_day, q.last_day, q.query_clicks, q.brand_clicks",
        [*period, *period],
    )


def within(scope: Scope) -> tuple[str, list[Any]]:
    """SQL, to follow a condition, and parameters of the accounts of a scope."""
    return (" and account in (select unnest(?))", [list(scope.accounts)]) if scope.accounts else ("", [])
