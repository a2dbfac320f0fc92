"""LinkedIn page, content: the account by day (sheet Metrics) and its posts (sheet All posts).

A boosted post stands in several rows: its `Total`, else its `Organic` row is read, and its campaign from the
sponsored ones. Counts can be negative (comments deleted since). Unique impressions are those of organic posts
alone, so no reach is told. Who posted is never read. Where the headers are in no language we know, as in French,
the file is recognised by its shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import TEXT, normalise
from connectors.dated import days_by_day
from connectors.dates import DATE
from connectors.linkedin_page import DAYS, POSTS, Shape, adds_up, clicked, find_in
from connectors.linkedin_posts import post_id_in, published_at
from connectors.rows import local_day, read_days, records
from data.model import Finding, Problem, says

DAY_COLUMNS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("impressions", ("Impressions (total)", "Impresiones totales", "Impresiones (totales)",
                           "Impressões (total)"), required=True, may_be_empty=True),
    Column("clicks", ("Clicks (total)", "Clics (totales)", "Cliques (total)")),
    Column("reactions", ("Reactions (total)", "Reacciones (total)", "Reacciones (totales)", "Reações (total)")),
    Column("comments", ("Comments (total)", "Comentarios (totales)", "Comentários (total)")),
    Column("shares", ("Reposts (total)", "Shares (total)", "Veces compartido (total)",
                      "Compartilhamentos (total)")),
)  # fmt: skip
POST_COLUMNS = (
    Column("text", ("Post title", "Update title", "Título de la publicación", "Título da publicação"), TEXT),
    Column("link", ("Post link", "Update link", "Enlace de la publicación", "Link da publicação"), TEXT,
           required=True),
    Column("type", ("Post type", "Update type", "Tipo de publicación", "Tipo de publicação"), TEXT,
           required=True, may_be_empty=True, aside=True),
    Column("campaign", ("Campaign name", "Nombre de la campaña", "Nome da campanha"), TEXT),
    Column("created", ("Created date", "Fecha de creación", "Criação"), DATE, required=True,
           may_be_empty=True, aside=True),
    Column("impressions", ("Impressions", "Impresiones", "Impressões"), required=True, may_be_empty=True),
    Column("video_views", ("Views", "Video views", "Visualizaciones", "Visualizações")),
    Column("clicks", ("Clicks", "Clics", "Cliques")),
    Column("reactions", ("Likes", "Recomendaciones", "Gostaram")),
    Column("comments", ("Comments", "Comentarios", "Comentários")),
    Column("shares", ("Reposts", "Shares", "Veces compartido", "Compartilhamentos")),
    Column("follows", ("Follows", "Seguidores")),
    Column("kind", ("Content Type", "Tipo de contenido", "Tipo de conteúdo"), TEXT, aside=True),
)  # fmt: skip
SPONSORED = ("sponsor", "patrocin")
BY_WHOM = (4,)
PLACES = {"text": 0, "link": 1, "type": 2, "campaign": 3, "created": 5, "impressions": 9, "video_views": 10,
          "clicks": 12, "reactions": 14, "comments": 15, "shares": 16, "follows": 17}  # fmt: skip
SHAPES = {
    DAYS: (
        Shape(20, {"day": 0, "impressions": 3, "clicks": 7, "reactions": 10, "comments": 13, "shares": 16},
              adds_up((3, 1, 2), (7, 5, 6), (10, 8, 9), (13, 11, 12), (16, 14, 15))),
        Shape(19, {"day": 0, "impressions": 3, "clicks": 6, "reactions": 9, "comments": 12, "shares": 15},
              adds_up((3, 1, 2), (6, 4, 5), (9, 7, 8), (12, 10, 11), (15, 13, 14))),  # no unique impressions
    ),
    POSTS: (Shape(20, {**PLACES, "kind": 19}, clicked, BY_WHOM), Shape(19, PLACES, clicked, BY_WHOM)),
}  # fmt: skip


def read_posts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post, from the row that counts all of it."""
    posts: dict[str, list[Record]] = {}
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        elif post_id := post_id_in(record.values["link"]):
            posts.setdefault(post_id, []).append(record)
        else:
            found = record.values["link"][:80]
            yield Problem(says("a link that holds the id of a post"), found, table.sheet.name,
                          record.origin.row, table.header("link"))  # fmt: skip
    for post_id, rows in posts.items():
        row = min(rows, key=_share_of_post)
        if _in_part(rows):
            expected = says("a row for all of the post; the rows of its organic and sponsored parts count some of it")
            found = str(row.aside.get("type", ""))
            yield Problem(expected, found, table.sheet.name, row.origin.row, table.header("type"))
            continue
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


def _in_part(rows: list[Record]) -> bool:
    """Whether the row of the whole post is gone: a boosted post has one, and one for each of its two parts."""
    types = {normalise(row.aside.get("type", "")) for row in rows}
    parts = {printed for printed in types if printed.startswith((*SPONSORED, "org"))}
    return parts == types and any(printed.startswith(SPONSORED) for printed in types)


def _share_of_post(row: Record) -> tuple[bool, int, float, bool]:
    """Least for the row of the whole post, then for its organic part, then for a campaign's, which names it.

    Where the word for the total is in no language we know, it is the row with the most impressions, and of two
    such rows the one that states follows: those of an organic row are blank.
    """
    printed = normalise(row.aside.get("type", ""))
    part = 0 if printed.startswith("total") else 2 if printed.startswith("org") else 1
    sponsored = (part == 1 and "campaign" in row.values) or printed.startswith(SPONSORED)
    impressions = row.values.get("impressions")
    return sponsored, part, inf if impressions is None else -impressions, "follows" not in row.values


CONNECTOR = Connector(
    key="linkedin_content",
    networks=("linkedin",),
    title=N_("LinkedIn page: content"),
    where=N_("linkedin.com, then your page as admin, Analytics, Content, choose the dates, Export."),
    tables=(
        TableSpec("account_days", DAY_COLUMNS, read_days, key=DAYS, daily=True),
        TableSpec("posts", POST_COLUMNS, read_posts, key=POSTS, ignores=r"^(posted by|anunciado por|publicada por)$"),
    ),
    find=lambda book, specs: find_in(book, specs, (DAYS, POSTS), SHAPES),
    names=(r"^(?P<handle>.+)_(?:content|updates)_\d{13}",),
    asked=days_by_day,
    seen=("en",),
    described=("es", "pt"),
    lacks=N_("The reach, which is stated for organic posts only, and what each campaign of a boosted post brought."),
)
