"""Rates drawn towards what is usual: worked examples, scipy's own distributions beside them, laws, real posts."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from benchmarks.ranking import SHARES, measure, read
from metrics.shrinkage import SLOPE, Prior, _once, _repeated, prior, shrunk

UCI = Path(os.environ.get("VIGIE_REAL_EXPORTS", "../shared/exports")) / "timeseries/facebook_post_metrics_uci.csv"
ONCE = Prior(level=np.log(0.1 / 0.9), slope=-0.4, bulk=(np.log(100), np.log(10_000)), strength=50, repeated=False)
REPEATED = Prior(level=np.log(0.9), slope=-0.2, bulk=(np.log(100), np.log(10_000)), strength=20, repeated=True)


def drawn(repeated: bool, posts: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Posts whose usual rate falls with reach."""
    chance = np.random.default_rng(8)
    seen = np.exp(chance.normal(np.log(1000), 1, posts)).round() + 1
    usual = (REPEATED if repeated else ONCE).usual(seen)
    if repeated:
        return chance.poisson(seen * chance.gamma(usual * 20, 1 / 20)).astype(float), seen
    return chance.binomial(seen.astype(int), chance.beta(usual * 50, (1 - usual) * 50)).astype(float), seen


def test_a_post_seen_as_often_as_the_prior_weighs_is_believed_half_way() -> None:
    # Usual at 1,000 seen: 10 %. Seen 50 times it would be usual at another rate, so the slope is taken out here.
    flat = Prior(ONCE.level, 0.0, ONCE.bulk, 50, False)
    found = shrunk(np.array([15.0]), np.array([50.0]), flat)
    assert found.usual[0] == pytest.approx(0.1)
    assert found.rate[0] == pytest.approx((15 + 5) / 100)  # raw 30 %, usual 10 %
    assert (found.low[0], found.high[0]) == pytest.approx(stats.beta(20, 80).ppf([0.1, 0.9]))


def test_what_people_do_more_than_once_may_exceed_all_who_saw_it() -> None:
    flat = Prior(REPEATED.level, 0.0, REPEATED.bulk, 20, True)
    found = shrunk(np.array([30.0]), np.array([20.0]), flat)
    assert found.rate[0] == pytest.approx((30 + 18) / 40)
    assert (found.low[0], found.high[0]) == pytest.approx(stats.gamma(48, scale=1 / 40).ppf([0.1, 0.9]))


def test_the_usual_rate_follows_reach() -> None:
    usual = ONCE.usual(np.array([1000.0, 1000 * np.e]))
    assert usual == pytest.approx([0.1, 1 / (1 + 9 * np.exp(0.4))])


def test_beyond_the_bulk_of_the_posts_the_usual_rate_stays_what_it_is_there() -> None:
    few, least, most, many = ONCE.usual(np.array([3.0, 100.0, 10_000.0, 900_000.0]))
    assert few == least > most == many


@pytest.mark.parametrize("repeated", [False, True])
def test_the_prior_is_the_one_that_scipys_distributions_make_most_likely(repeated: bool) -> None:
    events, seen = drawn(repeated)
    least, most = sorted(np.log(seen))[2], sorted(np.log(seen))[-3]
    x = np.minimum(np.maximum(np.log(seen), least), most) - (least + most) / 2

    def unlikely(at: np.ndarray) -> float:
        strength = np.exp(at[2])
        if repeated:
            a = np.exp(at[0] + at[1] * x) * strength
            likely = stats.nbinom.logpmf(events, a, strength / (strength + seen))
        else:
            middle = 1 / (1 + np.exp(-at[0] - at[1] * x))
            likely = stats.betabinom.logpmf(events, seen, middle * strength, (1 - middle) * strength)
        return -likely.sum() + (at[1] / SLOPE) ** 2 / 2

    best = optimize.minimize(unlikely, [-1.0, 0.0, 3.0], method="Nelder-Mead", options={"xatol": 1e-6, "maxiter": 2000})
    found = prior(events, seen)
    assert found.repeated is repeated
    assert (found.level, found.slope, np.log(found.strength)) == pytest.approx(tuple(best.x), abs=2e-3)
    truth = REPEATED if repeated else ONCE
    assert found.slope == pytest.approx(truth.slope, abs=0.1) and found.strength == pytest.approx(
        truth.strength, rel=0.4
    )


@pytest.mark.parametrize("unlikely", [_once, _repeated])
def test_the_slopes_of_the_likelihood_are_those_of_small_steps(unlikely) -> None:
    events, seen = drawn(unlikely is _repeated, posts=30)
    x = np.log(seen) - np.log(seen).mean()
    at = np.array([-1.5, 0.3, 2.5])
    steps = optimize.approx_fprime(at, lambda one: unlikely(one, events, seen, x)[0], 1e-6)
    assert unlikely(at, events, seen, x)[1] == pytest.approx(steps, rel=1e-3)


@pytest.mark.parametrize("repeated", [False, True])
def test_the_interval_holds_the_true_rate_four_times_in_five(repeated: bool) -> None:
    chance = np.random.default_rng(3)
    seen = np.exp(chance.normal(np.log(300), 1, 2000)).round() + 1
    usual = (REPEATED if repeated else ONCE).usual(seen)
    if repeated:
        rate = chance.gamma(usual * 20, 1 / 20)
        events = chance.poisson(seen * rate)
    else:
        rate = chance.beta(usual * 50, (1 - usual) * 50)
        events = chance.binomial(seen.astype(int), rate)
    found = shrunk(events.astype(float), seen, prior(events.astype(float), seen))
    assert np.mean((found.low <= rate) & (rate <= found.high)) == pytest.approx(0.8, abs=0.03)


posts = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 100_000)), min_size=10, max_size=30)


@given(posts)
def test_a_rate_lies_between_the_raw_and_the_usual_one_and_within_its_interval(told: list[tuple[int, int]]) -> None:
    events, seen = (np.array(column, dtype=float) for column in zip(*told, strict=True))
    found = shrunk(events, seen, prior(events, seen))
    raw = events / seen
    assert (found.rate >= np.minimum(raw, found.usual) - 1e-9).all()
    assert (found.rate <= np.maximum(raw, found.usual) + 1e-9).all()
    assert (found.low <= found.high).all() and np.isfinite(found.rate).all()


@given(posts, st.randoms())
def test_the_order_of_posts_does_not_matter(told: list[tuple[int, int]], order) -> None:
    events, seen = (np.array(column, dtype=float) for column in zip(*told, strict=True))
    places = list(range(len(told)))
    order.shuffle(places)
    found = shrunk(events, seen, prior(events, seen)).rate[places]
    assert shrunk(events[places], seen[places], prior(events[places], seen[places])).rate == pytest.approx(
        found, rel=1e-2
    )


def test_posts_nobody_engaged_with_are_no_reason_to_fail() -> None:
    events, seen = np.zeros(12), np.arange(1.0, 13) * 100
    assert (shrunk(events, seen, prior(events, seen)).rate < 0.01).all()


@pytest.mark.skipif(not UCI.parent.exists(), reason="no real exports")
def test_real_posts_are_ranked_better_than_by_raw_rates() -> None:
    engaged, reach = read(UCI)
    for share in SHARES:
        found = measure(engaged, reach, share, draws=8)
        assert found["by reach"] >= max(found["raw"], found["Wilson"], found["plain EB"])
        assert share > 0.01 or found["by reach"] >= 0.68
