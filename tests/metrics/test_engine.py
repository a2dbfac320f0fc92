"""Readings: what is added, what never is, and what is said of a window that is not whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from data.model import Window
from metrics.audience import (
    followers,
    follows,
    growth_rate,
    net_follows,
    unfollow_rate,
    unfollows,
)
from metrics.engagement import engagement_rate, interactions, interactions_in_period
from metrics.engine import read
from metrics.ground import ground
from metrics.model import Example, Good, Metric, Source, Unit
from metrics.posts import interactions_per_post, posts_published
from metrics.reading import EVERYTHING, Mark, Reading, Scope, change
from metrics.registry import metrics
from metrics.search import hidden_share, position, search_clicks
from metrics.traffic import sessions, time_per_visit, visitors

MONDAY = date(2026, 11, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
SITE, SHOP = "ga4:lumen", "ga4:shop"
X, LINKEDIN = "x:lumen", "linkedin:lumen"
SEARCHED = "search_console:lumen"


def day(n: int) -> date:
    """The day `n` days after the Monday of the week that is read."""
    return MONDAY + timedelta(days=n)


def of_days(account: str, first: int = 0, **stated: Sequence[float | None]) -> list[dict[str, Any]]:
    """A row of account_days for each of the values, from day `first` on."""
    return [
        {"account": account, "day": day(first + i), **dict(zip(stated, values, strict=True))}
        for i, values in enumerate(zip(*stated.values(), strict=True))
    ]


def site(account: str, first: int = 0, slice_: str = "site", **stated: Sequence[float | None]) -> list[dict[str, Any]]:
    """A row a day of a slice of `web` or `search`."""
    return [
        {"account": row["account"], "slice": slice_, "first_day": row["day"], "last_day": row["day"]}
        | {name: row[name] for name in stated}
        for row in of_days(account, first, **stated)
    ]


def period(account: str, window: Window = WEEK, slice_: str = "site", **stated: Any) -> dict[str, Any]:
    """A row for a window as a whole."""
    return {"account": account, "slice": slice_, "first_day": window.first, "last_day": window.last, **stated}


def post(account: str, post_id: str, n: int = 0, **stated: Any) -> dict[str, Any]:
    return {"account": account, "post_id": post_id, "day": day(n), **stated}


def reading(cursor: Any, metric: Metric, window: Window = WEEK, scope: Scope = EVERYTHING) -> Reading:
    return read(cursor, [metric], [window], scope)[metric.key, window]


def defined(top: str, bottom: str | None = None, reads: Source = Source.WEB) -> Metric:
    """A metric made up for a test."""
    example = Example(rows=(), gives=None)
    return Metric("made_up", "Made up", reads, Unit.DECIMAL, Good.UP, top, "Made up.", example, bottom=bottom)


# What adds up, and what does not.


def test_a_flow_is_the_sum_of_its_days_and_accounts(cursor, know) -> None:
    know("account_days", *of_days(X, follows=range(7)), *of_days("youtube:lumen", follows=[10] * 7))
    found = reading(cursor, follows)
    assert found.value == 21 + 70
    assert {key: part.top for key, part in found.parts.items()} == {X: 21, "youtube:lumen": 70}
    assert (found.marks, found.coverage.whole) == (frozenset(), True)


def test_the_users_of_days_are_never_added(cursor, know) -> None:
    know("web", *site(SITE, users=[40] * 7))
    found = reading(cursor, visitors)
    assert found.value is None
    assert Mark.NOT_ADDED in found.marks
    assert Mark.INCOMPLETE not in found.marks, "no day is missing"


def test_the_users_of_a_week_are_those_stated_for_exactly_that_week(cursor, know) -> None:
    other = Window(day(-1), day(5))
    know("web", *site(SITE, users=[40] * 7), period(SITE, users=90), period(SITE, other, users=91))
    assert reading(cursor, visitors).value == 90
    assert reading(cursor, visitors, other).value == 91
    assert reading(cursor, visitors, Window(day(0), day(5))).value is None
    assert reading(cursor, visitors, Window(day(2), day(2))).value == 40


def test_the_users_of_two_properties_are_not_added(cursor, know) -> None:
    know("web", period(SITE, users=90), period(SHOP, users=50))
    both = reading(cursor, visitors)
    assert (both.value, both.marks) == (None, {Mark.NOT_ADDED})
    assert reading(cursor, visitors, scope=Scope((SHOP,))).value == 50
    assert both.of_accounts(SITE.__eq__).value == 90


def test_people_below_the_line_are_not_added_either(cursor, know) -> None:
    per_user = defined("engagement_seconds", "exact(users)")
    know("web", *site(SITE, users=[40] * 7, engagement_seconds=[10] * 7))
    assert reading(cursor, per_user).value is None
    know("web", period(SITE, users=20, engagement_seconds=80))
    assert reading(cursor, per_user).value == 4


def test_a_rate_is_the_ratio_of_sums_over_the_posts_that_state_both(cursor, know) -> None:
    know(
        "posts",
        post(X, "seen by many", reach=1000, reactions=10),
        post(X, "seen by few", reach=10, reactions=5),
        post(X, "reach unknown", reactions=500),
        post(X, "reactions unknown", reach=4000),
    )
    found = reading(cursor, engagement_rate)
    assert found.value == pytest.approx(15 / 1010)
    assert (found.coverage.rows, found.coverage.of_rows) == (2, 4)
    assert found.marks == {Mark.PART}


def test_a_mean_position_is_weighted_by_impressions(cursor, know) -> None:
    know("search", *site(SEARCHED, position=[2.0] * 6 + [10.0], impressions=[100] * 6 + [200]))
    assert reading(cursor, position).value == (2.0 * 600 + 10.0 * 200) / 800


def test_what_is_not_stated_is_not_zero(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1] * 7, unfollows=[None] * 7))
    unknown = reading(cursor, unfollows)
    assert (unknown.value, unknown.parts, unknown.partial) == (None, {}, frozenset())
    know("account_days", *of_days("youtube:lumen", unfollows=[0] * 7))
    assert reading(cursor, unfollows).value == 0


def test_a_network_that_does_not_state_saves_adds_none(cursor, know) -> None:
    know("posts", post(X, "a", reactions=3, saves=4), post(LINKEDIN, "b", reactions=5, saves=None))
    found = reading(cursor, interactions)
    assert (found.value, found.coverage.rows) == (12, 2)


def test_a_division_by_zero_is_unknown_and_misses_no_day(cursor, know) -> None:
    know("web", *site(SITE, sessions=[0] * 7, engagement_seconds=[0] * 7))
    found = reading(cursor, time_per_visit)
    assert (found.value, found.partial, found.marks) == (None, frozenset(), frozenset())


def test_an_account_whose_part_below_the_line_is_zero_still_adds_its_top(cursor, know) -> None:
    know("posts", post(X, "a", reach=0, reactions=2), post("instagram:lumen", "b", reach=10, reactions=3))
    assert reading(cursor, engagement_rate).value == 0.5


# A window that is not whole.


def test_a_sum_over_missing_days_is_not_shown(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1, 2, None, 4, 5, 6, 7]))
    found = reading(cursor, follows)
    assert (found.value, found.partial) == (None, {X})
    assert found.marks == {Mark.INCOMPLETE, Mark.PART}
    assert (found.coverage.accounts, found.coverage.of_accounts) == (0, 1)


def test_an_account_that_is_partly_covered_is_left_out_and_named(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1] * 7), *of_days("youtube:lumen", follows=[50] * 3))
    found = reading(cursor, follows)
    assert (found.value, found.partial) == (7, {"youtube:lumen"})
    assert found.marks == {Mark.INCOMPLETE, Mark.PART}
    assert (found.coverage.accounts, found.coverage.of_accounts) == (1, 2)


def test_a_row_for_the_whole_window_stands_in_for_missing_days(cursor, know) -> None:
    know("web", *site(SITE, sessions=[10] * 3), period(SITE, sessions=66))
    assert reading(cursor, sessions).value == 66


def test_days_and_a_row_for_the_whole_window_are_not_added(cursor, know) -> None:
    know("web", *site(SITE, sessions=[10] * 7), period(SITE, sessions=66))
    assert reading(cursor, sessions).value == 70


def test_periods_that_overlap_the_window_are_not_read_in_part(cursor, know) -> None:
    know("web", period(SITE, Window(day(0), day(3)), sessions=40), period(SITE, Window(day(4), day(8)), sessions=9))
    assert reading(cursor, sessions).value is None


def test_the_last_days_before_an_export_are_provisional(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1] * 7), *of_days(LINKEDIN, follows=[1] * 7), until=day(6))
    found = reading(cursor, follows)
    assert Mark.PROVISIONAL in found.marks
    assert {key: part.provisional_days for key, part in found.parts.items()} == {X: 1, LINKEDIN: 2}
    assert found.provisional_days == 2
    assert reading(cursor, follows, Window(day(0), day(4))).marks == frozenset()


def test_only_accounts_that_reach_the_end_of_a_window_make_its_days_provisional(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1] * 7), until=day(6))
    know("account_days", *of_days("youtube:lumen", -9, follows=[1] * 7), until=day(-2))
    assert ground(cursor, Source.DAYS, [WEEK], EVERYTHING).tail(WEEK) == 1
    assert ground(cursor, Source.DAYS, [WEEK], Scope(("youtube:lumen",))).tail(WEEK) == 0
    assert ground(cursor, Source.WEB, [WEEK], EVERYTHING).tail(WEEK) == 0


def test_an_export_of_an_unknown_date_was_made_after_the_last_day_it_states(cursor, know) -> None:
    know("account_days", *of_days(X, follows=[1] * 7))
    cursor.execute("update spans set as_of = null")
    assert reading(cursor, follows).provisional_days == 1


# Levels.


def test_a_level_is_the_last_one_known_and_days_are_not_added(cursor, know) -> None:
    know("account_days", *of_days(X, followers=[100, 110, None, 120, None, None, None]))
    know("account_days", *of_days("youtube:lumen", followers=[1000] * 7))
    found = reading(cursor, followers)
    assert (found.value, found.marks) == (1120, frozenset())


def test_a_level_older_than_the_window_is_marked(cursor, know) -> None:
    know("account_days", *of_days(X, -20, followers=[100]))
    found = reading(cursor, followers)
    assert (found.value, found.marks) == (100, {Mark.STALE})
    know("account_days", *of_days(X, 9, followers=[130]))
    together = read(cursor, [followers], [WEEK, Window(day(7), day(13)), Window(day(410), day(416))])
    assert [r.value for r in together.values()] == [100, 130, None], "a level is not carried beyond 400 days"
    assert [r.marks for r in together.values()][:2] == [{Mark.STALE}, set()]
    assert reading(cursor, followers, Window(day(-40), day(-34))).value is None


def test_an_account_that_never_states_a_level_is_unknown_not_incomplete(cursor, know) -> None:
    know("account_days", *of_days(X, followers=[100] * 7), *of_days(LINKEDIN, net_follows=[3] * 7))
    found = reading(cursor, followers)
    assert (found.value, found.partial, found.marks) == (100, frozenset(), frozenset({Mark.PART}))


def test_growth_is_from_the_level_before_the_window_to_that_at_its_end(cursor, know) -> None:
    know("account_days", *of_days(X, -2, followers=[900, 1000, 1010, 1030]))
    know("account_days", *of_days("youtube:lumen", -1, followers=[3000, 3090]))
    found = reading(cursor, growth_rate)
    assert found.value == pytest.approx((30 + 90) / 4000)


def test_growth_without_a_level_before_the_window_is_unknown(cursor, know) -> None:
    know("account_days", *of_days(X, followers=[1000] * 7))
    assert reading(cursor, growth_rate).value is None


def test_visits_that_two_tools_count_are_marked(cursor, know) -> None:
    for account in ("ga4:lumen.example", "plausible:lumen.example"):
        know("web", *({"account": account, "slice": "site", "first_day": day(n), "last_day": day(n), "sessions": 5}
                      for n in range(7)))  # fmt: skip
    assert Mark.TOOLS in reading(cursor, sessions).marks
    assert Mark.TOOLS not in reading(cursor, sessions, scope=Scope(("ga4:lumen.example",))).marks


def test_a_level_that_was_typed_marks_what_rests_on_it(cursor, know) -> None:
    know("account_days", *of_days(X, -2, followers=[1000], typed_followers=[1000]), *of_days(X, 6, followers=[1030]))
    assert reading(cursor, followers).marks == frozenset(), "at the end the network's own total stands"
    assert reading(cursor, growth_rate).marks == {Mark.TYPED}
    assert reading(cursor, followers, Window(day(-7), day(-1))).marks == {Mark.TYPED}


def test_a_total_of_the_network_takes_the_place_of_the_typed_one(cursor, know) -> None:
    know("account_days", *of_days(X, -1, followers=[1010], typed_followers=[1000]))
    assert reading(cursor, followers, Window(day(-7), day(-1))).marks == frozenset()


def test_a_rate_of_days_over_a_level_needs_both(cursor, know) -> None:
    know("account_days", *of_days(X, -1, followers=[1000] + [None] * 7, unfollows=[None] + [2] * 7))
    know("account_days", *of_days("youtube:lumen", unfollows=[5] * 7))
    found = reading(cursor, unfollow_rate)
    assert (found.value, found.partial) == (0.014, frozenset())


# Estimates.


def test_net_follows_are_taken_as_stated_before_they_are_estimated(cursor, know) -> None:
    know(
        "account_days",
        *of_days(LINKEDIN, net_follows=[5] * 7, followers=[100] * 7),
        *of_days(X, follows=[4] * 7, unfollows=[1] * 7, followers=[100] * 7),
    )
    found = reading(cursor, net_follows)
    assert (found.value, found.marks) == (35 + 21, frozenset())


def test_a_net_that_is_a_difference_of_totals_is_marked(cursor, know) -> None:
    know("account_days", *of_days(X, -1, followers=[100, 101, 103, 103, 102, 110, 111, 115]))
    found = reading(cursor, net_follows)
    assert (found.value, found.marks) == (15, {Mark.ESTIMATED})


def test_a_difference_of_totals_is_that_of_one_day(cursor, know) -> None:
    know("account_days", *of_days(X, -9, followers=[50]), *of_days(X, followers=[100, 101, 103, 103, 102, 110, 111]))
    found = reading(cursor, net_follows)
    assert (found.value, found.partial) == (None, {X}), "what came in the days before is not this week's"
    together = read(cursor, [net_follows], [WEEK, Window(day(1), day(6)), Window(day(-9), day(-9))])
    assert [r.value for r in together.values()] == [None, 11, None]


# Posts.


def test_posts_of_an_account_whose_exports_end_before_the_window_are_unknown_not_zero(cursor, know) -> None:
    know("posts", post(X, "a", -10, reactions=1), until=day(-3))
    found = reading(cursor, posts_published)
    assert (found.value, found.parts) == (None, {})
    know("posts", post(LINKEDIN, "b", 2, reactions=1))
    assert reading(cursor, posts_published).value == 1


def test_a_week_without_posts_that_the_export_covers_is_zero_posts(cursor, know) -> None:
    know("posts", post(X, "before", -10, reactions=1), post(X, "after", 10, reactions=1))
    assert reading(cursor, posts_published).value == 0
    assert reading(cursor, interactions).value is None, "no post states an interaction"
    assert reading(cursor, interactions_per_post).value is None


def test_a_week_before_the_first_post_of_all_is_unknown(cursor, know) -> None:
    know("posts", post(X, "first", 10, reactions=1))
    assert reading(cursor, posts_published).value is None


def test_an_average_per_post_counts_the_posts_that_state_it(cursor, know) -> None:
    know("posts", post(X, "a", reactions=9, shares=1), post(X, "b", reactions=2), post(X, "c", views=7))
    found = reading(cursor, interactions_per_post)
    assert (found.value, found.coverage.rows, found.coverage.of_rows) == (6, 2, 3)


def test_counts_of_a_period_only_are_marked(cursor, know) -> None:
    know("posts", post(X, "a", reactions=1), post(X, "b", reactions=2, counted_from=day(0)))
    assert reading(cursor, interactions).marks == {Mark.PERIOD_COUNTS}
    assert reading(cursor, posts_published).marks == frozenset(), "a post is a post"


def test_young_posts_are_marked_as_growing(cursor, know) -> None:
    know("posts", post(X, "a", reactions=1), until=day(8))
    assert reading(cursor, interactions).marks == {Mark.GROWING}
    assert reading(cursor, posts_published).marks == frozenset()


def test_a_scope_narrows_accounts_and_kinds_of_posts(cursor, know) -> None:
    know(
        "posts",
        post(X, "a", kind="video", reactions=1),
        post(X, "b", kind="reply", reactions=2),
        post(LINKEDIN, "c", kind="video", reactions=4),
    )
    assert reading(cursor, interactions, scope=Scope((X,))).value == 3
    assert reading(cursor, interactions, scope=Scope(kinds=("video",))).value == 5
    assert reading(cursor, interactions, scope=Scope((X,), ("video",))).value == 1


# Search.


def test_hidden_queries_are_what_the_list_lacks_of_all_clicks(cursor, know) -> None:
    know(
        "search",
        *site(SEARCHED, clicks=[100] * 7),
        period(SEARCHED, slice_="query", query="festival", clicks=500),
        period(SEARCHED, slice_="query", query="tickets", clicks=60),
        period(SEARCHED, slice_="page", page="/", clicks=700),
    )
    assert reading(cursor, hidden_share).value == pytest.approx(0.2)
    assert reading(cursor, search_clicks).value == 700, "the tables of an export do not add up to each other"


def test_hidden_queries_are_unknown_while_days_of_the_site_are_missing(cursor, know) -> None:
    know("search", *site(SEARCHED, clicks=[100] * 3), period(SEARCHED, slice_="query", query="festival", clicks=500))
    assert reading(cursor, hidden_share).value is None


# Changes.


def test_a_change_compares_only_accounts_that_are_complete_in_both_windows(cursor, know) -> None:
    before = Window(day(-7), day(-1))
    know(
        "account_days",
        *of_days(X, -7, follows=[10] * 7 + [20] * 7),
        *of_days("youtube:lumen", follows=[1000] * 7),
        *of_days(LINKEDIN, -5, follows=[500] * 12),
    )
    now, then = reading(cursor, follows), reading(cursor, follows, before)
    assert now.value == 140 + 7000 + 3500
    found = change(now, then)
    assert found and (found.difference, found.ratio, found.base, found.matched) == (70, 1.0, 70, False)
    assert (found.window, found.against) == (WEEK, before)


def test_accounts_with_nothing_in_common_are_not_compared(cursor, know) -> None:
    know("account_days", *of_days(X, -7, follows=[1] * 7), *of_days("youtube:lumen", follows=[1] * 7))
    assert change(reading(cursor, follows), reading(cursor, follows, Window(day(-7), day(-1)))) is None


@pytest.mark.parametrize(("base", "ratio"), [(0, None), (2, None), (3, 7 / 21)])
def test_a_base_below_twenty_gives_no_percentage(base: int, ratio: float | None, cursor, know) -> None:
    know("account_days", *of_days(X, -7, follows=[base] * 7 + [base + 1] * 7))
    found = change(reading(cursor, follows), reading(cursor, follows, Window(day(-7), day(-1))))
    assert found and (found.difference, found.ratio) == (7, ratio)


def test_a_rate_changes_by_its_difference(cursor, know) -> None:
    know("posts", post(X, "a", -5, reach=100, reactions=2), post(X, "b", 0, reach=200, reactions=10))
    found = change(reading(cursor, engagement_rate), reading(cursor, engagement_rate, Window(day(-7), day(-1))))
    assert found and found.difference == pytest.approx(0.03)


def test_a_fall_below_zero_is_a_fall(cursor, know) -> None:
    know("account_days", *of_days(X, -7, net_follows=[-10] * 7 + [-20] * 7))
    found = change(reading(cursor, net_follows), reading(cursor, net_follows, Window(day(-7), day(-1))))
    assert found and found.ratio == -1.0


# Many at once.


def test_readings_taken_together_are_those_taken_one_by_one(cursor, know) -> None:
    know("account_days", *of_days(X, -20, follows=range(30), followers=range(100, 130), interactions=[None, 3] * 15))
    know("posts", *(post(X, str(n), n, reactions=n + 30, reach=100) for n in range(-20, 5)))
    know("web", *site(SITE, -20, sessions=range(30), users=range(30)), period(SITE, users=9))
    asked = [follows, followers, interactions_in_period, interactions, engagement_rate, sessions, visitors]
    windows = [WEEK, Window(day(-7), day(-1)), Window(day(0), day(0)), WEEK]
    together = read(cursor, asked, windows)
    assert together == {(m.key, w): reading(cursor, m, w) for m in asked for w in windows}


def test_no_window_gives_no_reading(cursor) -> None:
    assert read(cursor, [follows], []) == {}


def test_an_empty_warehouse_gives_readings_without_values(cursor) -> None:
    found = read(cursor, metrics().values(), [WEEK])
    assert len(found) == len(metrics())
    assert {r.value for r in found.values()} == {None}
