"""A definition as the glossary shows it."""

from __future__ import annotations

import streamlit as st

from metrics.model import N_, Good, Metric
from pages.parts.frame import Frame
from pages.parts.origins import formula, theirs

DIRECTIONS = {
    Good.UP: N_("More is better."),
    Good.DOWN: N_("Less is better."),
    Good.NEITHER: N_("Neither more nor less is better in itself."),
}


def entry(frame: Frame, metric: Metric) -> None:
    """Name, meaning, formula, cautions, worked example and the networks' own definitions of a metric."""
    locale = frame.locale
    with st.expander(locale.t(metric.name)):
        st.text(locale.t(metric.says))
        st.html(f'<div class="v-formula">{formula(frame, metric)}</div>')
        st.text(locale.t("Take care: {careful}", careful=locale.t(metric.careful)))
        st.text(locale.t(DIRECTIONS[metric.good]))
        st.text(locale.t("Worked example: {gives}", gives=locale.value(metric.example.gives, metric.unit)))
        st.dataframe([dict(row) for row in metric.example.rows], hide_index=True, key=f"example_{metric.key}")
        if links := theirs(frame, metric):
            st.caption(links)
