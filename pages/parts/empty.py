"""What a page says when it has nothing to show yet."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.frame import Frame


def when_empty(frame: Frame) -> None:
    """Ends the page with the way out when no export has been loaded."""
    if frame.known is not None:
        return
    t = frame.locale.t
    st.html(f'<p class="v-lead">{escape(t("There are no figures for {brand} yet.", brand=frame.brand.name))}</p>')
    st.write(t("Drop the export files of your networks under Sources; the page tells where to get each of them."))
    st.page_link("pages/sources.py", label=t("Go to Sources"))
    st.stop()
