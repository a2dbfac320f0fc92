"""What lies behind a figure: its definition, formula, coverage, and the rows of the files it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from i18n import ABSENT
from metrics.measures import MEASURES
from metrics.model import Metric, Unit
from metrics.origins import origins
from metrics.reading import Reading
from pages.parts.frame import Frame
from wording.figures import formula
from wording.marks import sentence
from wording.names import network_name
from pages.parts.plain import plain
from pages.parts.tables import height, written


@st.fragment
def details(frame: Frame, reading: Reading, key: str) -> None:
    """A button that opens what lies behind a figure; nothing is worked out before it is opened."""
    locale = frame.locale
    popover = st.popover(locale.t("Behind this figure"), type="tertiary", key=f"details_{key}", on_change="rerun")
    if not popover.open:
        return
    with popover:
        metric = reading.metric
        st.markdown(f"**{locale.t(metric.name)}** · {locale.span(reading.window)}")
        st.text(locale.t(metric.says))
        st.html(f'<div class="v-formula">{escape(formula(locale, metric))}</div>')
        st.text(coverage(frame, reading))
        said = reading.said
        for mark in sorted(reading.marks):
            st.caption(plain(sentence(locale, mark, said.get(mark, {}))))
        if metric.careful:
            st.caption(locale.t("Take care: {careful}", careful=locale.t(metric.careful)))
        if links := theirs(frame, metric):
            st.caption(links)
        rows(frame, reading)


def theirs(frame: Frame, metric: Metric) -> str:
    """Links to the networks' own definitions, empty when none is known."""
    links = [f"[{network_name(network)}]({address})" for network, address in metric.theirs.items()]
    return frame.locale.t("How the networks define it: {links}", links=", ".join(links)) if links else ""


def coverage(frame: Frame, reading: Reading) -> str:
    """How many accounts, and posts where it is about posts, state the figure."""
    t, cover = frame.locale.t, reading.coverage
    counts = {"n": cover.accounts, "of": cover.of_accounts}
    if reading.parts:
        said = [t("Stated by {n} of {of} accounts: {names}.", **counts, names=_names(frame, reading.parts))]
    else:
        said = [t("Stated by {n} of {of} accounts.", **counts)]
    if reading.partial:
        names = _names(frame, sorted(reading.partial))
        if reading.metric.people:
            said.append(t("Not stated for the whole period: {names}.", names=names))
        else:
            said.append(t("Left out, as days are missing: {names}.", names=names))
    if cover.rows != cover.of_rows:
        said.append(t("{n} of {of} posts state it.", n=cover.rows, of=cover.of_rows))
    return " ".join(said)


def _names(frame: Frame, accounts: Iterable[str]) -> str:
    return ", ".join(f"{network_name(key.split(':')[0])} ({frame.name(key)})" for key in accounts)


def rows(frame: Frame, reading: Reading) -> None:
    """The rows of the files behind the figure."""
    locale = frame.locale
    with frame.store.read() as cursor:
        found = origins(cursor, reading.metric, reading.window, reading.scope)
    if found.empty:
        st.caption(locale.t("No row of any file states it for this period."))
        return
    found["account"] = [f"{network_name(a.split(':')[0])} · {frame.name(a)}" for a in found["account"]]
    found["column"] = [locale.t(MEASURES[reading.metric.reads, name].name) for name in found["column"]]
    st.dataframe(
        written(locale, found, {"value": Unit.COUNT}), hide_index=True, height=height(len(found), 7),
        placeholder=ABSENT, column_order=("first_day", "account", "column", "value", "file", "sheet", "row", "as_of"),
        column_config={  # file, sheet and row are seen without scrolling
            "first_day": st.column_config.DateColumn(locale.t("Day"), format="DD/MM/YYYY", width=92),
            "account": st.column_config.TextColumn(locale.t("Account"), width=118),
            "column": st.column_config.TextColumn(locale.t("Measure"), width=86),
            "value": st.column_config.NumberColumn(locale.t("Value"), width=62),
            "file": st.column_config.TextColumn(locale.t("File"), width=150),
            "sheet": st.column_config.TextColumn(locale.t("Sheet"), width=78),
            "row": st.column_config.NumberColumn(locale.t("Row"), format="%d", width=52),
            "as_of": st.column_config.DateColumn(locale.t("Export of"), format="DD/MM/YYYY", width=95),
        },
    )  # fmt: skip
