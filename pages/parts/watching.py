"""The watched series of a brand, worked out once for what its exports say, whatever people state beside them."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from data.store import Store
from metrics.reading import Scope
from metrics.watched import LOOK_BACK, Watched, watched
from pages.parts.frame import Frame

MARGIN = timedelta(days=120)  # of a past that is enough to judge by

Told = tuple[object, ...]


def watching(frame: Frame) -> tuple[Watched, ...]:
    """Every series, up to the last day that is known; up to the end of the period where that is long past."""
    last = frame.known.last if frame.known else frame.window.last
    last = min(last, date.today())
    until = last if frame.window.first > last - LOOK_BACK + MARGIN else frame.window.last
    with frame.store.read() as cursor:
        exports = cursor.execute("select count(*), max(loaded_at), bit_xor(hash(export_id)) from exports").fetchall()
        sites = cursor.execute("select account, lead, place from same_site order by all").fetchall()
    accounts = tuple(sorted(frame.scope.accounts))
    return _watched(frame.store, str(frame.store.folder), (*exports, *sites), until, accounts, frame.brand.week_start)


@st.cache_resource(max_entries=6, show_spinner=False)
def _watched(
    _store: Store, folder: str, exports: Told, until: date, accounts: tuple[str, ...], week_start: int
) -> tuple[Watched, ...]:
    with _store.read() as cursor:
        return watched(cursor, until, Scope(accounts), week_start)
