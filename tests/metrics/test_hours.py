"""The hours of the week."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.model import Window
from metrics.hours import hours
from metrics.reading import Scope

MONDAY = date(2026, 11, 9)
FORTNIGHT = Window(MONDAY - timedelta(days=7), MONDAY + timedelta(days=6))
SITE = "ga4:lumen"


def visits(n: int, hour: int, count: int, account: str = SITE) -> dict[str, Any]:
    day = MONDAY + timedelta(days=n)
    row = {"account": account, "slice": "hour", "first_day": day, "last_day": day, "hour": hour, "sessions": count}
    return row


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.integers(-9, 8), st.integers(0, 23)), st.integers(0, 9), max_size=40))
def test_a_mean_is_that_of_a_plain_computation(cursor: Any, know: Any, told: dict[tuple[int, int], int]) -> None:
    cursor.begin()
    know("web", *(visits(n, hour, count) for (n, hour), count in told.items()))
    found = hours(cursor, FORTNIGHT)
    cursor.rollback()
    inside = {(n, hour): count for (n, hour), count in told.items() if -7 <= n <= 6}
    days, added = defaultdict(set), Counter()
    for (n, hour), count in inside.items():
        days[n % 7 + 1].add(n)
        added[n % 7 + 1, hour] += count
    assert found.means == {(d, h): added[d, h] / len(days[d]) for d in days for h in range(24)}
    stated = [MONDAY + timedelta(days=n) for n, _ in inside]
    assert found.window == (Window(min(stated), max(stated)) if stated else None)


def test_an_hour_that_is_not_listed_is_a_zero_on_a_day_that_is_and_unknown_on_one_that_is_not(cursor, know) -> None:
    know("web", visits(0, 9, 10), visits(-7, 9, 20), visits(-7, 10, 4))
    found = hours(cursor, FORTNIGHT).means
    assert (found[1, 9], found[1, 10], found[1, 23]) == (15, 2, 0)
    assert {weekday for weekday, _ in found} == {1}


def test_a_scope_narrows_the_hours(cursor, know) -> None:
    know("web", visits(0, 9, 10), visits(0, 9, 1, account="ga4:shop"))
    assert hours(cursor, FORTNIGHT).means[1, 9] == 11
    assert hours(cursor, FORTNIGHT, Scope(("ga4:shop",))).means[1, 9] == 1
