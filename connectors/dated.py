"""When an export was made, and in which order it writes day and month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from connectors.base import Ask, Column, Connector, Question, Table
from connectors.dates import Dates, read_date, styles_that_read
from connectors.rows import date_style
from connectors.sheet import Book
from data.model import Answers, Window


def made_at(book: Book, connector: Connector, tables: list[Table], answers: Answers) -> datetime | None:
    """When the export was made: as its content states, or its name or archive when that is soon after."""
    daily = [table for table in tables if table.spec.daily]
    stated = connector.as_of(book, tables) or (last_day(daily, answers) if daily else None)
    elsewhere = max((m for m in (moment_in_name(book.name), book.made) if m), default=None)
    if stated and elsewhere and not 0 <= (elsewhere - stated).days < 400:
        return stated
    return elsewhere or stated


MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<ms>1[4-9]\d{11})|(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d))(?!\d)"
    r"|(?P<mon>" + "|".join(MONTH_NAMES) + r")-(?P<md>[0-3]\d)-(?P<my>20\d\d)"
)


def moment_in_name(name: str) -> datetime | None:
    """The latest date in a file name, as networks write it: 2025-02-19, 20210401, Apr-14-2025, epoch ms."""
    return max(_moments_in(name), default=None)


def days_in_name(book: Book, tables: list[Table], answers: Answers) -> Window | None:
    """The days from one date in the file name to the other: what an export was asked for. None for any other name."""
    match _moments_in(book.name):
        case [first, last] if first <= last:
            return Window(first.date(), last.date())
    return None


def days_by_day(book: Book, tables: list[Table], answers: Answers) -> Window | None:
    """The days that the tables by day of an export state: its list of posts is of the same."""
    daily = [table for table in tables if table.spec.daily]
    first, last = (_edge(daily, answers, edge) for edge in (min, max))
    return Window(first, last) if first and last else None


def _moments_in(name: str) -> list[datetime]:
    moments = []
    for match in IN_NAME.finditer(name):
        try:
            if match["ms"]:
                moments.append(
                    datetime.fromtimestamp(int(match["ms"]) // 1000, tz=ZoneInfo("UTC")).replace(tzinfo=None)
                )
            elif match["mon"]:
                month = MONTH_NAMES.index(match["mon"]) + 1
                moments.append(datetime(int(match["my"]), month, int(match["md"])))
            else:
                moments.append(datetime(int(match["y"]), int(match["m"]), int(match["d"])))
        except ValueError:  # digits that only look like a date
            continue
    return moments


def _date_columns(tables: list[Table]) -> Iterator[tuple[Table, Column]]:
    for table in tables:
        for column in table.spec.columns:
            if isinstance(column.kind, Dates) and column.key in table.positions:
                yield table, column


def with_date_order(tables: list[Table], answers: Answers) -> Answers:
    """The answers, with the order of day and month where one date column settles it for its file."""
    if answers.date_order is None:
        for table, column in _date_columns(tables):
            assert isinstance(column.kind, Dates)
            match styles_that_read(table.distinct(column.key), column.kind.styles):
                case [("mdy" | "dmy") as order]:
                    return replace(answers, date_order=order)
    return answers


def date_order_question(tables: list[Table], answers: Answers) -> Question | None:
    """The question of day and month, None where the file or the user settles it."""
    for table, column in _date_columns(tables):
        try:
            date_style(table, column, answers.date_order)
        except Ask as ask:
            return ask.question
    return None


def last_day(tables: list[Table], answers: Answers) -> datetime | None:
    """The latest day any date column states, None where month and day cannot be told apart yet."""
    last = _edge(tables, answers, max)
    return datetime(last.year, last.month, last.day) if last else None


def _edge(tables: list[Table], answers: Answers, edge: Callable[..., date | None]) -> date | None:
    """The first or the last day, by `min` or `max`."""
    found: date | None = None
    for table, column in _date_columns(tables):
        try:
            style = date_style(table, column, answers.date_order)
        except Ask:
            return None
        days = (moment.date() for cell in table.distinct(column.key) if (moment := read_date(cell, style)))
        found = edge((*days, *([found] if found else [])), default=None)
    return found
