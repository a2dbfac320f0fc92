"""What is odd in explorations of Google Analytics 4: the total above the rows, and dimensions spread over columns.

Files of Universal Analytics have the same frame; their total stands below the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from connectors.cells import missing, normalise
from connectors.ga4_columns import AVERAGES, MEASURES
from connectors.sheet import Cells
from data.model import UserError, says

NAMES = {name for of in (*MEASURES, *AVERAGES) for name in of.headers}
NOT_IN_UNIVERSAL = {"users", "total_users", "events", "key_events", "engaged_sessions"}


def grand_total(header: Cells) -> Callable[[Cells], bool]:
    """Says of a row whether it is the grand total: without a member, and with a cell beyond the header."""
    width = _width(header)
    return lambda cells: bool(cells) and missing(cells[0], text=True) and _width(cells) > width


def moved_total(header: Cells, body: Sequence[Cells]) -> Callable[[Cells], bool]:
    """Says of a row whether it is the grand total of a table whose columns were moved: the only one with a word in a
    column without a header."""
    unnamed = [place for place, cell in enumerate(header[: _width(header)]) if missing(cell, text=True)]

    def labelled(cells: Cells) -> bool:
        return any(place < len(cells) and _is_word(cells[place]) for place in unnamed)

    return labelled if sum(map(labelled, body)) == 1 else lambda cells: False


def _is_word(cell: Any) -> bool:
    return not missing(cell, text=True) and not any(letter.isdigit() for letter in str(cell))


def is_universal(measures: set[str], body: Sequence[Cells]) -> bool:
    """Whether a table without a grand total, by the measures known in it, is of Universal Analytics."""
    return not NOT_IN_UNIVERSAL & measures or (len(body) > 1 and missing(body[-1][0], text=True))


def refuse_spread(name: str, header: Cells, body: Sequence[Cells]) -> None:
    """Raises UserError where each measure stands in several columns, one for each member of a dimension."""
    told = [normalise(str(cell)) for cell in header if not missing(cell, text=True)]
    twice = any(told.count(measure) > 1 for measure in NAMES)
    below = body and not NAMES.intersection(told) and NAMES.intersection(normalise(str(cell)) for cell in body[0])
    if twice or below:
        raise UserError(
            says(
                "{file} spreads a dimension over its columns. In the exploration, move it from Columns to Rows "
                "and export it again.",
                file=name,
            )
        )  # fmt: skip


def _width(cells: Cells) -> int:
    return max((n for n, cell in enumerate(cells, start=1) if not missing(cell)), default=0)
