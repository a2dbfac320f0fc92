from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta

import streamlit as st

from data.model import Window
from metrics import slices
from metrics.conversions import key_events
from metrics.hours import hours
from metrics.lists import members
from metrics.links import linking_sites
from metrics.model import N_, Source
from metrics.tiles import tiles
from metrics.traffic import (
    engaged_share, new_visitors, page_views, returning_visitors, sessions, time_per_visit, visitors,
)  # fmt: skip
from metrics.turnover import seen
from pages.parts.answers import first_of
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.frame import chosen
from pages.parts.hours import hours_of_the_week
from pages.parts.links import came_and_went, links_list
from pages.parts.people import not_counted
from pages.parts.recent import recent
from pages.parts.sliced import listed, sliced
from pages.parts.wanted import of_analytics

FIGURES = (visitors, new_visitors, returning_visitors, sessions, time_per_visit, engaged_share, page_views)
BROUGHT = (sessions, engaged_share, key_events)
CHANNELS = slices.channels(sessions, visitors, engaged_share, key_events)
SOURCES, CAMPAIGNS = slices.sources(*BROUGHT), slices.campaigns(*BROUGHT)
LANDINGS, PAGES = slices.landings(*BROUGHT), slices.pages(page_views, visitors)
COUNTRIES, DEVICES = slices.countries(sessions, engaged_share), slices.devices(sessions, engaged_share, time_per_visit)
RETURNING = slices.new_or_returning(sessions, visitors, engaged_share)
HOURS_DAYS = 56
VIEWS = {
    "from": N_("Where from"), "read": N_("What they read"), "links": N_("Sites that link"), "who": N_("Who and when"),
}  # fmt: skip


when_empty(here, Source.WEB)
t, window = here.locale.t, here.window
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, window, here.scope)
channels, pages = listed(here, (CHANNELS, 12), (PAGES, 16))
answers = (
    first_of(here, CHANNELS, channels, N_("{member} brings the most visits ({share}).")),
    first_of(here, PAGES, pages, N_("Most read: {member} ({n} views).")),
)
lead(here, figures, " ".join(filter(None, answers)))
cards(here, figures)
not_counted(here, figures)
recent(here, sessions)
view = chosen(
    "view", list(VIEWS), "from", st.segmented_control, label=t("What to look at"), label_visibility="collapsed",
    required=True, format_func=lambda key: t(VIEWS[key]),
)  # fmt: skip
left, right = st.columns(2, gap="large")
if view == "from":
    campaigns, sources = listed(here, (CAMPAIGNS, 10), (SOURCES, 16))
    with left:
        sliced(here, t("Where visits come from"), t("Channel"), CHANNELS, channels)
        st.caption(
            t("Direct holds all that has no known source: typed addresses, links from messages and applications.")
        )
        sliced(here, t("Campaigns"), t("Campaign"), CAMPAIGNS, campaigns)
    with right:
        sliced(here, t("Sources"), t("Source"), SOURCES, sources)
elif view == "read":
    (landings,) = listed(here, (LANDINGS, 16))
    with left:
        sliced(here, t("The pages most read"), t("Page"), PAGES, pages)
    with right:
        sliced(here, t("The pages where visits begin"), t("Landing page"), LANDINGS, landings)
elif view == "links":
    with here.store.read() as cursor:
        linking = members(cursor, linking_sites, window, here.scope, 16)
        known = seen(cursor, linking_sites, window.last, here.scope)
    with left:
        links_list(here, linking_sites, linking, known)
    with right:
        came_and_went(here, linking_sites, known)
else:
    several = Window(min(window.first, window.last - timedelta(days=HOURS_DAYS - 1)), window.last)
    with here.store.read() as cursor:
        week = hours(cursor, several, here.scope)
    returning, countries, devices = listed(here, (RETURNING, 4), (COUNTRIES, 10), (DEVICES, 6))
    with left:
        st.subheader(t("The hours of the week"))
        if week.window:
            st.caption(t("Mean visits by hour, over {window}.", window=week.window))
            hours_of_the_week(here.locale, week, here.brand.week_start, key="hours_chart")
        else:
            st.caption(t(of_analytics(here.locale, "hour")))
        sliced(here, t("New or returning"), t("Visitors"), RETURNING, returning)
    with right:
        sliced(here, t("Countries"), t("Country"), COUNTRIES, countries)
        sliced(here, t("Devices"), t("Device"), DEVICES, devices)
