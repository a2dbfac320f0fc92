"""The hours of the week as a map."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go
import streamlit as st

from i18n import Locale
from metrics.hours import HOURS, Hours
from pages.parts.palette import palette
from pages.parts.plot import blank, show

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


def _hour(locale: Locale, hour: int) -> str:
    return locale.t("{hour}:00", hour=str(hour))
