"""What a cell of a declared type says: text, id, page, number, percentage, duration, day or moment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any

from data.model import Message, says

DASHES = {"", "-", "--", "—", "–"}
MISSING = DASHES | {"n/a", "nan", "undefined", "null", "none", "#n/a", "s/o"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
QUOTES = {ord(c): "'" for c in "\u2018\u2019\u02bc\u00b4`"}


class Unreadable(Exception):
    """A cell that does not say what its column declares; carries what was expected."""

    def __init__(self, expected: Message) -> None:
        super().__init__(str(expected))
        self.expected = expected


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """A header as it is compared: without accents, case, soft hyphens, odd spaces or curly apostrophes."""
    text = re.sub("\x19 ?", "'", text)  # the apostrophe of a UTF-16 file cut to 8 bits
    text = unicodedata.normalize("NFKC", text.translate(QUOTES)).translate(INVISIBLE).translate(QUOTES)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text).strip().casefold()


def printed(cell: Any) -> str:
    """A header as it is shown: as printed, without the hyphens and spaces that the eye does not see."""
    return "" if cell is None else str(cell).translate(INVISIBLE).strip()


def missing(cell: Any, text: bool = False) -> bool:
    """Whether a cell states nothing, which is never zero. In a column of text, "null" and "nan" are words."""
    nothing = DASHES if text else MISSING
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in nothing)


@dataclass(frozen=True)
class Kind:
    """A declared type: `parse(cell, comma_decimals)` gives a value, None for a mere bound, or raises."""

    name: str
    parse: Callable[[Any, bool], Any]


def _text(cell: Any, _: bool) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _identifier(cell: Any, _: bool) -> str:
    text = _text(cell, False).lstrip("'")
    if re.fullmatch(r"#[A-Z]+[?!]", text):  # what a spreadsheet makes of an id that starts with "-"
        raise Unreadable(says("an id; a spreadsheet has replaced it: export again, do not open the file before"))
    if re.fullmatch(r"\d[.,]\d+e\+?\d+", text, re.IGNORECASE) or (isinstance(cell, float) and cell >= 2**53):
        raise Unreadable(says("an id in full; a spreadsheet has rounded it: export again, do not open the file before"))
    return text


def _page(cell: Any, _: bool) -> str:
    """An address, its query cut to utm_*: what else stands there can name a person."""
    address, _query, rest = re.sub(r"[\r\n]+", "", _text(cell, False)).partition("?")
    query, mark, anchor = rest.partition("#")
    kept = "&".join(part for part in re.split(r"&(?:amp;)?", query) if part.casefold().startswith("utm_"))
    return address + (f"?{kept}" if kept else "") + mark + anchor


NUMBER_EXPECTED = says("a number")
WHOLE_EXPECTED = says("a whole number")
MAX_DIGITS = 18  # what the warehouse's whole numbers hold
SUFFIXES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def _decimal(cell: Any, comma: bool) -> float | int | None:
    """A number as people and networks write it: 1234.5, 1,234.5, 1 234,5, 1.2K."""
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Unreadable(NUMBER_EXPECTED)
    if isinstance(cell, (int, float)):
        return _in_range(cell)
    text = cell.strip()
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return int(text)
    text = re.sub(r"[\s'\u2019]", "", text).replace("\u2212", "-")
    if text.startswith(("<", ">")):
        return None  # a bound such as "< 1": nothing exact is stated
    factor = SUFFIXES.get(text[-1:].casefold(), 1)
    text = text[:-1] if factor > 1 else text
    if "," in text and "." in text:  # the last of the two is the decimal mark
        text = text.replace(",", "") if text.rindex(".") > text.rindex(",") else text.replace(".", "").replace(",", ".")
    elif "," in text:
        thousands = re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text) and not comma and factor == 1
        text = text.replace(",", "" if thousands else ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", text, re.IGNORECASE):
        raise Unreadable(NUMBER_EXPECTED)
    if re.fullmatch(rf"[+-]?\d{{1,{MAX_DIGITS}}}", text):
        return _in_range(int(text) * factor)  # a whole number keeps all its digits
    number = _in_range(float(text) * factor)
    return int(number) if number.is_integer() else round(number, 6) if factor > 1 else number


def _in_range(number: float) -> float:
    if not abs(number) < 10**MAX_DIGITS:  # an id, or a damaged cell
        raise Unreadable(NUMBER_EXPECTED)
    return number


def _whole(cell: Any, comma: bool) -> int | None:
    number = _decimal(cell, comma)
    if number is None:
        return None
    if number != round(number):
        raise Unreadable(WHOLE_EXPECTED)
    return int(number)


def _percent(cell: Any, comma: bool) -> float | None:
    """A share as a fraction: "3.1%" and "3,1 %" give 0.031; a number without a sign is already a fraction."""
    if isinstance(cell, str) and cell.rstrip().endswith("%"):
        number = _decimal(cell.rstrip()[:-1], True)
        return None if number is None else number / 100
    return _decimal(cell, comma)


def _seconds(cell: Any, comma: bool) -> float | None:
    """A duration in seconds: "0:04:34", "4:34", a number of seconds, or a workbook's time."""
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, str) and re.fullmatch(r"(\d+:)?\d{1,2}:\d{2}", cell.strip()):
        total = 0
        for part in cell.strip().split(":"):
            total = total * 60 + int(part)
        return float(total)
    return _decimal(cell, comma)


TEXT = Kind("text", _text)
ID = Kind("id", _identifier)
PAGE = Kind("page", _page)
WHOLE = Kind("whole", _whole)
DECIMAL = Kind("decimal", _decimal)
PERCENT = Kind("percent", _percent)
SECONDS = Kind("seconds", _seconds)

# Dates. A column is read in the one style that reads every cell of it, never cell by cell.

MONTHS = {
    **{m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    **{m: n for n, m in enumerate("janv fevr mars avr mai juin juil aout sept oct nov dec".split(), 1)},
}
TIME = r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?)?"
YMD = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})" + TIME, re.IGNORECASE)
NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + TIME, re.IGNORECASE)
WORDS = re.compile(r"(?:[a-z]{3,4}\.?,? )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})" + TIME, re.IGNORECASE)
DAY_FIRST_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})" + TIME, re.IGNORECASE)

FIRST_YEAR, LAST_YEAR = 1990, 2100  # a year beyond these is a damaged cell

YMD_STYLE, MDY, DMY, NAMED = "ymd", "mdy", "dmy", "named"


def read_date(cell: Any, style: str) -> datetime | None:
    """The moment a cell states in one style, None when that style cannot read it.

    It is naive unless an offset is printed.
    """
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    return _read_date_text(_text(cell, False), style)


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
    """A declared date column: the styles its networks use."""

    styles: tuple[str, ...] = (YMD_STYLE, MDY, DMY, NAMED)
    name: str = "date"


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
