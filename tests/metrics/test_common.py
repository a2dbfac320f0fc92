"""What posts have in common: told where it is there, and not told where chance alone deals."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any

import numpy as np
import pytest

from data.model import Window
from metrics.common import FEWEST_POSTS, FEWEST_WITH, Published, Trait, in_common, published, times
from metrics.ranking import ranking

LAST = date(2026, 11, 15)


def some_posts(seed: int, count: int = 120, boost: Callable[[Published], float] = lambda _: 1.0) -> list[Published]:
    """Posts of two accounts over a year, of which nothing matters, but for `boost`."""
    chance = np.random.default_rng(seed)
    found = []
    for n in range(count):
        kind = str(chance.choice(("photo", "video", "text")))
        seen = float(np.round(np.exp(chance.normal(6 + (kind == "video"), 1))))
        tags = "#fair" if chance.random() < 0.3 else ""
        post = Published(
            ("x:a", "facebook:a")[n % 2], LAST - timedelta(int(chance.integers(0, 364))), int(chance.integers(8, 21)),
            kind, "x" * int(chance.integers(10, 300)) + tags, 0.0, seen, 1.0,
        )  # fmt: skip
        over = float(np.exp(chance.normal(0, 0.4))) * boost(post)
        found.append(replace(post, over_usual=over, events=round(0.05 * seen * over)))
    return found


def test_with_nothing_in_common_nothing_is_told_in_95_cases_of_100() -> None:
    cases = 200
    wrong = sum(bool(in_common(some_posts(seed)).told) for seed in range(cases))
    best = sum(bool(times(some_posts(1000 + seed)).told) for seed in range(cases))
    most = 0.05 * cases + 2.6 * math.sqrt(cases * 0.05 * 0.95)  # 99 of 100 times, if it is 5 %
    assert wrong <= most and best <= most
    assert wrong + best > 0, "a test that never speaks tests nothing"


@pytest.mark.parametrize(
    ("boost", "trait"),
    [
        (lambda post: 1.8 if post.kind == "video" else 1.0, Trait("kind", "video")),
        (lambda post: 1.8 if "#fair" in post.text else 1.0, Trait("hashtag", "fair")),
        (lambda post: 2.2 if post.day.isoweekday() == 4 else 1.0, Trait("weekday", 4)),
        (lambda post: 2.0 if 12 <= (post.hour or 0) < 15 else 1.0, Trait("hours", 12)),
        (lambda post: 0.5 if post.kind == "text" else 1.0, Trait("kind", "text")),
    ],
)  # fmt: skip
def test_what_is_there_is_found_with_its_size(boost: Callable[[Published], float], trait: Trait) -> None:
    found = in_common(some_posts(1, 240, boost))
    (one,) = [shared for shared in found.told if shared.trait == trait]
    factor = max(boost(post) for post in some_posts(1, 240)) if one.times > 1 else 0.5
    assert one.low <= factor <= one.high and one.low < one.times < one.high


def test_the_multiple_is_that_of_plain_arithmetic() -> None:
    posts = [replace(post, seen=500.0) for post in some_posts(3)]
    found = next(one for one in in_common(posts).traits if one.trait == Trait("kind", "video"))
    groups: dict[tuple[str, int], list[Published]] = {}
    for post in posts:
        last = max(one.day for one in posts)
        groups.setdefault((post.account, (last - post.day).days // 91), []).append(post)
    over = under = 0.0
    for group in groups.values():
        usual, share = mean(math.log(p.over_usual) for p in group), mean(p.kind == "video" for p in group)
        for post in group:
            x = (post.kind == "video") - share
            over += x * (math.log(post.over_usual) - usual)
            under += x * x
    assert found.times == pytest.approx(math.exp(over / under))
    assert found.posts == sum(post.kind == "video" for post in posts)


def test_a_network_or_a_season_that_does_better_is_no_trait() -> None:
    def better(post: Published) -> float:
        return (3.0 if post.account == "x:a" else 1.0) * (2.0 if (LAST - post.day).days < 91 else 1.0)

    posts = [replace(post, kind="reel" if post.account == "x:a" else post.kind) for post in some_posts(5, 200, better)]
    posts = [replace(p, text=p.text + (" #autumn" if (LAST - p.day).days < 91 else "")) for p in posts]
    assert not {Trait("kind", "reel"), Trait("hashtag", "autumn")} & {one.trait for one in in_common(posts).told}


def test_too_few_posts_tell_nothing() -> None:
    assert in_common([]).traits == () == times([]).traits
    few = some_posts(2, FEWEST_POSTS - 1, lambda post: 9.0 if post.kind == "video" else 1.0)
    assert in_common(few).posts == FEWEST_POSTS - 1 and in_common(few).traits == ()
    posts = some_posts(2, 60)
    rare = [replace(post, kind="poll" if n < FEWEST_WITH - 1 else post.kind) for n, post in enumerate(posts)]
    assert Trait("kind", "poll") not in {one.trait for one in in_common(rare).traits}


def test_it_is_the_same_at_each_call_and_in_any_order() -> None:
    posts = some_posts(4)
    assert in_common(posts) == in_common(list(posts))
    again = {one.trait: one.times for one in in_common(posts[::-1]).traits}
    assert again == pytest.approx({one.trait: one.times for one in in_common(posts).traits})


def test_hours_are_those_of_the_clock_of_the_brand(cursor: Any, know: Any) -> None:
    at = datetime(2026, 7, 1, 22, 30)  # UTC: half past midnight in Paris, half past six in the evening in New York
    rows = [
        {"account": "x:a", "post_id": str(n), "day": date(2026, 7, 1), "published_at": at, "impressions": 1000 + n,
         "comments": 10 + n}
        for n in range(12)
    ]  # fmt: skip
    know("posts", *rows)
    names = ", ".join(rows[0])
    query = f"insert into ledger.posts (export_id, sheet, row, {names}) values ('e', '', 1, ?, ?, ?, ?, ?, ?)"
    for row in rows:
        cursor.execute(query, list(row.values()))
    cursor.execute(
        'insert into ledger.spans (export_id, account, "table", first_day, last_day, as_of) '
        "values ('e', 'x:a', 'posts', date '2026-06-01', date '2026-07-20', timestamp '2026-07-20')"
    )
    found = ranking(cursor, Window(date(2026, 7, 1), date(2026, 7, 1))).posts
    assert len(found) == 12
    assert {post.hour for post in published(cursor, found, "Europe/Paris")} == {0}
    assert {post.hour for post in published(cursor, found, "America/New_York")} == {18}
