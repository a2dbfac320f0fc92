from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta

import streamlit as st

from data.model import Window
from metrics.conversions import key_events
from metrics.engine import read
from metrics.lists import members
from metrics.model import Source
from metrics.search import click_rate, hidden_share, position, search_clicks, search_impressions
from metrics.tiles import tiles
from metrics.traffic import engaged_share, page_views, sessions, time_per_visit, visitors
from metrics.windows import days, year_before
from pages.parts.cards import cards, lead
from pages.parts.charts import by_day
from pages.parts.empty import when_empty
from pages.parts.lists import members_list
from pages.parts.origins import details

FIGURES = (
    visitors,
    sessions,
    time_per_visit,
    engaged_share,
    page_views,
    key_events,
    search_clicks,
)
CHART_DAYS = 42
LISTED = 12

when_empty(here)
t, window = here.locale.t, here.window
past = Window(window.last - timedelta(days=max(CHART_DAYS, window.days) - 1), window.last)
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, window, here.scope)
    daily = read(cursor, [sessions], [*days(past), *days(year_before(past))], here.scope)
    channels = members(
        cursor,
        Source.WEB,
        "channel",
        "channel",
        [sessions, engaged_share, key_events],
        window,
        here.scope,
        LISTED,
    )
    sources = members(
        cursor,
        Source.WEB,
        "source",
        "source",
        [sessions, engaged_share, key_events],
        window,
        here.scope,
        LISTED,
    )
    pages = members(
        cursor,
        Source.WEB,
        "page",
        "coalesce(page, title)",
        [page_views, visitors],
        window,
        here.scope,
        LISTED,
    )
    queries = members(
        cursor,
        Source.SEARCH,
        "query",
        "query",
        [search_clicks, search_impressions, click_rate, position],
        window,
        here.scope,
        20,
    )
    hidden = (
        read(cursor, [hidden_share], [queries.window], here.scope)["hidden_share", queries.window]
        if queries.window
        else None
    )

lead(here, figures)
cards(here, figures)
st.subheader(t("Visits, day by day"))
by_day(here.locale, sessions, daily, past, key="traffic_days")
left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("Where visits come from"))
    if channels.window:
        members_list(here, channels, t("Channel"), [sessions, engaged_share, key_events])
    members_list(here, sources, t("Source"), [sessions, engaged_share, key_events])
    st.caption(
        t(
            "Direct holds all that has no known source: typed addresses, and links from messages and applications."
        )
    )
with right:
    st.subheader(t("The pages most read"))
    members_list(here, pages, t("Page"), [page_views, visitors])
st.subheader(t("The words people arrive by"))
members_list(here, queries, t("Query"), [search_clicks, search_impressions, click_rate, position])
if hidden and hidden.value is not None:
    st.caption(
        t(
            "Google hides the query of {share} of the clicks of that period.",
            share=here.locale.percent(hidden.value),
        )
    )
    details(here, hidden, "hidden_share")
