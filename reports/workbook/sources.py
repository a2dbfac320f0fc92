"""The sheet of sources: the rows of the files behind the figures of the page, and what these come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from i18n import ABSENT
from reports.model import Figure, Report, SourceRow, Trace
from reports.workbook.pen import SECONDS_A_DAY, Pen, same

NUMBERS = (7, 10)  # columns of numbers: the texts beside them stand off a little
STANDS_OFF: Any = {"align": "left", "indent": 1}


def sources(pen: Pen, name: str, report: Report, t: Callable[[str], str]) -> Mapping[str, str]:
    """The rows of the files behind the figures; the formulas, by key, that come to them from these rows."""
    if not any(trace.rows for trace in report.traces):
        return {}
    sheet = pen.sheet(name)
    words = report.words
    names = [words["figure"], t("First day"), t("Last day"), words["account"], t("Subject"), t("Measure"), "",
             words["value"], t("File"), t("Sheet"), t("Row"), words["formula"]]  # fmt: skip
    pen.heads(sheet, 0, names, NUMBERS)
    row, spans = 1, {}
    for trace in report.traces:
        start = row
        for one in trace.rows:
            _source(pen, sheet, row, trace, one)
            row += 1
        spans[trace.key] = (start + 1, row)
    for column, width in enumerate((28, 12, 12, 34, 22, 22, 8, 12, 48, 48, 8, 72)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    if row > 1:
        sheet.autofilter(0, 0, row - 1, len(names) - 1)
    figures = {tile.key: tile.figure for tile in report.tiles}
    return {
        trace.key: formula
        for trace in report.traces
        if trace.rows and (formula := _formula(name, trace, figures[trace.key], *spans[trace.key]))
    }


def _source(pen: Pen, sheet: Any, row: int, trace: Trace, one: SourceRow) -> None:
    cells = (trace.name, one.first, one.last, one.account, one.subject, one.measure, "÷" if one.below else "+",
             ABSENT if one.value is None else one.value, one.file, one.sheet, one.number, trace.formula)  # fmt: skip
    for column, cell in enumerate(cells):
        pen.cell(sheet, row, column, cell, **(STANDS_OFF if column - 1 in NUMBERS else {}))


def _formula(name: str, trace: Trace, figure: Figure, first: int, last: int) -> str:
    """The formula over the rows that comes to the figure, empty where no sum of them, and no ratio of sums, does."""
    if trace.more or figure.value is None:
        return ""
    above = sum(one.value for one in trace.rows if one.value is not None and not one.below)
    below = sum(one.value for one in trace.rows if one.value is not None and one.below)
    value = above / below if below else above
    if not same(value, figure.value):
        return ""
    sums = [f"SUMIFS('{name}'!$H${first}:$H${last},'{name}'!$G${first}:$G${last},\"{side}\")" for side in "+÷"]
    scale = f"/{SECONDS_A_DAY}" if figure.unit == "seconds" else ""
    return f"={sums[0]}{'/' + sums[1] if below else ''}{scale}"
