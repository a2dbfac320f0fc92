"""The report as one HTML file: no script, nothing fetched, its typeface and charts within, good on a phone."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reports.drawn import drawn
from reports.model import Edition, Report
from reports.templates import templates
from wording.colours import PRINT

HERE = Path(__file__).parent
FONT = HERE.parent / "static" / "fonts" / "Inter.woff2"


def page(report: Report) -> bytes:
    """The report as HTML, in UTF-8."""
    font, full = b64encode(FONT.read_bytes()).decode(), report.edition is Edition.FULL
    template = templates().get_template("report.html.j2")
    return template.render(
        r=report, w=report.words, c=PRINT, full=full, font=font, drawn=_marked(drawn(report))
    ).encode()


def _marked(value: Any) -> Any:
    """Our drawings, which are markup."""
    if isinstance(value, dict):
        return {key: _marked(one) for key, one in value.items()}
    return [_marked(one) for one in value] if isinstance(value, list) else Markup(value)
