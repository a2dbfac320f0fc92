"""LinkedIn Campaign Manager: the performance report of campaigns or ads, under some lines about the report.

`Start Date (in UTC)` is the day of a row when the report is by day. Where all rows bear the day on which the report
starts and it ends later, they are of its whole period. Rows a week or more apart are of weeks or months, which the
file does not delimit: such a report is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.campaigns import DERIVED, accounts, by_day, money, name, read_ads
from connectors.cells import TEXT, missing, normalise
from connectors.dates import MDY, YMD_STYLE, Dates, read_date
from connectors.periods import Period
from connectors.rows import records
from connectors.sheet import Book, Cells
from data.model import Finding, UserError, says

US = Dates((MDY, YMD_STYLE))
BOUND = re.compile(r"report (start|end)\W+(\d{1,2}/\d{1,2}/\d{4})")

FIGURES = (
    Column("day", ("Start Date (in UTC)",), US, required=True, aside=True),
    Column("campaign", ("Campaign Name",), TEXT, required=True),
    money("cost", "Total Spent", required=True, may_be_empty=True),
    Column("currency", ("Currency",), TEXT),
    Column("impressions", ("Impressions",)),
    Column("clicks", ("Clicks",)),
    money("conversions", "Conversions"),
    money("conversion_value", "Total Conversion Value"),
    name("account", "Account Name"),
    name("creative", "Creative Name"),
    name("ad", "Ad Name"),
)  # fmt: skip


def total(cells: Cells) -> bool:
    """Whether a row is the total of the others."""
    return not missing(cells[0]) and normalise(str(cells[0])) == "total"


def stated_period(table: Table) -> Period | None:
    """The period that the lines above the header state, when they state both of its ends."""
    text = normalise(" ".join(str(cell) for cells in table.preamble for cell in cells if cell is not None))
    ends = {which: moment.date() for which, day in BOUND.findall(text) if (moment := read_date(day, MDY))}
    return (ends["start"], ends["end"]) if len(ends) == 2 else None


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The reports of a book. Raises UserError for one by week or month."""
    tables = find_tables(book, specs)
    for table in tables:
        days = _days_of(table)
        if len(days) > 1 and all((after - before).days >= 7 for before, after in pairwise(days)):
            raise UserError(
                says(
                    "{file}: its rows are a week or more apart, and it does not say where each one ends. "
                    "Export it again by day.",
                    file=book.name,
                )
            )  # fmt: skip
    return tables


def _days_of(table: Table) -> list[date]:
    """The distinct days that its rows bear."""
    cells = table.distinct("day")
    return sorted({moment.date() for cell in cells if (moment := read_date(cell, MDY) or read_date(cell, YMD_STYLE))})


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row."""
    stated = stated_period(table)
    whole = stated if stated and _days_of(table) == [stated[0]] else None
    yield from read_ads(table, source, records(table, source), partial(_days, whole), ("creative", "ad"))


def _days(whole: Period | None, row: Record) -> Period:
    return whole or by_day(row)


CONNECTOR = Connector(
    key="linkedin_ads",
    networks=("linkedin_ads",),
    title=N_("LinkedIn Campaign Manager: performance"),
    where=N_("linkedin.com/campaignmanager, Campaigns, Export, Campaign performance, broken down by day, CSV."),
    tables=(TableSpec("ads", FIGURES, read, ignores=DERIVED, daily=True, total=total),),
    find=find,
    accounts=accounts("linkedin_ads"),
    described=("en",),
    lacks=N_("Other languages than English: their headers are not known."),
)
