"""Exports of a LinkedIn page in any language: found by their headers where these are known, else by their shape.

The order of the sheets and of their columns has not moved since 2020. A shape alone proves nothing, so the numbers
must: totals are the sum of their parts on every row, and rates are those of the counts beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Any

from connectors.base import HEADER_WITHIN, Table, TableSpec, find_tables
from connectors.cells import DECIMAL, Unreadable, missing, normalise, printed
from connectors.dates import DATE, read_date
from connectors.sheet import Book, Cells, Sheet, blank

Rows = Sequence[Cells]
DAYS, POSTS, WHO = "days", "posts", "who"  # the keys of the specs
# What the followers and the visitors are broken down by, in the order of the sheets.
MEMBERS = {
    "location": ("Location", "Ubicación", "Localidade"),
    "job_function": ("Job function", "Función laboral", "Função"),
    "seniority": ("Seniority", "Nivel de responsabilidad", "Nível de experiência"),
    "industry": ("Industry", "Sector", "Setor"),
    "company_size": ("Company size", "Tamaño de la empresa", "Tamanho da empresa"),
}
DIMENSION = {normalise(header): dimension for dimension, headers in MEMBERS.items() for header in headers}
MEMBER_HEADERS = tuple(header for headers in MEMBERS.values() for header in headers)
BROKEN_DOWN = (DAYS, *[WHO] * len(MEMBERS))


@dataclass(frozen=True)
class Shape:
    """A table as LinkedIn lays it out: its width, where our columns stand, what its rows must prove, and the
    places of what is private."""

    width: int
    places: Mapping[str, int]
    proved: Callable[[Rows], bool]
    private: tuple[int, ...] = ()


def adds_up(*sums: tuple[int, ...]) -> Callable[[Rows], bool]:
    """Proves days: each row begins with a date, and each total, named first, is the sum of its parts."""

    def proved(rows: Rows) -> bool:
        return bool(rows) and all(
            any(read_date(row[0], style) for style in DATE.styles)
            and all(_number(row[total]) == sum(_number(row[part]) for part in parts) for total, *parts in sums)
            for row in rows
        )

    return proved


def clicked(rows: Rows) -> bool:
    """Proves posts: a link to LinkedIn stands second, and both rates are those of the counts."""
    seen = [row for row in rows if _number(row[9]) > 0]
    right = sum(_is_rate(row, 13, 12) and (_is_rate(row, 18, 12, 14, 15, 16) or _is_rate(row, 18, 12, 14, 15, 16, 17))
                for row in seen)  # fmt: skip
    return bool(seen) and right > 0.9 * len(seen) and all("linkedin.com/" in str(row[1]) for row in rows)


def _is_rate(row: Cells, rate: int, *counts: int) -> bool:
    """Whether a share is that of counts among the impressions."""
    return abs(_number(row[rate]) - sum(_number(row[count]) for count in counts) / _number(row[9])) < 0.001


def members(count: str) -> Shape:
    """The shape of a breakdown, whose second column is the key `count`."""
    return Shape(2, {"member": 0, count: 1}, lambda rows: all(_number(row[1]) >= 0 for row in rows))


def find_in(
    book: Book, specs: tuple[TableSpec, ...], layout: Sequence[str], shapes: Mapping[str, Iterable[Shape]]
) -> list[Table]:
    """The tables of a page's export. `layout`: the keys of the specs in the order of the sheets of a whole one."""
    known = {table.sheet.name: table for table in find_tables(book, specs)}
    if len(book.sheets) != len(layout):
        return [_with_dimension(table, None) for table in known.values()]
    by_key = {spec.key: spec for spec in specs}
    found: list[Table] = []
    for place, (sheet, key) in enumerate(zip(book.sheets, layout, strict=True)):
        table = known.get(sheet.name)
        if table is None or not _all_known(table, shapes[key]):  # Impressions is a word of two languages
            table = _shaped(sheet, by_key[key], shapes[key], table) or table
        if table:
            found.append(_with_dimension(table, place))
    return found


def _all_known(table: Table, shapes: Iterable[Shape]) -> bool:
    """Whether the headers told every column that stands in a table of its width."""
    wide = [shape for shape in shapes if shape.width == len(table.headers)]
    return all(shape.places.keys() <= table.positions.keys() for shape in wide)


def _shaped(sheet: Sheet, spec: TableSpec, shapes: Iterable[Shape], known: Table | None) -> Table | None:
    """The table that a shape finds. Refuted where a known header stands elsewhere, or a figure among the headers."""
    number, header = next(((n, cells) for n, cells in sheet.head(HEADER_WITHIN) if _filled(cells) > 1), (0, ()))
    headers = tuple(printed(cell) for cell in header)
    if any(map(_is_figure, header)):  # a sheet that has lost its headers
        return None
    stands = known.positions if known else {}
    for shape in (shape for shape in shapes if shape.width == _filled(header)):
        if any(stands.get(key, (place,)) != (place,) for key, place in shape.places.items()):
            continue
        rows = (cells for n, cells in sheet.rows() if n > number and not blank(cells))
        if shape.proved([[*cells, *[None] * (len(headers) - len(cells))] for cells in rows]):
            positions = {key: (place,) for key, place in shape.places.items()}
            told = tuple("" if place in shape.private else header for place, header in enumerate(headers))
            return Table(spec, sheet, number, told, positions, guessed=True)
    return None


def _with_dimension(table: Table, place: int | None) -> Table:
    """The table, with what it breaks down as its note: its header says so, or its place among the sheets."""
    if table.spec.key != WHO:
        return table
    header = normalise(table.header("member"))
    by_place = list(MEMBERS)[place - 1] if place else header.replace(" ", "_")
    return replace(table, note=DIMENSION.get(header, by_place))


def _filled(cells: Cells) -> int:
    return sum(not missing(cell, text=True) for cell in cells)


def _is_figure(cell: Any) -> bool:
    return not isnan(_number(cell)) or any(read_date(cell, style) for style in DATE.styles if not missing(cell))


def _number(cell: Any) -> float:
    """A number of a proof; one that is not stated is like no number, so that it proves nothing."""
    try:
        number = None if missing(cell) else DECIMAL.parse(cell, False)
    except Unreadable:
        number = None
    return nan if number is None else number
