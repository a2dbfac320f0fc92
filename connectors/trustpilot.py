"""Trustpilot Business: the reviews of a company, as CSV or Excel.

The name, the number and the e-mail address of who wrote a review stand in the file and are not read, nor is the order
that a review is about. Whether `Id` is written `ID` depends on the export.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, ID, TEXT, Kind, Unreadable
from connectors.dates import DATE
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book
from data.model import Account, Finding, says

SITE = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,})(?:[/:?#]\S*)?", re.IGNORECASE)


def _site(cell: Any, _: bool) -> str:
    match = SITE.fullmatch(str(cell).strip())
    if not match:
        raise Unreadable(says("the address of a site, such as example.com"))
    return match[1].casefold()


REVIEWS = (
    Column("review_id", ("Review Id",), ID, required=True),
    Column("written", ("Review Created (UTC)",), DATE, required=True, aside=True),
    Column("rating", ("Review Stars",), DECIMAL, required=True, may_be_empty=True),
    Column("title", ("Review Title",), TEXT),
    Column("text", ("Review Content",), TEXT),
    Column("answered", ("Company Reply Date (UTC)", "Business Reply Date (UTC)"), DATE, aside=True),
    Column("site", ("Domain URL", "Domain Name"), Kind("site", _site), aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a review; of one that stands twice, the later row is believed."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        site = None if source.answers.account else record.aside.get("site")
        answered = record.aside.get("answered")
        yield record.statement(
            "reviews",
            account=(Account("trustpilot", site) if site else source.account).key,
            day=local_day(in_utc(record.aside["written"]), source.zone),
            answered_at=in_utc(answered) if answered else None,
        )


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The sites that the rows name, the most frequent first."""
    cells = (str(cell) for table in tables if "site" in table.positions for cell in table.column("site"))
    found = Counter(match[1].casefold() for cell in cells if (match := SITE.fullmatch(cell.strip())))
    return [Account("trustpilot", site) for site, _ in found.most_common()]


CONNECTOR = Connector(
    key="trustpilot",
    networks=("trustpilot",),
    title=N_("Trustpilot: reviews"),
    where=N_("business.trustpilot.com, Reviews, Service reviews, the dates, Export, CSV or Excel."),
    tables=(TableSpec("reviews", REVIEWS, read, others=False, daily=True),),
    accounts=accounts,
    described=("en",),
    lacks=N_("The words of replies, and the reviews of single products: only service reviews are read."),
)
