"""One site, several sources: which account goes with which, and how to say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from pages.parts.frame import Frame
from wording.names import network_name
from pages.parts.plain import plain

WIDTH = 460


class Said(NamedTuple):
    """That an account goes with another, or by itself again where `lead` is None."""

    account: str
    lead: str | None


def same_site_form(frame: Frame, accounts: Sequence[str], links: Sequence[tuple[str, str]]) -> Said | None:
    """What the user has just said of one site, None while nothing is; `accounts` are those that measure sites."""
    t = frame.locale.t
    st.caption(
        t(
            "Two tools may measure one site, or one may follow the other. Say so, and each visit counts once: on a day "
            "that both state, the first one counts."
        )
    )
    for account, lead in links:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            told = t("{account} goes with {lead}.", account=named(frame, account), lead=named(frame, lead))
            st.markdown(plain(told), width=WIDTH)
            if st.button(t("Take apart"), key=f"part_{account}", type="tertiary"):
                return Said(account, None)
    with st.form("same_site", border=False):
        choices = {key: named(frame, key) for key in accounts}
        lead = st.selectbox(t("Counts first"), choices, format_func=choices.__getitem__, key="site_lead", width=WIDTH)
        account = st.selectbox(
            t("Completes it, on the days that the first does not state"), choices, index=len(choices) - 1,
            format_func=choices.__getitem__, key="site_account", width=WIDTH,
        )  # fmt: skip
        joined = st.form_submit_button(t("They measure one site"))
    return Said(account, lead) if joined and account and lead else None


def named(frame: Frame, account: str) -> str:
    """An account with the name of its tool."""
    return f"{network_name(account.partition(':')[0])} · {frame.name(account)}"
