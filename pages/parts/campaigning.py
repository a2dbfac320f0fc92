"""The form by which a campaign is stated or changed. What is typed is read as a table of a file would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.campaigns import NAMED as LONGEST
from metrics.briefs import CHANNEL, TITLES, movable, results
from metrics.registry import families
from metrics.tagged import Named
from pages.parts.frame import EARLIEST, LATEST, Frame
from pages.parts.plain import plain
from pages.parts.questions import DAY_FORMAT
from wording.campaigns import control_name

WIDE, HALF = 560, 272  # pixels
Row = dict[str, Any]
NOTHING: Mapping[str, Any] = {"result": "key_events", "moves": "sessions"}


def campaign_form(
    frame: Frame, named: Named, today: date, key: str, told: Mapping[str, Any] = NOTHING
) -> Row | None:  # fmt: skip
    """A campaign as it was just stated, as a table of a file; None while nothing is. `told`: what it starts from."""
    t = frame.locale.t
    with st.form(f"form_{key}", border=False):
        name = st.text_input(t(TITLES["name"]), told.get("name", ""), key=f"{key}_name", max_chars=LONGEST, width=WIDE)
        days = st.date_input(
            t("First and last day"), (told.get("from", today), told.get("to", today)), EARLIEST, LATEST,
            format=DAY_FORMAT, key=f"{key}_days", width=WIDE,
        )  # fmt: skip
        st.markdown(f"**{plain(t('What belongs to it'))}**")
        row = {"name": name} | _marks(frame, named, key, told)
        st.markdown(f"**{plain(t('What it costs'))}**")
        row |= _price(frame, key, told)
        st.markdown(f"**{plain(t('What it is for'))}**")
        row |= _purpose(frame, named, key, told)
        row["owner"] = st.text_input(t(TITLES["owner"]), told.get("owner", ""), key=f"{key}_owner", width=WIDE)
        if not st.form_submit_button(
            t("Change the campaign") if told.get("name") else t("State the campaign"), type="primary"
        ):
            return None
    first, last = days if isinstance(days, tuple) and len(days) == 2 else (today, None)
    return row | {"from": first, "to": last}


def _marks(frame: Frame, named: Named, key: str, told: Mapping[str, Any]) -> Row:
    """By what it is known."""
    t = frame.locale.t
    row: Row = {
        "utm_campaign": _several(frame, "utm_campaign", named.campaigns, key, told),
        "hashtags": st.text_input(
            t(TITLES["hashtags"]), ", ".join(f"#{one}" for one in told.get("hashtags", ())), key=f"{key}_hashtags",
            width=WIDE, help=t("With commas between them. They count for posts of its days."),
        ),
        "ads": _several(frame, "ads", named.ads, key, told),
        "posts": st.text_area(
            t(TITLES["posts"]), "\n".join(told.get("posts", ())), key=f"{key}_posts", width=WIDE, height=80,
            help=t("One a line; they count whatever their day."),
        ),
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", width=WIDE):
        for column in ("utm_source", "utm_medium"):
            row[column] = st.text_input(
                t(TITLES[column]), ", ".join(told.get(column, ())), key=f"{key}_{column}", width=HALF,
                help=t("Only where the name of the campaign does not tell its visits: each that is given has to fit."),
            )  # fmt: skip
    return row


def _price(frame: Frame, key: str, told: Mapping[str, Any]) -> Row:
    row: Row = {}
    with st.container(horizontal=True, vertical_alignment="bottom", width=WIDE):
        for column in ("cost", "currency", "hours", "hour_cost"):
            start = told.get(column, "EUR" if column == "currency" else None)
            row[column] = st.text_input(
                frame.locale.t(TITLES[column]), _typed(start), key=f"{key}_{column}", width=HALF
            )  # fmt: skip
    return row


def _purpose(frame: Frame, named: Named, key: str, told: Mapping[str, Any]) -> Row:
    """What counts as its result, what it is to move, and what it cannot have touched."""
    t = frame.locale.t
    names = {metric.key: f"{t(family)} · {t(metric.name)}" for family, group in families() for metric in group}
    controls = [*movable(), *(CHANNEL + channel for channel in named.channels)]
    controls += [one for one in told.get("untouched", ()) if one not in controls]
    row: Row = {}
    for column, options in (("result", list(results())), ("moves", list(movable()))):
        start = options.index(told[column]) if told.get(column) in options else 0
        row[column] = st.selectbox(
            t(TITLES[column]), options, start, format_func=names.__getitem__, key=f"{key}_{column}", width=WIDE
        )
    row["value"] = st.text_input(
        t(TITLES["value"]), _typed(told.get("value")), key=f"{key}_value", width=HALF,
        help=t("In the currency above. Left empty, it is told what one has to be worth."),
    )  # fmt: skip
    row["untouched"] = st.multiselect(
        t(TITLES["untouched"]), controls, list(told.get("untouched", ())), key=f"{key}_untouched", width=WIDE,
        format_func=lambda one: control_name(frame.locale, one), placeholder=t("Choose some"),
        help=t("With such a figure, what moves all alike is taken out, and far smaller effects can be told."),
    )  # fmt: skip
    if not told.get("name"):
        at_least = st.text_input(
            t("Its objective: at least so much of what counts as its result, in the whole brand"), key=f"{key}_aim",
            width=WIDE,
        )  # fmt: skip
        row["objective"] = [{"metric": row["result"], "at_least": at_least}] if at_least.strip() else []
    return row


def _several(frame: Frame, column: str, options: Sequence[str], key: str, told: Mapping[str, Any]) -> list[str]:
    """Names that exports state, or any other."""
    held = list(told.get(column, ()))
    return st.multiselect(
        frame.locale.t(TITLES[column]), [*dict.fromkeys([*held, *options])], held, key=f"{key}_{column}", width=WIDE,
        accept_new_options=True, placeholder=frame.locale.t("Choose, or type a name"),
    )  # fmt: skip


def _typed(value: Any) -> str:
    """A number as one would type it."""
    return f"{value:.15g}" if isinstance(value, (int, float)) else value or ""
