"""The brand: its name and clock, and how to begin another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import available_timezones

import streamlit as st

from data.store import Brand
from i18n import Locale
from pages.parts.toolbar import new_brand

MONDAY = date(2024, 1, 1)
WIDTH = 460
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def brand_form(locale: Locale, brand: Brand) -> Brand | None:
    """The brand as its user has just stated it, None while nothing is saved."""
    t = locale.t
    zones = sorted({z for z in available_timezones() if z.split("/")[0] in REGIONS} | {"UTC", brand.zone})
    days = {n: locale.weekday(MONDAY + timedelta(days=n - 1)) for n in range(1, 8)}
    with st.form(f"brand_{brand.slug}", border=False):
        name = st.text_input(t("Name"), brand.name, key=f"name_{brand.slug}", width=WIDTH)
        zone = st.selectbox(
            t("Time zone: it decides on which day a post or a visit counts"), zones,
            index=zones.index(brand.zone), key=f"zone_{brand.slug}", width=WIDTH,
        )  # fmt: skip
        start = st.selectbox(
            t("First day of the week"), list(days), index=brand.week_start - 1, format_func=days.__getitem__,
            key=f"week_start_{brand.slug}", width=WIDTH,
        )  # fmt: skip
        saved = st.form_submit_button(t("Save"))
    now = Brand(brand.slug, name, zone, start)
    return now if saved and now != brand else None


def words_form(locale: Locale, brand: Brand, words: Sequence[str], proposal: Sequence[str]) -> list[str] | None:
    """The brand's own words in searches as its user has just stated them, None while nothing is saved."""
    t = locale.t
    with st.form(f"words_{brand.slug}", border=False):
        st.caption(
            t(
                "A search that holds one of these words is one for the brand; others are for what it does. "
                "Capitals and accents make no difference."
            )
        )
        said = st.text_area(
            t("One word or name a line"), "\n".join(words or proposal), key=f"brand_words_{brand.slug}", width=WIDTH
        )
        if not words:
            st.caption(t("Proposed from the name of the brand; nothing is stated yet."))
        saved = st.form_submit_button(t("Save"))
    now = [line.strip() for line in (said or "").splitlines() if line.strip()]
    return now if saved and now != list(words) else None


def another_brand(locale: Locale) -> None:
    """How to begin another brand."""
    st.caption(locale.t("Another brand has its own files, accounts and figures; nothing is shared."))
    new_brand(locale)
