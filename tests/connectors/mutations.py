"""What happens to files between a network and Vigie: pure functions from a sample to a damaged or re-saved file.

Each gives the bytes, and what may differ in what they say: rows that are gone, cells that were touched, columns that
changed. `choose(n)` gives a number from 0 to n - 1, and decides everything.

What cannot be told from a file is left out: a number changed into another plausible one, as is a negative one in a
column that may be negative; a thousand written 1,204 in a file with semicolons; a file cut within the last cell of a
row, or between two rows; a header changed into that of another column; a comment that says what a table is of, cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from documents import Document, Grid, Row, csv_text

Choose = Callable[[int], int]
Place = tuple[str, int]  # sheet and row, as they were

THOUSAND = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
RENAMED = "Zzyzx"
TEXTS = ("abc", "a\nb", "=1+1", "=SUM(A1:A3)", "#REF!", "#VALUE!", "1.23457E+17", "9" * 30, "1e400", "-9e99", "\0")
DATES = ("2025-02-30", "5-Jan", "05.janv", "mars-07", "12/13/2025", "2025-03-01")
NEGATIVES = ("-7", "-12.5")
OF_WORKBOOKS = (9e29, float(10**19), datetime(2025, 3, 1), datetime(1900, 1, 7, 12), True, "abc", "#REF!", "=A1+1")
PERIODS = {"date", "nth_day", "iso_week", "month", "period"}  # without which rows are of the period of their file
DATED = {"day", "date", "start", "published", "created", "posted", "made"}
NEVER_NEGATIVE = {
    "followers", "impressions", "views", "reach", "visitors", "page_views", "video_views", "watch_seconds", "users",
    "total_users", "new_users", "returning_users", "sessions", "engaged_sessions", "engagement_seconds", "position",
    "share", "rating",
}  # fmt: skip
ENCODINGS = ("utf-8-sig", "utf-16-le", "utf-16-be", "utf-16-le bom", "utf-16-be bom", "cp1252")


@dataclass(frozen=True)
class Region:
    """A table of a sheet: the rows of its header, of what it says and its last, and the keys of its columns."""

    sheet: str
    header: int
    first: int  # the first row below the header that says something
    last: int
    keys: Mapping[int, str]
    said: int = 0  # the last row that says something: a total may follow
    guessed: bool = False  # headers in no language that is known: the order of the columns is all there is


@dataclass(frozen=True)
class Mutated:
    """A file made of a sample, and what it may say otherwise than the sample does."""

    what: str
    content: bytes
    document: Document
    gone: frozenset[Place] = frozenset()
    touched: Mapping[Place, Sequence[Any]] = field(default_factory=dict)  # what now stands in cells of a row
    lost: frozenset[tuple[str, int, int]] = frozenset()  # columns that are no more: sheet, row of the header, place


def mutated(document: Document, **more: Any) -> Mutated:
    """The file of a document as it now is."""
    return Mutated(content=document.content(), document=document, **more)


def region_cells(document: Document, region: Region) -> tuple[Grid, list[Row], int]:
    """The sheet of a region, its rows with cells up to the same width, and that width."""
    grid = next(grid for grid in document.grids if grid.sheet == region.sheet)
    rows = list(grid.rows[region.header - 1 : region.last])
    width = max((len(row.cells) for row in rows), default=0)
    return grid, [replace(row, cells=(*row.cells, *[""] * (width - len(row.cells)))) for row in rows], width


def with_rows(document: Document, region: Region, rows: Sequence[Row]) -> Document:
    """The document with other rows in the place of a region."""
    grid = next(grid for grid in document.grids if grid.sheet == region.sheet)
    return document.with_grid(replace(grid, rows=(*grid.rows[: region.header - 1], *rows, *grid.rows[region.last :])))


def _columns(document: Document, region: Region, order: Sequence[int]) -> Document:
    _, rows, _ = region_cells(document, region)
    return with_rows(document, region, [replace(r, cells=tuple(r.cells[place] for place in order)) for r in rows])


def _shuffled(count: int, choose: Choose) -> list[int]:
    left, order = list(range(count)), []
    while left:
        order.append(left.pop(choose(len(left))))
    return order


def columns_reordered(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """The columns of a table in another order, where their headers tell what they are."""
    if region.guessed:
        return None
    width = region_cells(document, region)[2]
    if width < 2:
        return None
    order = _shuffled(width, choose)
    return mutated(_columns(document, region, order), what=f"columns {order} of {region.sheet} {region.header}")


def column_dropped(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table without one of its columns; not that of the days, where the file states a period for what has none."""
    width = region_cells(document, region)[2]
    if width < 2:
        return None
    place = choose(width)
    if region.keys.get(place) in PERIODS:
        return None
    told = _columns(document, region, [p for p in range(width) if p != place])
    lost = frozenset({(region.sheet, region.header, place)})
    return mutated(told, what=f"without column {place} of {region.sheet} {region.header}", lost=lost)


def column_renamed(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table with a header that no network prints."""
    _, rows, width = region_cells(document, region)
    if not width:
        return None
    place = choose(width)
    cells = list(rows[0].cells)
    cells[place] = f"{RENAMED} {place}"
    told = with_rows(document, region, [replace(rows[0], cells=tuple(cells)), *rows[1:]])
    lost = frozenset({(region.sheet, region.header, place)})
    return mutated(told, what=f"header {place} of {region.sheet} {region.header} renamed", lost=lost)


def headers_respelled(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table whose headers are in capitals, or with spaces that the eye does not see."""
    _, rows, _ = region_cells(document, region)
    if not rows:
        return None
    ways = (str.upper, lambda t: f" {t} ", lambda t: t.replace(" ", "\u00a0"), lambda t: t.replace("'", "\u2019"))
    way = ways[choose(len(ways))]
    header = tuple(way(cell) if isinstance(cell, str) and cell else cell for cell in rows[0].cells)
    told = with_rows(document, region, [replace(rows[0], cells=header), *rows[1:]])
    return mutated(told, what=f"headers of {region.sheet} {region.header} as {header}")


def column_doubled(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table that holds one of its columns twice."""
    width = region_cells(document, region)[2]
    if not width:
        return None
    place, at = choose(width), choose(width + 1)
    order = [*range(at), place, *range(at, width)]
    return mutated(_columns(document, region, order), what=f"column {place} of {region.sheet} twice, again at {at}")


def rows_cut(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A sheet without one to three rows, below its header for the most part; comments that say what it is of stay."""
    if document.broken:
        return None
    grid = next(grid for grid in document.grids if grid.sheet == region.sheet)
    commented = any(str(cell).startswith("#") for row in grid.rows[:5] for cell in row.cells[:1])
    first = 0 if choose(5) == 0 and not commented else region.header
    if first >= region.last or "filter" in region.keys.values():
        return None  # a filter that is gone tells nothing
    out = {first + choose(region.last - first) for _ in range(1 + choose(3))}
    told = replace(grid, rows=tuple(row for place, row in enumerate(grid.rows) if place not in out))
    gone = frozenset((region.sheet, place + 1) for place in out)
    return mutated(
        document.with_grid(told), what=f"without rows {sorted(p + 1 for p in out)} of {grid.sheet}", gone=gone
    )


def row_doubled(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table that holds one of its rows twice."""
    if document.broken:
        return None
    _, rows, _ = region_cells(document, region)
    head = region.first - region.header
    if len(rows) <= head:
        return None
    place, at = head + choose(len(rows) - head), head + choose(len(rows) - head + 1)
    told = with_rows(document, region, [*rows[:at], rows[place], *rows[at:]])
    return mutated(told, what=f"row {rows[place].number} of {region.sheet} twice, again before {region.header + at}")


def rows_reordered(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table with its rows in another order."""
    if document.broken:
        return None
    _, rows, _ = region_cells(document, region)
    head = region.first - region.header
    if len(rows) < head + 2:
        return None
    order = _shuffled(len(rows) - head, choose)
    told = with_rows(document, region, [*rows[:head], *(rows[head + place] for place in order)])
    return mutated(told, what=f"rows {order} of {region.sheet} {region.header}")


def cut_short(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A file that ends at any byte; never within the last cell of a row."""
    whole = document.content()
    end = choose(len(whole))
    told = whole[:end]
    gone = frozenset((grid.sheet, row.number) for grid in document.grids for row in grid.rows)
    if document.kind == "csv":
        (grid,), before = document.grids, document.encode("")
        before_it = up_to = 0
        for count in range(len(grid.rows) + 1):
            up_to = len(
                document.encode(csv_text(replace(grid, rows=grid.rows[:count]), document.delimiter, document.newline))
            )
            if up_to > end:
                break
            before_it = up_to
        rest = whole[before_it:end]
        kept = count - 1 if up_to > end else count
        if kept < len(grid.rows) and rest and _in_last_cell(rest, whole[before_it:up_to], document):
            return None
        gone = frozenset((grid.sheet, row.number) for row in grid.rows[kept:])
        del before
    return Mutated(f"cut at byte {end}", told, document, gone)


def _in_last_cell(rest: bytes, row: bytes, document: Document) -> bool:
    """Whether a row is cut in its last cell, or in a letter or a line end behind it."""
    mark = document.encode(document.delimiter)[len(document.encode("")) :]
    return rest.count(mark) >= row.count(mark)


def saved_otherwise(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A file of text in another encoding, with another delimiter and other line ends."""
    encoding = ENCODINGS[choose(len(ENCODINGS))]
    newline = ("\r\n", "\n", "\r")[choose(3)]
    delimiter = (",", ";", "\t")[choose(3)]
    if document.kind == "xlsx":
        return None
    if document.kind == "csv" and any(
        len(row.cells) == 1 and "," in str(row.cells[0]) for row in document.grids[0].rows[:2]
    ):
        delimiter = document.delimiter  # rows that are one cell, or comments: their commas are no delimiters
    if delimiter == ";" and any(THOUSAND.fullmatch(str(c)) for g in document.grids for r in g.rows for c in r.cells):
        delimiter = ","
    name, _, bom = encoding.partition(" ")

    def encode(text: str) -> bytes:
        return ("\ufeff" + text if bom else text).encode(name)

    told = replace(document, encode=encode, newline=newline, delimiter=delimiter)
    try:
        return mutated(told, what=f"{encoding} {newline!r} {delimiter!r}")
    except UnicodeEncodeError:
        return None


def cells_emptied(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table in which one to three cells are empty, but for those of its total."""
    region = replace(region, last=max(region.said, region.first))
    return _replaced(document, region, choose, lambda key, cell: "")


def cells_damaged(document: Document, region: Region, choose: Choose) -> Mutated | None:
    """A table in which one to three cells hold junk."""

    def junk(key: str, cell: Any) -> Any:
        looks_like_date = (
            key in DATED or isinstance(cell, datetime) or re.search(r"\d.*[-/ :].*\d|[A-Za-z]{3}.*\d", str(cell))
        )
        found: tuple[Any, ...] = TEXTS if document.kind != "xlsx" else OF_WORKBOOKS
        found += () if looks_like_date or re.fullmatch(r"\d{8}", str(cell)) else DATES
        found += NEGATIVES if key in NEVER_NEGATIVE else ()
        if looks_like_date:
            found = tuple(each for each in found if not isinstance(each, datetime))
        return found[choose(len(found))]

    return _replaced(document, region, choose, junk)


def _replaced(document: Document, region: Region, choose: Choose, other: Callable[[str, Any], Any]) -> Mutated | None:
    _, rows, width = region_cells(document, region)
    head = region.first - region.header
    if len(rows) <= head or not width:
        return None
    touched: dict[Place, list[Any]] = {}
    told, said = list(rows), []
    for _ in range(1 if "filter" in region.keys.values() else 1 + choose(3)):  # one that is gone tells nothing
        y, x = head + choose(len(rows) - head), choose(width)
        cells = list(told[y].cells)
        cells[x] = other(region.keys.get(x, ""), rows[y].cells[x])
        told[y] = replace(told[y], cells=tuple(cells))
        touched.setdefault((region.sheet, rows[y].number), []).append(cells[x])
        said.append(f"{rows[y].number}:{x}={cells[x]!r}")
    changed = with_rows(document, region, told)
    return mutated(changed, what=f"cells {' '.join(said)} of {region.sheet}", touched=touched)


KINDS: Mapping[str, Callable[[Document, Region, Choose], Mutated | None]] = {
    each.__name__: each
    for each in (
        columns_reordered, column_dropped, column_renamed, headers_respelled, column_doubled, rows_cut, row_doubled,
        rows_reordered, cut_short, saved_otherwise, cells_emptied, cells_damaged,
    )
}  # fmt: skip
