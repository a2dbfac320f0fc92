"""What the address of an X post names: an account and an id, and in the id the moment it was published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from connectors.base import Table
from connectors.rows import in_utc
from connectors.sheet import Book
from data.model import Account

X_EPOCH_MS = 1288834974657  # the ids of posts hold the milliseconds since this moment
LONG_ID = re.compile(r"[0-9]{17,20}")  # since November 2010; older ones hold no time
PERMALINK = re.compile(r"(?:x|twitter)\.com/(\w{1,20})/status/(\d{1,20})", re.IGNORECASE)


def named(link: str | None) -> tuple[str, str]:
    """The handle and the post id that a permalink names; `i` stands for no account."""
    match = PERMALINK.search(link or "")
    if match is None:
        return "", ""
    return "" if match[1].casefold() == "i" else match[1], match[2]


def published_at(post_id: str, printed: datetime | None) -> datetime | None:
    """When a post was published, in UTC: its id says so to the millisecond; old short ids do not."""
    if LONG_ID.fullmatch(post_id):
        moment = datetime.fromtimestamp(((int(post_id) >> 22) + X_EPOCH_MS) / 1000, tz=UTC)
        return moment.replace(tzinfo=None, microsecond=0)
    return in_utc(printed) if printed else None


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The handles that the links of the file name, the most frequent first."""
    links = (str(cell) for table in tables if "link" in table.positions for cell in table.column("link"))
    handles = Counter(handle for link in links if (handle := named(link)[0]))
    return [Account("x", handle.casefold(), handle) for handle, _ in handles.most_common()]
