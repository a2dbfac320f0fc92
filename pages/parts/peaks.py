"""Peaks in words: the list of them, what may have made one, and the form on which people say what it was."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.model import PeakCause, Stated
from i18n.figures import NO_BREAK
from metrics.causes import Cause, Why
from metrics.dossier import Candidate, Dossier, Kind
from metrics.model import N_, Good
from metrics.remarkable import Remarkable
from metrics.said import Said, cause_of, explained
from metrics.tracking import Sign, Tracking
from metrics.watched import Peak, Watched
from pages.parts.annotations import CATEGORY_NAMES
from pages.parts.frame import Frame
from pages.parts.names import member_name, network_name
from pages.parts.plain import plain

DIMENSIONS = {
    "channel": N_("Channel"), "source": N_("Source"), "campaign": N_("Campaign"), "landing": N_("Landing page"),
    "page": N_("Page"), "country": N_("Country"), "device": N_("Device"), "event": N_("Key event"),
    "query": N_("Query"),
}  # fmt: skip
SIGNS = {
    Sign.NOTHING: N_("not one visit was counted all day"),
    Sign.HOURS: N_("no visit was counted from {first}:00 to {last}:59"),
    Sign.CLICKS: N_("the search engine sent as many visitors as usual"),
    Sign.ALIKE: N_("all channels fell alike"),
}
OTHER, UNEXPLAINED = "other", "unexplained"


def series_name(frame: Frame, one: Watched) -> str:
    """A series as it is called: its figure and its account."""
    return f"{frame.locale.t(one.metric.name)} · {network_name(one.account.partition(':')[0])}"


def when(frame: Frame, peak: Peak) -> str:
    """The days of a peak."""
    return frame.locale.span(peak.window) if peak.window.days > 1 else frame.locale.day(peak.window.first)


def size(frame: Frame, peak: Peak) -> str:
    """How much more than expected, or less: a triangle, a sign and a share."""
    locale, day = frame.locale, peak.day
    if day.size is None or day.expected is None:
        return ""
    share = f" ({locale.change(day.size / day.expected)})" if day.expected >= 1 else ""
    return f"{'▲' if peak.up else '▼'}{NO_BREAK}{locale.signed(round(day.size))}{share}"


def title(frame: Frame, peak: Peak) -> str:
    """A peak in a line."""
    return f"{when(frame, peak)} · {series_name(frame, peak.watched)} {size(frame, peak)}"


def peaks_list(frame: Frame, cases: Sequence[Dossier], said: Said, caption: str) -> None:
    """Peaks as a list: what and when, its cause or the likeliest candidate; size, expected, strength."""
    locale, rows = frame.locale, []
    for case in cases:
        peak, day = case.peak, case.peak.day
        told = _told(frame, case, said)
        value, expected, low, high = (
            locale.value(None if one is None else round(one), peak.watched.metric.unit)
            for one in (day.value, day.expected, day.low, day.high)
        )  # fmt: skip
        about = locale.t(
            "{value}, for {expected} expected ({low} to {high})", value=value, expected=expected, low=low, high=high
        )
        if peak.window.days > 1 and not peak.weekly:
            about = locale.t("{day}: {figures}", day=day.day, figures=about)
        if day.strength is not None:
            about += " · " + locale.t("{n} times the usual spread", n=locale.number(abs(day.strength), 1))
        good = _tone(peak)
        rows.append(
            f'<tr role="row"><td><span class="v-about">{escape(when(frame, peak))}</span><br>'
            f"{escape(series_name(frame, peak.watched))}<br>"
            f'<span class="v-about">{escape(about)}</span><br>{escape(told)}</td>'
            f'<td class="v-num"><span class="{good}">{escape(size(frame, peak))}</span></td></tr>'
        )
    st.html(
        f'<table class="v-list"><caption class="v-hidden">{escape(caption)}</caption><thead><tr role="row">'
        f'<th scope="col">{escape(locale.t("Peak, and its cause"))}</th>'
        f'<th scope="col" class="v-num">{escape(locale.t("Against expected"))}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _told(frame: Frame, case: Dossier, said: Said) -> str:
    """The cause that people have stated; else that there is none, and what it may be."""
    cause = cause_of(case.peak, said)
    if cause and cause.cause:
        return cause.cause
    if case.candidates:
        return frame.locale.t("Not explained. Perhaps: {cause}", cause=sentence(frame, case.candidates[0], case))
    return frame.locale.t("Not explained")


def _tone(peak: Peak) -> str:
    good = peak.watched.metric.good
    return "" if good is Good.NEITHER else "v-good" if peak.up == (good is Good.UP) else "v-bad"


def sentence(frame: Frame, one: Candidate, found: Dossier) -> str:
    """A candidate cause in words, with its share where it is known."""
    locale = frame.locale
    match one.kind:
        case Kind.TRACKING if one.tracking:
            return locale.t("Probably not counted, rather than not there: {signs}.", signs=_signs(frame, one.tracking))
        case Kind.ANNOTATION if one.annotation:
            note = one.annotation
            return locale.t(
                "{category}: {text} ({window}).", category=locale.t(CATEGORY_NAMES[note.category]), text=note.text,
                window=note.window,
            )  # fmt: skip
        case Kind.PARTS if one.cause:
            return _part(frame, one.cause, found.of_visits)
        case Kind.POST if one.post:
            return _post(frame, one.post)
        case Kind.HOLIDAY if one.day_off:
            return locale.t("Public holiday: {name} ({day}).", name=one.day_off.name, day=one.day_off.day)
        case _:
            return locale.t("Across the board: nothing stands out among channels, pages and countries.")


def _signs(frame: Frame, told: Tracking) -> str:
    first, last = told.hours or (0, 0)
    return frame.locale.listing([frame.locale.t(SIGNS[sign], first=str(first), last=str(last)) for sign in told.signs])


def _part(frame: Frame, cause: Cause, of_visits: bool) -> str:
    locale = frame.locale
    named = " · ".join(
        locale.t("{dimension} “{member}”", dimension=locale.t(DIMENSIONS[one]), member=member_name(locale, one, member))
        for one, member in cause.where
    )  # fmt: skip
    text = (
        N_("{part}: {actual} visits, for {expected} expected; {share} of the difference.")
        if of_visits
        else N_("{part}: {actual}, for {expected} expected; {share} of the difference.")
    )
    return locale.t(
        text, part=named, actual=locale.number(round(cause.actual)), expected=locale.number(round(cause.expected)),
        share=locale.percent(cause.share, 0),
    )  # fmt: skip


def _post(frame: Frame, post: Remarkable) -> str:
    locale = frame.locale
    text = " ".join((post.text or "").split()) or locale.t("(no text)")
    short = text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + "…"
    said = (
        N_("{network}, {day}: “{text}” drew {times} times the usual comments.")
        if post.talked_of
        else N_("{network}, {day}: “{text}” was seen {times} times as often as is usual.")
    )
    times = post.times_comments if post.talked_of else post.times_seen
    network = network_name(post.account.partition(":")[0])
    return locale.t(said, network=network, day=post.day, text=short, times=locale.number(times, 1))


def why_not(frame: Frame, found: Dossier) -> str | None:
    """Why there is no candidate."""
    if found.candidates:
        return None
    if found.explained.why is Why.FEW:
        return frame.locale.t("Too few events to tell where the difference comes from.")
    return frame.locale.t("Nothing that is known of these days explains it.")


def cause_form(frame: Frame, found: Dossier, said: Said) -> list[PeakCause]:
    """What the user has just said of a peak, and of those beside it where that explains them too; nothing before."""
    locale, peak = frame.locale, found.peak
    t = locale.t
    proposed = {f"c{n}": sentence(frame, one, found) for n, one in enumerate(found.candidates)}
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
            names = locale.listing([series_name(frame, one.watched) for one in also])
            too = st.checkbox(plain(t("It also explains: {series}", series=names)), True, key=f"too_{name}")
        saved = st.form_submit_button(t("Save"))
    if not saved:
        return []
    status = {OTHER: Stated.WRITTEN, UNEXPLAINED: Stated.UNEXPLAINED}.get(picked or UNEXPLAINED, Stated.CONFIRMED)
    cause = written if status is Stated.WRITTEN else proposed.get(picked or "")
    about = [peak, *also] if too and status is not Stated.UNEXPLAINED else [peak]
    return [
        PeakCause(one.watched.key, one.day.day, status, cause, one.day.value, one.day.expected)
        for one in about if one.day.value is not None and one.day.expected is not None
    ]  # fmt: skip
