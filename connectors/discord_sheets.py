"""The tables of Discord's files: which chart each is of, its texts without their quotes, the length of its intervals.

One header is the same in all of them. A column of texts is what a chart is broken down by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from connectors.base import Table, TableSpec
from connectors.cells import DECIMAL, Unreadable, missing, normalise, printed
from connectors.dates import YMD_STYLE, Dates, read_date
from connectors.sheet import Book, Cells, Sheet
from data.model import Finding, Problem, says

START = ("interval_start_timestamp",)
ISO = Dates((YMD_STYLE,))
HEADER_AMONG, LOOKED_AT = 3, 500  # rows
WEEK = 7
TEXTS = {"channel_name", "referring_domain", "tenure", "days_in_guild", "platform", "country", "reg_country"}
NUMBERS = {
    "total_membership", "visitors", "messages", "messages_per_communicator", "discovery_joins", "invites",
    "vanity_joins", "other_joins", "total_joins", "leavers", "muters", "new_members", "pct_communicated",
    "pct_opened_channels", "pct_retained", "speaking_minutes", "new_followers", "total_followers", "readers",
    "chatters", "joins", "participators",
}  # fmt: skip
OF_TWO_CHARTS = {"new_members", "pct_communicated"}
CHARTS = {"visitors": "communicators", "pct_opened_channels": "activation", "pct_retained": "retention"}


@dataclass(frozen=True)
class Charts:
    """What reads each make of table: days, days by tenure, parts of an interval, and what is not read."""

    days: TableSpec
    tenures: TableSpec
    parts: TableSpec
    longer: TableSpec
    invites: TableSpec


def find_in(book: Book, charts: Charts) -> list[Table]:
    """The table of each sheet of a book that is one of Discord's."""
    return [table for sheet in book.sheets if (table := _table(replace(sheet, read=_without_quotes(sheet)), charts))]


def _table(sheet: Sheet, charts: Charts) -> Table | None:
    for number, cells in sheet.head(HEADER_AMONG):
        names = [normalise(str(cell or "")) for cell in cells]
        if START[0] in names:
            texts = [place for place in range(len(names)) if _is_of_texts(sheet, number, names, place)]
            return _of_chart(sheet, number, cells, names, texts, charts)
    return None


def _of_chart(sheet: Sheet, number: int, cells: Cells, names: list[str], texts: list[int], charts: Charts) -> Table:
    if any("invite" in names[place] for place in texts):
        spec = charts.invites
    elif not texts or names[texts[0]] == "days_in_guild":
        daily = _is_daily(starts_of(sheet, number, names.index(START[0])))
        spec = charts.longer if not daily else charts.tenures if texts else charts.days
    else:
        spec = charts.parts
    columns = ((column.key, _places(names, column.headers)) for column in spec.columns)
    positions = {key: places for key, places in columns if places}
    if spec is charts.parts:
        positions["member"] = (texts[0],)
    chart = next((CHARTS[name] for name in names if name in CHARTS), "")
    headers = (f"{chart}: {name}" if chart and name in OF_TWO_CHARTS else printed(cell)
               for name, cell in zip(names, cells, strict=True))  # fmt: skip
    narrow = replace(spec, drops=lambda row: _width(row) > len(names))
    return Table(narrow, sheet, number, tuple(headers), positions, note=_dimension(names, texts))


def _places(names: list[str], headers: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(place for place, name in enumerate(names) if name in headers)


def _dimension(names: list[str], texts: list[int]) -> str:
    if not texts:
        return ""
    if names[texts[0]] == "channel_name":
        return "text channel" if "messages" in names else "voice channel"
    counted = next((name for place, name in enumerate(names) if place not in texts and name not in START), "")
    return f"{names[texts[0]]} ({counted})".replace("_", " ")


def _is_of_texts(sheet: Sheet, header_row: int, names: list[str], place: int) -> bool:
    name = names[place]
    if name in TEXTS or not name:
        return bool(name)
    if name in (*START, "day_pt") or name in NUMBERS or name.endswith("_id"):
        return False
    rows = (cells for number, cells in sheet.head(LOOKED_AT) if number > header_row and place < len(cells))
    stated = [cells[place] for cells in rows if not missing(cells[place])]
    return bool(stated) and sum(map(_is_number, stated)) * 2 < len(stated)


def _is_number(cell: object) -> bool:
    try:
        return DECIMAL.parse(cell, False) is not None
    except Unreadable:
        return False


def starts_of(sheet: Sheet, header_row: int, place: int) -> list[date]:
    """The different days on which the intervals of a sheet begin, in order."""
    cells = (cells[place] for number, cells in sheet.rows() if number > header_row and place < len(cells))
    moments = (read_date(cell, YMD_STYLE) for cell in cells if cell is not None)
    return sorted({moment.date() for moment in moments if moment})


def _is_daily(starts: list[date]) -> bool:
    """Whether intervals are days, some of which can be left out; one interval alone tells nothing."""
    return len(starts) > 1 and min((later - day).days for day, later in pairwise(starts)) < WEEK


def intervals(starts: Iterable[date]) -> Mapping[date, date | None]:
    """The last day of each interval, None where nothing tells it: of the only one, or of the last of unequal ones."""
    days = sorted(starts)
    gaps = [(later - day).days for day, later in pairwise(days)]
    step = min(gaps, default=0)
    if gaps and all(gap % step == 0 for gap in gaps):
        return {day: day + timedelta(step - 1) for day in days}
    return {**{day: later - timedelta(1) for day, later in pairwise(days)}, **dict.fromkeys(days[-1:])}


def too_wide(table: Table) -> Iterator[Finding]:
    """The problems of rows with more cells than their header, whose figures cannot be told apart."""
    width = len(table.headers)
    for number, cells in table.sheet.rows():
        if number > table.header_row and (found := _width(cells)) > width:
            yield Problem(says("a row of {n} cells at most, as its header has", n=width), str(found),
                          table.sheet.name, number)  # fmt: skip


def _width(cells: Cells) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell not in (None, "")), default=0)


def _without_quotes(sheet: Sheet) -> Callable[[], Iterator[Cells]]:
    return lambda: map(_unquoted, sheet.read())


def _unquoted(cells: Cells) -> Cells:
    """A row whose texts are freed of their single quotes; a text cut at a comma within them is whole again."""
    row: list[object] = []
    begun: str | None = None
    for cell in cells:
        text = cell if isinstance(cell, str) else ""
        whole = f"{begun},{text}" if begun is not None else text
        if begun is None and not text.startswith("'"):
            row.append(cell)
        elif len(whole) > 1 and text.endswith("'"):
            row.append(whole[1:-1])
            begun = None
        else:
            begun = whole
    return cells if begun is not None else row
