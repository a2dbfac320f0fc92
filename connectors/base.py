"""The declaration of an export format, and the reading of its rows by that declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from connectors.cells import WHOLE, Kind, missing, normalise, printed
from connectors.columns import Piece
from connectors.dates import Dates
from connectors.sheet import Book, Cells, Sheet, blank
from data.model import Account, Answers, Coded, Finding, Origin, Statement, Window

HEADER_WITHIN = 25  # rows searched for a header: preambles of every known export are shorter
CHUNK = 5_000  # rows taken at a time
LONGEST_HEADER = 300  # letters; a cell that an open quotation mark made longer is no header
PACIFIC = ZoneInfo("America/Los_Angeles")


def none(cells: Cells) -> bool:
    """Says of every row that it is not meant."""
    return False


def N_(text: str) -> str:
    """Marks a text for translation where it is defined; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Column:
    """A column an export can have: its headers in every known language, its type, the key of its value.

    A `required` column belongs to the signature of the format, and a row that lacks it is a problem. An
    `aside` is read for the connector alone: it is no column of the ledger. `adds`: whether the total row of a
    table is the sum of this column; counts add, rates and people do not. `empty`: what an empty cell
    states, where a network leaves zeros out.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind | Dates = WHOLE
    required: bool = False
    may_be_empty: bool = False  # required in the header, not in every row
    aside: bool = False
    adds: bool | None = None
    empty: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", tuple(normalise(h) for h in self.headers))
        if self.adds is None:
            object.__setattr__(self, "adds", self.kind is WHOLE)


Rows = tuple[Sequence[int], Sequence[Sequence[Any]]]  # their numbers, and their cells


@dataclass(frozen=True)
class Columns:
    """Rows that are all as wide as the header, none of them blank: their numbers, and some columns by position.

    `rows` gives their cells, where something has to be looked at row by row.
    """

    numbers: range
    columns: Mapping[int, Coded]
    rows: Callable[[], Sequence[Sequence[Any]]]


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
    guessed: bool = False  # recognised by its shape, its headers being in no language we know

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """(row number, cells) below the header, padded to its width; blank rows, totals and drops are left out."""
        for numbers, rows in self.chunks():
            yield from zip(numbers, map(list, rows), strict=True)

    def chunks(self, totals: list[tuple[int, list[Any]]] | None = None) -> Iterator[Rows]:
        """The same rows, many at a time: their numbers, and their cells. The rows of totals are put into `totals`."""
        rows, above, width = self.sheet.read(), self.header_row, len(self.headers)
        for _ in islice(rows, above):
            pass
        plain = self.spec.drops is none and self.spec.total is none
        while taken := list(islice(rows, CHUNK if self.last_row is None else min(CHUNK, self.last_row - above))):
            numbers = range(above + 1, above + 1 + len(taken))
            if plain and set(map(len, taken)) == {width} and all(isinstance(r[0], str) and r[0].strip() for r in taken):
                yield numbers, taken  # as rows of a long file are: all as wide as the header, none blank
            else:
                kept = [
                    (n, row) for n, cells in zip(numbers, taken, strict=True) if (row := self._row(n, cells, totals))
                ]
                if kept:
                    yield [number for number, _ in kept], [row for _, row in kept]
            above += len(taken)

    def pieces(
        self, places: Iterable[int], totals: list[tuple[int, list[Any]]] | None = None
    ) -> Iterator[Columns | Rows]:
        """The same rows, with the columns at `places` of many rows together wherever these are plain ones."""
        width, above = len(self.headers), self.header_row
        plain = self.spec.drops is none and self.spec.total is none and self.last_row is None
        if self.sheet.pieces is None or not plain:
            yield from self.chunks(totals)
            return
        for piece in self.sheet.pieces(above):
            if isinstance(piece, Piece) and (columns := piece.columns(width, places)):
                numbers = range(above + 1, above + 1 + len(columns[0]))
                yield Columns(numbers, columns, piece.rows)
                above = numbers[-1]
            else:
                taken = piece.rows() if isinstance(piece, Piece) else piece
                kept = [(n, row) for n, cells in enumerate(taken, above + 1) if (row := self._row(n, cells, totals))]
                if kept:
                    yield [number for number, _ in kept], [row for _, row in kept]
                above += len(taken)

    def _row(self, number: int, cells: Cells, totals: list[tuple[int, list[Any]]] | None) -> list[Any] | None:
        if blank(cells):
            return None
        row = list(cells) if len(cells) >= len(self.headers) else [*cells, *[None] * (len(self.headers) - len(cells))]
        if self.spec.total(cells):
            if totals is not None:
                totals.append((number, row))
            return None
        return None if self.spec.drops(cells) else row

    @cached_property
    def _distinct(self) -> dict[str, list[Any]]:
        places = {c.key: self.positions[c.key][0] for c in self.spec.columns if self._is_date(c)}
        found: dict[str, dict[Any, None]] = {key: {} for key in places}
        if places:
            for piece in self.pieces(places.values()):
                for key, place in places.items():
                    cells = (
                        piece.columns[place].distinct
                        if isinstance(piece, Columns)
                        else (row[place] for row in piece[1])
                    )
                    found[key].update(dict.fromkeys(cells))
        return {key: [cell for cell in cells if not missing(cell)] for key, cells in found.items()}

    def _is_date(self, column: Column) -> bool:
        return isinstance(column.kind, Dates) and column.key in self.positions

    def distinct(self, key: str) -> Iterable[Any]:
        """The distinct cells of a date column that state something; all of them are found in one reading."""
        return self._distinct[key]

    def column(self, key: str) -> Iterator[Any]:
        """The cells of a declared column that state something."""
        return self.cells(self.positions[key][0])

    def header(self, key: str) -> str:
        """The header of a declared column, as it is printed."""
        return self.headers[self.positions[key][0]]

    def cells(self, place: int) -> Iterator[Any]:
        """The cells at a position that state something."""
        for piece in self.pieces([place]):
            cells = piece.columns[place] if isinstance(piece, Columns) else _at(place, piece)
            yield from (cell for cell in cells if not missing(cell))


def _at(place: int, rows: Rows) -> Iterator[Any]:
    return (cells[place] for cells in rows[1])


@dataclass(frozen=True)
class TableSpec:
    """A table of a format: its columns, the ledger table it speaks to, and how its rows become statements.

    It is recognised by its required columns, any of `hints` (keys of columns, or headers), and none of the
    headers it `refuses`. `remarks`: the column in which the network says why it could not compute a row.
    `others`: numbers in undeclared columns are kept under the network's own header, but for `ignores` (a
    pattern of normalised headers). `daily`: one row a day, so that its last day tells when the export was
    made. `total`: rows that declare what the others add up to; they are compared with it. `drops`: rows that are
    none of the table's own, such as a footer. `side`: other formats have this
    table too, so that alone it is no sign of this one.
    """

    says: str
    columns: tuple[Column, ...]
    read: Callable[[Table, Source], Iterator[Finding]]
    hints: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    others: bool = True
    ignores: str = r"(?!)"
    daily: bool = False
    key: str = ""
    remarks: str = ""
    side: bool = False
    total: Callable[[Cells], bool] = none
    drops: Callable[[Cells], bool] = none


@dataclass(frozen=True)
class Connector:
    """An export format: how it is recognised and read, and where to click to get it.

    `find`: the tables of a book it can read; by default those its specs recognise. `accounts`: whose figures
    these are, read from the content, the main one first. `names`: patterns of the native file name, whose
    group `handle` is the account. `as_of`: when the export was made, where the content states it.
    `needs_since`: whether the first day of the period counted has to be asked. `settle`: what is done with all
    that its tables say, before it is told. `asked`: the days of which it lists every post, where it
    says so. `seen`: the languages of real files
    it was tried on; `described`: those whose headers are known from descriptions only. `lacks`: what a reader may
    look for in vain.
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
    settle: Callable[[Sequence[Table], Iterable[Finding]], Iterable[Finding]] = lambda tables, found: found
    asked: Callable[[Book, list[Table], Answers], Window | None] = lambda book, tables, answers: None
    seen: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    lacks: str = ""

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
    names, known = _headers(tuple("" if cell is None else str(cell)[:LONGEST_HEADER] for cell in cells))
    positions: dict[str, tuple[int, ...]] = {}
    for column in spec.columns:
        if not known.isdisjoint(column.headers):
            positions[column.key] = tuple(i for i, name in enumerate(names) if name in column.headers)
        elif column.required:
            return None
    if any(normalise(refused) in known for refused in spec.refuses):
        return None
    hinted = any(hint in positions or normalise(hint) in known for hint in spec.hints)
    return positions if hinted or not spec.hints else None


@lru_cache(maxsize=2000)  # each format looks at the same first rows of a file
def _headers(cells: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Headers as they are compared: in their order, and those that there are."""
    names = tuple(normalise(cell) for cell in cells)
    return names, frozenset(names) - {""}


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
