"""Files of which every row stands in quotation marks, as one cell that holds all of its cells.

A spreadsheet makes them of a file with commas that it opened as one with semicolons, and saved again: what stood in
quotation marks was no cell to it, so that a line break in a text ends its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

LOOKED_AT = 6  # rows that are no blank ones
NARROWEST = 3  # cells of a row: "Town, Region" is a text
NEVER = "\x1f"  # a delimiter that no file has: each row is one cell


def is_wrapped(lines: Iterable[str]) -> bool:
    """Whether the first rows of a text are one cell each, which holds as many cells as the first of them does."""
    first = list(islice((cells for cells in _rows(lines, ",") if any(cells)), LOOKED_AT))
    if len(first) < 2 or any(len(cells) != 1 for cells in first):
        return False
    header, *rows = (len(_cells(cells[0])) for cells in first)
    return header >= NARROWEST and header in rows


def unwrapped(text: Iterable[str]) -> Iterator[list[str]]:
    """The rows as they were. One that was broken at the ends of its lines is put together where it began, with blank
    rows in the place of the others; one that cannot be is left as it stands, line by line."""
    lines: list[str] = []
    width = 0
    for row in _rows(text, NEVER):
        line = row[0] if row else ""
        if lines and _is_whole(line) and len(_cells(line)) == width:  # a row begins: the one before it never ends
            yield from ([broken] for broken in lines)
            lines = []
        lines.append(line)
        joined = "\n".join(lines)
        if _is_whole(joined):
            cells = _cells(joined)
            width = width or len(cells)
            yield cells
            yield from ([] for _ in lines[1:])
            lines = []
    yield from ([broken] for broken in lines)


def _is_whole(text: str) -> bool:
    return text.count('"') % 2 == 0


def _cells(text: str) -> list[str]:
    return next(_rows(io.StringIO(text, newline=""), ","), [])


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter)
