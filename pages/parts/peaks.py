"""Peaks in words: the list of them, what may have made one, and the form on which people say what it was."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.model import PeakCause, Stated
from i18n.figures import NO_BREAK
from metrics.dossier import Dossier
from metrics.model import Good
from metrics.said import Said, cause_of, explained
from metrics.watched import Peak
from metrics.watched_hours import Hour
from pages.parts.frame import Frame
from wording.peaks import against, at_hour, cause_told, of_expected, sentence, series_name, size, when
from pages.parts.plain import plain

OTHER, UNEXPLAINED = "other", "unexplained"


def peaks_list(frame: Frame, cases: Sequence[Dossier], said: Said, caption: str) -> None:
    """Peaks as a list: what and when, its cause or the likeliest candidate; size, expected, strength."""
    locale, rows = frame.locale, []
    for case in cases:
        peak, day = case.peak, case.peak.day
        told = cause_told(locale, case, said)
        about = of_expected(locale, peak)
        if day.strength is not None:
            about += " · " + locale.t("{n} times the usual spread", n=locale.number(abs(day.strength), 1))
        good = _tone(peak)
        rows.append(
            f'<tr role="row"><td><span class="v-about">{escape(when(locale, peak))}</span><br>'
            f"{escape(series_name(locale, peak.watched))}<br>"
            f'<span class="v-about">{escape(about)}</span><br>{escape(told)}</td>'
            f'<td class="v-num"><span class="{good}">{escape(size(locale, peak))}</span></td></tr>'
        )
    st.html(
        f'<table class="v-list v-peaks"><caption class="v-hidden">{escape(caption)}</caption><thead><tr role="row">'
        f'<th scope="col">{escape(locale.t("Peak, and its cause"))}</th>'
        f'<th scope="col" class="v-num">{escape(locale.t("Against expected"))}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def hours_list(frame: Frame, hours: Sequence[Hour], caption: str) -> None:
    """Hours as a list: when, its visits beside what was expected, and by how much it differs."""
    locale, rows = frame.locale, []
    for hour in hours:
        about = against(locale, hour)
        if hour.strength is not None:
            about += " · " + locale.t("{n} times the usual spread", n=locale.number(abs(hour.strength), 1))
        arrow, tone = ("▲", "v-good") if hour.size > 0 else ("▼", "v-bad")
        rows.append(
            f'<tr role="row"><td>{escape(at_hour(locale, hour))}<br><span class="v-about">{escape(about)}</span></td>'
            f'<td class="v-num"><span class="{tone}">{arrow}{NO_BREAK}{escape(locale.signed(round(hour.size)))}'
            "</span></td></tr>"
        )
    st.html(
        f'<table class="v-list"><caption class="v-hidden">{escape(caption)}</caption><thead><tr role="row">'
        f'<th scope="col">{escape(locale.t("Hour"))}</th>'
        f'<th scope="col" class="v-num">{escape(locale.t("Against expected"))}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _tone(peak: Peak) -> str:
    good = peak.watched.metric.good
    return "" if good is Good.NEITHER else "v-good" if peak.up == (good is Good.UP) else "v-bad"


def cause_form(frame: Frame, found: Dossier, said: Said) -> list[PeakCause]:
    """What the user has just said of a peak, and of those beside it where that explains them too; nothing before."""
    locale, peak = frame.locale, found.peak
    t = locale.t
    proposed = {f"c{n}": sentence(locale, one, found) for n, one in enumerate(found.candidates)}
    options = {**proposed, OTHER: t("Something else, in your words"), UNEXPLAINED: t("Not explained: it comes back")}
    before = cause_of(peak, said)
    held = next((key for key, text in proposed.items() if before and before.cause == text), None)
    held = held or (OTHER if before and before.cause else next(iter(proposed), UNEXPLAINED))
    name = f"{peak.watched.key}_{peak.day.day}"
    also = [one for one in found.beside if one.up == peak.up and not explained(one, said)]
    with st.form(f"cause_{name}", border=True):
        picked = st.radio(
            t("What was it?"), list(options), index=list(options).index(held), key=f"picked_{name}",
            format_func=lambda key: plain(options[key]),
        )  # fmt: skip
        written = st.text_input(
            t("In your words"), before.cause if before and before.cause and held == OTHER else "",
            key=f"written_{name}", width=460, max_chars=500,
        )  # fmt: skip
        too = False
        if also:
            names = locale.listing([series_name(locale, one.watched) for one in also])
            too = st.checkbox(plain(t("It also explains: {series}", series=names)), True, key=f"too_{name}")
        saved = st.form_submit_button(t("Save"))
    if not saved:
        return []
    if written.strip() and written != (before.cause if before else None):
        picked = OTHER  # what one has just written is what one means, whatever is ticked above it
    status = {OTHER: Stated.WRITTEN, UNEXPLAINED: Stated.UNEXPLAINED}.get(picked or UNEXPLAINED, Stated.CONFIRMED)
    cause = written if status is Stated.WRITTEN else proposed.get(picked or "")
    about = [peak, *also] if too and status is not Stated.UNEXPLAINED else [peak]
    return [
        PeakCause(one.watched.key, one.day.day, status, cause, one.day.value, one.day.expected)
        for one in about if one.day.value is not None and one.day.expected is not None
    ]  # fmt: skip
