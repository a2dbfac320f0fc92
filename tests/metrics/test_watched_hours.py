"""The hours of a site that stand out, and how a day came hour by hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from data.model import Window
from metrics.reading import Scope
from metrics.watched_hours import Hour, Hourly, bulk, watched_hours

SITE = "ga4:1"
MONDAY, DAYS = date(2026, 3, 2), 70
LAST = MONDAY + timedelta(DAYS - 1)
DAY = MONDAY + timedelta(59)  # a Thursday
SHAPE = [2, 1, 0, 0, 0, 1, 4, 12, 22, 30, 34, 36, 34, 32, 30, 30, 32, 34, 36, 38, 36, 28, 16, 8]
WHOLE = Window(MONDAY + timedelta(28), LAST)
Visits = Mapping[tuple[date, int], int]


def measured(know: Any, extra: Visits | None = None, until: int = 7, without: tuple[date, ...] = ()) -> None:
    """Ten weeks by hour, an hour without a visit not listed, as Google does."""
    more, rows = extra or {}, []
    for n in range(DAYS):
        day = MONDAY + timedelta(n)
        counts = np.random.default_rng(day.toordinal()).poisson(SHAPE)
        for hour, usual in enumerate(counts):
            if (visits := int(usual) + more.get((day, hour), 0)) > 0 and day not in without:
                rows.append({"account": SITE, "slice": "hour", "first_day": day, "last_day": day, "hour": hour,
                             "sessions": visits})  # fmt: skip
    know("web", *rows, until=LAST + timedelta(until))


def seen(cursor: Any, window: Window = WHOLE) -> Hourly:
    (one,) = watched_hours(cursor, window)
    return one


def test_an_hour_that_stands_out_is_told_with_what_was_expected(cursor: Any, know: Any) -> None:
    measured(know, {(DAY, 15): 120, (DAY, 16): 40, (DAY + timedelta(4), 19): -36})
    one = seen(cursor)
    fall, burst = one.standing_out(WHOLE)
    assert burst.at == datetime(2026, 4, 30, 15), "of hours close together, the one that does most"
    assert burst.expected and 20 < burst.expected < 40 and burst.size > 100 and burst.beyond
    assert fall.at == datetime(2026, 5, 4, 19) and fall.size < 0
    assert one.standing_out(WHOLE, {DAY}) == (fall,), "a day that is told as a whole is not told again by its hours"
    assert one.standing_out(Window(LAST, LAST)) == ()
    assert one.judged(WHOLE) == WHOLE


def test_a_quiet_site_has_no_hour_that_stands_out(cursor: Any, know: Any) -> None:
    measured(know)
    assert seen(cursor).standing_out(WHOLE) == ()


def test_what_comes_at_the_same_hour_every_week_is_told_once(cursor: Any, know: Any) -> None:
    thursdays = [DAY - timedelta(7 * n) for n in range(5)]
    measured(know, {(day, 11): 110 for day in thursdays})
    assert [hour.at.date() for hour in seen(cursor).standing_out(WHOLE)] == [thursdays[-1]]


def test_provisional_hours_are_known_and_not_judged(cursor: Any, know: Any) -> None:
    measured(know, {(LAST, 15): 120}, until=1)
    hour = seen(cursor).of(LAST)[15]
    assert hour.provisional and hour.value and hour.value > 120 and not hour.beyond
    assert seen(cursor).standing_out(WHOLE) == () and not seen(cursor).of(DAY)[15].provisional


def test_the_hours_of_a_day_are_held_against_what_was_expected_at_midnight(cursor: Any, know: Any) -> None:
    measured(know)
    usual = seen(cursor).of(DAY)
    cursor.execute("update web set sessions = sessions * 3 where first_day = ?", [DAY])
    busy = seen(cursor).of(DAY)
    assert len(busy) == 24 and [hour.expected for hour in busy] == [hour.expected for hour in usual]
    assert sum(hour.expected or 0 for hour in usual) == pytest.approx(sum(SHAPE), rel=0.15)
    assert sum(hour.size for hour in busy) > 800


def test_an_hour_that_is_not_listed_is_a_zero_and_a_day_that_is_not_stated_is_not(cursor: Any, know: Any) -> None:
    measured(know, without=(DAY,))
    one = seen(cursor)
    assert one.of(DAY) == ()
    assert one.standing_out(WHOLE) == ()
    assert one.of(DAY + timedelta(1))[3].value == 0.0


def test_without_hours_of_the_period_there_is_nothing(cursor: Any, know: Any) -> None:
    know("web", {"account": SITE, "slice": "site", "first_day": DAY, "last_day": DAY, "sessions": 500})
    assert watched_hours(cursor, WHOLE) == ()
    measured(know)
    assert watched_hours(cursor, Window(LAST + timedelta(1), LAST + timedelta(7))) == ()
    assert watched_hours(cursor, WHOLE, Scope(("ga4:2",))) == ()


def test_the_first_week_is_expected_of_nothing(cursor: Any, know: Any) -> None:
    measured(know)
    assert seen(cursor, Window(MONDAY, LAST)).of(MONDAY + timedelta(3)) == ()
    assert seen(cursor).judged(Window(MONDAY, MONDAY + timedelta(3))) is None


def test_half_of_a_difference_lies_in_the_shortest_span_that_holds_it() -> None:
    def day(*sizes: float) -> list[Hour]:
        return [Hour(datetime(2026, 4, 30, n), 50.0 + size, 50.0) for n, size in enumerate(sizes)]

    assert bulk(day(0, 5, 60, 10, 5)) == (2, 2)
    assert bulk(day(0, 20, 20, 0, 20, 5)) == (1, 2), "40 of 65"
    assert bulk(day(0, -30, -30, 2)) == (1, 1)
    assert bulk(day(0, 0)) is None and bulk([]) is None
