"""The palette of the theme that the reader has chosen."""

from __future__ import annotations

import streamlit as st

from wording.colours import DARK, LIGHT, Palette


def palette() -> Palette:
    """The palette of the theme the reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT
