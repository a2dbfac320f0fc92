"""The sheet of filters of a Search Console export: of which search, over which days, and what narrows it down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.base import Column, Source, Table, TableSpec, find_tables
from connectors.cells import TEXT, missing, normalise
from connectors.dates import NAMED, YMD_STYLE, read_date
from connectors.periods import Period
from connectors.sheet import Book
from data.model import Problem, UserError, says

PERIOD = "date"
TYPE = {"search type", "type de recherche"}
WEB = {"web", "discover"}  # Discover has slices of its own
SHEET = re.compile(r"filt(er|re)s?\b")  # its name
A_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4}|[^\W\d]{3,9}\.? \d{1,2},? \d{4}")

FILTERS = (
    Column("filter", ("Filter", "Filtre"), TEXT, required=True, aside=True),
    Column("value", ("Value", "Valeur"), TEXT, required=True, aside=True),
)


def read_filters(table: Table, source: Source) -> Iterator[Problem]:
    """Nothing to load; filters that make the export another one than the property's are told."""
    if narrowed := chosen(source.book):
        expected = says("no filter; the figures of this export are kept apart from the whole property's")
        yield Problem(expected, narrowed, table.sheet.name, table.header_row + 1, table.header("value"))


FILTER_SPEC = TableSpec("", FILTERS, read_filters, side=True)


def filters(book: Book) -> dict[str, str]:
    """What the sheet of filters states, by the name of the filter."""
    stated = {}
    for table in find_tables(book, (FILTER_SPEC,)):
        name, value = table.positions["filter"][0], table.positions["value"][0]
        stated |= {str(cells[name]).strip(): str(cells[value]).strip() for _, cells in table.rows()}
    return stated


def refuse_unread(book: Book) -> None:
    """Raises UserError where a filter cannot be read: narrowed figures would be taken for those of all."""
    tables = {table.sheet.name: table for table in find_tables(book, (FILTER_SPEC,))}
    for sheet in book.sheets:
        table = tables.get(sheet.name)
        if table:
            places = [table.positions[column.key][0] for column in FILTERS]
            row = next((n for n, cells in table.rows() if any(missing(cells[place], text=True) for place in places)), 0)
        else:
            row = 1 if SHEET.match(normalise(sheet.name)) else 0
        if row:
            raise UserError(
                says(
                    "{file}: row {row} of {sheet} does not tell a filter and its value, so that what narrows these "
                    "figures down is not known. Export them again.",
                    file=book.name, row=row, sheet=sheet.name,
                )
            )  # fmt: skip


def chosen(book: Book) -> str:
    """The filters that narrow an export down, as they are printed; the period and the web search do not."""
    return ", ".join(
        f"{name}: {value}"
        for name, value in filters(book).items()
        if normalise(name) != PERIOD and not (normalise(name) in TYPE and normalise(value) in WEB)
    )


def is_of_discover(book: Book) -> bool:
    """Whether the export says, by its filters or its name, that it is of Discover and not of the search."""
    types = (normalise(value) for name, value in filters(book).items() if normalise(name) in TYPE)
    return "discover" in types or "performance-on-discover" in book.name.casefold()


def stated_period(book: Book) -> Period | None:
    """The period that the filters state as dates: "1 Jan 2025-31 Dec 2025". None for "Last 3 months"."""
    periods = stated_periods(book)
    return periods[0] if len(periods) == 1 else None


def stated_periods(book: Book) -> list[Period]:
    """The periods that the filters state as dates: two where the export compares them."""
    return periods_in(next((value for name, value in filters(book).items() if normalise(name) == PERIOD), ""))


def periods_in(text: str) -> list[Period]:
    """The periods of a text, each stated by its first and last day; none where a date has no other."""
    dates = (match[0] for match in A_DATE.finditer(text))
    days = [moment.date() for day in dates if (moment := read_date(day, NAMED) or read_date(day, YMD_STYLE))]
    periods = list(zip(days[::2], days[1::2], strict=False))
    return periods if len(days) % 2 == 0 and all(first <= last for first, last in periods) else []
