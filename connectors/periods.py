"""The period that tables without days count: stated by the export, or that of its tables by day, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from connectors.base import Source, Table
from connectors.cells import missing
from connectors.dates import DATE, read_date
from connectors.rows import days_spanned
from data.model import UserError, says

Period = tuple[date, date]  # first and last day, both included
DAY = "day"  # the key of the column of days


def period_of(source: Source, stated: Period | None) -> Period:
    """The period of an export; `stated` is the one that its name or its words give, if they do."""
    if stated:
        return stated
    daily = [table for table in source.tables if DAY in table.positions]
    for table in daily:
        refuse_gaps(table, source)
    if spans := [span for table in daily if (span := days_spanned(table, DAY, source))]:
        return min(first for first, _ in spans), max(last for _, last in spans)
    assert source.answers.since and source.as_of, "asked, since the export does not say"
    return source.answers.since, source.as_of.date()


def refuse_gaps(table: Table, source: Source) -> None:
    """Raises UserError for a row without a day: it may be the first or the last, which date other tables."""
    for number, cells in table.rows():
        cell = cells[table.positions[DAY][0]]
        if missing(cell) or not any(read_date(cell, style) for style in DATE.styles):
            raise UserError(
                says(
                    "{file}: row {row} of {sheet} has no day that can be read, and the days of this table date the "
                    "others. Export it again.",
                    file=source.book.name, row=number, sheet=table.sheet.name,
                )
            )  # fmt: skip


def period_unknown(tables: Sequence[Table], stated: Period | None) -> bool:
    """Whether the period of an export has to be asked."""
    cells = (cell for table in tables if DAY in table.positions for cell in table.column(DAY))
    by_day = any(read_date(cell, style) for cell in cells for style in DATE.styles)
    return stated is None and not by_day
