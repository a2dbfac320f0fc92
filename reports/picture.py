"""The large chart of a report as a picture, for where no drawing is shown."""

from __future__ import annotations

from pathlib import Path

import typst

from reports.drawn import drawn
from reports.model import Report
from reports.pdf import FONTS

SHEET = Path(__file__).with_name("picture.typ")
PPI = 200  # twice as fine as it is shown


def picture(report: Report) -> bytes:
    """The first chart of a report as PNG, in the typeface of its print, as narrow as a phone."""
    made = typst.compile(
        SHEET, root=SHEET.parent, font_paths=[FONTS], ignore_system_fonts=True, format="png", ppi=PPI,
        sys_inputs={"chart": drawn(report)["narrow"][0]},
    )  # fmt: skip
    return made if isinstance(made, bytes) else b"".join(filter(None, made))
