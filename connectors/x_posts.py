"""X posts: the file of the new analytics (late 2024 on) and the 40-column file of the old one (2014 to 2024).

The French names of several columns are not known: a permalink names its post whatever the header says, and
numbers under unknown headers stay under these, as promoted counts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import chain, islice
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import ID, TEXT, Kind, Unreadable
from connectors.dates import DATE
from connectors.rows import local_day, records
from connectors.sheet import Book
from connectors.x_links import PERMALINK, accounts, named, published_at
from data.model import Account, Finding, Problem, says


def _post_id(cell: Any, comma: bool) -> str:
    text: str = ID.parse(cell, comma)
    if not (text.isascii() and text.isdigit()):
        raise Unreadable(says("the id of a post, of figures only"))
    return text


POST = (
    Column("post_id", ("Post id", "Tweet id"), Kind("post id", _post_id)),
    Column("published", ("Date", "Data", "time", "heure"), DATE, aside=True),
    Column("text", ("Post text", "Tweet text", "Texte du post", "Texto do post"), TEXT),
    Column("link", ("Link", "Post Link", "Tweet permalink", "Lien", "Lien du post", "Postar link"), TEXT),
    Column("impressions", ("Impressions", "Impressões"), required=True, may_be_empty=True),
    Column("engagements", ("Engagements", "Engajamentos"), required=True, may_be_empty=True),
    Column("reactions", ("Likes", "favorites", "J'aime", "Curtidas"), required=True, may_be_empty=True),
    Column("comments", ("Replies", "Réponses", "Respostas"), required=True, may_be_empty=True),
    Column("shares", ("Reposts", "retweets"), required=True, may_be_empty=True),
    Column("saves", ("Bookmarks", "Signets", "Itens salvos")),
    Column("follows", ("New follows", "follows", "Nouveaux abonnements", "Novos seguidores")),
    Column("profile_visits", ("Profile visits", "user profile clicks", "Visites de profil",
                              "clics sur le profil de l'utilisateur", "Visitas ao perfil")),
    Column("link_clicks", ("Url clicks", "clics sur l'URL", "Cliques de URL")),
    Column("video_views", ("media views",)),
)  # fmt: skip


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables whose rows name posts, by a known header or by permalinks under an unknown one."""
    return [table for found in find_tables(book, specs) if (table := _with_link(found))]


def _with_link(table: Table) -> Table | None:
    if "post_id" in table.positions or "link" in table.positions:
        return table
    cells = chain.from_iterable(enumerate(cells) for _, cells in islice(table.rows(), 20))
    place = next((i for i, cell in cells if PERMALINK.search(str(cell))), None)
    if place is None:
        return None
    positions = {**table.positions, "link": (place,)}
    if all(place + 1 not in places for places in positions.values()):
        positions.setdefault("text", (place + 1,))  # so it stands in the old file
    return replace(table, positions=positions)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post; its account is the one its link names, else the file's."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        values = record.values
        owner, linked = named(values.get("link"))
        post_id = values.get("post_id") or linked
        if not post_id:
            yield Problem(says("the id or the link of a post"), "", table.sheet.name, record.origin.row)
            continue
        moment = published_at(post_id, record.aside.get("published"))
        text = unescape(values["text"]) if "text" in values else None
        yield record.statement(
            "posts",
            account=Account("x", owner.casefold()).key if owner else source.account.key,
            post_id=post_id,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else None,
            text=text,
            kind=text and ("reply" if text.startswith("@") else "post"),
        )


CONNECTOR = Connector(
    key="x_posts",
    networks=("x",),
    title=N_("X: posts"),
    where=N_("x.com, then Analytics (Premium), Content, choose the dates, Download."),
    tables=(TableSpec("posts", POST, read, ignores=r"^(engagement rate|taux d'engagement)$"),),
    find=find,
    accounts=accounts,
    names=(r"^tweet_activity_metrics_(?P<handle>\w+?)_\d{8}_\d{8}",),
    seen=("en",),
    described=("fr", "pt"),
    lacks=N_("The reach of a post. In French, bookmarks and shares may stand under names that are not known yet."),
)
