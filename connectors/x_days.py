"""X account by day: the overview of the new analytics (late 2024 on) and the old file by day (2014 to 2024).

The old file counts `follows` made straight from a post, not the account's new followers: they stay under that
header. The new file prints 0 video and media views on every line, even for accounts with videos: a column of
zeros only is not stated. Neither file holds the number of followers.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.dates import DATE
from connectors.rows import only_zeros, read_days, records
from data.model import Finding, Statement

DAY = Column("day", ("Date", "Data"), DATE, required=True)
IMPRESSIONS = Column("impressions", ("Impressions", "Impressões"), required=True, may_be_empty=True)
ENGAGEMENTS = Column("engagements", ("Engagements", "Engajamentos"), required=True, may_be_empty=True)

OVERVIEW = (
    DAY, IMPRESSIONS, ENGAGEMENTS,
    Column("reactions", ("Likes", "J'aime", "Curtidas"), required=True, may_be_empty=True),
    Column("comments", ("Replies", "Réponses", "Respostas"), required=True, may_be_empty=True),
    Column("shares", ("Reposts",), required=True, may_be_empty=True),
    Column("saves", ("Bookmarks", "Signets", "Itens salvos")),
    Column("follows", ("New follows", "Nouveaux abonnements", "Novos seguidores")),
    Column("unfollows", ("Unfollows", "Deixar de seguir")),
    Column("profile_visits", ("Profile visits", "Visites de profil", "Visitas ao perfil")),
    Column("posts", ("Create Post", "Criar post")),
    Column("video_views", ("Video views", "Visualizações de vídeo")),
    Column("media_views", ("Media views", "Visualizações de mídia"), aside=True),
)  # fmt: skip

OLD = (
    DAY, IMPRESSIONS, ENGAGEMENTS,
    Column("posts", ("Tweets published",), required=True, may_be_empty=True),
    Column("reactions", ("likes", "favorites")),
    Column("comments", ("replies",)),
    Column("shares", ("retweets",)),
    Column("profile_visits", ("user profile clicks",), required=True, may_be_empty=True),
    Column("link_clicks", ("url clicks",)),
    Column("video_views", ("media views",)),
)  # fmt: skip

POSTS_NOT_DAYS = ("Post id", "Post text", "Texte du post", "Texto do post", "Link", "Post Link", "Lien",
                  "Lien du post", "Postar link")  # fmt: skip


def read_overview(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day, views left out where the whole file prints 0."""
    with_videos, with_media = (not only_zeros(table, key) for key in ("video_views", "media_views"))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        values, others = dict(record.values), dict(record.others)
        if not with_videos:
            values.pop("video_views", None)
        if with_media and "media_views" in record.aside:
            others[table.header("media_views")] = record.aside["media_views"]
        values |= {"account": source.account.key, "day": values["day"].date()}
        yield Statement("account_days", values, record.origin, others)


CONNECTOR = Connector(
    key="x_days",
    networks=("x",),
    title=N_("X: account by day"),
    where=N_("x.com, then Analytics (Premium), Overview, choose the dates, Download."),
    tables=(
        TableSpec("account_days", OVERVIEW, read_overview, refuses=POSTS_NOT_DAYS, daily=True),
        TableSpec("account_days", OLD, read_days, ignores=r"^engagement rate$", daily=True),
    ),
    names=(r"^daily_tweet_activity_metrics_(?P<handle>\w+?)_\d{8}_\d{8}",),
    seen=("en",),
    described=("fr", "pt"),
    lacks=N_("The number of followers: type it in. Reach, and video views where X prints 0 on every line."),
)
