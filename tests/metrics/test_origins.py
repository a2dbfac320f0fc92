"""The statements behind a figure, from a real warehouse."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.model import Export, Origin, Statement, Window
from data.store import Store, create_brand
from metrics.audience import followers, follows, growth_rate, net_follows, unfollow_rate
from metrics.engagement import engagement_rate, interactions, interactions_in_period
from metrics.engine import read
from metrics.model import Metric
from metrics.origins import origins
from metrics.posts import posts_published
from metrics.reading import EVERYTHING, Reading, Scope
from metrics.search import hidden_share, search_clicks
from metrics.traffic import returning_visitors, sessions, visitors

MONDAY = date(2026, 11, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
X = "x:lumen"


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


class Brand:
    """A warehouse to which a test adds exports, and asks what lies behind a figure."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, name: str, made: date, table: str, *rows: dict[str, Any]) -> None:
        """Adds an export: the rows stand one below the other from row 2 of its sheet "Data" on."""
        content = name.encode()
        export = Export(
            hashlib.sha256(content).hexdigest(), name, content, as_of=datetime.combine(made, datetime.min.time())
        )
        self.store.add_export(
            export,
            [Statement(table, {"account": X, **row}, Origin("Data", n)) for n, row in enumerate(rows, start=2)],
        )

    def behind(self, metric: Metric, window: Window = WEEK, scope: Scope = EVERYTHING) -> tuple[Reading, pd.DataFrame]:
        with self.store.read() as cursor:
            reading = read(cursor, [metric], [window], scope)[metric.key, window]
            return reading, origins(cursor, metric, window, scope)


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Brand]:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    yield Brand(create_brand("Lumen"))


def traced(rows: pd.DataFrame) -> dict[str, float]:
    """The traced values, added by measure."""
    added: dict[str, float] = {}
    for measure, value in zip(rows["column"], rows["value"], strict=True):
        added[measure] = added.get(measure, 0) + value
    return added


def of_week(**figures: Any) -> list[dict[str, Any]]:
    return [{"day": day(n), **figures} for n in range(7)]


def on_site(slice_: str = "site", first: int = 0, last: int | None = None, **figures: Any) -> dict[str, Any]:
    return {"slice": slice_, "first_day": day(first), "last_day": day(first if last is None else last), **figures}


def test_the_traced_values_add_up_to_the_figure(brand: Brand) -> None:
    brand.add(
        "days.csv",
        day(9),
        "account_days",
        *({"day": day(n), "reactions": n, "comments": 2, "saves": None} for n in range(-3, 9)),
    )
    reading, rows = brand.behind(interactions_in_period)
    assert traced(rows) == {"reactions": 21, "comments": 14}
    assert sum(rows["value"]) == reading.value
    assert rows["first_day"].max().date() == WEEK.last


def test_a_value_is_traced_to_its_file_sheet_and_row(brand: Brand) -> None:
    brand.add(
        "posts.csv", day(9), "posts", {"post_id": "a", "day": day(1)}, {"post_id": "b", "day": day(2), "shares": 4}
    )
    _, rows = brand.behind(interactions)
    (row,) = rows.to_dict("records")
    assert (row["file"], row["sheet"], row["row"], row["subject"]) == ("posts.csv", "Data", 3, "b")
    assert (row["column"], row["value"], row["as_of"].date()) == ("shares", 4, day(9))
    assert (row["account"], row["first_day"].date(), row["last_day"].date()) == (X, day(2), day(2))


def test_a_restated_value_is_that_of_the_newer_export_whichever_was_loaded_first(brand: Brand) -> None:
    brand.add("new.csv", day(20), "account_days", *of_week(follows=5))
    brand.add("old.csv", day(8), "account_days", *of_week(follows=3, unfollows=1))
    reading, rows = brand.behind(net_follows)
    assert reading.value == 7 * (5 - 1)
    assert traced(rows) == {"follows": 35, "unfollows": 7}
    assert dict(zip(rows["column"], rows["file"], strict=True)) == {"follows": "new.csv", "unfollows": "old.csv"}


def test_a_value_that_two_exports_state_is_traced_to_the_newer(brand: Brand) -> None:
    brand.add("new.csv", day(20), "account_days", *of_week(net_follows=5))
    brand.add("old.csv", day(8), "account_days", *of_week(net_follows=5))
    _, rows = brand.behind(net_follows)
    assert (len(rows), set(rows["file"])) == (7, {"new.csv"})


def test_a_value_stated_twice_in_one_file_is_traced_to_its_last_row(brand: Brand) -> None:
    brand.add("posts.csv", day(9), "posts", *({"post_id": "a", "day": day(1), "shares": n} for n in (4, 6)))
    _, rows = brand.behind(interactions)
    assert list(zip(rows["value"], rows["row"], strict=True)) == [(6, 3)]


def test_posts_that_do_not_state_both_sides_of_a_rate_are_not_behind_it(brand: Brand) -> None:
    brand.add(
        "posts.csv",
        day(9),
        "posts",
        {"post_id": "a", "day": day(1), "reactions": 5, "reach": 50},
        {"post_id": "b", "day": day(1), "reactions": 900},
        {"post_id": "c", "day": day(1), "reach": 900},
    )
    reading, rows = brand.behind(engagement_rate)
    assert traced(rows) == {"reactions": 5, "reach": 50}
    assert reading.value == 0.1


def test_counts_that_are_not_believed_are_not_behind_a_figure(brand: Brand) -> None:
    lifetime = {"post_id": "a", "day": day(1), "reactions": 8}
    brand.add("lifetime.csv", day(9), "posts", lifetime)
    brand.add("period.csv", day(12), "posts", {**lifetime, "counted_from": day(2), "reactions": 3, "saves": 2})
    reading, rows = brand.behind(interactions)
    assert (reading.value, traced(rows), list(rows["file"])) == (8, {"reactions": 8}, ["lifetime.csv"])


def test_the_kind_that_narrows_posts_may_stand_in_another_file_than_their_counts(brand: Brand) -> None:
    brand.add("kinds.csv", day(8), "posts", {"post_id": "a", "day": day(1), "kind": "video", "reactions": 1})
    brand.add("counts.csv", day(9), "posts", {"post_id": "a", "reactions": 7})
    _, rows = brand.behind(interactions, scope=Scope(kinds=("video",)))
    assert list(zip(rows["file"], rows["value"], strict=True)) == [("counts.csv", 7)]
    assert brand.behind(interactions, scope=Scope(kinds=("photo",)))[1].empty


def test_every_post_that_is_counted_is_traced_whatever_it_states(brand: Brand) -> None:
    posts = [{"post_id": "a", "day": day(1), "engagements": 4}, {"post_id": "b", "day": day(6)}]
    brand.add("posts.csv", day(9), "posts", *posts, {"post_id": "c", "day": day(7)})
    reading, rows = brand.behind(posts_published)
    assert (reading.value, sorted(rows["subject"])) == (2, ["a", "b"])


def test_days_are_traced_rather_than_the_period_where_the_figure_is_their_sum(brand: Brand) -> None:
    brand.add("week.csv", day(9), "web", on_site(last=6, sessions=66, users=50))
    brand.add("days.csv", day(9), "web", *(on_site(first=n, sessions=10, users=9) for n in range(7)))
    reading, rows = brand.behind(sessions)
    assert (reading.value, traced(rows)) == (70, {"sessions": 70})
    reading, rows = brand.behind(visitors)
    assert (reading.value, traced(rows)) == (50, {"users": 50})
    reading, rows = brand.behind(visitors, Window(day(2), day(2)))
    assert (reading.value, traced(rows)) == (9, {"users": 9})


def test_the_period_is_traced_where_days_are_missing(brand: Brand) -> None:
    brand.add("week.csv", day(9), "web", on_site(last=6, sessions=66), on_site(first=2, sessions=10))
    reading, rows = brand.behind(sessions)
    assert (reading.value, traced(rows)) == (66, {"sessions": 66})


def test_other_slices_are_not_behind_the_site(brand: Brand) -> None:
    brand.add("web.csv", day(9), "web", on_site(last=6, sessions=66), on_site("channel", last=6, sessions=60))
    assert traced(brand.behind(sessions)[1]) == {"sessions": 66}


def test_a_level_is_traced_to_the_day_that_states_it(brand: Brand) -> None:
    stated = [(-30, 900), (-5, 1000), (2, 1020), (8, 2000)]
    brand.add("days.csv", day(9), "account_days", *({"day": day(n), "followers": level} for n, level in stated))
    reading, rows = brand.behind(followers)
    assert (reading.value, list(rows["value"])) == (1020, [1020])
    reading, rows = brand.behind(growth_rate)
    assert reading.value == pytest.approx(0.02)
    assert sorted(rows["value"]) == [1000, 1020]


def test_a_rate_of_days_over_a_level_is_traced_to_both(brand: Brand) -> None:
    brand.add("days.csv", day(9), "account_days", {"day": day(-1), "followers": 1000}, *of_week(unfollows=2))
    reading, rows = brand.behind(unfollow_rate)
    assert reading.value == 0.014
    assert traced(rows) == {"unfollows": 14, "followers": 1000}


def test_an_estimate_is_traced_to_the_levels_it_is_the_difference_of(brand: Brand) -> None:
    brand.add("days.csv", day(9), "account_days", *({"day": day(n), "followers": 100 + n} for n in range(-4, 9)))
    reading, rows = brand.behind(net_follows)
    levels = rows.sort_values("first_day")["value"].tolist()
    assert (len(levels), levels[-1] - levels[0]) == (8, reading.value)


def test_levels_are_not_behind_a_net_that_is_stated(brand: Brand) -> None:
    brand.add("days.csv", day(9), "account_days", *of_week(net_follows=3, followers=100))
    assert traced(brand.behind(net_follows)[1]) == {"net_follows": 21}


def test_hidden_queries_are_traced_to_the_queries_and_the_days_of_the_site(brand: Brand) -> None:
    days = [on_site(first=n, clicks=100) for n in range(-2, 8)]
    queries = [on_site("query", last=6, query=name, clicks=clicks) for name, clicks in (("a", 500), ("b", 60))]
    brand.add("old.csv", day(8), "search", on_site("query", last=6, query="withdrawn", clicks=40))
    brand.add("new.csv", day(9), "search", *days, *queries)
    reading, rows = brand.behind(hidden_share)
    assert traced(rows) == {"all_clicks": 700, "query_clicks": 560}
    assert reading.value == pytest.approx(140 / 700)
    assert traced(brand.behind(search_clicks)[1]) == {"clicks": 700}


def test_who_came_back_is_traced_to_the_slice_that_tells_new_from_returning(brand: Brand) -> None:
    people = [("new", 20), ("returning", 20)]
    of_days = [on_site("new_returning", n, n, member=who, users=n + 1) for n in range(7) for who, _ in people]
    of_week = [on_site("new_returning", 0, 6, member=who, users=n) for who, n in people]
    brand.add("api", day(8), "web", *of_days, *of_week, on_site("site", 0, 6, users=35))
    reading, found = brand.behind(returning_visitors)
    assert (reading.value, traced(found)) == (20, {"returning_users": 20})
    assert found["subject"].to_list() == ["new_returning returning"]
    one, found = brand.behind(returning_visitors, Window(day(3), day(3)))
    assert one.value is None and found.empty, "no row of the site says that the day is known"


def test_who_came_back_is_not_added_over_rows_and_goes_by_the_site_first(brand: Brand) -> None:
    twice = [on_site("new_returning", 0, 6, member="returning", host=host, users=9) for host in ("a", "b")]
    brand.add("api", day(8), "web", *twice, on_site("site", 0, 6, users=35))
    assert brand.behind(returning_visitors)[0].value is None
    brand.add("later", day(9), "web", on_site("site", 0, 6, users=35, returning_users=14))
    reading, found = brand.behind(returning_visitors)
    assert (reading.value, traced(found)) == (14, {"returning_users": 14})


def test_a_scope_narrows_what_is_traced(brand: Brand) -> None:
    brand.add("x.csv", day(9), "account_days", *of_week(follows=1))
    brand.add(
        "youtube.csv", day(9), "account_days", *({"account": "youtube:lumen", **row} for row in of_week(follows=2))
    )
    assert traced(brand.behind(net_follows, scope=Scope(("youtube:lumen",)))[1]) == {}
    assert traced(brand.behind(follows, scope=Scope(("youtube:lumen",)))[1]) == {"follows": 14}
    assert traced(brand.behind(follows)[1]) == {"follows": 21}


def test_a_long_list_is_cut_at_its_limit(brand: Brand) -> None:
    brand.add("days.csv", day(9), "account_days", *of_week(follows=1, unfollows=1))
    with brand.store.read() as cursor:
        assert len(origins(cursor, net_follows, WEEK, EVERYTHING, limit=5)) == 5
