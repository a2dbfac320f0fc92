"""The posts of a campaign: those of its days that carry a hashtag or a link of it, and those that are named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from data.campaigns import Marks
from data.model import Window
from metrics.lists import value_sql
from metrics.model import Metric
from metrics.remarkable import SEEN

HASHTAG = re.compile(r"[#＃](\w+)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
BARE = r"^https?://(www\.|m\.)?|/$"
UTM = (("utm_source", "sources"), ("utm_medium", "mediums"), ("utm_campaign", "campaigns"))


@dataclass(frozen=True)
class Post:
    """A post of a campaign, how often it was seen, and its figures by metric key."""

    account: str
    post_id: str
    day: date
    text: str
    link: str | None
    seen: float | None
    figures: Mapping[str, float | None]


def posts_of(cursor: Any, marks: Marks, window: Window, metrics: Sequence[Metric]) -> tuple[Post, ...]:
    """The posts of a campaign, the most seen first; those whose views are not stated last."""
    if not (marks.of_links or marks.hashtags or marks.posts):
        return ()
    named = [bare(one) for one in marks.posts]
    figures = "".join(f", ({value_sql(metric)})::double" for metric in metrics)
    query = (
        f"select account, post_id, day, coalesce(text, ''), link, ({SEEN})::double{figures} from posts f "
        "where day between ? and ? or lower(post_id) in (select unnest(?)) "
        f"or regexp_replace(lower(link), '{BARE}', '', 'g') in (select unnest(?)) "
        "order by 6 desc nulls last, day, account, post_id"
    )
    rows = cursor.execute(query, [window.first, window.last, named, named]).fetchall()
    found = (
        Post(account, post_id, day, text, link, seen, dict(zip((one.key for one in metrics), stated, strict=True)))
        for account, post_id, day, text, link, seen, *stated in rows
    )
    return tuple(post for post in found if belongs(post, marks, window))


def belongs(post: Post, marks: Marks, window: Window) -> bool:
    """Whether a post is one of a campaign."""
    named = {bare(one) for one in marks.posts}
    if post.post_id.lower() in named or (post.link and bare(post.link) in named):
        return True
    if not window.first <= post.day <= window.last:
        return False
    tags = {tag.casefold() for tag in HASHTAG.findall(post.text)}
    if tags & {tag.casefold() for tag in marks.hashtags}:
        return True
    return marks.of_links and any(_carries(link, marks) for link in (*ADDRESS.findall(post.text), post.link or ""))


def bare(link: str) -> str:
    """A link as it is compared with another: without its scheme, www and the last slash. An id stays what it is."""
    return re.sub(BARE, "", link.strip().lower())


def _carries(link: str, marks: Marks) -> bool:
    """Whether a link carries the UTM values of a campaign."""
    try:
        carried = parse_qs(urlsplit(link.rstrip(").,;!?…»\"'")).query)
    except ValueError:  # "https://[" is no address
        return False
    asked = ((carried.get(key, []), getattr(marks, name)) for key, name in UTM if getattr(marks, name))
    return all({one.lower() for one in found} & {one.lower() for one in wanted} for found, wanted in asked)
