"""A file of Universal Analytics cut into its tables: the frame above them, their rows, and the days of its index.

The frame is a view, a report and a period between two lines of dashes; in a workbook it stands on a sheet of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from connectors.base import LONGEST_HEADER
from connectors.cells import missing, normalise, plain_text
from connectors.dates import YMD_STYLE, read_date
from connectors.ga4_blocks import BOTH, DASHES, comment_in
from connectors.periods import Period
from connectors.sheet import Book, Cells, Sheet, blank

FRAME_WITHIN = 20
GROUPED = re.compile(r"\d{1,3}([.,\s'\u2019]\d{3})+")  # every number of a report but its counts has two decimals
FIGURE = re.compile(r"\D{0,4}\d[\d.,:\s]*\D{0,4}")
DAY = re.compile(r"(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})[. ]*")
EVERYONE = {"all users", "tous les utilisateurs"}
ORDERS = ((2, 0, 1), (2, 1, 0), (0, 1, 2))  # where year, month and day stand: 12/31/15, 31/12/15, 15/12/31


@dataclass(frozen=True)
class Frame:
    """What stands above tables: of which view, over which days, and of which part of the visitors."""

    view: str = ""
    period: Period | None = None
    segment: str = ""


NO_FRAME = Frame()


@dataclass(frozen=True)
class Cut:
    """A table of a sheet: its header, its rows, the row of totals below them, and how many columns say what a row is
    of: those that its total leaves empty."""

    sheet: Sheet
    frame: Frame
    row: int  # of the header
    last_row: int
    header: Cells
    body: Sequence[Cells]
    total: Cells
    dimensions: int


def tables_of(book: Book, signs: Set[str]) -> Iterator[Cut]:
    """The tables of a book, each with the frame above it or, in a workbook, on the sheet before it.

    A sheet without a frame and with none of the headers `signs` among its first rows is not even read.
    """
    frame = NO_FRAME
    for sheet in book.sheets:
        if own := frame_in(sheet):
            frame = own
        elif not re.search(r"dataset ?\d+$", normalise(sheet.name)):
            frame = NO_FRAME
        if not frame.period and not any(_names(cells) & signs for _, cells in sheet.head(FRAME_WITHIN)):
            continue
        plain = replace(sheet, read=partial(_plain_counts, sheet.read))
        for rows in _tables_in(plain):
            yield _cut(plain, frame, rows)


def _names(cells: Cells) -> set[str]:
    return {normalise(str(cell)[:LONGEST_HEADER]) for cell in cells if cell is not None}


def frame_in(sheet: Sheet) -> Frame | None:
    """The frame of a sheet, None where it has none."""
    cells = [row for _, row in sheet.head(FRAME_WITHIN) if not blank(row)]
    told = [comment_in(row) or " ".join(plain_text(c) for c in row if not missing(c)).strip(" #") for row in cells]
    for place, text in enumerate(told):
        if (match := BOTH.fullmatch(text)) and place >= 2 and (period := _period(match[1], match[2])):
            after = [text for row in cells[place + 1 :] if (text := comment_in(row)) and not DASHES.fullmatch(text)]
            narrowed = [text for text in after if normalise(text) not in EVERYONE and not BOTH.fullmatch(text)]
            return Frame(told[place - 2], period, ", ".join(narrowed))
    return None


def _period(first: str, last: str) -> Period | None:
    start, end = (read_date(text, YMD_STYLE) for text in (first, last))
    return (start.date(), end.date()) if start and end and start <= end else None


def _tables_in(sheet: Sheet) -> Iterator[list[tuple[int, Cells]]]:
    """The rows of each table, its header first. One ends at a blank line, a comment, or a header below a total."""
    rows: list[tuple[int, Cells]] = []
    for number, cells in sheet.rows():
        outside = blank(cells) or comment_in(cells) is not None
        if rows and (outside or (missing(rows[-1][1][0], text=True) and _is_header(cells))):
            yield rows
            rows = []
        if not outside and (rows or _is_header(cells)):
            rows.append((number, cells))
    if rows:
        yield rows


def _is_header(cells: Cells) -> bool:
    filled = [plain_text(cell) for cell in cells if not missing(cell, text=True)]
    return len(filled) > 1 and not any(FIGURE.fullmatch(text) or DAY.fullmatch(text) for text in filled)


def _cut(sheet: Sheet, frame: Frame, rows: list[tuple[int, Cells]]) -> Cut:
    (number, printed), *below = rows
    width = max(place for place, cell in enumerate(printed, 1) if not missing(cell, text=True))
    header, body = printed[:width], [cells for _, cells in below]
    total: Cells = body.pop() if body and missing(body[-1][0], text=True) else ()
    stated = next((place for place, cell in enumerate(total) if not missing(cell, text=True)), 1)
    return Cut(sheet, frame, number, rows[-1][0], header, body, total, min(stated, width - 1))


def _plain_counts(read: Callable[[], Iterator[Cells]]) -> Iterator[Cells]:
    """The rows of a sheet without what stands between the thousands of its numbers, whatever the language."""
    for cells in read():
        yield [_plain(cell) if place else cell for place, cell in enumerate(cells)]


def _plain(cell: Any) -> Any:
    if isinstance(cell, str) and GROUPED.fullmatch(cell.strip()):
        return re.sub(r"\D", "", cell)
    return cell


def days_of_index(cells: Iterable[Any], period: Period | None) -> Mapping[Any, date]:
    """The days that a column of days states, by its cells; none where month and day cannot be told apart.

    It is written as in the language of its reader: the order that gives the most days of the period, one after the
    other, is the right one.
    """
    distinct = list(dict.fromkeys(cell for cell in cells if not missing(cell)))
    readings = [{cell: _day(cell, order) for cell in distinct} for order in ORDERS]
    scores = [_score(list(reading.values()), period) for reading in readings]
    best = [reading for reading, score in zip(readings, scores, strict=True) if score == max(scores)]
    if not max(scores) or any(reading != best[0] for reading in best):
        return {}
    return {cell: day for cell, day in best[0].items() if day and _within(day, period)}


def _day(cell: Any, order: tuple[int, int, int]) -> date | None:
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    match = DAY.fullmatch(plain_text(cell).strip())
    if match is None:
        return None
    year, month, day = (int(match[place + 1]) for place in order)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _within(day: date, period: Period | None) -> bool:
    return period is None or period[0] <= day <= period[1]


def _score(days: Sequence[date | None], period: Period | None) -> int:
    stated = [day for day in days if day and _within(day, period)]
    return len(stated) + sum(later - day == timedelta(days=1) for day, later in pairwise(stated))
