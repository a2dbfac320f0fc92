"""The reading of a table's rows by its declaration, and what connectors ask of their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timezone
from heapq import merge
from zoneinfo import ZoneInfo

from connectors.base import Record, Source, Table
from connectors.blocks import Block, date_style, each, read_blocks
from connectors.cells import DECIMAL, Kind, Unreadable, missing, normalise
from connectors.dates import DATE, read_date
from data.model import Account, Check, Finding, Problem, says


def blocks(table: Table, source: Source) -> Iterator[Block | Problem | Check]:
    """The rows of a table read by its declaration, in blocks; what cannot be read is a problem before its block."""
    for found in read_blocks(table, source):
        if isinstance(found, Check):
            yield found
        else:
            problems, block = found
            yield from problems
            yield block


def records(table: Table, source: Source) -> Iterator[Record | Problem | Check]:
    """The rows of a table read by its declaration, one by one; what cannot be read is a problem before its row."""
    for found in read_blocks(table, source):
        if isinstance(found, Check):
            yield found
        else:
            problems, block = found
            yield from merge(problems, block.records(), key=_row)


def _row(found: Record | Problem) -> int:
    return (found.origin.row if isinstance(found, Record) else found.row) or 0


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement on the account a row, for the day it prints."""
    for block in blocks(table, source):
        if isinstance(block, Block):
            days = each(block.values["day"], datetime.date)
            yield block.statements("account_days", account=source.account.key, day=days)
        else:
            yield block


def read_members(table: Table, source: Source, first: date, last: date) -> Iterator[Finding]:
    """One statement a row on a part of the audience; the note of its table, else a header, names the dimension."""
    told = {
        "account": source.account.key,
        "dimension": table.note or normalise(table.header("member")).replace(" ", "_"),
        "first_day": first,
        "last_day": last,
    }
    for block in blocks(table, source):
        yield block.statements("audience", **told) if isinstance(block, Block) else block


def named_accounts(tables: list[Table], network: str, handle: str, name: str) -> list[Account]:
    """The accounts that two columns of the rows name, the most frequent first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for table in tables:
        places = [table.positions[key][0] for key in (handle, name)]
        kind = next(column.kind for column in table.spec.columns if column.key == handle)
        assert isinstance(kind, Kind)
        for _, cells in table.rows():
            found, called = (cells[place] for place in places)
            with suppress(Unreadable):  # a damaged id is a problem of its row
                if not missing(found):
                    key = kind.parse(found, False)
                    counts[key] += 1
                    names[key] = "" if missing(called) else str(called).strip()
    return [Account(network, key, names[key]) for key, _ in counts.most_common()]


def only_zeros(table: Table, key: str) -> bool:
    """Whether a column says nothing but 0: some networks print that for what they do not measure."""
    stated = set()
    for place in table.positions.get(key, ()):
        for cell in table.cells(place):
            with suppress(Unreadable):  # a damaged cell is a problem of its row
                stated.add(DECIMAL.parse(cell, table.sheet.comma_decimals))
    return stated == {0}


def by_day(table: Table, key: str) -> Problem | None:
    """The problem of posts that are counted day by day, where counts since publication are read."""
    if key not in table.positions:
        return None
    days = (cell for cell in table.column(key) if any(read_date(cell, style) for style in DATE.styles))
    day = next(days, None)
    if day is None:
        return None
    advice = says("counts since publication; these are counted day by day: export again and choose Lifetime")
    return Problem(advice, str(day), table.sheet.name, table.header_row, table.header(key))


def days_spanned(table: Table, key: str, source: Source) -> tuple[date, date] | None:
    """The first and last day of a date column, None when it states none."""
    column = next(c for c in table.spec.columns if c.key == key)
    style = date_style(table, column, source.answers.date_order)
    days = [moment.date() for cell in table.column(key) if (moment := read_date(cell, style))]
    return (min(days), max(days)) if days else None


def in_utc(moment: datetime, zone: ZoneInfo | timezone = UTC) -> datetime:
    """A moment as naive UTC; one printed without an offset is in `zone`."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(tzinfo=None)


def local_day(utc: datetime, zone: ZoneInfo) -> date:
    """The day of a naive UTC moment where the brand lives."""
    return utc.replace(tzinfo=UTC).astimezone(zone).date()


def without_names(text: str) -> str:
    """The words of a post with no name of an account in them: "@…" stands for each, and for addresses of e-mail."""
    return re.sub(r"[\w.+-]*@\w(?:[\w.-]*\w)?(?:@\w(?:[\w.-]*\w)?)?", "@…", text)
