"""A list of the members of a slice under its heading, with what lies behind it; and what is new in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from metrics.lists import Members, Slice, lists
from metrics.model import N_
from metrics.traces import of_members
from metrics.turnover import Turnover
from pages.parts.behind import behind
from pages.parts.frame import Frame
from pages.parts.lists import NO_NOTES, members_list, rows_list


def listed(frame: Frame, *wanted: tuple[Slice, int]) -> list[Members]:
    """The members of slices of one source in the period, each with how many are listed."""
    with frame.store.read() as cursor:
        return lists(cursor, wanted, frame.window, frame.scope)


def sliced(
    frame: Frame, heading: str, title: str, slice_: Slice, found: Members, key: str = "",
    notes: Mapping[str, str] = NO_NOTES,
) -> None:  # fmt: skip
    """A heading, the members of a slice, and the rows of the files behind them."""
    st.subheader(heading)
    members_list(frame, found, title, slice_, notes)
    if not found.rows.empty:
        trace = partial(of_members, slice_=slice_, members=found, scope=frame.scope)
        behind(frame, trace, slice_.metrics, key or slice_.name)


def whats_new(frame: Frame, title: str, slice_: Slice, found: Turnover, top: int) -> None:
    """Who is new among the first of a list, and who no longer stands there; against which period."""
    locale = frame.locale
    st.subheader(locale.t("New in the top {n}", n=top))
    if found.then.window is None:
        st.caption(locale.t("No export states a period before this one, so that nothing can be called new."))
        return
    st.caption(locale.t("{now}, against {then}.", now=found.now.window or frame.window, then=found.then.window))
    for rows, absent, heading in (
        (found.new, N_("The same stand there as before."), ""),
        (found.gone, N_("All have stayed."), N_("No longer in the top {n}")),
    ):
        if heading:
            st.subheader(locale.t(heading, n=top))
        if rows.empty:
            st.html(f'<p class="v-note">{escape(locale.t(absent))}</p>')
        else:
            rows_list(frame, rows, title, slice_.name, slice_.metrics[:1])
