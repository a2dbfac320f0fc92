"""Pinterest Analytics, overview: one CSV of several tables, set apart by empty lines.

Above them stand the choices made and the period, which the name of the file repeats. The days hold the metrics that
were chosen, and the last of them are estimates. The top pins, of one metric or of all, and the top boards count the
period, and are cut to fifty. Their day of publication is not told. Older files say closeups for pin clicks, link
clicks for outbound clicks, and repins for saves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, table_at
from connectors.cards import Card, and_left_aside
from connectors.cells import ID, PAGE, TEXT, missing, normalise
from connectors.dates import DATE, YMD_STYLE, read_date
from connectors.periods import Period, period_of, period_unknown
from connectors.rows import read_days, records
from connectors.sheet import Book, Cells, Sheet, blank
from data.model import Account, Finding, Problem, says

COUNTS = (
    Column("impressions", ("Impressions",)),
    Column("engagements", ("Engagements", "Engagement")),
    Column("clicks", ("Pin clicks", "Closeups")),
    Column("link_clicks", ("Outbound clicks", "Link clicks")),
    Column("saves", ("Saves", "Repins")),
    Column("video_views", ("Video views",)),
)
DAYS = (
    Column("day", ("Date",), DATE, required=True),
    *COUNTS,
    Column("reach", ("Total audience",)),
)
LINK = ("Pinterest Link",)
PINS = (
    Column("link", LINK, PAGE, required=True),
    Column("type", ("Content Type",), TEXT, required=True, may_be_empty=True, aside=True),
    *COUNTS,
)
PINS_BY_ID = (
    Column("post_id", ("Pin ID",), ID, required=True),
    Column("link", LINK, PAGE),
    Column("text", ("Pin title", "Title"), TEXT),
    *COUNTS,
)
BOARDS = (Column("link", LINK, PAGE, required=True, aside=True),)
# What stands first in a row above the days, or above the pins where nothing else does.
CHOICES = {"analytics overview", "claimed accounts", "curated content"}  # what stands above the days
SIGNS = CHOICES | {"pinterest link", "pin id"}
PIN = re.compile(r"/pin/(\d+)")
BOARD = re.compile(r"pinterest\.[a-z.]+/(?!pin/)(?P<handle>[^/?#]+)/(?P<board>[^/?#]+)", re.IGNORECASE)
PERIOD = re.compile(r"(20\d\d-?[01]\d-?[0-3]\d) ?- ?(20\d\d-?[01]\d-?[0-3]\d)")
FIGURE = re.compile(r"[\d.,]+")
ABOVE = 10  # rows that may stand above the days
RATE = r" rate$"  # of counts that stand beside it


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a file that begins with Pinterest's choices, or with a list of its pins or boards."""
    if not SIGNS & {normalise(str(cell)) for cells in _above(book) for cell in cells[:1]}:
        return []
    return [table for sheet in book.sheets for table in _tables(sheet, specs)]


def _tables(sheet: Sheet, specs: tuple[TableSpec, ...]) -> Iterator[Table]:
    """Each table from its header to the row before an empty one, or before the header of another."""
    header: tuple[int, Cells, TableSpec] | None = None
    number = 0
    for number, cells in sheet.rows():
        ended = blank(cells)
        spec = None if ended else next((spec for spec in specs if table_at(spec, sheet, number, cells)), None)
        if header and (ended or spec):
            yield _until(header, sheet, number - 1)
            header = None
        if spec:
            header = number, cells, spec
    if header:
        yield _until(header, sheet, number)


def _until(header: tuple[int, Cells, TableSpec], sheet: Sheet, last: int) -> Table:
    number, cells, spec = header
    table = table_at(spec, sheet, number, cells, last_row=last)
    assert table
    return table


def _above(book: Book) -> list[Cells]:
    return [cells for sheet in book.sheets for _, cells in sheet.head(ABOVE)]


def _are_choices(card: Card) -> bool:
    counted = any(not missing(cell) and FIGURE.fullmatch(str(cell).strip()) for _, cells in card for cell in cells[1:])
    return any(normalise(str(cells[0])) in CHOICES for _, cells in card) and not counted


def _title(cells: Cells) -> bool:
    """Whether a row is a remark or the title of the next table: one cell of words."""
    filled = [str(cell) for cell in cells if not missing(cell)]
    return len(filled) == 1 and bool(re.search(r"[^\W\d_]", filled[0])) and "://" not in filled[0]


def stated_period(book: Book) -> Period | None:
    """The period that the file states above its days, else the one its name bears."""
    lines = (" ".join(str(cell) for cell in cells if not missing(cell)) for cells in _above(book))
    for text in (*lines, book.name):
        if match := PERIOD.search(text):
            first, last = (read_date(day, YMD_STYLE) for day in match.groups())
            if first and last and first <= last:
                return first.date(), last.date()
    return None


def read_pins(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a pin, counted over the period."""
    first, _ = _period(source)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        link = record.values.get("link", "")
        match = PIN.search(link)
        post_id = record.values.get("post_id") or (match[1] if match else None)
        if post_id is None:
            yield Problem(says("a link that holds the id of a pin"), link[:80], table.sheet.name,
                          record.origin.row, table.header("link"))  # fmt: skip
            continue
        told = {"account": source.account.key, "post_id": post_id, "counted_from": first}
        yield record.statement("posts", link=link or f"https://www.pinterest.com/pin/{post_id}/", **told)


def read_boards(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a board over the period; its counts stay under Pinterest's names."""
    first, last = _period(source)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        elif match := BOARD.search(record.aside["link"]):
            told = {"account": source.account.key, "dimension": "board", "member": match["board"]}
            yield record.statement("audience", first_day=first, last_day=last, **told)
        else:
            yield Problem(says("a link to a board"), record.aside["link"][:80], table.sheet.name,
                          record.origin.row, table.header("link"))  # fmt: skip


def _period(source: Source) -> tuple[date, date]:
    return period_of(source, stated_period(source.book))


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """Whose boards these are, if they are one account's."""
    links = (str(link) for table in tables if table.spec.columns is BOARDS for link in table.column("link"))
    handles = {match["handle"].casefold() for link in links if (match := BOARD.search(link))}
    return [Account("pinterest", handle) for handle in handles] if len(handles) == 1 else []


def made(book: Book, tables: list[Table]) -> datetime | None:
    """The end of the period: the export was made then or later."""
    period = stated_period(book)
    return datetime(period[1].year, period[1].month, period[1].day) if period else None


CONNECTOR = Connector(
    key="pinterest_overview",
    networks=("pinterest",),
    title=N_("Pinterest Analytics: overview"),
    where=N_("pinterest.com, Analytics, Overview, choose the dates and the metrics, Export, CSV."),
    tables=(
        TableSpec("account_days", DAYS, read_days, daily=True, drops=_title, ignores=RATE,
                  hints=(*[column.key for column in COUNTS], "reach", "Engaged audience")),
        TableSpec("posts", PINS, read_pins, drops=_title, ignores=RATE),
        TableSpec("posts", PINS_BY_ID, read_pins, drops=_title, ignores=RATE),
        TableSpec("audience", BOARDS, read_boards, drops=_title, ignores=RATE, hints=("Impressions", "Saves")),
    ),
    find=find,
    settle=partial(and_left_aside, frames=_are_choices),
    accounts=accounts,
    as_of=made,
    needs_since=lambda book, tables: period_unknown(tables, stated_period(book)),
    described=("en",),
    lacks=N_("How many followers there are, when a pin was published, and all but the fifty best pins and boards."),
)  # fmt: skip
