"""X posts: the file of the new analytics (late 2024 on) and the 40-column file of the old one (2014 to 2024).

The French names of several columns are not known: a permalink names its post whatever the header says, and
numbers under unknown headers stay under these, as promoted counts do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from itertools import chain, islice

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import ID, TEXT
from connectors.dates import DATE
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, says

X_EPOCH_MS = 1288834974657  # the ids of posts hold the milliseconds since this moment
LONG_ID = re.compile(r"[0-9]{17,20}")  # since November 2010; older ones hold no time
PERMALINK = re.compile(r"(?:x|twitter)\.com/(\w{1,20})/status/(\d{1,20})", re.IGNORECASE)

POST = (
    Column("post_id", ("Post id", "Tweet id"), ID),
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


def published_at(post_id: str, printed: datetime | None) -> datetime | None:
    """When a post was published, in UTC: its id says so to the millisecond; old short ids do not."""
    if LONG_ID.fullmatch(post_id):
        moment = datetime.fromtimestamp(((int(post_id) >> 22) + X_EPOCH_MS) / 1000, tz=UTC)
        return moment.replace(tzinfo=None, microsecond=0)
    return in_utc(printed) if printed else None


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post; its account is the one its link names, else the file's."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        values = record.values
        owner, linked = _named(values.get("link"))
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


def _named(link: str | None) -> tuple[str, str]:
    """The handle and the post id that a permalink names; `i` stands for no account."""
    match = PERMALINK.search(link or "")
    if match is None:
        return "", ""
    return "" if match[1].casefold() == "i" else match[1], match[2]


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The handles that the links of the file name, the most frequent first."""
    links = (str(cell) for table in tables if "link" in table.positions for cell in table.column("link"))
    handles = Counter(handle for link in links if (handle := _named(link)[0]))
    return [Account("x", handle.casefold(), handle) for handle, _ in handles.most_common()]


CONNECTOR = Connector(
    key="x_posts",
    networks=("x",),
    title=N_("X: posts"),
    where=N_("x.com, then Analytics (Premium), Content, choose the dates, Download."),
    tables=(TableSpec("posts", POST, read, ignores=r"^(engagement rate|taux d'engagement)$"),),
    find=find,
    accounts=accounts,
    names=(r"^tweet_activity_metrics_(?P<handle>\w+?)_\d{8}_\d{8}",),
)
