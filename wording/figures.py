"""Figures and their changes in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from i18n import Locale
from metrics.measures import MEASURES
from metrics.model import N_, Metric, Unit
from metrics.reading import Change, Mark, Reading
from metrics.signals import ENOUGH
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


def stands_out(locale: Locale, tile: Tile) -> str:
    """A figure that is out of its usual range, with that range."""
    metric, verdict = tile.reading.metric, tile.verdict
    assert verdict is not None
    text = (
        N_("{name}: {value}, unusually high (usual: {low} to {high}).")
        if verdict.up
        else N_("{name}: {value}, unusually low (usual: {low} to {high}).")
    )
    low = max(verdict.low, 0.0) if min(r.value for r in tile.past if r.value is not None) >= 0 else verdict.low
    values = {"value": tile.reading.value, "low": low, "high": verdict.high}
    if metric.unit is Unit.COUNT:
        values = {key: round(value) for key, value in values.items() if value is not None}
    return locale.t(text, name=locale.t(metric.name), **{k: locale.value(v, metric.unit) for k, v in values.items()})


def judged(tile: Tile) -> bool:
    """Whether a figure is known for good, and its past long enough to say what is usual."""
    reading = tile.reading
    if reading.value is None or reading.provisional_days or Mark.GROWING in reading.marks:
        return False
    return sum(r.value is not None for r in tile.past[:-1]) >= ENOUGH


def nothing_unusual(locale: Locale, tiles: Sequence[Tile]) -> str:
    """That no figure, or no other one, is out of its usual range, as far as that can be said."""
    told_of = [tile for tile in tiles if judged(tile)]
    usual = [tile for tile in told_of if not tile.verdict]
    if not told_of:
        if any(sum(r.value is not None for r in tile.past[:-1]) >= ENOUGH for tile in tiles):
            return locale.t("Whether anything is unusual cannot be said yet: the figures may still change.")
        return locale.t("Too short a past to say what is unusual: that takes {n} complete periods.", n=ENOUGH + 1)
    if len(usual) < len(told_of):
        return locale.t("Nothing else unusual: {n} of {of} figures are in their usual range.",
                        n=len(usual), of=len(tiles))  # fmt: skip
    if len(usual) == len(tiles):
        return locale.t("Nothing unusual: all {n} figures are in their usual range.", n=len(tiles))
    return locale.t(
        "Nothing unusual: of {of} figures, the {n} that can be judged are in their usual range.",
        n=len(usual), of=len(tiles),
    )  # fmt: skip
