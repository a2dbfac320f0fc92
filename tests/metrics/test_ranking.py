"""Which posts are the best: at a like age, by the rate to believe, beside the usual one of their account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from data.model import Window
from metrics.engagement import engagement_rate, engagement_rate_by_impressions, engagement_rate_by_views
from metrics.ranking import ranking
from metrics.reading import Scope
from metrics.shrinkage import prior, shrunk

MONTH = Window(date(2026, 10, 1), date(2026, 10, 31))
PAGE, X = "facebook:lumen", "x:lumen"


def at(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 12)


@pytest.fixture
def stated(cursor):
    """`stated(export, as_of, *rows)`: an export of posts made at a moment, and what is known of them after it."""

    def state(export: str, as_of: datetime | None, *rows: dict[str, Any], last: date = MONTH.last) -> None:
        for row in rows:
            told = {"account": PAGE, "kind": "photo", **row}
            told |= {"day": told["published_at"].date()}
            cursor.execute("delete from posts where account = ? and post_id = ?", [told["account"], told["post_id"]])
            for table, values in (("posts", told), ("ledger.posts", told | {"export_id": export, "as_of": as_of})):
                names = ", ".join(values)
                holes = ", ".join("?" * len(values))
                cursor.execute(f"insert into {table} ({names}) values ({holes})", list(values.values()))
        for account in {row.get("account", PAGE) for row in rows}:
            cursor.execute(
                'insert into ledger.spans (export_id, account, "table", first_day, last_day, as_of) '
                "values (?, ?, 'posts', ?, ?, ?)",
                [export, account, MONTH.first, last, as_of],
            )

    return state


def ordinary(n: int = 12, account: str = PAGE, **more: Any) -> list[dict[str, Any]]:
    """Posts of a day each, of which one in twenty reached reacts."""
    return [
        {"account": account, "post_id": f"p{i:02}", "published_at": at(i + 1), "reactions": 50 + i, "reach": 1000}
        | more
        for i in range(n)
    ]


def test_posts_stand_by_the_rate_to_believe_with_what_it_is_a_multiple_of(cursor, stated) -> None:
    rows = [row | {"reactions": 25 + 5 * n, "reach": 500 + 100 * n} for n, row in enumerate(ordinary())]
    rows += [{"post_id": "good", "published_at": at(20), "reactions": 150, "reach": 1000}]
    rows += [{"post_id": "tiny", "published_at": at(21), "reactions": 2, "reach": 4}]
    stated("e1", at(15, 11), *rows)
    found = ranking(cursor, MONTH)
    events, seen = ([float(row[name]) for row in rows] for name in ("reactions", "reach"))
    rates = shrunk(np.array(events), np.array(seen), prior(np.array(events), np.array(seen)))
    best = found.posts[0]
    assert best.post_id == "good", "half of four people are no reason to put a post first"
    assert (best.rate, best.low, best.high) == pytest.approx((rates.rate[12], rates.low[12], rates.high[12]))
    assert best.over_usual == pytest.approx(rates.rate[12] / rates.usual[12])
    assert best.over_median == pytest.approx(rates.rate[12] / np.median(rates.rate))
    assert (best.events, best.seen, best.by, best.small) == (150, 1000, engagement_rate, False)
    assert [post.small for post in found.posts if post.post_id == "tiny"] == [True]
    assert len(found.posts) == 14 and not found.few and not found.growing


def test_a_post_is_told_by_the_first_export_a_week_after_it(cursor, stated) -> None:
    early = ordinary()
    stated("e1", at(5), *early[:2])  # of the first days: too young
    stated("e2", at(22), *early)
    stated("e3", at(30, 11), *(row | {"reactions": 900} for row in early))
    found = {post.post_id: post for post in ranking(cursor, MONTH).posts}
    assert {post.events for post in found.values()} == {50.0 + n for n in range(12)}
    assert found["p00"].age == 21 and found["p11"].age == 10


def test_posts_that_still_grow_are_counted_and_not_ranked(cursor, stated) -> None:
    stated("e1", at(18), *ordinary(14))
    found = ranking(cursor, MONTH)
    assert found.growing == 3, "those of the 12th, 13th and 14th are less than a week old on the 18th"
    assert len(found.posts) == 11


def test_an_export_of_an_unknown_moment_is_as_old_as_the_last_day_it_states(cursor, stated) -> None:
    stated("e1", None, *ordinary(), last=date(2026, 10, 25))
    ages = {post.post_id: post.age for post in ranking(cursor, MONTH).posts}
    assert ages["p00"] == 23.5


def test_too_few_posts_say_nothing_of_what_is_usual(cursor, stated) -> None:
    stated("e1", at(15, 11), *ordinary(9))
    found = ranking(cursor, MONTH)
    assert (found.posts, found.few) == ((), (PAGE,))


def test_counts_of_a_period_are_not_ranked(cursor, stated) -> None:
    stated("e1", at(15, 11), *ordinary(counted_from=date(2026, 10, 1)))
    assert ranking(cursor, MONTH).posts == ()


def test_an_account_is_ranked_by_the_first_rate_that_enough_of_its_posts_state(cursor, stated) -> None:
    stated("e1", at(15, 11), *ordinary(account=X, reach=None, impressions=2000, views=3000))
    assert {post.by.key for post in ranking(cursor, MONTH).posts} == {engagement_rate_by_impressions.key}
    assert set(ranking(cursor, MONTH).posts[0].ranks) == {
        "interactions", engagement_rate_by_impressions.key, engagement_rate_by_views.key,
    }  # fmt: skip


def test_the_ranking_says_where_the_best_post_depends_on_what_divides(cursor, stated) -> None:
    same = ordinary(views=5000)
    stated("e1", at(15, 11), *same)
    assert ranking(cursor, MONTH).depends == ()
    stated("e2", at(16, 11), *(row | {"views": 5000 if n else 200} for n, row in enumerate(ordinary(account=X))))
    found = ranking(cursor, MONTH)
    assert found.depends == (X,), "the first of X was seen by few"
    first = next(post for post in found.posts if post.account == X and post.post_id == "p00")
    assert first.ranks == {"interactions": 12, "engagement_rate": 12, "engagement_rate_by_views": 1}


def test_other_kinds_and_accounts_are_left_out_but_tell_what_is_usual(cursor, stated) -> None:
    rows = ordinary()
    stated("e1", at(15, 11), *(row | {"kind": "video" if n < 2 else "photo"} for n, row in enumerate(rows)))
    stated("e2", at(15, 11), *ordinary(account=X))
    found = ranking(cursor, MONTH, Scope((PAGE,), ("video",)))
    assert {post.post_id for post in found.posts} == {"p00", "p01"}
    assert found.posts[0].over_median is not None and found.posts[0].over_median < 1.05


def test_without_a_recent_median_posts_stand_last_and_say_none(cursor, stated) -> None:
    old = [row | {"published_at": row["published_at"] - timedelta(200)} for row in ordinary()]
    stated("e1", at(15, 11), *old, {"post_id": "new", "published_at": at(9), "reactions": 40, "reach": 1000})
    (only,) = ranking(cursor, MONTH).posts
    assert (only.post_id, only.over_median, only.small) == ("new", None, True)
