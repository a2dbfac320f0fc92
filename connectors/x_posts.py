"""X posts: the file of the new analytics (late 2024 on) and the 40-column file of the old one (2014 to 2024).

The French names of several columns are not known: a permalink names its post whatever the header says, and
numbers under unknown headers stay under these, as promoted counts do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from itertools import chain, islice
from typing import Any

from connectors.base import N_, Column, Connector, Source, Table, TableSpec, find_tables
from connectors.blocks import Block
from connectors.cells import ID, TEXT, Kind, Unreadable
from connectors.dated import days_in_name
from connectors.dates import DATE
from connectors.rows import blocks, local_day
from connectors.sheet import Book
from connectors.x_links import PERMALINK, accounts, named, published_at
from data.model import Account, Answers, Finding, Problem, Statements, Window, says


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
    for block in blocks(table, source):
        if not isinstance(block, Block):
            yield block
            continue
        names = [named(link) for link in block.stated("link") or [None] * len(block.rows)]
        stated = block.stated("post_id") or [None] * len(names)
        ids = [linked or own for own, (_, linked) in zip(stated, names, strict=True)]
        for row, own, post_id in zip(block.rows, stated, ids, strict=True):
            if own and own != post_id:
                yield Problem(says("the id that the link holds, {id}", id=post_id), own, table.sheet.name, row)
        unknown = [row for row, post_id in zip(block.rows, ids, strict=True) if not post_id]
        yield from (Problem(says("the id or the link of a post"), "", table.sheet.name, row) for row in unknown)
        posts = _posts(block, names, ids, source)
        if unknown:
            yield from (post for post, post_id in zip(posts, ids, strict=True) if post_id)
        else:
            yield posts


def _posts(block: Block, names: Sequence[tuple[str, str]], ids: Sequence[str], source: Source) -> Statements:
    own = source.account.key
    keys = {owner: Account("x", owner.casefold()).key if owner else own for owner in {owner for owner, _ in names}}
    printed = block.stated("published") or [None] * len(ids)
    moments = [published_at(post_id, moment) if post_id else None for post_id, moment in zip(ids, printed, strict=True)]
    texts = block.stated("text")
    words = texts and [None if text is None else unescape(text) for text in texts]
    return block.statements(
        "posts",
        account=[keys[owner] for owner, _ in names],
        post_id=ids,
        published_at=moments,
        day=[local_day(moment, source.zone) if moment else None for moment in moments],
        text=words,
        kind=words and [text and ("reply" if text.startswith("@") else "post") for text in words],
    )


def asked(book: Book, tables: list[Table], answers: Answers) -> Window | None:
    """The days that the name tells; in that of the old file, the last is the day after."""
    days = days_in_name(book, tables, answers)
    if days and book.name.startswith("tweet_activity_metrics"):
        return Window(days.first, days.last - timedelta(days=1)) if days.days > 1 else None
    return days


CONNECTOR = Connector(
    key="x_posts",
    networks=("x",),
    title=N_("X: posts"),
    where=N_("x.com, then Analytics (Premium), Content, choose the dates, Download."),
    tables=(TableSpec("posts", POST, read, ignores=r"^(engagement rate|taux d'engagement)$"),),
    find=find,
    accounts=accounts,
    names=(r"^tweet_activity_metrics_(?P<handle>\w+?)_\d{8}_\d{8}",),
    asked=asked,
    seen=("en",),
    described=("fr", "pt"),
    lacks=N_("The reach of a post. In French, bookmarks and shares may stand under names that are not known yet."),
)
