"""Google Search Console, performance on search or in Discover: a ZIP, a workbook, or one of their tables alone.

Only the chart is by day; the other tables are of the period, which `Filters` states in words. The tables of
one export do not add up to each other: each is a slice of its own. An export narrowed by filters (one page,
images only) is kept under other slices, apart from the whole property's, and so is Discover, which has no position.
Where two periods are compared, each is stated under its own days. Pages that differ in their query only are numbered,
as it is cut. A position of 0 stands for none. Days are Pacific days.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from connectors.alike import Alike
from connectors.base import HEADER_WITHIN, N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import DECIMAL, PAGE, TEXT, normalise
from connectors.dates import DATE
from connectors.periods import Period, period_of, period_unknown
from connectors.repeated import and_repeated
from connectors.rows import records
from connectors.search_compared import Compared, find_compared
from connectors.search_filters import FILTER_SPEC, chosen, is_of_discover, refuse_unread, stated_period
from connectors.sheet import Book
from connectors.whole_days import refuse_other_spans
from data.model import Account, Finding, Statement, UserError, says

DOMAIN = re.compile(r"^sc-domain_(?:www\.)?([^_]+?)-Performance-on-", re.IGNORECASE)
HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)

COUNTS = (
    Column("clicks", ("Clicks", "Clics"), required=True),
    Column("impressions", ("Impressions",), required=True),
)
POSITION = Column("position", ("Position",), DECIMAL, required=True, may_be_empty=True)
DAY = Column("day", ("Date",), DATE, required=True, aside=True)
PAGES = Column("page", ("Top pages", "Page", "Pages les plus populaires"), PAGE, required=True)
COUNTRIES = Column("country", ("Country", "Pays"), TEXT, required=True)
MEMBERS = (
    Column("query", ("Top queries", "Query", "Requêtes les plus fréquentes", "Requête"), TEXT, required=True),
    PAGES,
    COUNTRIES,
    Column("device", ("Device", "Appareil"), TEXT, required=True),
    Column("appearance", ("Search Appearance", "Apparence dans les résultats de recherche"), TEXT, required=True),
)
DISCOVER = "discover"
DISCOVER_APPEARANCE = Column("appearance", ("Discover appearance",), TEXT, required=True)
DISCOVER_MEMBERS = (PAGES, COUNTRIES, DISCOVER_APPEARANCE)
# Charts of other reports, whose files bear the same names.
OTHER_REPORTS = (
    {"not indexed", "indexed"}, {"non indexees", "dans l'index"}, {"non indexees", "indexees"},
    {"invalid", "valid"}, {"non valide", "valides"},
)  # fmt: skip


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day, or one a query, page, country, device or appearance for the period."""
    slice_, by_day = _slice(table, source.book), "day" in table.positions
    found = list(records(table, source))
    if by_day:
        days = [record.aside["day"].date() for record in found if isinstance(record, Record)]
        refuse_other_spans(table.sheet.name, days)
    whole, alike = None if by_day else _period(table, source), Alike()
    for item in found:
        if not isinstance(item, Record):
            yield item
            continue
        first, last = whole or (item.aside["day"].date(),) * 2
        more = {"account": source.account.key, "slice": slice_, "first_day": first, "last_day": last}
        if page := item.values.get("page"):
            more["page"] = alike.member(slice_, page)
        yield _placed(item.statement("search", **more))


def _period(table: Table, source: Source) -> Period:
    return table.period if isinstance(table, Compared) else period_of(source, stated_period(source.book))


def _placed(statement: Statement) -> Statement:
    """The statement without a position where nothing was shown: a 0 is printed there."""
    if statement.values["impressions"]:
        return statement
    return replace(statement, values={key: value for key, value in statement.values.items() if key != "position"})


def _slice(table: Table, book: Book) -> str:
    member = next((column.key for column in MEMBERS if column.key in table.positions), "site")
    name = (DISCOVER if member == "site" else f"{DISCOVER} {member}") if table.spec.key == DISCOVER else member
    narrowed = chosen(book)
    return f"{name} ({narrowed})" if narrowed else name


def told_by(table: Table) -> list[str]:
    """What tells the rows of a table apart."""
    return [column.key for column in MEMBERS if column.key in table.positions]


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The domain that the name of the file tells, whose pages may be of any of its hosts; else that of most pages."""
    if domain := DOMAIN.match(book.name):
        return [Account("search_console", domain[1].casefold(), domain[1].casefold())]
    pages = (cell for table in tables if "page" in table.positions for cell in table.column("page"))
    hosts = Counter(match[1].casefold() for page in pages if (match := HOST.match(str(page).strip())))
    return [Account("search_console", host, host) for host, _ in hosts.most_common(1)]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book. Raises UserError for the filters alone, other reports, and periods that are not named."""
    discover = is_of_discover(book)
    known = tuple(spec for spec in specs if discover or spec.key != DISCOVER or spec.columns[0] is DISCOVER_APPEARANCE)
    tables = find_tables(book, known)
    tables += find_compared(book, tuple(spec for spec in known if not spec.side and not spec.daily))
    if any(not table.spec.side for table in tables):
        refuse_unread(book)
    if not tables:
        _refuse_others(book)
    elif len(book.sheets) == 1 and tables[0].spec.side:
        raise UserError(
            says(
                "{file} holds the filters of a Search Console export and no figures. "
                "Load the ZIP file, or the files beside this one.",
                file=book.name,
            )
        )  # fmt: skip
    return tables


def _refuse_others(book: Book) -> None:
    """Raises UserError for the charts of other reports, whose files bear the same names, and of two periods."""
    for sheet in book.sheets:
        for _, cells in sheet.head(HEADER_WITHIN):
            if any(other <= {normalise(str(cell)) for cell in cells} for other in OTHER_REPORTS):
                raise UserError(
                    says(
                        "{file} is of another report of Search Console, on indexed or valid pages. "
                        "Vigie reads Performance: open Search results or Discover there and export it.",
                        file=book.name,
                    )
                )  # fmt: skip
    if find_compared(book, (CHART,)):
        raise UserError(
            says(
                "{file} compares the days of two periods. Choose one period at a time and export each.", file=book.name
            )
        )


def needs_since(book: Book, tables: Sequence[Table]) -> bool:
    """Whether the first day of the period has to be asked."""
    single = [table for table in tables if not table.spec.side and not isinstance(table, Compared)]
    return bool(single) and period_unknown(single, stated_period(book))


def _spec(member: Column, *more: Column, key: str = "") -> TableSpec:
    refuses = ("Position",) if key else ()
    if member is DAY:
        return TableSpec("search", (DAY, *COUNTS, *more), read, ignores="^ctr$", daily=True, key=key, refuses=refuses)
    columns = (member, *COUNTS, *more)
    return TableSpec("search", columns, read, ignores="^ctr$", key=key, refuses=("Date", *refuses))


CHART = _spec(DAY, POSITION)

CONNECTOR = Connector(
    key="search_console",
    networks=("search_console",),
    title=N_("Google Search Console: performance on search"),
    where=N_("search.google.com/search-console, Performance, Search results, the dates, Export, Download CSV."),
    tables=(
        CHART,
        *(_spec(member, POSITION) for member in MEMBERS),
        *(_spec(member, key=DISCOVER) for member in (DAY, *DISCOVER_MEMBERS)),
        FILTER_SPEC,
    ),
    find=find,
    settle=lambda tables, found: and_repeated(tables, found, told_by),
    accounts=accounts,
    needs_since=needs_since,
    names=(r"^(?:https?___|sc-domain_)(?:www\.)?(?P<handle>[^_]+?)(?:_.*)?-Performance-on-",),
    seen=("fr",),
    described=("en",),
    lacks=N_("The clicks of rare queries, which Google does not list, and the days of queries, pages and countries."),
)
