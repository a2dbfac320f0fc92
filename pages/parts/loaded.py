"""What is loaded: the files, newest first; the problems of one, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.checks import compared
from data.model import Message
from data.store import ExportInfo
from i18n import ABSENT
from pages.parts.frame import Frame
from pages.parts.fresh import account
from pages.parts.questions import DAY_FORMAT
from metrics.model import Unit
from pages.parts.samples import problems_table
from pages.parts.tables import height, written

DATE_WIDTH = 92  # pixels; so all columns stand beside each other on a laptop


def loaded_table(frame: Frame, exports: Sequence[ExportInfo], formats: Mapping[str, Message]) -> ExportInfo | None:
    """Every file that is loaded, and the one that is selected; `formats` says what each connector is called."""
    locale, zone = frame.locale, ZoneInfo(frame.brand.zone)
    t = locale.t
    newest = sorted(exports, key=lambda e: (e.loaded_at, e.name), reverse=True)
    loaded_at = pd.to_datetime([e.loaded_at for e in newest]).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    shown = pd.DataFrame(
        {
            "file": [e.name for e in newest],
            "account": [locale.listing(account(frame, a.key) for a in e.accounts) for e in newest],
            "format": [t(formats[e.connector]) for e in newest],
            "first": [e.first_day for e in newest],
            "last": [e.last_day for e in newest],
            "as_of": [e.as_of for e in newest],
            "loaded_at": loaded_at,
            "rows": [e.statements for e in newest],
            "problems": [e.problems for e in newest],
        }
    )
    config = {
        "file": st.column_config.TextColumn(t("File"), width=160),
        "account": st.column_config.TextColumn(t("Account"), width=140),
        "format": st.column_config.TextColumn(t("Format"), width=140),
        "first": st.column_config.DateColumn(t("From"), format=DAY_FORMAT, width=DATE_WIDTH),
        "last": st.column_config.DateColumn(t("To"), format=DAY_FORMAT, width=DATE_WIDTH),
        "as_of": st.column_config.DateColumn(t("Exported on"), format=DAY_FORMAT, width=DATE_WIDTH),
        "loaded_at": st.column_config.DatetimeColumn(t("Loaded on"), format=DAY_FORMAT, width=DATE_WIDTH),
        "rows": st.column_config.NumberColumn(t("Rows"), width=60),
        "problems": st.column_config.NumberColumn(t("Problems"), width=86),
    }
    event = st.dataframe(
        written(locale, shown, {"rows": Unit.COUNT, "problems": Unit.COUNT}),
        hide_index=True, height=height(len(newest), 10), column_config=config,
        on_select="rerun", selection_mode="single-row", key=f"loaded_{frame.version}",
        alt=t("The files that are loaded, the newest first."), placeholder=ABSENT,
    )  # fmt: skip
    rows = event["selection"]["rows"]
    return newest[rows[0]] if rows else None


def one_loaded(frame: Frame, info: ExportInfo, own: bool) -> bool:
    """A loaded file's problems, and whether its user now wants it forgotten, said twice."""
    t = frame.locale.t
    asked = f"forget_{info.id}"
    with st.container(border=True, key="one_loaded"):
        st.text(info.name)
        if info.problems:
            st.caption(t("Left out when it was read, {n} in all:", n=info.problems))
            problems_table(frame.locale, frame.store.problems(info.id), f"problems_of_{info.id[:12]}")
        else:
            st.caption(t("All of it could be read."))
        if checks := frame.store.checks(info.id):
            st.caption(" ".join(map(t, compared(checks))))
        if not own:
            return False
        if not st.session_state.get(asked):
            if st.button(t("Forget this file"), key="forget"):
                st.session_state[asked] = True
                st.rerun()
            return False
        st.warning(
            t(
                "Its figures and its kept copy go. Where an older file states the same days or posts, "
                "its values come back."
            )
        )
        with st.container(horizontal=True):
            sure = st.button(t("Yes, forget it"), type="primary", key="forget_sure")
            if st.button(t("Keep it"), key="forget_not") or sure:
                del st.session_state[asked]
                if not sure:
                    st.rerun()
        return sure
