"""The sheets of a LinkedIn creator's workbook, told apart by what stands in them: their names and headers are
translated, their layout is the same in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectors.base import Table, TableSpec
from connectors.cells import DECIMAL, WHOLE, Kind, Unreadable, missing, normalise, printed
from connectors.dates import DATE, read_date
from connectors.sheet import Book, Cells, Sheet, blank

HEAD = 12  # rows looked at
DATE_IN_TEXT = re.compile(r"(?<!\d)\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)")
LEFT, RIGHT = 0, 4  # where the two tables of the top posts begin, side by side

Numbered = Sequence[tuple[int, Cells]]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a creator's workbook; the top posts or the followers with their total make it one."""
    by_key = {spec.key: spec for spec in specs}
    found: list[Table] = []
    for sheet in book.sheets:
        rows = [(number, cells) for number, cells in sheet.head(HEAD) if not blank(cells)]
        for look in (_top_posts, _followers, _discovery, _who, _engagement):
            if tables := look(sheet, rows, by_key):
                found += tables
                break
    main = {"engaged", "seen", "followers"}
    return found if any(table.spec.key in main for table in found) else []


def _table(spec: TableSpec, sheet: Sheet, row: tuple[int, Cells], places: Mapping[str, int]) -> Table:
    """A table with its columns where they always stand: a guess where the words of its hints are not known."""
    number, header = row
    headers = tuple(printed(cell) for cell in header)
    guessed = any(not _says(spec, key, headers[places[key]]) for key in spec.hints)
    return Table(spec, sheet, number, headers, {k: (p,) for k, p in places.items()}, guessed=guessed)


def _says(spec: TableSpec, key: str, header: Any) -> bool:
    """Whether a header is a known one of a column."""
    return any(column.key == key and normalise(str(header)) in column.headers for column in spec.columns)


def _top_posts(sheet: Sheet, rows: Numbered, specs: Mapping[str, TableSpec]) -> list[Table]:
    for place, (number, header) in enumerate(rows):
        if _filled(header) != [0, 1, 2, 4, 5, 6] or any(map(_is_link, header)):
            continue
        parts = [[(n, cells[at : at + 3]) for n, cells in rows[place + 1 :]] for at in (LEFT, RIGHT)]
        if not all(_like(part, _is_link, _is_date, _is_number) for part in parts):
            return []  # columns that were moved: which count is of which post, is not known
        swapped = _says(specs["seen"], "impressions", header[LEFT + 2])
        one, other = (RIGHT, LEFT) if swapped else (LEFT, RIGHT)
        lists = [
            _table(specs["engaged"], sheet, (number, header), _three("engagements", one)),
            _table(specs["seen"], sheet, (number, header), _three("impressions", other)),
        ]
        linked = any("linkedin.com/" in str(cell) for _, cells in rows[place + 1 :] for cell in cells)
        if linked or not any(table.guessed for table in lists):
            return lists
    return []


def _three(count: str, first: int) -> dict[str, int]:
    return {"link": first, "created": first + 1, count: first + 2}


def _followers(sheet: Sheet, rows: Numbered, specs: Mapping[str, TableSpec]) -> list[Table]:
    """A line with a date and the total, then days and who was won on them."""
    if len(rows) < 2 or not _says_total(rows[0][1]) or _filled(rows[1][1]) != [0, 1]:
        return []
    days = _like(rows[2:], _is_date, _is_number)
    return [_table(specs["followers"], sheet, rows[1], {"day": 0, "follows": 1})] if days else []


def _says_total(cells: Cells) -> bool:
    said = _filled(cells) == [0, 1] and bool(DATE_IN_TEXT.search(str(cells[0]))) and not _is_date(cells[0])
    return said and _is_number(cells[1], WHOLE)


def _discovery(sheet: Sheet, rows: Numbered, specs: Mapping[str, TableSpec]) -> list[Table]:
    """A line with a period, then names and what they came to in it."""
    if not rows or _filled(rows[0][1]) != [0, 1] or len(DATE_IN_TEXT.findall(str(rows[0][1][1]))) != 2:
        return []
    return [_table(specs["discovery"], sheet, rows[0], {"member": 0, "value": 1})]


def _who(sheet: Sheet, rows: Numbered, specs: Mapping[str, TableSpec]) -> list[Table]:
    body = rows[1:]
    named = bool(body) and all(_is_word(cell) for cell in rows[0][1]) and not any(_is_date(c[0]) for _, c in body)
    if not named or _filled(rows[0][1]) != [0, 1, 2] or _is_share(rows[0][1][2]):  # a sheet that has lost its header
        return []
    if not _like(body, _is_word, _is_text, _is_share):
        return []
    return [_table(specs["who"], sheet, rows[0], {"by": 0, "member": 1, "share": 2})]


def _engagement(sheet: Sheet, rows: Numbered, specs: Mapping[str, TableSpec]) -> list[Table]:
    if not rows or _filled(rows[0][1]) != [0, 1, 2] or any(map(_is_share, rows[0][1])):
        return []
    if not _like(rows[1:], _is_date, _is_number, _is_number):
        return []
    swapped = _says(specs["engagement"], "engagements", rows[0][1][1])
    places = {"day": 0, "impressions": 2 if swapped else 1, "engagements": 1 if swapped else 2}
    return [_table(specs["engagement"], sheet, rows[0], places)]


def _like(rows: Numbered, *kinds: Callable[[Any], bool]) -> bool:
    """Whether the first cells of most rows are of these kinds: some may be damaged."""
    fitting = [len(cells) >= len(kinds) and all(map(_is, kinds, cells)) for _, cells in rows]
    return 2 * sum(fitting) >= len(fitting)


def _is(kind: Callable[[Any], bool], cell: Any) -> bool:
    return missing(cell) or kind(cell)


def _is_date(cell: Any) -> bool:
    return any(read_date(cell, style) for style in DATE.styles)


def _is_link(cell: Any) -> bool:
    return "linkedin.com/" in str(cell)


def _is_number(cell: Any, kind: Kind = DECIMAL) -> bool:
    try:
        return kind.parse(cell, False) is not None
    except Unreadable:
        return False


def _is_word(cell: Any) -> bool:
    return not _is_date(cell) and not _is_number(cell)


def _is_text(cell: Any) -> bool:
    return not missing(cell, text=True)


def _is_share(cell: Any) -> bool:
    return str(cell).strip().endswith("%") or (_is_number(cell) and (DECIMAL.parse(cell, True) or 0) <= 1)


def _filled(cells: Cells) -> list[int]:
    return [place for place, cell in enumerate(cells) if not missing(cell, text=True)]
