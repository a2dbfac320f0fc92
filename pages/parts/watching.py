"""The watched series of a brand and their peaks. The series are worked out once for what the exports say, whatever
people state beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from data.model import Annotation, Window
from data.store import Store
from metrics.dossier import Dossier, dossier
from metrics.reading import Scope
from metrics.said import Said, explained
from metrics.traffic import page_views, sessions, visitors
from metrics.watched import LOOK_BACK, Peak, Watched, peaks, watched
from metrics.watched_hours import Hour, Hourly, watched_hours
from pages.parts.frame import Frame

VISITS = (sessions, visitors, page_views)
MARGIN = timedelta(days=120)  # of a past that is enough to judge by

Told = tuple[object, ...]


@dataclass(frozen=True)
class Watch:
    """The series, the peaks of the period, those from before it that nobody has explained, and the dossier of each, by
    its key; with what people have said and noted."""

    series: tuple[Watched, ...]
    found: tuple[Peak, ...]
    back: tuple[Peak, ...]
    cases: Mapping[str, Dossier]
    said: Said
    notes: Sequence[Annotation]

    def of(self, some: Sequence[Peak]) -> list[Dossier]:
        """The dossiers of some peaks."""
        return [self.cases[peak.key] for peak in some]


def watch(frame: Frame, look_back: timedelta) -> Watch:
    """What stands out in the period of the page, and what has not been explained in the days before it."""
    window, series = frame.window, watching(frame)
    said = {(one.series, one.day): one for one in frame.store.peak_causes()}
    notes = frame.store.annotations()
    found = peaks(series, window)
    earlier = peaks(series, Window(window.first - look_back, window.first - timedelta(days=1)))
    back = tuple(peak for peak in earlier if peak.window.last < window.first and not explained(peak, said))
    with frame.store.read() as cursor:
        cases = {
            one.key: dossier(cursor, one, series, (*found, *back), notes, frame.scope, language=frame.locale.code)
            for one in (*found, *back)
        }  # fmt: skip
    return Watch(series, found, back, cases, said, notes)


def watching(frame: Frame) -> tuple[Watched, ...]:
    """Every series, up to the last day that is known; up to the end of the period where that is long past."""
    last = frame.known.last if frame.known else frame.window.last
    last = min(last, date.today())
    until = last if frame.window.first > last - LOOK_BACK + MARGIN else frame.window.last
    accounts = tuple(sorted(frame.scope.accounts))
    return _watched(frame.store, str(frame.store.folder), _known(frame), until, accounts, frame.brand.week_start)


def watching_hours(frame: Frame, window: Window) -> tuple[Hourly, ...]:
    """The hours of each site over a window, where they are stated."""
    return _hours(frame.store, str(frame.store.folder), _known(frame), window, tuple(sorted(frame.scope.accounts)))


def hours_of(frame: Frame, hourly: Sequence[Hourly], peak: Peak) -> tuple[Hour, ...]:
    """The hours of the day of a peak that stands out most, where it is one of visits and its day is stated by hour."""
    if peak.weekly or peak.watched.metric not in VISITS:
        return ()
    of_site = next((one for one in hourly if one.account == peak.watched.account), None)
    if of_site is None:
        return ()
    known = (*_known(frame), *sorted(frame.scope.accounts))
    return _of_day(of_site, str(frame.store.folder), known, of_site.account, peak.day.day)


def _known(frame: Frame) -> Told:
    """What the series follow from: another answer, and they are worked out anew."""
    with frame.store.read() as cursor:
        exports = cursor.execute("select count(*), max(loaded_at), bit_xor(hash(export_id)) from exports").fetchall()
        sites = cursor.execute("select account, lead, place from same_site order by all").fetchall()
    return (*exports, *sites)


@st.cache_resource(max_entries=6, show_spinner=False)
def _watched(
    _store: Store, folder: str, exports: Told, until: date, accounts: tuple[str, ...], week_start: int
) -> tuple[Watched, ...]:
    with _store.read() as cursor:
        return watched(cursor, until, Scope(accounts), week_start)


@st.cache_resource(max_entries=6, show_spinner=False)
def _hours(_store: Store, folder: str, exports: Told, window: Window, accounts: tuple[str, ...]) -> tuple[Hourly, ...]:
    with _store.read() as cursor:
        return watched_hours(cursor, window, Scope(accounts))


@st.cache_resource(max_entries=40, show_spinner=False)
def _of_day(_of_site: Hourly, folder: str, exports: Told, account: str, day: date) -> tuple[Hour, ...]:
    return _of_site.of(day)
