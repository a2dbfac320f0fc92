from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta

import streamlit as st

from data.model import Window
from metrics.audience import net_follows
from metrics.conversions import key_events
from metrics.engagement import engagement_rate, interactions, interactions_in_period
from metrics.engine import read
from metrics.lists import posts
from metrics.tiles import tiles
from metrics.traffic import sessions, time_per_visit, visitors
from metrics.windows import buckets, grain, year_before
from pages.parts.cards import cards, lead
from pages.parts.charts import OVER_TIME, over_time
from pages.parts.empty import when_empty
from pages.parts.lists import posts_list

KEY_FIGURES = (
    visitors,
    sessions,
    time_per_visit,
    interactions_in_period,
    engagement_rate,
    net_follows,
    key_events,
)
CHARTED = (sessions, interactions_in_period, net_follows)
CHART_DAYS = 42
TOP = 5

when_empty(here)
t, window = here.locale.t, here.window
past = Window(window.last - timedelta(days=max(CHART_DAYS, window.days) - 1), window.last)
shown = buckets(past, grain(past), here.brand.week_start)
with here.store.read() as cursor:
    figures = tiles(cursor, KEY_FIGURES, window, here.scope)
    charted = next(
        (m for m in CHARTED if any(f.reading.metric is m and f.reading.value is not None for f in figures)),
        sessions,
    )
    found = read(cursor, [charted], [*shown, *map(year_before, shown)], here.scope)
    best = posts(cursor, [interactions, engagement_rate], window, here.scope, TOP)

lead(here, figures)
cards(here, figures)
st.subheader(t(OVER_TIME[grain(past)], name=t(charted.name)))
over_time(here.locale, charted, found, shown, key="week_chart")
st.subheader(t("The posts that brought the most interactions"))
posts_list(here, best, [interactions, engagement_rate])
