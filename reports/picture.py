"""The large chart of a report as a picture, for where no drawing is shown."""

from __future__ import annotations

import typst

from reports.drawn import drawn
from reports.model import Report
from reports.pdf import FONTS

PPI = 170  # twice as fine as an e-mail is wide
SHEET = """#set page(width: auto, height: auto, margin: (x: 2pt, y: 4pt), fill: white)
#image(bytes(sys.inputs.chart), format: "svg", width: 516pt)
"""


def picture(report: Report) -> bytes:
    """The first chart of a report as PNG, in the typeface of its print."""
    made = typst.compile(
        SHEET.encode(), font_paths=[FONTS], ignore_system_fonts=True, format="png", ppi=PPI,
        sys_inputs={"chart": drawn(report)["charts"][0]},
    )  # fmt: skip
    return made if isinstance(made, bytes) else b"".join(filter(None, made))
