from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta

import streamlit as st

from data.model import Window
from metrics import slices
from metrics.conversions import key_event_rate, key_events, revenue, revenue_per_visit, user_key_event_rate
from metrics.engine import read
from metrics.lists import Members, Slice, members
from metrics.model import N_
from metrics.tiles import tiles
from metrics.traffic import sessions, visitors
from metrics.windows import buckets, grain, year_before
from pages.parts.answers import first_of
from pages.parts.cards import cards, lead
from pages.parts.charts import OVER_TIME, over_time
from pages.parts.empty import when_empty
from pages.parts.sliced import sliced

FIGURES = (key_events, key_event_rate, user_key_event_rate, revenue, revenue_per_visit, sessions, visitors)
RESULTS = (key_events, key_event_rate, sessions, revenue)
CHANNELS, CAMPAIGNS, LANDINGS = (of(*RESULTS) for of in (slices.channels, slices.campaigns, slices.landings))
EVENTS, BY_CHANNEL = slices.key_events_by_name(key_events), slices.key_events_by_channel(key_events)
PAGES = slices.pages_with_key_events(key_events)
CHART_DAYS = 42


def listed(slice_: Slice, limit: int) -> Members:
    """The members of a slice in the period."""
    with here.store.read() as cursor:
        return members(cursor, slice_, window, here.scope, limit)


when_empty(here)
t, window = here.locale.t, here.window
past = Window(window.last - timedelta(days=max(CHART_DAYS, window.days) - 1), window.last)
shown = buckets(past, grain(past), here.brand.week_start)
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, window, here.scope)
    over = read(cursor, [key_events], [*shown, *map(year_before, shown)], here.scope)
channels, campaigns = listed(CHANNELS, 12), listed(CAMPAIGNS, 12)
answers = (
    first_of(here, CHANNELS, channels, N_("{member} brings the most key events: {n}, {share} of them.")),
    first_of(here, CAMPAIGNS, campaigns, N_("First of the campaigns: {member} ({n}).")),
)
lead(here, figures, " ".join(filter(None, answers)))
cards(here, figures)
st.caption(
    t(
        "Two rates, two denominators: per visit, visits with a key event over all visits; per visitor, visitors with "
        "one over all visitors. Neither is key events over visits."
    )
)
st.subheader(t(OVER_TIME[grain(past)], name=t(key_events.name)))
over_time(here.locale, key_events, over, shown, key="conversions_chart")
left, right = st.columns(2, gap="large")
with left:
    sliced(here, t("Channels that lead to key events"), t("Channel"), CHANNELS, channels)
    sliced(here, t("Which key event, by which channel"), t("Key event"), BY_CHANNEL, listed(BY_CHANNEL, 12))
with right:
    sliced(here, t("Campaigns that lead to key events"), t("Campaign"), CAMPAIGNS, campaigns)
    sliced(here, t("Landing pages that lead to key events"), t("Landing page"), LANDINGS, listed(LANDINGS, 10))
    sliced(here, t("Pages where key events happen"), t("Page"), PAGES, listed(PAGES, 8))
    sliced(here, t("Key events by name"), t("Key event"), EVENTS, listed(EVENTS, 8))
