"""The data exports of Facebook Insights (until 2023), of a page or of its posts: their headers made complete.

Below the headers stands a row that describes each figure and says at its end whether people or times are counted;
that alone tells some equal headers apart. A figure broken down stands in a sheet of its own, named after it and cut
at 31 characters; in a CSV file its parts are columns, named `figure - part`. Both are given the longer name here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from connectors.base import Column, Source, Table, TableSpec, table_at
from connectors.cells import DECIMAL, TEXT, Unreadable, missing, normalise, printed
from connectors.sheet import READ_AHEAD, Book, Cells, Sheet
from data.model import Finding, Problem, says

HEADER_AMONG = 3  # rows
OF_ROWS = {
    normalise(header)
    for header in (
        "Description", "Date", "Post ID", "Permalink", "Post Message", "Type", "Countries", "Languages", "Posted",
        "Audience Targeting",
    )
}  # fmt: skip
PEOPLE = "(Unique Users)"
CUT = re.compile(r"\.\.\.\d*$")
COUNTED = re.compile(r"\([^()]+\)$")  # what a description ends with


def counts(*titles: str) -> tuple[str, ...]:
    """The headers of a figure that counts times, not people."""
    return (*titles, *(f"{title} (Total Count)" for title in titles))


def described(cells: Cells) -> bool:
    """Whether a row states no number."""
    for cell in cells:
        try:
            if not missing(cell) and DECIMAL.parse(cell, False) is not None:
                return False
        except Unreadable:
            continue
    return True


def pass_over(table: Table, source: Source) -> Iterator[Finding]:
    """Nothing, of a sheet known to hold parts of figures that are not read; of one that is read, a problem."""
    if table.note:
        expected = says("a sheet of this format; it was left aside")
        yield Problem(expected, ", ".join(table.headers)[:80], table.sheet.name, table.header_row)


def passed_over(row: str) -> TableSpec:
    """The spec of the sheets that are not read, whose rows are named by the header `row`."""
    columns = (
        Column("description", ("Description",), TEXT, required=True, aside=True),
        Column("row", (row,), TEXT, required=True, aside=True),
    )
    return TableSpec("", columns, pass_over, others=False, side=True)


def find_in(book: Book, specs: tuple[TableSpec, ...], titles: Sequence[str]) -> Iterator[Table]:
    """For each sheet of a book, the table that the first fitting spec reads; `titles`: of the figures broken down."""
    names = [_title(sheet.name, titles) for sheet in book.sheets]
    twice = {name for name in names if names.count(name) > 1}
    known = {header for spec in specs for column in spec.columns for header in column.headers}
    for sheet in book.sheets:
        for (number, cells), (_, below) in pairwise(sheet.head(HEADER_AMONG + 1)):
            headers = _complete(sheet, cells, below, titles, known, twice)
            found = (table_at(spec, sheet, number, headers) for spec in specs)
            if table := next((table for table in found if table), None):
                title = _title(sheet.name, titles)
                told = "" if title not in titles or any(PEOPLE in header for header in headers) else title
                yield replace(table, spec=replace(table.spec, drops=_describes(table)), note=table.note or told)
                break


def _describes(table: Table) -> Callable[[Cells], bool]:
    """What says of a row that it describes the columns: it is about no day or post, and states no number."""
    (place,) = table.positions[table.spec.columns[0].key][:1]
    return lambda cells: (place >= len(cells) or missing(cells[place])) and described(cells)


def _complete(
    sheet: Sheet, cells: Cells, below: Cells, titles: Sequence[str], known: set[str], twice: Collection[str]
) -> list[str]:
    """The headers of a sheet, each naming its figure in full. `twice`: the titles of two sheets, times and people."""
    headers = [printed(cell) for cell in cells]
    if "description" in map(normalise, headers):
        title = _title(sheet.name, titles)
        place = [normalise(header) for header in headers].index("description")
        said = next((str(row[place]) for _, row in sheet.head(READ_AHEAD) if _describes_at(row, place)), "")
        if PEOPLE in said:
            title = f"{title} {PEOPLE}"
        elif not said and title in twice:
            title = f"{title} (?)"  # of times or of people, nothing tells
        return [h if normalise(h) in OF_ROWS or not h else f"{title} - {h}" for h in headers]
    told = [_told_apart(header, headers, below, place, known) for place, header in enumerate(headers)]
    again = Counter(told) | Counter(headers)  # one that nothing tells from another is neither of them
    figures = {h for h in told if h and again[h] > 1 and normalise(h) not in OF_ROWS}
    return [f"{h} ({told[: place + 1].count(h)})" if h in figures else h for place, h in enumerate(told)]


def _describes_at(cells: Cells, place: int) -> bool:
    return place < len(cells) and not missing(cells[place], text=True) and normalise(str(cells[place])) != "description"


def _told_apart(header: str, headers: Sequence[str], below: Cells, place: int, known: set[str]) -> str:
    """A header with what it counts, where another is like it, or was: times and people stand under the same words."""
    description: Any = below[place] if place < len(below) else None
    twofold = headers.count(header) > 1 or normalise(f"{header} (Total Count)") in known
    if not twofold or not isinstance(description, str):
        return header
    counted = COUNTED.search(description.strip())
    return f"{header} {counted[0]}" if counted else header


def _title(name: str, titles: Sequence[str]) -> str:
    """The title that the name of a sheet was cut from, or the name itself."""
    name = name.rpartition(" / ")[2]
    start = normalise(CUT.sub("", name))
    found = [title for title in titles if normalise(title).startswith(start)]
    return found[0] if len(found) == 1 else name
