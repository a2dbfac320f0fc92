from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta
from functools import partial

import streamlit as st

from data.model import Window
from metrics.conversions import key_events
from metrics.engine import read
from metrics.lists import Members, Slice, members
from metrics.model import Source
from metrics.search import click_rate, hidden_share, position, search_clicks, search_impressions
from metrics.tiles import tiles
from metrics.traces import of_members
from metrics.traffic import engaged_share, page_views, sessions, time_per_visit, visitors
from metrics.windows import buckets, grain, year_before
from pages.parts.behind import behind
from pages.parts.cards import cards, lead
from pages.parts.charts import OVER_TIME, over_time
from pages.parts.empty import when_empty
from pages.parts.lists import members_list
from pages.parts.origins import details

FIGURES = (visitors, sessions, time_per_visit, engaged_share, page_views, key_events, search_clicks)
CHANNELS = Slice(Source.WEB, "channel", "channel", (sessions, engaged_share, key_events))
SOURCES = Slice(Source.WEB, "source", "source", (sessions, engaged_share, key_events))
PAGES = Slice(Source.WEB, "page", "coalesce(page, title)", (page_views, visitors))
QUERIES = Slice(Source.SEARCH, "query", "query", (search_clicks, search_impressions, click_rate, position))
CHART_DAYS = 42
LISTED = {CHANNELS: 12, SOURCES: 12, PAGES: 16, QUERIES: 20}


def listed(slice_: Slice, found: Members, title: str) -> None:
    """A list of members, with what lies behind it."""
    members_list(here, found, title, slice_.metrics)
    if not found.rows.empty:
        behind(here, partial(of_members, slice_=slice_, members=found, scope=here.scope), slice_.metrics, slice_.name)


when_empty(here)
t, window = here.locale.t, here.window
past = Window(window.last - timedelta(days=max(CHART_DAYS, window.days) - 1), window.last)
shown = buckets(past, grain(past), here.brand.week_start)
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, window, here.scope)
    over = read(cursor, [sessions], [*shown, *map(year_before, shown)], here.scope)
    found = {slice_: members(cursor, slice_, window, here.scope, limit) for slice_, limit in LISTED.items()}
    period = found[QUERIES].window
    hidden = read(cursor, [hidden_share], [period], here.scope)["hidden_share", period] if period else None

lead(here, figures)
cards(here, figures)
st.subheader(t(OVER_TIME[grain(past)], name=t(sessions.name)))
over_time(here.locale, sessions, over, shown, key="traffic_chart")
left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("Where visits come from"))
    if found[CHANNELS].window:
        listed(CHANNELS, found[CHANNELS], t("Channel"))
    listed(SOURCES, found[SOURCES], t("Source"))
    st.caption(t("Direct holds all that has no known source: typed addresses, links from messages and applications."))
with right:
    st.subheader(t("The pages most read"))
    listed(PAGES, found[PAGES], t("Page"))
st.subheader(t("The words people arrive by"))
listed(QUERIES, found[QUERIES], t("Query"))
if hidden and hidden.value is not None:
    share = here.locale.percent(hidden.value)
    st.caption(t("Google hides the query of {share} of the clicks of that period.", share=share))
    details(here, hidden, "hidden_share")
