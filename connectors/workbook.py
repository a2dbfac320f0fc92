"""From the bytes of a workbook to its grids of cells, with the guards that a file from anywhere needs.

Readers of workbooks trust what a file says of itself: a small one can claim seventeen thousand million cells,
and a damaged one can end the process that reads it. So a .xlsx is unpacked and measured before it is read,
and the reading is done by a process of its own.
"""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from data.model import UserError, says

Grid = list[list[Any]]

MAX_CELLS = 10_000_000  # of one sheet, from its first cell to its last: exports have far fewer
CELL = re.compile(rb'\br\s*=\s*["\']([A-Z]{1,3})(\d{1,7})["\']')
# A .xlsx with a password is a package in an OLE file; a .xls says so in the record that follows its first.
LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\0\0\x06\x05\0.{12}\x2f\0", re.DOTALL
)
SECONDS = 120
HOUSE = Path(__file__).resolve().parent.parent


def read_xlsx(name: str, parts: Mapping[str, bytes]) -> Iterator[tuple[str, Grid]]:
    """(sheet name, grid) of the sheets of a .xlsx, given its unpacked parts."""
    if any(path.startswith("xl/worksheets/") and _cells(part) > MAX_CELLS for path, part in parts.items()):
        raise UserError(
            says(
                "{file} has a cell so far from the others that it cannot be read. "
                "Copy the rows you need into a new workbook, or export again.",
                file=name,
            )
        )  # fmt: skip
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return _read(name, plain.getvalue())


def read_xls(name: str, content: bytes) -> Iterator[tuple[str, Grid]]:
    """(sheet name, grid) of the sheets of a .xls."""
    if LOCKED.search(content):
        raise UserError(says("{file} is protected by a password. Remove the password and try again.", file=name))
    return _read(name, content)


def _read(name: str, content: bytes) -> Iterator[tuple[str, Grid]]:
    command = [sys.executable, "-m", "connectors.workbook"]
    try:
        run = subprocess.run(command, input=content, capture_output=True, cwd=HOUSE, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _damaged(name) from error
    if run.returncode:
        raise _damaged(name)
    return iter(pickle.loads(run.stdout))


def _cells(part: bytes) -> int:
    """How many cells a sheet spans from the first to the last one it names."""
    columns, rows = {b"A"}, 1
    for match in CELL.finditer(part):
        columns.add(match[1])
        rows = max(rows, int(match[2]))
    return rows * max(_column_number(letters) for letters in columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _damaged(name: str) -> UserError:
    return UserError(
        says(
            "{file} cannot be opened as an Excel workbook: it is damaged or cut short. Export it again.",
            file=name,
        )
    )  # fmt: skip


def _main() -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    grids = [(n, workbook.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in names]
    sys.stdout.buffer.write(pickle.dumps(grids))


if __name__ == "__main__":
    _main()
