"""The smoothing behind peaks, against a second computation of it, and the laws that it keeps."""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.robust.scale import mad
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from metrics.peaks import DAYS, HISTORY, PEAK, looking_back, online
from metrics.smoothing import SHARES, Memory, Start, begin, follow, running_median

MONDAY = date(2026, 1, 5)
SHAPE = [1.2, 1.2, 1.1, 1.1, 1.0, 0.6, 0.5]


def traffic(days: int, level: float = 1000, noise: float = 0.1, seed: int = 1) -> np.ndarray:
    chance = np.random.default_rng(seed)
    shape = np.array([SHAPE[n % 7] for n in range(days)])
    return np.round(level * shape * np.exp(noise * chance.standard_normal(days)))


def by_hand(values: list[float]) -> list[float]:
    """The strength of each day after the history: the recursion, worked out a number at a time."""
    x = [math.log(y + 1) for y in values]
    head, w = x[:HISTORY], [0.0] * 7
    for _ in range(3):
        rest = [one - w[n % 7] for n, one in enumerate(head)]
        smooth = [median(rest[max(n - 7, 0) : n + 8]) for n in range(HISTORY)]
        w = [median(head[n] - smooth[n] for n in range(d, HISTORY, 7)) for d in range(7)]
        w = [one - sum(w) / 7 for one in w]
    rest = [one - w[n % 7] for n, one in enumerate(head)]
    level, sigma2 = median(rest[:14]), (1.4826 * median(abs(r - s) for r, s in zip(rest, smooth, strict=True))) ** 2
    slow = sigma2
    found, streak = [], 0
    for n, one in enumerate(x):
        p = level + w[n % 7]
        s = max(math.sqrt(max(sigma2, 0.85 * slow)), 0.02, 1 / math.sqrt(math.exp(p) - 1))
        e = one - p
        found.append(e / s)
        side = (e > 2.5 * s) - (e < -2.5 * s)
        streak = streak + side if side and streak * side >= 0 else side
        u = min(max(e, -2.5 * s), 2.5 * s)
        level += 0.6 * e if abs(streak) >= 3 else 0.35 * u
        w[n % 7] += 0.075 * u
        sigma2 = 0.94 * sigma2 + 0.06 * 1.08 * u * u
        slow = 0.985 * slow + 0.015 * 1.08 * u * u
    return found[HISTORY:]


def test_the_strength_is_that_of_the_recursion_worked_out_a_number_at_a_time() -> None:
    values = traffic(150)
    values[[60, 90]] *= 4
    values[100:] *= 3  # a new level
    found = online(MONDAY, values[None]).strength[0, HISTORY:]
    assert found == pytest.approx(by_hand(values.tolist()), abs=1e-9)


def test_without_clipping_it_is_holt_and_winters() -> None:
    x = np.log1p(traffic(140))
    slots = np.arange(140) % 7
    start = Start(np.zeros(1, int), np.array([6.9]), np.array([[0.1, 0.2, 0.1, 0.0, 0.0, -0.2, -0.2]]), np.array([0.1]))
    endless = Memory(level=0.25, profile=0.075, spread=0.06, slow=0.015, unbias=1.0, clip=1e9)
    mine = follow(x[None], slots, start, endless, SHARES, np.zeros(140)).expected[0]
    theirs = ExponentialSmoothing(
        x, seasonal="add", seasonal_periods=7, initialization_method="known", initial_level=6.9,
        initial_seasonal=start.profile[0],
    ).fit(smoothing_level=0.25, smoothing_seasonal=0.075, optimized=False)  # fmt: skip
    assert mine == pytest.approx(np.asarray(theirs.fittedvalues), abs=1e-9)


def test_the_first_spread_is_the_median_absolute_deviation() -> None:
    chance = np.random.default_rng(4)
    x = chance.standard_normal((1, HISTORY))
    start = begin(x, np.zeros(HISTORY, int), 1, HISTORY, 15)
    rest = x[0] - running_median(x, 15)[0]
    assert start.spread[0] == pytest.approx(mad(rest, center=0), rel=1e-4)


@pytest.mark.parametrize("way", [online, looking_back])
def test_a_peak_an_outage_and_nothing_else_stand_out(way) -> None:
    values = traffic(200)
    values[120] *= 2
    values[150] *= 0.1
    strength = way(MONDAY, values[None]).strength[0]
    assert strength[120] > PEAK and strength[150] < -PEAK
    others = np.delete(strength, [120, 150])
    assert np.nanmax(np.abs(others)) < PEAK + 0.5


@pytest.mark.parametrize("way", [online, looking_back])
def test_the_band_is_where_a_value_becomes_a_peak(way) -> None:
    values = traffic(120)
    found = way(MONDAY, values[None])
    for edge in (found.high[0, 100], found.low[0, 100]):
        at = values.copy()
        at[100] = edge
        strength = abs(online(MONDAY, at[None]).strength[0, 100]) if way is online else None
        assert strength is None or strength == pytest.approx(PEAK, rel=1e-9)
    assert (found.low[0] < found.expected[0])[HISTORY:].all() and (found.expected[0] < found.high[0])[HISTORY:].all()


@pytest.mark.parametrize("way", [online, looking_back])
def test_a_constant_series_never_stands_out(way) -> None:
    for height in (0, 1, 50, 10_000):
        found = way(MONDAY, np.full((1, 90), float(height)))
        assert np.nanmax(np.abs(found.strength)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("way", [online, looking_back])
def test_too_short_a_past_says_nothing(way) -> None:
    found = way(MONDAY, traffic(HISTORY - 1)[None])
    assert np.isnan(found.expected).all() and np.isnan(found.strength).all()
    assert np.isnan(way(MONDAY, np.full((2, 60), np.nan)).strength).all()


def test_old_spikes_and_an_outage_do_not_hide_a_new_peak() -> None:
    clean = traffic(140)
    dirty = clean.copy()
    dirty[[40, 80]] *= 10
    dirty[95:98] = 0
    clean[120] *= 1.6
    dirty[120] *= 1.6
    strengths = [online(MONDAY, one[None]).strength[0, 120] for one in (clean, dirty)]
    assert strengths[0] > PEAK and strengths[1] > PEAK


def test_the_end_of_an_outage_is_no_peak() -> None:
    values = traffic(160)
    values[100:105] *= 0.02
    strength = online(MONDAY, values[None]).strength[0]
    assert (strength[100:103] < -PEAK).all()
    assert np.abs(strength[105:]).max() < PEAK


def test_unknown_days_move_nothing_and_make_the_next_less_certain() -> None:
    values = traffic(120)
    whole = online(MONDAY, values[None])
    values[80:85] = np.nan
    gap = online(MONDAY, values[None])
    assert gap.expected[0, 80] == whole.expected[0, 80]
    assert not np.isnan(gap.expected[0, 80:85]).any() and np.isnan(gap.strength[0, 80:85]).all()
    ratio = (gap.high[0, 85] + 1) / (gap.expected[0, 85] + 1)
    assert math.log(ratio) == pytest.approx(
        math.log((gap.high[0, 80] + 1) / (gap.expected[0, 80] + 1)) * math.sqrt(1 + 5 * DAYS.level**2), rel=1e-9
    )


def test_a_holiday_is_expected_to_be_what_earlier_ones_were() -> None:
    values = traffic(365)
    holidays = [MONDAY + timedelta(n) for n in range(35, 365, 35)]  # Mondays
    for day in holidays:
        values[(day - MONDAY).days] *= 0.4
    plain = online(MONDAY, values[None]).strength[0, 350]
    told = online(MONDAY, values[None], holidays)
    assert plain < -PEAK and abs(told.strength[0, 350]) < PEAK
    assert told.expected[0, 350] < 0.6 * told.expected[0, 343]
    assert abs(looking_back(MONDAY, values[None], holidays).strength[0, 210]) < PEAK
    assert looking_back(MONDAY, values[None]).strength[0, 210] < -PEAK


def test_holidays_on_a_weekend_are_weekends() -> None:
    values = traffic(120)
    sundays = [MONDAY + timedelta(n) for n in range(6, 120, 7)]
    assert np.array_equal(online(MONDAY, values[None]).strength, online(MONDAY, values[None], sundays).strength, True)


def test_net_figures_are_judged_in_units() -> None:
    chance = np.random.default_rng(2)
    net = np.round(20 * chance.standard_normal(120))
    net[100] = -150
    found = online(MONDAY, net[None], signed=True)
    assert found.strength[0, 100] < -PEAK and found.low[0, 100] < 0
    assert online(MONDAY, -net[None], signed=True).strength == pytest.approx(-found.strength, nan_ok=True)
    assert np.isnan(online(MONDAY, net[None]).strength[0, 100]), "a count below zero is no figure"


@given(st.integers(40, 110), st.integers(0, 50), st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_what_was_said_of_a_day_does_not_change_when_later_days_come(days: int, seed: int, later: list[float]) -> None:
    values = traffic(days, seed=seed, noise=0.3)
    before, after = (online(MONDAY, one[None]) for one in (values, np.concatenate([values, later])))
    for name in ("expected", "low", "high", "strength"):
        assert np.array_equal(getattr(before, name)[0], getattr(after, name)[0, :days], equal_nan=True)


@given(st.integers(0, 50), st.floats(2, 50))
@settings(max_examples=30, deadline=None)
def test_the_unit_does_not_matter_to_large_counts(seed: int, factor: float) -> None:
    values = traffic(80, level=1e6, noise=0.2, seed=seed)
    one, other = online(MONDAY, values[None]), online(MONDAY, factor * values[None])
    assert other.strength == pytest.approx(one.strength, abs=1e-3, nan_ok=True)
    assert other.expected == pytest.approx(factor * one.expected, rel=1e-3, nan_ok=True)


@given(st.integers(0, 50), st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_unknown_days_before_the_first_change_nothing(seed: int, days: int) -> None:
    values = traffic(80, seed=seed)
    padded = np.concatenate([np.full(days, np.nan), values])
    for way in (online, looking_back):
        one, other = way(MONDAY, values[None]), way(MONDAY - timedelta(days), padded[None])
        assert other.strength[0, days:] == pytest.approx(one.strength[0], nan_ok=True, abs=1e-9)


@given(st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_many_series_at_once_are_each_judged_alone(seed: int) -> None:
    many = np.stack([traffic(90, seed=seed + n, level=10**n) for n in range(1, 5)])
    many[2, :20] = np.nan
    for way in (online, looking_back):
        together = way(MONDAY, many).strength
        alone = [way(MONDAY, one[None]).strength[0] for one in many]
        assert together == pytest.approx(np.stack(alone), nan_ok=True, abs=1e-9)
