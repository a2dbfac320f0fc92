"""What a campaign changed: published examples, worked ones, a plain computation beside each opinion, laws, refusals."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from benchmarks.campaigns import PUBLISHED, claims, published, trials
from metrics.effect import DOUBTS, Doubt, effect, placebo, state_space

REAL = Path(os.environ.get("VIGIE_REAL_EXPORTS", "../shared/exports")) / "timeseries"
MONDAY = date(2026, 1, 5)


def visits(days: int, seed: int = 1, level: float = 400.0, noise: float = 0.05) -> np.ndarray:
    """Visits that follow the week, around a level that does not move."""
    chance = np.random.default_rng(seed)
    week = np.array([1.1, 1.15, 1.1, 1.0, 1.0, 0.8, 0.85])[np.arange(days) % 7]
    return level * week * np.exp(chance.normal(0, noise, days))


def listed(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in values]


# Both opinions.


@pytest.mark.skipif(not REAL.exists(), reason="no real exports")
def test_the_published_example_is_reproduced_within_three_per_cent() -> None:
    total, low, high = published(REAL)
    assert total == pytest.approx(PUBLISHED, rel=0.03)
    assert low < 539 and 1073 < high, "R's interval lies within ours"


def test_without_a_moving_level_the_state_space_is_a_regression() -> None:
    """The level held still, the forecast is that of least squares on the weekdays and the control."""
    days, at = 120, 100
    control = np.random.default_rng(4).normal(0, 1, days)
    x = np.log(visits(days)) + 0.2 * control
    found = state_space(x, at, control[:, None], level=1e-6)
    columns = np.column_stack([np.eye(7)[np.arange(days) % 7], control])
    beta, *_ = np.linalg.lstsq(columns[:at], x[:at], rcond=None)
    rest = x - columns @ beta
    sigma = np.sqrt((rest[:at] ** 2).sum() / (at - 8))
    mean = columns[at:].mean(axis=0)
    error = sigma * np.sqrt(1 / (days - at) + mean @ np.linalg.inv(columns[:at].T @ columns[:at]) @ mean)
    assert found.gap == pytest.approx(rest[at:].mean(), abs=2e-4)
    assert found.half == pytest.approx(1.96 * error, rel=0.02)


def test_the_spread_of_a_random_walk_grows_with_the_days() -> None:
    """Without noise, weekdays and controls, the mean of h days ahead varies by (1² + … + h²) / h² daily steps."""
    walk = np.cumsum(np.random.default_rng(2).normal(0, 1, 300))
    found = state_space(np.append(walk, walk[-1] + np.zeros(5)), 300, np.empty((305, 0)), season=0)
    step = np.diff(walk).std()
    assert found.gap == pytest.approx(0, abs=0.05)
    assert found.half == pytest.approx(1.96 * step * np.sqrt(sum(n * n for n in range(1, 6))) / 5, rel=0.03)


def test_placebo_windows_are_told_by_plain_loops_too() -> None:
    """Weekday means and the month before, of every window in turn."""
    days, length = 84, 14
    x, slots = np.log(visits(days + length)), np.arange(days + length) % 7
    x[days:] += 0.3

    def gap(known: int, start: int) -> float:
        inside = range(start, start + length)
        means = [np.mean([x[t] for t in range(known) if t % 7 == slot and t not in inside]) for slot in range(7)]
        rest = [x[t] - means[t % 7] for t in range(known)]
        return float(np.mean([rest[t] for t in inside]) - np.mean(rest[start - 28 : start]))

    found = placebo(x, days, slots, np.empty((days + length, 0)))
    past = [gap(days, start) for start in range(28, days - length + 1, 3)]
    windows = (days - 28) / length
    half = stats.t(windows - 1).ppf(0.975) * np.sqrt(np.mean(np.square(past)))
    assert (found.gap, found.half) == pytest.approx((gap(days + length, days), half), abs=1e-6)


# The effect that both allow.


def test_a_planted_effect_is_found_with_a_control_and_told_in_events() -> None:
    days, at = 250, 222
    shared = np.cumsum(np.random.default_rng(7).normal(0, 0.03, days))
    y, control = (visits(days, seed, noise=0.02) * np.exp(shared) for seed in (1, 2))
    y[at:] *= 1.25
    found = effect(MONDAY, listed(y), at, [listed(control)])
    assert found.sure and found.controlled and found.likeness is not None and found.likeness > 0.8
    assert found.share is not None and found.low is not None and found.high is not None
    assert found.low < 0.25 < found.high and found.share == pytest.approx(0.25, abs=0.06)
    assert found.net == pytest.approx(y[at:].sum() * (1 - 1 / (1 + found.share)))
    assert found.opinions[0].low <= np.log1p(found.high) and found.opinions[1].low >= np.log1p(found.low) - 1e-9
    quiet = y.copy()
    quiet[at:] /= 1.25
    assert not effect(MONDAY, listed(quiet), at, [listed(control)]).sure


def test_the_wider_of_both_opinions_is_told() -> None:
    y = visits(200)
    found = effect(MONDAY, listed(y), 180)
    assert found.low == pytest.approx(np.expm1(min(one.low for one in found.opinions)))
    assert found.high == pytest.approx(np.expm1(max(one.high for one in found.opinions)))
    assert found.likeness is None and not found.controlled


def test_a_control_that_moves_otherwise_is_none() -> None:
    chance = np.random.default_rng(11)
    walk = visits(200, 3) * np.exp(np.cumsum(chance.normal(0, 0.05, 200)))
    found = effect(MONDAY, listed(visits(200)), 180, [listed(walk)])
    assert not found.controlled and found.likeness is not None and found.likeness < 0.6


@pytest.mark.parametrize("times", [0.1, 7.0])
def test_an_effect_is_a_share_whatever_the_size_of_the_figures(times: float) -> None:
    y = visits(160, level=3000)
    y[140:] *= 1.4
    one, other = effect(MONDAY, listed(y), 140), effect(MONDAY, listed(y * times), 140)
    assert (one.share, one.low, one.high) == pytest.approx((other.share, other.low, other.high), rel=1e-3)
    assert other.net == pytest.approx((one.net or 0) * times, rel=1e-3)


def test_what_was_more_than_a_year_before_changes_nothing() -> None:
    y = visits(500)
    changed = y.copy()
    changed[: 472 - 365] *= 9
    assert effect(MONDAY, listed(y), 472) == effect(MONDAY, listed(changed), 472)


def test_a_day_of_none_is_one_that_was_not_counted() -> None:
    y = visits(160)
    holes = y.copy()
    holes[[20, 75, 150]] = 0
    found = effect(MONDAY, listed(holes), 140)
    unknown = holes.copy()
    unknown[[20, 75, 150]] = np.nan
    assert found == effect(MONDAY, listed(unknown), 140)
    assert found.days == 19 and found.doubt is None


# Refusals.


def refusal(days: int, at: int, level: float = 400.0, noise: float = 0.05):
    return effect(MONDAY, listed(visits(days, level=level, noise=noise)), at)


def test_what_is_too_little_is_said_with_how_much_more_is_needed() -> None:
    for found, doubt, known, more in (
        (refusal(60, 40), Doubt.BEFORE, 40, 16),
        (refusal(104, 100), Doubt.AFTER, 4, 3),
        (refusal(120, 80), Doubt.WINDOWS, 80, 68),  # 28 + 3 × 40 = 148
    ):
        assert (found.doubt, found.known, found.more) == (doubt, known, more)
        assert not found.sure and found.share is None and doubt in DOUBTS
    few = refusal(120, 100, level=6)
    assert (few.doubt, few.needed) == (Doubt.FEW, 10) and few.known is not None and few.known < 10


def test_an_interval_that_is_too_wide_tells_only_what_would_have_been_seen() -> None:
    chance = np.random.default_rng(1)
    y = 400 * np.exp(np.cumsum(chance.normal(0, 0.15, 200)))
    y[180:] *= 1.6
    found = effect(MONDAY, listed(y), 180)
    assert (found.doubt, found.sure) == (Doubt.WIDE, False)
    assert found.reach is not None and found.reach > 0.5 and found.share is not None


# Real series.


@pytest.mark.skipif(not REAL.exists(), reason="no real exports")
def test_nothing_is_claimed_on_real_windows_in_which_nothing_began() -> None:
    ran = [
        effect(trial.first, listed(trial.values), trial.at, [listed(one) for one in trial.controls])
        for trial in trials(REAL, 24)
    ]
    assert sum(claims(found, None, 1.0) for found in ran) <= 4  # more than a twentieth by chance: one in a thousand
    assert sum(claims(found, None, 1.5) for found in ran) >= 6
