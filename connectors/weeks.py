"""Totals of weeks in a table of any make: they are refused, as they are not the figures of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from connectors.base import Table
from data.model import Finding, Statement, UserError, says

DAY_OF = {"account_days": "day", "web": "first_day"}
LEVELS = {"account", "day", "followers"}  # true of a day however far the days lie apart
WEEK = 7


def without_weeks(tables: Sequence[Table], found: Iterable[Finding]) -> Iterable[Finding]:
    """The findings of a table whose days are days.

    Raises UserError where days lie a week or more apart and something that adds up is told of them.
    """
    everything = list(found)
    _refuse_weeks(tables, [item for item in everything if isinstance(item, Statement)])
    return everything


def _refuse_weeks(tables: Sequence[Table], rows: Iterable[Statement]) -> None:
    spec = tables[0].spec
    if spec.says not in DAY_OF:
        return
    adding = [
        table.header(column.key)
        for table in tables[:1]
        for column in table.spec.columns
        if not column.aside and column.key not in LEVELS
    ]
    days: dict[object, set[date]] = {}
    for row in rows:
        days.setdefault(row.values["account"], set()).add(row.values[DAY_OF[spec.says]])
    apart = [(later - day).days for of in days.values() for day, later in pairwise(sorted(of))]
    if adding and apart and min(apart) >= WEEK:
        raise UserError(
            says(
                "The days of this table lie {n} days apart or more, so {columns} look like totals of weeks or months. "
                "These cannot be told as those of one day: leave them out, or keep them under their own names.",
                n=min(apart), columns=adding,
            )
        )  # fmt: skip
