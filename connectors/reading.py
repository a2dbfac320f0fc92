"""From a dropped file to statements: who claims it, whose it is, when it was made, what must be asked."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo

import connectors
from connectors.base import Ask, Connector, Question, Source, Table
from connectors.dated import date_order_question, last_day, made_at, with_date_order
from connectors.sheet import Book, blank, open_book
from data.model import (
    Account,
    Answers,
    Check,
    Export,
    Finding,
    Problem,
    Statement,
    Statements,
    UserError,
    says,
)  # fmt: skip

UNANSWERED = Answers()


@cache
def all_connectors() -> tuple[Connector, ...]:
    """Every format, found by itself: each module of this folder that declares a CONNECTOR."""
    modules = (importlib.import_module(f"connectors.{m.name}") for m in pkgutil.iter_modules(connectors.__path__))
    return tuple(m.CONNECTOR for m in modules if hasattr(m, "CONNECTOR"))


@dataclass(frozen=True)
class Examined:
    """A file that one connector claims: what is known of it, and what its user still has to say."""

    export: Export
    connector: Connector
    book: Book
    tables: tuple[Table, ...]
    questions: tuple[Question, ...]

    @property
    def guessed(self) -> bool:
        """Whether it was recognised by its shape alone, so that its reader should look at the first rows."""
        return any(table.guessed for table in self.tables)

    def statements(self, zone: str) -> Iterator[Statement | Problem | Check]:
        """What the file says, row by row, with every problem beside it. Questions must be answered first."""
        for found in self.findings(zone):
            if isinstance(found, Statements):
                yield from found
            else:
                yield found

    def findings(self, zone: str) -> Iterator[Finding]:
        """The same, with rows in blocks where its connector reads them so: a long file is loaded much sooner."""
        if self.questions:
            raise Ask(self.questions[0])
        accounts = self.export.accounts
        source = Source(
            self.book, self.tables, accounts[0], ZoneInfo(zone), self.export.as_of,
            with_date_order(list(self.tables), self.export.answers),
        )  # fmt: skip
        for table in self.tables:
            account = next((a for a in accounts if a.network == table.network), accounts[0])
            yield from table.spec.read(table, replace(source, account=account))
        yield from _left_over(self.book, self.tables)


def examine(name: str, content: bytes, answers: Answers = UNANSWERED) -> Examined:
    """The file as one connector understands it, with the questions that remain.

    Raises UserError when the file cannot be opened, or when no connector or more than one claims it.
    """
    book = open_book(name, content)
    connector, tables = _claim(book)
    accounts = _accounts(book, connector, tables, answers)
    dated = with_date_order(tables, answers)
    as_of = answers.as_of or made_at(book, connector, tables, dated)
    questions = []
    if not accounts:
        networks = _networks(connector, tables)
        questions.append(Question("account", networks, each=_several(tables)))
    if order := date_order_question(tables, dated):
        questions.append(order)
    if as_of is None:
        questions.append(Question("as_of", suggestion=last_day(tables, dated)))
    if connector.needs_since(book, tables) and answers.since is None:
        questions.append(Question("since"))
    export = Export(
        hashlib.sha256(content).hexdigest(), name, content, connector.key, as_of, answers,
        tuple(accounts),
    )  # fmt: skip
    return Examined(export, connector, book, tuple(tables), tuple(questions))


def read_kept(export: Export, zone: str) -> tuple[Export, Iterator[Finding]]:
    """A kept export read again by today's connectors, with the answers once given: what a rebuild needs.

    Raises UserError as `examine` does, and when something is asked that was not asked before.
    """
    examined = examine(export.name, export.content, export.answers)
    if examined.questions:
        raise UserError(
            says("{file}: to read it today, Vigie must ask. Forget it, then load it again.", file=export.name)
        )
    return examined.export, examined.findings(zone)


def _claim(book: Book) -> tuple[Connector, list[Table]]:
    claims = [(c, tables) for c in all_connectors() if (tables := c.found_in(book))]
    claims = [claim for claim in claims if not any(t.guessed for t in claim[1])] or claims
    if len(claims) == 1:
        return claims[0]
    if claims:
        raise UserError(
            says(
                "{file} looks like several formats: {formats}. Load the files of an archive one by one.",
                file=book.name, formats=", ".join(c.title for c, _ in claims),
            )
        )  # fmt: skip
    raise UserError(
        says(
            "{file} is in no format that Vigie knows. Its first rows hold: {found}. "
            "The formats known, and where to get each, are listed under Sources.",
            file=book.name, found=_first_headers(book),
        )
    )  # fmt: skip


def _first_headers(book: Book) -> str:
    rows = [cells for sheet in book.sheets[:3] for _, cells in sheet.head(12) if not blank(cells)]
    widest = max(rows, key=lambda cells: sum(c not in (None, "") for c in cells), default=[])
    return ", ".join(str(c)[:40] for c in widest[:12] if c not in (None, "")) or "—"


def _networks(connector: Connector, tables: list[Table]) -> tuple[str, ...]:
    """The networks an export is of, as its tables say, or those its format can be of."""
    return tuple(dict.fromkeys(t.network for t in tables if t.network)) or connector.networks


def _several(tables: list[Table]) -> bool:
    return len({t.network for t in tables if t.network}) > 1


CASELESS = {"x", "instagram"}  # networks where a handle is the same in any case


def _answered(answer: str, networks: tuple[str, ...], several: bool) -> list[Account]:
    """The account that the user names, or one of each network where the export holds figures of several."""
    parts = answer.split(",") if several else [answer]
    accounts = [account for part in parts if (account := Account.parse(part))]
    if len(accounts) != len(parts) or not {a.network for a in accounts} <= set(networks):
        raise UserError(
            says(
                "{account} is not an account of this file. Write it network:handle, with one of: {networks}.",
                account=answer, networks=", ".join(networks),
            )
        )  # fmt: skip
    if several and len({a.network for a in accounts}) != len(networks):
        raise UserError(
            says(
                "This file holds the figures of several accounts. Name one of each network, "
                "separated by a comma: {networks}.",
                networks=", ".join(f"{network}:…" for network in networks),
            )
        )  # fmt: skip
    return [_without_case(a) if a.network in CASELESS else a for a in accounts]


def _without_case(account: Account) -> Account:
    """The account by its handle; capitals are how its owner writes it, small letters tell nothing of that."""
    handle = account.handle.casefold()
    return replace(account, handle=handle, name=account.handle if account.handle != handle else "")


def _accounts(book: Book, connector: Connector, tables: list[Table], answers: Answers) -> list[Account]:
    if answers.account:
        return _answered(answers.account, _networks(connector, tables), _several(tables))
    if accounts := connector.accounts(book, tables):
        return accounts
    for pattern in connector.names:
        if (match := re.search(pattern, book.name)) and len(connector.networks) == 1:
            handle = match["handle"]
            return [Account(connector.networks[0], handle.casefold(), handle)]
    return []


def _left_over(book: Book, tables: tuple[Table, ...]) -> Iterator[Problem]:
    read = {table.sheet.name for table in tables}
    for sheet in book.sheets:
        if sheet.cut:
            yield Problem(
                says("every quotation mark closed; the file may have been cut short, so rows may be missing"),
                sheet=sheet.name,
            )
        if sheet.name not in read and (filled := [c for _, c in sheet.head(12) if not blank(c)]):
            yield Problem(
                says("a sheet of this format; it was left aside"),
                ", ".join(str(cell) for cell in filled[0][:6] if cell)[:80],
                sheet.name,
            )


def with_answers(examined: Examined, **answers: object) -> Examined:
    """The same file examined again with more answers."""
    given = replace(examined.export.answers, **answers)  # type: ignore[arg-type]
    return examine(examined.export.name, examined.export.content, given)
