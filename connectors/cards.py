"""Cards that stand one below the other in a sheet, with blank rows between them: each a title and what is below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from connectors.base import Table, TableSpec
from connectors.cells import missing, printed
from connectors.sheet import Cells, Sheet, blank
from data.model import Finding, Problem, says

Card = Sequence[tuple[int, Cells]]  # the rows of a card with their numbers
LONGEST_FIRST = 100  # rows: a sheet that begins with more is a table


def cards(sheet: Sheet) -> Iterator[Card]:
    """The cards of a sheet, none where it begins with a long table."""
    card: list[tuple[int, Cells]] = []
    first = True
    for number, cells in sheet.rows():
        if number == 1 and "".join(filled(cells)).startswith("sep="):
            continue
        if not blank(cells):
            card.append((number, cells))
        elif card:
            yield card
            card, first = [], False
        if first and len(card) > LONGEST_FIRST:
            return
    if card:
        yield card


def filled(cells: Cells) -> list[str]:
    """The texts of the cells of a row that hold something."""
    return [text for cell in cells if (text := printed(cell))]


def title(card: Card) -> str:
    """The title of a card, "" where it has none: it stands alone in the first row."""
    first = filled(card[0][1])
    return first[0] if len(first) == 1 else ""


def names_and_values(card: Card) -> bool:
    """Whether a card is a title, a row of names and a row of values below them."""
    if len(card) != 3 or not title(card):
        return False
    names, values = card[1][1], card[2][1]
    below = [value for name, value in zip(names, values, strict=False) if printed(name)]
    figures = [value for value in below if not missing(value)]
    return bool(figures) and all(map(_is_figure, figures)) and not all(_is_figure(name) for name in filled(names))


def table_of(spec: TableSpec, sheet: Sheet, card: Card, header: int, **more: Any) -> Table:
    """The table of a card whose headers stand in its row of that place, counted from 0."""
    number, cells = card[header]
    return Table(spec, sheet, number, tuple(printed(cell) for cell in cells), {}, last_row=card[-1][0], **more)


def and_left_aside(
    tables: Sequence[Table], found: Iterable[Finding], frames: Callable[[Card], bool] = lambda card: False
) -> Iterator[Finding]:
    """The findings, with a problem for each card that is none of the tables. `frames`: whether it is but what stands
    above them."""
    yield from found
    for sheet in {table.sheet.name: table.sheet for table in tables}.values():
        headers = {table.header_row for table in tables if table.sheet is sheet}
        for card in cards(sheet):
            number, cells = card[0]
            alone = len(card) == 1 and not _is_figure("".join(filled(cells)))  # a title, of an empty card
            if not alone and not frames(card) and not any(row in headers for row, _ in card):
                expected = says("a card of this format; it was left aside")
                yield Problem(expected, ", ".join(filled(cells))[:80], sheet.name, number)


def _is_figure(cell: Any) -> bool:
    return any(letter.isdigit() for letter in printed(cell))  # what became a date is one still
