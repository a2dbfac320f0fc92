"""From the bytes of an export to its sheets and rows, whatever the container, encoding or delimiter.

Row numbers are those a spreadsheet shows: the first is 1, and line breaks inside cells do not count.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import chain, islice
from typing import Any

from connectors.columns import Piece
from connectors.objects import NotATable, read_objects
from connectors.spreadsheetml import UNREAD, is_spreadsheetml, read_spreadsheetml
from connectors.text import STEP, Text, text_of
from connectors.workbook import Grid, read_xls, read_xlsx
from connectors.wrapped import is_wrapped, unwrapped
from data.model import Content, UserError, opened, says, size_of

Cells = Sequence[Any]  # text from CSV; text, numbers, dates and booleans from a workbook

READ_AHEAD = 100  # rows that are looked at to recognise a format
MAX_UNPACKED = 600_000_000  # bytes an archive may unpack to: four times the largest upload accepted
MAX_MEMBERS = 200
MAX_RATIO = 250  # text compresses 5 to 20 times; a bomb a thousand times
ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound
WORKBOOK_MEMBER = "xl/workbook.xml"
ANSWER_MEMBER = "answer.json"  # what was asked of a service, beside what it answered
MARKUP = (b"<?xml", b"<html", b"<!doc", b"%pdf-")
TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".json")


@dataclass(frozen=True)
class Sheet:
    """A grid of cells that can be read again: a CSV file, a file of an archive, a sheet of a workbook.

    `pieces`: what stands below so many rows, many rows together; None where it can only be read row by row.
    """

    name: str
    read: Callable[[], Iterator[Cells]]
    pieces: Callable[[int], Iterator[Piece | Sequence[Cells]]] | None = None
    comma_decimals: bool = False  # re-saved by a European spreadsheet: the delimiter is `;`
    cut: int = 0  # the row in the middle of which the file ends, as one that was cut short does; it is not read
    unread: int = 0  # letters that are in no known encoding

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """(row number, cells) of every row, blank ones included."""
        return enumerate(self.read(), start=1)

    def head(self, count: int) -> list[tuple[int, Cells]]:
        """The first `count` rows, READ_AHEAD at most."""
        return self._ahead[:count]

    @cached_property
    def _ahead(self) -> list[tuple[int, Cells]]:
        return list(islice(self.rows(), READ_AHEAD))


@dataclass(frozen=True)
class Book:
    """An opened export: its file name, its sheets, and when its archive says it was made.

    `members`: the files of an archive that Vigie made itself, of the answers of a service; it has no sheets.
    """

    name: str
    sheets: tuple[Sheet, ...]
    made: datetime | None = None
    members: Mapping[str, bytes] = field(default_factory=dict)


def blank(cells: Cells) -> bool:
    """Whether a row holds nothing."""
    for cell in cells:
        if cell is not None and (not isinstance(cell, str) or cell.strip()):
            return False
    return True


def open_book(name: str, content: Content) -> Book:
    """The sheets of an export. Raises UserError for what is empty, locked, binary, damaged or a bomb."""
    with opened(content) as file:
        beginning = next((step for step in iter(lambda: file.read(STEP), b"") if step.strip()), b"")
    if not beginning:
        raise _empty(name)
    if beginning.startswith(OLE):
        return Book(name, tuple(_sheets(read_xls(name, _whole(content)))))
    if beginning.startswith(ZIP):
        return _open_archive(name, content)
    if is_spreadsheetml(beginning):
        return Book(name, tuple(_mended_sheets(name, _whole(content))))
    if beginning.removeprefix(codecs.BOM_UTF8).lstrip()[:5].lower() in MARKUP:
        raise UserError(says("{file} is a web page, an XML or a PDF file. Export it again as CSV or Excel.", file=name))
    sheets = tuple(_texts(name, name, content))
    if not sheets:
        raise _no_table(name)
    return Book(name, sheets)


def _whole(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _open_archive(name: str, content: Content) -> Book:
    archive, members = _members(name, content)
    if any(m.filename == WORKBOOK_MEMBER for m in members):
        return Book(name, tuple(_sheets(_workbook(name, archive, members))))
    if any(m.filename == ANSWER_MEMBER for m in members):
        return Book(name, (), members={m.filename: _unpack(name, archive, m) for m in members})
    wanted = [m for m in members if _is_table(m.filename)]
    if not wanted:
        raise UserError(
            says(
                "{file} holds no CSV or Excel file. It holds: {found}.",
                file=name, found=", ".join(m.filename for m in members[:10]) or "—",
            )
        )  # fmt: skip
    sheets: list[Sheet] = []
    for member in wanted:
        title = member.filename.rsplit("/", 1)[-1]
        inner = _unpack(name, archive, member)
        if inner.startswith(OLE):
            sheets += _sheets(read_xls(title, inner), f"{title} / ")
        elif inner.startswith(ZIP):
            sheets += _sheets(_workbook(title, *_members(title, inner)), f"{title} / ")
        elif is_spreadsheetml(inner):
            sheets += _mended_sheets(title, inner, f"{title} / ")
        elif inner.strip():
            sheets += _texts(name, title, inner)
    if not sheets:
        raise _empty(name)
    return Book(name, tuple(sheets), made=_made(wanted))


def _members(name: str, content: Content) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """An archive and the files in it, once it is known to be safe to unpack."""
    try:
        archive = zipfile.ZipFile(opened(content))
        members = [m for m in archive.infolist() if not m.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged(name) from error
    unpacked = sum(m.file_size for m in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > max(10**7, MAX_RATIO * size_of(content)):
        raise UserError(
            says(
                "{file} unpacks to {size} MB in {count} files: more than any export. It was not opened.",
                file=name, size=unpacked // 10**6, count=len(members),
            )
        )  # fmt: skip
    if any(m.flag_bits & 1 for m in members):
        raise UserError(says("{file} is protected by a password. Remove the password and try again.", file=name))
    if any(m.compress_type not in COMPRESSIONS for m in members):
        raise UserError(says("{file} is compressed in an unusual way. Unpack it and load the files in it.", file=name))
    return archive, members


def _made(members: list[zipfile.ZipInfo]) -> datetime | None:
    """The latest date of the files of an archive; 1980 is how an archive says that it does not know."""
    dates = []
    for member in members:
        with suppress(ValueError):
            dates.append(datetime(*member.date_time))
    return max((made for made in dates if made.year > 1980), default=None)


def _is_table(path: str) -> bool:
    base = path.rsplit("/", 1)[-1]
    return (
        base.lower().endswith((*TEXT_ENDINGS, ".xlsx", ".xls")) and not path.startswith("__MACOSX") and base[0] != "."
    )


def _unpack(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a file in an archive: never more than it declares, or its checksum is wrong."""
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise _damaged(name) from error


def _workbook(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, Grid]]:
    return read_xlsx(name, {m.filename: _unpack(name, archive, m) for m in members})


def _sheets(grids: Iterable[tuple[str, Grid]], prefix: str = "") -> Iterator[Sheet]:
    for title, grid in grids:
        yield Sheet(prefix + title, lambda grid=grid: iter(grid))


def _mended_sheets(name: str, content: bytes, prefix: str = "") -> Iterator[Sheet]:
    for title, grid in read_spreadsheetml(name, content):
        unread = sum(cell.count(UNREAD) for cells in grid for cell in cells if isinstance(cell, str))
        yield Sheet(prefix + title, lambda grid=grid: iter(grid), unread=unread)


def _empty(name: str) -> UserError:
    return UserError(says("{file} is empty. Export it again.", file=name))


def _damaged(name: str) -> UserError:
    return UserError(says("{file} is damaged or was cut short. Download it again.", file=name))


def _no_table(name: str) -> UserError:
    return UserError(says("{file} is not a table: Vigie reads CSV, Excel and ZIP files of these.", file=name))


def _texts(file: str, title: str, content: Content) -> Iterator[Sheet]:
    """The tables of a file of text: one of a CSV, one for each list of objects of a JSON."""
    text = text_of(content)
    if text is None:
        raise _no_table(file)
    try:
        lists = read_objects(text.whole()) if _starts(text, ("[", "{")) else None
    except NotATable as error:
        if title.lower().endswith(".json"):
            raise _no_table(file) from error
        lists = None
    if lists is None:
        yield _text(title, text)
    else:
        yield from _sheets(((f"{title} / {key}" if key else title), grid) for key, grid in lists)


def _starts(text: Text, signs: tuple[str, ...]) -> bool:
    """Whether the first letter that is no space is one of these."""
    return next((line.lstrip() for line in text.lines() if line.strip()), "").startswith(signs)


def _text(title: str, text: Text) -> Sheet:
    if is_wrapped(text.lines()):
        return _whole_rows(Sheet(title, lambda: unwrapped(text.lines())), text)
    head = text.head(20_000)
    if match := re.match(r'"?sep=([,;\t|])[^\S\r\n]*"?[^\S\r\n]*(?=[\r\n]|$)', head.removeprefix("\ufeff")):
        delimiter = match[1]
    else:
        delimiter = _delimiter(head)
    whole = Sheet(
        title, lambda: text.rows(delimiter), comma_decimals=delimiter == ";",
        pieces=lambda above: text.pieces(delimiter, above),
    )  # fmt: skip
    return _whole_rows(whole, text, text.count(b'"') % 2 == 1 and _ends_in_quotes(text, delimiter))


def _whole_rows(sheet: Sheet, text: Text, in_quotes: bool = False) -> Sheet:
    """A sheet without its last row where the text ends in the middle of it: a number of it may have been cut.

    It ends in quotation marks, or without the end of a line and before any other row from its header on does.
    """
    if not in_quotes and text.ends_a_line():
        return sheet
    *widths, last = [0, 0, *(len(cells) for cells in sheet.read())]  # a text may have no row
    blanks = [place for place, width in enumerate(widths) if width < 2]
    table = widths[blanks[-1] + 1 :] or widths  # the rows above it up to a blank one
    if not in_quotes and (last >= max(table) or last in _from_header(table)):
        return sheet
    return replace(sheet, read=lambda: islice(sheet.read(), len(widths) - 2), pieces=None, cut=len(widths) - 1)


def _from_header(widths: list[int]) -> list[int]:
    """The widths of the rows from the widest on, and of the one above: a row of totals may be wider than its header."""
    place = widths.index(max(widths))
    return [width for width in widths[max(place - 1, 0) : place] if width > 1] + widths[place:]


def _ends_in_quotes(text: Text, delimiter: str) -> bool:
    """Whether the last cell opens a quotation that nothing closes; an inch mark in a cell opens none."""
    (last,) = deque(csv.reader(chain(text.lines(), ("\n", "\0")), delimiter=delimiter), maxlen=1)
    return last != ["\0"]


def decode(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, or None when it is not text."""
    text = text_of(content)
    return text and text.whole()


def _delimiter(head: str) -> str:
    """The delimiter that cuts the most of the first rows into the same number of cells.

    Comments and what stands in quotation marks are left aside: they hold commas and semicolons of their own.
    """
    lines = head.replace("\r\n", "\n").replace("\r", "\n")
    sample = re.sub(r'^#.*$|"[^"]*"', "", lines, flags=re.MULTILINE)

    def agreement(delimiter: str) -> tuple[int, int]:
        rows = [len(row) for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 60)]
        widths = Counter(width for width in rows if width > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(",;\t", key=agreement)
