"""Rows that stand twice in a table cell for cell: networks print some, and somebody may have pasted others again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from connectors.base import Table
from connectors.cells import missing
from data.model import Finding, Message, Problem, Statement, says

NAMED = 5  # rows named before the rest is passed over


def repeated(table: Table) -> Mapping[int, int]:
    """The rows of a table that another stands above cell for cell, with the number of that one."""
    first: dict[int, int] = {}  # by the hash of a row: a long file is not kept in memory for this
    found = ((number, first.setdefault(hash(tuple(map(str, cells))), number)) for number, cells in table.rows())
    return {number: above for number, above in found if number != above}


def again(table: Table) -> Iterator[Problem]:
    """The problem of rows that repeat others, which are counted all the same."""
    if rows := list(repeated(table)):
        expected = says(
            "rows that differ; {n} repeat another and are counted as it is: {rows}", n=len(rows), rows=_named(rows)
        )
        yield Problem(expected, "", table.sheet.name, rows[0])


def and_repeated(
    tables: Sequence[Table], found: Iterable[Finding], told_by: Callable[[Table], Iterable[str]] = lambda table: ()
) -> Iterator[Finding]:
    """The findings, with a problem where rows of a table repeat others.

    `told_by`: the keys of the columns that tell the rows of a table apart. Rows that print the same there and other
    figures have lost a column; a problem stands in the place of each.
    """
    lost = {(table.sheet.name, row): why for table in tables for row, why in _alike(table, told_by(table)).items()}
    told: set[tuple[str, int]] = set()
    for item in found:
        place = (item.origin.sheet, item.origin.row) if isinstance(item, Statement) else ("", 0)
        if place not in lost:
            yield item
        elif place not in told:
            told.add(place)
            yield Problem(lost[place], "", *place)
    for table in tables:
        yield from again(table)


def _alike(table: Table, keys: Iterable[str]) -> Mapping[int, Message]:
    """The rows that print the same in some columns, and not in others."""
    places = [table.positions[key][0] for key in keys if key in table.positions]
    rows: dict[tuple[object, ...], list[int]] = {}
    twice = repeated(table) if places else {}
    for number, cells in table.rows() if places else ():
        if number not in twice:
            told = tuple("" if missing(cells[place], text=True) else cells[place] for place in places)
            rows.setdefault(told, []).append(number)
    return {
        row: says("a column that tells these rows apart; it was taken out, or renamed: {rows}", rows=_named(same))
        for same in rows.values() if len(same) > 1 for row in same
    }  # fmt: skip


def _named(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:NAMED])) + (" …" if len(rows) > NAMED else "")
