"""The charts of a workbook, drawn by the spreadsheet from the sheet of their curves."""

from __future__ import annotations

from typing import Any

from reports.model import Figure
from reports.workbook.pen import Pen, measured
from reports.workbook.series import Curves
from wording.colours import PRINT

WIDTHS, HEIGHT = (640, 850), 252  # pixels: six weeks, twelve months
FONT = {"name": "Arial", "size": 9, "color": PRINT.soft}


def plot(pen: Pen, curves: Curves, span: int) -> Any:
    """The weeks or the months of a chart: this year, the year before, and what was aimed at."""
    chart = pen.book.add_chart({"type": "line"})
    first, last = curves.spans[span]
    looks: list[tuple[int, dict[str, Any]]] = [
        (3, {"line": {"color": PRINT.past, "width": 1.5}}),
        (2, {"line": {"color": PRINT.ink, "width": 2.25}, "marker": _marker("circle", PRINT.ink, 5)}),
    ]
    if curves.aims(span):
        looks.append((4, {"line": {"none": True}, "marker": _marker("long_dash", PRINT.ink, 11)}))
    for column, look in looks:
        chart.add_series({
            "name": [curves.name, first - 1, column],
            "categories": [curves.name, first, 0, last, 0],
            "values": [curves.name, first, column, last, column],
            **look,
        })  # fmt: skip
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": FONT})
    chart.set_x_axis({"num_font": FONT, "line": {"color": PRINT.line}, "major_tick_mark": "none"})
    total = curves.chart.totals[0].figure if curves.chart.totals else Figure(None, "")
    _, form = measured(total, pen.language)
    lowest = 0 if _from_zero(curves) else None
    chart.set_y_axis({"num_font": FONT, "num_format": form, "line": {"none": True}, "min": lowest,
                      "major_gridlines": {"visible": True, "line": {"color": PRINT.line, "width": 0.5}}})  # fmt: skip
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": WIDTHS[span], "height": HEIGHT})
    return chart


def _marker(kind: str, colour: str, size: int) -> dict[str, Any]:
    return {"type": kind, "size": size, "fill": {"color": colour}, "border": {"color": colour}}


def _from_zero(curves: Curves) -> bool:
    """Whether no value is below zero, so that the axis begins there."""
    points = (*curves.chart.weeks, *curves.chart.months)
    stated = [value for point in points for value in (point.value, point.before) if value is not None]
    return all(value >= 0 for value in stated)
