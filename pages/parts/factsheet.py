"""Names with their values, as what is known of a file or a format is told."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


def facts(told: Mapping[str, str], kind: str = "") -> str:
    """Names and values as a list that reflows."""
    pairs = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in told.items())
    return f'<dl class="v-facts {kind}">{pairs}</dl>' if pairs else ""
