"""The report that the reader of its page asks for: which week, in which edition and language, with which words of its
author. It is made once for what the brand knows and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from data.model import Publication, Window
from i18n import LANGUAGES
from metrics.model import N_
from metrics.registry import families
from metrics.windows import last_complete_week
from pages.parts.frame import Frame, chosen
from pages.parts.toolbar import back_to
from pages.parts.watching import watching
from reports.build import ON_THE_PAGE, report
from reports.given import Asked, given, key_of
from reports.model import Edition, Report
from reports.pdf import preview

EDITIONS = {Edition.LEADERSHIP: N_("One page"), Edition.FULL: N_("Every figure")}
LONGEST = 2000  # characters of what its author adds
Known = tuple[str, int]


def asked_for(frame: Frame) -> Asked:
    """Which report is asked for: the week among those that are over and known, the newest first; edition; language."""
    locale, t = frame.locale, frame.locale.t
    weeks = {key_of(one): one for one in _weeks(frame)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        week = chosen(
            "week", list(weeks), next(iter(weeks)), st.selectbox, label=t("Week"), width=340,
            format_func=lambda key: f"{locale.week(weeks[key].first)} · {locale.span(weeks[key])}",
        )  # fmt: skip
        edition = chosen(
            "edition", list(EDITIONS), Edition.LEADERSHIP, st.segmented_control, label=t("Edition"), required=True,
            format_func=lambda one: t(EDITIONS[one]), width="content",
        )  # fmt: skip
        language = chosen(
            "report_in", list(LANGUAGES), locale.code, st.segmented_control, label=t("Language of the report"),
            required=True, format_func=LANGUAGES.__getitem__, width="content",
        )  # fmt: skip
    return Asked(weeks[week], language, edition)


def _weeks(frame: Frame) -> list[Window]:
    yesterday = date.today() - timedelta(days=1)
    known = frame.known or frame.window
    return back_to(known.first, last_complete_week(min(known.last, yesterday), frame.brand.week_start))


def written(frame: Frame, asked: Asked, before: Sequence[Publication]) -> Asked:
    """The same with what its author writes: at first what that week's report said when it was last published."""
    t = frame.locale.t
    same = [one for one in before if (one.week, one.language) == (asked.week, asked.language)]
    last = same[-1] if same else None
    return replace(
        asked,
        comment=_text(frame, asked, "comment", t("Comment"), last.comment if last else ""),
        decision=_text(frame, asked, "decision", t("Decision requested"), last.decision if last else ""),
    )


def picked(frame: Frame, asked: Asked) -> Asked:
    """The same with the figures that its author wants on the page, and the one of the large chart."""
    t, kept = frame.locale.t, f"_{frame.brand.slug}"
    names = {metric.key: t(metric.name) for _, group in families() for metric in group}
    with st.expander(t("Choose the figures")):
        figures = st.multiselect(
            t("Figures on the page"), list(names), format_func=names.__getitem__, max_selections=ON_THE_PAGE,
            placeholder=t("The usual ones that are stated"), key=f"report_figures{kept}", persist_state="session",
        )  # fmt: skip
        chart = st.selectbox(
            t("Figure of the large chart"), list(names), index=None, format_func=names.__getitem__,
            placeholder=t("The first of the page"), key=f"report_chart{kept}", persist_state="session",
        )  # fmt: skip
    return replace(asked, metrics=tuple(figures), charted=chart or "")


def _text(frame: Frame, asked: Asked, what: str, label: str, default: str) -> str:
    """What is written in a field, kept for each week and language."""
    key = f"report_{what}_{frame.brand.slug}_{key_of(asked.week)}_{asked.language}"
    st.session_state.setdefault(key, default)
    return st.text_area(label, key=key, height=100, max_chars=LONGEST, persist_state="session") or ""


def report_of(frame: Frame, asked: Asked) -> Report:
    """The report that is asked for."""
    return _report(frame, _known(frame), asked)


def printed(frame: Frame, asked: Asked) -> tuple[bytes, ...]:
    """Its pages as they will be printed, as PNG. Raises UserError where it does not fit on the one page."""
    return _printed(frame, _known(frame), asked)


def _known(frame: Frame) -> Known:
    return str(frame.store.folder), frame.version


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs={Asked: repr})
def _report(_frame: Frame, known: Known, asked: Asked) -> Report:
    series = watching(replace(_frame, window=asked.week))
    with _frame.store.read() as cursor:
        return report(cursor, given(_frame.store), asked, series)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs={Asked: repr})
def _printed(_frame: Frame, known: Known, asked: Asked) -> tuple[bytes, ...]:
    return tuple(preview(_report(_frame, known, asked)))
