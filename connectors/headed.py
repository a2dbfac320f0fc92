"""Where the headers of a table stand, in a file that nobody has described yet."""

from __future__ import annotations

import re
from collections.abc import Collection

from connectors.base import HEADER_WITHIN
from connectors.cells import missing, printed
from connectors.mapping import TableMapping
from connectors.sheet import Book, Cells, Sheet, blank
from connectors.vocabulary import ways
from data.model import UserError, says

LONGEST = 60  # letters
KNOWN, WORD = 3, 1  # what a known header and another word are worth in a row
VALUE = re.compile(r".*://|[\d.,\s%/:-]+$")  # what heads no column


def headed(book: Book, known: Collection[str], like: TableMapping | None) -> tuple[Sheet, int, Cells]:
    """The row that heads a table: that of a mapping, or the one with the most known headers and words."""
    found: list[tuple[tuple[float, int, int], Sheet, int, Cells]] = []
    for order, sheet in enumerate(book.sheets):
        if like and like.sheet not in ("", sheet.name):
            continue
        head = [(number, cells) for number, cells in sheet.head(HEADER_WITHIN + 1) if not blank(cells)]
        for number, cells in head[:-1]:
            fits = bool(like and like.fits(cells))
            chosen = bool(like and like.header_row == number)
            worth = 10_000 * fits + 1000 * chosen + _worth(cells, known)
            filled = sum(not missing(cell) for cell in cells)
            if fits or chosen or (like is None and (filled > 1 or worth == KNOWN)):
                found.append(((worth, -order, -number), sheet, number, cells))
    if not found:
        raise UserError(says("{file} holds no table: no row of headers with rows below it.", file=book.name))
    _, sheet, number, cells = max(found, key=lambda one: one[0])
    return sheet, number, cells


def _worth(cells: Cells, known: Collection[str]) -> int:
    """How much a row looks like headers: known ones, else words; values speak against it."""
    worth = 0
    for cell in cells:
        if text := printed(cell):
            word = isinstance(cell, str) and not VALUE.match(text) and len(text) < LONGEST
            worth += (KNOWN if any(way in known for way in ways(text)) else WORD) if word else -WORD
    return worth
