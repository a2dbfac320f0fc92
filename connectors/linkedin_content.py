"""LinkedIn page, content: the account by day (sheet Metrics) and its posts (sheet All posts).

A boosted post stands in several rows: its `Total`, else its `Organic` row is read, and its campaign from the
sponsored ones. Counts can be negative (comments deleted since). Unique impressions are those of organic posts
alone, so no reach is told. Who posted is never read. The French headers of this file are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import TEXT, normalise
from connectors.dates import DATE
from connectors.rows import local_day, read_days, records
from data.model import Finding, Problem, says

DAYS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("impressions", ("Impressions (total)", "Impresiones totales", "Impressões (total)"),
           required=True, may_be_empty=True),
    Column("clicks", ("Clicks (total)", "Clics (totales)", "Cliques (total)")),
    Column("reactions", ("Reactions (total)", "Reacciones (total)", "Reações (total)")),
    Column("comments", ("Comments (total)", "Comentarios (totales)", "Comentários (total)")),
    Column("shares", ("Reposts (total)", "Shares (total)", "Veces compartido (total)",
                      "Compartilhamentos (total)")),
)  # fmt: skip

POSTS = (
    Column("text", ("Post title", "Update title", "Título de la publicación"), TEXT),
    Column("link", ("Post link", "Update link", "Enlace de la publicación"), TEXT, required=True),
    Column("type", ("Post type", "Update type", "Tipo de publicación"), TEXT, required=True,
           may_be_empty=True, aside=True),
    Column("campaign", ("Campaign name", "Nombre de la campaña"), TEXT),
    Column("created", ("Created date", "Fecha de creación"), DATE, required=True,
           may_be_empty=True, aside=True),
    Column("impressions", ("Impressions", "Impresiones"), required=True, may_be_empty=True),
    Column("video_views", ("Views", "Video views", "Visualizaciones")),
    Column("clicks", ("Clicks", "Clics")),
    Column("reactions", ("Likes", "Recomendaciones")),
    Column("comments", ("Comments", "Comentarios")),
    Column("shares", ("Reposts", "Shares", "Veces compartido")),
    Column("follows", ("Follows", "Seguidores")),
    Column("kind", ("Content Type", "Tipo de contenido"), TEXT, aside=True),
)  # fmt: skip

URN = re.compile(r"urn:li:(?:activity|share|ugcPost):(\d{1,20})(?!\d)", re.IGNORECASE)


def read_posts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post, from the row that counts all of it."""
    posts: dict[str, list[Record]] = {}
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        elif urn := URN.search(record.values["link"]):
            posts.setdefault(urn[1], []).append(record)
        else:
            found = record.values["link"][:80]
            yield Problem(says("a link that holds the id of a post"), found, table.sheet.name,
                          record.origin.row, table.header("link"))  # fmt: skip
    for post_id, rows in posts.items():
        row = min(rows, key=_share_of_post)
        created = row.aside["created"].date() if "created" in row.aside else None
        moment = published_at(post_id, created)
        campaigns = {name for record in rows if (name := record.values.get("campaign"))}
        yield row.statement(
            "posts",
            account=source.account.key,
            post_id=post_id,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else created,
            kind="video" if normalise(row.aside.get("kind", "")) == "video" else None,
            campaign=campaigns.pop() if len(campaigns) == 1 else None,
        )


def _share_of_post(row: Record) -> int:
    """0 for a row of the whole post, 1 for its organic part, 2 for a campaign's, in any of the languages."""
    printed = normalise(row.aside.get("type", ""))
    return 0 if printed.startswith("total") else 1 if printed.startswith("org") else 2


def published_at(post_id: str, created: date | None) -> datetime | None:
    """When a post was published, in UTC, as its id says; None where the file prints another day.

    Some ids are days away from their post: the printed day is right then, and the time is not known.
    """
    moment = datetime.fromtimestamp((int(post_id) >> 22) / 1000, tz=UTC).replace(tzinfo=None, microsecond=0)
    return moment if created in (None, moment.date()) else None


CONNECTOR = Connector(
    key="linkedin_content",
    networks=("linkedin",),
    title=N_("LinkedIn page: content"),
    where=N_("linkedin.com, then your page as admin, Analytics, Content, choose the dates, Export."),
    tables=(
        TableSpec("account_days", DAYS, read_days, daily=True),
        TableSpec("posts", POSTS, read_posts, ignores=r"^(posted by|anunciado por)$"),
    ),
    names=(r"^(?P<handle>.+)_(?:content|updates)_\d{13}",),
)
