"""The posts of some days, and how each compares with what the posts of its account usually get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.model import Window
from metrics.facts import within
from metrics.reading import EVERYTHING, Scope

USUAL_DAYS, FEWEST = 90, 5  # days before, and posts among them, that say what is usual
STANDS_OUT, TALKED_OF = 2.5, 4.0  # times what is usual: how often seen, how often commented on
FEWEST_COMMENTS = 20
SEEN, SAID = "coalesce(views, impressions, reach)", "comments"


@dataclass(frozen=True)
class Remarkable:
    """A post, how often it was seen and commented on, and how many times the median of its account's posts that is.

    `times` are None where fewer than five posts of the 90 days before say what is usual, or none of them was.
    """

    account: str
    post_id: str
    day: date
    kind: str | None
    text: str | None
    link: str | None
    campaign: str | None
    seen: float | None
    comments: float | None
    times_seen: float | None
    times_comments: float | None

    @property
    def stands_out(self) -> bool:
        """Whether it was seen or talked of far more than is usual."""
        return (self.times_seen is not None and self.times_seen >= STANDS_OUT) or self.talked_of

    @property
    def talked_of(self) -> bool:
        """Whether it drew many times the usual comments, and more of these than of views."""
        if self.comments is None or self.times_comments is None or self.comments < FEWEST_COMMENTS:
            return False
        return self.times_comments >= max(TALKED_OF, self.times_seen or TALKED_OF)

    @property
    def order(self) -> tuple[bool, float, float]:
        """By which posts are sorted: those that stand out first, then by how far they exceed the usual."""
        times = [one for one in (self.times_seen, self.times_comments if self.talked_of else None) if one is not None]
        return self.stands_out, max(times, default=-1.0), self.seen if self.seen is not None else -1.0


def remarkable(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> tuple[Remarkable, ...]:
    """The posts of a window, those that exceed the usual most first."""
    where, accounts = within(scope)
    before = f"u.account = p.account and u.day between ?::date - {USUAL_DAYS} and ?::date - 1"

    def median(of: str) -> str:
        return (
            f"(select case when count({of}) >= {FEWEST} then nullif(median({of}), 0) end "
            f"from posts u where {before})"
        )  # fmt: skip

    query = (
        "select account, post_id, day, kind, text, link, campaign, seen, comments, "
        "seen / usual_seen, comments / usual_comments from ("
        f"select p.*, {SEEN} as seen, {median(SEEN)} as usual_seen, {median(SAID)} as usual_comments "
        f"from posts p where day between ? and ?{where}) order by account, post_id"
    )
    asked = [*(window.first, window.first) * 2, window.first, window.last, *accounts]
    rows = [Remarkable(*row) for row in cursor.execute(query, asked).fetchall()]
    return tuple(sorted(rows, key=lambda post: post.order, reverse=True))
