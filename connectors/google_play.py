"""Google Play: the reviews of an app, a file a month, in UTF-16 as the bucket of the Play Console gives it.

A review stands again in the file of each month in which it is changed: it is known by the moment it was written, to
the millisecond, and its last update is kept. A rating without words has neither text nor link. The file names no
author; in the link, the number of the developer's account is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, ID, PAGE, TEXT, Kind, Unreadable
from connectors.dates import YMD_STYLE, Dates
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book
from data.model import Account, Finding, says

ISO = Dates((YMD_STYLE,))


def _package(cell: Any, comma: bool) -> str:
    text: str = TEXT.parse(cell, comma)
    if not re.fullmatch(r"\w+(\.\w+)+", text, re.ASCII):
        raise Unreadable(says("the name of an app, such as com.example.shop"))
    return text


REVIEWS = (
    Column("package", ("Package Name",), Kind("package", _package), required=True, aside=True),
    Column("review_id", ("Review Submit Millis Since Epoch",), ID, required=True),
    Column("written", ("Review Submit Date and Time",), ISO, required=True, aside=True),
    Column("updated", ("Review Last Update Date and Time",), ISO, required=True, aside=True),
    Column("rating", ("Star Rating",), DECIMAL, required=True, may_be_empty=True),
    Column("title", ("Review Title",), TEXT),
    Column("text", ("Review Text",), TEXT),
    Column("link", ("Review Link",), PAGE),
    Column("answered", ("Developer Reply Date and Time",), ISO, aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a review, from the row of its last update."""
    latest: dict[tuple[str, str], Record] = {}
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        key = record.aside["package"], record.values["review_id"]
        if key not in latest or record.aside["updated"] >= latest[key].aside["updated"]:
            latest[key] = record
    for (package, _), record in latest.items():
        answered = record.aside.get("answered")
        yield record.statement(
            "reviews",
            account=source.account.key if source.answers.account else Account("google_play", package).key,
            day=local_day(in_utc(record.aside["written"]), source.zone),
            answered_at=in_utc(answered) if answered else None,
        )


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The apps that the rows name."""
    packages = [str(cell).strip() for table in tables for cell in table.column("package")]
    packages = [package for package in packages if "." in package and " " not in package]  # a damaged one is a problem
    return [Account("google_play", package) for package in dict.fromkeys(packages)]


CONNECTOR = Connector(
    key="google_play",
    networks=("google_play",),
    title=N_("Google Play: reviews"),
    where=N_("play.google.com/console, Download reports, Reviews, the app and the month."),
    tables=(TableSpec("reviews", REVIEWS, read, others=False, daily=True),),
    accounts=accounts,
    seen=("en",),
    lacks=N_("The words of replies: only when each review was answered is kept."),
)
