"""The forecast of a period: worked examples, a second computation in plain Python, and laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import plain_pace
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Window
from metrics.pace import Daily, Forecast, NoForecast, flow_forecast, level_forecast, shape, usual
from metrics.windows import month

MONDAY = date(2025, 9, 1)
ONE = timedelta(days=1)


def daily(values: Sequence[float], first: date = MONDAY) -> Daily:
    return Daily(first, np.array(values, dtype=float))


def told(past: Daily, window: Window) -> Forecast:
    found = flow_forecast(past, window)
    assert isinstance(found, Forecast)
    return found


def lively(days: int, seed: int, mean: float = 200, first: date = MONDAY) -> Daily:
    """Days with weekdays, a year and surprises."""
    chance = np.random.default_rng(seed)
    n = np.arange(days)
    weekday = np.array([1.2, 1.1, 1, 1, 0.9, 0.5, 0.6])[(first.weekday() + n) % 7]
    level = np.exp(0.4 * np.sin(2 * np.pi * n / 364) + np.cumsum(chance.normal(0, 0.02, days)))
    return Daily(first, chance.poisson(mean * weekday * level).astype(float))


def around(past: Daily, done: int, days: int) -> Window:
    """A window of so many days, of which the past knows the first ones."""
    first = past.last - (done - 1) * ONE
    return Window(first, first + (days - 1) * ONE)


def test_a_steady_day_goes_on() -> None:
    past = daily([100.0] * 100)
    found = told(past, around(past, 10, 30))
    assert found.middle == pytest.approx(3000)
    assert found.interval == pytest.approx((3000, 3000))
    assert (found.ahead, found.year, found.provisional) == (20, 0.0, False)
    assert found.chance(2999, None) == 1 and found.chance(3001, None) == 0


def test_what_is_left_of_a_week_counts_by_its_weekdays() -> None:
    past = daily([140, 140, 140, 140, 140, 0, 0] * 14 + [140] * 5)  # until a Friday
    window = Window(past.last - 4 * ONE, past.last + 2 * ONE)
    assert told(past, window).middle == pytest.approx(700)
    assert shape(past, window).tolist() == pytest.approx([0.2] * 5 + [0, 0])


def test_the_level_is_that_of_the_last_seven_days() -> None:
    past = daily([100.0] * 93 + [200.0] * 7)
    found = told(past, around(past, 7, 14))
    # 1,400 known; the level says 1,400 more. Nothing like it happened before but for the days that it began on.
    assert found.outcomes[len(found.outcomes) // 2] == pytest.approx(2800, rel=0.01)


def test_a_day_that_is_missing_is_no_zero() -> None:
    values = [100.0] * 100
    values[95] = np.nan
    past = daily(values)
    found = told(past, around(past, 10, 30))
    assert found.ahead == 21
    assert found.middle == pytest.approx(3000)


def test_a_window_that_is_over_is_what_it_was() -> None:
    past = daily([3.0] * 100)
    found = told(past, Window(past.last - 6 * ONE, past.last))
    assert found.outcomes.tolist() == [21.0]


def test_a_window_that_is_still_to_come_is_forecast_from_afar() -> None:
    past = lively(500, 1)
    near, far = (Window(past.last + n * ONE, past.last + (n + 6) * ONE) for n in (1, 29))
    (low, high), (lower, higher) = told(past, near).interval, told(past, far).interval
    assert told(past, far).ahead == 7
    assert higher - lower > high - low


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([4.0, 9.0] * 60, NoForecast.FEW),
        ([50.0] * 40, NoForecast.SHORT),
        ([50.0, -3.0] * 60, NoForecast.SIGNED),
        ([np.nan] * 60, NoForecast.SHORT),
        ([], NoForecast.SHORT),
        ([50.0] * 100 + [np.nan] * 6, NoForecast.SHORT),
    ],
)
def test_what_cannot_be_forecast_is_not(values: list[float], why: NoForecast) -> None:
    past = daily(values)
    assert flow_forecast(past, around(past, 7, 31)) is why


def test_below_ninety_days_it_is_provisional_and_wider() -> None:
    long = lively(90, 3)
    short = Daily(long.first + ONE, long.values[1:])
    window = around(long, 20, 30)
    assert not told(long, window).provisional and told(short, window).provisional
    widths = [high - low for low, high in (told(long, window).interval, told(short, window).interval)]
    assert widths[1] > 1.1 * widths[0]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("days", "done", "of"), [(70, 12, 31), (150, 3, 7), (400, 20, 92), (800, 10, 30), (900, 0, 31)]
)
def test_a_second_computation_in_plain_python_agrees(seed: int, days: int, done: int, of: int) -> None:
    past = lively(days, seed)
    if seed % 2:
        past.values[np.random.default_rng(seed).integers(0, days - 8, days // 20)] = np.nan
    window = around(past, done, of)
    known = {past.first + n * ONE: value for n, value in enumerate(past.values.tolist()) if value == value}
    expected = plain_pace.outcomes(known, past.first, past.last, window.first, window.last)
    assert told(past, window).outcomes.tolist() == pytest.approx(expected, rel=1e-9)


def test_last_year_is_heard_where_it_helps() -> None:
    n = np.arange(800)
    august = np.where((n % 364 >= 300) & (n % 364 < 328), 0.2, 1.0)  # four weeks of closing, every year
    chance = np.random.default_rng(5)
    past = Daily(MONDAY, 300 * august * np.exp(chance.normal(0, 0.05, 800)))
    closing = Window(MONDAY + 1028 * ONE, MONDAY + 1055 * ONE)
    before = Daily(MONDAY, np.concatenate((past.values, 300 * np.exp(chance.normal(0, 0.05, 1028 - 800)))))
    found = told(before, closing)
    assert found.year == 1.0
    assert found.middle == pytest.approx(28 * 60, rel=0.15)
    around_it = Window(closing.first - 14 * ONE, closing.last)
    assert shape(before, around_it)[:14].sum() > 0.6  # a third of the days, most of the visits


@given(st.integers(0, 10_000), st.floats(2, 50))
def test_a_figure_in_another_unit_has_the_same_forecast(seed: int, times: float) -> None:
    past = lively(500, seed, mean=2000)
    window = around(past, 10, 30)
    found, scaled = told(past, window), told(Daily(past.first, past.values * times), window)
    assert scaled.middle == pytest.approx(found.middle * times, rel=2e-3)
    assert scaled.interval == pytest.approx([times * edge for edge in found.interval], rel=5e-3)


@given(st.integers(0, 10_000), st.floats(0.5, 1.5))
def test_at_most_is_what_at_least_leaves(seed: int, times: float) -> None:
    past = lively(200, seed)
    found = told(past, around(past, 10, 30))
    target = found.middle * times
    over = float(np.mean(found.outcomes == target))
    assert found.chance(target, None) + found.chance(None, target) == pytest.approx(1 + over)
    assert found.chance(target, 2 * target) + found.chance(2 * target, None) == pytest.approx(
        found.chance(target, None)
    )


@given(st.integers(0, 10_000))
def test_what_is_reached_stays_reached(seed: int) -> None:
    past = lively(300, seed)
    window = around(past, 12, 30)
    done = float(np.nansum(past.within(window)))
    assert told(past, window).chance(done, None) == 1
    assert told(past, window).chance(None, done - 1) == 0


@given(st.integers(0, 10_000), st.floats(0, 3000))
def test_a_lower_target_is_never_less_likely(seed: int, less: float) -> None:
    past = lively(300, seed)
    found = told(past, around(past, 5, 30))
    assert found.chance(found.middle - less, None) >= found.chance(found.middle, None)


@given(st.integers(0, 10_000), st.integers(0, 90))
def test_what_was_long_before_is_not_asked(seed: int, cut: int) -> None:
    """Beyond the past days that are asked, and the year before them, nothing changes the forecast."""
    past = lively(1200, seed)
    window = around(past, 10, 30)
    kept = Daily(past.first + cut * ONE, past.values[cut:])
    assert told(past, window).outcomes.tolist() == pytest.approx(told(kept, window).outcomes.tolist())


@given(st.integers(0, 10_000), st.integers(1, 360))
def test_the_shares_of_a_window_make_one(seed: int, days: int) -> None:
    past = lively(600, seed)
    shares = shape(
        past, Window(past.last - 20 * ONE, past.last + (days - 21) * ONE) if days > 20 else around(past, 1, days)
    )
    assert shares.sum() == pytest.approx(1) and (shares >= 0).all() and len(shares) == days


def test_the_shares_are_those_known_before_the_window() -> None:
    past = lively(400, 2)
    window = around(past, 15, 30)
    other = Daily(past.first, np.concatenate((past.values[:-15], past.values[-15:] * 9)))
    assert shape(past, window).tolist() == shape(other, window).tolist()


def test_without_a_past_each_day_has_an_equal_share() -> None:
    past = daily([5.0] * 20)
    assert shape(past, month(past.last)).tolist() == pytest.approx([1 / 30] * 30)


def test_the_usual_range_is_that_of_spans_as_long() -> None:
    past = daily([100.0, 300.0] * 100)
    assert usual(past, 1) == pytest.approx((100, 300))
    assert usual(past, 2) == pytest.approx((200, 200))
    assert usual(past, 200) is None
    assert usual(past, 500) is None


def test_a_level_goes_on_as_it_went() -> None:
    past = daily([1000 + 3 * n for n in range(200)])
    found = level_forecast(past, past.last + 30 * ONE)
    assert isinstance(found, Forecast)
    assert found.middle == pytest.approx(1000 + 3 * 229)
    assert found.interval == pytest.approx((found.middle, found.middle))


def test_a_level_that_is_seldom_stated_is_not_forecast() -> None:
    values = [np.nan] * 200
    values[0], values[100], values[199] = 1000, 1100, 1200
    assert level_forecast(daily(values), MONDAY + 230 * ONE) is NoForecast.SHORT
    assert level_forecast(daily([*values, np.nan]), MONDAY + 230 * ONE) is NoForecast.SHORT
    assert level_forecast(daily([]), MONDAY) is NoForecast.SHORT


def test_a_level_at_its_own_day_is_itself() -> None:
    past = daily([10.0, 20.0])
    found = level_forecast(past, past.last)
    assert isinstance(found, Forecast) and found.outcomes.tolist() == [20.0]
