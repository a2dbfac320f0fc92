"""Threads: `threads_and_replies.json` of the information that Meta gives an account for download.

It holds what the account published, with neither counts nor ids: a post is known by the second of its publication.
Moment and words stand beside the pictures of a post, or within the only one. Letters beyond ASCII stand as the bytes
they are made of. Names of people in the words of a post are not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import TEXT
from connectors.repeated import repeated
from connectors.rows import local_day, records, without_names
from connectors.sheet import Book
from data.model import Finding, Problem, says

LATEST = 2**32  # a second of the year 2106
KEY = "text_post_app_text_posts"
ENDINGS = {"jpg": "photo", "jpeg": "photo", "png": "photo", "webp": "photo", "heic": "photo", "mp4": "video",
           "mov": "video"}  # fmt: skip

POSTS = (
    Column("second", ("creation_timestamp",), aside=True),
    Column("first_second", ("media.0.creation_timestamp",), required=True, may_be_empty=True, aside=True),
    Column("words", ("title",), TEXT, aside=True),
    Column("first_words", ("media.0.title",), TEXT, required=True, may_be_empty=True, aside=True),
    Column("media", ("media.0.uri",), TEXT, aside=True),
    Column("reply", ("media.0.text_app_post.is_reply",), TEXT, aside=True),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post; one that stands twice, word for word, is one."""
    seen: Counter[int] = Counter()
    twice = repeated(table)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        if record.origin.row in twice:
            continue
        second = record.aside.get("second") or record.aside.get("first_second") or 0
        if not 0 < second < LATEST:
            where = table.sheet.name, record.origin.row, table.header("first_second")
            yield Problem(says("a moment, in seconds since 1970"), str(second or ""), *where)
            continue
        seen[second] += 1
        moment = _moment(second)
        text = record.aside.get("words") or record.aside.get("first_words")
        yield record.statement(
            "posts",
            account=source.account.key,
            post_id=f"{second}-{seen[second]}" if seen[second] > 1 else str(second),
            published_at=moment,
            day=local_day(moment, source.zone),
            kind=_kind(record),
            text=without_names(mended(text)) if text else None,
        )


def _kind(record: Record) -> str:
    if record.aside.get("reply") == "True":
        return "reply"
    return ENDINGS.get(record.aside.get("media", "").rpartition(".")[2].casefold(), "text")


def mended(text: str) -> str:
    """A text whose letters are the bytes of UTF-8, as it was written; any other text as it is."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The list of posts; other lists of Meta have the same keys."""
    return [table for table in find_tables(book, specs) if table.sheet.name.endswith(KEY)]


def as_of(book: Book, tables: Sequence[Table]) -> datetime | None:
    """The moment of the last post: no file with it is older."""
    cells = (cell for table in tables for cell in table.column("first_second"))
    last = max((cell for cell in cells if isinstance(cell, int) and 0 < cell < LATEST), default=None)
    return _moment(last) if last else None


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC).replace(tzinfo=None)


CONNECTOR = Connector(
    key="threads",
    networks=("threads",),
    title=N_("Threads: posts"),
    where=N_(
        "accountscenter.meta.com, Your information and permissions, Export your information, Threads, JSON; "
        "then the threads_and_replies.json in the ZIP file."
    ),
    tables=(TableSpec("posts", POSTS, read, others=False),),
    find=find,
    as_of=as_of,
    described=("en",),
    lacks=N_("Likes, views, followers and links: the file holds none."),
)
