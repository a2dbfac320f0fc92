"""Google Analytics 4 by its API: answers as they came, kept as exports and read like any other.

Nothing of Google's is imported before something is asked or read: pages of Vigie start without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import DECIMAL, TEXT
from connectors.ga4.answers import Asked, Part, asked_in, asked_of, pages_of
from connectors.ga4.reports import BY_NAME, COLUMNS
from connectors.services.kept import Info
from connectors.sheet import ANSWER_MEMBER, Book, Cells, Sheet
from data.model import Account, Finding

NETWORK = "ga4"
KEY = "ga4"
COUNTED = {name for report in BY_NAME.values() for name in report.metrics}


@dataclass(frozen=True)
class Kept(Table):
    """All the parts of a kept answer."""

    asked: Asked | None = None
    parts: tuple[tuple[Part, tuple[bytes, ...]], ...] = ()


def kept_answers(infos: Iterable[Info], content: Callable[[str], bytes]) -> list[tuple[Asked, Account]]:
    """What the kept answers among exports say of themselves, each with the account it is of."""
    mine = (info for info in infos if info.connector == KEY and info.accounts)
    found = ((asked_of(content(info.id), info.name), info.accounts[0]) for info in mine)
    return [(asked, account) for asked, account in found if asked]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The kept answer, where the book is one. Raises UserError where it is damaged."""
    asked = asked_in(book.members, book.name)
    if asked is None:
        return []
    parts = tuple((part, tuple(pages)) for part, pages in pages_of(asked, book.members))
    sheet = Sheet(ANSWER_MEMBER, lambda: _rows(parts))
    return [Kept(specs[0], sheet, 1, (), {}, asked=asked, parts=parts)]


def _rows(parts: Sequence[tuple[Part, Sequence[bytes]]]) -> Iterator[Cells]:
    """The rows of all reports as they are printed, each report with its headers."""
    from connectors.ga4.statements import understood

    for one in understood(parts):
        yield one.table.column_names
        yield from zip(*one.table.to_pydict().values(), strict=True)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """What each report says."""
    from connectors.ga4.statements import findings, rates_of, understood

    assert isinstance(table, Kept) and table.asked
    account = source.account.key
    rates = rates_of(understood((part, pages) for part, pages in table.parts if part.report == "site_rolling"))
    yield from chain.from_iterable(findings(table.asked, one, account, rates) for one in understood(table.parts))


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The property, under its number."""
    return [
        Account(NETWORK, table.asked.number, table.asked.name)
        for table in tables
        if isinstance(table, Kept) and table.asked
    ]


def made(book: Book, tables: list[Table]) -> datetime | None:
    """When it was asked, in UTC."""
    moments = (table.asked.at for table in tables if isinstance(table, Kept) and table.asked)
    return next((moment.astimezone(UTC).replace(tzinfo=None) for moment in moments), None)


def _columns() -> Iterator[Column]:
    headers: dict[str, list[str]] = {}
    for name, key in COLUMNS.items():
        headers.setdefault(key, []).append(name)
    for key, names in headers.items():
        yield Column(key, tuple(names), DECIMAL if names[0] in COUNTED else TEXT, adds=False)


CONNECTOR = Connector(
    key=KEY,
    networks=(NETWORK,),
    title=N_("Google Analytics 4: answers of its API"),
    where=N_("Nowhere to get: Vigie asks for them, under Sources, Connect Google Analytics."),
    tables=(TableSpec("web", tuple(_columns()), read),),
    find=find,
    accounts=accounts,
    as_of=made,
    lacks=N_("Search queries, which the API of Google Analytics does not give, and people added over days."),
)
