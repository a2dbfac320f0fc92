"""Facebook videos and reels: the export of videos of Meta Business Suite, one row a video.

Counts run since publication. Neither links nor views are stated, and the ids are those of videos, not of the posts
that hold them: the export of posts tells the same videos under other ids. Titles are mostly empty. Most of the some
two hundred columns are views by audience and by country, and curves of retention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, TEXT
from connectors.dated import days_in_name
from connectors.meta_content import (
    DIGITS,
    IGNORED,
    PAGE,
    PERIOD,
    POST_ID,
    PUBLISHED,
    REMARKS,
    VIDEO_ID,
    find_posts,
    of_page,
    pages,
    read_posts,
)
from data.model import Finding, Problem, says

VIDEO = (
    Column("post_id", VIDEO_ID, DIGITS, required=True),
    Column("universal_id", ("Universal video ID",), TEXT, aside=True),
    *PAGE,
    PUBLISHED,
    REMARKS,
    PERIOD,
    Column("text", ("Title", "Titre", "Título"), TEXT),
    Column("labels", ("Custom labels",), TEXT, aside=True),
    Column("reach", ("Reach", "Couverture", "Alcance")),
    Column("video_views", ("3-second video views", "Vues de vidéo de 3 secondes")),
    Column("watch_seconds", ("Seconds viewed", "Secondes regardé(e)"), DECIMAL),
    Column("engagements", ("Reactions, comments and shares", "Réactions, commentaires et partages")),
    Column("reactions", ("Reactions", "Réactions")),
    Column("comments", ("Comments", "Commentaires")),
    Column("shares", ("Shares", "Partages")),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a video, for the page its row names, and one problem on their ids."""
    page = of_page(source)

    def described(record: Record) -> dict[str, Any]:
        return {"account": page(record), "kind": "video"}

    expected = says(
        "ids of posts; these are ids of videos, so that a video counts twice where the export of posts is loaded too: "
        "keep one of the two exports"
    )
    found = next((str(cell) for cell in table.column("post_id")), "")
    yield Problem(expected, found, table.sheet.name, table.header_row, table.header("post_id"))
    yield from read_posts(table, source, described)


CONNECTOR = Connector(
    key="meta_facebook_videos",
    networks=("facebook",),
    title=N_("Facebook: videos"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose Videos, the dates, Lifetime, Generate."
    ),
    tables=(
        TableSpec("posts", VIDEO, read, hints=("video_views", "watch_seconds"), refuses=POST_ID, ignores=IGNORED,
                  remarks="remarks"),
    ),
    find=find_posts,
    accounts=pages,
    asked=days_in_name,
    seen=("en",),
    lacks=N_("Views, links, and the ids of the posts: where posts are loaded too, each of these videos counts twice."),
)  # fmt: skip
