"""The recent past of a figure: what it was over the period and the weeks before, beside a year earlier."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from data.model import Window
from metrics.engine import read
from metrics.model import N_, Metric
from metrics.windows import buckets, grain, year_before
from pages.parts.annotations import notes_here
from pages.parts.charts import over_time
from pages.parts.frame import Frame

SHOWN_DAYS = 42
OVER_TIME = {
    "day": N_("{name}, day by day"),
    "week": N_("{name}, week by week"),
    "month": N_("{name}, month by month"),
}


def recent(frame: Frame, metric: Metric) -> None:
    """A heading, the figure by days, weeks or months over six weeks, or over the period where it is longer; and what
    people noted of these days."""
    locale, last = frame.locale, frame.window.last
    past = Window(last - timedelta(days=max(SHOWN_DAYS, frame.window.days) - 1), last)
    shown = buckets(past, grain(past), frame.brand.week_start)
    with frame.store.read() as cursor:
        found = read(cursor, [metric], [*shown, *map(year_before, shown)], frame.scope)
    st.subheader(locale.t(OVER_TIME[grain(past)], name=locale.t(metric.name)))
    over_time(locale, metric, found, shown, key="recent_chart", notes=frame.store.annotations())
    notes_here(frame, past)
