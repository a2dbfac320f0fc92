"""Rows of several networks in one table: a table for the rows of each, so that each is of its own account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from connectors.base import Column, Source, Table
from connectors.cells import missing
from connectors.dates import Dates, styles_that_read
from connectors.meanings import NETWORK, as_text, network_of
from connectors.sheet import Cells
from data.model import Finding, Problem, says


def by_network(table: Table) -> list[Table]:
    """A table for the rows of each network that a column names, and one for the rows where it names none."""
    (place,) = table.positions[NETWORK]

    # In which order day and month stand is seen over all rows, not over those of one network.
    columns = [_in_one_style(table, column) for column in table.spec.columns]

    def network(cells: Cells) -> str:
        return network_of(as_text(cells[place])) if place < len(cells) and not missing(cells[place]) else ""

    spec = replace(table.spec, columns=tuple(columns))
    found = dict.fromkeys(network(cells) for _, cells in table.rows())
    tables = [
        replace(table, network=name, spec=replace(spec, drops=lambda cells, name=name: network(cells) != name))
        for name in found
        if name
    ]
    if "" in found:
        nobody = replace(spec, columns=(), read=_read_nobody, drops=lambda cells: network(cells) != "")
        tables.append(replace(table, spec=nobody))
    return tables


def _in_one_style(table: Table, column: Column) -> Column:
    if not isinstance(column.kind, Dates):
        return column
    styles = styles_that_read(table.distinct(column.key), column.kind.styles)
    return replace(column, kind=replace(column.kind, styles=tuple(styles)))


def _read_nobody(table: Table, source: Source) -> Iterator[Finding]:
    (place,) = table.positions[NETWORK]
    for number, cells in table.rows():
        found = "" if missing(cells[place]) else as_text(cells[place])[:80]
        yield Problem(says("the name of a network"), found, table.sheet.name, number, table.headers[place])
