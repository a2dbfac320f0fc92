"""Discord Server Insights: one CSV file for each chart, with machine keys for headers and single quotes around texts.

Each row is an interval: a day, a week or about a month, as was chosen, and only the starts tell which. Figures of
longer intervals are no figures of a day and are left out; what is broken down by channel, country or tenure keeps its
period, which is asked where a file states one interval only. Days are those of UTC. Rows end where nothing is left to
say, as on a day without new members. Percentages run from 0 to 100 and stand under the name of their chart, as
`pct_communicated` means two things. Followers are the members of the server, at about the start of the day; those of
announcement channels stand under their own name. Links of invitation can name people and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import ID, TEXT
from connectors.discord_sheets import ISO, START, Charts, find_in, intervals, starts_of, too_wide
from connectors.periods import period_of
from connectors.repeated import repeated
from connectors.rows import records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, Statement, UserError, says

SINCE = Column("start", START, ISO, required=True, aside=True)
DAYS = (
    SINCE,
    Column("followers", ("total_membership",)),
    Column("visitors", ("visitors",)),
    Column("comments", ("messages",)),
    Column("discovery", ("discovery_joins",), aside=True),
    Column("invites", ("invites",), aside=True),
    Column("vanity", ("vanity_joins",), aside=True),
    Column("other", ("other_joins",), aside=True),
    Column("joins", ("total_joins",), aside=True),
)
JOINS = ("discovery", "invites", "vanity", "other")
ALL_JOINS = {"discovery", "invites", "vanity"}  # which every chart has: without one of them the others are no total
BY_TENURE = (
    SINCE,
    Column("tenure", ("days_in_guild",), TEXT, required=True, aside=True),
    Column("leavers", ("leavers",), may_be_empty=True, aside=True),
    Column("muters", ("muters",), may_be_empty=True, aside=True),
)
PARTS = (SINCE, Column("member", (), TEXT, required=True), Column("id", ("channel_id",), ID, aside=True))


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day; who joined is the sum of the ways in, where all are told."""
    yield from too_wide(table)
    ways = [key for key in JOINS if key in table.positions]
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        told = {table.header(key): float(record.aside[key]) for key in ways if key in record.aside}
        joins = record.aside.get("joins")
        if joins is None and len(told) == len(ways) and set(ways) >= ALL_JOINS:
            joins = int(sum(told.values()))
        yield replace(record, others={**record.others, **told}).statement(
            "account_days", account=source.account.key, day=record.aside["start"].date(), follows=joins
        )


def read_tenures(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day on who left, from a row for each length of membership."""
    yield from too_wide(table)
    found = list(records(table, source))
    yield from (item for item in found if not isinstance(item, Record))
    twice = repeated(table)
    rows = [item for item in found if isinstance(item, Record) and item.origin.row not in twice]
    read = {item.origin.row for item in found if isinstance(item, Record)}
    whole = all(item.row in read for item in found if isinstance(item, Problem))  # else a day has lost a row
    for start, of_day in groupby(sorted(rows, key=_start), key=_start):
        yield _of_day(table, source.account, start, list(of_day), whole)


def _of_day(table: Table, account: Account, start: date, rows: list[Record], whole: bool) -> Statement:
    told = {
        f"{table.header(key)}: {row.aside['tenure']}": float(row.aside[key])
        for row in rows for key in ("leavers", "muters") if key in row.aside
    }  # fmt: skip
    left = [row.aside.get("leavers") for row in rows]
    known = whole and "leavers" in table.positions and None not in left
    values = {"account": account.key, "day": start, "unfollows": sum(n for n in left if n) if known else None}
    return Statement("account_days", values, rows[0].origin, told)


def read_parts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement for each part of an interval; channels of one name are told apart by their ids."""
    yield from too_wide(table)
    found = list(records(table, source))
    yield from (item for item in found if not isinstance(item, Record))
    twice = repeated(table)
    rows = [item for item in found if isinstance(item, Record) and item.origin.row not in twice]
    ends = intervals({_start(row) for row in rows})
    names = [(_start(row), row.values["member"]) for row in rows]
    for row in rows:
        start, member = _start(row), row.values["member"]
        if ends[start] is None and (len(ends) > 1 or source.answers.since is None):
            yield Problem(says("an interval whose end is known"), str(start), row.origin.sheet, row.origin.row)
            continue
        first, last = (start, ends[start]) if ends[start] else period_of(source, None)
        again = names.count((start, member)) > 1 and "id" in row.aside
        yield row.statement(
            "audience", account=source.account.key, dimension=table.note, first_day=first, last_day=last,
            member=f"{member} (#{row.aside['id']})" if again else member,
        )  # fmt: skip


def _start(row: Record) -> date:
    return row.aside["start"].date()


def read_longer(table: Table, source: Source) -> Iterator[Finding]:
    """Nothing but the problem of figures that are not those of a day."""
    expected = says("figures by day: choose Daily beside the dates in Discord, and download this chart again")
    yield Problem(expected, "", table.sheet.name, table.header_row)


def read_invites(table: Table, source: Source) -> Iterator[Finding]:
    """Nothing but the problem of links that can name people."""
    expected = says("a chart that names nobody; links of invitation can, so this one is not read")
    yield Problem(expected, "", table.sheet.name, table.header_row)


CHARTS = Charts(
    days=TableSpec("account_days", DAYS, read_days, daily=True),
    tenures=TableSpec("account_days", BY_TENURE, read_tenures, others=False, daily=True),
    parts=TableSpec("audience", PARTS, read_parts, ignores=r"_id$"),
    longer=TableSpec("", (SINCE,), read_longer, key="longer", others=False),
    invites=TableSpec("", (SINCE,), read_invites, key="invites", others=False),
)


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book. Raises UserError where all that it holds are totals of weeks or months."""
    tables = find_in(book, CHARTS)
    if tables and all(table.spec.key == "longer" for table in tables):
        raise UserError(
            says(
                "{file} states figures of weeks or months, or of one interval only, and these are not those of a day. "
                "In Discord, choose Daily beside the dates, and download again.",
                file=book.name,
            )
        )  # fmt: skip
    return tables


def needs_since(book: Book, tables: list[Table]) -> bool:
    """Whether a chart states one interval, of which it tells neither the length nor the other end."""
    of_parts = (table for table in tables if table.spec.says == "audience")
    starts = (starts_of(table.sheet, table.header_row, table.positions["start"][0]) for table in of_parts)
    return any(len(days) == 1 for days in starts)


CONNECTOR = Connector(
    key="discord",
    networks=("discord",),
    title=N_("Discord: server insights"),
    where=N_("Discord, your server, Server settings, Insights: on each chart, Daily, the dates, download as CSV."),
    tables=(CHARTS.days, CHARTS.tenures, CHARTS.parts, CHARTS.longer, CHARTS.invites),
    find=find,
    needs_since=needs_since,
    seen=("en",),
    lacks=N_("Which invitation brought whom, and days more than 120 days old: Discord does not keep them."),
)
