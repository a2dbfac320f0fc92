from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from metrics import slices
from metrics.conversions import key_event_rate, key_events, revenue, revenue_per_visit, user_key_event_rate
from metrics.model import N_, Source
from metrics.tiles import tiles
from metrics.traffic import sessions, visitors
from pages.parts.answers import first_of
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.people import not_counted
from pages.parts.recent import recent
from pages.parts.sliced import listed, sliced

FIGURES = (key_events, key_event_rate, user_key_event_rate, revenue, revenue_per_visit, sessions, visitors)
RESULTS = (key_events, key_event_rate, sessions, revenue)
CHANNELS = slices.channels(key_events, key_event_rate, user_key_event_rate, sessions, revenue)
CAMPAIGNS, LANDINGS = slices.campaigns(*RESULTS), slices.landings(*RESULTS)
EVENTS, BY_CHANNEL = slices.key_events_by_name(key_events), slices.key_events_by_channel(key_events)
PAGES = slices.pages_with_key_events(key_events)
RETURNING = slices.new_or_returning(sessions, visitors, user_key_event_rate)

when_empty(here, Source.WEB)
t = here.locale.t
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
channels, campaigns, by_channel, events, returning, landings, pages = listed(
    here, (CHANNELS, 12), (CAMPAIGNS, 12), (BY_CHANNEL, 12), (EVENTS, 8), (RETURNING, 4), (LANDINGS, 10), (PAGES, 8)
)
answers = (
    first_of(here, CHANNELS, channels, N_("{member} brings the most key events: {n}, {share} of them.")),
    first_of(here, CAMPAIGNS, campaigns, N_("First of the campaigns: {member} ({n}).")),
)
lead(here, figures, " ".join(filter(None, answers)))
cards(here, figures)
not_counted(here, figures)
st.caption(
    t(
        "Two rates, two denominators: per visit, visits with a key event over all visits; per visitor, visitors with "
        "one over all visitors. Neither is key events over visits."
    )
)
recent(here, key_events)
left, right = st.columns(2, gap="large")
with left:
    sliced(here, t("Channels that lead to key events"), t("Channel"), CHANNELS, channels)
    sliced(here, t("Which key event, by which channel"), t("Key event"), BY_CHANNEL, by_channel)
    sliced(here, t("Key events by name"), t("Key event"), EVENTS, events)
    sliced(here, t("New or returning"), t("Visitors"), RETURNING, returning)
with right:
    sliced(here, t("Campaigns that lead to key events"), t("Campaign"), CAMPAIGNS, campaigns)
    sliced(here, t("Landing pages that lead to key events"), t("Landing page"), LANDINGS, landings)
    sliced(here, t("Pages where key events happen"), t("Page"), PAGES, pages)
