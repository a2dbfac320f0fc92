"""Whose a book is: the one format that knows it, or the one table of those that its user has described before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from connectors.base import Connector, Table
from connectors.mapped import connector_of, missing_columns
from connectors.mapping import TableMapping, read_mapping
from connectors.sheet import Book, blank
from data.model import UnknownFormat, UserError, says


@dataclass(frozen=True)
class Claim:
    """A book with the format that reads it and the tables found; `mapping` where its user has described it."""

    book: Book
    connector: Connector
    tables: list[Table]
    mapping: TableMapping | None = None


def claim(book: Book, formats: Iterable[Connector], mappings: Iterable[str]) -> Claim:
    """The one claim on a book: a format's, else that of one of the `mappings` (TOML).

    Raises UserError when there is none, or more than one.
    """
    claims = [(c, tables) for c in formats if (tables := c.found_in(book))]
    claims = [claim for claim in claims if not any(t.guessed for t in claim[1])] or claims
    if len(claims) == 1:
        return Claim(book, *claims[0])
    if claims:
        raise UserError(
            says(
                "{file} looks like several formats: {formats}. Load the files of an archive one by one.",
                file=book.name, formats=", ".join(c.title for c, _ in claims),
            )
        )  # fmt: skip
    described = list(_fitting(book, mappings))
    if len(described) == 1:
        return described[0]
    if described:
        raise UnknownFormat(
            says(
                "{file} has the columns of several tables that were described: {names}. Choose one of them.",
                file=book.name, names=", ".join(one.mapping.name for one in described if one.mapping),
            )
        )  # fmt: skip
    raise UnknownFormat(
        says(
            "{file} is in no format that Vigie knows. Its first rows hold: {found}. "
            "The formats known, and where to get each, are listed under Sources.",
            file=book.name, found=_first_headers(book),
        )
    )  # fmt: skip


def claim_by(mapping: TableMapping, book: Book) -> Claim:
    """The claim of one mapping. Raises UserError where the book has not its columns, or it cannot be true."""
    connector = connector_of(mapping)
    only = tuple(sheet for sheet in book.sheets if mapping.sheet in ("", sheet.name))
    if tables := connector.found_in(replace(book, sheets=only)):
        return Claim(replace(book, sheets=only), connector, tables, mapping)
    if not only:
        raise UserError(says("{file} has no sheet named “{sheet}”.", file=book.name, sheet=mapping.sheet))
    lost = missing_columns(mapping, replace(book, sheets=only))
    raise UserError(
        says(
            "{file} has no row with all headers of “{name}”. These stand nowhere: {lost}.",
            file=book.name, name=mapping.name, lost=", ".join(lost) or "—",
        )
    )  # fmt: skip


def _fitting(book: Book, mappings: Iterable[str]) -> Iterator[Claim]:
    """The claims of the mappings that know the most columns of a book."""
    claims: list[tuple[int, Claim]] = []
    for text in mappings:
        with suppress(UserError):  # another table, or a mapping of another version of Vigie
            found = claim_by(read_mapping(text), book)
            claims.append((_known(found), found))
    most = max((known for known, _ in claims), default=0)
    yield from (found for known, found in claims if known == most)


def _known(found: Claim) -> int:
    assert found.mapping
    rows = (cells for t in found.tables for n, cells in t.sheet.head(t.header_row) if n == t.header_row)
    return max(len(found.mapping.places(cells)) for cells in rows)


def _first_headers(book: Book) -> str:
    rows = [cells for sheet in book.sheets[:3] for _, cells in sheet.head(12) if not blank(cells)]
    widest = max(rows, key=lambda cells: sum(c not in (None, "") for c in cells), default=[])
    return ", ".join(str(c)[:40] for c in widest[:12] if c not in (None, "")) or "—"
