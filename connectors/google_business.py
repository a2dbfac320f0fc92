"""Google Business Profile: the performance report, a place a row, over the period that only the file's name states.

Its second line describes the columns and is no row. It holds no days: each place is a part of the audience, and the
figures stand under Google's own headers. The searches and maps columns count people, so they are never added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, TEXT, Unreadable, missing
from connectors.periods import Period, period_of
from connectors.rows import records
from connectors.sheet import Book, Cells
from data.model import Account, Finding

NAMED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2}) - (\d{4})-(\d{1,2})-(\d{1,2})")

PLACE = (
    Column("store", ("Store code",), TEXT, aside=True),
    Column("member", ("Business name",), TEXT, required=True),
    Column("address", ("Address",), TEXT, aside=True),
)
FIGURES = tuple(
    Column(header, (header,), adds=False, aside=True)
    for header in (
        "Google Search - Mobile", "Google Search - Desktop", "Google Maps - Mobile", "Google Maps - Desktop",
        "Calls", "Messages", "Bookings", "Directions", "Website clicks", "Food orders", "Food menu clicks",
        "Hotel bookings",
    )
)  # fmt: skip


def described(cells: Cells) -> bool:
    """Whether a row states no number: it describes the columns."""
    for cell in cells:
        try:
            if not missing(cell) and DECIMAL.parse(cell, False) is not None:
                return False
        except Unreadable:
            continue
    return True


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a place."""
    first, last = period_of(source, named_period(source.book.name))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        counts = {c.key: record.aside.get(c.key) for c in FIGURES}
        others = {table.header(key): float(count) for key, count in counts.items() if count is not None}
        place = (record.values["member"], record.aside.get("store"), record.aside.get("address"))
        yield Record({}, record.origin, others).statement(
            "audience",
            account=source.account.key,
            dimension="place",
            member=", ".join(part for part in place if part),
            first_day=first,
            last_day=last,
        )


def named_period(name: str) -> Period | None:
    """The first and last day that the native name of a report holds."""
    match = NAMED.search(name)
    try:
        days = [int(digits) for digits in match.groups()] if match else []
        return (date(*days[:3]), date(*days[3:])) if days else None
    except ValueError:  # digits that only look like dates
        return None


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The business, where all places bear its name."""
    names = {str(cell).strip() for table in tables for cell in table.column("member")}
    found = Account.parse(f"google_business:{names.pop()}") if len(names) == 1 else None
    return [found] if found else []


def as_of(book: Book, tables: Sequence[Table]) -> datetime | None:
    """The end of the period: no report of it is older."""
    period = named_period(book.name)
    return datetime(period[1].year, period[1].month, period[1].day) if period else None


CONNECTOR = Connector(
    key="google_business",
    networks=("google_business",),
    title=N_("Google Business Profile: performance"),
    where=N_("business.google.com/locations, select the profiles, Actions, Insights, the dates, Download report."),
    tables=(
        TableSpec("audience", (*PLACE, *FIGURES), read, hints=("Google Search - Mobile",), others=False,
                  drops=described),
    ),
    accounts=accounts,
    as_of=as_of,
    needs_since=lambda book, tables: named_period(book.name) is None,
    described=("en",),
    lacks=N_("Figures by day: load a report of a month each month. Other languages than English."),
)  # fmt: skip
