"""What is done with the rows of a table of any make before they are believed: two that contradict each other tell
nothing, and totals of weeks are not the figures of a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from connectors.base import Table
from connectors.contradictions import uncontradicted
from data.model import Finding, Statement, UserError, says

DAY_OF = {"account_days": "day", "web": "first_day"}
LEVELS = {"account", "day", "followers"}  # true of a day however far the days lie apart
WEEK = 7


def alone(tables: Sequence[Table], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with the rows that state the same post or day in different words each made a problem.

    Raises UserError where days lie a week or more apart and something that adds up is told of them.
    """
    everything = list(found)
    _refuse_weeks(tables, [item for item in everything if isinstance(item, Statement)])
    yield from uncontradicted(tables, everything)


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
