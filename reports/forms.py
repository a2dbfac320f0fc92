"""The forms of a report, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.model import Report
from reports.page import page
from reports.pdf import pdf
from reports.pptx import pptx
from reports.xlsx import xlsx

FORMS: Mapping[str, Callable[[Report], bytes]] = {"pdf": pdf, "html": page, "xlsx": xlsx, "pptx": pptx}


def file_name(report: Report, form: str) -> str:
    """What the file of a report is called: lumen-2026-W46-leadership-fr.pdf."""
    return f"{report.slug}-{report.key}-{report.edition.value}-{report.language}.{form}"
