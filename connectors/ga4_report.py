"""Google Analytics 4, files saved from its pages: standard reports, overviews of many tables, explorations.

Comments before each table state its period; in an exploration one period stands for the file. The dimensions
of a table make its slice, and a table without a date counts its whole period. A comparison with another
audience than all users is kept under slices of its own. The total row of an exploration is compared with its rows
where these add up; people do not. Pages that differ in their query only are numbered, as it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from connectors.alike import Alike
from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, match_header, none
from connectors.cells import TEXT, missing, normalise, printed
from connectors.ga4_blocks import Block, Stated, blocks_of, handle_of, property_of, stated_by
from connectors.ga4_columns import DIMENSIONS, MEASURES, SPANS, days_of, slice_of, sums
from connectors.ga4_dimensions import MEASURE_KEYS, NUMBER, in_words, number_spans, unknown_dimensions
from connectors.ga4_explorations import NAMES, grand_total, is_universal, moved_total, refuse_spread
from connectors.repeated import and_repeated
from connectors.rows import records
from connectors.sheet import Book, Cells, Sheet
from data.model import Account, Finding, Message, Problem, Statement, UserError, says

SPAN_KEYS = {column.key for column in SPANS}
REPEATED = says("a table once; another of this file has the same dimensions, dates and measures")
HEADLESS = says("a row of headers above the figures; this table was left aside")
ALONE = says("a column that says what these figures are of; this table was left aside")
UNSTATED = Stated(date.min, date.max)
UNNAMED = says("a header that says whether its rows are of days, weeks or months, such as Date or Nth day")
TOLD_BY = tuple(column.key for column in DIMENSIONS if not column.aside)
CLOSED = {"channel", "source", "campaign", "country", "city", "device", "hour", "first_channel", "platform"}
EVENTS = {"event_name", "event_timestamp"}  # the export of BigQuery, an event in one or more rows


@dataclass(frozen=True)
class Report(Table):
    """A table with the property and the period that its comments state, and its dimensions in order."""

    name: str = ""
    stated: Stated = UNSTATED
    dimensions: tuple[str, ...] = ()
    unread: Message | None = None  # what was expected of a table that is left aside

    @property
    def slice(self) -> str:
        """The slice of the traffic that the table counts."""
        name = slice_of(self.dimensions)
        return f"{name} ({self.stated.audience})" if self.stated.audience else name


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row, its averages turned into sums where the row says what they are averages over."""
    assert isinstance(table, Report)
    if table.unread:
        yield Problem(table.unread, ", ".join(table.headers)[:80], table.sheet.name, table.header_row)
        return
    account = source.account if source.answers.account else _account(table)
    alike = Alike()
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        first, last = days_of(record.aside, table.stated.first, table.stated.last)
        if last < first:
            expected = says("days of the period that stands above the table")
            yield Problem(expected, f"{first} – {last}", table.sheet.name, record.origin.row)
            continue
        members = [str(record.aside[key]) for key in table.dimensions if key in record.aside]
        member = " / ".join(members) or None
        if table.dimensions:
            member = alike.member((first, last, *map(record.values.get, TOLD_BY)), member)
        values = {
            "account": account.key,
            "slice": table.slice,
            "first_day": first,
            "last_day": last,
            "member": member,
            **record.values,
            **sums(record.values, record.others),
        }
        known = {header: number for header, number in record.others.items() if number != -1}  # "not yet"
        yield Statement("web", values, record.origin, known)


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book, each measure read once for the same dimensions and days.

    None where the only ones are columns that have lost their neighbours, beside tables that are of another tool.
    Raises UserError for the events that BigQuery exports, and for dimensions spread over columns.
    """
    seen: dict[tuple[object, ...], set[str]] = {}
    found: list[Report] = []
    strange = False
    for sheet in book.sheets:
        name = property_of(sheet)
        for block in blocks_of(sheet, _is_header):
            if report := _report(sheet, block, name, specs[0]):
                spans = tuple(sorted(SPAN_KEYS & report.positions.keys()))
                key = (name, report.slice, report.dimensions, spans, report.stated)
                found.append(_once(report, seen.setdefault(key, set())))
            else:
                strange |= len(block.rows) > 1
    if not found:
        _refuse_events(book)
    return [] if strange and not any(report.positions for report in found) else [*found]


def _refuse_events(book: Book) -> None:
    for sheet in book.sheets:
        if any({normalise(str(cell)) for cell in cells} >= EVENTS for _, cells in sheet.head(1)):
            raise UserError(
                says(
                    "{file} is a list of single events from BigQuery, which Vigie does not count. Load a report or an "
                    "exploration of Google Analytics, or the result of a query with a row a day.",
                    file=book.name,
                )
            )  # fmt: skip


def _once(report: Report, seen: set[str]) -> Report:
    """The report without the measures that tables before it state: they stay under their header."""
    measures = MEASURE_KEYS & report.positions.keys()
    again = measures & seen
    seen |= measures
    positions = {key: places for key, places in report.positions.items() if key not in again}
    return replace(report, positions=positions, unread=REPEATED if again and again == measures else report.unread)


def _is_header(cells: Cells) -> bool:
    """Whether a row can only be a header: a known measure stands in it, and no figure."""
    texts = [str(cell) for cell in cells if not missing(cell, text=True)]
    return any(normalise(text) in NAMES for text in texts) and not any(NUMBER.fullmatch(text) for text in texts)


def _report(sheet: Sheet, block: Block, name: str, spec: TableSpec) -> Report | None:
    """The table of a block, None when it is none of Google Analytics 4."""
    number, header = block.rows[0]
    named = [normalise(str(cell)) for cell in header if not missing(cell, text=True)]
    if len(named) < 2 and not NAMES.intersection(named):  # what a row is of without what it counts, or the reverse
        return _lone(sheet, block, name, spec)
    body = [(n, [*row, *[None] * (len(header) - len(row))]) for n, row in block.rows[1:]]
    stated, positions = stated_by(block), match_header(spec, header)
    if stated is None or positions is None:
        return None
    total = _total(header, [row for _, row in body]) if stated.exploration else none
    rows = [row for _, row in body if not total(row)]
    if stated.exploration:
        refuse_spread(sheet.name, header, rows)
        if len(rows) == len(body) and is_universal(positions.keys() & MEASURE_KEYS, rows):
            return None
    headers = tuple(printed(cell) for cell in header)
    headless = any(NUMBER.fullmatch(text) for text in headers)
    if "date" in positions and in_words([row[positions["date"][0]] for row in rows]):
        del positions["date"]  # spans in words, in the card on loyalty: members of a dimension
    unknown = unknown_dimensions(headers, positions, rows)
    columns = [replace(column, required=column.key in SPAN_KEYS) for column in spec.columns]
    columns += [Column(key, (headers[place],), TEXT, aside=True) for key, place in unknown.items()]
    known = [column.key for column in DIMENSIONS if column.key in positions]
    positions |= {key: (place,) for key, place in unknown.items()}
    spec = replace(spec, columns=tuple(columns), total=total)
    report = Report(
        spec, sheet, number, headers, positions, last_row=block.rows[-1][0],
        name=name, stated=stated, dimensions=(*known, *unknown), unread=HEADLESS if headless else None,
    )  # fmt: skip
    unnamed = any(number_spans(key, report.column(key)) for key in report.dimensions)
    return replace(report, unread=report.unread or UNNAMED) if unnamed else report


def _lone(sheet: Sheet, block: Block, name: str, spec: TableSpec) -> Report | None:
    """Figures that have lost what they are of, or their header; None for words, as a cell alone heads no table."""
    (number, header), *body = block.rows
    headless = all(NUMBER.fullmatch(str(cell)) for cell in header if not missing(cell))
    rows = block.rows if headless else body
    figures = [str(cell) for _, cells in rows for cell in cells if not missing(cell)]
    if not figures or not all(map(NUMBER.fullmatch, figures)) or (stated := stated_by(block)) is None:
        return None
    headers, unread = tuple(printed(cell) for cell in header), HEADLESS if headless else ALONE
    return Report(spec, sheet, number, headers, {}, last_row=block.rows[-1][0], name=name, stated=stated, unread=unread)


def _total(header: Cells, body: Sequence[Cells]) -> Callable[[Cells], bool]:
    beyond, moved = grand_total(header), moved_total(header, body)
    return lambda cells: beyond(cells) or moved(cells)


def settle(tables: Sequence[Table], found: Iterable[Finding]) -> Iterable[Finding]:
    """The findings, without the rows that repeat or contradict others."""
    return and_repeated(tables, found, told_by)


def told_by(table: Table) -> Sequence[str]:
    """What tells the rows of a table apart, where its dimensions are of members that Google lists once."""
    assert isinstance(table, Report)
    return (*SPAN_KEYS, *table.dimensions) if table.dimensions and CLOSED.issuperset(table.dimensions) else ()


def _account(report: Report) -> Account:
    return Account("ga4", handle_of(report.name), report.name)


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The properties that the comments name."""
    named = (_account(table) for table in tables if isinstance(table, Report))
    return list(dict.fromkeys(account for account in named if account.handle))


def made(book: Book, tables: Sequence[Table]) -> datetime:
    """The end of the latest period: the export was made on that day or later."""
    last = max(table.stated.last for table in tables if isinstance(table, Report))
    return datetime(last.year, last.month, last.day)


CONNECTOR = Connector(
    key="ga4_report",
    networks=("ga4",),
    title=N_("Google Analytics 4: reports and explorations"),
    where=N_(
        "analytics.google.com, open a report or an exploration, Share or Export, Download CSV. "
        "Best of all: Explore, Free form, with Date and what else you want to know as rows."
    ),
    tables=(TableSpec("web", (*SPANS, *DIMENSIONS, *MEASURES), read, refuses=("Day Index",)),),
    find=find,
    settle=settle,
    accounts=accounts,
    as_of=made,
    seen=("en", "fr"),
    lacks=N_(
        "The days of reports and of most cards of an overview, which count their period as a whole, and the time zone."
    ),
)
