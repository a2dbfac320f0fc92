"""Facebook posts: the content export of Meta Business Suite (2021 on), one row a post.

Counts run since publication. `Publish time` is Pacific time in every language and country. A file may hold
several pages. The export by day, the one of videos and the one of the page itself are other formats.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, PACIFIC, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, ID, TEXT, normalise
from connectors.dates import DATE
from connectors.rows import by_day, in_utc, local_day, named_accounts, only_zeros, records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, says

POST = (
    Column("post_id", ("Post ID", "Identifiant de la publication"), ID, required=True),
    Column("page_id", ("Page ID", "ID de la Page"), ID, required=True, may_be_empty=True, aside=True),
    Column("page_name", ("Page name", "Nom de la page"), TEXT, required=True, may_be_empty=True, aside=True),
    Column("published", ("Publish time", "Heure de publication", "Horário de publicação"), DATE,
           required=True, may_be_empty=True, aside=True),
    Column("title", ("Title", "Titre"), TEXT, aside=True),
    Column("description", ("Description",), TEXT, aside=True),
    Column("link", ("Permalink", "Permalien"), TEXT),
    Column("type", ("Post type", "Type de publication", "Tipo de post"), TEXT, aside=True),
    Column("remarks", ("Data comment", "Commentaire des données"), TEXT, aside=True),
    Column("period", ("Date",), TEXT, aside=True),
    Column("impressions", ("Impressions",)),
    Column("views", ("Views", "Vues", "Visualizações")),
    Column("reach", ("Reach", "Couverture", "Alcance")),
    Column("engagements", ("Reactions, comments and shares", "Réactions, commentaires et partages")),
    Column("reactions", ("Reactions", "Réactions"), required=True, may_be_empty=True),
    Column("comments", ("Comments", "Commentaires", "Comentários")),
    Column("shares", ("Shares", "Partages", "Compartilhamentos")),
    Column("clicks", ("Total clicks", "Total des clics")),
    Column("link_clicks", ("Link clicks", "Clics sur un lien")),
    Column("video_views", ("3-second video views", "Vues de vidéo de 3 secondes")),
    Column("watch_seconds", ("Seconds viewed", "Secondes regardé(e)"), DECIMAL),
)  # fmt: skip

# Retention curves, views by audience and by country (hundreds of columns), flags, leaked keys.
IGNORED = (
    r"(interval|un intervalle de) \d+$|top audience|audience principale|by country|par pays \("
    r"|crosspost|^is share$|^est un partage$|:unique_users$|: hide all$"
)

KINDS = {
    "photo": "photo", "photos": "photo", "video": "video", "videos": "video", "reel": "reel", "reels": "reel",
    "link": "link", "links": "link", "lien": "link", "liens": "link", "text": "text", "texte": "text",
}  # fmt: skip


def kind(printed: str | None, link: str) -> str | None:
    """The kind of a post; French exports call reels videos, so the permalink is asked first."""
    if "/reel/" in link:
        return "reel"
    return KINDS.get(normalise(printed), "other") if printed else None


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post; views are left out where all are 0 although people were reached."""
    if problem := by_day(table, "period"):
        yield problem
        return
    unmeasured = only_zeros(table, "views") and "reach" in table.positions and not only_zeros(table, "reach")
    if unmeasured:
        expected = says("views; here all are 0 though people were reached, so they are left out")
        yield Problem(expected, "0", table.sheet.name, table.header_row, table.header("views"))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        told = record.aside
        moment = in_utc(told["published"], PACIFIC) if "published" in told else None
        views = {"views": None} if unmeasured else {}
        yield record.statement(
            "posts",
            account=Account("facebook", told["page_id"]).key if "page_id" in told else source.account.key,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else None,
            kind=kind(told.get("type"), record.values.get("link", "")),
            text=told.get("title") or told.get("description"),
            **views,
        )


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The pages that the rows name, the most frequent first."""
    return named_accounts(tables, "facebook", "page_id", "page_name")


CONNECTOR = Connector(
    key="meta_facebook_posts",
    networks=("facebook",),
    title=N_("Facebook: posts"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose Published, Posts, the dates, "
        "Lifetime, Generate."
    ),
    tables=(TableSpec("posts", POST, read, ignores=IGNORED, remarks="remarks"),),
    accounts=accounts,
)
