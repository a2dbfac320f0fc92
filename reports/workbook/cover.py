"""The first sheet of a workbook: what the page of the report says, its figures as formulas over the other sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.model import Aim, Change, Figure, Report, Tile, Total
from reports.workbook.pen import SECONDS_A_DAY, Pen, changed, clean, height, held, in_points, same
from reports.workbook.plots import plot
from reports.workbook.series import Curves, Weeks
from wording.colours import PRINT

WIDTHS = (34, 16, 19, 19, 22, 18, 26, 48)
LAST = len(WIDTHS) - 1
NUMBERS = (1, 2, 3)
CHART_ROWS = 13  # of 20 pixels, beside each other: weeks and months
UNDER = {"bottom": 1, "bottom_color": PRINT.line}


class Cover:
    """Writes the page from top to bottom; `row` is the next one that is free."""

    def __init__(self, pen: Pen, sheet: Any, report: Report) -> None:
        self.pen, self.sheet, self.report, self.row = pen, sheet, report, 0

    def write(self, weeks: Weeks, curves: Sequence[Curves], rows: Mapping[str, str]) -> None:
        """The page. `rows`: the formulas over the rows of the files, by the key of the figure that they come to."""
        self._set_up()
        self._head()
        self._tiles(weeks, rows)
        self._aims()
        for one in curves:
            self._chart(one)
        self._quiet()
        self._quality()

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_margins(0.5, 0.5, 0.5, 0.5)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)

    def _line(self, text: str, **look: Any) -> None:
        """A text over the whole width, as high as it needs."""
        size = look.get("font_size", 10)
        self.pen.text(self.sheet, self.row, 0, text, LAST, **look)
        self.sheet.set_row(self.row, height(text, sum(WIDTHS), size))
        self.row += 1

    def _labelled(self, label: str, text: str, **look: Any) -> None:
        self.pen.text(self.sheet, self.row, 0, label, font_color=PRINT.soft)
        self.pen.text(self.sheet, self.row, 1, text, LAST, **look)
        self.sheet.set_row(self.row, height(text, sum(WIDTHS[1:]), 10))
        self.row += 1

    def _title(self, key: str) -> None:
        section = self.report.sections[key]
        self.row += 1
        said = f"{section.title} · {section.about}" if section.about else section.title
        self._line(said, bold=True, font_size=11, top=1, top_color=PRINT.ink)

    def _head(self) -> None:
        report, words = self.report, self.report.words
        self._line(f"{report.brand} · {report.title} · {report.week} · {report.span}", font_color=PRINT.soft)
        self._line(report.headline, bold=True, font_size=15)
        for one in report.sentences:
            self._labelled(one.label, one.text)
        if report.comment:
            self._labelled(words["comment"], report.comment)
        self._line(report.compared, font_color=PRINT.soft, font_size=9)

    def _tiles(self, weeks: Weeks, rows: Mapping[str, str]) -> None:
        words = self.report.words
        self._title("tiles")
        heads = ("figure", "value", "week_before", "year_before", "target", "verdict")
        self.pen.heads(self.sheet, self.row, [*(words[head] for head in heads), "", ""], NUMBERS)
        self.row += 1
        for n, tile in enumerate(self.report.tiles):
            self._tile(n, tile, weeks, rows.get(tile.key, ""))

    def _tile(self, n: int, tile: Tile, weeks: Weeks, formula: str) -> None:
        pen, sheet, row = self.pen, self.sheet, self.row
        stated = same(tile.series[-1].value, tile.figure.value)
        value = formula or (f"={weeks.reference(n)}" if stated else "")
        pen.cell(sheet, row, 0, tile.name, **UNDER)
        pen.cell(sheet, row, 1, tile.figure, value, bold=True, **UNDER)
        before, year = (next((c for c in tile.changes if c.year is past), None) for past in (False, True))
        pen.cell(sheet, row, 2, before, _grown(before, tile, row, weeks.reference(n, 1)), **UNDER)
        pen.cell(sheet, row, 3, year, **UNDER)
        pen.cell(sheet, row, 4, tile.aimed, align="left", indent=1, **UNDER)
        pen.cell(sheet, row, 5, tile.aim, **UNDER)
        sheet.write_blank(row, 6, None, pen.format(**UNDER))
        sheet.add_sparkline(row, 6, {"range": weeks.range(n), "series_color": PRINT.ink, "last_point": True,
                                     "last_color": PRINT.ink, "show_hidden": True})  # fmt: skip
        noted = [tile.verdict.shown] if tile.verdict else []
        noted += [*tile.marks, *(f"{c.shown} {c.against}" for c in tile.changes if "(" in c.against)]
        said = " · ".join(noted)
        pen.cell(sheet, row, 7, said, font_size=9, font_color=PRINT.soft, **UNDER)
        sheet.set_row(row, max(24, height(said, WIDTHS[7], 9)))
        self.row += 1

    def _aims(self) -> None:
        self._title("aims")
        if not self.report.aims:
            return self._line(self.report.sections["aims"].empty)
        words = self.report.words
        heads = ("objective", "actual", "difference", "share", "target", "verdict", "period", "pace")
        self.pen.heads(self.sheet, self.row, [words[head] for head in heads], NUMBERS)
        self.row += 1
        for aim in self.report.aims:
            self._aim(aim)

    def _aim(self, aim: Aim) -> None:
        pen, sheet, row = self.pen, self.sheet, self.row
        pen.cell(sheet, row, 0, " · ".join(filter(None, [aim.name, aim.owner])), **UNDER)
        pen.cell(sheet, row, 1, aim.actual, bold=True, **UNDER)
        pen.cell(sheet, row, 2, aim.difference, **UNDER)
        pen.cell(sheet, row, 3, Figure(aim.share, aim.share_shown, "percent"), _part(aim, row), **UNDER)
        pen.cell(sheet, row, 4, aim.target, align="left", indent=1, **UNDER)
        pen.cell(sheet, row, 5, aim.verdict, **UNDER)
        pen.cell(sheet, row, 6, aim.period, **UNDER)
        said = " ".join([aim.reached, *aim.pace])
        pen.cell(sheet, row, 7, said, font_size=9, font_color=PRINT.soft, **UNDER)
        sheet.set_row(row, height(said, WIDTHS[7], 9))
        self.row += 1

    def _chart(self, curves: Curves) -> None:
        chart = curves.chart
        self.row += 1
        self._line(f"{self.report.sections['charts'].title} · {chart.name}", bold=True, font_size=11, top=1,
                   top_color=PRINT.ink)  # fmt: skip
        for span, column in enumerate((0, 4)):
            drawn = plot(self.pen, curves, span)
            self.sheet.insert_chart(self.row, column, drawn, {"description": clean(chart.words), "object_position": 2})
        self.row += CHART_ROWS
        self._line(chart.words, font_size=9, font_color=PRINT.soft)
        for total in chart.totals:
            self._total(total)

    def _total(self, total: Total) -> None:
        pen, sheet, row = self.pen, self.sheet, self.row
        pen.cell(sheet, row, 0, total.name, **UNDER)
        pen.cell(sheet, row, 1, total.figure, bold=True, **UNDER)
        for past, column in ((False, 2), (True, 3)):
            pen.cell(sheet, row, column, next((c for c in total.changes if c.year is past), None), **UNDER)
        against = " · ".join(change.against for change in total.changes)
        pen.text(sheet, row, 4, against, LAST, align="left", indent=1, font_size=9, font_color=PRINT.soft, **UNDER)
        self.row += 1

    def _quiet(self) -> None:
        """The parts that have nothing to say, in the words of the report; the others have a sheet each."""
        report = self.report
        said = {"peaks": report.peaks, "posts": (*report.best, *report.weakest), "audience": report.audience,
                "reviews": report.reviews, "notes": report.notes, "revisions": report.revisions}  # fmt: skip
        silent = [report.sections[key] for key, lines in said.items() if not lines]
        self.row += 1
        for section in silent:
            self._labelled(section.title, section.empty)

    def _quality(self) -> None:
        quality = self.report.quality
        self._title("quality")
        for line in (quality.summary, *quality.lines, self.report.words["legend"]):
            self._line(line, font_size=9)


def _grown(change: Change | None, tile: Tile, row: int, before: str) -> str:
    """The change on the week before as a formula, empty where the two weeks of the sheet do not come to it."""
    now, then = held(tile.series[-1], tile.figure.unit), held(tile.series[-2], tile.figure.unit)
    if change is None or now is None or then is None or not same(tile.series[-1].value, tile.figure.value):
        return ""
    told = changed(change)
    if in_points(change) and same((now - then) * 100, told):
        return f"=(B{row + 1}-{before})*100"
    if then and same(now / then - 1, told):
        return f"=B{row + 1}/{before}-1"
    return f"=B{row + 1}-{before}" if same(now - then, told) else ""


def _part(aim: Aim, row: int) -> str:
    """The share of a target as a formula: what is reached, by the target in its own unit."""
    target = aim.low.value if aim.low.value is not None else aim.high.value
    if aim.actual.value is None or not target or not same(aim.actual.value / target, aim.share):
        return ""
    by = target / SECONDS_A_DAY if aim.actual.unit == "seconds" else target
    return f"=B{row + 1}/{by!r}"
