"""TikTok Business Suite: the account by day, its audience by day, or its videos.

What is missing is written `NAN` or `--`; `Total followers` can be missing on every row. A reached audience is people
of a day and never added. The time of a post is printed in a zone that the file does not name: it is that of its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import PAGE, TEXT
from connectors.dates import DATE
from connectors.rows import read_days
from connectors.tiktok_videos import owners, read_videos
from data.model import Finding

DAY = Column("day", ("Date",), DATE, required=True)
REACH = Column("reach", ("Reached audience",))
FOLLOWS = Column("follows", ("New followers",))
OVERVIEW = (
    DAY,
    Column("views", ("Video views",), required=True, may_be_empty=True),
    REACH,
    Column("profile_visits", ("Profile views",)),
    Column("reactions", ("Likes",)),
    Column("comments", ("Comments",)),
    Column("shares", ("Shares",)),
    Column("net_follows", ("Net growth",)),
    FOLLOWS,
    Column("unfollows", ("Lost followers",)),
)
AUDIENCE = (
    DAY,
    Column("follows", ("New followers",), required=True, may_be_empty=True),
    Column("followers", ("Total followers",), required=True, may_be_empty=True),
    REACH,
)
VIDEOS = (
    Column("text", ("Video title",), TEXT),
    Column("link", ("Video link",), PAGE, required=True),
    Column("posted", ("Post time",), DATE, aside=True),
    Column("views", ("Video views",), required=True, may_be_empty=True),
    Column("reactions", ("Likes",)),
    Column("comments", ("Comments",)),
    Column("shares", ("Shares",)),
    Column("saves", ("Add to Favorites",)),
)


def read_listed(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a video."""
    return read_videos(table, source, _posted)


def _posted(record: Record, made: date) -> date | None:
    return record.aside["posted"].date() if "posted" in record.aside else None


CONNECTOR = Connector(
    key="tiktok_business",
    networks=("tiktok",),
    title=N_("TikTok Business Suite: days and videos"),
    where=N_("business.tiktok.com, Business Suite, Analytics, choose the tab and the dates, Export data."),
    tables=(
        TableSpec("account_days", OVERVIEW, read_days, daily=True,
                  hints=("Reached audience", "Net growth", "New followers", "Lost followers")),
        TableSpec("account_days", AUDIENCE, read_days, daily=True, hints=("Reached audience", "Engaged audience")),
        TableSpec("posts", VIDEOS, read_listed),
    ),
    accounts=owners,
    seen=("en",),
    lacks=N_("How many followers there are in all, in most files, and how long videos are watched."),
)  # fmt: skip
