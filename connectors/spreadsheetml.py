"""From the bytes of a workbook written as XML (SpreadsheetML 2003) to its grids of cells.

Facebook named such files .xls, and wrote letters into them that are not UTF-8. Letters that cannot be read become
`\N{REPLACEMENT CHARACTER}`, and marks that stand for themselves are mended, so that no cell is lost with them. A file
that declares entities is refused, nothing is fetched, and cells are counted while they are read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from data.model import UserError, says

Grid = list[list[Any]]

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
START = 4000  # bytes within which a workbook names itself
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # those of a spreadsheet
MAX_CELLS = 10_000_000  # as of any workbook
MAX_DEPTH = 100  # of elements within elements
UNREAD = "\ufffd"

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no word for them
CONTROL_BY_NUMBER = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")
BARE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")


def is_spreadsheetml(content: bytes) -> bool:
    """Whether a file is a workbook written as XML."""
    start = content[:START].removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith((b"<?xml", b"<Workbook")) and SPREADSHEET.encode() in start


def read_spreadsheetml(name: str, content: bytes) -> list[tuple[str, Grid]]:
    """(sheet name, grid) of the sheets. Raises UserError for what is damaged, cut short, or claims too many cells."""
    workbook = _Workbook(name)
    try:
        workbook.parser.Parse(_mended(content), True)
    except (expat.ExpatError, ValueError) as error:
        raise UserError(
            says(
                "{file} cannot be opened as an Excel workbook: it is damaged or cut short. Export it again.",
                file=name,
            )
        ) from error  # fmt: skip
    return workbook.sheets


def _mended(content: bytes) -> bytes:
    text = CONTROL.sub(UNREAD, content.decode("utf-8-sig", errors="replace"))
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text, count=1)  # whatever encoding it declares, it is text now
    text = BARE_LESS.sub("&lt;", BARE_AND.sub("&amp;", CONTROL_BY_NUMBER.sub(UNREAD, text)))
    return text.encode("utf-8", errors="replace")


class _Workbook:
    """What a parser has understood so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: list[tuple[str, Grid]] = []
        self.cells = 0  # of all sheets, those left out before an index included
        self.inside: list[str] = []  # the elements that are open
        self.kind: str | None = None  # of the data that is being read
        self.text: list[str] = []
        self.after = 0  # columns that the present cell covers beside its own
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.read
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: Any) -> None:
        raise ValueError("entities can be declared in a document type: no export has one")

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        if len(self.inside) > MAX_DEPTH:
            raise ValueError("no workbook is so deep")
        tag = element.removeprefix(f"{SPREADSHEET} ")
        if tag == "Worksheet":
            self.sheets.append((attributes.get(f"{SPREADSHEET} Name", ""), []))
        elif tag == "Row" and self.sheets:
            self.row(attributes)
        elif tag == "Cell" and self.inside[-1:] == ["Row"] and self.sheets:
            self.cell(attributes)
        elif tag == "Data" and self.inside[-1:] == ["Cell"]:  # a comment on a cell has data too
            self.kind, self.text = attributes.get(f"{SPREADSHEET} Type", "String"), []
        self.inside.append(tag)

    def row(self, attributes: Mapping[str, str]) -> None:
        grid = self.sheets[-1][1]
        place = int(attributes.get(f"{SPREADSHEET} Index", len(grid) + 1))
        self.count(place - len(grid), place <= MAX_ROWS)
        grid.extend([] for _ in range(place - len(grid)))
        self.after = 0

    def cell(self, attributes: Mapping[str, str]) -> None:
        row = self.sheets[-1][1][-1]
        place = int(attributes.get(f"{SPREADSHEET} Index", len(row) + self.after + 1))
        self.count(place - len(row), place <= MAX_COLUMNS)
        row.extend([None] * (place - len(row)))
        self.after = int(attributes.get(f"{SPREADSHEET} MergeAcross", 0))

    def count(self, more: int, possible: bool) -> None:
        self.cells += more
        if more < 1:
            raise ValueError("rows and cells stand in order")
        if not possible or self.cells > MAX_CELLS:
            raise UserError(
                says(
                    "{file} has a cell so far from the others that it cannot be read. "
                    "Copy the rows you need into a new workbook, or export again.",
                    file=self.name,
                )
            )  # fmt: skip

    def read(self, text: str) -> None:
        if self.kind is not None:
            self.text.append(text)

    def end(self, element: str) -> None:
        if self.inside.pop() == "Data" and self.kind is not None and self.inside[-1:] == ["Cell"]:
            self.sheets[-1][1][-1][-1] = _value(self.kind, "".join(self.text))
            self.kind = None


def _value(kind: str, text: str) -> Any:
    """What a cell says by its declared type; what is not of that type stays the text it is."""
    try:
        if kind == "Number":
            number = float(text)
            return int(text) if text.strip().lstrip("-").isdecimal() else number
        if kind == "DateTime":
            return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    if kind == "Boolean" and text.strip() in ("0", "1"):
        return text.strip() == "1"
    return text
