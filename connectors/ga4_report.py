"""Google Analytics 4, files saved from its pages: standard reports, overviews of many tables, explorations.

Comments before each table state its period; in an exploration one period stands for the file. The dimensions
of a table make its slice, and a table without a date counts its whole period. A comparison with another
audience than all users is kept under slices of its own. The total row of an exploration is no row of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, match_header
from connectors.cells import TEXT, missing, normalise, printed
from connectors.dates import YMD_STYLE, read_date
from connectors.ga4_blocks import Block, Stated, blocks_of, property_of, stated_by
from connectors.ga4_columns import DIMENSIONS, MEASURES, SPANS, UNCOUNTED, days_of, slice_of, sums
from connectors.rows import records
from connectors.sheet import Book, Cells, Sheet
from data.model import Account, Finding, Problem, Statement, says

SPAN_KEYS = {column.key for column in SPANS}
MEASURE_KEYS = {column.key for column in MEASURES}
NOT_IN_UNIVERSAL = {"users", "total_users", "events", "key_events", "engaged_sessions"}
UNSTATED = Stated(date.min, date.max)
NUMBER = re.compile(r"[+-]?[\d.,\s:]+%?")


@dataclass(frozen=True)
class Report(Table):
    """A table with the property and the period that its comments state, and its dimensions in order."""

    name: str = ""
    stated: Stated = UNSTATED
    dimensions: tuple[str, ...] = ()
    repeats: bool = False  # a table before it states all it measures

    @property
    def slice(self) -> str:
        """The slice of the traffic that the table counts."""
        name = slice_of(self.dimensions)
        return f"{name} ({self.stated.audience})" if self.stated.audience else name


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row, its averages turned into sums where the row says what they are averages over."""
    assert isinstance(table, Report)
    if table.repeats:
        expected = says("a table once; another of this file has the same dimensions, dates and measures")
        yield Problem(expected, ", ".join(table.headers)[:80], table.sheet.name, table.header_row)
        return
    account = source.account if source.answers.account else _account(table)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        first, last = days_of(record.aside, table.stated.first, table.stated.last)
        members = [str(record.aside[key]) for key in table.dimensions if key in record.aside]
        values = {
            "account": account.key,
            "slice": table.slice,
            "first_day": first,
            "last_day": last,
            "member": " / ".join(members) or None,
            **record.values,
            **sums(record.values, record.others),
        }
        known = {header: number for header, number in record.others.items() if number != -1}  # "not yet"
        yield Statement("web", values, record.origin, known)


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book, each measure read once for the same dimensions and days."""
    seen: dict[tuple[object, ...], set[str]] = {}
    found: list[Table] = []
    for sheet in book.sheets:
        name = property_of(sheet)
        for block in blocks_of(sheet):
            if report := _report(sheet, block, name, specs[0]):
                spans = tuple(sorted(SPAN_KEYS & report.positions.keys()))
                key = (name, report.slice, report.dimensions, spans, report.stated)
                found.append(_once(report, seen.setdefault(key, set())))
    return found


def _once(report: Report, seen: set[str]) -> Report:
    """The report without the measures that tables before it state: they stay under their header."""
    measures = MEASURE_KEYS & report.positions.keys()
    again = measures & seen
    seen |= measures
    positions = {key: places for key, places in report.positions.items() if key not in again}
    return replace(report, positions=positions, repeats=bool(again) and again == measures)


def _report(sheet: Sheet, block: Block, name: str, spec: TableSpec) -> Report | None:
    """The table of a block, None when it is none of Google Analytics 4."""
    number, header = block.rows[0]
    body = [(n, [*row, *[None] * (len(header) - len(row))]) for n, row in block.rows[1:]]
    stated, positions = stated_by(block), match_header(spec, header)
    if stated is None or positions is None:
        return None
    if stated.exploration:
        if body and missing(body[0][1][0]) and _width(body[0][1]) > _width(header):
            number, body = body[0][0], body[1:]  # the total: reading begins below it
        elif not NOT_IN_UNIVERSAL & positions.keys():
            return None
    headers = tuple(printed(cell) for cell in header)
    if "date" in positions and not any(read_date(row[positions["date"][0]], YMD_STYLE) for _, row in body):
        del positions["date"]  # spans in words, in the card on loyalty: members of a dimension
    unknown = _unknown_dimensions(headers, positions, [row for _, row in body])
    columns = [replace(column, required=column.key in SPAN_KEYS) for column in spec.columns]
    columns += [Column(key, (headers[place],), TEXT, aside=True) for key, place in unknown.items()]
    known = [column.key for column in DIMENSIONS if column.key in positions]
    positions |= {key: (place,) for key, place in unknown.items()}
    spec = replace(spec, columns=tuple(columns))
    return Report(
        spec, sheet, number, headers, positions, last_row=block.rows[-1][0],
        name=name, stated=stated, dimensions=(*known, *unknown),
    )  # fmt: skip


def _unknown_dimensions(
    headers: Sequence[str], positions: Mapping[str, tuple[int, ...]], body: Sequence[Cells]
) -> dict[str, int]:
    """The dimensions without a column of ours: they stand left of the measures, or hold words."""
    declared = {place for places in positions.values() for place in places}
    uncounted = [place for place, header in enumerate(headers) if normalise(header) in UNCOUNTED]
    measures = [positions[key][0] for key in MEASURE_KEYS & positions.keys()] + uncounted
    others = [p for p, header in enumerate(headers) if header and p not in declared and p not in uncounted]
    found = [
        place
        for place in others
        if place < min(measures, default=0)
        or any(not missing(row[place]) and not NUMBER.fullmatch(str(row[place])) for row in body)
    ]
    if not found and len(body) > 1 and not positions.keys() - MEASURE_KEYS and others[:1] == [0]:
        found = [0]  # several rows are of several things, even when these are numbered
    # Keys of ours are in lower case, so that no header can be taken for one.
    return {headers[place][:1].upper() + headers[place][1:]: place for place in found}


def _width(cells: Cells) -> int:
    return max((n for n, cell in enumerate(cells, start=1) if not missing(cell)), default=0)


def _account(report: Report) -> Account:
    handle = re.sub(r"[^\w.]+", "-", re.sub(r"^https?://", "", normalise(report.name))).strip("-")
    return Account("ga4", handle, report.name)


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The properties that the comments name."""
    named = (_account(table) for table in tables if isinstance(table, Report))
    return list(dict.fromkeys(account for account in named if account.handle))


def made(book: Book, tables: Sequence[Table]) -> datetime:
    """The end of the latest period: the export was made on that day or later."""
    last = max(table.stated.last for table in tables if isinstance(table, Report))
    return datetime(last.year, last.month, last.day)


CONNECTOR = Connector(
    key="ga4_report",
    networks=("ga4",),
    title=N_("Google Analytics 4: reports and explorations"),
    where=N_(
        "analytics.google.com, open a report or an exploration, Share or Export, Download CSV. "
        "Best of all: Explore, Free form, with Date and what else you want to know as rows."
    ),
    tables=(TableSpec("web", (*SPANS, *DIMENSIONS, *MEASURES), read),),
    find=find,
    accounts=accounts,
    as_of=made,
)
