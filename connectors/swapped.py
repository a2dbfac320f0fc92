"""Days of which a spreadsheet has swapped day and month, each of them being a date still: 1 to 5 March become the first
of January, February … or the 3rd of five months in a row."""

from __future__ import annotations

from datetime import date, timedelta

from connectors.base import Source, Table
from connectors.blocks import date_style
from connectors.dates import Dates, read_date
from data.model import UserError, says

ENOUGH = 4  # days, below which such a row of them can be chance


def refuse_swapped(table: Table, source: Source) -> None:
    """Raises UserError where the days of an account follow each other only when day and month are swapped back."""
    column = next((c for c in table.spec.columns if c.key == "day" and isinstance(c.kind, Dates)), None)
    if table.spec.says != "account_days" or column is None or "day" not in table.positions:
        return
    style = date_style(table, column, source.answers.date_order)
    moments = (read_date(cell, style) for cell in table.distinct("day"))
    days = {moment.date() for moment in moments if moment}
    if len(days) < ENOUGH or any(day.day > 12 for day in days):
        return
    back = {date(day.year, day.day, day.month) for day in days}
    if _follow(back) and not _follow(days):
        raise UserError(
            says(
                "{file}: under “{column}” of {sheet} a spreadsheet has swapped day and month, as the days follow each "
                "other only when they are swapped back ({days}). Export it again, and do not open it before.",
                file=source.book.name, column=table.header("day"), sheet=table.sheet.name,
                days=[day.isoformat() for day in sorted(days)[:3]],
            )
        )  # fmt: skip


def _follow(days: set[date]) -> bool:
    return max(days) - min(days) == timedelta(days=len(days) - 1)
