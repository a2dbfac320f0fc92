"""Facebook posts and reels: the content export of Meta Business Suite (2021 on), one row a post.

Counts run since publication. `Publish time` is Pacific time, months before days, in every language and country. A
file may hold several pages. `Views` can stand twice, and say nothing but 0 where people were reached: that is not
stated. Rows can end before their header does. The export by day, the one of videos and the one of the page itself are
other formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, TEXT, normalise
from connectors.dated import days_in_name
from connectors.meta_content import (
    DIGITS,
    IGNORED,
    PAGE,
    PERIOD,
    POST_ID,
    PUBLISHED,
    REMARKS,
    find_posts,
    of_page,
    pages,
    read_posts,
)
from data.model import Finding

POST = (
    Column("post_id", POST_ID, DIGITS, required=True),
    *PAGE,
    PUBLISHED,
    REMARKS,
    PERIOD,
    Column("title", ("Title", "Titre", "Título"), TEXT, aside=True),
    Column("description", ("Description", "Descrição"), TEXT, aside=True),
    Column("link", ("Permalink", "Permalien", "Link permanente"), TEXT),
    Column("type", ("Post type", "Type de publication", "Tipo de post", "Tipo de publicação"), TEXT, aside=True),
    Column("impressions", ("Impressions", "Impressões")),
    Column("views", ("Views", "Vues", "Visualizações")),
    Column("reach", ("Reach", "Couverture", "Alcance")),
    Column("engagements", ("Reactions, comments and shares", "Réactions, commentaires et partages",
                           "Reações, comentários e compartilhamentos")),
    Column("reactions", ("Reactions", "Réactions", "Reações"), required=True, may_be_empty=True),
    Column("comments", ("Comments", "Commentaires", "Comentários")),
    Column("shares", ("Shares", "Partages", "Compartilhamentos")),
    Column("clicks", ("Total clicks", "Total des clics", "Total de cliques")),
    Column("link_clicks", ("Link clicks", "Clics sur un lien", "Cliques no link")),
    Column("video_views", ("3-second video views", "Vues de vidéo de 3 secondes")),
    Column("watch_seconds", ("Seconds viewed", "Secondes regardé(e)"), DECIMAL),
)  # fmt: skip

KINDS = {
    "photo": "photo", "foto": "photo", "video": "video", "reel": "reel", "link": "link", "lien": "link",
    "text": "text", "texte": "text", "texto": "text",
}  # fmt: skip


def kind(printed: str | None, link: str) -> str | None:
    """The kind of a post; French exports call reels videos, so the permalink is asked first."""
    if "/reel/" in link:
        return "reel"
    return KINDS.get(normalise(printed).removesuffix("s"), "other") if printed else None


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post, for the page its row names."""
    page = of_page(source)

    def described(record: Record) -> dict[str, Any]:
        told = record.aside
        return {
            "account": page(record),
            "kind": kind(told.get("type"), record.values.get("link", "")),
            "text": told.get("title") or told.get("description"),
        }

    return read_posts(table, source, described)


CONNECTOR = Connector(
    key="meta_facebook_posts",
    networks=("facebook",),
    title=N_("Facebook: posts"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose Published, Posts, the dates, "
        "Lifetime, Generate."
    ),
    tables=(TableSpec("posts", POST, read, ignores=IGNORED, remarks="remarks"),),
    find=find_posts,
    accounts=pages,
    asked=days_in_name,
    seen=("en", "fr"),
    described=("pt",),
    lacks=N_("Saves, follows, and followers of the page; views in some exports of 2025, which print 0 for them."),
)
