"""A number of followers that is typed in, where a network's files state none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from data.model import Account
from pages.parts.frame import Frame
from pages.parts.fresh import account as named
from pages.parts.questions import DAY_FORMAT, EARLIEST

WIDTH = 460


def followers_form(frame: Frame, accounts: Sequence[Account], today: date) -> tuple[Account, date, int] | None:
    """The account, day and number as they have just been typed, None while nothing is noted."""
    t, by_key = frame.locale.t, {account.key: account for account in accounts}
    st.caption(
        t(
            "Most networks no longer export how many followers you have. Note here what their page shows: "
            "growth is worked out from it, and every figure that rests on it says so."
        )
    )
    with st.form("followers", border=False, clear_on_submit=True):
        key = st.selectbox(t("Account"), list(by_key), format_func=lambda key: named(frame, key), width=WIDTH)
        day = st.date_input(
            t("At the end of which day?"), today - timedelta(days=1), min_value=EARLIEST, max_value=today,
            format=DAY_FORMAT, width=WIDTH,
        )  # fmt: skip
        followers = st.number_input(t("Followers"), min_value=0, value=None, step=1, width=WIDTH)
        noted = st.form_submit_button(t("Note it"))
    if not noted or followers is None or not isinstance(day, date):
        return None
    return by_key[key], day, int(followers)
