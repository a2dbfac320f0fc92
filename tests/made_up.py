"""Made-up exports of X, in the bytes that X writes, and how a test loads a file into a brand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from connectors.reading import examine
from data.model import Answers
from data.store import Store

POSTS_FILE = "account_analytics_content_2026-08-01_2026-08-31.csv"
DAYS_FILE = "account_overview_analytics.csv"
POST_COLUMNS = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Share",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "Url Clicks", "Hashtag Clicks",
    "Permalink Clicks",
)  # fmt: skip
DAY_COLUMNS = (
    "Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Unfollows", "Replies",
    "Reposts", "Profile visits", "Create Post", "Video views", "Media views",
)  # fmt: skip
FIRST_ID = 2089000000000000000  # a post of August 2026; ids hold the moment of a post
STEP = 100_000_000_000_000  # about seven hours later


@dataclass(frozen=True)
class Post:
    """A post as a test states it; `link` is its permalink unless it is stated."""

    text: str
    likes: int = 5
    link: str | None = None


def x_posts(posts: Sequence[Post], handle: str = "Maison_Lumen") -> bytes:
    """X, posts: successive ones of August 2026."""
    rows = []
    for place, post in enumerate(posts):
        post_id = FIRST_ID + place * STEP
        link = f"https://x.com/{handle}/status/{post_id}" if post.link is None else post.link
        counts = [100 + place, post.likes, post.likes + 3, 0, 1, 0, 2, 1, 0, 0, 0, 0, 0]
        rows.append([post_id, "Mon, Aug 17, 2026", post.text, link, *counts])
    return _csv(POST_COLUMNS, rows)


def x_days(impressions: dict[date, int]) -> bytes:
    """X, account by day: a like and a new follower each day."""
    rows = [
        [f"{day:%a, %b} {day.day}, {day.year}", n, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] for day, n in impressions.items()
    ]
    return _csv(DAY_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    return out.getvalue().encode()


def load(store: Store, name: str, content: bytes, answers: Answers = Answers()) -> None:  # noqa: B008
    """Loads a file; `answers` must leave no question open."""
    one = examine(name, content, answers)
    store.add_export(one.export, one.statements(store.brand().zone))
