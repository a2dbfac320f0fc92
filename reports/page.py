"""The report as one HTML file: no script, nothing fetched, its typeface and charts within, good on a phone."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.drawable import brief
from reports.drawn import drawn
from reports.model import Edition, Report
from wording.colours import PRINT

HERE = Path(__file__).parent
FONT = HERE.parent / "static" / "fonts" / "Inter.woff2"


def page(report: Report) -> bytes:
    """The report as HTML, in UTF-8."""
    font, full = b64encode(FONT.read_bytes()).decode(), report.edition is Edition.FULL
    template = _templates().get_template("report.html.j2")
    return template.render(
        r=report, w=report.words, c=PRINT, full=full, font=font, drawn=_marked(drawn(report))
    ).encode()


@cache
def _templates() -> Environment:
    """The templates; whatever they are given is text and no markup, but for our own drawings."""
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_readable,
    )  # fmt: skip
    made.filters["brief"] = brief
    return made


def _readable(value: Any) -> Any:
    """A text without the characters that no page may hold."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "".join(c for c in value if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return value


def _marked(value: Any) -> Any:
    """Our drawings, which are markup."""
    if isinstance(value, dict):
        return {key: _marked(one) for key, one in value.items()}
    return [_marked(one) for one in value] if isinstance(value, list) else Markup(value)
