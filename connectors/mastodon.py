"""Mastodon: `outbox.json` of an account's archive, in the words of ActivityPub.

It holds what the account published and no counts at all. Posts to everyone are read, listed or not; what went to
followers or to single people is private and left aside, and so are boosts, which are the posts of others. Names of
people in the words of a post are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import PAGE, TEXT
from connectors.dates import YMD_STYLE, Dates
from connectors.rows import in_utc, local_day, records, without_names
from connectors.sheet import Book
from data.model import Account, Finding

ISO = Dates((YMD_STYLE,))
PUBLIC = re.compile(r"(^| )(https://www\.w3\.org/ns/activitystreams#|as:)Public( |$)")
ACTOR = re.compile(r"^https?://([^/\s]+)/(?:users/|@)([\w.-]+)/?$")

POSTS = (
    Column("type", ("type",), TEXT, required=True, aside=True),
    Column("actor", ("actor",), TEXT, required=True, aside=True),
    Column("published", ("published",), ISO, required=True, aside=True),
    Column("to", ("to",), TEXT, aside=True),
    Column("cc", ("cc",), TEXT, aside=True),
    Column("post_id", ("object.id",), TEXT, required=True, may_be_empty=True),
    Column("link", ("object.url",), PAGE),
    Column("text", ("object.content",), TEXT, required=True, may_be_empty=True),
    Column("answers", ("object.inReplyTo",), TEXT, aside=True),
    Column("media", ("object.attachment.0.mediaType",), TEXT, aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post to everyone."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        aside, values = record.aside, record.values
        seen_by = f"{aside.get('to', '')} {aside.get('cc', '')}"
        if aside["type"] != "Create" or "post_id" not in values or not PUBLIC.search(seen_by):
            continue
        moment = in_utc(aside["published"])
        yield record.statement(
            "posts",
            account=source.account.key,
            post_id=values["post_id"].rpartition("/")[2],
            published_at=moment,
            day=local_day(moment, source.zone),
            kind=_kind(record),
            text=without_names(plain(values["text"])) if "text" in values else None,
        )


def _kind(record: Record) -> str:
    """A reply to another account, or what its first attachment is; an answer to oneself goes on with a thread."""
    answers = record.aside.get("answers", "")
    if answers and not answers.startswith(record.aside["actor"]):
        return "reply"
    media = record.aside.get("media", "").partition("/")[0]
    return {"image": "photo", "video": "video"}.get(media, "text")


def plain(html: str) -> str:
    """The words of a post without its marks; paragraphs stay apart."""
    lines = re.sub(r"</p>\s*<p[^>]*>", "\n\n", re.sub(r"<br\s*/?>", "\n", html))
    return unescape(re.sub(r"<[^>]*>", "", lines)).strip()


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The account whose archive it is."""
    actors = dict.fromkeys(str(cell) for table in tables for cell in table.column("actor"))
    matches = (ACTOR.match(actor) for actor in actors)
    return [Account("mastodon", f"{match[2]}@{match[1]}") for match in matches if match][:1]


CONNECTOR = Connector(
    key="mastodon",
    networks=("mastodon",),
    title=N_("Mastodon: posts"),
    where=N_(
        "Your server, Preferences, Import and export, Request your archive; then the outbox.json in the ZIP file."
    ),
    tables=(TableSpec("posts", POSTS, read, others=False, daily=True),),
    accounts=accounts,
    described=("en",),
    lacks=N_("Favourites, boosts and followers: the archive counts nothing."),
)
