"""A watched series as a chart: its band, its peaks up and down, its provisional days, and what people noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from data.model import Annotation, Window
from i18n import Locale
from metrics.model import Good
from metrics.signals import Day, Point
from metrics.watched import Peak, Watched
from metrics.watched_hours import Hour
from pages.parts.palette import palette
from pages.parts.plot import blank, count_axis, noted, show, time_axis
from wording.colours import Palette

HEIGHT = 300
NEAR_AXIS = 0.12  # of the height: below it, the size of a peak would cover the days


def banded(
    locale: Locale, one: Watched, window: Window, peaks: Sequence[Peak], notes: Sequence[Annotation], key: str
) -> None:
    """A series over a window: what was expected is a band, a peak a triangle that points its way, with its size."""
    days = _shown(one, window)
    if all(day.value is None for day in days):
        st.caption(locale.t("No export states this for the period."))
        return
    colours = palette()
    figure = blank(colours, HEIGHT)
    when = [day.day for day in days]
    band(figure, days, when, colours)
    values = [day.value for day in days]
    hollow = [day.day in one.series.provisional for day in days]
    figure.add_trace(
        go.Scatter(
            x=when, y=values, mode="lines+markers", name=locale.t(one.metric.name),
            line={"color": colours.ink, "width": 2},
            marker={
                "size": [7 if is_hollow else 4 if alone(values, n) else 0 for n, is_hollow in enumerate(hollow)],
                "color": [colours.paper if is_hollow else colours.ink for is_hollow in hollow],
                "line": {"color": colours.ink, "width": 1.4},
            },
            text=[_hover(locale, one, day) for day in days], hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    shown = [peak for peak in peaks if when[0] <= peak.day.day <= when[-1]]
    top = max((value for day in days for value in (day.value, day.high) if value is not None), default=0.0)
    _peaks(locale, figure, shown, colours, NEAR_AXIS * top)
    said = noted(locale, figure, notes, when, colours, [week.window for week in one.weeks if week.window.first in when])
    time_axis(locale, figure, when)
    count_axis(figure, [value for day in days for value in (day.value, day.high)])
    figure.update_layout(margin_r=24)
    show(locale, figure, key, f"{_in_words(locale, one, days, shown, any(hollow))} {said}".strip())


def alone(values: Sequence[float | None], n: int) -> bool:
    """Whether a value is known and none beside it is: no line leads there."""
    return values[n] is not None and all(value is None for value in (*values[:n][-1:], *values[n + 1 :][:1]))


def _shown(one: Watched, window: Window) -> list[Day]:
    """The days of the window as they are judged; its weeks, by their first days, where days are too small."""
    if not one.weeks:
        inside = [day.day for day in one.back.days if window.first <= day.day <= window.last]
        return [found for day in inside if (found := one.day(day))]
    return [
        Day(week.window.first, week.point.value, week.point.expected, week.point.low, week.point.high)
        for week in one.weeks if week.window.last >= window.first and week.window.first <= window.last
    ]  # fmt: skip


def band(
    figure: go.Figure, days: Sequence[Day | Point | Hour], when: Sequence[date] | Sequence[int], colours: Palette
) -> None:  # fmt: skip
    """What was expected as a dotted line, and the limits around it as a band."""
    for bound in ("low", "high"):
        figure.add_trace(
            go.Scatter(
                x=list(when), y=[getattr(day, bound) for day in days], mode="lines", line={"width": 0},
                fill=None if bound == "low" else "tonexty", fillcolor=colours.line, opacity=0.6, hoverinfo="skip",
                connectgaps=False,
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=list(when), y=[day.expected for day in days], mode="lines", hoverinfo="skip",
            line={"color": colours.past, "width": 1, "dash": "dot"},
        )
    )  # fmt: skip


def _peaks(locale: Locale, figure: go.Figure, peaks: Sequence[Peak], colours: Palette, low: float) -> None:
    if not peaks:
        return
    tints = [_tint(peak, colours) for peak in peaks]
    figure.add_trace(
        go.Scatter(
            x=[peak.day.day for peak in peaks], y=[peak.day.value for peak in peaks], mode="markers", hoverinfo="skip",
            marker={
                "symbol": ["triangle-up" if peak.up else "triangle-down" for peak in peaks], "size": 12,
                "color": tints, "line": {"color": colours.paper, "width": 1},
            },
        )
    )  # fmt: skip
    for peak, tint in zip(peaks, tints, strict=True):
        if peak.day.size is not None and peak.day.value is not None:
            above = peak.up or peak.day.value < low
            figure.add_annotation(
                x=peak.day.day, y=peak.day.value, text=locale.signed(round(peak.day.size)), showarrow=False,
                yshift=(14 if peak.up else 19) if above else -14, font={"color": tint, "size": 12},
                bgcolor=None if peak.up else colours.paper, borderpad=1,  # a line that rises again would strike it out
            )  # fmt: skip


def _tint(peak: Peak, colours: Palette) -> str:
    good = peak.watched.metric.good
    if good is Good.NEITHER:
        return colours.ink
    return colours.good if peak.up == (good is Good.UP) else colours.bad


def _hover(locale: Locale, one: Watched, day: Day) -> str:
    unit = one.metric.unit
    value = None if day.value is None else round(day.value)
    head = locale.t("Week of {day}", day=day.day) if one.weeks else f"{locale.weekday(day.day)} {locale.day(day.day)}"
    said = f"{head}<br>{locale.value(value, unit)}"
    if day.expected is not None and day.low is not None and day.high is not None:
        low, high, middle = (locale.value(round(edge), unit) for edge in (day.low, day.high, day.expected))
        said += "<br>" + locale.t("expected: {value} ({low} to {high})", value=middle, low=low, high=high)
    return said


def _in_words(locale: Locale, one: Watched, days: Sequence[Day], peaks: Sequence[Peak], hollow: bool) -> str:
    stated = [(day.value, day.day) for day in days if day.value is not None]
    (low, low_day), (high, high_day) = min(stated), max(stated)
    said = [
        locale.t(
            "{name}: lowest {low} on {low_day}, highest {high} on {high_day}.", name=locale.t(one.metric.name),
            low=locale.value(round(low), one.metric.unit), low_day=low_day,
            high=locale.value(round(high), one.metric.unit), high_day=high_day,
        )
    ]  # fmt: skip
    if peaks:
        sizes = [f"{locale.day(p.day.day)} ({locale.signed(round(p.day.size or 0))})" for p in peaks]
        said.append(locale.t("Peaks: {peaks}.", peaks=locale.listing(sizes)))
    else:
        said.append(locale.t("No peak."))
    if hollow:
        said.append(locale.t("Provisional days are hollow."))
    return " ".join(said)
