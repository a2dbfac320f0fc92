"""A sample as grids of cells that know where they stood, and the bytes of a file of such grids.

It shares no code with the reading of exports: what a file is, its encoding and its delimiter are found anew. Only
what is odd is opened by the product: workbooks in SpreadsheetML, written as .xlsx, and files whose rows stand in
quotation marks, written without them.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from connectors.sheet import open_book
from connectors.wrapped import is_wrapped, unwrapped

MADE = datetime(2026, 1, 1)
DELIMITERS = ",;\t"
FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}


@dataclass(frozen=True)
class Row:
    """A row and where it stood; 0 for one that is new."""

    cells: tuple[Any, ...]
    number: int


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet; `member` of an archive holds it."""

    sheet: str
    rows: tuple[Row, ...]
    member: str = ""

    def now_at(self) -> dict[int, int]:
        """Where each row stood, by where it stands."""
        return {now: row.number for now, row in enumerate(self.rows, start=1)}


@dataclass(frozen=True)
class Document:
    """A sample taken apart. `kind`: csv, xlsx or zip. `encode` writes a text; the other options are of CSV."""

    name: str
    kind: str
    grids: tuple[Grid, ...]
    delimiter: str = ","
    newline: str = "\r\n"
    encode: Callable[[str], bytes] = str.encode
    broken: bool = False  # its rows stood in quotation marks, and some were broken: their lines belong together
    stamps: dict[str, tuple[int, ...]] = field(default_factory=dict)  # of an archive's members

    def with_grid(self, grid: Grid) -> Document:
        """The same with one of its sheets replaced."""
        return replace(self, grids=tuple(grid if g.sheet == grid.sheet else g for g in self.grids))

    def content(self) -> bytes:
        """The bytes of the file."""
        if self.kind == "xlsx":
            return xlsx(self.grids)
        if self.kind == "zip":
            return self._archive()
        return self.encode(csv_text(self.grids[0], self.delimiter, self.newline))

    def _archive(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in dict.fromkeys(grid.member for grid in self.grids):
                grids = [grid for grid in self.grids if grid.member == member]
                inner = xlsx(grids, f"{member.rsplit('/', 1)[-1]} / ") if member.endswith(".xlsx") else None
                text = self.encode(csv_text(grids[0], self.delimiter, self.newline))
                archive.writestr(zipfile.ZipInfo(member, self.stamps[member]), inner or text)  # type: ignore[arg-type]
        return out.getvalue()


def csv_text(grid: Grid, delimiter: str, newline: str) -> str:
    """A grid as CSV; a row of nothing is an empty line."""
    return "".join(_line(row.cells, delimiter) + newline for row in grid.rows)


def _line(cells: Sequence[Any], delimiter: str) -> str:
    if all(cell in ("", None) for cell in cells):
        return delimiter * (len(cells) - 1)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def xlsx(grids: Iterable[Grid], prefix: str = "") -> bytes:
    """A workbook whose cells are of the types given: a text stays one, however it looks."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": MADE})  # or the bytes depend on the second
    styles = {kind: book.add_format({"num_format": style}) for kind, style in FORMATS.items()}
    for grid in grids:
        sheet = book.add_worksheet(grid.sheet.removeprefix(prefix))
        for y, row in enumerate(grid.rows):
            for x, cell in enumerate(row.cells):
                if isinstance(cell, bool):
                    sheet.write_boolean(y, x, cell)
                elif isinstance(cell, (date, time, timedelta)):
                    sheet.write_datetime(y, x, cell, styles[type(cell)])  # pyright: ignore[reportArgumentType]
                elif isinstance(cell, (int, float)):
                    sheet.write_number(y, x, cell)
                elif cell not in ("", None):
                    sheet.write_string(y, x, cell)
    book.close()
    return out.getvalue()


def of_tables(path: Path) -> bool:
    """Whether a sample is made of texts in rows and of workbooks."""
    if path.suffix != ".zip":
        return path.suffix in (".csv", ".xlsx", ".xls")
    with zipfile.ZipFile(path) as archive:
        return all(name.endswith(("/", ".csv", ".xlsx")) for name in archive.namelist())


def document_of(path: Path) -> Document:
    """The sample taken apart."""
    content, name = path.read_bytes(), path.name
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return Document(name, "xlsx", tuple(_of_workbook(content)))
            members = [(info, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
        grids = [grid for info, inner in members for grid in _of_member(info.filename, inner)]
        stamps = {info.filename: info.date_time for info, _ in members}
        return Document(name, "zip", tuple(grids), stamps=stamps)
    if path.suffix == ".xls":
        book = open_book(name, content)
        grids = [_grid(sheet.name, [cells for _, cells in sheet.rows()]) for sheet in book.sheets]
        return Document(path.stem + ".xlsx", "xlsx", tuple(grids))
    text, encode = _decoded(content)
    delimiter = "," if is_wrapped(io.StringIO(text, newline="")) else delimiter_of(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    grids = (_of_text(name, text, delimiter),)
    return Document(name, "csv", grids, delimiter, newline, encode, is_wrapped(io.StringIO(text, newline="")))


def _of_member(member: str, content: bytes) -> list[Grid]:
    title = member.rsplit("/", 1)[-1]
    if member.endswith(".xlsx"):
        found = _of_workbook(content)
        return [replace(grid, sheet=f"{title} / {grid.sheet}", member=member) for grid in found]
    text, _ = _decoded(content)
    return [replace(_of_text(title, text, delimiter_of(text)), member=member)]


def _of_workbook(content: bytes) -> list[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [_grid(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]


def _of_text(title: str, text: str, delimiter: str) -> Grid:
    if is_wrapped(io.StringIO(text, newline="")):
        return _grid(title, unwrapped(io.StringIO(text, newline="")))
    return _grid(title, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _grid(sheet: str, rows: Iterable[Sequence[Any]]) -> Grid:
    return Grid(sheet, tuple(Row(tuple(cells), number) for number, cells in enumerate(rows, start=1)))


def _decoded(content: bytes) -> tuple[str, Callable[[str], bytes]]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if content.startswith(mark):
            return content.removeprefix(mark).decode(encoding), partial(_encode, encoding, mark)
    if content[1::2].count(0) > len(content) // 4:
        return content.decode("utf-16-le"), partial(_encode, "utf-16-le", b"")
    try:
        return content.decode(), str.encode
    except UnicodeDecodeError:
        return content.decode("cp1252"), partial(_encode, "cp1252", b"")


def _encode(encoding: str, mark: bytes, text: str) -> bytes:
    return mark + text.encode(encoding)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the rows into the most cells in quotation marks or out of them."""

    def cells(delimiter: str) -> int:
        rows = [
            r
            for r in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            if not "".join(r[:1]).startswith("#")
        ]
        return sorted(map(len, rows))[len(rows) * 3 // 4] if rows else 0

    return max(DELIMITERS, key=cells)
