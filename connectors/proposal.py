"""What the columns of a table seem to be, by the words of their headers and by their cells: a proposal to correct.

A table that holds neither days nor posts cannot be placed, and a list of people is not read: both are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Any

from connectors.base import Connector
from connectors.cells import printed
from connectors.dates import Dates
from connectors.headed import headed
from connectors.looks import Look, look_at
from connectors.mapping import Meant, TableMapping
from connectors.meanings import (
    ACCOUNT,
    ASIDE,
    DAY,
    NETWORK,
    NETWORKS_OF,
    ONLY_OF_SITES,
    OTHERS,
    PRIVATE,
    RATE,
    TABLES,
    is_figure,
    kind_of,
    network_of,
    words,
)
from connectors.sheet import Book, Cells, Sheet, blank
from connectors.vocabulary import Vocabulary, vocabulary, ways
from data.model import Message, UserError, says

ROWS = 200  # that are looked at
LONGEST_NAME = 60


@dataclass(frozen=True)
class Proposal:
    """A mapping of every column of a table, with how each looks, the sheets there are, and what has to be said."""

    mapping: TableMapping
    looks: tuple[Look, ...]  # one for each column of the mapping
    sheets: tuple[str, ...]
    remarks: tuple[Message, ...] = ()


def propose(book: Book, formats: Iterable[Connector], like: TableMapping | None = None) -> Proposal:
    """What the columns of a book's table seem to be; or, where a mapping is given, what they are by it.

    A mapping without columns says what has been chosen: the kind of table, the sheet, the row of headers. Raises
    UserError where there is no table, or none that can be read.
    """
    formats = tuple(formats)
    known = {table: vocabulary(table, formats) for table in TABLES}
    sheet, number, cells = headed(book, {word for table in known.values() for word in table}, like)
    looks = _looks(sheet, number, cells)
    table = like.says if like else _table_of(looks, known)
    said = {place: column.means for place, column in like.places(cells).items()} if like else {}
    meant = _meanings(looks, table, known[table], said)
    remarks = _without_people(book, looks, meant)
    if like is None:
        _refuse_timeless(meant)
    mapping = like or TableMapping(_name(book), table, (), _network(book, looks, meant, table))
    if not (mapping.network or said or NETWORK in meant.values()):  # accounts, but nobody knows of what
        meant = {place: ASIDE if means == ACCOUNT else means for place, means in meant.items()}
    mapping = replace(mapping, columns=tuple(Meant(k.header, meant[k.place]) for k in looks), header_row=number)
    return Proposal(mapping, tuple(looks), tuple(sheet.name for sheet in book.sheets), remarks)


def _looks(sheet: Sheet, number: int, cells: Cells) -> list[Look]:
    rows = [row for n, row in islice(sheet.rows(), number + ROWS) if n > number and not blank(row)]
    looks = [look_at(printed(cell), place, rows) for place, cell in enumerate(cells)]
    while looks and not (looks[-1].header or looks[-1].cells):
        del looks[-1]
    return looks


def _table_of(looks: Sequence[Look], known: Mapping[str, Vocabulary]) -> str:
    """The ledger table that columns speak to: of a site where only sites have them, of posts where posts are told."""
    if ONLY_OF_SITES.intersection(_meanings(looks, "web", known["web"]).values()):
        return "web"
    told = _meanings(looks, "posts", known["posts"]).values()
    return "posts" if {"post_id", "link", "text"}.intersection(told) else "account_days"


def _meanings(
    looks: Sequence[Look], table: str, known: Vocabulary, said: Mapping[int, str] = MappingProxyType({})
) -> dict[int, str]:
    """The meaning of each column by its place, those `said` first.

    Of two that could have the same, the one whose header says so more plainly has it.
    """
    found = dict(said)
    for way in range(3):
        for look in looks:
            meaning = known.get(ways(look.header)[way], "")
            if look.place not in found and meaning and meaning not in found.values() and _can_be(look, meaning, table):
                found[look.place] = meaning
    for meaning, test in BY_CELLS[table].items():
        fitting = (look for look in looks if look.place not in found and not look.emails and test(look))
        if meaning not in found.values() and (look := next(fitting, None)):
            found[look.place] = meaning
    named: set[str] = set()
    for look in looks:
        if look.place not in found:
            found[look.place] = ASIDE if words(look.header) in named else _spare(look)
        if found[look.place] == OTHERS:
            named.add(words(look.header))
    return found


def _can_be(look: Look, meaning: str, table: str) -> bool:
    """Whether the cells of a column are what its header says; an empty column may be."""
    if PRIVATE.search(words(look.header)) or look.emails:
        return False
    if meaning == OTHERS:
        return look.numbers
    if not look.cells:
        return True
    if isinstance(TABLES[table][meaning], Dates):
        return look.dates
    if is_figure(meaning, table):
        numbers = look.durations if meaning.endswith("_seconds") else look.numbers
        return numbers and not look.fractions and not look.dates
    if meaning == "link":
        return look.addresses
    if meaning == NETWORK:
        return look.networks
    if meaning == "kind":
        return look.mostly(lambda cell: kind_of(str(cell)) != "other")
    return not (look.dates or look.addresses or (meaning == "text" and look.numbers))


BY_CELLS: Mapping[str, Mapping[str, Any]] = {
    "posts": {
        DAY: lambda look: look.dates,
        "link": lambda look: look.addresses,
        "post_id": lambda look: look.long_ids and look.different == 1,
        NETWORK: lambda look: look.networks,
        "text": lambda look: look.prose and not look.addresses,
    },
    "account_days": {DAY: lambda look: look.dates, NETWORK: lambda look: look.networks},
    "web": {DAY: lambda look: look.dates},
}


def _spare(look: Look) -> str:
    """What becomes of a column that means nothing to us: numbers that add up are kept under their own name."""
    told = words(look.header)
    if not told or RATE.search(told) or PRIVATE.search(told) or look.fractions or look.dates or look.long_ids:
        return ASIDE
    return OTHERS if look.numbers else ASIDE


def _without_people(book: Book, looks: Sequence[Look], meant: dict[int, str]) -> tuple[Message, ...]:
    """Leaves e-mail addresses out and says so. Raises UserError where the table is a list of them."""
    private = [look for look in looks if look.emails]
    for look in private:
        if look.different > 0.5 and not {"post_id", "link"}.intersection(meant.values()):
            raise UserError(
                says(
                    "{file} is a list of people: its column “{header}” holds e-mail addresses. Vigie reads none.",
                    file=book.name, header=look.header,
                )
            )  # fmt: skip
        meant[look.place] = ASIDE
    return tuple(says("“{header}” holds e-mail addresses and is left out.", header=look.header) for look in private)


def _refuse_timeless(meant: Mapping[int, str]) -> None:
    if not {DAY, "post_id", "link"}.intersection(meant.values()):
        raise UserError(says("Its columns cannot be described either: none holds days, or the ids or links of posts."))


def _network(book: Book, looks: Sequence[Look], meant: Mapping[int, str], table: str) -> str:
    """The one network that the links are of, else that the file names, else that its headers do."""
    if NETWORK in meant.values():
        return ""
    links = [_site(str(cell)) for look in looks if meant[look.place] == "link" for cell in look.cells]
    for texts in (links, [book.name], [look.header for look in looks]):
        if found := {network_of(text) for text in texts} - {""}:
            return found.pop() if len(found) == 1 and found <= set(NETWORKS_OF[table]) else ""
    return ""


def _site(link: str) -> str:
    return re.sub(r"^(https?://)?([^/?#]*).*", r"\2", link, flags=re.DOTALL).replace("youtu.be", "youtube.com")


def _name(book: Book) -> str:
    """A name by that of the file, without its ending and its dates."""
    stem = re.sub(r"\.\w{2,4}$", "", book.name)
    return re.sub(r"[\W\d_]+", " ", stem).strip()[:LONGEST_NAME].capitalize() or "Table"
