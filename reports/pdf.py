"""The report as a PDF for all readers (PDF/UA-1), set by Typst: the template lays out, and nothing is worked out.

The same report makes the same bytes on every computer: the typefaces are those of reports/fonts, the moment is that of
the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import typst

from data.model import UserError, says
from reports.drawable import brief, covered, drawable
from reports.drawn import drawn
from reports.model import Edition, Report
from wording.colours import PRINT

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "report.typ"
# How much tighter the texts of the one page are set each time it does not fit, and how many times its lists lose a row:
# in turn, so that no more is left out than has to be.
STEPS = ((0, 0), (1, 0), (2, 0), (2, 1), (3, 2), (3, 3), (4, 4), (4, 5), (5, 6), (5, 7), (6, 10))
# On the one page: rows of each list, and at which of two turns it loses one.
ROWS = {
    "peaks": (5, 0), "best": (5, 1), "notes": (4, 0), "revisions": (4, 0), "audience": (8, 0), "campaigns": (3, 0),
    "reviews": (4, 0),
}  # fmt: skip
# Characters of each text there, and by how many fewer each time it is set tighter.
TEXTS = (
    ("sentences", "text", 300, 35), ("aims", "name", 60, 6), ("peaks", "cause", 175, 25), ("best", "text", 74, 8),
    ("weakest", "text", 74, 8), ("notes", "text", 160, 24), ("audience", "account", 30, 2),
    ("reviews", "account", 30, 2), ("campaigns", "name", 60, 6),
)  # fmt: skip


def pdf(report: Report) -> bytes:
    """The report as a PDF; the leadership edition has exactly one page, or UserError is raised."""
    return _set(report, format="pdf", pdf_standards=["ua-1"], timestamp=report.made.replace(tzinfo=UTC))


def preview(report: Report, ppi: int = 110) -> list[bytes]:
    """Its pages as PNG images, as they will be printed."""
    made = _set(report, format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _set(report: Report, **how: Any) -> Any:
    glyphs, charts = covered(FONTS / "Inter-Regular.otf"), drawn(report)
    for tighter, fewer in STEPS:
        said = {**_plain(_shown(report, tighter, fewer), glyphs), "drawn": charts}
        said["headline"] = said["headline"] or said["title"]  # a page needs a heading
        inputs = {"report": json.dumps(said, ensure_ascii=False, default=date.isoformat)}
        try:
            return typst.compile(
                TEMPLATE, root=HERE, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs=inputs, **how
            )
        except typst.TypstError as error:
            if "more than one page" not in str(error):
                raise
    raise UserError(says("The report does not fit on one page. Shorten its comment, or take the full edition."))


def _shown(report: Report, tighter: int, fewer: int) -> dict[str, Any]:
    """What the template is given: the report, on one page cut to what fits, and how tightly it is set."""
    said = asdict(replace(report, traces=()))  # no row of a file is printed
    said["colours"] = {name: getattr(PRINT, name) for name in ("ink", "soft", "past", "line", "good", "bad")}
    said |= {"one_page": report.edition is Edition.LEADERSHIP, "tighter": tighter, "left_out": {}}
    return _cut(said, tighter, fewer) if said["one_page"] else said


def _cut(said: dict[str, Any], tighter: int, fewer: int) -> dict[str, Any]:
    """The report with its lists and texts cut, the more so the tighter it is set; what is left out is counted."""
    for name, (most, turn) in ROWS.items():
        rows = max(1, most - (fewer + turn) // 2)
        said["left_out"][name] = max(0, len(said[name]) - rows)
        said[name] = said[name][:rows]
    for name, field, most, step in TEXTS:
        longest = most - step * tighter
        said[name] = [{**one, field: brief(one[field], longest)} for one in said[name]]
    said["headline"] = brief(said["headline"], 280 - 40 * max(0, tighter - 3))
    said["comment"] = brief(said["comment"], 420 - 60 * tighter)
    return said


def _plain(value: Any, glyphs: frozenset[int]) -> Any:
    """Every text of a value as it can be drawn."""
    if isinstance(value, str):
        return drawable(value, glyphs)
    if isinstance(value, Mapping):
        return {key: _plain(one, glyphs) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, glyphs) for one in value]
    return value
