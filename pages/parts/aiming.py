"""Forms by which an objective is stated, changed and given up. What is typed is read as a row of a file would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import streamlit as st

from data.objectives import Aim, Objective, Period
from metrics.aims import EVERY, House, running
from metrics.model import N_, Metric, Unit
from metrics.progress import Progress
from metrics.registry import families
from metrics.stating import TITLES
from pages.parts.frame import Frame
from pages.parts.questions import DAY_FORMAT, EARLIEST
from wording.objectives import member_of

WIDTH = 460
BETWEEN = N_("between two dates, for a campaign")


class Said(NamedTuple):
    """What the user has just said: a row that states an objective, what is given up, or what is to be forgotten."""

    row: Mapping[str, Any] | None = None
    given_up: Objective | None = None
    forgotten: Aim | None = None


def new_form(frame: Frame, house: House, today: date) -> Said | None:
    """A new objective as it was just stated; None while nothing is."""
    t = frame.locale.t
    figures = {metric.key: f"{t(family)} · {t(metric.name)}" for family, group in families() for metric in group}
    of = [*dict.fromkeys(one.partition(":")[0] for one in house.accounts), *house.accounts]
    periods = {period.value: t(EVERY.get(period, BETWEEN)) for period in Period}
    with st.form("new_objective", border=False):
        metric = st.selectbox(
            t(TITLES["metric"]), figures, index=list(figures).index("sessions"), format_func=figures.__getitem__,
            key="aim_metric", width=WIDTH,
        )  # fmt: skip
        scope = st.multiselect(
            t("Of which networks or accounts; none is the whole brand"), of, key="aim_scope",
            format_func=lambda one: member_of(one, frame.name), placeholder=t("The whole brand"), width=WIDTH,
        )  # fmt: skip
        period = st.selectbox(
            t(TITLES["period"]), periods, index=1, format_func=periods.__getitem__, key="aim_period", width=WIDTH
        )
        dates = st.date_input(
            t("The two dates, where it is between two"), (today, today), format=DAY_FORMAT, min_value=EARLIEST,
            key="aim_dates", width=WIDTH,
        )  # fmt: skip
        low, high = _bounds("aim", frame, "", "")
        start = st.date_input(
            t("From the period that holds this day on"), today, format=DAY_FORMAT, min_value=EARLIEST, key="aim_start",
            width=WIDTH,
        )  # fmt: skip
        owner = st.text_input(t(TITLES["owner"]), key="aim_owner", width=WIDTH)
        if not st.form_submit_button(t("State it"), type="primary"):
            return None
    row = {"metric": metric, "scope": scope, "at_least": low, "at_most": high, "owner": owner}
    if period != Period.DATES:
        return Said(row | {"period": period, "start": start})
    first, last = dates if isinstance(dates, tuple) and len(dates) == 2 else (today, None)
    return Said(row | {"from": first, "to": last})


def change_form(frame: Frame, told: Progress, house: House, today: date, key: str) -> Said | None:
    """What is to become of an objective; None while nothing is said."""
    t, objective = frame.locale.t, told.objective
    if not (objective.aim.dates and objective.aim.dates.last < today):
        if said := _changed(frame, objective, told.metric, house, today, key):
            return said
    if st.button(t("It was a mistake: forget it with its past"), key=f"{key}_forget", type="tertiary"):
        return Said(forgotten=objective.aim)
    return None


def _changed(
    frame: Frame, objective: Objective, metric: Metric, house: House, today: date, key: str
) -> Said | None:  # fmt: skip
    t = frame.locale.t
    since = max(running(objective.aim, today, house.week_start), objective.since)
    with st.form(f"change_{key}", border=False):
        low, high = _bounds(key, frame, _typed(objective.low, metric), _typed(objective.high, metric))
        owner = st.text_input(t(TITLES["owner"]), objective.owner, key=f"{key}_owner", width=WIDTH)
        start = st.date_input(
            t("From the period that holds this day on"), since, format=DAY_FORMAT, min_value=EARLIEST,
            key=f"{key}_start", width=WIDTH,
        )  # fmt: skip
        changed = st.form_submit_button(t("Change it"), key=f"{key}_change")
    st.caption(t("What was aimed at in periods that are over stays as it was."))
    if changed:
        return Said(row_of(objective.aim) | {"at_least": low, "at_most": high, "owner": owner, "start": start})
    if st.button(t("Give it up from now on"), key=f"{key}_end"):
        return Said(given_up=replace(objective, since=since, low=None, high=None))
    return None


def row_of(aim: Aim) -> dict[str, Any]:
    """An aim as a row of a file."""
    row: dict[str, Any] = {"metric": aim.metric, "scope": list(aim.scope)}
    if aim.dates:
        return row | {"from": aim.dates.first, "to": aim.dates.last}
    return row | {"period": aim.period.value}


def _bounds(key: str, frame: Frame, low: str, high: str) -> tuple[str, str]:
    t = frame.locale.t
    at_least = st.text_input(t(TITLES["at_least"]), low, key=f"{key}_at_least", width=WIDTH)
    at_most = st.text_input(
        t(TITLES["at_most"]), high, key=f"{key}_at_most", width=WIDTH,
        help=t("One of the two is enough; both make a range. Write a rate as a percentage: 3.5 %."),
    )  # fmt: skip
    return at_least, at_most


def _typed(bound: float | None, metric: Metric) -> str:
    """A bound as one would type it."""
    if bound is None:
        return ""
    return f"{100 * bound:.10g} %" if metric.unit is Unit.PERCENT else f"{bound:.15g}"
