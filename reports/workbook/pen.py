"""Cells of a workbook: texts that stay texts, figures that look as the report writes them, and live formulas.

A formula is only written where it comes to the very figure that the report states; else the number stands itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from i18n import ABSENT
from reports.model import Change, Figure, Point, Tone, Verdict
from reports.workbook.formats import DAY, duration_format, number_format
from wording.colours import PRINT

Cell = str | int | float | date | Figure | Change | Verdict | None
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32767  # characters that a cell can hold
LINE, HIGHEST = 13.5, 409  # points: a line of size 10, and the highest row
SECONDS_A_DAY = 86400
TONES = {Tone.GOOD: PRINT.good, Tone.BAD: PRINT.bad, Tone.NONE: PRINT.ink}


class Pen:
    """Writes cells of one workbook in the formats of the report, each made once."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language = book, language
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet, printed as wide as a page; its name loses what a reference would trip over."""
        sheet = self.book.add_worksheet("".join(c for c in name if c not in "[]:*?/\\'")[:31].strip())
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def format(self, **properties: Any) -> Any:
        """A format of the workbook."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 10, "font_color": PRINT.ink, "valign": "top"}
            self._formats[key] = self.book.add_format(base | properties)
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, to: int | None = None, **look: Any) -> None:
        """A text, over the columns up to `to`; it is never taken for a formula, a link or markup."""
        said, form = clean(text)[:LONGEST], self.format(text_wrap=True, quote_prefix=True, **look)
        if to is not None and to > column:
            sheet.merge_range(row, column, row, to, "", form)
        sheet.write_string(row, column, said, form)

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, formula: str = "", **look: Any) -> None:
        """A value as the report writes it; `formula` is written with that value as its result."""
        match cell:
            case Figure():
                self._number(sheet, row, column, *measured(cell, self.language), formula, look)
            case Change(value=None):
                self.text(sheet, row, column, cell.shown, font_color=TONES[cell.tone], align="right", **look)
            case Change():
                form = number_format(cell.shown, self.language)
                coloured = {"font_color": TONES[cell.tone], **look}
                self._number(sheet, row, column, changed(cell), form, formula, coloured)
            case Verdict():
                self.text(sheet, row, column, cell.shown, font_color=TONES[cell.tone], **look)
            case date():
                sheet.write_datetime(row, column, cell, self.format(num_format=DAY, align="left", **look))
            case int() | float():
                sheet.write_number(row, column, cell, self.format(**look))
            case _:
                self.text(sheet, row, column, cell or "", **look)

    def heads(self, sheet: Any, row: int, names: Sequence[str], numbers: Container[int] = ()) -> None:
        """The heads of a table, two lines high; those over columns of numbers stand on the right."""
        sheet.set_row(row, 28)
        look = {"font_color": PRINT.soft, "bold": True, "bottom": 1, "bottom_color": PRINT.ink, "valign": "bottom"}
        for n, name in enumerate(names):
            side, indent = ("right", 0) if n in numbers else ("left", int(n - 1 in numbers))
            self.text(sheet, row, n, name, align=side, indent=indent, **look)

    def _number(
        self, sheet: Any, row: int, column: int, value: float | None, form: str, formula: str,
        look: Mapping[str, Any],
    ) -> None:  # fmt: skip
        if value is None:
            self.text(sheet, row, column, ABSENT, align="right", **look)
        elif formula:
            sheet.write_formula(row, column, formula, self.format(num_format=form, align="right", **look), value)
        else:
            sheet.write_number(row, column, value, self.format(num_format=form, align="right", **look))


def height(text: str, width: float, size: float = 10) -> float:
    """How high a row is, in points, that holds a text over columns of this width in characters."""
    letters = max(1, int(width * 12 / size))
    lines = sum(max(1, -(-len(line) // letters)) for line in text.split("\n"))
    return min(HIGHEST, lines * LINE * size / 10 + 3)


def clean(text: str) -> str:
    """A text without the characters that no file of XML can hold."""
    return NOT_IN_XML.sub("", text)


def measured(figure: Figure, language: str) -> tuple[float | None, str]:
    """The number that a cell holds for a figure, and its format: lengths are held in days, as spreadsheets do."""
    if figure.value is not None and figure.unit == "seconds":
        return figure.value / SECONDS_A_DAY, duration_format(figure.value)
    return figure.value, number_format(figure.shown, language)


def held(point: Point, unit: str) -> float | None:
    """The number that a cell holds for a point of a series."""
    return point.value / SECONDS_A_DAY if point.value is not None and unit == "seconds" else point.value


def changed(change: Change) -> float | None:
    """The number that a cell holds for a change: points are held as they are written."""
    return change.value * 100 if change.value is not None and in_points(change) else change.value


def in_points(change: Change) -> bool:
    """Whether a change is the difference of two shares."""
    return "pt" in change.shown


def same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are the same but for the last digits of their working out."""
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
