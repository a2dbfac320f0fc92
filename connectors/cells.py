"""What a cell of a declared type says: text, id, page, number, percentage, duration, day or moment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from data.model import Message, says

DASHES = {"", "-", "--", "—", "–"}
MISSING = DASHES | {"n/a", "nan", "undefined", "null", "none", "#n/a", "s/o"}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
QUOTES = {ord(c): "'" for c in "\u2018\u2019\u02bc\u00b4`"}
KEPT, IN_FULL = 10**15, 10**11  # a spreadsheet keeps fifteen digits of a number, and shows six of a longer one


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


def plain_text(cell: Any, _: bool = False) -> str:
    """The text of a cell; a whole number of a workbook without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _identifier(cell: Any, _: bool) -> str:
    text = plain_text(cell, False).lstrip("'")
    if re.fullmatch(r"#[A-Z]+[?!]", text):  # what a spreadsheet makes of an id that starts with "-"
        raise Unreadable(says("an id; a spreadsheet has replaced it: export again, do not open the file before"))
    rounded = isinstance(cell, float) and (cell >= KEPT or (cell >= IN_FULL and cell % 10**5 == 0))
    if rounded or re.fullmatch(r"\d[.,]\d+e\+?\d+", text, re.IGNORECASE):
        raise Unreadable(says("an id in full; a spreadsheet has rounded it: export again, do not open the file before"))
    return text


def _page(cell: Any, _: bool) -> str:
    """An address, its query cut to utm_*: what else stands there can name a person."""
    address, _query, rest = re.sub(r"[\r\n]+", "", plain_text(cell, False)).partition("?")
    query, mark, anchor = rest.partition("#")
    kept = "&".join(part for part in re.split(r"&(?:amp;)?", query) if part.casefold().startswith("utm_"))
    return address + (f"?{kept}" if kept else "") + mark + anchor


NUMBER_EXPECTED = says("a number")
WHOLE_EXPECTED = says("a whole number")
IN_POWERS = re.compile(r"[+-]?\d(?:[.,](\d+))?e\+(\d+)", re.IGNORECASE)  # 1.23E+11, as spreadsheets write it
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
    if (match := IN_POWERS.fullmatch(text)) and int(match[2]) > len(match[1] or ""):
        raise Unreadable(says("a number in full; a spreadsheet has rounded it"))
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


THOUSANDS_WITH_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")


def _whole(cell: Any, comma: bool) -> int | None:
    if comma and isinstance(cell, str) and THOUSANDS_WITH_POINTS.fullmatch(cell.strip()):
        cell = cell.replace(".", "")  # where a comma is the decimal mark, 1.000 of a count is a thousand
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


TEXT = Kind("text", plain_text)
ID = Kind("id", _identifier)
PAGE = Kind("page", _page)
WHOLE = Kind("whole", _whole)
DECIMAL = Kind("decimal", _decimal)
PERCENT = Kind("percent", _percent)
SECONDS = Kind("seconds", _seconds)
