"""Facebook groups: the insights of a group, blocks of different widths in one CSV file with empty rows between them.

Only the block of days is read. Those of weekdays and hours are averages; those of posts, contributors and admins name
members. `Viewed` and `Posted or Commented` do not say whether people or times are counted: they stay under
their own names, as requests to join do. Where the total of members says 0, it is not known. The group is the one that
the addresses of its posts name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import normalise
from connectors.dates import YMD_STYLE, Dates
from connectors.rows import records
from connectors.sheet import READ_AHEAD, Book, Sheet, blank
from data.model import Account, Finding, UserError, says

GROUP = re.compile(r"facebook\.com/groups/([\w.-]+)/", re.IGNORECASE)
BLOCKS = {"name", "popular times", "age range", "top cities", "top posts", "top contributors"}

DAY = Column("day", ("Date",), Dates((YMD_STYLE,)), required=True)
DONE = (Column("posts", ("Posts",)), Column("comments", ("Comments",)), Column("reactions", ("Reactions",)))
JOINED = (DAY, Column("follows", ("Joined",), required=True, may_be_empty=True), *DONE)
MEMBERS = (DAY, Column("followers", ("Total Members",), required=True, may_be_empty=True), *DONE)


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The blocks of days. Raises UserError where a file of a group has none, or an empty one."""
    found = [replace(table, last_row=_last_row(table)) for table in find_tables(book, specs)]
    days = [table for table in found if next(table.rows(), None)]
    if not days and (found or any(map(_is_of_group, book.sheets))):
        raise UserError(
            says(
                "{file} states no day of the group. Choose a range of dates in its insights, and export again.",
                file=book.name,
            )
        )  # fmt: skip
    return days


def _last_row(table: Table) -> int | None:
    """Where the days end: at an empty row, or where that was deleted, at the title of the next block."""
    below = ((number, cells) for number, cells in table.sheet.rows() if number > table.header_row)
    return next((n - 1 for n, cells in below if blank(cells) or normalise(str(cells[0] or "")) in BLOCKS), None)


def _is_of_group(sheet: Sheet) -> bool:
    """Whether a sheet has the other blocks of a group, which no other export has."""
    first = {normalise(str(cells[0] or "")) for _, cells in sheet.head(READ_AHEAD) if cells}
    return first >= {"date", "popular times", "top posts"}


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        yield record.statement(
            "account_days",
            account=source.account.key,
            day=record.values["day"].date(),
            **({"followers": record.values.get("followers") or None} if "followers" in table.positions else {}),
        )


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The group of the addresses in the blocks below, if it is one."""
    cells = (str(cell) for table in tables for _, row in table.sheet.rows() for cell in row if cell)
    groups = {match[1].casefold() for cell in cells if (match := GROUP.search(cell))}
    return [Account("facebook_groups", group) for group in groups] if len(groups) == 1 else []


CONNECTOR = Connector(
    key="facebook_groups",
    networks=("facebook_groups",),
    title=N_("Facebook groups: insights by day"),
    where=N_("facebook.com, your group as admin, Insights, choose the dates, Download details."),
    tables=(
        TableSpec("account_days", JOINED, read, hints=("Viewed",), daily=True),
        TableSpec("account_days", MEMBERS, read, hints=("Active Members",), daily=True),
    ),
    find=find,
    accounts=accounts,
    seen=("en",),
    lacks=N_("Posts and members, who are private people; ages and cities; other languages than English."),
)
