"""The sheets of series: the weeks behind the figures of the page, and what the charts draw."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from reports.model import Chart, Figure, Point, Report
from reports.workbook.pen import Pen


class Weeks:
    """The thirteen weeks that led to the figures of the page: a row a week, a column a figure."""

    def __init__(self, pen: Pen, name: str, report: Report) -> None:
        self.name = name
        self.sheet = pen.sheet(name)
        self.tiles = report.tiles
        self.last = len(report.tiles[0].series)
        pen.heads(self.sheet, 0, ["", report.words["day"], *(tile.name for tile in report.tiles)], range(2, 99))
        for n, point in enumerate(report.tiles[0].series, 1):
            pen.text(self.sheet, n, 0, point.label)
            pen.cell(self.sheet, n, 1, point.first)
        for column, tile in enumerate(report.tiles, 2):
            for n, point in enumerate(tile.series, 1):
                pen.cell(self.sheet, n, column, like(tile.figure, point.value))
        self.sheet.freeze_panes(1, 2)
        self.sheet.set_column(0, 0, 8)
        self.sheet.set_column(1, 1, 12)
        self.sheet.set_column(2, 1 + len(report.tiles), 17)

    def reference(self, tile: int, back: int = 0) -> str:
        """The cell of a tile's week, so many weeks back."""
        return f"'{self.name}'!{xl_rowcol_to_cell(self.last - back, tile + 2)}"

    def range(self, tile: int) -> str:
        """The cells of a tile's weeks."""
        column = xl_col_to_name(tile + 2)
        return f"'{self.name}'!${column}$2:${column}${self.last + 1}"


class Curves:
    """What a chart draws: six weeks, then twelve months, beside the year before, with how they differ."""

    def __init__(self, pen: Pen, name: str, chart: Chart) -> None:
        self.name, self.chart = name, chart
        self.sheet = pen.sheet(name)
        pen.text(self.sheet, 0, 0, chart.name, 5, bold=True)
        self.spans: list[tuple[int, int]] = []
        row = 1
        for points in (chart.weeks, chart.months):
            row = self._table(pen, row, points) + 1
        self.sheet.set_column(0, 5, 15)

    def _table(self, pen: Pen, row: int, points: Sequence[Point]) -> int:
        total = self.chart.totals[0].figure if self.chart.totals else Figure(None, "")
        pen.heads(self.sheet, row, ["", "", self.chart.now, self.chart.then, self.chart.aimed, "Δ"], range(2, 6))
        for n, point in enumerate(points, row + 1):
            pen.text(self.sheet, n, 0, point.label)
            pen.cell(self.sheet, n, 1, point.first)
            aimed = point.low if point.low is not None else point.high
            for column, value in enumerate((point.value, point.before, aimed), 2):
                if value is not None:  # an empty cell is a gap in the curve
                    pen.cell(self.sheet, n, column, like(total, value))
            if point.value is not None and point.before:
                form = pen.format(num_format='"+"0.0%;"\u2212"0.0%;0.0%')
                self.sheet.write_formula(n, 5, f"=C{n + 1}/D{n + 1}-1", form, point.value / point.before - 1)
        self.spans.append((row + 1, row + len(points)))
        return row + len(points) + 1

    def aims(self, span: int) -> bool:
        """Whether a target is stated in one of its spans."""
        points = (self.chart.weeks, self.chart.months)[span]
        return any(point.low is not None or point.high is not None for point in points)


def like(model: Figure, value: float | None) -> Figure:
    """A number that is written as another figure of its unit is."""
    shown = model.shown if value is not None and model.value is not None else "0" if value is not None else "—"
    return Figure(value, shown, model.unit, model.currency)
