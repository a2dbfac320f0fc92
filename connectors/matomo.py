"""Matomo: a report saved as CSV, or several sent by e-mail in one, in English, in French, or by the names of the API.

With several periods, the first column is the period of each row, of any length; else the name of the file tells it,
or it is asked. What a report lists is told by its name: in the name of the file, or above it where there are several.
Actions, bounces and seconds keep Matomo's names: Google's views, engaged sessions and engagement time are other
things, and its `Users` are those who logged in. Conversions without visits beside them may be of one goal, and keep
theirs too. Matomo puts an apostrophe before what a spreadsheet would compute; it is taken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from connectors.alike import Alike
from connectors.base import HEADER_WITHIN, LONGEST_HEADER, N_, Connector, Record, Source, Table, TableSpec, table_at
from connectors.cells import PAGE, Unreadable, missing, normalise, printed
from connectors.matomo_columns import COLUMNS, DERIVED, MEASURED, is_header
from connectors.matomo_reports import REPORTS, SITES, Listed, listed_by, named_period, named_report, period_in
from connectors.periods import Period, period_of
from connectors.repeated import and_repeated
from connectors.rows import records
from connectors.sheet import Book, Cells, Sheet, blank
from data.model import Finding, Problem, UserError, says

NO_DATA = "no data available"
SITE = Listed("site", "")
PAGES = Listed("page", "page")
UNKNOWN = Listed("unknown")
LEFT_ASIDE = {
    Listed(SITES): says("a report of one site; this one lists several"),
    UNKNOWN: says("a report that counts visits, views or conversions; this one was left aside"),
}
EVERY_GOAL = {"goals", "goals overview"}  # other reports without visits may be of one goal
OF_GOALS = {"key_events", "key_event_sessions", "revenue"}


@dataclass(frozen=True)
class Report(Table):
    """A table with what it lists, and the period of all its rows where the name of the file tells it."""

    listed: Listed = SITE
    period: Period | None = None


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row: of the period it prints, or of that of the file."""
    assert isinstance(table, Report)
    if table.listed in LEFT_ASIDE:
        yield Problem(LEFT_ASIDE[table.listed], ", ".join(table.headers)[:80], table.sheet.name, table.header_row)
        return
    alike = Alike()
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        first, last = record.aside.get("period") or period_of(source, table.period)
        if source.as_of and first < source.as_of.date() < last:
            last = source.as_of.date()  # a month or a year that had not ended
        told: dict[str, Any] = {"account": source.account.key, "slice": table.listed.slice, **_visits(table, record)}
        if "label" in record.aside:
            label, column = record.aside["label"], table.listed.column
            told[column] = PAGE.parse(label, False) if column in ("page", "landing_page", "referrer") else label
            member = alike.member((first, last, told[column]), told.get("member"))
            told["member"] = member
        yield record.statement("web", **told, first_day=first, last_day=last)


def told_by(table: Table) -> tuple[str, ...]:
    """What tells the rows of a table apart, where Matomo lists each of its members once: not those of addresses."""
    assert isinstance(table, Report)
    return ("label", "period") if table.listed.column in ("channel", "country", "city", "device", "event") else ()


def _visits(table: Report, record: Record) -> dict[str, int]:
    """The visits that began or ended on a page, in the reports that are of these."""
    key = {"landing": "entries", "exit": "exits"}.get(table.listed.slice)
    return {"sessions": record.aside[key]} if key and key in record.aside else {}


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The reports of a book. Raises UserError where there is no data, or a list that does not say of what it is."""
    found = [report for sheet in book.sheets for report in _reports(book, sheet, specs[0])]
    if not found and book.sheets and all(map(_says_nothing, book.sheets)):
        raise UserError(
            says("{file} says that Matomo had no data for this report and period. Choose others.", file=book.name)
        )
    return list(found) if any(report.listed != UNKNOWN for report in found) else []


def _says_nothing(sheet: Sheet) -> bool:
    return [normalise(text) for _, cells in sheet.head(3) for text in _filled(cells)] == [NO_DATA]


def _reports(book: Book, sheet: Sheet, spec: TableSpec) -> Iterator[Report]:
    """The reports of a sheet, each from its header to the next blank line; its name may stand above it."""
    if not any(is_header(_filled(cells)) for _, cells in sheet.head(HEADER_WITHIN)):
        return
    title, report = "", None
    for number, cells in sheet.rows():
        filled = _filled(cells)
        if blank(cells) and report:
            yield replace(report, last_row=number - 1)
            report, title = None, ""
        elif report is None and (is_header(filled) or (title and len(filled) > 1)):
            report = _report(book, sheet, number, cells, title, spec)
        elif report is None and len(filled) == 1:
            title = filled[0]
    if report:
        yield report


def _filled(cells: Cells) -> list[str]:
    return [str(cell)[:LONGEST_HEADER].strip() for cell in cells if not missing(cell, text=True)]


def _report(book: Book, sheet: Sheet, number: int, cells: Cells, title: str, spec: TableSpec) -> Report | None:
    names = {normalise(str(cell)) for cell in cells if cell is not None}
    if "idsite" in names:
        raise UserError(says("{file} holds the figures of several sites. Export one site at a time.", file=book.name))
    columns = [column for column in spec.columns if not column.required or names.intersection(column.headers)]
    table = table_at(replace(spec, columns=tuple(columns)), sheet, number, cells)
    if table is None or not MEASURED & table.positions.keys():
        headers = tuple(printed(cell) for cell in cells)
        return Report(spec, sheet, number, headers, {}, listed=UNKNOWN) if title else None
    positions = dict(table.positions)
    name = title or named_report(sheet.name) or named_report(book.name)
    if "label" not in positions:
        listed = UNKNOWN if normalise(name) in REPORTS else SITE  # a list that has lost what its rows are of
        if "sessions" not in positions and normalise(name) not in EVERY_GOAL:
            positions = {key: places for key, places in positions.items() if key not in OF_GOALS}
    else:
        listed = _listed(book, name, positions)
    period = None if "period" in positions else named_period(sheet.name) or named_period(book.name)
    return Report(table.spec, sheet, number, table.headers, positions, listed=listed, period=period)


def _listed(book: Book, name: str, positions: dict[str, tuple[int, ...]]) -> Listed:
    """What a report lists: as its name says, else what its columns show."""
    of_pages = {"entries": Listed("landing", "landing_page"), "exits": Listed("exit", "page"), "views": PAGES}
    shown = next((listed for key, listed in of_pages.items() if key in positions and "url" in positions), None)
    if listed := listed_by(name) or shown:
        return listed
    raise UserError(
        says(
            "{file} does not say which report of Matomo it is. Give it back the name that Matomo gave it, such as "
            "“Export _ Channel Type _ March 2024.csv”.",
            file=book.name,
        )
    )  # fmt: skip


def made(book: Book, tables: Sequence[Table]) -> datetime | None:
    """The last day that rows of one day print: the export was made on that day or later."""
    days = []
    for table in tables:
        for cell in table.column("period") if "period" in table.positions else ():
            with suppress(Unreadable):  # a damaged cell is a problem of its row
                first, last = period_in(cell)
                days += [last] if first == last else []
    return datetime.combine(max(days), datetime.min.time()) if days else None


CONNECTOR = Connector(
    key="matomo",
    networks=("matomo",),
    title=N_("Matomo: reports"),
    where=N_(
        "Matomo, the report, the dates, the export icon below it, CSV. Best of all: Visits Overview, by day, "
        "for the last days. Keep the name of the file: it says which report it is."
    ),
    tables=(TableSpec("web", COLUMNS, read, ignores=DERIVED),),
    find=find,
    settle=lambda tables, found: and_repeated(tables, found, told_by),
    as_of=made,
    needs_since=lambda book, tables: any(
        isinstance(table, Report) and "period" not in table.positions and table.period is None for table in tables
    ),
    described=("en", "fr"),
    lacks=N_("Whose site it is, and rates and average times, which the counts give or Matomo alone knows."),
)
