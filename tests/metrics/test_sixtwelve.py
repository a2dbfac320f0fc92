"""A week put into its year: weeks, months, and totals, against a second computation in plain Python."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.model import Window
from metrics.audience import followers, follows, unfollow_rate
from metrics.engagement import interactions
from metrics.sixtwelve import Since, a_year_before, begun, six_twelve
from metrics.windows import week

WEEK = week(date(2026, 11, 9))
FIRST = date(2024, 10, 1)
X = "x:lumen"


def gained(day: date) -> int:
    """Follows that differ from day to day."""
    return 5 + (day - FIRST).days % 11


def known(first: date = FIRST, last: date = WEEK.last) -> list[dict[str, object]]:
    return [
        {"account": X, "day": first + timedelta(n), "follows": gained(first + timedelta(n))}
        for n in range((last - first).days + 1)
    ]


def total(first: date, last: date) -> int:
    return sum(gained(first + timedelta(n)) for n in range((last - first).days + 1))


def test_weeks_months_and_totals_are_what_a_plain_sum_says(cursor, know) -> None:
    know("account_days", *known())
    (found,) = six_twelve(cursor, [follows], WEEK)
    assert [pair.now.window for pair in found.weeks] == [
        Window(WEEK.first - timedelta(7 * n), WEEK.last - timedelta(7 * n)) for n in reversed(range(6))
    ]
    for pair in found.weeks:
        first, last = pair.now.window.first, pair.now.window.last
        assert pair.now.value == total(first, last)
        assert pair.then.value == total(first - timedelta(364), last - timedelta(364))
    assert [pair.now.window.first for pair in found.months] == [
        *(date(2025, month, 1) for month in (11, 12)), *(date(2026, month, 1) for month in range(1, 11)),
    ]  # fmt: skip
    for pair in found.months:
        window = pair.now.window
        assert pair.now.value == total(window.first, window.last)
        assert pair.then.window.first == window.first.replace(year=window.first.year - 1)
        assert pair.then.value == total(pair.then.window.first, pair.then.window.last)
    begins = {Since.WEEK: WEEK.first, Since.MONTH: date(2026, 11, 1), Since.QUARTER: date(2026, 10, 1),
              Since.YEAR: date(2026, 1, 1)}  # fmt: skip
    for one in found.totals:
        first = begins[one.since]
        assert one.reading.value == total(first, WEEK.last)
        then = (
            total(WEEK.first - timedelta(364), WEEK.last - timedelta(364)) if one.since is Since.WEEK
            else total(first.replace(year=2025), WEEK.last.replace(year=2025))
        )  # fmt: skip
        assert one.year and one.year.base == then
    assert found.totals[0].before and found.totals[0].before.base == total(
        WEEK.first - timedelta(7), WEEK.last - timedelta(7)
    )
    assert all(one.before is None for one in found.totals[1:])


def test_a_month_with_a_day_missing_is_not_known(cursor, know) -> None:
    know("account_days", *(row for row in known() if row["day"] != date(2026, 9, 3)))
    (found,) = six_twelve(cursor, [follows], WEEK)
    values = {pair.now.window.first: pair.now.value for pair in found.months}
    assert values[date(2026, 9, 1)] is None and values[date(2026, 8, 1)] == total(date(2026, 8, 1), date(2026, 8, 31))


def test_the_month_that_ends_with_the_week_is_a_whole_one(cursor, know) -> None:
    know("account_days", *known(last=date(2026, 5, 31)))
    (found,) = six_twelve(cursor, [follows], week(date(2026, 5, 31)))
    assert found.months[-1].now.window.first == date(2026, 5, 1)


def test_provisional_days_are_left_out_of_both_sides(cursor, know) -> None:
    know("account_days", *known(), until=WEEK.last)
    (found,) = six_twelve(cursor, [follows], WEEK)
    for one in found.totals:
        assert one.year and one.year.window.last == WEEK.last - timedelta(1)
        assert one.year.against.days == one.year.window.days
    assert found.totals[1].year and found.totals[1].year.base == total(date(2025, 11, 1), date(2025, 11, 14))


def test_levels_people_and_counts_that_grow_follow_their_own_rules(cursor, know) -> None:
    rows = [{**row, "followers": 1000 + n} for n, row in enumerate(known())]
    know("account_days", *rows)
    know("posts", {"account": X, "post_id": "1", "day": WEEK.first, "reactions": 3}, until=WEEK.last)
    level, rate, count = six_twelve(cursor, [followers, unfollow_rate, interactions], WEEK)
    last = 1000 + len(rows) - 1
    assert [one.reading.value for one in level.totals] == [last] * 4
    assert all(one.reading.value is None for one in rate.totals)
    assert count.totals[0].reading.value == 3 and count.totals[0].before is None


def test_without_any_figure_nothing_is_known(cursor) -> None:
    (found,) = six_twelve(cursor, [follows], WEEK)
    assert len(found.weeks) == 6 and len(found.months) == 12
    assert not [pair for pair in (*found.weeks, *found.months) if pair.now.value is not None]


@pytest.mark.parametrize(
    ("since", "first", "then"),
    [
        (Since.WEEK, date(2026, 12, 28), Window(date(2025, 12, 29), date(2026, 1, 4))),
        (Since.MONTH, date(2027, 1, 1), Window(date(2026, 1, 1), date(2026, 1, 3))),
        (Since.YEAR, date(2027, 1, 1), Window(date(2026, 1, 1), date(2026, 1, 3))),
    ],
)
def test_week_53_ends_in_the_year_after(since: Since, first: date, then: Window) -> None:
    last = Window(date(2026, 12, 28), date(2027, 1, 3))
    span = begun(since, last)
    assert span.first == first
    assert a_year_before(since, span) == then


def test_the_29th_of_february_is_compared_with_the_28th() -> None:
    assert a_year_before(Since.MONTH, Window(date(2028, 2, 1), date(2028, 2, 29))) == Window(
        date(2027, 2, 1), date(2027, 2, 28)
    )
