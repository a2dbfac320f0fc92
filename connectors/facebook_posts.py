"""Facebook Insights, post level (until 2023): an .xls that is XML, an Excel workbook or a CSV file, a row a post.

Counts run since publication. Headers are English labels, or the keys of Facebook's interface for programs, which are
the same in every language. Likes, comments and shares stand in a sheet of their own, which leaves zeros out. The id
of a post begins with that of its page; without it, it is the one that Meta Business Suite prints. `Posted` is taken
for Pacific time, as it is in every later export. Views of videos are told as organic and as paid ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from connectors.base import N_, PACIFIC, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import TEXT, Kind, Unreadable, normalise, plain_text
from connectors.insights import counts, find_in, passed_over
from connectors.meta_content import MONTH_FIRST
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book
from data.model import Account, Finding, says

STORIES = "Lifetime Post Stories by action type"
CONSUMPTIONS = "Lifetime Post Consumptions by type"
OF_PAGE = re.compile(r"facebook\.com/([A-Za-z][\w.-]*)/(?:posts|videos|photos)/")
KINDS = {"photo": "photo", "video": "video", "sharedvideo": "video", "link": "link", "share": "link", "status": "text"}


def _of_page(cell: object, comma: bool) -> str:
    text = plain_text(cell)
    if not re.fullmatch(r"\d+_\d+", text):
        raise Unreadable(says("the id of a page and of its post, joined by “_”"))
    return text


# fmt: off
POST = (
    Column("post_id", ("Post ID",), Kind("id", _of_page), required=True),
    Column("link", ("Permalink",), TEXT),
    Column("text", ("Post Message",), TEXT),
    Column("type", ("Type",), TEXT, aside=True),
    Column("posted", ("Posted",), MONTH_FIRST, required=True, may_be_empty=True, aside=True),
)
FIGURES = (
    Column("impressions", ("post_impressions:lifetime", "Lifetime Post Total Impressions")),
    Column("reach", ("post_impressions_unique:lifetime", "Lifetime Post Total Reach")),
    Column("clicks", ("post_consumptions:lifetime", *counts("Lifetime Post Consumptions"))),
    Column("organic_views", ("post_video_views_organic:lifetime", "Lifetime Organic Video Views (Total Count)"),
           aside=True),
    Column("paid_views", ("post_video_views_paid:lifetime", "Lifetime Paid Video Views (Total Count)"), aside=True),
    Column("reactions", counts(f"{STORIES} - like"), empty=0),
    Column("comments", counts(f"{STORIES} - comment"), empty=0),
    Column("shares", counts(f"{STORIES} - share"), empty=0),
    Column("link_clicks", counts(f"{CONSUMPTIONS} - link clicks"), empty=0),
)
# fmt: on
VIEWS = ("organic_views", "paid_views")
OTHER_PARTS = rf"^(?!({normalise(STORIES)}|{normalise(CONSUMPTIONS)}) - ).* - "


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post for each sheet that tells of it."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        page, _, post = record.values["post_id"].partition("_")
        account = source.account if source.answers.account else Account("facebook", page)
        kind = KINDS.get(normalise(record.aside.get("type", "")).replace(" ", ""))
        moment = in_utc(record.aside["posted"], PACIFIC) if "posted" in record.aside else None
        views = [record.aside[key] for key in VIEWS if key in record.aside]
        told = {table.header(key): float(record.aside[key]) for key in VIEWS if key in record.aside}
        seen = sum(views) if len(views) == len(VIEWS) and (kind == "video" or any(views)) else None
        yield Record(record.values, record.origin, {**record.others, **told}).statement(
            "posts",
            account=account.key,
            post_id=post,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else None,
            kind=kind,
            video_views=seen,
        )


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The page that the ids of the posts name, called as their addresses call it."""
    ids = [table.column("post_id") for table in tables if "post_id" in table.positions]
    pages = Counter(str(cell).partition("_")[0] for cells in ids for cell in cells if "_" in str(cell))
    links = (str(cell) for table in tables if "link" in table.positions for cell in table.column("link"))
    names = Counter(match[1] for link in links if (match := OF_PAGE.search(link)))
    name = names.most_common(1)[0][0] if names and len(pages) == 1 else ""
    return [Account("facebook", page, name) for page, _ in pages.most_common()]


CONNECTOR = Connector(
    key="facebook_posts",
    networks=("facebook",),
    title=N_("Facebook Insights: posts"),
    where=N_("Not offered any more since 2023. It stood under your page, Insights, Export data, Post data."),
    tables=(
        TableSpec("posts", (*POST, *FIGURES), read, hints=tuple(h for c in FIGURES for h in c.headers),
                  ignores=OTHER_PARTS),
        passed_over("Post ID"),
    ),
    find=lambda book, specs: list(find_in(book, specs, (STORIES, CONSUMPTIONS))),
    accounts=accounts,
    seen=("en",),
    lacks=N_("What people did, counted as people: only times are read. The texts of comments."),
)  # fmt: skip
