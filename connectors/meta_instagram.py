"""Instagram posts, reels and stories: the content export of Meta Business Suite, one row a post.

Counts run since publication; `Publish time` is Pacific time in every language and country. A file may hold
posts of other accounts (collaborations): each row is its own account's. Reach above views is what Meta prints
for boosted posts. The replies to a story stand as its comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, PACIFIC, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import ID, TEXT, normalise
from connectors.dates import DATE
from connectors.rows import by_day, in_utc, local_day, named_accounts, records
from connectors.sheet import Book
from data.model import Account, Finding

POST = (
    Column("post_id", ("Post ID", "Identifiant de la publication"), ID, required=True),
    Column("account_id", ("Account ID", "ID du compte"), ID, required=True, may_be_empty=True, aside=True),
    Column("username", ("Account username", "Nom de profil du compte"), TEXT,
           required=True, may_be_empty=True, aside=True),
    Column("account_name", ("Account name", "Nom du compte"), TEXT,
           required=True, may_be_empty=True, aside=True),
    Column("published", ("Publish time", "Heure de publication", "Horário de publicação"), DATE,
           required=True, may_be_empty=True, aside=True),
    Column("text", ("Description",), TEXT),
    Column("link", ("Permalink", "Permalien"), TEXT),
    Column("type", ("Post type", "Type de publication", "Tipo de post"), TEXT, aside=True),
    Column("remarks", ("Data comment", "Commentaire des données"), TEXT, aside=True),
    Column("period", ("Date",), TEXT, aside=True),
    Column("impressions", ("Impressions",)),
    Column("views", ("Views", "Vues", "Visualizações")),
    Column("reach", ("Reach", "Couverture", "Alcance")),
    Column("reactions", ("Likes", "Mentions J'aime", "Curtidas")),
    Column("comments", ("Comments", "Commentaires", "Comentários", "Replies", "Réponses")),
    Column("shares", ("Shares", "Partages", "Compartilhamentos")),
    Column("saves", ("Saves", "Enregistrements", "Salvamentos")),
    Column("follows", ("Follows", "Followers en plus")),
    Column("profile_visits", ("Profile visits", "Visites de profil")),
    Column("link_clicks", ("Link clicks", "Clics sur le lien")),
)  # fmt: skip

KINDS = {  # a word of the type: "IG image", "Image IG", "Carrousel IG"
    "image": "photo", "photo": "photo", "reel": "reel", "carousel": "carousel", "carrousel": "carousel",
    "story": "story", "video": "video",
}  # fmt: skip


def kind(printed: str | None) -> str | None:
    """The kind of a post, in either language."""
    if printed is None:
        return None
    return next((KINDS[word] for word in normalise(printed).split() if word in KINDS), "other")


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post, for the account its row names."""
    if problem := by_day(table, "period"):
        yield problem
        return
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        told = record.aside
        moment = in_utc(told["published"], PACIFIC) if "published" in told else None
        yield record.statement(
            "posts",
            account=Account("instagram", told["username"]).key if "username" in told else source.account.key,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else None,
            kind=kind(told.get("type")),
        )


def accounts(book: Book, tables: list[Table]) -> list[Account]:
    """The accounts that the rows name, the most frequent first."""
    return named_accounts(tables, "instagram", "username", "account_name")


CONNECTOR = Connector(
    key="meta_instagram",
    networks=("instagram",),
    title=N_("Instagram: posts, reels and stories"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose Instagram, posts or stories, "
        "the dates, Lifetime, Generate."
    ),
    tables=(TableSpec("posts", POST, read, hints=("reactions", "saves", "sticker taps"), remarks="remarks"),),
    accounts=accounts,
)
