"""Rows that a spreadsheet has put into quotation marks whole, line breaks in their texts included."""

from __future__ import annotations

import pytest
from reading_help import csv_text

from connectors.sheet import open_book

ROWS = [
    ["Post ID", "Text", "Views", "Reach"],
    ["1", 'Dès 9 h, le "grand" atelier', "1,234", "7"],
    ["2", "Souffler le verre,\nen trois gestes\n\nbientôt", "5", "6"],
    ["3", "", "8", "9"],
]


def wrapped(rows: list[list[str]]) -> bytes:
    """What such a spreadsheet makes of rows: each line of their text is a cell."""
    lines = csv_text(rows).replace("\r\n", "\n").rstrip("\n").split("\n")
    return csv_text([line] for line in lines).encode()


def grid(content: bytes) -> list[tuple[int, list[str]]]:
    (sheet,) = open_book("a.csv", content).sheets
    return [(number, list(cells)) for number, cells in sheet.rows()]


def test_rows_are_unwrapped_and_put_together_where_they_began() -> None:
    read = grid(wrapped(ROWS))
    assert [(number, cells) for number, cells in read if cells] == list(zip((1, 2, 3, 7), ROWS, strict=True))


def test_a_line_of_a_text_is_one_cell_whatever_it_holds() -> None:
    rows = [*ROWS, ["4", "Dès 9 h,\nle grand, et le petit; atelier\nde verre", "5", "6"]]
    assert [cells for _, cells in grid(wrapped(rows)) if cells] == rows
    bare = wrapped(rows).replace(b'"le grand, et le petit; atelier"', b"le grand, et le petit; atelier")
    assert [cells for _, cells in grid(bare) if cells] == rows


def test_a_row_that_cannot_be_put_together_harms_no_other() -> None:
    broken = b'"4,""a text that lost"\nits end\n"5,,1,2"\n"6,,3,4"\n'
    read = grid(wrapped(ROWS) + broken)
    assert [(n, c) for n, c in read if n > 7] == [
        (8, ['4,"a text that lost']), (9, ["its end"]), (10, ["5", "", "1", "2"]), (11, ["6", "", "3", "4"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b'"Town, Region"\n"Lille, Nord"\n"Nantes, Loire"\n',
        b'"Report of May, by week, in euros"\nDate,Views\n2026-05-01,3\n',
        b"Notes\nall in, one column, of texts\n",
        b'"a,b,c"\n',
    ],
)
def test_texts_with_commas_are_left_as_they_are(content: bytes) -> None:
    rows = grid(content)
    assert len(rows[0][1]) == 1
    assert len(rows) == content.count(b"\n")
