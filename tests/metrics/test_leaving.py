"""Weeks of follows and unfollows within their limits: for each follower, or counted where nobody says how many."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import exp, log
from statistics import median
from typing import Any

import pytest

from data.model import Window
from metrics.audience import unfollow_rate, unfollows
from metrics.engine import read
from metrics.leaving import Weekly, weekly
from metrics.signals import Rule
from metrics.sums import LEVEL_LOOK_BACK
from metrics.windows import run, week

MONDAY = date(2026, 11, 9)
WEEKS = run(week(MONDAY), 24)
# Leaving in each of 24 weeks, of 1,000 followers before the first; one week is not like the others.
GONE = [20, 24, 21, 26, 22, 19, 25, 23, 20, 24, 22, 27, 21, 25, 20, 23, 26, 22, 24, 21, 70, 22, 20, 25]
KEEP = "x:a".__eq__


def told(cursor: Any, know: Any, gone: list[int], followers: int | None = 1000) -> Weekly | None:
    rows: list[dict[str, Any]] = []
    if followers is not None:
        rows.append({"account": "x:a", "day": WEEKS[0].first - timedelta(1), "followers": followers})
    for one, count in zip(WEEKS, gone, strict=True):
        for n in range(7):
            share = count // 7 + (n < count % 7)
            rows.append({"account": "x:a", "day": one.first + timedelta(n), "unfollows": share})
    names = {name: None for row in rows for name in row}
    know("account_days", *(names | row for row in rows), until=WEEKS[-1].last + timedelta(30))
    return weekly(read(cursor, (unfollows, unfollow_rate), WEEKS), unfollow_rate, unfollows, WEEKS, KEEP)


def limits(values: list[float]) -> tuple[float, float, float]:
    """Expected and both limits of the last value, in plain Python: shares of what was expected, median limits."""
    add = 0.01 * median(values[:4])
    x = [log(value + add) for value in values]
    expected, past = median(x[:4]), []
    for n, value in enumerate(x):
        centre = median(past) if n >= 4 else 0.0
        moves = [abs(b - a) for a, b in pairwise(past)]
        reach = max(3.145 * median(moves), 4.448 * median(abs(d - centre) for d in past)) if n >= 4 else None
        if n == len(x) - 1:
            assert reach is not None
            return tuple(exp(expected + centre + side * reach) - add for side in (0, -1, 1))  # type: ignore[return-value]
        deviation = value - expected
        past.append(deviation)
        kept = deviation if reach is None else min(max(deviation, centre - reach), centre + reach)
        expected += 0.5 * kept
    raise AssertionError


def test_the_rate_and_its_limits_are_those_of_plain_arithmetic(cursor: Any, know: Any) -> None:
    found = told(cursor, know, GONE)
    assert found and found.metric.key == "unfollow_rate"
    point = found.points[20]
    assert point.value == pytest.approx(70 / 1000)
    expected, low, high = limits([gone / 1000 for gone in GONE[:21]])
    assert (point.expected, point.low, point.high) == (
        pytest.approx(expected), pytest.approx(low), pytest.approx(high),
    )  # fmt: skip
    assert found.signals == (20,) and point.rule is Rule.LIMIT and point.up


def test_without_a_number_of_followers_people_are_counted(cursor: Any, know: Any) -> None:
    found = told(cursor, know, GONE, followers=None)
    assert found and found.metric.key == "unfollows"
    assert [point.value for point in found.points] == GONE and found.signals == (20,)


def test_where_nobody_says_who_left_there_is_nothing(cursor: Any, know: Any) -> None:
    know("account_days", {"account": "x:a", "day": MONDAY, "follows": 3})
    found = read(cursor, (unfollows, unfollow_rate), WEEKS)
    assert weekly(found, unfollow_rate, unfollows, WEEKS, KEEP) is None


@pytest.mark.parametrize("followers", [1000, None])
def test_a_handful_of_people_is_no_signal(cursor: Any, know: Any, followers: int | None) -> None:
    small = [max(1, gone // 10) for gone in GONE]
    found = told(cursor, know, small, followers)
    assert found and found.points[20].rule is Rule.LIMIT and found.signals == ()


def test_a_week_with_a_missing_day_has_no_value(cursor: Any, know: Any) -> None:
    found = told(cursor, know, GONE)
    cursor.execute("delete from account_days where day = ?", [WEEKS[5].first + timedelta(2)])
    again = weekly(read(cursor, (unfollows, unfollow_rate), WEEKS), unfollow_rate, unfollows, WEEKS, KEEP)
    assert found and again and found.points[5].value is not None and again.points[5].value is None


def test_the_last_weeks_keep_what_went_before_in_their_limits(cursor: Any, know: Any) -> None:
    found = told(cursor, know, GONE)
    assert found
    shown = found.last(4)
    assert shown.points == found.points[-4:] and shown.signals == (0,)
    assert shown.weeks[0] == Window(WEEKS[20].first, WEEKS[20].last)


def test_a_rate_that_is_no_longer_known_gives_way_to_the_count(cursor: Any, know: Any) -> None:
    know("account_days", {"account": "x:a", "day": WEEKS[20].first - LEVEL_LOOK_BACK, "followers": 1000})
    found = told(cursor, know, GONE, followers=None)
    assert found and found.metric.key == "unfollows"
