"""Weeks of a figure within their process limits, as a chart and in words."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from data.model import Annotation
from i18n import Locale
from metrics.leaving import Weekly
from metrics.model import N_, Good
from metrics.reading import MARKS, Mark
from metrics.signals import Point, Rule
from pages.parts.banded import band
from pages.parts.palette import palette
from pages.parts.plot import blank, count_axis, noted, show, time_axis

HEIGHT = 190
THOUSAND = 1000  # followers, by which rates are told
RULES = {
    (Rule.LIMIT, True): N_("Week of {day}: {value}, above the limit of {limit}."),
    (Rule.LIMIT, False): N_("Week of {day}: {value}, below the limit of {limit}."),
    (Rule.RUN, True): N_("Until the week of {day}, eight weeks in a row above what was expected."),
    (Rule.RUN, False): N_("Until the week of {day}, eight weeks in a row below what was expected."),
    (Rule.NEAR, True): N_("Until the week of {day}, three weeks of four close to the upper limit."),
    (Rule.NEAR, False): N_("Until the week of {day}, three weeks of four close to the lower limit."),
}


def within_limits(locale: Locale, told: Weekly, key: str, notes: Sequence[Annotation] = ()) -> None:
    """A line of weeks in the band of their limits; a triangle marks each week that is a signal, words tell it."""
    colours, points = palette(), [_scaled(told, point) for point in told.points]
    figure = blank(colours, HEIGHT)
    when = [week.first for week in told.weeks]
    band(figure, points, when, colours)
    figure.add_trace(
        go.Scatter(
            x=when, y=[point.value for point in points], mode="lines+markers", name=locale.t(told.metric.name),
            line={"color": colours.ink, "width": 2}, marker={"size": 4, "color": colours.ink},
            text=[_hover(locale, told, n) for n in range(len(when))], hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    for n in told.signals:
        up = bool(points[n].up)
        better = up == (told.metric.good is Good.UP)
        figure.add_trace(
            go.Scatter(
                x=[when[n]], y=[points[n].value], mode="markers", hoverinfo="skip",
                marker={
                    "symbol": "triangle-up" if up else "triangle-down", "size": 12,
                    "color": colours.good if better else colours.bad, "line": {"color": colours.paper, "width": 1},
                },
            )
        )  # fmt: skip
    time_axis(locale, figure, when)
    count_axis(figure, [value for point in points for value in (point.value, point.high)])
    figure.update_layout(margin_r=24)
    said = in_words(locale, told)
    notes_said = noted(locale, figure, notes, when, colours, told.weeks)
    show(locale, figure, key, f"{said} {notes_said}".strip())
    st.caption(said)


def in_words(locale: Locale, told: Weekly) -> str:
    """The signals of the weeks, or that there is none or too short a past; and the limits of the last week."""
    judged = [n for n, point in enumerate(told.points) if point.low is not None]
    if not judged:
        return locale.t("Too short a past for limits: that takes 13 whole weeks.")
    said = [_signal(locale, told, n) for n in told.signals]
    if not said:
        said = [locale.t("Within its limits in each of the {n} weeks that could be judged.", n=len(judged))]
    last = told.points[judged[-1]]
    said.append(
        locale.t(
            "Usual in the week of {day}: {low} to {high}.", day=told.weeks[judged[-1]].first,
            low=_written(locale, told, last.low), high=_written(locale, told, last.high),
        )
    )  # fmt: skip
    if told.typed:
        said.append(locale.t(MARKS[Mark.TYPED]))
    return " ".join(said)


def _signal(locale: Locale, told: Weekly, n: int) -> str:
    point = told.points[n]
    assert point.rule is not None
    limit = point.high if point.up else point.low
    return locale.t(
        RULES[point.rule, bool(point.up)], day=told.weeks[n].first, value=_written(locale, told, point.value),
        limit=_written(locale, told, limit),
    )  # fmt: skip


def _scaled(told: Weekly, point: Point) -> Point:
    by = 1 if told.metric.bottom is None else THOUSAND
    value, expected, low, high = (
        None if one is None else by * one for one in (point.value, point.expected, point.low, point.high)
    )
    return Point(value, expected, low, high, point.rule, point.up)


def _written(locale: Locale, told: Weekly, value: float | None) -> str:
    """A count as one, a rate for each thousand followers."""
    if told.metric.bottom is None:
        return locale.number(None if value is None else round(value))
    return locale.t("{n} per 1,000", n=locale.number(None if value is None else THOUSAND * value, 1))


def _hover(locale: Locale, told: Weekly, n: int) -> str:
    point = told.points[n]
    said = f"{locale.span(told.weeks[n])}<br>{_written(locale, told, point.value)}"
    if point.low is not None:
        low, high, middle = (_written(locale, told, edge) for edge in (point.low, point.high, point.expected))
        said += "<br>" + locale.t("expected: {value} ({low} to {high})", value=middle, low=low, high=high)
    return said
