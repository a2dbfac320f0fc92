"""Objectives as their reader meets them: the verdict in words, the figures behind it, and the doubts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.objectives import Direction, Objective
from i18n import ABSENT, Locale
from metrics.doubts import Doubt
from metrics.model import Unit
from metrics.progress import Progress
from pages.parts.bullet import bullet
from pages.parts.cards import chips
from pages.parts.frame import Frame
from pages.parts.verdicts import verdict
from wording.objectives import about, member_of, period_name
from wording.progress import ahead, reached, takes

SHOWN = 6  # earlier periods


def objective_card(frame: Frame, told: Progress, doubts: Sequence[Doubt], key: str) -> None:
    """One objective: its verdict, its bar, what it takes, and the periods before."""
    locale = frame.locale
    left, right = st.columns((5, 3), gap="large")
    with left:
        sentences = [*reached(locale, told), *ahead(locale, told), *takes(locale, told)]
        name = about(locale, told.objective, told.metric, frame.name)
        st.html(
            f'<div class="v-aim"><div class="v-name">{escape(name)}</div>'
            f'<div class="v-verdict">{verdict(locale, told)}</div>'
            f"{''.join(f'<p>{escape(one)}</p>' for one in sentences)}"
            f"{chips(locale, told.reading) if told.reading else ''}</div>"
        )
        if told.actual is not None:
            bullet(locale, told, f"bullet_{key}", " ".join(sentences))
        notes = [*_notes(frame, told), *(doubted(frame, doubt) for doubt in doubts)]
        if notes:
            st.html("".join(f'<p class="v-note">{escape(note)}</p>' for note in notes))
    with right:
        _before(frame, told)


def doubted(frame: Frame, doubt: Doubt) -> str:
    """A doubt in words."""
    locale = frame.locale
    figures = {name: locale.value(value, doubt.unit) for name, value in doubt.figures.items()}
    other = about(locale, doubt.other.objective, doubt.other.metric, frame.name) if doubt.other else ""
    return locale.t(doubt.text, n=doubt.n, other=other, **figures)


def _notes(frame: Frame, told: Progress) -> list[str]:
    """What has to be known of the figures."""
    t, notes = frame.locale.t, []
    if told.missing:
        notes.append(
            t("Days that no export states, which are no zeros: {n}. They count as still to come.", n=told.missing)
        )
    if told.left_out:
        names = frame.locale.listing(member_of(one, frame.name) for one in sorted(told.left_out))
        notes.append(t("Left out, as they do not state every day or nothing more: {names}.", names=names))
    return notes


def _before(frame: Frame, told: Progress) -> None:
    """The periods before, each with what was aimed at then."""
    locale, unit = frame.locale, told.metric.unit
    known = [one for one in told.before if one.value is not None][-SHOWN:][::-1]
    if not known:
        st.html(f'<p class="v-note">{escape(locale.t("No earlier period is known as a whole."))}</p>')
        return
    rows = []
    for one in known:
        assert one.value is not None
        period = period_name(locale, told.objective.aim.period, one.window)
        aimed = _short(locale, one.objective, unit) if one.objective else ABSENT
        met = "" if not one.objective else locale.t("✓ met") if one.objective.met(one.value) else locale.t("✗ missed")
        cells = (escape(locale.value(one.value, unit)), escape(aimed), f'<span class="v-whole">{escape(met)}</span>')
        rows.append(
            f'<tr><td>{escape(period)}</td><td class="v-num">{cells[0]}</td><td>{cells[1]}</td><td>{cells[2]}</td></tr>'
        )
    heads = (locale.t("Before"), locale.t("Came to"), locale.t("Target then"))
    classes = ("", ' class="v-num"', "")
    head = "".join(f"<th{one}>{escape(text)}</th>" for one, text in zip(classes, heads, strict=True))
    st.html(f'<table class="v-list"><thead><tr>{head}<th></th></tr></thead><tbody>{"".join(rows)}</tbody></table>')


def _short(locale: Locale, objective: Objective, unit: Unit) -> str:
    """What was aimed at, in signs."""
    low, high = (locale.value(bound, unit) for bound in (objective.low, objective.high))
    match objective.direction:
        case Direction.AT_LEAST:
            return f"≥ {low}"
        case Direction.AT_MOST:
            return f"≤ {high}"
    return f"{low} – {high}"
