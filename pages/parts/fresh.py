"""How far each account is known, in words; the one furthest behind first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from i18n import Locale
from metrics.freshness import Freshness
from metrics.gaps import lacking
from pages.parts.factsheet import facts
from pages.parts.frame import Frame
from wording.names import network_name


def freshness_lead(frame: Frame, found: Sequence[Freshness], today: date) -> None:
    """The answer of the page in a line: what is known, and where to go for more."""
    locale = frame.locale
    first = found[0]
    same = {one.known for one in found} == {first.known}
    text = locale.t(
        "{account} is known until {day}, {ago}." if len(found) == 1 else
        "All accounts are known until {day}, {ago}." if same else
        "{account} is furthest behind: known until {day}, {ago}.",
        account=account(frame, first.account), day=first.known, ago=ago(locale, first.known, today),
    )  # fmt: skip
    st.html(f'<p class="v-lead">{escape(text)}</p>')


def freshness_list(frame: Frame, found: Sequence[Freshness], today: date) -> None:
    """Each account, until when it is known and the days that are in no file."""
    st.html(facts({account(frame, one.account): _told(frame.locale, one, today) for one in found}, "wide"))


def account(frame: Frame, key: str) -> str:
    """An account with its network."""
    return f"{network_name(key.partition(':')[0])} · {frame.name(key)}"


def _told(locale: Locale, one: Freshness, today: date) -> str:
    t = locale.t
    said = []
    if one.until:
        said.append(t("Day by day until {day}, {ago}.", day=one.until, ago=ago(locale, one.until, today)))
    if day := one.posts_exported or (None if one.until else one.exported):
        text = (
            t("Posts as exported on {day}, {ago}.", day=day, ago=ago(locale, day, today))
            if (one.posts_exported)
            else t("Exported last on {day}, {ago}.", day=day, ago=ago(locale, day, today))
        )
        said.append(text)
    return " ".join([*said, *map(t, lacking(one.gaps, one.posts_gaps))])


def ago(locale: Locale, day: date, today: date) -> str:
    """How long ago a day was, in words."""
    days = (today - day).days
    if days < 2:
        return locale.t("yesterday") if days == 1 else locale.t("today")
    return locale.t("{n} days ago", n=days)
