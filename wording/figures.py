"""Figures and their changes in words."""

from __future__ import annotations

from i18n import Locale
from metrics.model import N_, Unit
from metrics.reading import Change, Reading
from metrics.windows import is_month


def told(locale: Locale, reading: Reading, change: Change) -> str:
    """A change in words: rates in points, volumes in percent, small numbers as counts."""
    if reading.metric.rate:
        return locale.points(change.difference)
    if change.ratio is None or reading.metric.unit is Unit.POSITION:
        return locale.signed(change.difference)
    return locale.change(change.ratio)


def against_before(reading: Reading) -> str:
    """What the window before is called beside a change."""
    if is_month(reading.window):
        return N_("on the month before")
    return N_("on the week before") if reading.window.days == 7 else N_("on the period before")
