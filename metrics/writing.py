"""What people write, cell by cell and table by table: numbers, days, names of figures, CSV and TOML."""

from __future__ import annotations

import csv
import difflib
import io
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.model import Message, UserError, says
from metrics.aims import House
from metrics.model import Unit
from metrics.registry import metrics

SHOWN = 60  # letters of a cell that are said again
NEAR = 0.75  # how alike two names are, at least, for one to be a slip of the other
TOML_LINE = re.compile(r"at line (\d+)")
THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")  # 3,000: three thousand for some, three for others
NUMBER = re.compile(r"\d+([.,]\d+)?")


@dataclass(frozen=True)
class Reading:
    """For whom it is read: names of metrics in the reader's language beside the keys, the house, the day."""

    names: Mapping[str, str]
    house: House
    today: date


class Wrong(Exception):
    """A cell that does not say what it should: in which column, what was found, what was expected."""

    def __init__(self, column: str, found: object, expected: Message) -> None:
        super().__init__(column)
        self.column, self.found, self.expected = column, str(found)[:SHOWN], expected

    def at(self, file: str, line: int) -> Message:
        """What is wrong, for the reader of a file."""
        where = {"file": file, "line": str(line), "column": self.column}
        if not self.found.strip():
            return says("{file}, line {line}, {column}: empty, expected {expected}", **where, expected=self.expected)
        return says(
            "{file}, line {line}, {column}: found “{found}”, expected {expected}", **where, found=self.found,
            expected=self.expected,
        )  # fmt: skip

    def in_form(self, titles: Mapping[str, str]) -> Message:
        """What is wrong, for who fills in a form whose fields are named by `titles`."""
        column = Message(titles[self.column])
        if not self.found.strip():
            return says("{column}: empty, expected {expected}", column=column, expected=self.expected)
        return says(
            "{column}: found “{found}”, expected {expected}", column=column, found=self.found, expected=self.expected
        )  # fmt: skip


def metric_of(told: Any, by: Reading, of: Collection[str] | None = None, column: str = "metric") -> str:
    """The key of a metric named by it or in the reader's words; one of some, or any."""
    text, known = str(told).strip(), metrics() if of is None else of
    named = {name.casefold(): key for name, key in by.names.items()}
    key = text if text in metrics() else named.get(text.casefold())
    if key not in known:
        near = difflib.get_close_matches(text.casefold(), [*known, *named], 3, NEAR)
        meant = dict.fromkeys(one for near_one in near if (one := named.get(near_one, near_one)) in known)
        if meant and key is None:  # a slip, and no figure that is not one of these
            raise Wrong(column, text, says("a figure such as {keys}", keys=", ".join(meant)))
        raise Wrong(column, text, says("one of {keys}", keys=", ".join(known)))
    assert key
    return key


def day_of(column: str, told: Any) -> date | None:
    """A day as TOML has it, or as YYYY-MM-DD; None where nothing is said."""
    if isinstance(told, date):
        return told.date() if isinstance(told, datetime) else told
    text = str(told or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Wrong(column, text, says("a day as YYYY-MM-DD")) from error


def number_of(column: str, told: Any, unit: Unit = Unit.COUNT) -> float | None:
    """A number above or at zero, or a percentage where the unit is one; None where nothing is said."""
    text = "" if told is None else str(told).strip()
    if not text:
        return None
    share = text.endswith("%")
    digits = re.sub(r"\s", "", text.removesuffix("%"))
    if share is not (unit is Unit.PERCENT):
        raise Wrong(column, text, says("a percentage such as 3.5 %") if not share else says("a number, no percentage"))
    if isinstance(told, str) and THOUSANDS.fullmatch(digits):
        raise Wrong(column, text, says("a number without a mark between thousands, such as 3000"))
    if not NUMBER.fullmatch(digits):
        raise Wrong(column, text, says("a number such as 3000 or 2.5"))
    value = float(digits.replace(",", "."))
    return value / 100 if share else value


def tables_of(name: str, text: str, kind: str, columns: Collection[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of one kind that a TOML file holds, with their lines. Raises UserError where it is anything else."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = TOML_LINE.search(str(error))
        line = at[1] if at else str(len(text.splitlines()))
        told = says("{file}, line {line}: this is no TOML. Is a quotation mark or a bracket missing?", file=name,
                    line=line)  # fmt: skip
        raise UserError(told) from error
    tables = stated.get(kind)
    if not isinstance(tables, list) or stated.keys() != {kind} or not all(isinstance(one, dict) for one in tables):
        header = f"[[{kind}]]"
        raise UserError(says("{file}: expected tables that begin with {header}, and nothing else", file=name,
                             header=header))  # fmt: skip
    begins = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if begins.match(line)]
    for n, table in enumerate(tables):
        line = lines[n] if len(lines) == len(tables) else n + 1
        if unknown := table.keys() - set(columns):
            raise UserError(
                says(
                    "{file}, line {line}: found the columns {found}, expected some of {columns}", file=name,
                    line=str(line), found=", ".join(sorted(unknown)), columns=", ".join(columns),
                )
            )  # fmt: skip
        yield line, table


def rows_of(
    name: str, text: str, columns: Collection[str], first: str, words: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file below its columns, with their lines; `words` are what columns are called in French.

    Raises UserError where it is no CSV, or where the column `first` is not there.
    """
    line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=max(";,\t", key=line.count))
    named: list[str] = []
    try:
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if named:
                yield reader.line_num, dict(zip(named, cells, strict=False))
                continue
            plain = [cell.strip().casefold() for cell in cells]
            named = [words.get(cell.replace("_", " "), cell.replace(" ", "_")) for cell in plain]
            if not set(named) <= set(columns) or first not in named:
                raise UserError(
                    says(
                        "{file}, line {line}: found the columns {found}, expected some of {columns}", file=name,
                        line=str(reader.line_num), found=", ".join(cells), columns=", ".join(columns),
                    )
                )  # fmt: skip
    except csv.Error as error:
        raise UserError(
            says("{file}, line {line}: this is no CSV ({reason}).", file=name, line=str(reader.line_num),
                 reason=str(error))
        ) from error  # fmt: skip


def text_of(content: bytes) -> str:
    """The text of a file as spreadsheets and editors save it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
