"""A number of followers that someone typed in, where no export of the network states one.

Vigie writes such a file itself, one number each: what was typed is kept, shown, forgotten and read again as any
export is. `typed_followers` repeats the number, so that a figure that rests on it can be marked as typed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import TEXT, WHOLE
from connectors.dates import DATE
from connectors.rows import records
from connectors.sheet import Book
from data.model import Account, Finding

HEADERS = ("Typed in Vigie", "Day", "Followers", "Typed at")
NETWORKS = (
    "x", "facebook", "instagram", "linkedin", "youtube", "tiktok", "pinterest", "discord", "facebook_groups",
    "threads", "mastodon", "bluesky",
)  # fmt: skip


def typed_in(account: Account, day: date, followers: int, now: datetime) -> tuple[str, bytes]:
    """The name and the bytes of the file that says how many followers an account had at the end of a day."""
    rows = io.StringIO()
    csv.writer(rows).writerows([HEADERS, (account.key, day, followers, now.isoformat(timespec="seconds"))])
    return f"{account.key} {day}.csv", rows.getvalue().encode()


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row: the number, and that it was typed."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        yield record.statement(
            "account_days",
            account=source.account.key,
            day=record.values["day"].date(),
            typed_followers=record.values["followers"],
        )


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The account that the file names."""
    found = (Account.parse(str(cell)) for table in tables for cell in table.column("account"))
    return [account for account in found if account and account.network in NETWORKS]


def typed_at(book: Book, tables: list[Table]) -> datetime | None:
    """When it was typed."""
    try:
        return max(datetime.fromisoformat(str(cell)) for table in tables for cell in table.column("typed_at"))
    except ValueError:
        return None


COLUMNS = (
    Column("account", HEADERS[:1], TEXT, required=True, aside=True),
    Column("day", HEADERS[1:2], DATE, required=True),
    Column("followers", HEADERS[2:3], WHOLE, required=True),
    Column("typed_at", HEADERS[3:], TEXT, required=True, aside=True),
)

CONNECTOR = Connector(
    key="typed",
    networks=NETWORKS,
    title=N_("Followers typed in by hand"),
    where=N_("Nowhere to get: write down what the network shows you, under Sources, Type in a number of followers."),
    tables=(TableSpec("account_days", COLUMNS, read, others=False),),
    accounts=accounts,
    as_of=typed_at,
)
