"""The text of an export as it is read, in UTF-8: line by line or in pieces of whole rows, never beside its bytes."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from connectors.columns import Piece, end_of_rows
from data.model import Content, opened

STEP = 2**20  # bytes looked at together
PIECE = 4 * STEP  # bytes of the rows that are read together
ROWS = 5_000  # rows taken together where they come one by one
BEGINNING = 4_000  # bytes, or letters, by which an encoding is known
CONTROLS = [chr(code) for code in (*range(0, 9), *range(14, 25))]

csv.field_size_limit(2**31 - 1)  # a cell is never too long: past a limit its rows would be lost


@dataclass(frozen=True)
class Text:
    """A text in UTF-8 that can be read again; it begins at the byte `start`, behind the mark of its encoding."""

    content: Content
    start: int = 0

    def lines(self, start: int | None = None) -> Iterator[str]:
        """The lines from a byte on, each with its end."""
        with opened(self.content) as file:
            file.seek(self.start if start is None else start)
            yield from io.TextIOWrapper(file, "utf-8", newline="")

    def head(self, letters: int) -> str:
        """The first letters."""
        with opened(self.content) as file:
            file.seek(self.start)
            return io.TextIOWrapper(file, "utf-8", newline="").read(letters)

    def whole(self) -> str:
        """All of it."""
        with opened(self.content) as file:
            file.seek(self.start)
            return file.read().decode("utf-8")

    def ends_a_line(self) -> bool:
        """Whether its last line is a whole one."""
        with opened(self.content) as file:
            file.seek(max(file.seek(0, io.SEEK_END) - 1, self.start))
            return file.read() in (b"\n", b"\r")

    def count(self, sign: bytes) -> int:
        """How often a sign stands in it."""
        with opened(self.content) as file:
            return sum(step.count(sign) for step in iter(lambda: file.read(STEP), b""))

    def rows(self, delimiter: str, start: int | None = None) -> Iterator[list[str]]:
        """The cells of each row from a byte on."""
        return csv.reader(self.lines(start), delimiter=delimiter)

    def pieces(self, delimiter: str, above: int) -> Iterator[Piece | list[list[str]]]:
        """The rows below the first `above` ones, many together.

        From where quotation marks do not stand as they should, the rest comes as rows.
        """
        place, left, size = self._below(delimiter, above), b"", PIECE
        with opened(self.content) as file:
            file.seek(place)
            while read := file.read(size):
                last = len(read) < size
                data = left + read
                end = end_of_rows(data, delimiter, last)
                if end is None:
                    break
                if end:
                    yield Piece(data[:end], delimiter)
                else:
                    size *= 2  # a row that is longer than a piece
                place, left = place + end, data[end:]
        rows = self.rows(delimiter, place)
        yield from iter(lambda: list(islice(rows, ROWS)), [])

    def _below(self, delimiter: str, above: int) -> int:
        """The byte at which the rows below the first `above` ones begin."""
        place = self.start

        def counted() -> Iterator[str]:
            nonlocal place
            for line in self.lines():
                place += len(line.encode())
                yield line

        rows = csv.reader(counted(), delimiter=delimiter)
        for _ in islice(rows, above):
            pass
        return place


def text_of(content: Content) -> Text | None:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, or None when it is not text."""
    with opened(content) as file:
        beginning = file.read(BEGINNING)
    if _wide(beginning) is None and _is_utf8(content):
        text = Text(content, len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0)
    else:
        with opened(content) as file:
            text = Text(_decoded(file.read()).encode())
    head = text.head(100_000)
    controls = sum(head[:BEGINNING].count(sign) for sign in CONTROLS)
    return None if "\0" in head or controls > len(head[:BEGINNING]) // 25 else text


def _wide(beginning: bytes) -> str | None:
    """The encoding of two bytes a letter that a text begins in."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if zeros.count(0) > len(beginning) // 4:
            return encoding
    return None


def _is_utf8(content: Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with opened(content) as file:
            while step := file.read(STEP):
                if not step.isascii() or decoder.getstate()[0]:
                    decoder.decode(step)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes) -> str:
    if encoding := _wide(content[:BEGINNING]):
        return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > 3 and error.start >= len(content) - 3:  # the file was cut in the middle of a letter
            return content[: error.start].decode("utf-8-sig")
        return content.decode("cp1252", errors="replace")
