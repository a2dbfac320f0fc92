from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta
from html import escape

import streamlit as st

from data.model import UserError, Window
from metrics.model import N_
from metrics.said import explained
from metrics.signals import SILENCES, Silence
from metrics.verdict import judged_until
from metrics.watched import peaks
from pages.parts.annotations import notes_here
from pages.parts.banded import banded
from pages.parts.empty import when_empty
from pages.parts.frame import chosen
from pages.parts.hours import hours_of_a_day
from pages.parts.peaks import cause_form, hours_list, peaks_list
from pages.parts.plain import plain
from pages.parts.watching import VISITS, hours_of, watch, watching_hours
from wording.peaks import bulk_told, sentence, series_name, title, why_not

SHOWN = timedelta(days=90)
MOST_HOURS = 7
STILL_OPEN = timedelta(days=28)  # before the period, in which what is not explained comes back

when_empty(here)
t, window = here.locale.t, here.window
seen = watch(here, STILL_OPEN)
hourly = watching_hours(here, Window(window.first - STILL_OPEN, window.last))
series, found, back, cases, said, notes = seen.series, seen.found, seen.back, seen.cases, seen.said, seen.notes
if not series:
    st.html(f'<p class="v-lead">{escape(t("No export states a figure day by day, so no peak can be told."))}</p>')
    st.page_link("pages/sources.py", label=t("Go to Sources"))
    st.stop()
judged = sum(one.back.silence is None for one in series)
weekly = sum(bool(one.weeks) for one in series)
missing = sum(not explained(peak, said) for peak in found)
if len(found) > 1:
    text = (
        N_("{n} peaks in this period, all explained.")
        if not missing
        else N_("{n} peaks in this period, one of them not explained.")
        if missing == 1
        else N_("{n} peaks in this period, {missing} of them not explained.")
    )
    lead = t(text, n=len(found), missing=missing)
elif found:
    lead = t("One peak in this period, not explained.") if missing else t("One peak in this period, explained.")
elif any(judged_until(one, window) for one in series):
    lead = t("Nothing unusual in this period: no peak, up or down.")
else:
    lead = t("No day of {window} could be judged, so no peak is told.", window=window)
st.html(f'<p class="v-lead">{escape(lead)}</p>')
st.caption(
    t("{n} series are watched, each account by itself: {days} by day, {weeks} by week.",
      n=len(series), days=judged, weeks=weekly)
)  # fmt: skip
if found:
    peaks_list(here, seen.of(found), said, t("Peaks of the period"))
if back:
    st.subheader(t("Still not explained, from the four weeks before"))
    peaks_list(here, seen.of(back), said, t("Peaks of the four weeks before that nobody has explained"))

told = {peak.key: peak for peak in (*found, *back)}
peak = None
if told:
    st.subheader(t("What made it"))
    key = chosen(
        "peak", list(told), next(iter(told)), st.selectbox, label=t("Peak"),
        format_func=lambda one: title(here.locale, told[one]),
    )  # fmt: skip
    peak = told[key]
by_key = {one.key: one for one in series}
if peak is not None:
    case = cases[peak.key]
    for candidate in case.candidates:
        st.markdown(f"- {plain(sentence(here.locale, candidate, case))}")
    if reason := why_not(here.locale, case):
        st.write(reason)
    beside = [title(here.locale, one) for one in case.beside]
    if beside:
        st.caption(plain(t("The same days: {peaks}.", peaks=here.locale.listing(beside))))
    came = [
        f"{series_name(here.locale, one)} {here.locale.signed(round(total))}" for one, total in case.followers if total
    ]
    if came:
        st.caption(plain(t("Followers on these days: {figures}.", figures=here.locale.listing(came))))
    if day_hours := hours_of(here, hourly, peak):
        st.caption(t("Visits of {day} by hour. {said}", day=peak.day.day, said=bulk_told(here.locale, day_hours) or ""))
        hours_of_a_day(here.locale, day_hours, "peak_hours")
    if stated := cause_form(here, case, said):
        try:
            for one in stated:
                here.store.state_cause(one)
        except UserError as error:
            st.error(t(error.message))
        else:
            st.rerun()

last = max(window.last, peak.window.last if peak else window.last)
shown = Window(min(window.first, last - SHOWN), last)
reaching = [one for one in series if one.series.first <= last and one.back.days[-1].day >= shown.first]
judged_now = [one for one in series if judged_until(one, window)]
default = peak.watched.key if peak else (judged_now or reaching or series)[0].key
key = chosen(
    "series", list(by_key), default, st.selectbox, label=t("Series"),
    format_func=lambda one: f"{series_name(here.locale, by_key[one])} · {here.name(by_key[one].account)}",
)  # fmt: skip
one = by_key[key]
banded(here.locale, one, shown, peaks([one], shown), notes, key="peaks_chart")
if one.back.silence is not None:
    text = SILENCES[one.back.silence]
    st.caption(t(text, days=29) if one.back.silence is Silence.SHORT else t(text))
for level in one.back.levels:
    if shown.first <= level.since <= shown.last:
        st.caption(
            t("New level since {day}: about {now} a day, {before} before.", day=level.since,
              now=here.locale.number(round(level.now)), before=here.locale.number(round(level.before)))
        )  # fmt: skip

if judged_hours := [(one, days) for one in hourly if (days := one.judged(window))]:
    st.subheader(t("Hours that stood out"))
    whole = {
        other.window.first + timedelta(n)
        for other in found if other.watched.metric in VISITS and not other.weekly
        for n in range(other.window.days)
    }  # fmt: skip
    out = [hour for one, _ in judged_hours for hour in one.standing_out(window, whole)]
    days = Window(min(days.first for _, days in judged_hours), max(days.last for _, days in judged_hours))
    st.caption(t("Visits by hour, in days that as a whole did not stand out; judged: {window}.", window=days))
    if out:
        hours_list(here, out[:MOST_HOURS], t("Hours that stood out"))
        if len(out) > MOST_HOURS:
            st.caption(t("The newest {n} of {of}.", n=MOST_HOURS, of=len(out)))
    else:
        st.write(t("No hour stood out."))

notes_here(here, shown, peak.day.day if peak else None)
