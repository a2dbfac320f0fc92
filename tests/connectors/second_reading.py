"""A second reading of a real file: cells drawn at random, understood by plain Python, are what we say of their rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from data.model import Statement

Understand = Callable[[Any], Any]


def same_cells(
    statements: Sequence[Statement],
    grid: Sequence[Sequence[Any]],
    header_row: int,
    columns: Mapping[str, tuple[str, Understand]],
    count: int = 20,
) -> None:
    """Asserts that cells of a file are what the statements of their rows say.

    `grid`: all rows of the file. `columns`: by header, the column of the ledger (or the name in `others`), and what
    makes of a cell the value that is expected.
    """
    headers = list(grid[header_row - 1])
    chance = random.Random(f"{len(grid)} {sorted(columns)}")
    cells = [(statement, header) for statement in statements for header in columns]
    assert cells
    for statement, header in chance.sample(cells, min(count, len(cells))):
        column, understand = columns[header]
        cell = grid[statement.origin.row - 1][headers.index(header)]
        said = statement.values.get(column, statement.others.get(column))
        assert said == understand(cell), f"row {statement.origin.row}, {header}: {cell!r}"
