"""From a dropped file to statements: who claims it, whose it is, when it was made, what must be asked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo

import connectors
from connectors.base import Ask, Connector, Question, Source, Table
from connectors.claims import claim, claim_by
from connectors.contradictions import uncontradicted
from connectors.dated import date_order_question, last_day, made_at, with_date_order
from connectors.mapped import KEY
from connectors.mapping import read_mapping
from connectors.proposal import Proposal, propose
from connectors.sheet import Book, blank, open_book
from connectors.swapped import refuse_swapped
from connectors.whose import accounts_of, are_several, networks_of
from data.model import (
    Account,
    Answer,
    Answers,
    Check,
    Content,
    Export,
    Finding,
    Message,
    Problem,
    Statement,
    Statements,
    UserError,
    id_of,
    says,
)  # fmt: skip

UNANSWERED = Answers()


@cache
def all_connectors() -> tuple[Connector, ...]:
    """Every format, found by itself: each module of this folder that declares a CONNECTOR."""
    modules = (importlib.import_module(f"connectors.{m.name}") for m in pkgutil.iter_modules(connectors.__path__))
    return tuple(m.CONNECTOR for m in modules if hasattr(m, "CONNECTOR"))


def title_of(key: str) -> Message:
    """The name of a format by the key of its connector, or of a table that a user has described."""
    if key.startswith(KEY):
        return Message("{name}", {"name": key.removeprefix(KEY)})
    return Message(next((connector.title for connector in all_connectors() if connector.key == key), key))


def describe(name: str, content: Content, mapping: str | None = None) -> Proposal:
    """What the columns of a table seem to be, or are by a mapping in TOML. Raises UserError where it cannot be read."""
    return propose(open_book(name, content), all_connectors(), read_mapping(mapping) if mapping else None)


@dataclass(frozen=True)
class Examined:
    """A file that one connector claims: what is known of it, and what its user still has to say."""

    export: Export
    connector: Connector
    book: Book
    tables: tuple[Table, ...]
    questions: tuple[Question, ...]

    @property
    def title(self) -> Message:
        """The name of its format, or the one its user has given it."""
        return title_of(self.connector.key)

    @property
    def guessed(self) -> bool:
        """Whether it was recognised by its shape alone, so that its reader should look at the first rows."""
        return any(table.guessed for table in self.tables)

    def statements(self, zone: str) -> Iterator[Statement | Problem | Check | Answer]:
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
        yield from uncontradicted(self.connector.settle(self.tables, self._read(source, accounts)))
        yield from _left_over(self.book, self.tables)

    def _read(self, source: Source, accounts: tuple[Account, ...]) -> Iterator[Finding]:
        for table in self.tables:
            refuse_swapped(table, source)
            account = next((a for a in accounts if a.network == table.network), accounts[0])
            yield from table.spec.read(table, replace(source, account=account))


def examine(name: str, content: Content, answers: Answers = UNANSWERED, mappings: Iterable[str] = ()) -> Examined:
    """The file as one connector understands it, with the questions that remain.

    A file that no format knows is read by the one of `mappings` that has its headers; one that `answers` give is
    taken whatever the file is. Raises UserError when the file cannot be opened, or when nothing or more than one
    thing claims it.
    """
    book, formats = open_book(name, content), all_connectors()
    claimed = claim_by(read_mapping(answers.mapping), book) if answers.mapping else claim(book, formats, mappings)
    book, connector, tables = claimed.book, claimed.connector, claimed.tables
    if mapping := claimed.mapping:
        order = with_date_order(tables, answers).date_order or mapping.date_order  # the file goes first
        answers = replace(answers, mapping=mapping.toml(), date_order=order)
    accounts = accounts_of(book, connector, tables, answers)
    dated = with_date_order(tables, answers)
    as_of = answers.as_of or made_at(book, connector, tables, dated)
    questions = []
    if not accounts:
        networks = networks_of(connector, tables)
        questions.append(Question("account", networks, each=are_several(tables)))
    if order := date_order_question(tables, dated):
        questions.append(order)
    if as_of is None:
        questions.append(Question("as_of", suggestion=last_day(tables, dated)))
    if connector.needs_since(book, tables) and answers.since is None:
        questions.append(Question("since"))
    export = Export(
        id_of(content), name, content, connector.key, as_of, answers, tuple(accounts),
        connector.asked(book, tables, dated),
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


def _left_over(book: Book, tables: tuple[Table, ...]) -> Iterator[Problem]:
    read = {table.sheet.name for table in tables}
    for sheet in book.sheets:
        if sheet.cut:
            expected = says("a whole row; the file ends in the middle of this one: it was cut short, or is damaged")
            yield Problem(expected, "", sheet.name, sheet.cut)
        if sheet.unread:
            expected = says("letters in UTF-8; {n} cannot be read, and “�” stands for each", n=sheet.unread)
            yield Problem(expected, "�", sheet.name)
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
