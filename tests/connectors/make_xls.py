"""Writes a small workbook of Excel 97: no library at hand does."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_xls(rows: Sequence[Sequence[str | float | None]], locked: bool = False) -> bytes:
    """A .xls of one sheet, "Data"; `locked` says in its first record that a password is needed."""
    return _container(_workbook_stream(rows, locked))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _workbook_stream(rows: Sequence[Sequence[str | float | None]], locked: bool) -> bytes:
    def begin(kind: int) -> bytes:
        return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    end, name = _record(0x000A, b""), b"Data"
    password = _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b""
    head = begin(0x0005) + password
    sheet_at = len(head) + 4 + 8 + len(name) + len(end)
    head += _record(0x0085, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name) + end
    cells = b""
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if isinstance(cell, str):
                text = struct.pack("<HHHHB", y, x, 0, len(cell), 1) + cell.encode("utf-16-le")
                cells += _record(0x0204, text)
            elif cell is not None:
                cells += _record(0x0203, struct.pack("<HHHd", y, x, 0, cell))
    return head + begin(0x0010) + cells + end


def _container(stream: bytes) -> bytes:
    """The stream in an OLE container: one sector of table, one of directory, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    table = [FAT, END, *range(3, count + 2), END]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<I", FREE) * 108

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    empty = entry("", 0, FREE, 0, 0)
    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream)) + empty * 2
    fat = b"".join(struct.pack("<I", sector) for sector in table).ljust(SECTOR, b"\xff")
    return header + fat + directory + stream
