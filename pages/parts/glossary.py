"""A definition as the glossary shows it."""

from __future__ import annotations

import pandas as pd
from html import escape

import streamlit as st

from i18n import ABSENT
from metrics.measures import MEASURES
from metrics.model import N_, Good, Metric, Unit
from pages.parts.frame import Frame
from pages.parts.origins import theirs
from wording.figures import formula
from pages.parts.tables import written

DIRECTIONS = {
    Good.UP: N_("More is better."),
    Good.DOWN: N_("Less is better."),
    Good.NEITHER: N_("Neither more nor less is better in itself."),
}
# What a row of a worked example says beside its measures.
OF_A_ROW = {
    "account": N_("Account"),
    "before": N_("Day before the period"),
    "whole_window": N_("Whole period"),
    "query": N_("Query"),
}


def entry(frame: Frame, metric: Metric) -> None:
    """Name, meaning, formula, cautions, worked example and the networks' own definitions of a metric."""
    locale = frame.locale
    with st.expander(locale.t(metric.name)):
        st.text(locale.t(metric.says))
        st.html(f'<div class="v-formula">{escape(formula(frame.locale, metric))}</div>')
        st.text(locale.t("Take care: {careful}", careful=locale.t(metric.careful)))
        st.text(locale.t(DIRECTIONS[metric.good]))
        st.text(locale.t("Worked example: {gives}", gives=locale.value(metric.example.gives, metric.unit)))
        example(frame, metric)
        if links := theirs(frame, metric):
            st.caption(links)


def example(frame: Frame, metric: Metric) -> None:
    """The rows of a worked example; what a row does not state is a dash."""
    locale = frame.locale
    rows = pd.DataFrame(metric.example.rows)
    names = {name: OF_A_ROW.get(name) or MEASURES[metric.reads, name].name for name in rows.columns}
    figures = dict.fromkeys(rows.select_dtypes("number"), Unit.COUNT)
    st.dataframe(
        written(locale, rows, figures), hide_index=True, key=f"example_{metric.key}", placeholder=ABSENT,
        column_config={name: locale.t(text) for name, text in names.items()},
    )  # fmt: skip
