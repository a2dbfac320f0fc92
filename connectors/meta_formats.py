"""Top content formats of Meta Business Suite: views, interactions and number of posts by format, over a period.

Three cards, each a row of names and a row of values below it; a format without a value is not stated. Neither the
period nor whose the figures are stands in the file: both are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.base import N_, Connector, Source, Table, TableSpec
from connectors.cards import Card, and_left_aside, cards, filled, table_of, title
from connectors.cells import WHOLE, Unreadable, missing, normalise
from connectors.dates import DATE, read_date
from connectors.periods import period_of
from connectors.sheet import Book
from data.model import Finding, Origin, Problem, Statement, says

TITLES = {
    "views": ("Views", "Vues", "Visualizações"),
    "interactions": ("Content interactions", "Interactions avec le contenu", "Interações com o conteúdo"),
    "posts": ("Published content", "Contenu publié", "Conteúdo publicado"),
}
MEANS = {normalise(title): meaning for meaning, titles in TITLES.items() for title in titles}
COUNT = re.compile(r"-?\d[\d\s.,]*")
DAYS = {"date", "data", "fecha"}  # above the cards of other exports
DIMENSION = "content format"


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a format of a card; what the ledger has no column for stands under the title of its card."""
    first, last = period_of(source, None)
    told = {"account": source.account.key, "dimension": DIMENSION, "first_day": first, "last_day": last}
    for number, cells in table.rows():
        for place, cell in enumerate(cells):
            if missing(cell):
                continue
            name = table.headers[place] if place < len(table.headers) else ""
            try:
                if not name:
                    raise Unreadable(says("a format above this value"))
                count = WHOLE.parse(cell, table.sheet.comma_decimals)
            except Unreadable as error:
                yield Problem(error.expected, str(cell)[:80], table.sheet.name, number, name)
                continue
            if count is None:
                continue
            member, origin = {**told, "member": name}, Origin(table.sheet.name, number)
            if MEANS[normalise(table.note)] == "views":
                yield Statement("audience", {**member, "views": count}, origin)
            else:
                yield Statement("audience", member, origin, {table.note: float(count)})


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The cards of a book that begins with one."""
    found: list[Table] = []
    for sheet in book.sheets:
        of_sheet: list[Table] = []
        for card in cards(sheet):
            if _is_of_formats(card):
                of_sheet.append(table_of(specs[0], sheet, card, 1, note=title(card)))
            elif not of_sheet and len(card) > 1:
                break
        found += of_sheet
    return found


def _is_of_formats(card: Card) -> bool:
    """Whether it has a title of ours, names, and below them counts; one of these may be damaged, but is no day."""
    if len(card) != 3 or normalise(title(card)) not in MEANS:
        return False
    names, values = (filled(cells) for _, cells in card[1:])
    by_day = any(read_date(text, style) for text in values for style in DATE.styles) or normalise(names[0]) in DAYS
    return any(map(COUNT.fullmatch, values)) and not by_day and not any(map(COUNT.fullmatch, names))


CONNECTOR = Connector(
    key="meta_formats",
    networks=("facebook", "instagram"),
    title=N_("Facebook or Instagram: top content formats"),
    where=N_(
        "business.facebook.com, then Insights, Content: on the card of the top formats, Export, CSV. Vigie asks whose "
        "figures they are, and of which days."
    ),
    tables=(TableSpec("audience", (), read, key="formats"),),
    find=find,
    needs_since=lambda book, tables: True,
    settle=and_left_aside,
    seen=("en",),
    described=("pt", "fr"),
    lacks=N_("The period and the account, and the posts themselves: only sums by format are stated."),
)
