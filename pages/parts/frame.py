"""The frame of every page: the guard, and what the reader has chosen (language, brand, period, networks).

What is chosen lives in the address, so that a link shows the same page to everyone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from data.model import Account, Window
from data.store import Brand, Store
from i18n import Locale
from metrics.reading import Scope
from metrics.windows import month, week

T = TypeVar("T")
_MARK, _TRIED, _FRAME = "_frame_mark", "_frame_tried", "_frame"
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)  # before any network, and after any of its figures
MAX_DAYS = 3660  # ten years


@dataclass(frozen=True)
class Frame:
    """What a page needs to know: whose figures, of when, in which language."""

    store: Store
    version: int
    brand: Brand
    locale: Locale
    accounts: tuple[Account, ...]
    window: Window
    scope: Scope
    known: Window | None  # first and last day that any export states

    def name(self, account: str) -> str:
        """The name of an account as its network shows it."""
        found = next((a for a in self.accounts if a.key == account), None)
        return (found.name or found.handle) if found else account.partition(":")[2]


def by_network(keys: Iterable[str]) -> dict[str, set[str]]:
    """Account keys by network, in the order of the networks' names."""
    found: dict[str, set[str]] = {}
    for key in sorted(keys):
        found.setdefault(key.split(":")[0], set()).add(key)
    return found


def begin() -> None:
    """Called first by app.py: forgets the marks of the run before."""
    st.session_state.pop(_MARK, None)
    st.session_state.pop(_TRIED, None)


def open_for(frame: Frame | None) -> None:
    """Called by app.py just before the page runs: the page may read the frame."""
    st.session_state[_FRAME] = frame
    st.session_state[_MARK] = True


def enter(page: str) -> Frame:
    """The first line of every page: the frame, or the run handed back to app.py.

    A cold server runs a deep-linked file of pages/ without app.py; this switches it to app.py's navigation.
    """
    if st.session_state.pop(_MARK, False):
        return st.session_state[_FRAME]
    if st.session_state.pop(_TRIED, False):  # app.py is not the main script: without this the rerun never ends
        st.error("Start Vigie with: streamlit run app.py")
        st.stop()
    st.session_state[_TRIED] = True
    # A page alone would become the default one, and its own address be called unknown.
    st.navigation([st.Page(_nothing, default=True), st.Page(page)], position="hidden")
    st.rerun()


def _nothing() -> None:
    """A default page that is never run."""


def chosen(
    key: str, options: Sequence[T], default: T, widget: Callable[..., T | None], to_text: Callable[[T], str] = str,
    **more: Any,
) -> T:  # fmt: skip
    """A widget whose value is kept in the address under `key`; what the address holds and is no option is ignored."""
    texts = {to_text(option): option for option in options}
    if key not in st.session_state:
        st.session_state[key] = texts.get(st.query_params.get(key, ""), default)
    elif st.session_state[key] not in options:
        st.session_state[key] = default
    remind(key, more.get("format_func", str))
    value = widget(options=options, key=key, persist_state="session", **more)
    value = default if value is None else value
    keep(key, to_text(value), to_text(default))
    return value


def remind(key: str, to_words: Callable[[Any], str]) -> None:
    """Chooses again what a select box holds where its words have changed: a browser keeps those it was given."""
    held = st.session_state[key]
    words, before = to_words(held), st.session_state.get(f"_{key}_said")
    if before and before[0] == held and before[1] != words:
        st.session_state[key] = held
    st.session_state[f"_{key}_said"] = held, words


def keep(key: str, text: str, default: str = "") -> None:
    """Writes a choice into the address, or removes it when it is the default."""
    if text == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text


def period_text(window: Window, week_start: int = 1) -> str:
    """A window as the address holds it: 2026-W46, 2026-11 or 2026-11-01..2026-11-15."""
    if week_start == 1 and window == week(window.first):
        year, number, _ = window.first.isocalendar()
        return f"{year}-W{number:02}"
    if window == month(window.first):
        return f"{window.first:%Y-%m}"
    return f"{window.first}..{window.last}"


def parse_period(text: str) -> Window | None:
    """The window of an address, None when it is not one: an address may hold anything."""
    try:
        window = _window(text)
    except (ValueError, OverflowError):
        return None
    return window if EARLIEST <= window.first <= window.last <= LATEST and window.days <= MAX_DAYS else None


def _window(text: str) -> Window:
    if "-W" in text:
        year, number = text.split("-W")
        return week(date.fromisocalendar(int(year), int(number), 1))
    if ".." in text:
        first, last = (date.fromisoformat(part) for part in text.split(".."))
        return Window(first, last)
    return month(date.fromisoformat(f"{text}-01"))
