"""What came into a list and what left it, against the same worked out in plain Python."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.model import Window
from metrics.links import linking_sites
from metrics.lists import Slice
from metrics.model import Source
from metrics.reading import Scope
from metrics.search import search_clicks
from metrics.traffic import sessions
from metrics.turnover import Seen, seen, turnover

MONDAY = date(2026, 11, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
SITE, SHOP, SEARCH = "ga4:lumen", "ga4:shop", "search_console:lumen"
QUERIES = Slice(Source.SEARCH, "query", "query", (search_clicks,))
SOURCES = Slice(Source.WEB, "source", "source", (sessions,))

quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
DAYS = st.lists(
    st.tuples(st.integers(-14, 6), st.sampled_from("abcdef"), st.integers(0, 4)), max_size=40, unique_by=lambda r: r[:2]
)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def asked(member: str, first: int, last: int, clicks: int) -> dict[str, Any]:
    """A query of the export of a period."""
    span = {"first_day": day(first), "last_day": day(last)}
    return {"account": SEARCH, "slice": "query", "query": member, "clicks": clicks, **span}


def visits(source: str, n: int, count: int = 1, account: str = SITE, **more: Any) -> dict[str, Any]:
    row = {"account": account, "slice": "source", "source": source, "first_day": day(n), "last_day": day(n)}
    return row | {"sessions": count, **more}


def members(rows: pd.DataFrame) -> list[str]:
    return rows["member"].tolist()


def firsts(rows: list[tuple[int, str, int]], first: int, top: int) -> list[str]:
    """The first of a week, in plain Python: the largest, then by name."""
    added: Counter[str] = Counter()
    for n, member, count in rows:
        if first <= n < first + 7:
            added[member] += count
    return sorted(added, key=lambda member: (-added[member], member))[:top]


@settings(max_examples=80, deadline=None, suppress_health_check=quiet)
@given(DAYS, st.integers(1, 4))
def test_new_and_gone_are_what_a_plain_comparison_of_two_weeks_gives(
    cursor: Any, know: Any, rows: list[tuple[int, str, int]], top: int
) -> None:
    cursor.begin()
    # Both weeks are stated day by day.
    rows = [*rows, *((n, "ends", 0) for n in range(-7, 7))]
    know("web", *(visits(member, n, count) for n, member, count in rows))
    found = turnover(cursor, SOURCES, WEEK, top=top)
    cursor.rollback()
    now, then = firsts(rows, 0, top), firsts(rows, -7, top)
    assert (members(found.now.rows), members(found.then.rows)) == (now, then)
    assert members(found.new) == [member for member in now if member not in then]
    assert members(found.gone) == [member for member in then if member not in now]


def test_a_period_is_compared_with_the_one_before_it_whatever_their_lengths(cursor, know) -> None:
    know("search", asked("festival", 0, 13, 9), asked("hours", 0, 13, 4), asked("lamps", 0, 13, 1))
    know("search", asked("hours", -31, -1, 90), asked("heron", -31, -1, 40), asked("festival", -31, -1, 2))
    found = turnover(cursor, QUERIES, WEEK, top=2)
    assert (found.now.window, found.then.window) == (Window(day(0), day(13)), Window(day(-31), day(-1)))
    assert (members(found.new), members(found.gone)) == (["festival"], ["heron"])
    assert found.new["search_clicks"].tolist() == [9]


def test_a_period_is_never_compared_with_one_that_it_overlaps(cursor, know) -> None:
    know("search", asked("festival", 0, 6, 9), asked("hours", -80, 6, 90))
    found = turnover(cursor, QUERIES, WEEK)
    assert (found.then.window, len(found.new), len(found.gone)) == (None, 0, 0)
    assert members(found.now.rows) == ["festival"]


def test_a_week_is_compared_with_a_whole_week_only(cursor, know) -> None:
    know("web", *(visits("a", n) for n in range(-3, 7)))
    found = turnover(cursor, SOURCES, WEEK)
    assert (found.then.window, members(found.now.rows), len(found.new)) == (None, ["a"], 0)


def test_a_list_that_no_export_states_has_no_turnover(cursor) -> None:
    found = turnover(cursor, QUERIES, WEEK)
    assert (found.now.window, found.then.window, len(found.new), len(found.gone)) == (None, None, 0, 0)


# When each was seen.


@settings(max_examples=60, deadline=None, suppress_health_check=quiet)
@given(DAYS)
def test_the_first_and_last_day_are_those_of_a_plain_search(
    cursor: Any, know: Any, rows: list[tuple[int, str, int]]
) -> None:
    cursor.begin()
    know("web", *(visits(member, n, count) for n, member, count in rows))
    found = seen(cursor, SOURCES, day(3)).rows
    cursor.rollback()
    stated = {member: [(n, count) for n, one, count in rows if one == member and n <= 3] for _, member, _ in rows}
    rows_found = found.to_dict("records")
    assert {row["member"]: (row["first"].date(), row["last"].date(), row["sessions"]) for row in rows_found} == {
        member: (day(min(days)[0]), day(max(days)[0]), sum(count for _, count in days))
        for member, days in stated.items() if days
    }  # fmt: skip


def test_who_came_first_in_the_window_is_new_and_who_is_silent_for_eight_weeks_is_lost(cursor, know) -> None:
    know("web", *(visits("always", n) for n in range(-200, 7)))
    know("web", visits("new", 2), visits("came once before", -150), visits("came once before", 1))
    know(
        "web", *(visits("lost", n, 3) for n in range(-120, -60)), visits("not yet lost", -20), visits("long ago", -190)
    )
    found = seen(cursor, SOURCES, WEEK.last)
    assert found.span == Window(day(-200), day(6))
    assert members(found.new(WEEK)) == ["new"]
    assert members(found.lost(day(-180))) == ["lost"]
    assert members(found.lost(day(-200))) == ["lost", "long ago"]


def test_nobody_is_new_where_the_weeks_before_are_not_known(cursor, know) -> None:
    know("web", *(visits("always", n) for n in range(-30, 7)), visits("other", 2))
    assert members(seen(cursor, SOURCES, WEEK.last).new(WEEK)) == []


def test_nobody_is_lost_where_it_is_the_exports_that_are_silent(cursor, know) -> None:
    know("web", *(visits("always", n) for n in range(-200, -100)))
    assert members(seen(cursor, SOURCES, WEEK.last).lost(day(-300))) == []
    assert seen(cursor, SOURCES, WEEK.last, Scope((SHOP,))).span is None


def test_a_list_never_seen_has_nobody_new_and_nobody_lost(cursor) -> None:
    found = seen(cursor, SOURCES, WEEK.last)
    assert isinstance(found, Seen) and len(found.new(WEEK)) == len(found.lost(day(-300))) == 0


# Which sources are sites that link.


def test_a_site_that_links_is_a_referral_that_is_no_network_and_no_search_engine(cursor, know) -> None:
    sources = ("www.review.example / referral", "m.facebook.com / referral", "t.co / referral", "google / organic",
               "google.com / referral", "news.example / email", "ex.com / referral")  # fmt: skip
    know("web", *(visits(source, n) for source in sources for n in range(7)))
    assert members(turnover(cursor, linking_sites, WEEK).now.rows) == ["ex.com", "review.example"]


def test_where_the_channel_is_stated_it_says_which_sites_link(cursor, know) -> None:
    for source, channel in (("a.example / referral", "Referral"), ("b.example / referral", "Organic Social")):
        know("web", *(visits(source, n, channel=channel) | {"slice": "channel+source"} for n in range(7)))
    found = turnover(cursor, linking_sites, WEEK).now
    assert (members(found.rows), found.name) == (["a.example"], "channel+source")
    assert members(seen(cursor, linking_sites, WEEK.last).rows) == ["a.example"]
