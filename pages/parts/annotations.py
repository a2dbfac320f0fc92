"""Annotations: what happened on which days, as people state it; their list and forms, on every page with charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.model import CATEGORIES, LONGEST_TEXT, Annotation, Noted, UserError, Window, says
from pages.parts.frame import EARLIEST, LATEST, Frame
from pages.parts.plain import plain
from wording.names import CATEGORY_NAMES

WIDTH = 460


def notes_here(frame: Frame, shown: Window, day: date | None = None) -> None:
    """What is noted of the days shown, with the means to change it, to take it back, and to note more of a `day`.

    Folded away, as it is the charts that show it.
    """
    notes = frame.store.annotations()
    inside = [note for note in notes if note.window.last >= shown.first and note.window.first <= shown.last]
    with st.expander(frame.locale.t("Annotations ({n})", n=len(inside)), key="annotations"):
        st.caption(
            frame.locale.t("What happened, and when: it stands on the charts, and is proposed as the cause of a peak.")
        )
        try:
            changed = _list(frame, inside) or _new(frame, day or min(frame.window.last, shown.last))
        except UserError as error:
            st.error(plain(frame.locale.t(error.message)))
            return
    if changed:
        st.rerun()


def _list(frame: Frame, notes: Sequence[Annotation]) -> bool:
    """The annotations, each with its form and a button that takes it back; whether something was just changed."""
    locale = frame.locale
    for note in notes:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            about = f"{locale.span(note.window)} · {locale.t(CATEGORY_NAMES[note.category])} · {note.text}"
            st.markdown(plain(about), width=WIDTH)
            with st.popover(locale.t("Change"), key=f"change_{note.id}", on_change="rerun", type="tertiary") as more:
                if more.open and (noted := _form(frame, note.id, note)):
                    frame.store.change_annotation(note.id, noted)
                    return True
            if st.button(locale.t("Take back"), key=f"forget_{note.id}", type="tertiary"):
                frame.store.forget_annotation(note.id)
                return True
    return False


def _new(frame: Frame, day: date) -> bool:
    """The form for a new annotation; whether one was just noted."""
    times = st.session_state.get("times_noted", 0)  # a form of its own each time: one that is refused keeps its words
    noted = _form(frame, f"note_{times}" if times else "note", Annotation("", Window(day, day), CATEGORIES[0], ""))
    if noted:
        frame.store.annotate(noted)
        st.session_state["times_noted"] = times + 1
    return noted is not None


def _form(frame: Frame, key: str, note: Annotation) -> Noted | None:
    """What the user has just said in a form that begins with what is known of a note."""
    t, last = frame.locale.t, None if note.window.days == 1 else note.window.last
    with st.form(f"annotation_{key}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = st.date_input(
                t("From"), note.window.first, EARLIEST, LATEST, key=f"{key}_first", format="DD/MM/YYYY", width=150
            )
            until = st.date_input(t("Until"), last, EARLIEST, LATEST, key=f"{key}_last", format="DD/MM/YYYY", width=150)
            category = st.selectbox(
                t("Category"), CATEGORIES, CATEGORIES.index(note.category), key=f"{key}_category", width=160,
                format_func=lambda one: t(CATEGORY_NAMES[one]),
            )  # fmt: skip
        text = st.text_input(t("What happened"), note.text, key=f"{key}_text", width=WIDTH, max_chars=LONGEST_TEXT)
        saved = st.form_submit_button(t("Save") if note.id else t("Note it"))
    if not saved:
        return None
    if not isinstance(first, date):
        raise UserError(says("Say on which day it began."))
    return Noted(first, until if isinstance(until, date) else first, category or CATEGORIES[-1], text)
