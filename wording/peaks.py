"""Peaks in words: when, of what, how large, and what may have made them or did."""

from __future__ import annotations

from collections.abc import Sequence

from i18n import Locale
from i18n.figures import NO_BREAK
from metrics.causes import Cause, Why
from metrics.dossier import Candidate, Dossier, Kind
from metrics.model import N_, Unit
from metrics.remarkable import Remarkable
from metrics.said import Said, cause_of
from metrics.tracking import Sign, Tracking
from metrics.watched import Peak, Watched
from metrics.watched_hours import Hour, bulk
from wording.names import CATEGORY_NAMES, member_name, network_name, short

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


def series_name(locale: Locale, one: Watched) -> str:
    """A series as it is called: its figure and its account."""
    return f"{locale.t(one.metric.name)} · {network_name(one.account.partition(':')[0])}"


def when(locale: Locale, peak: Peak) -> str:
    """The days of a peak."""
    return locale.span(peak.window) if peak.window.days > 1 else locale.day(peak.window.first)


def size(locale: Locale, peak: Peak) -> str:
    """How much more than expected, or less: a triangle, a sign and a share."""
    day = peak.day
    if day.size is None or day.expected is None:
        return ""
    share = f" ({locale.change(day.size / day.expected)})" if day.expected >= 1 else ""
    return f"{'▲' if peak.up else '▼'}{NO_BREAK}{locale.signed(round(day.size))}{share}"


def of_expected(locale: Locale, peak: Peak) -> str:
    """The value of the day that stands out most, beside what was expected; which day it is, where there are several."""
    day = peak.day
    value, expected, low, high = (
        locale.value(None if one is None else round(one), peak.watched.metric.unit)
        for one in (day.value, day.expected, day.low, day.high)
    )  # fmt: skip
    about = locale.t(
        "{value}, for {expected} expected ({low} to {high})", value=value, expected=expected, low=low, high=high
    )
    if peak.window.days > 1 and not peak.weekly:
        about = locale.t("{day}: {figures}", day=day.day, figures=about)
    return about


def against(locale: Locale, hour: Hour) -> str:
    """The visits of an hour, beside what was expected of it."""
    value, expected, low, high = (
        locale.value(None if one is None else round(one), Unit.COUNT)
        for one in (hour.value, hour.expected, hour.low, hour.high)
    )  # fmt: skip
    return locale.t(
        "{value}, for {expected} expected ({low} to {high})", value=value, expected=expected, low=low, high=high
    )


def at_hour(locale: Locale, hour: Hour) -> str:
    """The day and the hour."""
    day = f"{locale.weekday(hour.at.date())} {locale.day(hour.at.date())}"
    return locale.t("{day}, {first}:00 to {last}:59", day=day, first=str(hour.at.hour), last=str(hour.at.hour))


def bulk_told(locale: Locale, hours: Sequence[Hour]) -> str | None:
    """At which hours most of a peak came."""
    found = bulk(hours)
    if found is None:
        return None
    return locale.t(
        "Half of the difference came from {first}:00 to {last}:59.", first=str(found[0]), last=str(found[1])
    )


def title(locale: Locale, peak: Peak) -> str:
    """A peak in a line."""
    return f"{when(locale, peak)} · {series_name(locale, peak.watched)} {size(locale, peak)}"


def cause_told(locale: Locale, case: Dossier, said: Said) -> str:
    """The cause that people have stated; else that there is none, and what it may be."""
    cause = cause_of(case.peak, said)
    if cause and cause.cause:
        return cause.cause
    if case.candidates:
        return locale.t("Not explained. Perhaps: {cause}", cause=sentence(locale, case.candidates[0], case))
    return locale.t("Not explained")


def sentence(locale: Locale, one: Candidate, found: Dossier) -> str:
    """A candidate cause in words, with its share where it is known."""
    match one.kind:
        case Kind.TRACKING if one.tracking:
            return locale.t("Probably not counted, rather than not there: {signs}.", signs=_signs(locale, one.tracking))
        case Kind.ANNOTATION if one.annotation:
            note = one.annotation
            return locale.t(
                "{category}: {text} ({window}).", category=locale.t(CATEGORY_NAMES[note.category]), text=note.text,
                window=note.window,
            )  # fmt: skip
        case Kind.PARTS if one.cause:
            return _part(locale, one.cause, found.of_visits)
        case Kind.POST if one.post:
            return _post(locale, one.post)
        case Kind.HOLIDAY if one.day_off:
            return locale.t("Public holiday: {name} ({day}).", name=one.day_off.name, day=one.day_off.day)
        case _:
            return locale.t("Across the board: nothing stands out among channels, pages and countries.")


def _signs(locale: Locale, told: Tracking) -> str:
    first, last = told.hours or (0, 0)
    return locale.listing([locale.t(SIGNS[sign], first=str(first), last=str(last)) for sign in told.signs])


def _part(locale: Locale, cause: Cause, of_visits: bool) -> str:
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


def _post(locale: Locale, post: Remarkable) -> str:
    text = " ".join((post.text or "").split()) or locale.t("(no text)")
    said = (
        N_("{network}, {day}: “{text}” drew {times} times the usual comments.")
        if post.talked_of
        else N_("{network}, {day}: “{text}” was seen {times} times as often as is usual.")
    )
    times = post.times_comments if post.talked_of else post.times_seen
    network = network_name(post.account.partition(":")[0])
    return locale.t(said, network=network, day=post.day, text=short(text, 56), times=locale.number(times, 1))


def why_not(locale: Locale, found: Dossier) -> str | None:
    """Why there is no candidate."""
    if found.candidates:
        return None
    if found.explained.why is Why.FEW:
        return locale.t("Too few events to tell where the difference comes from.")
    return locale.t("Nothing that is known of these days explains it.")
