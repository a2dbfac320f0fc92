"""What reports of advertising campaigns have in common: periods, currencies, and parts of campaigns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from connectors.base import HEADER_WITHIN, Column, Record, Source, Table, TableSpec, table_at
from connectors.cells import DECIMAL, TEXT, printed
from connectors.periods import Period
from connectors.repeated import again
from connectors.sheet import Book, Cells, Sheet
from data.model import Account, Check, Finding, Problem, says

CURRENCY = re.compile(r" ?\(([A-Z]{3})\)$")  # of a header: "Amount spent (EUR)"
# Headers of figures that others give, of settings, and of names: none of them can be added.
DERIVED = (
    r"\b(ctr|cp[acilmpv]|roas|frequenc[ey]|frecuencia|frequencia|frequenza|frequenz|repetition|rate|ratio|taux|taxa"
    r"|tasa|tasso|score|avg|average|moy|moyen|moyenne|budget|bid|orcamento|presupuesto|ids?|identifi\w+)\b"
    r"|^(cost|cout|custo|costo|coste|kosten|costi|cost per|cout par) ?(per|par|por|pro|/) ?|%|/"
)


def money(key: str, *headers: str, **more: Any) -> Column:
    """A column of amounts or of fractional counts, which add up."""
    return Column(key, headers, DECIMAL, adds=True, **more)


def name(key: str, *headers: str) -> Column:
    """A column of names that is read for the statement: of an account, or of a part of a campaign."""
    return Column(key, headers, TEXT, aside=True)


def find_priced(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The first table of each sheet that a spec recognises without the currencies in its headers.

    The currency of its cost is its note.
    """
    return [table for sheet in book.sheets if (table := _first(sheet, specs))]


def _first(sheet: Sheet, specs: tuple[TableSpec, ...]) -> Table | None:
    before: list[Cells] = []
    for number, cells in sheet.head(HEADER_WITHIN):
        headers = tuple(printed(cell) for cell in cells)
        bare = [CURRENCY.sub("", header) for header in headers]
        for spec in specs:
            if table := table_at(spec, sheet, number, bare, preamble=tuple(before)):
                priced = CURRENCY.search(headers[table.positions["cost"][0]])
                return replace(table, headers=headers, note=priced[1] if priced else "")
        before.append(cells)
    return None


def accounts(network: str) -> Callable[[Book, list[Table]], list[Account]]:
    """What finds the advertising accounts that the rows name, the most frequent first."""

    def named(book: Book, tables: list[Table]) -> list[Account]:
        cells = (str(c) for table in tables if "account" in table.positions for c in table.column("account"))
        found = Counter(account for cell in cells if (account := Account.parse(f"{network}:{cell}")))
        return [account for account, _ in found.most_common()]

    return named


def read_ads(
    table: Table,
    source: Source,
    rows: Iterable[Record | Problem | Check],
    period: Callable[[Record], Period],
    parts: Sequence[str] = (),
) -> Iterator[Finding]:
    """One statement a row, over the days that `period` says.

    `parts`: the columns that tell the rows of a campaign from one another. Those that nothing tells apart are
    numbered, as rows that look the same on the same days are still rows of their own.
    """
    if "currency" not in table.positions and not table.note:
        expected = says("a currency; the costs are kept without one")
        yield Problem(expected, "", table.sheet.name, table.header_row, table.header("cost"))
    seen: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        if not isinstance(row, Record):
            yield row
            continue
        first, last = period(row)
        if last < first:
            expected = says("a period whose last day is not before its first")
            yield Problem(expected, f"{first} – {last}", table.sheet.name, row.origin.row)
            continue
        account = _account(row, source)
        currency = (row.values.get("currency") or table.note).upper() or None
        part = " / ".join(row.aside[key] for key in parts if key in row.aside)
        same = (account, row.values["campaign"], part, first, last, currency)
        seen[same] += 1
        if seen[same] > 1:
            part = f"{part} ({seen[same]})".strip()
        more = {"account": account, "part": part or None, "currency": currency}
        yield row.statement("ads", **more, first_day=first, last_day=last)
    yield from again(table)


def _account(row: Record, source: Source) -> str:
    found = Account.parse(f"{source.account.network}:{row.aside.get('account', '')}")
    return found.key if found and not source.answers.account else source.account.key


def by_day(row: Record) -> Period:
    """The day a row prints."""
    day: date = row.aside["day"].date()
    return day, day
