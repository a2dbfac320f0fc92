"""Annotations: what happened on which days, as people state it; their list and their form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from data.model import CATEGORIES, Annotation
from pages.parts.frame import EARLIEST, LATEST, Frame
from pages.parts.plain import plain
from wording.names import CATEGORY_NAMES

WIDTH = 460


class Noted(NamedTuple):
    """What the user has just noted."""

    first: date
    last: date
    category: str
    text: str


def annotations_list(frame: Frame, notes: Sequence[Annotation]) -> str | None:
    """The annotations, each with a button that takes it back; the id of the one whose button was just pressed."""
    locale = frame.locale
    for note in notes:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            about = f"{locale.span(note.window)} · {locale.t(CATEGORY_NAMES[note.category])} · {note.text}"
            st.markdown(plain(about), width=WIDTH)
            if st.button(locale.t("Take back"), key=f"forget_{note.id}", type="tertiary"):
                return note.id
    return None


def annotation_form(frame: Frame, day: date) -> Noted | None:
    """What the user has just noted of a day or a span of days; `day` is proposed."""
    t = frame.locale.t
    with st.form("annotation", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = st.date_input(t("From"), day, EARLIEST, LATEST, key="note_first", format="DD/MM/YYYY", width=150)
            last = st.date_input(t("Until"), None, EARLIEST, LATEST, key="note_last", format="DD/MM/YYYY", width=150)
            category = st.selectbox(
                t("Category"), CATEGORIES, format_func=lambda key: t(CATEGORY_NAMES[key]), key="note_category",
                width=160,
            )  # fmt: skip
        text = st.text_input(t("What happened"), key="note_text", width=WIDTH, max_chars=500)
        saved = st.form_submit_button(t("Note it"))
    if not saved or not isinstance(first, date):
        return None
    return Noted(first, last if isinstance(last, date) else first, category or CATEGORIES[-1], text)
