"""The templates of a report as a page and as an e-mail: whatever they are given is text, and no markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.drawable import brief, readable

HERE = Path(__file__).parent


@cache
def templates() -> Environment:
    """The templates; whatever they are given is text and no markup, but for our own drawings."""
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_readable,
    )  # fmt: skip
    made.filters["brief"] = brief
    return made


def _readable(value: Any) -> Any:
    return readable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
