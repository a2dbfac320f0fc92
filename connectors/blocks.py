"""The reading of a table by its declaration, in blocks of rows and column by column.

A column repeats itself: each distinct cell is understood once, which makes long files quick to read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.base import Ask, Column, Columns, Question, Record, Source, Table, none
from connectors.cells import DECIMAL, TEXT, Unreadable, missing, normalise
from connectors.dates import DMY, MDY, NUMERIC, Dates, read_date, styles_that_read
from connectors.sheet import blank
from data.model import Check, Coded, Message, Origin, Problem, Statements, says

REMEMBERED = 200_000  # distinct cells of a column
DATE_EXPECTED = says("a date")
REWRITTEN = says(
    "a date as it was exported; a spreadsheet has rewritten it, and may have swapped day and month: export again"
)
MONTHS = 12
NOT_NEGATIVE = says("a number of 0 or more")
# What counts people, times or seconds, of which nothing is taken back as likes or comments can be.
NEVER_NEGATIVE = {
    "followers", "impressions", "views", "reach", "visitors", "page_views", "video_views", "watch_seconds", "share",
    "users", "total_users", "new_users", "returning_users", "sessions", "engaged_sessions", "engagement_seconds",
    "position", "rating",
}  # fmt: skip


class _Absent:
    """Stands where a cell states nothing, which is neither zero nor a mere bound."""


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class _Unread:
    expected: Message


@dataclass(frozen=True)
class Block:
    """Rows of a table: their numbers, the values of the ledger's columns and those `aside` by key, and the
    network's other numbers. What a row does not state is ABSENT."""

    sheet: str
    rows: Sequence[int]
    values: dict[str, list[Any] | Coded]
    aside: dict[str, list[Any] | Coded]
    others: list[dict[str, float]]

    def stated(self, key: str) -> list[Any] | Coded | None:
        """A column with None where nothing is stated; None for a column that the table does not have."""
        column = self.values.get(key, self.aside.get(key))
        return None if column is None else each(column, _or_none)

    def records(self) -> Iterator[Record]:
        """The rows one by one, each with what it states."""
        values, aside = (_by_row(columns, len(self.rows)) for columns in (self.values, self.aside))
        for number, stated, beside, others in zip(self.rows, values, aside, self.others, strict=True):
            yield Record(stated, Origin(self.sheet, number), others, beside)

    def statements(self, table: str, **more: Any) -> Statements:
        """The statements of these rows for a ledger table; `more` adds or replaces columns: a list, or one value."""
        values = {key: self.stated(key) for key in self.values}
        values |= {
            key: value if isinstance(value, (list, Coded)) else Coded.same(value, len(self.rows))
            for key, value in more.items()
        }
        stated = {key: column for key, column in values.items() if column is not None}
        return Statements(table, stated, self.sheet, self.rows, self.others if any(self.others) else None)


def each(column: list[Any] | Coded, read: Callable[[Any], Any]) -> list[Any] | Coded:
    """The column of what `read` makes of each value."""
    return column.map(read) if isinstance(column, Coded) else list(map(read, column))


def _or_none(value: Any) -> Any:
    return None if value is ABSENT else value


def _by_row(columns: Mapping[str, list[Any] | Coded], rows: int) -> Iterator[dict[str, Any]]:
    told = {key: list(column) for key, column in columns.items()}
    for place in range(rows):
        yield {key: column[place] for key, column in told.items() if column[place] is not ABSENT}


def date_style(table: Table, column: Column, order: str | None) -> str:
    """The style that reads all cells of a date column. Raises Ask when day and month cannot be told apart."""
    assert isinstance(column.kind, Dates)
    cells = table.distinct(column.key)
    styles = styles_that_read(cells, column.kind.styles)
    if len(styles) > 1 and {MDY, DMY} <= set(styles):
        order = order or column.kind.undecided
        if order is None:
            example = str(max(cells, key=_has_two_readings))
            raise Ask(Question("date_order", suggestion=MDY, example=example))
        return order
    return styles[0]


def _has_two_readings(cell: Any) -> bool:
    month_first, day_first = read_date(cell, MDY), read_date(cell, DMY)
    return month_first is not None and day_first is not None and month_first != day_first


def read_blocks(table: Table, source: Source) -> Iterator[tuple[list[Problem], Block] | Check]:
    """The rows of a table, block by block, each with the problems among its rows.

    A row that lacks a required value gives its problems only. Of columns that share a header, the first that
    states something other than zero is read. After the rows, what the table declares as their total is compared.
    """
    reading = _Reading(table, source)
    totals: list[tuple[int, list[Any]]] = []
    for piece in table.pieces(reading.places, totals):
        if not isinstance(piece, Columns):
            yield reading.block(*piece)
        elif block := reading.whole_block(piece):
            yield [], block
        else:
            yield reading.block(piece.numbers, piece.rows())
    yield from reading.checks(totals)


class _Reading:
    def __init__(self, table: Table, source: Source) -> None:
        self.table = table
        comma, order = table.sheet.comma_decimals, source.answers.date_order
        self.columns = [
            (c, table.positions[c.key], _Known(_reader(table, c, order, comma)))
            for c in table.spec.columns if c.key in table.positions
        ]  # fmt: skip
        others = _other_columns(table) if table.spec.others else ()
        self.others = [(name, place, _Known(lambda cell: _other_number(cell, comma))) for name, place in others]
        self.places = [place for _, places, _ in self.columns for place in places]
        self.places += [place for _, place, _ in self.others]
        self.added: Counter[str] = Counter()

    def whole_block(self, piece: Columns) -> Block | None:
        """The block of rows without a problem, each distinct cell of a column being read once; None if there is one."""
        values: dict[str, list[Any] | Coded] = {}
        aside: dict[str, list[Any] | Coded] = {}
        for column, places, known in self.columns:
            cells = piece.columns[places[0]] if len(places) == 1 else _first_stated(piece.columns, places)
            distinct = known.all(cells.distinct if isinstance(cells, Coded) else cells)
            if any(_wrong(column, distinct, known)):
                return None
            found = Coded(distinct, cells.codes) if isinstance(cells, Coded) else distinct
            (aside if column.aside else values)[column.key] = found
        return Block(self.table.sheet.name, piece.numbers, values, aside, self._others(piece))

    def _others(self, piece: Columns) -> list[dict[str, float]]:
        columns = ((name, piece.columns[place], known) for name, place, known in self.others)
        told = [(name, Coded(known.all(cells.distinct), cells.codes)) for name, cells, known in columns]
        told = [(name, numbers) for name, numbers in told if any(number is not None for number in numbers.distinct)]
        if not told:
            return [{}] * len(piece.numbers)
        names = [name for name, _ in told]
        rows = zip(*(numbers for _, numbers in told), strict=True)
        return [{n: number for n, number in zip(names, row, strict=True) if number is not None} for row in rows]

    def block(self, numbers: Sequence[int], rows: Sequence[Sequence[Any]]) -> tuple[list[Problem], Block]:
        grid = list(zip(*rows, strict=False))
        problems: list[Problem] = []
        lost: set[int] = set()
        read: list[tuple[Column, list[Any]]] = []
        for column, places, known in self.columns:
            cells = grid[places[0]] if len(places) == 1 else _first_stated(grid, places)
            found = known.all(cells)
            for place, expected in _wrong(column, found, known):
                whole_row, number = rows[place], numbers[place]
                shown = self._remark(whole_row) if found[place] is ABSENT else cells[place]
                problems.append(self._problem(number, column, shown, expected))
                if column.required and not column.may_be_empty:
                    lost.add(place)
                found[place] = ABSENT
            read.append((column, found))
        problems.sort(key=lambda problem: problem.row or 0)
        block = self._whole(numbers, read, grid, lost)
        for column, _, _ in self.columns:
            if column.adds and self.table.spec.total is not none:
                values: Iterable[Any] = (block.aside if column.aside else block.values)[column.key]
                self.added[column.key] += sum(value for value in values if value is not ABSENT and value is not None)
        return problems, block

    def _whole(
        self, numbers: Sequence[int], read: list[tuple[Column, list[Any]]], grid: list[tuple[Any, ...]], lost: set[int]
    ) -> Block:
        """The block without the rows that are lost."""
        others: list[dict[str, float]] = [{} for _ in numbers]
        for name, place, known in self.others:
            for told, number in zip(others, known.all(grid[place]), strict=True):
                if number is not None:
                    told[name] = number
        kept = [place for place in range(len(numbers)) if place not in lost] if lost else None

        def only(column: Sequence[Any]) -> list[Any]:
            return list(column) if kept is None else [column[place] for place in kept]

        return Block(
            self.table.sheet.name, only(numbers), {c.key: only(found) for c, found in read if not c.aside},
            {c.key: only(found) for c, found in read if c.aside}, only(others),
        )  # fmt: skip

    def checks(self, totals: list[tuple[int, list[Any]]]) -> Iterator[Check]:
        """What each total row declares, beside what the rows come to."""
        table = self.table
        for number, cells in totals:
            for column, places, _ in self.columns:
                if not column.adds or isinstance(column.kind, Dates):
                    continue
                with suppress(Unreadable):  # a total that cannot be read checks nothing
                    cell = cells[places[0]]
                    declared = None if missing(cell) else column.kind.parse(cell, table.sheet.comma_decimals)
                    if declared is not None:
                        origin = Origin(table.sheet.name, number)
                        yield Check(table.header(column.key), declared, self.added[column.key], origin)

    def _remark(self, cells: Sequence[Any]) -> Any:
        places = self.table.positions.get(self.table.spec.remarks)
        return cells[places[0]] if places else ""

    def _problem(self, number: int, column: Column, cell: Any, expected: Message) -> Problem:
        return Problem(expected, str(cell)[:80], self.table.sheet.name, number, self.table.header(column.key))


class _Known(dict[Any, Any]):
    """What the distinct texts of a column say. Numbers are not remembered: 1 and True would be the same key."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__({None: read(None)})
        self.read = read
        self.unread = False  # whether any cell was a problem

    def __missing__(self, cell: Any) -> Any:
        found = self.read(cell)
        self.unread = self.unread or type(found) is _Unread
        if isinstance(cell, str):
            self[cell] = found
        return found

    def all(self, cells: Iterable[Any]) -> list[Any]:
        """What each of the cells says."""
        if len(self) > REMEMBERED:
            self.clear()
        return list(map(self.__getitem__, cells))


def _reader(table: Table, column: Column, order: str | None, comma: bool) -> Callable[[Any], Any]:
    """What understands a cell of a column: its value, ABSENT, or what was expected of it."""
    kind, text = column.kind, column.kind is TEXT
    counted = column.key in NEVER_NEGATIVE
    style = date_style(table, column, order) if isinstance(kind, Dates) else ""

    doubtful = isinstance(kind, Dates) and style in (MDY, DMY) and _are_rewritten(kind, table.distinct(column.key))

    def read(cell: Any) -> Any:
        if doubtful and _may_be_swapped(cell):
            return _Unread(REWRITTEN)
        if missing(cell, text=text):
            return ABSENT if column.empty is None or not blank([cell]) else column.empty
        if isinstance(kind, Dates):
            moment = read_date(cell, style)
            return _Unread(DATE_EXPECTED) if moment is None else moment
        try:
            value = kind.parse(cell, comma)
            return _Unread(NOT_NEGATIVE) if counted and value is not None and value < 0 else value
        except Unreadable as error:
            return _Unread(error.expected)

    return read


def _are_rewritten(kind: Dates, cells: Iterable[Any]) -> bool:
    """Whether a spreadsheet has rewritten dates of a column: they are of another form than those that it left."""
    forms = {None if isinstance(cell, date) else _form(str(cell)) for cell in cells}
    return len(forms - {()}) > 1 or (kind.to_the_minute and any(form and form[0] for form in forms))


def _form(text: str) -> tuple[bool, bool] | tuple[()]:
    match = NUMERIC.fullmatch(text.strip())
    return (bool(match[6]), bool(match[7])) if match else ()


def _may_be_swapped(cell: Any) -> bool:
    if isinstance(cell, date):
        return cell.day <= MONTHS and cell.day != cell.month
    return isinstance(cell, str) and _has_two_readings(cell)


def _wrong(column: Column, found: list[Any], known: _Known) -> Iterator[tuple[int, Message]]:
    """The places of a column that are problems, with what was expected there."""
    needed = column.required and not column.may_be_empty
    if not known.unread and not (needed and ABSENT in found):
        return
    for place, value in enumerate(found):
        if type(value) is _Unread:
            yield place, value.expected
        elif needed and value is ABSENT:
            yield place, says("a value in this column")


def _first_stated(grid: Sequence[Sequence[Any]] | Mapping[int, Sequence[Any]], places: Iterable[int]) -> list[Any]:
    def first(cells: Iterable[Any]) -> Any:
        stated = [cell for cell in cells if not missing(cell)]
        return next((cell for cell in stated if str(cell).strip() not in ("0", "0.0")), stated[0] if stated else None)

    return list(map(first, zip(*(grid[place] for place in places), strict=True)))


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
