"""Marks of trust in sentences, with what they name: a share, a day, the tools of a seam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from i18n import Locale
from metrics.reading import MARKS, Mark, Seam
from pages.parts.names import network_name


def sentence(locale: Locale, mark: Mark, said: Mapping[str, Any]) -> str:
    """A mark in words."""
    if mark is Mark.SEAM:
        return " ".join(locale.t(MARKS[mark], **_told(seam)) for seam in said["seams"])
    return locale.t(MARKS[mark], **{name: _written(locale, value) for name, value in said.items()})


def tools(seam: Seam) -> tuple[str, str]:
    """The names of the two tools of a seam, with their accounts where both are of one name."""
    one, other = (network_name(account.partition(":")[0]) for account in (seam.before, seam.after))
    if one != other:
        return one, other
    before, after = (f"{one} ({account.partition(':')[2]})" for account in (seam.before, seam.after))
    return before, after


def _told(seam: Seam) -> dict[str, Any]:
    before, after = tools(seam)
    return {"until": seam.day - timedelta(days=1), "since": seam.day, "before": before, "after": after}


def _written(locale: Locale, value: float | date | list[str]) -> Any:
    if isinstance(value, float):
        return locale.percent(value)
    return ", ".join(value) if isinstance(value, list) else value
