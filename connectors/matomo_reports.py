"""What reports of Matomo list, by their names in English and in French, and which days they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from connectors.cells import Unreadable, normalise, plain_text
from connectors.dates import NAMED, read_date
from connectors.periods import Period
from data.model import says

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
NATIVE = re.compile(r"export\w* _ (?P<report>.*?) ?_ (?P<when>[^_]+?)(?: \(\d+\))?\.(?:csv|tsv)$", re.IGNORECASE)
SITES = "all websites"  # the figures of several sites
GUARD = re.compile(r"^'(?=(?:\0|%00)*[=+\-@])")


@dataclass(frozen=True)
class Listed:
    """What a report lists: the slice, and the column of the ledger that its labels go to."""

    slice: str
    column: str = "member"


REPORTS = {
    **dict.fromkeys(("page urls", "pages", "url de la page", "urls de page", "urls des pages"), Listed("page", "page")),
    **dict.fromkeys(("page titles", "titres de page", "titres des pages"), Listed("title", "title")),
    **dict.fromkeys(("entry pages", "pages d'entree"), Listed("landing", "landing_page")),
    **dict.fromkeys(("exit pages", "pages de sortie"), Listed("exit", "page")),
    **dict.fromkeys(
        ("channel type", "referrer type", "type de canal", "type de referent"), Listed("channel", "channel")
    ),
    **dict.fromkeys(
        ("all channels", "all referrers", "tous les canaux", "tous les referents"), Listed("source", "source")
    ),
    **dict.fromkeys(("websites", "sites web"), Listed("referrer", "referrer")),
    **dict.fromkeys(("campaigns", "campagnes"), Listed("campaign", "campaign")),
    **dict.fromkeys(("country", "pays"), Listed("geo", "country")),
    **dict.fromkeys(("city", "ville"), Listed("city", "city")),
    **dict.fromkeys(("device type", "type d'appareil"), Listed("device", "device")),
    **dict.fromkeys(("event names", "noms d'evenement", "noms d'evenements"), Listed("event", "event")),
    **dict.fromkeys(("all websites dashboard", "tableau de bord de tous les sites"), Listed(SITES)),
}


def listed_by(name: str) -> Listed | None:
    """What a report lists, None where it has no name; a report we do not know is a slice under its own name."""
    return REPORTS.get(normalise(name), Listed(name.strip())) if name.strip() else None


def named_report(name: str) -> str:
    """The report that the name of a file tells: "Export _ Page URLs _ March 2024.csv"; "" for none."""
    match = NATIVE.search(name)
    return match["report"].strip() if match else ""


def named_period(name: str) -> Period | None:
    """The day, month or year that the name of a file tells. None for weeks and other spans, and for no name."""
    match = NATIVE.search(name)
    if match is None:
        return None
    when = match["when"].strip()
    without_weekday = re.sub(r"^[^\W\d]+,? (?=[^\W\d]+ \d|\d)", "", when)
    if moment := read_date(when, NAMED) or read_date(without_weekday, NAMED):
        return moment.date(), moment.date()
    if month := read_date(f"1 {when}", NAMED):
        return _month(month.year, month.month)
    return _year(int(when)) if re.fullmatch(r"20\d\d", when) else None


def period_in(cell: Any, _: bool = False) -> Period:
    """The period that a row prints: 2024-03-01, 2024-03, 2024, or the first and last day of a week or another span."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day, day
    text = plain_text(cell)
    try:
        days = [date.fromisoformat(day) for day in ISO.findall(text)]
        if days and len(days) <= 2 and days[0] <= days[-1]:
            return days[0], days[-1]
        if match := MONTH.fullmatch(text):
            return _month(int(match[1]), int(match[2])) if match[2] else _year(int(match[1]))
    except ValueError:  # digits that only look like a date
        pass
    raise Unreadable(says("a day, a month or another period, as Matomo writes it"))


def label_in(cell: Any, _: bool = False) -> str:
    """A label without the apostrophe that Matomo puts before what a spreadsheet would compute."""
    return GUARD.sub("", plain_text(cell), count=1)


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year(year: int) -> Period:
    return date(year, 1, 1), date(year, 12, 31)
