"""Days printed without a year, such as "April 12": the year is found by walking back from the day of the export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from connectors.cells import normalise

# The months in English, French, Spanish, Portuguese, German, Italian, Dutch and Indonesian.
MONTHS = (
    "january janvier enero janeiro januar gennaio januari",
    "february fevrier febrero fevereiro februar febbraio februari",
    "march mars marzo marco marz maart maret",
    "april avril abril aprile",
    "may mai mayo maio maggio mei",
    "june juin junio junho juni giugno",
    "july juillet julio julho juli luglio",
    "august aout agosto augustus agustus",
    "september septembre septiembre setembro settembre",
    "october octobre octubre outubro oktober ottobre",
    "november novembre noviembre novembro",
    "december decembre diciembre dezembro dezember dicembre desember",
)
VIETNAMESE = {
    name: month
    for month, name in enumerate(
        ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"), start=1
    )
}
HOLE = timedelta(days=31)  # rows further apart than this are not of successive days
NEAREST = timedelta(days=183)  # beyond it, a day is nearer to its next occurrence than to its last

Label = tuple[int, int]  # month and day


def label(text: str) -> Label | None:
    """The month and the day that a text names: "April 12", "19 avril", "12 de abril", "16 tháng Tám", "4月12日".

    A spreadsheet adds a year of its own when it saves the file again: it is left aside.
    """
    plain = normalise(text)
    if match := re.fullmatch(r"\d{4}-(\d\d)-(\d\d)(?: 00:00:00)?", plain):
        return _label(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})[月월] ?(\d{1,2})[日일]", plain):
        return _label(int(match[1]), int(match[2]))
    if (match := re.fullmatch(r"(\d{1,2}) thang (.+)", plain)) and match[2] in VIETNAMESE:
        return _label(VIETNAMESE[match[2]], int(match[1]))
    words = re.findall(r"[a-z]+|\d+", plain)
    days = [int(word) for word in words if word.isdigit()]
    months = {month for word in words if (month := _month(word))}
    return _label(months.pop(), days[0]) if len(days) == len(months) == 1 else None


def _month(word: str) -> int:
    """The month that a word, or its first three letters or more, can only mean; 0 if there is none."""
    found = {n for n, names in enumerate(MONTHS, start=1) for name in names.split() if name.startswith(word)}
    return found.pop() if len(word) >= 3 and len(found) == 1 else 0


def _label(month: int, day: int) -> Label | None:
    return (month, day) if last_before(date(2001, 1, 1), (month, day)) else None


def last_before(limit: date, named: Label) -> date | None:
    """The last day of this name that is not after `limit`."""
    for year in range(limit.year, limit.year - 9, -1):  # 29 February may be eight years away
        try:
            day = date(year, *named)
        except ValueError:
            continue
        if day <= limit:
            return day
    return None


def nearest(moment: date, named: Label) -> date | None:
    """The day of this name that is nearest to `moment`."""
    around = (last_before(moment, named), last_before(moment + NEAREST, named))
    return min((day for day in around if day), key=lambda day: abs(day - moment), default=None)


def dated(labels: Sequence[Label], exported: date, certain: bool) -> list[date] | None:
    """The days of rows in the order of time, or against it, that end before the export was made.

    None when they cannot be told: rows that are not of successive days, or, unless the day of the export is
    `certain`, an end that lies nearer to that day in the year after.
    """
    for rows, back in ((labels, 1), (labels[::-1], -1)):
        days = _walked(rows, exported + timedelta(days=1))  # it may be tomorrow already where the account is
        if days and (certain or exported - days[-1] <= NEAREST):
            return days[::back]
    return None if labels else []


def _walked(labels: Sequence[Label], limit: date) -> list[date] | None:
    days: list[date] = []
    for named in reversed(labels):
        day = last_before(days[-1] if days else limit, named)
        if day is None or (days and days[-1] - day > HOLE):
            return None
        days.append(day)
    return days[::-1]
