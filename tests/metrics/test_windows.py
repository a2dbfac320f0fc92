"""Weeks, months and the windows they are compared with."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Window
from metrics import windows

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
STARTS = st.integers(1, 7)


def test_the_week_of_a_day_runs_from_monday_to_sunday() -> None:
    assert windows.week(date(2026, 11, 15)) == Window(date(2026, 11, 9), date(2026, 11, 15))
    assert windows.week(date(2026, 11, 16)) == Window(date(2026, 11, 16), date(2026, 11, 22))


@given(DAYS, STARTS)
def test_a_week_holds_its_day_and_starts_on_its_weekday(day: date, start: int) -> None:
    week = windows.week(day, start)
    assert week.first <= day <= week.last
    assert (week.first.isoweekday(), week.days) == (start, 7)


@given(DAYS)
def test_weeks_from_monday_are_those_of_iso(day: date) -> None:
    year, number, _ = day.isocalendar()
    assert windows.week(day).first == date.fromisocalendar(year, number, 1)


def test_week_53_is_followed_by_week_1_of_the_new_year() -> None:
    last = windows.week(date(2026, 12, 31))
    assert last.first.isocalendar()[:2] == (2026, 53)
    first = windows.week(last.last + timedelta(days=1))
    assert first.first.isocalendar()[:2] == (2027, 1)
    assert windows.before(first) == last


def test_a_week_that_spans_the_new_year_is_one_week() -> None:
    assert windows.week(date(2027, 1, 1)) == windows.week(date(2026, 12, 28))


@pytest.mark.parametrize(
    ("known_until", "first"),
    [(date(2026, 11, 14), date(2026, 11, 2)), (date(2026, 11, 15), date(2026, 11, 9))],
)
def test_a_week_is_complete_on_its_last_day(known_until: date, first: date) -> None:
    assert windows.last_complete_week(known_until).first == first


@given(DAYS, STARTS)
def test_the_last_complete_week_has_ended_and_the_next_has_not(day: date, start: int) -> None:
    week = windows.last_complete_week(day, start)
    assert week.last <= day < week.last + timedelta(days=7)


def test_months_have_their_own_lengths() -> None:
    assert windows.month(date(2028, 2, 3)) == Window(date(2028, 2, 1), date(2028, 2, 29))
    assert windows.month(date(2026, 12, 31)) == Window(date(2026, 12, 1), date(2026, 12, 31))


def test_a_month_is_compared_with_the_month_before_and_the_same_a_year_earlier() -> None:
    march = windows.month(date(2028, 3, 15))
    assert windows.before(march) == windows.month(date(2028, 2, 1))
    assert windows.year_before(windows.month(date(2028, 2, 1))) == windows.month(date(2027, 2, 1))
    assert windows.before(windows.month(date(2027, 1, 1))) == windows.month(date(2026, 12, 1))


def test_any_other_window_is_compared_with_as_many_days() -> None:
    window = Window(date(2026, 3, 1), date(2026, 3, 10))
    assert windows.before(window) == Window(date(2026, 2, 19), date(2026, 2, 28))


@given(DAYS, STARTS)
def test_a_year_of_weeks_earlier_the_weekdays_are_the_same(day: date, start: int) -> None:
    week = windows.week(day, start)
    earlier = windows.year_before(week)
    assert week.first - earlier.first == timedelta(days=364)
    assert (earlier.first.isoweekday(), earlier.days) == (start, 7)


@pytest.mark.parametrize("changes", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_day_on_which_clocks_change_is_a_day_like_another(changes: date) -> None:
    week = windows.week(changes)
    assert (week.days, len(windows.days(week))) == (7, 7)
    assert windows.before(week).last == week.first - timedelta(days=1)


def test_a_run_ends_with_its_window_and_leaves_no_gap() -> None:
    week = windows.week(date(2027, 1, 6))
    found = windows.run(week, 5)
    assert (len(found), found[-1]) == (5, week)
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(found))


def test_the_days_of_a_window_are_windows_of_one_day() -> None:
    assert windows.days(Window(date(2026, 2, 28), date(2026, 3, 1))) == [
        Window(date(2026, 2, 28), date(2026, 2, 28)),
        Window(date(2026, 3, 1), date(2026, 3, 1)),
    ]


def test_a_window_can_be_told_without_its_last_days() -> None:
    week = windows.week(date(2026, 11, 9))
    assert windows.without_last(week, 0) == week
    assert windows.without_last(week, 2) == Window(date(2026, 11, 9), date(2026, 11, 13))


@given(DAYS, st.integers(0, 200), st.sampled_from(["day", "week", "month"]), STARTS)
def test_buckets_are_all_the_whole_ones_of_a_window(first: date, length: int, grain: str, start: int) -> None:
    window = Window(first, first + timedelta(days=length))
    step = {"day": lambda d: Window(d, d), "week": lambda d: windows.week(d, start), "month": windows.month}[grain]
    whole = dict.fromkeys(step(day.first) for day in windows.days(window))
    inside = [w for w in whole if window.first <= w.first and w.last <= window.last]
    assert windows.buckets(window, grain, start) == inside
