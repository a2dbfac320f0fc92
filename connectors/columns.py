"""Rows of a long text, column by column: Arrow reads them where it cannot but read the same as Python's own reader.

Both take a quotation mark for one at the beginning of a cell, and for a letter elsewhere; so where all of them stand
as they should, the end of a row is known without reading it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from data.model import Coded

QUOTE = ord('"')
CELL = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Piece:
    """Whole rows of a text in UTF-8."""

    data: bytes
    delimiter: str

    def rows(self) -> list[list[str]]:
        """The cells of each row, blank rows included."""
        lines = io.TextIOWrapper(io.BytesIO(self.data), "utf-8", newline="")
        return list(csv.reader(lines, delimiter=self.delimiter))

    def columns(self, width: int, places: Iterable[int]) -> dict[int, Coded] | None:
        """The columns at some places; None unless every row has as many cells as the header, and none is blank."""
        if width < 2:
            return None
        names = list(map(str, range(width)))
        wanted = [names[place] for place in sorted({0, *places})]
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(self.data),
                arrow_csv.ReadOptions(block_size=len(self.data) + 1, column_names=names),
                arrow_csv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=b'"' in self.data,
                    ignore_empty_lines=False,
                ),
                arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(wanted, CELL), include_columns=wanted, check_utf8=False
                ),
            )
        except pa.ArrowInvalid:  # a row of another width
            return None
        columns = {int(name): _coded(table.column(name)) for name in wanted}
        return columns if all(cell.strip() for cell in columns[0].distinct) else None


def _coded(column: pa.ChunkedArray) -> Coded:
    (cells,) = column.chunks
    codes = memoryview(cells.indices.buffers()[1]).cast("i")[cells.offset : cells.offset + len(cells)]
    return Coded(cells.dictionary.to_pylist(), codes)


def end_of_rows(data: bytes, delimiter: str, last: bool) -> int | None:
    """Where the last whole row ends, of a text that begins with a row; `last`: nothing follows.

    None where the quotation marks do not stand as they should.
    """
    if b'"' not in data:
        return len(data) if last else data.rfind(b"\n") + 1
    signs = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    opening = quotes[::2]
    before = signs[opening[opening > 0] - 1]
    if not np.isin(before, [ord(delimiter), ord("\n"), ord("\r"), QUOTE]).all():
        return None
    if last:
        return None if len(quotes) % 2 else len(data)
    end = data.rfind(b"\n")
    while end >= 0 and (above := int(np.searchsorted(quotes, end))) % 2:
        end = data.rfind(b"\n", 0, int(quotes[above - 1]))
    return end + 1
