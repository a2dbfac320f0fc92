from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from metrics.audience import net_follows
from metrics.conversions import key_events
from metrics.engagement import engagement_rate, interactions, interactions_in_period
from metrics.lists import posts
from metrics.tiles import tiles
from metrics.traffic import sessions, time_per_visit, visitors
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.lists import posts_list
from pages.parts.people import not_counted
from pages.parts.recent import recent
from pages.parts.verdicts import objectives_list, told_on

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
TOP = 5

when_empty(here)
t, window = here.locale.t, here.window
with here.store.read() as cursor:
    figures = tiles(cursor, KEY_FIGURES, window, here.scope)
    best = posts(cursor, [interactions, engagement_rate], window, here.scope, TOP)
aims = told_on(here, window.last)

lead(here, figures)
objectives_list(here, [one for one in aims if one.window.first <= window.last and window.first <= one.window.last])
cards(here, figures)
not_counted(here, figures)
stated = {figure.reading.metric.key for figure in figures if figure.reading.value is not None}
recent(here, next((metric for metric in CHARTED if metric.key in stated), sessions))
st.subheader(t("The posts that brought the most interactions"))
posts_list(here, best, [interactions, engagement_rate])
