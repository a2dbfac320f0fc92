"""Objectives as people write them: rows of a CSV file, or tables of a TOML file."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from data.model import Message, UserError, Window, says
from data.objectives import Aim, Objective, Period, checked
from metrics.aims import House, period_of, running
from metrics.model import N_, Unit
from metrics.registry import metrics

MOST = 1000  # objectives in a file: more is no list that people wrote
SHOWN = 60  # letters of a cell that are said again
COLUMNS = ("metric", "scope", "period", "from", "to", "at_least", "at_most", "start", "owner")
TITLES = {
    "metric": N_("Figure"), "scope": N_("Of what"), "period": N_("Period"), "from": N_("First day"),
    "to": N_("Last day"), "at_least": N_("At least"), "at_most": N_("At most"), "start": N_("From which day on"),
    "owner": N_("Who answers for it"),
}  # fmt: skip
FRENCH = {
    "indicateur": "metric", "périmètre": "scope", "période": "period", "du": "from", "au": "to", "au moins": "at_least",
    "au plus": "at_most", "début": "start", "responsable": "owner",
}  # fmt: skip
PERIODS = {
    "semaine": Period.WEEK, "mois": Period.MONTH, "trimestre": Period.QUARTER, "année": Period.YEAR,
} | {one.value: one for one in Period if one is not Period.DATES}  # fmt: skip
THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")  # 3,000: three thousand for some, three for others
NUMBER = re.compile(r"\d+([.,]\d+)?")
HEADER = re.compile(r"\s*\[\[\s*objective\s*\]\]")


@dataclass(frozen=True)
class Reading:
    """For whom objectives are read: names of metrics in the reader's language beside the keys, the house, the day."""

    names: Mapping[str, str]
    house: House
    today: date


@dataclass
class Written:
    """What a file states, each objective with the first day of its running period, and what is wrong with it."""

    objectives: list[tuple[Objective, date]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)


class _Wrong(Exception):
    def __init__(self, column: str, found: object, expected: Message) -> None:
        super().__init__(column)
        self.column, self.found, self.expected = column, str(found)[:SHOWN], expected


def written(name: str, content: bytes, by: Reading) -> Written:
    """What a file states. Raises UserError where it is neither CSV nor TOML."""
    text = _text(content)
    rows = _toml(name, text) if name.lower().endswith(".toml") else _csv(name, text)
    found = Written()
    for line, row in rows:
        if len(found.objectives) + len(found.problems) >= MOST:
            raise UserError(says("{file} has more than {n} objectives.", file=name, n=MOST))
        try:
            found.objectives.append(objective(row, by))
        except _Wrong as wrong:
            found.problems.append(
                says(
                    "{file}, line {line}, {column}: found “{found}”, expected {expected}", file=name, line=str(line),
                    column=wrong.column, found=wrong.found, expected=wrong.expected,
                )
            )  # fmt: skip
        except UserError as error:
            found.problems.append(
                says("{file}, line {line}: {problem}", file=name, line=str(line), problem=error.message)
            )
    if not found.objectives and not found.problems:
        raise UserError(says("{file} holds no objective. Its columns are: {columns}", file=name, columns=[*COLUMNS]))
    return found


def stated(row: Mapping[str, Any], by: Reading) -> tuple[Objective, date]:
    """What a form states, as a row of a file would. Raises UserError."""
    try:
        return objective(row, by)
    except _Wrong as wrong:
        column = Message(TITLES[wrong.column])
        raise UserError(
            says(
                "{column}: found “{found}”, expected {expected}",
                column=column,
                found=wrong.found,
                expected=wrong.expected,
            )
        ) from wrong


def objective(row: Mapping[str, Any], by: Reading) -> tuple[Objective, date]:
    """The objective of a row, from the first day of its period on, and the first day of the running period."""
    metric = _metric(row.get("metric") or "", by)
    aim = Aim(metric, _scope(row.get("scope") or "", by), *_period(row))
    unit = metrics()[metric].unit
    low, high = (_number(column, row.get(column), unit) for column in ("at_least", "at_most"))
    if low is None and high is None:
        raise _Wrong("at_least", "", says("a number, here or under at_most"))
    now = running(aim, by.today, by.house.week_start)
    start = _day("start", row.get("start")) or (aim.dates.first if aim.dates else now)
    since = period_of(aim, start, by.house.week_start).first
    return checked(Objective(aim, since, low, high, str(row.get("owner") or "").strip())), now


def _metric(told: Any, by: Reading) -> str:
    text = str(told).strip()
    if text in metrics():
        return text
    named = {name.casefold(): key for name, key in by.names.items()}
    if text.casefold() not in named:
        raise _Wrong("metric", text, says("one of {keys}", keys=", ".join(metrics())))
    return named[text.casefold()]


def _scope(told: Any, by: Reading) -> tuple[str, ...]:
    parts = [str(one) for one in told] if isinstance(told, list) else re.split(r"[,+]", str(told))
    known = [*dict.fromkeys(one.partition(":")[0] for one in by.house.accounts), *by.house.accounts]
    found = []
    for part in filter(None, map(str.strip, parts)):
        exact = next((one for one in known if one.casefold() == part.casefold()), None)
        if exact is None:
            raise _Wrong("scope", part, says("nothing for the whole brand, or some of {known}", known=", ".join(known)))
        found.append(exact)
    return tuple(sorted(set(found)))


def _period(row: Mapping[str, Any]) -> tuple[Period, Window | None]:
    first, last = (_day(column, row.get(column)) for column in ("from", "to"))
    if first and last:
        return Period.DATES, Window(first, last)
    if first or last:
        raise _Wrong("to" if first else "from", "", says("a day, as the other one is given"))
    text = str(row.get("period") or "").strip().casefold()
    if text not in PERIODS:
        raise _Wrong("period", text, says("week, month, quarter or year, or two days under from and to"))
    return PERIODS[text], None


def _day(column: str, told: Any) -> date | None:
    if isinstance(told, date):
        return told.date() if isinstance(told, datetime) else told
    text = str(told or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _Wrong(column, text, says("a day as YYYY-MM-DD")) from error


def _number(column: str, told: Any, unit: Unit) -> float | None:
    text = re.sub(r"\s", "", "" if told is None else str(told))
    if not text:
        return None
    share = text.endswith("%")
    digits = text.removesuffix("%")
    if share is not (unit is Unit.PERCENT):
        raise _Wrong(column, text, says("a percentage such as 3.5 %") if not share else says("a number, no percentage"))
    if isinstance(told, str) and THOUSANDS.fullmatch(digits):
        raise _Wrong(column, text, says("a number without a mark between thousands, such as 3000"))
    if not NUMBER.fullmatch(digits):
        raise _Wrong(column, text, says("a number such as 3000 or 2.5"))
    value = float(digits.replace(",", "."))
    return value / 100 if share else value


def _csv(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=max(";,\t", key=first.count))
    columns: list[str] = []
    try:
        for cells in reader:
            if not any(map(str.strip, cells)):
                continue
            if columns:
                yield reader.line_num, dict(zip(columns, cells, strict=False))
                continue
            columns = [_column(cell) for cell in cells]
            unknown = [cell for cell, column in zip(cells, columns, strict=True) if column not in COLUMNS]
            if unknown or "metric" not in columns:
                raise UserError(
                    says(
                        "{file}, line {line}: found the columns {found}, expected some of {columns}", file=name,
                        line=str(reader.line_num), found=", ".join(cells), columns=", ".join(COLUMNS),
                    )
                )  # fmt: skip
    except csv.Error as error:
        line = str(reader.line_num)
        raise UserError(
            says("{file}, line {line}: this is no CSV ({reason}).", file=name, line=line, reason=str(error))
        ) from error


def _column(cell: str) -> str:
    plain = cell.strip().casefold()
    return FRENCH.get(plain.replace("_", " "), plain.replace(" ", "_"))


def _toml(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(says("{file}: this is no TOML ({reason}).", file=name, reason=str(error))) from error
    tables = told.get("objective")
    if not isinstance(tables, list) or told.keys() != {"objective"} or not all(isinstance(one, dict) for one in tables):
        raise UserError(
            says(
                "{file}: expected tables that begin with {header}, and nothing else", file=name, header="[[objective]]"
            )
        )
    lines = [n for n, line in enumerate(text.splitlines(), 1) if HEADER.match(line)]
    for n, table in enumerate(tables):
        line = lines[n] if len(lines) == len(tables) else n + 1
        if unknown := table.keys() - set(COLUMNS):
            raise UserError(
                says(
                    "{file}, line {line}: found the columns {found}, expected some of {columns}", file=name,
                    line=str(line), found=", ".join(sorted(unknown)), columns=", ".join(COLUMNS),
                )
            )  # fmt: skip
        yield line, table


def _text(content: bytes) -> str:
    """The text of a file as spreadsheets and editors save it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
