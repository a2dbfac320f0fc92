"""What is done with the rows of a table of any make before they are believed: two that contradict each other tell
nothing, and totals of weeks are not the figures of a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from connectors.base import Table
from data.model import Finding, Message, Problem, Statement, UserError, says

DAY_OF = {"account_days": "day", "web": "first_day"}
LEVELS = {"account", "day", "followers"}  # true of a day however far the days lie apart
WEEK = 7
NAMED = 5  # rows named before the rest is passed over

Key = tuple[object, ...]


def alone(tables: Sequence[Table], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with the rows that state the same post or day in different words each made a problem.

    Raises UserError where days lie a week or more apart and something that adds up is told of them.
    """
    everything = list(found)
    rows: dict[Key, list[Statement]] = {}
    for item in everything:
        if isinstance(item, Statement):
            rows.setdefault(_key(item), []).append(item)
    _refuse_weeks(tables, rows)
    for item in everything:
        same = rows[_key(item)] if isinstance(item, Statement) else []
        if not isinstance(item, Statement) or len(same) == 1:
            yield item
        elif any((other.values, other.others) != (item.values, item.others) for other in same):
            yield Problem(_contradiction(item, same), "", item.origin.sheet, item.origin.row)
        elif item is same[0]:
            yield item  # said again, word for word


def _key(item: Statement) -> Key:
    return item.values["account"], item.values[DAY_OF.get(item.table, "post_id")]


def _contradiction(item: Statement, same: Sequence[Statement]) -> Message:
    sheets = {other.origin.sheet for other in same}
    places = [
        str(other.origin.row) if len(sheets) == 1 else f"{other.origin.sheet} {other.origin.row}" for other in same
    ]
    named = ", ".join(places[:NAMED]) + (" …" if len(places) > NAMED else "")
    if item.table == "posts":
        return says("one row for each post; these rows state the same one: {rows}", rows=named)
    return says("one row for each day of an account; these rows state the same day: {rows}", rows=named)


def _refuse_weeks(tables: Sequence[Table], rows: Iterable[Key]) -> None:
    spec = tables[0].spec
    if spec.says not in DAY_OF:
        return
    adding = [
        table.header(column.key)
        for table in tables[:1]
        for column in table.spec.columns
        if not column.aside and column.key not in LEVELS
    ]
    days: dict[object, list[date]] = {}
    for account, day in rows:
        assert isinstance(day, date)
        days.setdefault(account, []).append(day)
    apart = [(later - day).days for of in days.values() for day, later in pairwise(sorted(of))]
    if adding and apart and min(apart) >= WEEK:
        raise UserError(
            says(
                "The days of this table lie {n} days apart or more, so {columns} look like totals of weeks or months. "
                "These cannot be told as those of one day: leave them out, or keep them under their own names.",
                n=min(apart), columns=adding,
            )
        )  # fmt: skip
