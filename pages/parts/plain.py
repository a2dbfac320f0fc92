"""Texts that are not ours, where Streamlit takes markdown."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """A text whose links and pictures stay letters: what a file says must lead nowhere, and fetch nothing."""
    return re.sub(r"([\\\[\]<`$])", r"\\\1", text)
