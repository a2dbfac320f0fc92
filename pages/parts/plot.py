"""What all charts share: an empty figure, its axes, and how it is shown, with what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from data.model import Annotation, Window
from i18n import Locale
from wording.colours import Palette

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
FONT = "Inter, sans-serif"
SHORT = 24  # characters of a note beside its mark
MARGINS = (900, 900, 150, 110)  # pixels to the right of a plot that leave room for a tick each
HALF_WAY = 0.6  # of a chart's width, from where the words of a note stand to the left of its mark


def blank(colours: Palette, height: int) -> go.Figure:
    """A figure without a line yet: no legend, nothing to zoom."""
    figure = go.Figure()
    figure.update_layout(
        height=height, margin={"l": 8, "r": 72, "t": 12, "b": 8}, showlegend=False, hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", dragmode=False,
        font={"family": FONT, "size": 13, "color": colours.ink},
        hoverlabel={"font": {"family": FONT}, "bgcolor": colours.paper},
    )  # fmt: skip
    axis = {
        "gridcolor": colours.line,
        "zeroline": False,
        "tickfont": {"color": colours.soft, "size": 12},
        "automargin": True,
    }
    figure.update_yaxes(**axis)
    figure.update_xaxes(**axis | {"showgrid": False})
    return figure


def count_axis(figure: go.Figure, values: Sequence[float | None]) -> None:
    """An axis that begins at zero and counts in whole numbers, short ones from a hundred thousand on."""
    top = max((abs(value) for value in values if value is not None), default=0)
    figure.update_yaxes(rangemode="tozero", tickformat="," if top < 100_000 else ",~s", dtick=1 if top <= 4 else None)


def time_axis(locale: Locale, figure: go.Figure, dates: Sequence[date]) -> None:
    """About four ticks, written as the reader's language writes days or months; fewer beside long names, so that they
    stand apart on a telephone."""
    unique = sorted(set(dates))
    step = max(1, -(-len(unique) // sum(figure.layout.margin.r < widest for widest in MARGINS)))
    if step > 7 and (unique[-1] - unique[0]).days == len(unique) - 1:
        step = -(-step // 7) * 7  # days: the ticks fall on one weekday
    first, last = (datetime.combine(day, time()) for day in (unique[0], unique[-1]))
    edge = max((last - first) * 0.02, timedelta(hours=12))  # a fixed range: plotly would make room for the labels
    figure.update_xaxes(range=[first - edge, last + edge])
    ticks = unique[::step]
    write = locale.short_day if (unique[-1] - unique[0]).days < 300 else locale.short_month
    figure.update_xaxes(
        tickmode="array", tickvals=ticks, ticktext=[write(day) for day in ticks], tickangle=0,
        ticklabelstandoff=8,  # pixels: clear of the axis' own zero
    )  # fmt: skip


def as_it_is(text: str) -> str:
    """Text that plotly shows as it is: no tag of a caption is ever interpreted."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def noted(
    locale: Locale, figure: go.Figure, notes: Sequence[Annotation], when: Sequence[date], colours: Palette,
    spans: Sequence[Window] = (), beside: bool = True,
) -> str:  # fmt: skip
    """What people noted of the days of a chart: a thin mark each, its words under the pointer, and all in words.

    `spans` are the periods that stand at `when`, where a point or a bar is more than a day. The words of a single note
    stand `beside` its mark, unless other words are there; those of several have no room on a telephone.
    """
    ends = [span.last for span in spans] or list(when)
    shown = [note for note in notes if note.window.last >= when[0] and note.window.first <= ends[-1]]
    whole = (when[-1] - when[0]).days or 1
    for note in shown:
        first, last = _place(note.window.first, when), _place(note.window.last, when)
        late = (first - when[0]).days > HALF_WAY * whole
        mark(locale, figure, note, (first, last), colours, beside and len(shown) == 1, late)
    return " ".join(locale.t("Noted: {text} ({window}).", text=note.text, window=note.window) for note in shown)


def mark(
    locale: Locale, figure: go.Figure, note: Annotation, span: tuple[Any, Any], colours: Palette,
    alone: bool = False, late: bool = False, whose: str = "",
) -> None:  # fmt: skip
    """The mark of a note from one point of the axis to another.

    Its words stand beside it where it is `alone`, to the left of it where that is `late` on the axis; else under the
    pointer only. They begin with those that say `whose` days these are.
    """
    figure.add_shape(
        type="rect", x0=span[0], x1=span[1], y0=0, y1=1, yref="paper", fillcolor=colours.line, opacity=0.35,
        line={"color": colours.soft, "width": 1, "dash": "dot"}, layer="below",
    )  # fmt: skip
    words = "<br>".join(map(as_it_is, filter(None, [whose, locale.span(note.window), note.text])))
    figure.add_annotation(
        x=span[0], y=1, yref="paper", yanchor="bottom", showarrow=False,
        xanchor="center" if not alone else "right" if late else "left",
        text=as_it_is(_cut(note.text)) if alone else "▾", hovertext=words, captureevents=True,
        font={"color": colours.soft, "size": 12},
    )  # fmt: skip
    figure.update_layout(margin_t=26)


def _place(day: date, when: Sequence[date]) -> date:
    """The point of a chart at which a day stands: that of its period."""
    return max((one for one in when if one <= day), default=when[0])


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def show(locale: Locale, figure: go.Figure, key: str, words: str) -> None:
    """Draws a figure; `words` say what it draws."""
    written = locale.number(1234.5)
    figure.update_layout(separators=written[-2] + written[1])  # plotly's own axis labels know no language
    chart: Any = st.plotly_chart
    chart(figure, key=key, config={**CONFIG, "locale": locale.code}, theme=None, alt=words)
