"""Google Search Console, performance on search: a ZIP, a workbook, or one of their tables alone.

Only the chart is by day; the other tables are of the period, which `Filters` states in words. The tables of
one export do not add up to each other: each is a slice of its own. An export narrowed by filters (one page,
images only) is kept under other slices, apart from the whole property's. Days are Pacific days.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import DECIMAL, PAGE, TEXT, normalise
from connectors.dates import DATE, NAMED, read_date
from connectors.periods import Period, period_of, period_unknown
from connectors.rows import records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, UserError, says

HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)
PERIOD = "date"
UNNARROWED = {("search type", "web"), ("type de recherche", "web")}

MEASURES = (
    Column("clicks", ("Clicks", "Clics"), required=True),
    Column("impressions", ("Impressions",), required=True),
    Column("position", ("Position",), DECIMAL, required=True, may_be_empty=True),
)
DAY = Column("day", ("Date",), DATE, required=True, aside=True)
MEMBERS = (
    Column("query", ("Top queries", "Query", "Requêtes les plus fréquentes", "Requête"), TEXT, required=True),
    Column("page", ("Top pages", "Page", "Pages les plus populaires"), PAGE, required=True),
    Column("country", ("Country", "Pays"), TEXT, required=True),
    Column("device", ("Device", "Appareil"), TEXT, required=True),
    Column("appearance", ("Search Appearance", "Apparence dans les résultats de recherche"), TEXT, required=True),
)
FILTERS = (
    Column("filter", ("Filter", "Filtre"), TEXT, required=True, aside=True),
    Column("value", ("Value", "Valeur"), TEXT, required=True, aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day, or one a query, page, country, device or appearance for the period."""
    slice_ = _slice(table, source.book)
    whole = None if "day" in table.positions else period_of(source, stated_period(source.book))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        first, last = whole or (record.aside["day"].date(),) * 2
        more = {"account": source.account.key, "slice": slice_, "first_day": first, "last_day": last}
        yield record.statement("search", **more)


def read_filters(table: Table, source: Source) -> Iterator[Problem]:
    """Nothing to load; filters that make the export another one than the property's are told."""
    if chosen := _chosen(source.book):
        expected = says("no filter; the figures of this export are kept apart from the whole property's")
        yield Problem(expected, chosen, table.sheet.name, table.header_row + 1, table.header("value"))


def _slice(table: Table, book: Book) -> str:
    name = next((column.key for column in MEMBERS if column.key in table.positions), "site")
    chosen = _chosen(book)
    return f"{name} ({chosen})" if chosen else name


def filters(book: Book) -> dict[str, str]:
    """What the sheet of filters states, by the name of the filter."""
    stated = {}
    for table in find_tables(book, (FILTER_SPEC,)):
        name, value = table.positions["filter"][0], table.positions["value"][0]
        stated |= {str(cells[name]).strip(): str(cells[value]).strip() for _, cells in table.rows()}
    return stated


def _chosen(book: Book) -> str:
    """The filters that narrow an export down, as they are printed; the period and the web search do not."""
    return ", ".join(
        f"{name}: {value}"
        for name, value in filters(book).items()
        if normalise(name) != PERIOD and (normalise(name), normalise(value)) not in UNNARROWED
    )


def stated_period(book: Book) -> Period | None:
    """The period that the filters state as dates: "1 Jan 2025-31 Dec 2025". None for "Last 3 months"."""
    stated = next((value for name, value in filters(book).items() if normalise(name) == PERIOD), "")
    first, _, last = stated.partition("-")
    days = [read_date(text, NAMED) for text in (first, last)]
    return (days[0].date(), days[1].date()) if days[0] and days[1] else None


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The site that most pages are of."""
    pages = (cell for table in tables if "page" in table.positions for cell in table.column("page"))
    hosts = Counter(match[1].casefold() for page in pages if (match := HOST.match(str(page).strip())))
    return [Account("search_console", host, host) for host, _ in hosts.most_common(1)]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book. Raises UserError for the filters alone: they hold no figures."""
    tables = find_tables(book, specs)
    if tables and len(book.sheets) == 1 and tables[0].spec.side:
        raise UserError(
            says(
                "{file} holds the filters of a Search Console export and no figures. "
                "Load the ZIP file, or the files beside this one.",
                file=book.name,
            )
        )  # fmt: skip
    return tables


FILTER_SPEC = TableSpec("", FILTERS, read_filters, side=True)

CONNECTOR = Connector(
    key="search_console",
    networks=("search_console",),
    title=N_("Google Search Console: performance on search"),
    where=N_("search.google.com/search-console, Performance, Search results, the dates, Export, Download CSV."),
    tables=(
        TableSpec("search", (DAY, *MEASURES), read, ignores="^ctr$", daily=True),
        *(TableSpec("search", (member, *MEASURES), read, ignores="^ctr$", refuses=("Date",)) for member in MEMBERS),
        FILTER_SPEC,
    ),
    find=find,
    accounts=accounts,
    needs_since=lambda book, tables: period_unknown(tables, stated_period(book)),
    names=(r"^(?:https?___|sc-domain_)(?:www\.)?(?P<handle>[^_]+?)(?:_.*)?-Performance-on-",),
)
