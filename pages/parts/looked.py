"""What a service that was tried says of itself."""

from __future__ import annotations

from typing import Protocol

import streamlit as st

from data.model import Message, Window
from i18n import ABSENT
from pages.parts.frame import Frame
from pages.parts.plain import plain


class Property(Protocol):
    """What a property of Google Analytics says of itself."""

    @property
    def name(self) -> str:
        """What it is called; empty where it does not say."""
        ...

    @property
    def zone(self) -> str:
        """Its time zone."""
        ...

    @property
    def currency(self) -> str:
        """Its currency."""
        ...

    @property
    def sessions(self) -> int | None:
        """The visits of the last 28 days."""
        ...

    @property
    def views(self) -> int | None:
        """The pages that were shown in these days."""
        ...


class Site(Protocol):
    """What a site says of itself in Search Console."""

    @property
    def site(self) -> str:
        """Its name."""
        ...

    @property
    def days(self) -> Window | None:
        """The days that Google has."""
        ...

    @property
    def counted(self) -> Window | None:
        """The days of its figures."""
        ...

    @property
    def clicks(self) -> int | None:
        """The clicks in these days."""
        ...

    @property
    def impressions(self) -> int | None:
        """How often it was shown in these days."""
        ...


def property_looked(frame: Frame, seen: Property, quota: Message) -> None:
    """What a property of Google Analytics that was tried says of itself."""
    t = frame.locale.t
    st.success(
        plain(
            t(
                "The property answers: {name}. Its time zone is {zone}, its currency {currency}.",
                name=seen.name or ABSENT, zone=seen.zone, currency=seen.currency or ABSENT,
            )
        )
    )  # fmt: skip
    if seen.sessions is None:
        st.caption(t("It has no visit in the last 28 days."))
    else:
        st.caption(
            t("In the last 28 days: visits {visits}, page views {views}.", visits=seen.sessions, views=seen.views)
        )
    st.caption(t(quota))


def site_looked(frame: Frame, seen: Site, right: Message | str) -> None:
    """What a site that was tried says of itself."""
    t = frame.locale.t
    st.success(plain(t("{site} answers. The permission of the key: {right}.", site=seen.site, right=right)))
    if seen.days and seen.counted:
        text = t(
            "Google has its days {days}. Clicks {clicks}, impressions {impressions} of {counted}.",
            days=seen.days, clicks=seen.clicks, impressions=seen.impressions, counted=seen.counted,
        )  # fmt: skip
        st.caption(text)
    else:
        st.caption(t("Google has no day of it yet."))
