"""Instagram posts, reels and stories: the content export of Meta Business Suite, one row a post.

Counts run since publication; `Publish time` is Pacific time, months before days, in every language and country. A
file may hold posts of other accounts (collaborations): each row is its own account's, which its id tells and its name
names. Reach above views is what Meta prints for boosted posts. The replies to a story stand as its comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import ID, TEXT, Unreadable, missing, normalise
from connectors.dated import days_in_name
from connectors.meta_content import DIGITS, PERIOD, POST_ID, PUBLISHED, REMARKS, find_posts, read_posts
from connectors.sheet import Book
from data.model import Account, Finding

POST = (
    Column("post_id", POST_ID, DIGITS, required=True),
    Column("account_id", ("Account ID", "ID du compte", "Identifiant du compte", "Identificação da conta"), ID,
           required=True, may_be_empty=True, aside=True),
    Column("username", ("Account username", "Nom de profil du compte", "Nome de usuário da conta"), TEXT,
           required=True, may_be_empty=True, aside=True),
    Column("account_name", ("Account name", "Nom du compte", "Nome da conta"), TEXT,
           required=True, may_be_empty=True, aside=True),
    PUBLISHED,
    REMARKS,
    PERIOD,
    Column("text", ("Description", "Descrição"), TEXT),
    Column("link", ("Permalink", "Permalien", "Link permanente"), TEXT),
    Column("type", ("Post type", "Type de publication", "Tipo de post", "Tipo de publicação"), TEXT, aside=True),
    Column("impressions", ("Impressions", "Impressões")),
    Column("views", ("Views", "Vues", "Visualizações")),
    Column("reach", ("Reach", "Couverture", "Alcance")),
    Column("reactions", ("Likes", "Mentions J'aime", "Curtidas")),
    Column("comments", ("Comments", "Commentaires", "Comentários", "Replies", "Réponses", "Respostas")),
    Column("shares", ("Shares", "Partages", "Compartilhamentos")),
    Column("saves", ("Saves", "Enregistrements", "Salvamentos")),
    Column("follows", ("Follows", "Followers en plus", "Seguimentos")),
    Column("profile_visits", ("Profile visits", "Visites de profil", "Visites du profil", "Visitas ao perfil")),
    Column("link_clicks", ("Link clicks", "Clics sur le lien", "Cliques no link")),
)  # fmt: skip
OF_STORIES = ("Sticker taps", "Appuis sur des stickers", "Toques em figurinhas", "Navigation", "Navegação")

KINDS = {  # a word of the type: "IG image", "Image IG", "Imagem do Instagram"
    "image": "photo", "imagem": "photo", "photo": "photo", "foto": "photo", "reel": "reel", "carousel": "carousel",
    "carrousel": "carousel", "carrossel": "carousel", "story": "story", "video": "video",
}  # fmt: skip


def kind(printed: str | None) -> str | None:
    """The kind of a post, in any of the languages."""
    if printed is None:
        return None
    return next((KINDS[word] for word in normalise(printed).split() if word in KINDS), "other")


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post, for the account its row names."""
    named = _accounts(source.tables)
    only = source.account if len(named) < 2 else None

    def described(record: Record) -> dict[str, Any]:
        username = record.aside.get("username")
        own = named.get(record.aside.get("account_id", "")) or (Account("instagram", username) if username else only)
        return {
            "account": own and own.key,
            "kind": kind(record.aside.get("type")),
        }

    return read_posts(table, source, described)


def _accounts(tables: Iterable[Table]) -> dict[str, Account]:
    """The accounts by their ids, the most frequent first; one that has changed its name is that of most of its rows."""
    rows: Counter[str] = Counter()
    names: dict[str, Counter[tuple[str, str]]] = {}
    for table in tables:
        places = [table.positions[key][0] for key in ("account_id", "username", "account_name")]
        for _, cells in table.rows():
            found, *called = (cells[place] for place in places)
            with suppress(Unreadable):  # an id that a spreadsheet rounded tells nothing, the name beside it does
                username, name = ("" if missing(cell, text=True) else str(cell).strip() for cell in called)
                key = username if missing(found) else ID.parse(found, False)
                if key:
                    rows[key] += 1
                    names.setdefault(key, Counter()).update([(username, name)] if username else [])
    known = {key: next(iter(counts.most_common(1)), ((key, ""), 0))[0] for key, counts in names.items()}
    return {key: Account("instagram", *known[key]) for key, _ in rows.most_common()}


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The accounts that the rows name, the most frequent first."""
    return list(dict.fromkeys(_accounts(tables).values()))


CONNECTOR = Connector(
    key="meta_instagram",
    networks=("instagram",),
    title=N_("Instagram: posts, reels and stories"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose Instagram, posts or stories, "
        "the dates, Lifetime, Generate."
    ),
    tables=(TableSpec("posts", POST, read, hints=("reactions", "saves", *OF_STORIES), remarks="remarks"),),
    find=find_posts,
    accounts=accounts,
    asked=days_in_name,
    seen=("en", "fr"),
    described=("pt",),
    lacks=N_("Followers of the account; follows of a post are often left empty."),
)
