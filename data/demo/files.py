"""A demo export, and how the networks write theirs: cells, English dates, ZIP archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from data.model import Answers

# strftime would follow the machine's language.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class DemoExport:
    """A file as it would be downloaded, with the answers its format calls for."""

    name: str
    content: bytes = field(repr=False)
    answers: Answers


def english(day: date) -> str:
    """A day as `Feb 18, 2025`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def american(day: date) -> str:
    """A day as `02/18/2025`."""
    return f"{day.month:02}/{day.day:02}/{day.year}"


def quoted(text: str) -> str:
    """A cell between quotes, those inside it doubled."""
    return '"' + text.replace('"', '""') + '"'


def table(rows: Iterable[Iterable[object]], quote_when: str = ',"\n') -> str:
    """Rows as CSV, a cell being quoted when it holds one of the characters of `quote_when`."""
    return "".join(
        ",".join(quoted(text) if any(c in text for c in quote_when) else text for text in map(str, row)) + "\n"
        for row in rows
    )


def percent(part: float, whole: float) -> str:
    """A rate as Google prints it: two decimals at most, no idle zeros."""
    return plain(100 * part / whole if whole else 0) + "%"


def plain(value: float, decimals: int = 2) -> str:
    """A number with a dot and no idle zeros."""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def archive(members: Mapping[str, str], made: datetime) -> bytes:
    """A ZIP of text files dated `made`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, made.hour, made.minute, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, text.encode())
    return content.getvalue()
