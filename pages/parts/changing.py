"""What a page changes in what people state, and what came of it, said once the page has begun anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.model import Message, UserError
from i18n import Locale
from pages.parts.plain import plain


def change(locale: Locale, page: str, action: Callable[[], Message]) -> None:
    """Makes a change and starts the page anew with what came of it; what goes wrong is said here and now."""
    try:
        st.session_state[f"{page}_said"] = action()
    except UserError as error:
        st.error(plain(locale.t(error.message)))
    else:
        st.rerun()


def changed(locale: Locale, page: str) -> None:
    """Says what came of the last change, once."""
    if said := st.session_state.pop(f"{page}_said", None):
        st.success(plain(locale.t(said)))
