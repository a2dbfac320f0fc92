"""Natural links: the sites that send visitors, since when, how good their visits are, and those that went silent."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.lists import Members, Slice
from metrics.turnover import LOOK_BACK, SILENT, Seen
from pages.parts.frame import Frame
from pages.parts.lists import rows_list
from pages.parts.sliced import sliced

LISTED = 8


def links_list(frame: Frame, slice_: Slice, found: Members, known: Seen) -> None:
    """The sites whose links were followed, each with the day it was first seen."""
    t = frame.locale.t
    notes = {}
    for row in known.rows.to_dict("records"):
        day = row["first"].date()
        since = known.span is not None and day < known.span.first + SILENT
        notes[row["member"]] = t("known since {day} or before", day=day) if since else t("first seen {day}", day=day)
    sliced(frame, t("Sites whose links were followed"), t("Site"), slice_, found, "links", notes)
    st.caption(
        t(
            "These are links that someone clicked. Links that nobody follows stand in Search Console only, under "
            "Links; Vigie does not read that export."
        )
    )


def came_and_went(frame: Frame, slice_: Slice, known: Seen) -> None:
    """The sites first seen in the period, and those that have been silent for eight weeks."""
    t, window = frame.locale.t, frame.window
    st.subheader(t("First seen in this period"))
    if known.span is None or known.span.first > window.first - SILENT:
        st.caption(t("The eight weeks before are not known, so that no site can be called new."))
    else:
        _seen(frame, slice_, known.new(window))
    st.subheader(t("Silent for eight weeks"))
    st.caption(t("Of the last {n} days, with the visits they sent.", n=LOOK_BACK.days))
    lost = known.lost(window.last - LOOK_BACK).head(LISTED)
    days = zip(lost["member"], lost["last"], strict=True)
    _seen(frame, slice_, lost, {member: t("last seen {day}", day=day.date()) for member, day in days})


def _seen(frame: Frame, slice_: Slice, rows: pd.DataFrame, notes: dict[str, str] | None = None) -> None:
    if rows.empty:
        st.caption(frame.locale.t("No site."))
        return
    rows_list(frame, rows, frame.locale.t("Site"), slice_.name, slice_.metrics[:1], notes or {})
