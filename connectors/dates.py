"""Dates as exports print them. A column is read in the one style that reads every cell, never cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from connectors.cells import normalise, plain_text

YMD_STYLE, MDY, DMY, NAMED = "ymd", "mdy", "dmy", "named"
FIRST_YEAR, LAST_YEAR = 1990, 2100  # a year beyond these is a damaged cell
MONTHS = {
    **{m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    **{m: n for n, m in enumerate("janv fevr mars avr mai juin juil aout sept oct nov dec".split(), 1)},
}
TIME = r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?)?"
YMD = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})" + TIME, re.IGNORECASE)
NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + TIME, re.IGNORECASE)
WORDS = re.compile(r"(?:[a-z]{3,4}\.?,? )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})" + TIME, re.IGNORECASE)
DAY_FIRST_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})" + TIME, re.IGNORECASE)


def read_date(cell: Any, style: str) -> datetime | None:
    """The moment a cell states in one style, None when that style cannot read it.

    It is naive unless an offset is printed.
    """
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    return _read_date_text(plain_text(cell), style)


@lru_cache(maxsize=50_000)
def _read_date_text(text: str, style: str) -> datetime | None:
    text = text.strip()
    if style == YMD_STYLE:
        match = YMD.fullmatch(text)
        parts = match and (match[1], match[2], match[3], *match.groups()[3:])
    elif style in (MDY, DMY):
        match = NUMERIC.fullmatch(text)
        first, second = (1, 2) if style == MDY else (2, 1)
        parts = match and (match[3], match[first], match[second], *match.groups()[3:])
    else:
        plain = normalise(text)
        if match := WORDS.fullmatch(plain):
            parts = (match[3], _month(match[1]), match[2], *match.groups()[3:])
        else:
            match = DAY_FIRST_WORDS.fullmatch(plain)
            parts = match and (match[3], _month(match[2]), match[1], *match.groups()[3:])
    return _moment(*parts) if parts else None


def _month(word: str) -> int:
    return MONTHS.get(word[:4], MONTHS.get(word[:3], 0))


def _moment(
    year: Any, month: Any, day: Any, hour: Any, minute: Any, second: Any, half: Any, zone: Any
) -> datetime | None:
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.casefold() == "pm" else 0)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        moment = datetime(int(year), int(month), int(day), hours, int(minute or 0), int(second or 0))
        return moment.replace(tzinfo=_offset(zone)) if zone else moment
    except ValueError:
        return None


def _offset(zone: str) -> timezone:
    if zone.casefold() == "z":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


@dataclass(frozen=True)
class Dates:
    """A declared date column: the styles its networks use.

    `undecided`: the order of day and month where no cell tells it, of a network that writes one order everywhere.
    `to_the_minute`: it prints no seconds, so that a spreadsheet has rewritten a moment that has some.
    """

    styles: tuple[str, ...] = (YMD_STYLE, MDY, DMY, NAMED)
    name: str = "date"
    undecided: str | None = None
    to_the_minute: bool = False


DATE = Dates()


def styles_that_read(cells: Iterable[Any], styles: tuple[str, ...]) -> list[str]:
    """The styles that read the most of the cells, and of those one of each different meaning.

    One style: settled. Two: month and day cannot be told apart, and the user is asked.
    """
    texts = {cell for cell in cells if not isinstance(cell, date)}
    readings = {style: [read_date(text, style) for text in texts] for style in styles}
    read = {style: sum(m is not None for m in moments) for style, moments in readings.items()}
    best = max(read.values(), default=0)
    kept: list[str] = []
    for style in styles:
        if read[style] == best and all(readings[style] != readings[other] for other in kept):
            kept.append(style)
    return kept
