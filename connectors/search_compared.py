"""Search Console, two periods compared: every measure stands twice, each time with the name of its period before it.

Each period is stated under its own days, which the names of the columns or the sheet of filters give when they were
chosen as dates. Of "Last 28 days" against "Previous 28 days" nothing says which days these are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from connectors.base import HEADER_WITHIN, Column, Table, TableSpec
from connectors.cells import normalise, printed
from connectors.periods import Period
from connectors.search_filters import periods_in, stated_periods
from connectors.sheet import Book, Cells, Sheet
from data.model import UserError, says

Places = dict[str, tuple[int, ...]]
NEVER = (date.max, date.min)


@dataclass(frozen=True)
class Compared(Table):
    """One of the two tables of a sheet, with the days it counts."""

    period: Period = NEVER


def find_compared(book: Book, specs: tuple[TableSpec, ...]) -> list[Compared]:
    """The tables of a book that compares two periods, two a sheet. Raises UserError where their days are not told.

    The first column of a spec is what its rows are of, the others are its measures.
    """
    stated = stated_periods(book)
    return [
        table
        for sheet in book.sheets
        for number, cells in sheet.head(HEADER_WITHIN)
        for spec in specs
        if (halves := _halves(cells, spec))
        for table in _tables(book, spec, sheet, number, cells, halves, stated)
    ]


def _halves(cells: Cells, spec: TableSpec) -> dict[str, Places]:
    """Where the columns of each period stand in a row of headers, by the name of the period; none if it is none."""
    names = [normalise(printed(cell)) for cell in cells]
    member, *measures = spec.columns
    key = tuple(place for place, name in enumerate(names) if name in member.headers)
    if not key:
        return {}
    halves: dict[str, Places] = {}
    for place, name in enumerate(names):
        for measure in measures:
            if (label := _label(name, measure)) is not None:
                halves.setdefault(label, {member.key: key})[measure.key] = (place,)
    whole = all(len(places) == len(spec.columns) for places in halves.values())
    return halves if len(halves) == 2 and whole else {}


def _label(name: str, measure: Column) -> str | None:
    """The name of the period before that of a measure; no period has the name ""."""
    return next((name.removesuffix(h).strip() for h in measure.headers if name.endswith(f" {h}")), None)


def _tables(
    book: Book, spec: TableSpec, sheet: Sheet, number: int, cells: Cells, halves: dict[str, Places],
    stated: list[Period],
) -> Iterator[Compared]:  # fmt: skip
    headers = tuple(printed(cell) for cell in cells)
    named = [period for label in halves for period in periods_in(label)]
    periods = named if len(named) == 2 else stated
    if len(periods) != 2:
        raise UserError(
            says(
                "{file} compares two periods and does not say which days they are: {periods}. "
                "In Search Console choose one period at a time, without Compare, and export each.",
                file=book.name, periods=", ".join(halves),
            )
        )  # fmt: skip
    alone = replace(spec, others=False)  # the measures of the other period are not this one's
    for (label, positions), period in zip(halves.items(), periods, strict=True):
        yield Compared(alone, sheet, number, headers, positions, note=label, period=period)
