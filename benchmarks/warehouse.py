"""An invented warehouse of any size, laid out on disk as a rebuild lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

from data import ledger
from data.known import RULES, Rule

LAST = date(2026, 11, 15)  # a Sunday
AS_OF = "timestamp '2026-11-19 08:00:00'"
NETWORKS = ("x", "facebook", "instagram", "linkedin")
ACCOUNTS = tuple(f"{network}:{brand}" for network in NETWORKS for brand in ("lumen", "atelier", "revue"))
SITES = ("ga4:lumen", "ga4:atelier")
POSTS_A_DAY = 23  # of each account: a million in ten years
# Members a day of each slice of a web property: 1,370 rows a day and property, ten million in ten years.
SLICES = {
    "page": 670, "landing": 230, "source": 150, "referrer": 100, "geo": 80, "event": 40, "hour": 24, "channel": 6,
    "campaign": 20, "channel+event": 45, "device": 3, "new_returning": 2,
}  # fmt: skip
MEMBER = {
    "landing": "landing_page",
    "geo": "country",
    "channel+event": "event",
    "new_returning": "member",
}  # the column of a slice where it is not named after it
QUERIES = {"query": 500, "page": 200, "country": 20, "device": 3}


def build(path: Path, years: int, scale: float = 1.0) -> Mapping[str, int]:
    """Writes a warehouse and gives the number of rows of each table."""
    with duckdb.connect(str(path), config={"threads": "2", "memory_limit": "4GB"}) as cursor:
        ledger.create(cursor)
        first = LAST - timedelta(days=round(365.25 * years) - 1)
        cursor.execute(
            "create temp table days as select day::date as day, row_number() over (order by day) as n "
            f"from generate_series(date '{first}', date '{LAST}', interval 1 day) t(day)"
        )
        _web(cursor, scale)
        _search(cursor, scale)
        _account_days(cursor)
        _posts(cursor, scale)
        cursor.execute(
            "insert into exports (export_id, name, as_of, rank) select export_id, export_id || '.csv', as_of, "
            "row_number() over (order by as_of, export_id) from "
            f"({' union '.join(f'select export_id, as_of from ledger.{rule.table}' for rule in _rules())})"
        )
        cursor.execute("checkpoint")
        names = [f"{schema}.{rule.table}" for schema in ("main", "ledger") for rule in _rules()]
        return {name: _count(cursor, name) for name in dict.fromkeys(names)}


def _rules() -> Iterable[Rule]:
    return (rule for rule in RULES if rule.table in ("posts", "account_days", "web", "search"))


def _web(cursor: duckdb.DuckDBPyConnection, scale: float) -> None:
    figures = (
        "(users * 0.6)::bigint as new_users, (users * 1.3)::bigint as sessions, (users * 0.8)::bigint as "
        "engaged_sessions, users * 70.5 as engagement_seconds, users * 3 as views, users // 50 as key_events, "
        "users // 50 as key_event_sessions"
    )
    slices = [
        f"select account, '{slice_}' as slice, day as first_day, day as last_day, "
        f"{_named(slice_, MEMBER.get(slice_, slice_))}, {_noise('account, n, m', 300)} as users "
        f"from days, {_listed(SITES)} a(account), range({max(1, round(size * scale))}) r(m)"
        for slice_, size in SLICES.items()
    ]
    site = f"select account, 'site' as slice, day as first_day, day as last_day, {_noise('account, n', 9000)} as users "
    weeks = "select account, 'site' as slice, day - 6 as first_day, day as last_day, 20000 as users "
    _state(
        cursor,
        "web",
        f"select *, {figures} from ({' union all by name '.join([site + _of_days(SITES), *slices])}) "
        f"union all by name {weeks} {_of_days(SITES)} where isodow(day) = 7",
    )


def _search(cursor: duckdb.DuckDBPyConnection, scale: float) -> None:
    account = "'search_console:lumen' as account"
    slices = [
        f"select {account}, '{slice_}' as slice, day as first_day, day as last_day, {_named(slice_, slice_)}, "
        f"{_noise('n, m', 40)} as clicks from days, range({max(1, round(size * scale))}) r(m)"
        for slice_, size in QUERIES.items()
    ]
    site = f"select {account}, 'site' as slice, day as first_day, day as last_day, 12000 + n % 3000 as clicks from days"
    _state(
        cursor,
        "search",
        "select *, clicks * 30 as impressions, 3 + clicks % 20 as position from "
        f"({' union all by name '.join([site, *slices])})",
    )


def _account_days(cursor: duckdb.DuckDBPyConnection) -> None:
    networks = "split_part(account, ':', 1)"
    _state(
        cursor,
        "account_days",
        f"select account, day, 10000 + n * 3 as followers, {_noise('account, n', 40)} as follows, "
        f"case when {networks} = 'x' then {_noise('n, account', 20)} end as unfollows, "
        f"case when {networks} = 'linkedin' then {_noise('account, n', 9)} end as net_follows, "
        f"{_noise('account, n, 1', 400)} as reactions, {_noise('account, n, 2', 40)} as comments, "
        f"{_noise('account, n, 3', 60)} as shares, {_noise('account, n, 4', 90)} as profile_visits "
        f"{_of_days(ACCOUNTS)}",
    )


def _posts(cursor: duckdb.DuckDBPyConnection, scale: float) -> None:
    """Posts, each stated by the export of its month, by one two months later, and every second one a year later."""
    cursor.execute(
        "create temp table written as select account, account || '/' || n || '/' || m as post_id, "
        "day + interval (m % 24) hour as published_at, day, "
        "['photo', 'video', 'link', 'text', 'reel'][1 + m % 5] as kind, "
        "'An invented post about nothing much: ' || md5(post_id) || md5(post_id || '!') as text, "
        f"'https://lumen.example/' || post_id as link, {_noise('account, n, m', 90000)} as seen, n, m "
        f"from days, {_listed(ACCOUNTS)} a(account), range({max(1, round(POSTS_A_DAY * scale))}) r(m)"
    )
    counts = (
        "(seen * share)::bigint as impressions, (seen * share * 0.9)::bigint as views, "
        "case when m % 3 > 0 then (seen * share * 0.7)::bigint end as reach, "
        "(seen * share * 0.03)::bigint as reactions, (seen * share * 0.002)::bigint as comments, "
        "(seen * share * 0.004)::bigint as shares, "
        "case when m % 2 > 0 then (seen * share * 0.001)::bigint end as saves, "
        "(seen * share * 0.01)::bigint as link_clicks"
    )
    columns = "account, post_id, published_at, day, kind, text, link"
    posts = f"select {columns}, {counts}"
    (order,) = (_order(rule) for rule in RULES if rule.table == "posts")
    cursor.execute(f"insert into posts by name {posts} from (select *, 1.0 as share from written) order by {order}")
    made = "least(last_day(day) + 1 + interval (months) month, timestamp '2026-11-16')"
    cursor.execute(
        f"insert into ledger.posts by name select account || ' ' || as_of::date as export_id, 'Posts' as sheet, "
        f"row_number() over () as row, * from ({posts}, {made} as as_of from written, "
        "(values (0, 0.8), (2, 0.95), (12, 1.0)) s(months, share) "
        f"where months < 12 or m % 2 = 0) order by as_of, account, day"
    )
    _cover(cursor, "posts", "day", "day")


def _state(cursor: duckdb.DuckDBPyConnection, table: str, rows: str) -> None:
    """Fills a table of the ledger in the order of loading, month by month, and what is known of it as it is written."""
    days = ("day", "day") if table == "account_days" else ("first_day", "last_day")
    cursor.execute(
        f"insert into ledger.{table} by name "
        f"select account || ' ' || date_trunc('month', {days[1]})::date as export_id, 'Days' as sheet, "
        f"row_number() over () as row, (last_day({days[1]}) + 1)::timestamp as as_of, * from ({rows}) "
        "order by as_of, account"
    )
    for rule in _rules():
        if rule.table == table:
            cursor.execute(
                f"insert into {table} by name select * exclude (export_id, sheet, row, as_of) from ledger.{table} "
                f"where {rule.part} order by {_order(rule)}"
            )
    _cover(cursor, table, *days)


def _order(rule: Rule) -> str:
    return ", ".join(dict.fromkeys((*rule.order, *rule.key)))


def _cover(cursor: duckdb.DuckDBPyConnection, table: str, first: str, last: str) -> None:
    cursor.execute(
        f"insert into spans select account, '{table}', min({first}), max({last}), {AS_OF}, false from {table} "
        "group by account"
    )


def _named(slice_: str, column: str) -> str:
    """The member of a row: some are there every day, others come and go."""
    number = "(m + n % 97 * (m % 2))"
    if slice_ == "hour":
        return "m::tinyint as hour"
    if slice_ == "source":
        site = f"'site' || {number} || '.example / referral'"
        return f"{site} as source, case when m % 3 = 0 then 'Referral' else 'Organic Social' end as channel"
    beside = ", 'channel ' || m % 6 as channel" if slice_ == "channel+event" else ""
    return f"'{slice_} ' || {number} as {column}{beside}"


def _noise(of: str, below: int) -> str:
    return f"(hash({of}) % {below})::bigint"


def _of_days(accounts: Iterable[str]) -> str:
    return f"from days, {_listed(accounts)} a(account)"


def _listed(accounts: Iterable[str]) -> str:
    return f"(values {', '.join(repr((account,)).replace(',)', ')') for account in accounts)})"


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    found = cursor.execute(f"select count(*) from {table}").fetchone()
    assert found
    return found[0]
