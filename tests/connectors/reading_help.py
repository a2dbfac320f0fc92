"""How tests read a made-up file: one call from text or bytes to what it says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from connectors.reading import Examined, examine
from data.model import Answers, Problem, Statement

ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Read:
    """A file read to its end."""

    examined: Examined
    statements: list[Statement]
    problems: list[Problem]

    def column(self, name: str) -> list[Any]:
        return [statement.values.get(name) for statement in self.statements]


def read_file(name: str, content: bytes | str, answers: Answers = Answers()) -> Read:  # noqa: B008
    """What a file says; `answers` must leave no question open."""
    examined = examine(name, content.encode() if isinstance(content, str) else content, answers)
    items = list(examined.statements(ZONE))
    return Read(
        examined,
        [item for item in items if isinstance(item, Statement)],
        [item for item in items if isinstance(item, Problem)],
    )


def csv_text(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """A .xlsx of these sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if cell not in ("", None):
                    sheet.write(y, x, cell)
    book.close()
    return out.getvalue()
