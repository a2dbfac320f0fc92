"""Audience of a Facebook page or of an Instagram account: the cards of ages and sexes, of cities and of countries.

Until 2024 a card states how many followers there are in all, and the title of each says whether Facebook's or
Instagram's; since 2025 neither is stated. Parts are shares of the followers, the ten largest places at most, printed
with a sign until 2024 and without one since, as `12.2%`, `23,9%` or `10.6`. They are those of the day of the export,
which the file does not say. A spreadsheet that writes decimals with a comma makes dates of some: such a file is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

from connectors.base import N_, Connector, Source, Table, TableSpec
from connectors.cards import Card, and_left_aside, cards, filled, names_and_values, table_of, title
from connectors.cells import DECIMAL, PERCENT, WHOLE, Unreadable, missing, normalise, plain_text, printed
from connectors.sheet import Book, Sheet
from data.model import Finding, Origin, Problem, Statement, UserError, says

PLACES = {
    "city": re.compile(r"\b(cities|villes|cidades|citta|ciudades)\b"),
    "country": re.compile(r"\b(countries|pays|paises|paesi)\b"),
}
VALUES = {"value", "valeur", "valor", "valore"}
SEXES = {  # the letters that Facebook's own keys have, as F.25-34
    **dict.fromkeys(("women", "femmes", "mulheres", "donne", "mujeres"), "F"),
    **dict.fromkeys(("men", "hommes", "homens", "uomini", "hombres"), "M"),
}
AGE = re.compile(r"\d\d ?(\+|\D ?\d\d)")
TOTAL = re.compile(r"(fb_page|ig_account),follow,unique_users")
NETWORKS = {"facebook": ("facebook", "fb_page"), "instagram": ("instagram", "ig_account")}
BECAME_DATE = re.compile(r"\d+\W*[^\W\d_]|[^\W\d_]\W*\d|\d[/-]\d|\d+\.\d+\.\d")

Part = tuple[int, str, str, Any]  # row, header, member, cell


def read_total(table: Table, source: Source) -> Iterator[Finding]:
    """How many followers there are on the day of the export."""
    assert source.as_of
    rows = [(number, cells) for number, cells in table.rows() if not missing(cells[0])]
    for number, cells in rows[1:2]:  # the card below it, what parted them being gone
        yield Problem(says("one number in this card"), str(cells[0])[:80], table.sheet.name, number)
    for number, cells in rows[:1]:
        try:
            followers = WHOLE.parse(cells[0], table.sheet.comma_decimals)
        except Unreadable as error:
            yield Problem(error.expected, str(cells[0])[:80], table.sheet.name, number, table.headers[0])
        else:
            told = {"account": source.account.key, "day": source.as_of.date(), "followers": followers}
            yield Statement("account_days", told, Origin(table.sheet.name, number))


def read_shares(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a part of the audience, on the day of the export."""
    assert source.as_of
    signed = bool(table.headers[0]) and table.spec.key != "in columns"  # the layouts of until 2024
    told = {"account": source.account.key, "dimension": table.note}
    told |= dict.fromkeys(("first_day", "last_day"), source.as_of.date())
    for number, header, member, cell in PARTS[table.spec.key](table):
        if missing(cell):
            continue
        try:
            if not member:
                raise Unreadable(says("a name for this share"))
            share = _share(cell, signed, table.sheet.comma_decimals)
        except Unreadable as error:
            yield Problem(error.expected, str(cell)[:80], table.sheet.name, number, header)
        else:
            if share is not None:  # else a bound such as "< 1%"
                yield Statement(
                    "audience", {**told, "member": member, "share": share}, Origin(table.sheet.name, number)
                )


def _share(cell: Any, signed: bool, comma: bool) -> float | None:
    with_sign = isinstance(cell, str) and cell.rstrip().endswith("%")
    if signed and isinstance(cell, str) and not with_sign:
        raise Unreadable(says("a percentage with its sign"))
    in_full = with_sign or (signed and not isinstance(cell, str))  # a workbook keeps 12.2% as 0.122
    share = PERCENT.parse(cell, comma) if in_full else DECIMAL.parse(cell, comma)
    if share is not None and not in_full:
        share /= 100
    if share is not None and not 0 <= share <= 1:
        raise Unreadable(says("a percentage from 0 to 100"))
    return None if share is None else round(share, 6)


def _by_age(table: Table) -> Iterator[Part]:
    for number, cells in table.rows():
        age = plain_text(cells[0]) if cells[0] is not None else ""
        age = age if AGE.match(age) else ""  # of another card, the title of which is gone
        for place, header in enumerate(table.headers):
            if place and header:
                yield number, header, f"{SEXES.get(normalise(header), header)}.{age}" if age else "", cells[place]


def _by_row(table: Table) -> Iterator[Part]:
    for number, cells in table.rows():
        yield number, table.headers[1], printed(cells[0]), cells[1]


def _by_column(table: Table) -> Iterator[Part]:
    for number, cells in table.rows():
        for place, cell in enumerate(cells):
            name = table.headers[place] if place < len(table.headers) else ""
            yield number, name, name, cell


PARTS: dict[str, Callable[[Table], Iterator[Part]]] = {
    "ages": _by_age,
    "listed": _by_row,
    "in columns": _by_column,
}


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The cards of a book. Raises UserError where a spreadsheet has made dates of shares.

    A card that does not say whose it is, among others that name both networks, is left aside.
    """
    tables = [table for sheet in book.sheets for table in _tables(sheet, {spec.key: spec for spec in specs})]
    for table in tables:
        _refuse_dates(book, table)
    named = {table.network for table in tables} - {""}
    if len(named) == 1:
        return [replace(table, network=next(iter(named))) for table in tables]
    return [table for table in tables if table.network or not named]


def _tables(sheet: Sheet, specs: dict[str, TableSpec]) -> list[Table]:
    found: list[Table] = []
    for card in cards(sheet):
        if table := _table(sheet, specs, card):
            found.append(table)
        elif not found and len(card) > 1:  # a title alone is that of an empty card
            return []
    return found


def _table(sheet: Sheet, specs: dict[str, TableSpec], card: Card) -> Table | None:
    top = 1 if title(card) else 0
    if len(card) <= top:
        return None
    headers = [normalise(text) for text in filled(card[top][1])]
    network = _network(title(card))
    if match := TOTAL.fullmatch(",".join(headers).replace(" ", "")):
        return table_of(specs["total"], sheet, card, top, network=_network(match[1]))
    ages = any(AGE.match(printed(cells[0])) for _, cells in card[top + 1 :])
    if ages and {"F", "M"} <= {SEXES.get(header) for header in headers}:
        return table_of(specs["ages"], sheet, card, top, note="gender and age", network=network)
    if len(headers) > 1 and headers[1] in VALUES and (place := _place(headers[0])):
        return table_of(specs["listed"], sheet, card, top, note=place, network=network)
    if names_and_values(card) and not VALUES & {*headers} and (place := _place(normalise(title(card)))):
        return table_of(specs["in columns"], sheet, card, top, note=place, network=network)
    return None


def _place(words: str) -> str:
    return next((place for place, pattern in PLACES.items() if pattern.search(words)), "")


def _network(words: str) -> str:
    return next((net for net, names in NETWORKS.items() if any(name in normalise(words) for name in names)), "")


def _refuse_dates(book: Book, table: Table) -> None:
    parts = PARTS[table.spec.key](table) if table.spec.key in PARTS else ()
    for number, header, _, cell in parts:
        if isinstance(cell, (date, time)) or (isinstance(cell, str) and BECAME_DATE.search(cell)):
            raise UserError(
                says(
                    "{file}: row {row} holds “{found}” under “{column}”, where a percentage belongs. A spreadsheet has "
                    "made dates of numbers, and what they were is lost. Export it again, and do not open it before.",
                    file=book.name, row=number, found=str(cell)[:40], column=header,
                )
            )  # fmt: skip


CONNECTOR = Connector(
    key="meta_audience",
    networks=("facebook", "instagram"),
    title=N_("Facebook or Instagram: audience"),
    where=N_("business.facebook.com, then Insights, Audience, Export, CSV. Vigie asks whose it is, and of which day."),
    tables=(
        TableSpec("account_days", (), read_total, key="total"),
        *(TableSpec("audience", (), read_shares, key=key) for key in PARTS),
    ),
    find=find,
    settle=and_left_aside,
    seen=("en", "pt", "it"),
    described=("fr",),
    lacks=N_("The day of the export, and since 2025 the number of followers; only the largest places are listed."),
)  # fmt: skip
