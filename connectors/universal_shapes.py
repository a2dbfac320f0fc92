"""Reports of Universal Analytics in a language we do not know: told by what their columns look like.

A report lays out its columns in the same order in every language: counts, rates, durations. Such a row of looks says
which counts these are; that the row of totals is their sum says that they are counts at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.cells import WHOLE, Unreadable, missing, plain_text
from connectors.sheet import Cells

TIME = re.compile(r"\d+:\d{2}:\d{2}")


@dataclass(frozen=True)
class Shape:
    """A report: how the columns after its first look, and where its measures stand.

    `looks`: n a count, % a rate, t a duration, . any other number. `pages`: what the first column is where it holds
    the addresses of pages.
    """

    looks: str
    places: Mapping[str, int] = field(default_factory=dict)
    pages: str = ""
    leaves: bool = False


SHAPES = (
    Shape("n%n%.t%n.", {"sessions": 1, "new_users": 3, "key_events": 8}, "landing_page"),
    Shape("nnn%.t%n.", {"users": 1, "new_users": 2, "sessions": 3, "key_events": 8}),
    Shape("nntn%%.", {"views": 1}, "page"),
    Shape("nnt%%", {"views": 1}),
    Shape("nn%", {"views": 2}, "page", leaves=True),
)


def shape_of(body: Sequence[Cells], total: Cells, width: int) -> Shape | None:
    """The report that a table of one dimension looks like, if its counts add up to the row of totals."""
    looks = "".join(_look([*body, total], place) for place in range(1, width))
    shape = next((shape for shape in SHAPES if _fits(shape.looks, looks)), None)
    return shape if shape and all(_adds_up(body, total, place) for place in shape.places.values()) else None


def count_in(row: Cells, places: tuple[int, ...] | None) -> int | None:
    """The count that a row states at the first of some places, None where it states none."""
    cell = row[places[0]] if places and places[0] < len(row) else None
    return None if missing(cell) else _whole(cell)


def are_counts(body: Sequence[Cells], place: int) -> bool:
    """Whether a column holds whole numbers only."""
    return _look(body, place) == "n"


def _fits(expected: str, looks: str) -> bool:
    return len(expected) == len(looks) and all(e in (".", found) for e, found in zip(expected, looks, strict=True))


def _look(rows: Sequence[Cells], place: int) -> str:
    cells = [row[place] for row in rows if place < len(row) and not missing(row[place])]
    texts = [plain_text(cell) for cell in cells]
    if texts and all(TIME.fullmatch(text) for text in texts):
        return "t"
    if texts and all(text.endswith("%") for text in texts):
        return "%"
    return "n" if texts and all(_whole(cell) is not None for cell in cells) else "."


def _adds_up(body: Sequence[Cells], total: Cells, place: int) -> bool:
    counts = [count_in(row, (place,)) or 0 for row in body]
    return sum(counts) == count_in(total, (place,))


def _whole(cell: Any) -> int | None:
    try:
        return WHOLE.parse(cell, False)
    except Unreadable:
        return None
