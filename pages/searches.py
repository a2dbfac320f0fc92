from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from metrics.brand import names_brand
from metrics.lists import Slice
from metrics.model import N_, Source
from metrics.search import (
    brand_share, click_rate, hidden_share, position, search_clicks, search_impressions,
)  # fmt: skip
from metrics.tiles import tiles
from metrics.turnover import turnover
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.frame import chosen
from pages.parts.recent import recent
from pages.parts.sliced import listed, sliced, whats_new

FIGURES = (search_clicks, search_impressions, click_rate, position)
OF_QUERIES = (hidden_share, brand_share)
TOP = 20
BRAND = names_brand(here.scope.words)
KINDS = {"all": N_("All queries"), "brand": N_("For the brand"), "others": N_("Others")}
BY = {"all": "query", "brand": f"case when {BRAND} then query end", "others": f"case when not ({BRAND}) then query end"}
PAGES = Slice(Source.SEARCH, "page", "page", FIGURES)
COUNTRIES = Slice(Source.SEARCH, "country", "country", FIGURES)
DEVICES = Slice(Source.SEARCH, "device", "device", FIGURES)


def of_kind(kind: str) -> Slice:
    """The queries of a kind."""
    return Slice(Source.SEARCH, "query", BY[kind], FIGURES)


when_empty(here, Source.SEARCH)
t = here.locale.t
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
    every = turnover(cursor, of_kind("all"), here.window, here.scope, TOP)
    # Exports state queries for periods of their own, and these two figures are of that period.
    shares = tiles(cursor, OF_QUERIES, every.now.window or here.window, here.scope)
hidden, brand = (tile.reading.value for tile in shares)
answers = []
if brand is not None:
    answers.append(t("{share} of the clicks whose query is known name the brand.", share=here.locale.percent(brand, 0)))
if every.then.window:
    answers.append(t("Queries new in the top {top}: {n}.", top=TOP, n=len(every.new)))
lead(here, figures, " ".join(answers))
cards(here, [*figures, *shares])
recent(here, search_clicks)
kind = chosen(
    "queries", list(KINDS), "all", st.segmented_control, label=t("Queries"), label_visibility="collapsed",
    required=True, format_func=lambda key: t(KINDS[key]),
)  # fmt: skip
with here.store.read() as cursor:
    found = turnover(cursor, of_kind(kind), here.window, here.scope, TOP) if kind != "all" else every
left, right = st.columns([3, 2], gap="large")
with left:
    sliced(here, t("The words people arrive by"), t("Query"), of_kind(kind), found.now)
    words = here.scope.words
    st.caption(t("The brand is named by: {words}. The words are stated under Sources.", words=list(words)))
with right:
    whats_new(here, t("Query"), of_kind(kind), found, TOP)
pages, countries, devices = listed(here, (PAGES, 12), (COUNTRIES, 8), (DEVICES, 4))
left, right = st.columns([3, 2], gap="large")
with left:
    sliced(here, t("The pages found by searching"), t("Page"), PAGES, pages)
with right:
    sliced(here, t("Countries of searches"), t("Country"), COUNTRIES, countries)
    sliced(here, t("Devices"), t("Device"), DEVICES, devices)
