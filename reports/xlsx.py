"""The report as a workbook: the page, its charts, the series and lists behind it, and the rows of the files.

Charts are those of the spreadsheet, and a figure is a formula wherever one comes to what the report states.
"""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from i18n import locale
from reports.model import Report
from reports.workbook.cover import Cover
from reports.workbook.lists import all_figures, lists
from reports.workbook.pen import Pen, clean
from reports.workbook.series import Curves, Weeks
from reports.workbook.sources import sources


def xlsx(report: Report) -> bytes:
    """The report as XLSX; the same report makes the same bytes."""
    out, t = io.BytesIO(), locale(report.language).t
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        title, author = clean(f"{report.title}, {report.week}"), clean(report.brand)
        book.set_properties({"title": title, "author": author, "created": report.made})
        pen = Pen(book, report.language)
        page = pen.sheet(t("Report"))
        weeks = Weeks(pen, t("Weeks"), report)
        curves = [Curves(pen, f"{t('Chart')} {n}", chart) for n, chart in enumerate(report.charts, 1)]
        lists(pen, report)
        all_figures(pen, report)
        rows = sources(pen, t("Sources"), report, t)
        Cover(pen, page, report).write(weeks, curves, rows)
        page.activate()
    return out.getvalue()
