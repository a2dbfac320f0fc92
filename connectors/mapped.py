"""A table that its user has described, as a format like any other: how it is found, whose it is, how it is read.

Where a column names networks, the rows of each network are a table of its own, so that each has its account. A
post is known by the id that its link holds, which is that of the network's own exports, else by its id or its link
as they stand, else by its day and text. A time without a zone is that of the brand, unless the header says UTC.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

from connectors.base import HEADER_WITHIN, Column, Connector, Record, Source, Table, TableSpec
from connectors.by_network import by_network
from connectors.cells import TEXT, normalise, printed
from connectors.mapping import Meant, TableMapping, checked
from connectors.meanings import (
    ACCOUNT,
    ASIDE,
    DAY,
    EMAIL,
    NETWORK,
    NETWORKS_OF,
    OTHERS,
    TABLES,
    as_text,
    is_figure,
    kind_of,
)
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book, Cells, Sheet
from connectors.weeks import without_weeks
from connectors.whose import without_case
from data.model import Account, Finding, Problem, UserError, says

KEY = "mapping:"  # before the name of the mapping, in the key of such a format
NEW = "new"  # a column that its mapping does not know
ELSEWHERE = (DAY, NETWORK, ACCOUNT, "kind")  # meanings that the ledger has in other words
LOOKED_AT = 200  # cells in which addresses of people are looked for
IDS_IN_LINKS = {
    "x": re.compile(r"/status/(\d{1,20})"),
    "linkedin": re.compile(r"urn:li:(?:activity|share|ugcPost):(\d{1,20})"),
    "youtube": re.compile(r"(?:[?&]v=|youtu\.be/|/shorts/)([\w-]{11})(?![\w-])"),
    "tiktok": re.compile(r"/(?:video|photo)/(\d{1,20})"),
}
ZONE = re.compile(r"\b(?:utc|gmt)\b(?:\s*([+-])\s*(1[0-4]|\d)(?::?([0-5]\d))?)?")


def connector_of(mapping: TableMapping) -> Connector:
    """The format that a mapping declares. Raises UserError where it cannot be true."""
    checked(mapping)
    return Connector(
        key=KEY + mapping.name,
        networks=(mapping.network,) if mapping.network else NETWORKS_OF[mapping.says],
        title=mapping.name,
        where="",
        tables=(TableSpec(mapping.says, (), _read, daily=mapping.says != "posts"),),
        find=partial(_find, mapping),
        accounts=partial(_accounts, mapping),
        settle=without_weeks,
    )


def missing_columns(mapping: TableMapping, book: Book) -> list[str]:
    """The headers that a mapping needs, and that stand in no row of a book where headers can stand."""
    known = {normalise(printed(c)) for s in book.sheets for _, cells in s.head(HEADER_WITHIN) for c in cells}
    needed = (column.header for column in mapping.columns if column.means not in (ASIDE, OTHERS))
    return [header for header in needed if normalise(header) not in known]


def _find(mapping: TableMapping, book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The table of each sheet that has the headers, taken apart by network where a column tells it."""
    found: list[Table] = []
    for sheet in book.sheets:
        for number, cells in sorted(sheet.head(HEADER_WITHIN), key=lambda row: row[0] != mapping.header_row):
            if mapping.fits(cells):
                table = _table(specs[0], sheet, number, cells, mapping.places(cells))
                _refuse_addresses(table)
                found += by_network(table) if NETWORK in table.positions else [replace(table, network=mapping.network)]
                break
    return found


def _table(spec: TableSpec, sheet: Sheet, number: int, cells: Cells, places: Mapping[int, Meant]) -> Table:
    """The table under a row of headers: what is kept under its own header is not declared, as in any format."""
    headers = tuple(printed(cell) for cell in cells)
    known = TABLES[spec.says]
    columns: dict[int, Column] = {}
    for place, header in enumerate(headers):
        means = places[place].means if place in places else NEW
        if means == OTHERS or not (header or place in places):
            continue
        columns[place] = Column(
            means if means in known else f"{means} {place}", (header,), known.get(means, TEXT),
            required=means in (DAY, ACCOUNT), aside=means not in known or means in ELSEWHERE,
        )  # fmt: skip
    spec = replace(spec, columns=tuple(columns.values()))
    return Table(spec, sheet, number, headers, {column.key: (place,) for place, column in columns.items()})


def _refuse_addresses(table: Table) -> None:
    for column in table.spec.columns:
        if column.key not in TABLES[table.spec.says] or is_figure(column.key, table.spec.says):
            continue
        cells = [cell for cell, _ in zip(table.column(column.key), range(LOOKED_AT), strict=False)]
        if sum(bool(EMAIL.fullmatch(str(cell).strip())) for cell in cells) * 2 > len(cells):
            header = table.header(column.key)
            raise UserError(
                says("The column “{header}” holds e-mail addresses. Vigie keeps none: leave it out.", header=header)
            )


def _accounts(mapping: TableMapping, book: Book, tables: list[Table]) -> list[Account]:
    """The accounts that a column names, the most frequent first, or those that the mapping remembers."""
    named = Counter(
        _named(cell, table.network) for table in tables if ACCOUNT in table.positions for cell in table.column(ACCOUNT)
    )
    if named:
        return [account for account, _ in named.most_common()]
    remembered = [account for key in mapping.accounts if (account := Account.parse(key))]
    needed = {table.network for table in tables if table.network}
    if not needed:
        return remembered if len(remembered) == 1 else []
    kept = [account for account in remembered if account.network in needed]
    return kept if len(kept) == len(needed) else []  # one that is not remembered is asked


def _named(cell: Any, network: str) -> Account:
    name = as_text(cell).lstrip("@")
    return without_case(Account(network, name, name))


def _read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row."""
    for column in table.spec.columns:
        if column.key.startswith(f"{NEW} ") and next(table.column(column.key), None) is not None:
            expected = says("a column that its mapping names; this one was left out")
            yield Problem(expected, table.header(column.key), table.sheet.name, table.header_row)
    with_times = DAY in table.positions and any(_has_time(cell) for cell in table.distinct(DAY))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        account = _named(record.aside[ACCOUNT], table.network) if ACCOUNT in record.aside else source.account
        moment: datetime | None = record.aside.get(DAY)
        if table.spec.says == "posts":
            yield _post(record, account, moment, with_times, table, source)
        elif table.spec.says == "web":
            assert moment
            day = moment.date()
            yield record.statement("web", account=account.key, slice="site", first_day=day, last_day=day)
        else:
            assert moment
            yield record.statement("account_days", account=account.key, day=moment.date())


def _post(
    record: Record, account: Account, moment: datetime | None, with_times: bool, table: Table, source: Source
) -> Finding:
    values, day, published = record.values, moment.date() if moment else None, None
    if moment and with_times:
        published = in_utc(moment, _zone(table.header(DAY)) or source.zone)
        day = local_day(published, source.zone)
    post_id = _id_in(values.get("link", ""), account.network) or values.get("post_id") or values.get("link")
    if not post_id and day and "text" in values:
        words = f"{day}\n{' '.join(values['text'].split())}"
        post_id = f"text-{hashlib.sha256(words.encode()).hexdigest()[:16]}"
    if not post_id:
        return Problem(
            says("the id, the link, or the day and the text of a post"), "", table.sheet.name, record.origin.row
        )
    return record.statement(
        "posts", account=account.key, post_id=post_id, published_at=published, day=day,
        kind=kind_of(record.aside["kind"]) if "kind" in record.aside else None,
    )  # fmt: skip


def _id_in(link: str, network: str) -> str:
    match = IDS_IN_LINKS[network].search(link) if network in IDS_IN_LINKS else None
    return match[1] if match else ""


def _has_time(cell: Any) -> bool:
    if isinstance(cell, datetime):
        return (cell.hour, cell.minute) != (0, 0)
    match = re.search(r"(\d{1,2}):(\d\d)", str(cell))
    return bool(match and (int(match[1]) or int(match[2])))


def _zone(header: str) -> timezone | None:
    """The zone that a header of times names, None where it names none."""
    match = ZONE.search(normalise(header))
    if match is None:
        return None
    offset = timedelta(hours=int(match[2] or 0), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset) if offset else UTC
