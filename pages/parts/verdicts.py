"""Objectives in words: what is aimed at, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from data.objectives import stated
from i18n import Locale
from metrics.aims import House
from metrics.model import N_
from metrics.objectives import progress
from metrics.progress import BAD, GOOD, Progress, Standing
from pages.parts.frame import Frame
from wording.objectives import VERDICTS, period_name, scope_name, target

COUNTED = {
    Standing.MISSED: N_("missed: {n}"),
    Standing.AT_RISK: N_("at risk: {n}"),
    Standing.BEHIND: N_("off target so far: {n}"),
    Standing.OPEN: N_("may go either way: {n}"),
    Standing.AHEAD: N_("on target so far: {n}"),
    Standing.ON_TRACK: N_("on track: {n}"),
    Standing.MET: N_("met: {n}"),
    Standing.UNKNOWN: N_("not known yet: {n}"),
}


def house(frame: Frame) -> House:
    """The brand whose objectives these are."""
    return House(tuple(account.key for account in frame.accounts), frame.scope.words, frame.brand.week_start)


def today(frame: Frame) -> date:
    """The day it is where the brand lives."""
    return datetime.now(ZoneInfo(frame.brand.zone)).date()


def told_on(frame: Frame, day: date) -> list[Progress]:
    """How far each objective is in the period that holds a day."""
    with frame.store.read() as cursor:
        return progress(cursor, stated(cursor), day, house(frame))


def objectives_lead(frame: Frame, told: Sequence[Progress]) -> None:
    """The answer of the page: how many objectives stand how."""
    locale = frame.locale
    counts = {standing: sum(one.standing is standing for one in told) for standing in COUNTED}
    parts = [locale.t(text, n=counts[standing]) for standing, text in COUNTED.items() if counts[standing]]
    said = locale.t("Objectives: {n}; {parts}.", n=len(told), parts=locale.listing(parts))
    wrong = [
        f"{locale.t(one.metric.name)} ({period_name(locale, one.objective.aim.period, one.window)})"
        for one in told if one.standing in BAD
    ]  # fmt: skip
    if wrong:
        said += " " + locale.t("To look at: {names}.", names=locale.listing(dict.fromkeys(wrong)))
    st.html(f'<p class="v-lead">{escape(said)}</p>')


def objectives_list(frame: Frame, told: Sequence[Progress]) -> None:
    """Each objective in a line, with its verdict; the rest stands on the page Objectives."""
    locale = frame.locale
    if not told:
        return
    rows = []
    for one in told:
        reached = locale.value(one.actual, one.metric.unit)
        about_it = " · ".join(
            filter(None, [locale.t(one.metric.name), scope_name(locale, one.objective.aim, frame.name)])
        )
        when = period_name(locale, one.objective.aim.period, one.window)
        aimed = target(locale, one.objective, one.metric.unit)
        rows.append(
            f"<tr><td>{verdict(locale, one)}</td><td>{escape(about_it)}<br>"
            f'<span class="v-about">{escape(when)}</span></td><td class="v-num">{escape(reached)}</td>'
            f"<td>{escape(aimed)}</td></tr>"
        )
    heads = (locale.t("Objective"), "", locale.t("So far"), locale.t("Target"))
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    st.html(f'<table class="v-list"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>')
    st.page_link("pages/objectives.py", label=locale.t("What each may come to, and what it takes"))


def verdict(locale: Locale, told: Progress) -> str:
    """HTML of the verdict: a sign and a word, and a colour beside them."""
    kind = "v-good" if told.standing in GOOD else "v-bad" if told.standing in BAD else ""
    return f'<span class="{kind}">{escape(locale.t(VERDICTS[told.standing]))}</span>'
