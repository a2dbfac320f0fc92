"""Universal Analytics, closed since 2023: reports saved from its pages, in any language, as CSV or Excel.

A table of what the report is about counts the whole period; below it, a second one tells a measure by day. Sessions,
users and pages keep the meaning they had there, which is not that of Google Analytics 4. The total below users is a
sum over the days that counts who came twice twice, so it is no number of people. A view that bears the name Google
gives to the first one says nothing of its site, so this is asked. Headers in no language we know are told by the
shape of the report and by what its numbers prove. Averages, rates and amounts of money are left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from connectors.alike import Alike
from connectors.base import N_, Connector, Record, Source, Table, TableSpec
from connectors.cards import Card, and_left_aside
from connectors.cells import missing, normalise, plain_text, printed
from connectors.ga4_blocks import comment_in, handle_of
from connectors.ga4_explorations import grand_total
from connectors.periods import period_of
from connectors.repeated import and_repeated
from connectors.rows import records
from connectors.sheet import Book, blank
from connectors.universal_reports import DAY_INDEX, DERIVED, DIMENSIONS, MEASURED, MEASURES, SIGNS, Report, report_of
from connectors.universal_shapes import count_in
from connectors.universal_tables import FIGURE, Frame, frame_in, tables_of
from data.model import Account, Finding, Problem, UserError, says

TOLD_BY = {column.key for column in DIMENSIONS}
LOOKED_AT = 20  # rows
TWO_PERIODS = {"date range", "plage de dates"}
# What Google called the first view of every site.
EVERY_VIEW = {
    normalise(name)
    for name in (
        "", "All Web Site Data", "Toutes les données du site Web", "Alle Websitedaten", "Alle websitegegevens",
        "Todos los datos de sitios web", "Todos os dados do website", "Tutti i dati del sito web",
        "すべてのウェブサイトのデータ",
    )
}  # fmt: skip


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row that states a count: of its day, or of the whole period."""
    assert isinstance(table, Report)
    if MEASURED & {*table.dimensions} or _moved(table):
        expected = says("first what the rows are of, as Analytics prints it; columns were moved or taken out")
        yield Problem(expected, ", ".join(table.headers)[:80], table.sheet.name, table.header_row)
        return
    yield from _unnamed(table)
    account = source.account if source.answers.account else _account(table.frame) or source.account
    alike, silent = Alike(), True
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        day = record.aside.get("day")
        first, last = (day, day) if day else period_of(source, table.frame.period)
        member = " / ".join(str(record.aside[key]) for key in table.dimensions if key in record.aside) or None
        if table.dimensions:
            member = alike.member((first, *map(record.values.get, table.dimensions)), member)
        others = {key: float(record.aside[key]) for key in table.counts if key in record.aside}
        if MEASURED & record.values.keys() or others:
            silent = False
            told = {"account": account.key, "slice": table.slice, "first_day": first, "last_day": last}
            yield replace(record, others=others).statement("web", **told, member=member)
    if silent:
        expected = says("a table that counts something")
        yield Problem(expected, ", ".join(table.headers)[:80], table.sheet.name, table.header_row)


def read_frame(table: Table, source: Source) -> Iterator[Finding]:
    """Nothing: what the first sheet of a workbook states is told with the tables of the others."""
    return iter(())


def _moved(report: Report) -> bool:
    """Whether what the rows are of stands elsewhere than first: a rate stands there, or it stands among measures."""
    first = {report.positions[key][0] for key in report.dimensions}
    among = {key for key, (place, *_) in report.positions.items() if key in TOLD_BY and place not in first}
    headers = {normalise(report.headers[place]) for place in first}
    if among or headers & DAY_INDEX or any(DERIVED.search(header) for header in headers):
        return True
    printed = [normalise(header) for header in report.headers]
    rows = [cells for _, cells in islice(report.rows(), LOOKED_AT)]
    columns = [[cells[place] for cells in rows if not missing(cells[place])] for place in range(len(printed))]
    if any(isinstance(cell, date) for place in first for cell in columns[place]):
        return True  # days that are not of the period
    figures = {place for place, cells in enumerate(columns) if cells and all(map(_is_figure, cells))}
    strange = not MEASURED & report.positions.keys()  # in no language we know: numbers are then no members
    numbered = {report.positions[key][0] for key in report.dimensions if key not in TOLD_BY} & figures
    return any(printed.count(header) > 1 for header in headers) or bool(numbered - {0} or (strange and numbered))


def _is_figure(cell: Any) -> bool:
    return bool(FIGURE.fullmatch(plain_text(cell)))


def _unnamed(report: Report) -> Iterator[Problem]:
    """The problems of rows above the last that do not say what they are of, as only a row of totals does."""
    last = report.last_row or 0
    for number, cells in report.sheet.rows():
        inside = report.header_row < number < last and not blank(cells)
        if inside and all(missing(cell, text=True) for cell in cells[: report.width]):
            expected = says("what this row is of; only the total below the others leaves that out")
            yield Problem(expected, "", report.sheet.name, number, report.headers[0])


FRAME = TableSpec("", (), read_frame, side=True)


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book, none unless one of them is surely of Universal Analytics."""
    found: list[Report] = []
    sure, declared = False, dict[str, int]()
    for cut in tables_of(book, SIGNS):
        names = {normalise(printed(cell)) for cell in cut.header}
        if any(map(grand_total(cut.header), (*cut.body[:1], cut.total))):
            return []  # of Google Analytics 4
        if names & TWO_PERIODS and (cut.frame.period or names & SIGNS):
            raise UserError(
                says("{file} compares two periods. Export each of them alone, without comparison.", file=book.name)
            )
        if cut.frame.period or names & SIGNS:
            report = report_of(cut, specs[0], declared)
            found.append(report)
            declared |= {key: count for key in MEASURED if (count := count_in(cut.total, report.positions.get(key)))}
            sure |= bool(names & SIGNS) or report.guessed or bool(report.days and cut.total)
    cut_from = {report.sheet.name for report in found}
    frames = [Table(FRAME, s, 1, (), {}) for s in book.sheets if s.name not in cut_from and frame_in(s)]
    return [*_dated(found), *frames] if sure else []


def _dated(reports: Sequence[Report]) -> list[Report]:
    """The reports, those without a frame over the days that the others print."""
    days = [day for report in reports for day in report.days.values()]
    span = (min(days), max(days)) if days else None
    return [replace(report, frame=replace(report.frame, period=report.frame.period or span)) for report in reports]


def settle(tables: Sequence[Table], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without the rows that repeat others, and a problem for each table that was not read."""
    yield from and_left_aside(tables, and_repeated(tables, found), frames=_is_frame)


def _is_frame(card: Card) -> bool:
    return all(comment_in(cells) is not None for _, cells in card)


def _account(frame: Frame) -> Account | None:
    """The view, unless it bears the name that Google gives to the first one of every site."""
    if normalise(frame.view) in EVERY_VIEW:
        return None
    return Account("universal_analytics", handle_of(frame.view), frame.view)


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The views that the frames name, none where one of them says nothing."""
    found = [_account(table.frame) for table in tables if isinstance(table, Report)]
    named = [account for account in found if account]
    return list(dict.fromkeys(named)) if len(named) == len(found) else []


def made(book: Book, tables: Sequence[Table]) -> datetime | None:
    """The end of the period: the export was made on that day or later."""
    ends = (table.frame.period[1] for table in tables if isinstance(table, Report) and table.frame.period)
    last = max(ends, default=None)
    return datetime(last.year, last.month, last.day) if last else None


def needs_since(book: Book, tables: Sequence[Table]) -> bool:
    """Whether the first day of the period has to be asked."""
    return any(isinstance(table, Report) and not table.frame.period for table in tables)


CONNECTOR = Connector(
    key="universal_analytics",
    networks=("universal_analytics",),
    title=N_("Universal Analytics: reports"),
    where=N_("It was closed in 2023 and can no longer be exported from: load the CSV or Excel files that were kept."),
    tables=(TableSpec("web", (*DIMENSIONS, *MEASURES), read, others=False), FRAME),
    find=find,
    settle=settle,
    accounts=accounts,
    as_of=made,
    needs_since=needs_since,
    seen=("en",),
    described=("fr",),
    lacks=N_("How many different people came in the period, rates, durations and amounts of money."),
)
