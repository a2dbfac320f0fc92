"""The hours of the week as a map, and those of a day against what was expected of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go
import streamlit as st

from i18n import Locale
from metrics.hours import HOURS, Hours
from metrics.watched_hours import Hour
from pages.parts.banded import band
from pages.parts.palette import palette
from pages.parts.plot import blank, count_axis, show
from wording.peaks import against

MONDAY = date(2024, 1, 1)


def hours_of_the_week(locale: Locale, found: Hours, week_start: int, key: str) -> None:
    """Visits by weekday and hour as a calm map: the more ink, the more visits. The busiest hours are said in words."""
    colours = palette()
    weekdays = [1 + (week_start - 1 + n) % 7 for n in range(7)]
    names = {n: locale.weekday(MONDAY + timedelta(days=n - 1)) for n in weekdays}
    grid = [[found.means.get((weekday, hour)) for hour in range(HOURS)] for weekday in weekdays]
    figure = blank(colours, 290)
    figure.add_trace(
        go.Heatmap(
            z=grid, x=list(range(HOURS)), y=[names[n] for n in weekdays], xgap=2, ygap=2, zmin=0, showscale=False,
            colorscale=[(0, colours.line), (0.02, colours.line), (1, colours.ink)], hoverongaps=False,
            text=[
                [f"{names[n]} {_hour(locale, hour)}<br>{locale.number(value, 1)}" for hour, value in enumerate(row)]
                for n, row in zip(weekdays, grid, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    ticks = list(range(0, HOURS, 6))
    figure.update_xaxes(tickmode="array", tickvals=ticks, ticktext=[_hour(locale, n) for n in ticks], tickangle=0)
    figure.update_xaxes(ticks="")
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    figure.update_layout(margin_r=8)
    ordered = sorted(found.means, key=lambda cell: (-found.means[cell], cell))
    busiest = [
        locale.t("{weekday} {hour}", weekday=names[weekday], hour=_hour(locale, hour)) for weekday, hour in ordered[:3]
    ]
    words = locale.t(
        "Busiest: {hours}, with {n} visits in the first of these hours on average.",
        hours=busiest, n=locale.number(found.means[ordered[0]], 0),
    )  # fmt: skip
    show(locale, figure, key, words)
    st.caption(words)


def hours_of_a_day(locale: Locale, hours: Sequence[Hour], key: str) -> None:
    """The visits of a day by hour: what was expected is a band, an hour beyond it a triangle that points its way."""
    colours, figure = palette(), blank(palette(), 220)
    places = list(range(len(hours)))
    band(figure, hours, places, colours)
    figure.add_trace(
        go.Scatter(
            x=places, y=[hour.value for hour in hours], mode="lines+markers",
            line={"color": colours.ink, "width": 2},
            marker={
                "size": [7 if hour.provisional else 0 for hour in hours], "color": colours.paper,
                "line": {"color": colours.ink, "width": 1.4},
            },
            text=[f"{_hour(locale, hour.at.hour)}<br>{against(locale, hour)}" for hour in hours],
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    beyond = [n for n, hour in enumerate(hours) if hour.beyond]
    figure.add_trace(
        go.Scatter(
            x=beyond, y=[hours[n].value for n in beyond], mode="markers", hoverinfo="skip",
            marker={
                "symbol": ["triangle-up" if hours[n].size > 0 else "triangle-down" for n in beyond], "size": 10,
                "color": [colours.good if hours[n].size > 0 else colours.bad for n in beyond],
                "line": {"color": colours.paper, "width": 1},
            },
        )
    )  # fmt: skip
    ticks = places[::6]
    figure.update_xaxes(
        range=[-0.5, len(hours) - 0.5], tickmode="array", tickvals=ticks, tickangle=0, ticklabelstandoff=8,
        ticktext=[_hour(locale, n) for n in ticks],
    )  # fmt: skip
    count_axis(figure, [value for hour in hours for value in (hour.value, hour.high)])
    figure.update_layout(margin_r=24)
    show(locale, figure, key, _in_words(locale, hours, beyond))


def _in_words(locale: Locale, hours: Sequence[Hour], beyond: Sequence[int]) -> str:
    stated = [(hour.value, n) for n, hour in enumerate(hours) if hour.value is not None]
    (low, quiet), (high, busy) = min(stated), max(stated)
    said = [
        locale.t(
            "Visits by hour: lowest {low} at {low_hour}, highest {high} at {high_hour}.", low=locale.number(low),
            low_hour=_hour(locale, quiet), high=locale.number(high), high_hour=_hour(locale, busy),
        )
    ]  # fmt: skip
    if beyond:
        sizes = [f"{_hour(locale, n)} ({locale.signed(round(hours[n].size))})" for n in beyond]
        said.append(locale.t("Beyond what was expected: {hours}.", hours=locale.listing(sizes)))
    if any(hour.provisional for hour in hours):
        said.append(locale.t("Provisional hours are hollow."))
    return " ".join(said)


def _hour(locale: Locale, hour: int) -> str:
    return locale.t("{hour}:00", hour=str(hour))
