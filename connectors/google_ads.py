"""Google Ads: the campaign report, by day, week or month, or over the period of its second line.

Its rows are those that the page showed: `Total: Campaigns` is their sum, `Total: Account` also counts campaigns
that were hidden, such as removed ones. Cut by month, it has a row of totals for each. Its numbers are written as in
the language of the account: 1,234.56 or 1 234,56. What it prints as `< 10%` or `--` is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from connectors.base import LONGEST_HEADER, N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.campaigns import DERIVED, accounts, by_day, money, name, read_ads
from connectors.cells import DECIMAL, TEXT, Kind, Unreadable, missing, normalise, plain_text
from connectors.dates import DATE, NAMED, YMD_STYLE, read_date
from connectors.periods import Period, period_of
from connectors.rows import records
from connectors.sheet import Book, Cells
from data.model import Check, Finding, Origin, Problem, Statement, says

DAYS, WEEKS, MONTHS = ("Day", "Jour", "Tag"), ("Week", "Semaine", "Woche"), ("Month", "Mois", "Monat")
LONGER = ("Quarter", "Trimestre", "Quartal", "Year", "Année", "Jahr")
CENTS = re.compile(r"[+-]?[\d.\s\u00a0\u202f]*\d,\d\d")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
TOTAL = re.compile(r"^(total|totale|gesamt|totaal) ?: ?(?P<what>\S+)")
CAMPAIGNS = ("campaigns", "campagnes", "kampagnen")
ACCOUNT = ("account", "compte", "konto")


def _month(cell: Any, _: bool) -> date:
    """The first day of a month: "2025-01-01", "2025-01", "January 2025", "Jan-25"."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    text = re.sub(r"-(\d\d)$", r" 20\1", plain_text(cell)) if not plain_text(cell)[:4].isdigit() else plain_text(cell)
    moment = read_date(text, YMD_STYLE) or read_date(f"{text}-01", YMD_STYLE) or read_date(f"1 {text}", NAMED)
    if moment is None:
        raise Unreadable(says("a month"))
    return date(moment.year, moment.month, 1)


# fmt: off
DAY = Column("day", DAYS, DATE, required=True, aside=True)
WEEK = Column("week", WEEKS, DATE, required=True, aside=True)
MONTH = Column("month", MONTHS, Kind("month", _month), required=True, aside=True)
FIGURES = (
    Column("campaign", ("Campaign", "Campagne", "Kampagne"), TEXT, required=True),
    Column("currency", ("Currency code", "Code de la devise", "Währungscode"), TEXT),
    money("cost", "Cost", "Coût", "Kosten", required=True, may_be_empty=True),
    Column("impressions", ("Impr.",)),
    Column("clicks", ("Clicks", "Clics", "Klicks")),
    money("conversions", "Conversions"),
    money("conversion_value", "Conv. value", "Valeur de conv.", "Valeur conv.", "Conv.-Wert"),
    name("account", "Account name", "Account", "Nom du compte", "Compte", "Kontoname"),
    name("group", "Ad group", "Groupe d'annonces", "Anzeigengruppe"),
    name("device", "Device", "Appareil", "Gerät"),
)
HINTS = ("currency", "impressions", "Campaign status", "État de la campagne", "Campaign type", "Type de campagne",
         "Cost / conv.", "Coût/conv.", "Kosten/Conv.")
# fmt: on


def _total(cells: Cells) -> str:
    """What a row of totals is of, "" for any other row: its first cell says so, or another where columns were moved."""
    filled = [str(cell)[:LONGEST_HEADER] for cell in cells if not missing(cell, text=True)]
    found = [match["what"] for cell in filled if (match := TOTAL.match(normalise(cell)))]
    first = bool(found) and bool(TOTAL.match(normalise(filled[0])))
    return found[0] if first else next((what for what in found if what in (*CAMPAIGNS, *ACCOUNT)), "")


def total_of_rows(cells: Cells) -> bool:
    """Whether a row is the total of the campaigns that are listed."""
    return _total(cells) in CAMPAIGNS


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row, and one check a column."""
    checks: dict[str, Check] = {}
    cost = 0.0
    days = partial(_days, source, stated_period(table))
    for found in read_ads(table, source, records(table, source), days, ("group", "device")):
        if isinstance(found, Check):
            before = checks.get(found.what)  # one total a month: they add up to that of the rows
            checks[found.what] = replace(found, declared=found.declared + before.declared) if before else found
            continue
        if isinstance(found, Statement):
            cost += found.values.get("cost") or 0
        yield found
    yield from checks.values()
    yield from _hidden(table, cost)


def _days(source: Source, stated: Period | None, record: Record) -> Period:
    """The days of a row; those of a week or month that the period cuts are within it."""
    if "day" in record.aside:
        return by_day(record)
    if "week" in record.aside:
        first = record.aside["week"].date()
        last = first + timedelta(days=6)
    elif "month" in record.aside:
        first = record.aside["month"]
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        return period_of(source, stated)
    return (max(first, stated[0]), min(last, stated[1])) if stated else (first, last)


def _hidden(table: Table, cost: float) -> Iterator[Problem]:
    """The problem of an account that cost more than the campaigns that are listed."""
    place, comma = table.positions["cost"][0], table.sheet.comma_decimals
    rows = [(n, c[place]) for n, c in table.sheet.rows() if _total(c) in ACCOUNT and len(c) > place]
    try:
        whole = sum(DECIMAL.parse(cell, comma) or 0 for _, cell in rows if not missing(cell))
    except Unreadable:  # a total that cannot be read tells nothing
        return
    if rows and not Check("", whole, cost, Origin(table.sheet.name, rows[-1][0])).agrees:
        number, cell = rows[-1]
        expected = says("the cost of the campaigns listed; hidden ones are missing: show all campaigns, export again")
        yield Problem(expected, str(cell).strip(), table.sheet.name, number, table.header("cost"))


def stated_period(table: Table) -> Period | None:
    """The period in the lines above the header: "1 January 2025 - 3 June 2025". None for "All time"."""
    for cells in table.preamble:
        text = ", ".join(str(cell).strip() for cell in cells if not missing(cell, text=True))
        ends = [read_date(end, NAMED) or read_date(end, YMD_STYLE) for end in re.split(r"\s+[-–—]\s+", text)]
        if len(ends) <= 2 and ends[0] and ends[-1]:
            return ends[0].date(), ends[-1].date()
    return None


def as_of(book: Book, tables: Sequence[Table]) -> datetime | None:
    """The end of the period: no report of it is older."""
    ends = (period[1] for table in tables if not table.spec.daily and (period := stated_period(table)))
    last = max(ends, default=None)
    return datetime(last.year, last.month, last.day) if last else None


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The reports of a book, with the decimal commas of those that have them."""
    return [_localised(table) for table in find_tables(book, specs)]


def _localised(table: Table) -> Table:
    if not any(CENTS.fullmatch(str(cell).strip()) for cell in table.column("cost")):
        return table
    sheet = replace(table.sheet, read=partial(_without_points, table.sheet.read), comma_decimals=True)
    return replace(table, sheet=sheet)


def _without_points(read: Callable[[], Iterator[Cells]]) -> Iterator[Cells]:
    """The rows of a sheet whose numbers have points between thousands, without these."""
    for cells in read():
        yield [c.replace(".", "") if isinstance(c, str) and THOUSANDS.fullmatch(c.strip()) else c for c in cells]


def _spec(*columns: Column, refuses: tuple[str, ...] = (), daily: bool = False) -> TableSpec:
    return TableSpec(
        "ads", (*columns, *FIGURES), read, hints=HINTS, refuses=refuses, ignores=DERIVED, daily=daily,
        total=total_of_rows, drops=lambda cells: bool(_total(cells)),
    )  # fmt: skip


CONNECTOR = Connector(
    key="google_ads",
    networks=("google_ads",),
    title=N_("Google Ads: campaign report"),
    where=N_("ads.google.com, Campaigns, the dates, all campaigns shown, Segment by day, Download, CSV or Excel CSV."),
    tables=(
        _spec(DAY, daily=True),
        _spec(WEEK, refuses=DAYS),
        _spec(MONTH, refuses=(*DAYS, *WEEKS)),
        _spec(refuses=(*DAYS, *WEEKS, *MONTHS, *LONGER)),
    ),
    find=find,
    accounts=accounts("google_ads"),
    as_of=as_of,
    needs_since=lambda book, tables: any(
        not {"day", "week", "month"} & table.positions.keys() and stated_period(table) is None for table in tables
    ),
    seen=("en",),
    described=("fr", "de"),
    lacks=N_("What a campaign cost by day, unless the report is cut by day before it is downloaded."),
)
