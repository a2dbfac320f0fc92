"""LinkedIn page, competitors: what a page and those it compares itself with came to over a period.

The first row is the period in two cells. It is the only export of a page that states the size of its audience, for
the last day: in the row of the page itself, which is the only one, or the one named like the account or the file.
Every row is kept as a part `competitor` of the audience, where no figure of the brand is taken from. The account
is asked: the file bears the name of the page, the other exports its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import TEXT, WHOLE, Unreadable, missing, normalise, printed
from connectors.dates import DATE, read_date
from connectors.rows import days_spanned, records
from connectors.sheet import READ_AHEAD, Book, Cells, blank
from data.model import Finding, Problem, Statement, says

PAGES = (
    Column("member", ("Page", "Página"), TEXT, required=True),
    Column("followers", ("Total followers", "Total de seguidores")),
)
HINTS = ("New followers", "Novos seguidores")
PERIOD = (Column("first", (), DATE, aside=True), Column("last", (), DATE, aside=True))
SHAPE = {"member": (0,), "followers": (1,)}
WIDTH = 5  # Page, Total Followers, New Followers, Total post engagements, Total posts
NAMED = re.compile(r"^(.+)_competitor_analytics_\d{13}")


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The list of pages and, as a table of its own, the row above it that says the period."""
    for table in find_tables(book, specs[:1]) or _shaped(book, specs[0]):
        for number, cells in table.sheet.head(table.header_row - 1):
            if _is_period(cells):
                positions = {"first": (0,), "last": (1,)}
                return [table, Table(specs[1], table.sheet, number - 1, ("", ""), positions, last_row=number)]
    return []


def _is_period(cells: Cells) -> bool:
    filled = [cell for cell in cells if not missing(cell)]
    return len(filled) == 2 and all(any(read_date(cell, style) for style in DATE.styles) for cell in filled)


def _shaped(book: Book, spec: TableSpec) -> list[Table]:
    """The list where its headers are in no language we know: one sheet, a name and four whole numbers a row."""
    if len(book.sheets) != 1:
        return []
    rows = [(number, cells) for number, cells in book.sheets[0].head(READ_AHEAD) if not blank(cells)]
    if len(rows) < 3 or not all(_names_a_page(cells) for _, cells in rows[2:]):
        return []
    number, header = rows[1]
    headers = tuple(printed(cell) for cell in header)
    whole = len(headers) == WIDTH and all(headers) and not any(map(_is_count, header))
    return [Table(spec, book.sheets[0], number, headers, SHAPE, guessed=True)] if whole else []


def _names_a_page(cells: Cells) -> bool:
    if len(cells) != WIDTH or any(missing(cell) for cell in cells):
        return False
    return all(map(_is_count, cells[1:])) and isinstance(cells[0], str)


def _is_count(cell: Any) -> bool:
    try:
        return WHOLE.parse(cell, False) is not None
    except Unreadable:
        return False


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a page over the period, and one on the account for its followers on the last day."""
    first, last = _period(source)
    if first is None or last is None or first > last:
        yield Problem(says("a first and a last day above the list"), f"{first} {last}", table.sheet.name, 1)
        return
    found = list(records(table, source))
    yield from (item for item in found if not isinstance(item, Record))
    rows = [item for item in found if isinstance(item, Record)]
    own = _own(rows, source)
    for row in rows:
        told = {"account": source.account.key, "dimension": "competitor", "first_day": first, "last_day": last}
        yield row.statement("audience", **told)
    if own is None:
        expected = says("a page named like the account, whose followers are then known")
        yield Problem(expected, ", ".join(row.values["member"] for row in rows)[:80], table.sheet.name)
    elif "followers" in own.values:
        values = {"account": source.account.key, "day": last, "followers": own.values["followers"]}
        yield Statement("account_days", values, own.origin)


def _period(source: Source) -> tuple[date | None, date | None]:
    (stated,) = (table for table in source.tables if table.spec.key == "period")
    spans = [days_spanned(stated, key, source) for key in ("first", "last")]
    first, last = (span[0] if span else None for span in spans)
    return first, last


def _own(rows: list[Record], source: Source) -> Record | None:
    named = NAMED.match(source.book.name)
    if len(rows) == 1 and not named:
        return rows[0]
    for name in (source.account.handle, named[1] if named else ""):
        own = [row for row in rows if _letters(row.values["member"]) == _letters(name)]
        if len(own) == 1:
            return own[0]
    return None


def _letters(name: str) -> str:
    """A name as its address keeps it: letters and digits only."""
    return "".join(letter for letter in normalise(name) if letter.isalnum())


CONNECTOR = Connector(
    key="linkedin_competitors",
    networks=("linkedin",),
    title=N_("LinkedIn page: competitors"),
    where=N_("linkedin.com, then your page as admin, Analytics, Competitors, choose the dates, Export."),
    tables=(
        TableSpec("audience", PAGES, read, hints=HINTS),
        TableSpec("", PERIOD, lambda table, source: iter(()), key="period", daily=True, side=True),
    ),
    find=find,
    seen=("en",),
    described=("pt",),
    lacks=N_("Anything by day: one row a page sums up the period."),
)
