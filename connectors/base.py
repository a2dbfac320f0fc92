"""The declaration of an export format, and the reading of its rows by that declaration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from connectors.cells import (
    DATE,
    DECIMAL,
    DMY,
    ID,
    MDY,
    TEXT,
    WHOLE,
    Dates,
    Kind,
    Unreadable,
    missing,
    normalise,
    printed,
    read_date,
    styles_that_read,
)  # fmt: skip
from connectors.sheet import Book, Cells, Sheet, blank
from data.model import Account, Answers, Message, Origin, Problem, Statement, says

HEADER_WITHIN = 25  # rows searched for a header: preambles of every known export are shorter
LONGEST_HEADER = 300  # letters; a cell that an open quotation mark made longer is no header
PACIFIC = ZoneInfo("America/Los_Angeles")


def N_(text: str) -> str:
    """Marks a text for translation where it is defined; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Column:
    """A column an export can have: its headers in every known language, its type, the key of its value.

    A `required` column belongs to the signature of the format, and a row that lacks it is a problem. An
    `aside` is read for the connector alone: it is no column of the ledger.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind | Dates = WHOLE
    required: bool = False
    may_be_empty: bool = False  # required in the header, not in every row
    aside: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", tuple(normalise(h) for h in self.headers))


@dataclass(frozen=True)
class Table:
    """A table found in a sheet: its header row, and the positions of each declared column."""

    spec: TableSpec
    sheet: Sheet
    header_row: int
    headers: tuple[str, ...]
    positions: Mapping[str, tuple[int, ...]]
    preamble: tuple[Cells, ...] = ()
    last_row: int | None = None  # where the next table of the same sheet begins
    note: str = ""  # what a connector of several tables wants to remember of this one
    network: str = ""  # the one its figures are of, where an export holds those of several

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """(row number, cells) below the header; blank rows are left out, short ones padded to its width."""
        width = len(self.headers)
        for number, cells in self.sheet.rows():
            if number <= self.header_row or blank(cells) or self.spec.drops(cells):
                continue
            if self.last_row is not None and number > self.last_row:
                return
            yield number, [*cells, *[None] * (width - len(cells))]

    def column(self, key: str) -> Iterator[Any]:
        """The cells of a declared column that state something."""
        return self.cells(self.positions[key][0])

    def header(self, key: str) -> str:
        """The header of a declared column, as it is printed."""
        return self.headers[self.positions[key][0]]

    def cells(self, place: int) -> Iterator[Any]:
        """The cells at a position that state something."""
        return (cells[place] for _, cells in self.rows() if not missing(cells[place]))


@dataclass(frozen=True)
class TableSpec:
    """A table of a format: its columns, the ledger table it speaks to, and how its rows become statements.

    It is recognised by its required columns, any of `hints` (keys of columns, or headers), and none of the
    headers it `refuses`. `remarks`: the column in which the network says why it could not compute a row.
    `others`: numbers in undeclared columns are kept under the network's own header, but for `ignores` (a
    pattern of normalised headers). `daily`: one row a day, so that its last day tells when the export was
    made. `drops`: rows that are none of the table's own: a total, a footer. `side`: other formats have this
    table too, so that alone it is no sign of this one.
    """

    says: str
    columns: tuple[Column, ...]
    read: Callable[[Table, Source], Iterator[Statement | Problem]]
    hints: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    others: bool = True
    ignores: str = r"(?!)"
    daily: bool = False
    key: str = ""
    remarks: str = ""
    side: bool = False
    drops: Callable[[Cells], bool] = lambda cells: False


@dataclass(frozen=True)
class Connector:
    """An export format: how it is recognised and read, and where to click to get it.

    `find`: the tables of a book it can read; by default those its specs recognise. `accounts`: whose figures
    these are, read from the content, the main one first. `names`: patterns of the native file name, whose
    group `handle` is the account. `as_of`: when the export was made, where the content states it.
    `needs_since`: whether the first day of the period counted has to be asked.
    """

    key: str
    networks: tuple[str, ...]
    title: str
    where: str
    tables: tuple[TableSpec, ...]
    find: Callable[[Book, tuple[TableSpec, ...]], list[Table]] | None = None
    accounts: Callable[[Book, list[Table]], list[Account]] = lambda book, tables: []
    names: tuple[str, ...] = ()
    as_of: Callable[[Book, list[Table]], datetime | None] = lambda book, tables: None
    needs_since: Callable[[Book, list[Table]], bool] = lambda book, tables: False

    def found_in(self, book: Book) -> list[Table]:
        """The tables of the book this connector reads, none when the export is not of its format."""
        tables = (self.find or find_tables)(book, self.tables)
        return tables if any(not table.spec.side for table in tables) else []


@dataclass(frozen=True)
class Question:
    """What only the user knows of a file: "account", "as_of", "date_order" or "since".

    `each`: an account of every one of `networks` is asked for, separated by commas; otherwise of one of them.
    """

    about: str
    networks: tuple[str, ...] = ()
    suggestion: Any = None
    example: str = ""
    each: bool = False


class Ask(Exception):
    """Reading cannot go on before the user has answered."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.about)
        self.question = question


@dataclass(frozen=True)
class Source:
    """What a connector reads from: the book, its tables, and what is known of the whole file."""

    book: Book
    tables: tuple[Table, ...]
    account: Account
    zone: ZoneInfo
    as_of: datetime | None
    answers: Answers


@dataclass(frozen=True)
class Record:
    """A row read by its declaration: values by key, the network's other numbers, and where it stands."""

    values: dict[str, Any]
    origin: Origin
    others: Mapping[str, float] = field(default_factory=dict)
    aside: Mapping[str, Any] = field(default_factory=dict)

    def statement(self, table: str, **more: Any) -> Statement:
        """The statement of this row for a ledger table; `more` adds to or replaces its values."""
        return Statement(table, {**self.values, **more}, self.origin, self.others)


def match_header(spec: TableSpec, cells: Cells) -> dict[str, tuple[int, ...]] | None:
    """The positions of the declared columns in a row of headers, None when it is not this table's header."""
    names = [normalise(str(cell)[:LONGEST_HEADER]) if cell is not None else "" for cell in cells]
    if any(normalise(refused) in names for refused in spec.refuses):
        return None
    positions: dict[str, tuple[int, ...]] = {}
    for column in spec.columns:
        places = tuple(i for i, name in enumerate(names) if name and name in column.headers)
        if places:
            positions[column.key] = places
        elif column.required:
            return None
    hinted = any(hint in positions or normalise(hint) in names for hint in spec.hints)
    return positions if hinted or not spec.hints else None


def table_at(spec: TableSpec, sheet: Sheet, number: int, cells: Cells, **more: Any) -> Table | None:
    """The table whose header is this row, or None."""
    positions = match_header(spec, cells)
    if positions is None:
        return None
    headers = tuple(printed(cell) for cell in cells)
    return Table(spec, sheet, number, headers, positions, **more)


def find_tables(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The first table of each sheet that one of the specs recognises."""
    found = []
    for sheet in book.sheets:
        before: list[Cells] = []
        for number, cells in sheet.head(HEADER_WITHIN):
            tables = (table_at(spec, sheet, number, cells, preamble=tuple(before)) for spec in specs)
            if table := next((t for t in tables if t), None):
                found.append(table)
                break
            before.append(cells)
    return found


def date_style(table: Table, column: Column, order: str | None) -> str:
    """The style that reads all cells of a date column. Raises Ask when day and month cannot be told apart."""
    assert isinstance(column.kind, Dates)
    styles = styles_that_read(table.column(column.key), column.kind.styles)
    if len(styles) > 1 and {MDY, DMY} <= set(styles):
        if order is None:
            example = str(max(table.column(column.key), key=_has_two_readings))
            raise Ask(Question("date_order", suggestion=MDY, example=example))
        return order
    return styles[0]


def _has_two_readings(cell: Any) -> bool:
    month_first, day_first = read_date(cell, MDY), read_date(cell, DMY)
    return month_first is not None and day_first is not None and month_first != day_first


DATE_EXPECTED = says("a date")


def records(table: Table, source: Source) -> Iterator[Record | Problem]:
    """The rows of a table read by its declaration; a cell that cannot be read is a problem beside its row.

    A row that lacks a required value gives its problems only. Of columns that share a header, the first that
    states something other than zero is read.
    """
    spec, order = table.spec, source.answers.date_order
    columns = [(c, table.positions[c.key]) for c in spec.columns if c.key in table.positions]
    styles = {c.key: date_style(table, c, order) for c, _ in columns if isinstance(c.kind, Dates)}
    others = list(_other_columns(table)) if spec.others else []
    comma = table.sheet.comma_decimals
    for number, cells in table.rows():
        values: dict[str, Any] = {}
        aside: dict[str, Any] = {}
        problems: list[Problem] = []
        whole = True
        for column, places in columns:
            cell = cells[places[0]] if len(places) == 1 else _first_stated(cells[p] for p in places)
            if missing(cell, text=column.kind is TEXT):
                if column.required and not column.may_be_empty:
                    found = _remark(table, cells)
                    problems.append(_problem(table, number, column, found, says("a value in this column")))
                    whole = False
                continue
            try:
                (aside if column.aside else values)[column.key] = _value(cell, column, styles, comma)
            except Unreadable as error:
                problems.append(_problem(table, number, column, cell, error.expected))
                whole = whole and (column.may_be_empty or not column.required)
        yield from problems
        if whole:
            extra = {name: n for name, place in others if (n := _other_number(cells[place], comma)) is not None}
            yield Record(values, Origin(table.sheet.name, number), extra, aside)


def read_days(table: Table, source: Source) -> Iterator[Statement | Problem]:
    """One statement on the account a row, for the day it prints."""
    for record in records(table, source):
        if isinstance(record, Problem):
            yield record
        else:
            day = record.values["day"].date()
            yield record.statement("account_days", account=source.account.key, day=day)


def read_members(table: Table, source: Source, first: date, last: date) -> Iterator[Statement | Problem]:
    """One statement a row on a part of the audience; the header of its `member` names the dimension."""
    told = {
        "account": source.account.key,
        "dimension": normalise(table.header("member")).replace(" ", "_"),
        "first_day": first,
        "last_day": last,
    }
    for record in records(table, source):
        yield record if isinstance(record, Problem) else record.statement("audience", **told)


def named_accounts(tables: list[Table], network: str, handle: str, name: str) -> list[Account]:
    """The accounts that two columns of the rows name, the most frequent first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for table in tables:
        places = [table.positions[key][0] for key in (handle, name)]
        for _, cells in table.rows():
            found, called = (cells[place] for place in places)
            with suppress(Unreadable):  # a damaged id is a problem of its row
                if not missing(found):
                    key = ID.parse(found, False)
                    counts[key] += 1
                    names[key] = "" if missing(called) else str(called).strip()
    return [Account(network, key, names[key]) for key, _ in counts.most_common()]


def only_zeros(table: Table, key: str) -> bool:
    """Whether a column says nothing but 0: some networks print that for what they do not measure."""
    stated = {str(cell).strip() for place in table.positions.get(key, ()) for cell in table.cells(place)}
    return bool(stated) and stated <= {"0", "0.0"}


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


def _value(cell: Any, column: Column, styles: Mapping[str, str], comma: bool) -> Any:
    if isinstance(column.kind, Dates):
        moment = read_date(cell, styles[column.key])
        if moment is None:
            raise Unreadable(DATE_EXPECTED)
        return moment
    return column.kind.parse(cell, comma)


def _first_stated(cells: Iterable[Any]) -> Any:
    stated = [cell for cell in cells if not missing(cell)]
    return next((cell for cell in stated if str(cell).strip() not in ("0", "0.0")), stated[0] if stated else None)


def _remark(table: Table, cells: list[Any]) -> Any:
    places = table.positions.get(table.spec.remarks)
    return cells[places[0]] if places else ""


def _problem(table: Table, number: int, column: Column, cell: Any, expected: Message) -> Problem:
    return Problem(expected, str(cell)[:80], table.sheet.name, number, table.header(column.key))


def _other_columns(table: Table) -> Iterator[tuple[str, int]]:
    declared = {place for places in table.positions.values() for place in places}
    ignored = re.compile(table.spec.ignores)
    for place, header in enumerate(table.headers):
        if place not in declared and header and not ignored.search(normalise(header)):
            yield header, place


def _other_number(cell: Any, comma: bool) -> float | None:
    if missing(cell) or isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, str) and not re.fullmatch(r"[+-]?[\d.,\s\u00a0\u202f]+", cell):
        return None
    try:
        number = DECIMAL.parse(cell, comma)
    except Unreadable:
        return None
    return None if number is None else float(number)


def in_utc(moment: datetime, zone: ZoneInfo | timezone = UTC) -> datetime:
    """A moment as naive UTC; one printed without an offset is in `zone`."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(tzinfo=None)


def local_day(utc: datetime, zone: ZoneInfo) -> date:
    """The day of a naive UTC moment where the brand lives."""
    return utc.replace(tzinfo=UTC).astimezone(zone).date()
