"""The videos of TikTok's exports: their address holds their id, in it the moment they were made, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from connectors.base import Record, Source, Table
from connectors.rows import local_day, records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, says

LINK = re.compile(r"tiktok\.com/@(?P<handle>[\w.]+)/(?P<kind>video|photo)/(?P<id>\d{10,20})(?!\d)", re.IGNORECASE)
ADDRESS = "link"  # the key of the column of links


def read_videos(table: Table, source: Source, printed_day: Callable[[Record, date], date | None]) -> Iterator[Finding]:
    """One statement a video, counted since it was published. `printed_day`: of a row, given the day of its id."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        match = LINK.search(record.values[ADDRESS])
        if match is None:
            yield Problem(says("a link that holds the id of a video"), record.values[ADDRESS][:80],
                          table.sheet.name, record.origin.row, table.header(ADDRESS))  # fmt: skip
            continue
        made = made_at(match["id"])
        printed = printed_day(record, made.date())
        moment = made if printed is None or abs(printed - made.date()) <= timedelta(days=1) else None  # scheduled
        yield record.statement(
            "posts",
            account=source.account.key,
            post_id=match["id"],
            kind=match["kind"].lower(),
            published_at=moment,
            day=local_day(moment, source.zone) if moment else printed,
        )


def made_at(video_id: str) -> datetime:
    """When a video was made, in UTC, as its id says."""
    return datetime.fromtimestamp(int(video_id) >> 32, tz=UTC).replace(tzinfo=None)


def owners(book: Book, tables: list[Table]) -> list[Account]:
    """The accounts whose videos the tables list."""
    links = (link for table in tables if ADDRESS in table.positions for link in table.column(ADDRESS))
    matches = (LINK.search(str(link)) for link in links)
    handles = dict.fromkeys(match["handle"] for match in matches if match)
    return [Account("tiktok", handle.casefold(), handle) for handle in handles]
