"""Figures and their changes in words."""

from __future__ import annotations

import re

from i18n import Locale
from metrics.measures import MEASURES
from metrics.model import N_, Metric, Unit
from metrics.reading import Change, Reading
from metrics.tiles import Tile
from metrics.windows import is_month

# The words of the formulas' functions; what each does is in metrics/formula.py.
FUNCTIONS = {
    "either": N_("first stated of"),
    "change": N_("difference of"),
    "count": N_("number of posts"),
    "exact": N_("stated for the whole period:"),
    "start": N_("before the period:"),
    "end": N_("at the end of the period:"),
}


def formula(locale: Locale, metric: Metric) -> str:
    """The formula that runs, in the words of the reader's language."""

    def word(match: re.Match[str]) -> str:
        name = match[0].rstrip("()")
        if name in FUNCTIONS:
            return locale.t(FUNCTIONS[name]) + (" (" if match[0].endswith("(") else "")
        return locale.t(MEASURES[metric.reads, name].name).lower()

    def words(text: str) -> str:
        return re.sub(r"[a-z_]+(\(\)?)?", word, text).replace(" * ", " × ").replace(" - ", " − ")

    top = words(metric.top)
    return f"Σ ({top})" if metric.bottom is None else f"Σ ({top}) ÷ Σ ({words(metric.bottom)})"


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


def changes_told(locale: Locale, tile: Tile) -> list[str]:
    """The changes of a tile in a sentence; none where nothing can be compared."""
    sides = ((tile.before, against_before(tile.reading)), (tile.year, N_("on a year earlier")))
    said = [f"{told(locale, tile.reading, one)} {locale.t(text)}" for one, text in sides if one is not None]
    return [f"{', '.join(said)}."] if said else []
