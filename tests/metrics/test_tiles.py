"""A tile: a reading, what it is compared with, and what its past says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from data.model import Window
from metrics.audience import follows
from metrics.engagement import engagement_rate, interactions
from metrics.posts import posts_published
from metrics.reading import Scope
from metrics.tiles import tiles
from metrics.traffic import sessions
from metrics.windows import month, week

MONDAY = date(2026, 11, 9)
WEEK = week(MONDAY)
X, LINKEDIN = "x:lumen", "linkedin:lumen"


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def follow(account: str, first: int, values: Sequence[int]) -> list[dict[str, Any]]:
    """The follows of successive days, from day `first` on."""
    return [{"account": account, "day": day(first + n), "follows": value} for n, value in enumerate(values)]


def weeks(account: str, values: Sequence[int], last: int = 0) -> list[dict[str, Any]]:
    """Successive weeks of the same follows every day; the last one `last` weeks before the week that is read."""
    first = -7 * (len(values) - 1 + last)
    return follow(account, first, [value for value in values for _ in range(7)])


def test_a_tile_compares_with_the_week_before_and_with_the_same_weekdays_a_year_earlier(cursor, know) -> None:
    know("account_days", *weeks(X, [10], last=52), *weeks(X, [20, 25]), *follow(X, -371, [99] * 7))
    (tile,) = tiles(cursor, [follows], WEEK)
    assert tile.reading.value == 175
    assert tile.before and (tile.before.difference, tile.before.ratio) == (35, 0.25)
    assert tile.before.against == Window(day(-7), day(-1))
    assert tile.year and (tile.year.base, tile.year.ratio) == (70, 1.5)
    assert tile.year.against == Window(day(-364), day(-358))


def test_a_figure_of_more_accounts_than_before_is_not_judged_by_what_fewer_came_to(cursor, know) -> None:
    know("account_days", *weeks(X, [10, 11] * 7), *weeks(LINKEDIN, [90]))
    (tile,) = tiles(cursor, [follows], WEEK)
    assert tile.reading.value == 7 * 101 and tile.past[-2].value == 70
    assert not tile.judged and tile.verdict is None
    (alone,) = tiles(cursor, [follows], WEEK, Scope((X,)))
    assert alone.judged and alone.verdict is None


def test_a_month_is_compared_with_months(cursor, know) -> None:
    know("account_days", *follow(X, -39, [1] * 31 + [2] * 30), until=day(100))
    (tile,) = tiles(cursor, [follows], month(MONDAY))
    assert tile.reading.value == 60
    assert tile.before and (tile.before.base, tile.before.against) == (31, month(date(2026, 10, 1)))


def test_the_past_of_a_tile_ends_with_its_reading(cursor, know) -> None:
    know("account_days", *weeks(X, [1, 2, 3]))
    (tile,) = tiles(cursor, [follows], WEEK, past=4)
    assert [reading.value for reading in tile.past] == [None, 7, 14, 21]
    assert tile.past[-1] == tile.reading


def test_provisional_days_are_left_out_of_both_sides_of_a_change(cursor, know) -> None:
    know("account_days", *follow(LINKEDIN, -7, [10, 10, 10, 10, 10, 70, 70, 12, 12, 12, 12, 12, 1, 0]), until=day(6))
    (tile,) = tiles(cursor, [follows], WEEK)
    assert (tile.reading.value, tile.reading.provisional_days) == (61, 2)
    assert tile.before and (tile.before.difference, tile.before.base) == (10, 50)
    assert tile.before.window == Window(day(0), day(4))
    assert tile.before.against == Window(day(-7), day(-3))


def test_a_provisional_reading_is_not_judged(cursor, know) -> None:
    routine = [10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11]
    know("account_days", *weeks(X, [*routine, 90]), until=day(6))
    assert tiles(cursor, [follows], WEEK)[0].verdict is None
    cursor.execute("update spans set as_of = as_of + interval 30 day")
    verdict = tiles(cursor, [follows], WEEK)[0].verdict
    assert verdict and verdict.up


def test_a_routine_week_has_no_verdict(cursor, know) -> None:
    know("account_days", *weeks(X, [10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 13]))
    assert tiles(cursor, [follows], WEEK)[0].verdict is None


def test_a_week_without_any_past_is_shown_alone(cursor, know) -> None:
    know("account_days", *weeks(X, [10]))
    (tile,) = tiles(cursor, [follows], WEEK)
    assert (tile.reading.value, tile.before, tile.year, tile.verdict) == (70, None, None, None)


def test_a_window_of_which_every_day_is_provisional_is_not_compared(cursor, know) -> None:
    know("account_days", *follow(LINKEDIN, 0, [1, 2, 3]), until=day(2))
    (tile,) = tiles(cursor, [follows], Window(day(1), day(2)))
    assert (tile.reading.value, tile.before, tile.year) == (5, None, None)


def test_each_source_leaves_out_its_own_provisional_days(cursor, know) -> None:
    know("account_days", *weeks(X, [10, 12]), until=day(6))
    site = [
        {"account": "ga4:lumen", "slice": "site", "first_day": day(n), "last_day": day(n), "sessions": 5}
        for n in range(-7, 7)
    ]
    know("web", *site, until=day(7))
    of_days, of_web = tiles(cursor, [follows, sessions], WEEK)
    assert of_days.before and of_days.before.window == Window(day(0), day(5))
    assert of_web.before and of_web.before.window == Window(day(0), day(5))
    assert tiles(cursor, [follows, sessions], WEEK, Scope((X,)))[1].before is None


def test_tiles_stand_in_the_order_asked(cursor, know) -> None:
    know("account_days", *weeks(X, [10]))
    asked = [sessions, follows, posts_published]
    assert [tile.reading.metric for tile in tiles(cursor, asked, WEEK)] == asked


@pytest.mark.parametrize("weeks_ago", [1, 52])
def test_an_account_that_was_not_there_then_is_not_compared(weeks_ago: int, cursor, know) -> None:
    know("account_days", *weeks(X, [10], last=weeks_ago), *weeks(X, [20]), *weeks(LINKEDIN, [100]))
    (tile,) = tiles(cursor, [follows], WEEK)
    found = tile.before if weeks_ago == 1 else tile.year
    assert found and (found.base, found.difference, found.matched) == (70, 70, False)


def test_counts_that_still_grow_are_compared_with_nothing_and_judged_by_nothing(cursor, know) -> None:
    weeks = [MONDAY - timedelta(days=7 * i) for i in range(13)]
    posts = [
        {"account": "x:brand", "post_id": str(i), "day": day, "reactions": 500 if i else 2, "reach": 1000}
        for i, day in enumerate(weeks)
    ]
    know("posts", *posts, until=MONDAY + timedelta(days=8))
    count, rate = tiles(cursor, [interactions, engagement_rate], Window(MONDAY, MONDAY + timedelta(days=6)))
    assert (count.reading.value, count.before, count.year, count.verdict) == (2, None, None, None)
    assert rate.before is not None and rate.verdict is None
