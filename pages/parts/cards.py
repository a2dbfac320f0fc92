"""Cards: a figure, its changes, its recent past and its mark of trust, with the questions one can ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from i18n import Locale
from metrics.model import N_, Good
from metrics.reading import Change, Reading
from metrics.signals import ENOUGH
from metrics.tiles import Tile
from metrics.verdict import unusual
from pages.parts.frame import Frame
from wording.figures import against_before, told
from wording.marks import WORST_FIRST, sentence, short_name
from pages.parts.origins import details
from pages.parts.sparkline import sparkline


def cards(frame: Frame, tiles: Sequence[Tile], quiet: bool = False) -> None:
    """A wall of cards that reflows from four in a row to one; `quiet` ones are grey: nothing is to be said of them."""
    grid = st.grid(4, min_column_width=150, gap=("small", "medium"))
    for tile in tiles:
        with grid.cell():
            card(frame, tile, quiet)


def lead(frame: Frame, tiles: Sequence[Tile], answer: str = "") -> None:
    """The answer in a line: that of the page, then what stands out of its own past, or that nothing does."""
    locale = frame.locale
    if all(tile.reading.value is None for tile in tiles):
        said = locale.t("No export states these figures for {window}.", window=tiles[0].reading.window)
        st.html(f'<p class="v-lead">{escape(f"{answer} {said}".strip())}</p>')
        st.page_link("pages/sources.py", label=locale.t("Sources says until when each account is known"))
        return
    judged = [tile for tile in tiles if tile.judged]
    out = [tile for tile in judged if tile.verdict]
    if out:
        said = " ".join(f"{locale.t(unusual(tile))}." for tile in out)
    elif len(judged) == len(tiles):
        said = locale.t("Nothing unusual: all {n} figures are in their usual range.", n=len(tiles))
    elif judged:
        said = locale.t(
            "Nothing unusual: of {of} figures, the {n} with enough of a past are in their usual range.",
            n=len(judged),
            of=len(tiles),
        )
    else:
        said = locale.t("Too short a past to say what is unusual: that takes {n} complete periods.", n=ENOUGH + 1)
    st.html(f'<p class="v-lead">{escape(f"{answer} {said}".strip())}</p>')


def card(frame: Frame, tile: Tile, quiet: bool = False) -> None:
    """One figure as a card."""
    locale, reading = frame.locale, tile.reading
    lines = [
        _change(locale, tile, tile.before, against_before(reading)),
        _change(locale, tile, tile.year, N_("on a year earlier")),
    ]
    verdict = _verdict(locale, tile)
    elsewhere = reading.window != frame.window  # the exports state it for another period than the page's
    about = f'<div class="v-about">{escape(locale.span(reading.window))}</div>' if elsewhere else ""
    # A past that leads nowhere would be a stray stroke under the dash.
    kind = "v-card v-quiet" if quiet else "v-card"
    past = sparkline(locale, tile.past if reading.value is not None else ())
    st.html(
        f'<div class="{kind}"><div class="v-name">{escape(locale.t(reading.metric.name))}</div>{about}'
        f'<div class="v-value">{escape(locale.value(reading.value, reading.metric.unit))}</div>'
        f"{past}"
        f'<div class="v-change">{verdict}{"<br>".join(line for line in lines if line)}</div>'
        f"{chips(locale, reading)}</div>"
    )
    details(frame, reading, f"{reading.metric.key}_tile")


def _change(locale: Locale, tile: Tile, change: Change | None, against: str) -> str:
    if change is None:
        return ""
    text = locale.t(against)
    if change.window != tile.reading.window:
        text += f" ({locale.span(change.window)})"
    if not change.matched:
        text += " " + locale.t("(accounts in both)")
    if change.tools:
        text += " " + locale.t("(by another tool)")
    return f"<b>{escape(told(locale, tile.reading, change))}</b> {escape(text)}"


def _verdict(locale: Locale, tile: Tile) -> str:
    if tile.verdict is None:
        return ""
    good = tile.reading.metric.good
    better = tile.verdict.up == (good is Good.UP)
    kind = "" if good is Good.NEITHER else ' class="v-good"' if better else ' class="v-bad"'
    words = locale.t("▲ unusually high") if tile.verdict.up else locale.t("▼ unusually low")
    return f"<span{kind}>{escape(words)}</span><br>"


def chips(locale: Locale, reading: Reading) -> str:
    """The marks of trust of a reading, the most serious first, each with its sentence on hover."""
    found, said = [mark for mark in WORST_FIRST if mark in reading.marks], reading.said
    return " ".join(
        f'<span class="v-mark" title="{escape(sentence(locale, mark, said.get(mark, {})))}">'
        f"{escape(short_name(locale, reading, mark))}</span>"
        for mark in found[:2]
    )
