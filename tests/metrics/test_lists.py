"""Lists of posts and of the members of a slice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from data.model import Window
from metrics.conversions import key_events, user_key_event_rate
from metrics.engagement import clicks_on_links, engagement_rate, interactions
from metrics.lists import Slice, histories, kinds, members, posts
from metrics.model import Source
from metrics.posts import impressions
from metrics.reading import Scope
from metrics.search import click_rate, position, search_clicks
from metrics.traffic import engaged_share, page_views, sessions, visitors

MONDAY = date(2026, 11, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
X, LINKEDIN, SITE, SHOP = "x:lumen", "linkedin:lumen", "ga4:lumen", "ga4:shop"


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def post(post_id: str, n: int = 0, account: str = X, **stated: Any) -> dict[str, Any]:
    return {"account": account, "post_id": post_id, "day": day(n), **stated}


def on_days(
    slice_: str, name: str, member: str | None, days: Iterable[int] = range(7), account: str = SITE, **stated: Any
):
    """A row of a member for each day."""
    return [
        {"account": account, "slice": slice_, "first_day": day(n), "last_day": day(n), name: member, **stated}
        for n in days
    ]


def over(slice_: str, first: int, last: int, account: str = SITE, **stated: Any) -> dict[str, Any]:
    """A row for a period."""
    return {"account": account, "slice": slice_, "first_day": day(first), "last_day": day(last), **stated}


def listed(rows: pd.DataFrame, column: str) -> list[Any]:
    return rows[column].astype(object).where(rows[column].notna(), None).tolist()


# Posts.


def test_posts_stand_by_the_first_metric_and_those_that_do_not_state_it_last(cursor, know) -> None:
    know(
        "posts",
        post("middle", shares=5),
        post("silent", 1, views=900),
        post("best", 2, reactions=8),
        post("also silent", 2),
        post("zero", reactions=0),
        post("next week", 7, reactions=99),
    )
    rows = posts(cursor, [interactions, impressions], WEEK)
    assert listed(rows, "post_id") == ["best", "middle", "zero", "also silent", "silent"]
    assert listed(rows, "interactions") == [8, 5, 0, None, None]
    assert listed(posts(cursor, [interactions], WEEK, limit=2), "post_id") == ["best", "middle"]


def test_a_post_has_its_own_words_and_rates(cursor, know) -> None:
    know(
        "posts",
        post("a", kind="video", text="Hello", link="https://lumen.example/a", reactions=3, reach=12)
        | {"published_at": datetime(2026, 11, 9, 8)},
        post("b", reactions=3, reach=0),
    )
    rows = posts(cursor, [interactions, engagement_rate], WEEK)
    assert listed(rows, "engagement_rate") == [0.25, None]
    first = rows.iloc[0]
    assert (first.account, first.kind, first.text, first.link) == (X, "video", "Hello", "https://lumen.example/a")
    assert (first.published_at, first.day.date()) == (datetime(2026, 11, 9, 8), MONDAY)


def test_a_scope_narrows_the_posts(cursor, know) -> None:
    know("posts", post("a", kind="video"), post("b", kind="reply"), post("c", account=LINKEDIN, kind="video"))
    assert set(posts(cursor, [interactions], WEEK, Scope((X,))).post_id) == {"a", "b"}
    assert set(posts(cursor, [interactions], WEEK, Scope((X,), ("video",))).post_id) == {"a"}


def test_kinds_are_those_of_the_window_the_most_frequent_first(cursor, know) -> None:
    know("posts", *(post(str(n), kind=kind) for n, kind in enumerate(["reply", "video", "reply", "link", None])))
    know("posts", post("later", 9, kind="story"))
    assert kinds(cursor, WEEK) == ["reply", "link", "video"]
    assert kinds(cursor, WEEK, Scope((LINKEDIN,))) == []


# Growth.


@pytest.fixture
def grown(cursor, know):
    """`grown(post, (made, counts), …)` writes a known post and what each export stated of it."""

    def write(row: dict[str, Any], *stated: tuple[int, dict[str, Any]]) -> None:
        know("posts", row)
        for made, counts in stated:
            one = {"day": row["day"], **counts, "account": row["account"], "post_id": row["post_id"]}
            one |= {"export_id": f"export {made}", "as_of": datetime.combine(day(made), datetime.min.time())}
            names = ", ".join(f'"{name}"' for name in one)
            holes = ", ".join("?" * len(one))
            cursor.execute(f"insert into ledger.posts ({names}) values ({holes})", list(one.values()))

    return write


def test_a_history_is_what_each_export_stated_oldest_first(cursor, grown) -> None:
    grown(post("a", shares=9), (9, {"shares": 7}), (4, {"shares": 2}), (6, {"views": 1}), (20, {"shares": 9}))
    grown(post("b", shares=5), (4, {"shares": 5}))
    grown(post("c", shares=4), (4, {"shares": 4}))
    rows = posts(cursor, [interactions], WEEK, limit=2)
    assert histories(cursor, interactions, rows) == [[2, 7, 9], [5]]


def test_posts_of_two_accounts_may_have_the_same_name(cursor, grown) -> None:
    grown(post("1", shares=9), (4, {"shares": 9}))
    grown(post("1", account=LINKEDIN, shares=5), (4, {"shares": 5}))
    rows = posts(cursor, [interactions], WEEK)
    assert histories(cursor, interactions, rows) == [[9], [5]]


def test_statements_that_put_a_post_on_the_next_day_or_on_none_are_of_its_history(cursor, grown) -> None:
    grown(post("a", shares=9), (4, {"shares": 2, "day": day(1)}), (5, {"shares": 3, "day": None}), (6, {"shares": 9}))
    assert histories(cursor, interactions, posts(cursor, [interactions], WEEK)) == [[2, 3, 9]]


def test_counts_of_a_period_are_no_step_of_a_growth(cursor, grown) -> None:
    grown(post("a", shares=9), (4, {"shares": 8}), (5, {"shares": 1, "counted_from": day(3)}), (6, {"shares": 9}))
    assert histories(cursor, interactions, posts(cursor, [interactions], WEEK)) == [[8, 9]]


def test_no_post_has_no_history(cursor) -> None:
    assert histories(cursor, interactions, posts(cursor, [interactions], WEEK)) == []


def test_a_metric_that_no_export_stated_has_an_empty_history(cursor, grown) -> None:
    grown(post("a", shares=9), (4, {"shares": 9}))
    assert histories(cursor, clicks_on_links, posts(cursor, [interactions], WEEK)) == [[]]


# Members.


def test_members_are_added_over_their_days_the_largest_first(cursor, know) -> None:
    know("web", *on_days("channel", "channel", "social", sessions=2, engaged_sessions=1, key_events=1))
    know("web", *on_days("channel", "channel", "email", range(2, 4), sessions=10, engaged_sessions=8))
    know("web", *on_days("channel", "channel", "later", range(7, 9), sessions=1000))
    know("web", *on_days("channel", "channel", None, sessions=50))
    know("web", *on_days("site", "channel", None, sessions=99))
    found = members(
        cursor,
        Slice(
            Source.WEB,
            "channel",
            "channel",
            (
                sessions,
                engaged_share,
                key_events,
            ),
        ),
        WEEK,
    )
    assert listed(found.rows, "member") == ["email", "social"]
    assert listed(found.rows, "sessions") == [20, 14]
    assert listed(found.rows, "engaged_share") == [0.8, 0.5]
    assert listed(found.rows, "key_events") == [None, 7]
    assert (found.window, found.total) == (WEEK, 34)


def test_the_total_is_that_of_members_beyond_the_list_too(cursor, know) -> None:
    for n in range(5):
        know("web", *on_days("page", "page", f"/{n}", views=n))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK, limit=2)
    assert (listed(found.rows, "member"), found.total) == (["/4", "/3"], 70)


def test_rates_and_people_have_no_total(cursor, know) -> None:
    know("web", *on_days("channel", "channel", "email", sessions=10, engaged_sessions=8, users=3))
    assert members(cursor, Slice(Source.WEB, "channel", "channel", (engaged_share,)), WEEK).total is None
    assert members(cursor, Slice(Source.WEB, "channel", "channel", (visitors,)), WEEK).total is None


def test_the_people_of_a_member_are_shown_only_where_one_row_states_them(cursor, know) -> None:
    know(
        "web",
        *on_days("page", "page", "/a", views=9, users=3),
        *on_days("page", "page", "/b", range(1), views=1, users=3),
    )
    found = members(
        cursor,
        Slice(
            Source.WEB,
            "page",
            "page",
            (
                page_views,
                visitors,
            ),
        ),
        WEEK,
    )
    assert listed(found.rows, "visitors") == [None, 3]


def test_the_people_of_a_member_are_those_of_the_window_beside_its_days(cursor, know) -> None:
    know(
        "web",
        *on_days("channel", "channel", "email", sessions=10, key_events=1, users=3, key_event_users=1),
        *on_days("channel", "channel", "direct", range(1), sessions=4, key_events=2, users=3),
        over("channel", 0, 6, channel="email", users=12, key_event_users=3),
        over("channel", 0, 6, channel="nobody", users=1),
        over("channel", -7, 27, channel="email", users=900, key_event_users=90),
    )
    slice_ = Slice(Source.WEB, "channel", "channel", (sessions, key_events, user_key_event_rate, visitors))
    found = members(cursor, slice_, WEEK)
    assert (found.daily, found.window, found.total) == (True, WEEK, 74)
    assert listed(found.rows, "member") == ["email", "direct"]
    assert (listed(found.rows, "visitors"), listed(found.rows, "key_events")) == ([12, 3], [7, 2])
    assert listed(found.rows, "user_key_event_rate") == [0.25, None]


def test_a_list_goes_by_the_rows_that_state_what_sorts_it(cursor, know) -> None:
    know("web", *on_days("channel", "channel", "email", range(5), sessions=10))
    know("web", over("channel", 0, 6, channel="email", users=12))
    found = members(cursor, Slice(Source.WEB, "channel", "channel", (sessions, visitors)), WEEK)
    assert (found.daily, found.window, found.total) == (True, Window(MONDAY, day(4)), 50)


def test_a_rate_of_a_member_is_over_the_rows_that_state_both(cursor, know) -> None:
    know("search", *on_days("query", "query", "festival", range(6), clicks=5, impressions=10))
    know("search", *on_days("query", "query", "festival", range(6, 7), clicks=70))
    know("search", over("query", 0, 27, query="festival", clicks=7000))
    found = members(
        cursor,
        Slice(
            Source.SEARCH,
            "query",
            "query",
            (
                search_clicks,
                click_rate,
                position,
            ),
        ),
        WEEK,
    )
    assert (listed(found.rows, "search_clicks"), listed(found.rows, "click_rate")) == ([100], [0.5])
    assert listed(found.rows, "position") == [None]


def test_a_member_may_be_named_by_several_columns(cursor, know) -> None:
    know("web", *on_days("page", "page", "/a", views=2), *on_days("page", "title", "Home", views=3))
    found = members(cursor, Slice(Source.WEB, "page", "coalesce(page, title)", (page_views,)), WEEK)
    assert listed(found.rows, "member") == ["Home", "/a"]


def test_a_scope_narrows_the_members(cursor, know) -> None:
    know("web", *on_days("page", "page", "/a", views=2), *on_days("page", "page", "/b", account=SHOP, views=3))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK, Scope((SHOP,)))
    assert listed(found.rows, "member") == ["/b"]


def test_the_period_that_states_the_window_stands_in_for_days(cursor, know) -> None:
    know("web", *on_days("site", "channel", None, views=1))
    know("web", over("page", 0, 6, page="/week", views=5), over("page", -21, 6, page="/month", views=50))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK)
    assert (found.window, listed(found.rows, "member")) == (WEEK, ["/week"])


@pytest.mark.parametrize(
    ("periods", "chosen"),
    [
        ([(-21, 6), (0, 13)], (0, 13)),  # both cover it: the shorter
        ([(-21, 5), (6, 12)], (-21, 5)),  # the one that covers more of it
        ([(-40, -10), (9, 15)], (9, 15)),  # the one nearest
        ([(-40, -34), (-20, -14)], (-20, -14)),
    ],
)
def test_without_one_the_period_that_states_most_of_the_window_is_told(periods, chosen, cursor, know) -> None:
    know("web", *(over("page", first, last, page=f"{first}", views=5) for first, last in periods))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK)
    assert found.window == Window(day(chosen[0]), day(chosen[1]))
    assert listed(found.rows, "member") == [str(chosen[0])]


def test_days_that_cover_a_part_only_are_told_as_that_part(cursor, know) -> None:
    know("web", *on_days("site", "channel", None, views=1))
    know("web", *on_days("page", "page", "/a", range(2, 5), views=2), over("page", -90, -80, page="/old", views=50))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK)
    assert (found.window, listed(found.rows, "page_views")) == (Window(day(2), day(4)), [6])


def test_days_that_lie_between_two_exports_are_none_without_members(cursor, know) -> None:
    channel = Slice(Source.WEB, "channel", "channel", (sessions,))
    know("web", *on_days("channel", "channel", "social", (0, 3, 4, 6), sessions=2))
    listing = (
        "insert into ledger.web (export_id, account, slice, first_day, last_day) values (?, 'ga4:1', 'channel', ?, ?)"
    )
    spans = (
        "insert into ledger.spans (export_id, account, \"table\", first_day, last_day) values (?, 'ga4:1', 'web', ?, ?)"
    )
    for export, first, last in (("a", 0, 0), ("b", 3, 6)):
        cursor.execute(listing, [export, day(first), day(first)])
        cursor.execute(spans, [export, day(first), day(last)])
    found = members(cursor, channel, WEEK)
    assert (found.window, found.total) == (Window(day(3), day(6)), 6), "day 5 is told by an export, 1 and 2 by none"
    cursor.execute(spans, ["a", day(0), day(2)])
    assert (members(cursor, channel, WEEK).window, members(cursor, channel, WEEK).total) == (WEEK, 8)


def test_a_slice_that_no_export_states_has_no_members(cursor, know) -> None:
    know("web", *on_days("site", "channel", None, views=1))
    found = members(cursor, Slice(Source.WEB, "page", "page", (page_views,)), WEEK)
    assert (found.rows.empty, found.window, found.total) == (True, None, None)
