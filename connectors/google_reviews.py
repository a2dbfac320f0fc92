"""Google reviews: `reviews.json` of a Business Profile, as Takeout and the interface of Google give it.

Stars are words, from ONE to FIVE. Who wrote a review stands in the file and is not read. Where Google has translated
a review, its original words are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import ID, TEXT, Kind, Unreadable, plain_text
from connectors.dates import YMD_STYLE, Dates
from connectors.rows import in_utc, local_day, records
from data.model import Finding, says

ISO = Dates((YMD_STYLE,))
WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
ORIGINAL, TRANSLATED = "(Original)", "(Translated by Google)"


def _stars(cell: Any, _: bool) -> float:
    stars = WORDS.get(plain_text(cell).casefold())
    if stars is None:
        raise Unreadable(says("a number of stars, from ONE to FIVE"))
    return stars


REVIEWS = (
    Column("review_id", ("reviewId", "name"), ID, required=True),
    Column("rating", ("starRating",), Kind("stars", _stars), required=True, may_be_empty=True),
    Column("text", ("comment",), TEXT),
    Column("written", ("createTime",), ISO, required=True, aside=True),
    Column("answered", ("reviewReply.updateTime",), ISO, aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a review."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        answered = record.aside.get("answered")
        yield record.statement(
            "reviews",
            account=source.account.key,
            review_id=record.values["review_id"].rpartition("/")[2],
            day=local_day(in_utc(record.aside["written"]), source.zone),
            text=original(record.values["text"]) if "text" in record.values else None,
            answered_at=in_utc(answered) if answered else None,
        )


def original(text: str) -> str:
    """The words of a review as they were written, without Google's translation beside them."""
    if ORIGINAL in text:
        return text.partition(ORIGINAL)[2].strip()
    return text.partition(TRANSLATED)[0].strip() or text


CONNECTOR = Connector(
    key="google_reviews",
    networks=("google_business",),
    title=N_("Google reviews"),
    where=N_("takeout.google.com, only Google Business Profile, Create export; then the reviews.json in the ZIP file."),
    tables=(TableSpec("reviews", REVIEWS, read, others=False, daily=True),),
    described=("en",),
    lacks=N_("The words of replies: only when each review was answered is kept."),
)
