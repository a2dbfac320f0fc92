"""The reading of a table's rows by its declaration, and what connectors ask of their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from connectors.base import Ask, Column, Question, Record, Source, Table
from connectors.cells import DECIMAL, ID, TEXT, Unreadable, missing, normalise
from connectors.dates import DATE, DMY, MDY, Dates, read_date, styles_that_read
from data.model import Account, Check, Finding, Message, Origin, Problem, says


def date_style(table: Table, column: Column, order: str | None) -> str:
    """The style that reads all cells of a date column. Raises Ask when day and month cannot be told apart."""
    assert isinstance(column.kind, Dates)
    styles = styles_that_read(table.column(column.key), column.kind.styles)
    if len(styles) > 1 and {MDY, DMY} <= set(styles):
        if order is None:
            example = str(max(table.column(column.key), key=_has_two_readings))
            raise Ask(Question("date_order", suggestion=MDY, example=example))
        return order
    return styles[0]


def _has_two_readings(cell: Any) -> bool:
    month_first, day_first = read_date(cell, MDY), read_date(cell, DMY)
    return month_first is not None and day_first is not None and month_first != day_first


DATE_EXPECTED = says("a date")


def records(table: Table, source: Source) -> Iterator[Record | Problem | Check]:
    """The rows of a table read by its declaration; a cell that cannot be read is a problem beside its row.

    A row that lacks a required value gives its problems only. Of columns that share a header, the first that
    states something other than zero is read. After the rows, what the table declares as their total is compared.
    """
    spec, order = table.spec, source.answers.date_order
    columns = [(c, table.positions[c.key]) for c in spec.columns if c.key in table.positions]
    styles = {c.key: date_style(table, c, order) for c, _ in columns if isinstance(c.kind, Dates)}
    others = list(_other_columns(table)) if spec.others else []
    comma = table.sheet.comma_decimals
    adding = {c.key for c, _ in columns if c.adds}
    added: Counter[str] = Counter()
    for number, cells in table.rows():
        values: dict[str, Any] = {}
        aside: dict[str, Any] = {}
        problems: list[Problem] = []
        whole = True
        for column, places in columns:
            cell = cells[places[0]] if len(places) == 1 else _first_stated(cells[p] for p in places)
            if missing(cell, text=column.kind is TEXT):
                if column.required and not column.may_be_empty:
                    found = _remark(table, cells)
                    problems.append(_problem(table, number, column, found, says("a value in this column")))
                    whole = False
                continue
            try:
                (aside if column.aside else values)[column.key] = _value(cell, column, styles, comma)
            except Unreadable as error:
                problems.append(_problem(table, number, column, cell, error.expected))
                whole = whole and (column.may_be_empty or not column.required)
        yield from problems
        if whole:
            added.update({key: value for key, value in (values | aside).items() if key in adding})
            extra = {name: n for name, place in others if (n := _other_number(cells[place], comma)) is not None}
            yield Record(values, Origin(table.sheet.name, number), extra, aside)
    yield from _checks(table, added)


def _checks(table: Table, added: Mapping[str, float]) -> Iterator[Check]:
    """What each total row declares, beside what the rows come to."""
    for number, cells in table.totals():
        for column in table.spec.columns:
            if not column.adds or isinstance(column.kind, Dates) or column.key not in table.positions:
                continue
            cell = cells[table.positions[column.key][0]]
            with suppress(Unreadable):  # a total that cannot be read checks nothing
                declared = None if missing(cell) else column.kind.parse(cell, table.sheet.comma_decimals)
                if declared is not None:
                    origin = Origin(table.sheet.name, number)
                    yield Check(table.header(column.key), declared, added.get(column.key, 0), origin)


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement on the account a row, for the day it prints."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        else:
            day = record.values["day"].date()
            yield record.statement("account_days", account=source.account.key, day=day)


def read_members(table: Table, source: Source, first: date, last: date) -> Iterator[Finding]:
    """One statement a row on a part of the audience; the header of its `member` names the dimension."""
    told = {
        "account": source.account.key,
        "dimension": normalise(table.header("member")).replace(" ", "_"),
        "first_day": first,
        "last_day": last,
    }
    for record in records(table, source):
        yield record.statement("audience", **told) if isinstance(record, Record) else record


def named_accounts(tables: list[Table], network: str, handle: str, name: str) -> list[Account]:
    """The accounts that two columns of the rows name, the most frequent first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for table in tables:
        places = [table.positions[key][0] for key in (handle, name)]
        for _, cells in table.rows():
            found, called = (cells[place] for place in places)
            with suppress(Unreadable):  # a damaged id is a problem of its row
                if not missing(found):
                    key = ID.parse(found, False)
                    counts[key] += 1
                    names[key] = "" if missing(called) else str(called).strip()
    return [Account(network, key, names[key]) for key, _ in counts.most_common()]


def only_zeros(table: Table, key: str) -> bool:
    """Whether a column says nothing but 0: some networks print that for what they do not measure."""
    stated = {str(cell).strip() for place in table.positions.get(key, ()) for cell in table.cells(place)}
    return bool(stated) and stated <= {"0", "0.0"}


def by_day(table: Table, key: str) -> Problem | None:
    """The problem of posts that are counted day by day, where counts since publication are read."""
    if key not in table.positions:
        return None
    days = (cell for cell in table.column(key) if any(read_date(cell, style) for style in DATE.styles))
    day = next(days, None)
    if day is None:
        return None
    advice = says("counts since publication; these are counted day by day: export again and choose Lifetime")
    return Problem(advice, str(day), table.sheet.name, table.header_row, table.header(key))


def days_spanned(table: Table, key: str, source: Source) -> tuple[date, date] | None:
    """The first and last day of a date column, None when it states none."""
    column = next(c for c in table.spec.columns if c.key == key)
    style = date_style(table, column, source.answers.date_order)
    days = [moment.date() for cell in table.column(key) if (moment := read_date(cell, style))]
    return (min(days), max(days)) if days else None


def _value(cell: Any, column: Column, styles: Mapping[str, str], comma: bool) -> Any:
    if isinstance(column.kind, Dates):
        moment = read_date(cell, styles[column.key])
        if moment is None:
            raise Unreadable(DATE_EXPECTED)
        return moment
    return column.kind.parse(cell, comma)


def _first_stated(cells: Iterable[Any]) -> Any:
    stated = [cell for cell in cells if not missing(cell)]
    return next((cell for cell in stated if str(cell).strip() not in ("0", "0.0")), stated[0] if stated else None)


def _remark(table: Table, cells: list[Any]) -> Any:
    places = table.positions.get(table.spec.remarks)
    return cells[places[0]] if places else ""


def _problem(table: Table, number: int, column: Column, cell: Any, expected: Message) -> Problem:
    return Problem(expected, str(cell)[:80], table.sheet.name, number, table.header(column.key))


def _other_columns(table: Table) -> Iterator[tuple[str, int]]:
    declared = {place for places in table.positions.values() for place in places}
    ignored = re.compile(table.spec.ignores)
    for place, header in enumerate(table.headers):
        if place not in declared and header and not ignored.search(normalise(header)):
            yield header, place


def _other_number(cell: Any, comma: bool) -> float | None:
    if missing(cell) or isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, str) and not re.fullmatch(r"[+-]?[\d.,\s\u00a0\u202f]+", cell):
        return None
    try:
        number = DECIMAL.parse(cell, comma)
    except Unreadable:
        return None
    return None if number is None else float(number)


def in_utc(moment: datetime, zone: ZoneInfo | timezone = UTC) -> datetime:
    """A moment as naive UTC; one printed without an offset is in `zone`."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(tzinfo=None)


def local_day(utc: datetime, zone: ZoneInfo) -> date:
    """The day of a naive UTC moment where the brand lives."""
    return utc.replace(tzinfo=UTC).astimezone(zone).date()
