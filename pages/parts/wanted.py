"""What to export, and where to click, for a list that no export states."""

from __future__ import annotations

from data.model import Message, says
from i18n import Locale
from metrics.lists import Slice
from metrics.model import N_, Source

# What a slice is called in the explorations of Google Analytics, and the figures to ask for beside it.
VISITS = N_("Sessions, Engaged sessions, Key events, Session key event rate")
ROWS = {
    "channel": N_("Session default channel group"),
    "source": N_("Session default channel group and Session source / medium"),
    "campaign": N_("Session campaign"),
    "landing": N_("Landing page"),
    "page": N_("Page path and screen class"),
    "geo": N_("Country"),
    "device": N_("Device category"),
    "new_returning": N_("New / returning"),
    "hour": N_("Hour"),
    "event": N_("Event name"),
    "channel+event": N_("Session default channel group and Event name"),
}
VALUES = {
    "page": N_("Views, Active users, Key events"),
    "event": N_("Event count, Key events"),
    "channel+event": N_("Event count, Key events"),
}


def wanted(locale: Locale, slice_: Slice) -> str:
    """Says that no export states a slice, and which one does."""
    return locale.t(of_search() if slice_.source is Source.SEARCH else of_analytics(locale, slice_.name))


def of_analytics(locale: Locale, name: str) -> Message:
    """Where Google Analytics states a slice."""
    rows, values = locale.t(ROWS[name]), locale.t(VALUES.get(name, VISITS))
    return says(
        "No export states this. In Google Analytics: Explore, Free form; as rows Date and {rows}, as values {values}; "
        "then Export, CSV.",
        rows=rows, values=values,
    )  # fmt: skip


def of_search() -> Message:
    """Where Search Console states its tables."""
    return says(
        "No export states this. In Search Console: Performance, choose the dates, then Export at the top right, "
        "Download CSV: the ZIP holds queries, pages, countries and devices."
    )
