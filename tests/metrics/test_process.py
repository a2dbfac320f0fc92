"""Process behaviour charts, against limits worked out by hand."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.process import ALL_RULES, FIRST_RULE, Rule, chart

# Around 100: what is expected follows by half of each difference. In units (signed), by hand:
# value      98  102   98  102   98  102   98 …
# expected  100   99  100.5 …  the median of the first four is 100.
SEESAW = [98.0, 102.0] * 12


def test_the_limits_are_those_worked_out_by_hand() -> None:
    expected, deviations = 100.0, []
    for n, value in enumerate(SEESAW):
        deviation = value - expected
        reach = None
        if n >= 4:
            centre = median(deviations)
            moves = [abs(b - a) for a, b in pairwise(deviations)]
            reach = max(3.145 * median(moves), 4.448 * median(abs(d - centre) for d in deviations))
            deviation_kept = min(max(deviation, centre - reach), centre + reach)
        else:
            deviation_kept = deviation
        point = chart(SEESAW[: n + 1], signed=True)[-1]
        if n >= FIRST_RULE:
            assert reach is not None
            assert (point.low, point.high) == (
                pytest.approx(expected + centre - reach), pytest.approx(expected + centre + reach),
            )  # fmt: skip
            assert point.expected == pytest.approx(expected + centre)
        else:
            assert (point.low, point.high) == (None, None)
        deviations.append(deviation)
        expected += 0.5 * deviation_kept
    # After a while: 98 is expected to be 100.67, deviations are ±2.67, moves 5.33, and the limits 16.8 away.
    last = chart([*SEESAW, 100.0], signed=True)[-1]
    assert last.high is not None and last.low is not None
    assert (last.high - last.low) / 2 == pytest.approx(3.145 * 16 / 3, rel=0.01)


def routine(weeks: int, seed: int = 0, level: float = 1000) -> list[float]:
    chance = np.random.default_rng(seed)
    return [float(round(one)) for one in level * np.exp(0.1 * chance.standard_normal(weeks))]


@pytest.mark.parametrize(("factor", "up"), [(2.0, True), (0.4, False)])
def test_a_value_beyond_a_limit_is_a_signal_in_units(factor: float, up: bool) -> None:
    past = routine(30)
    point = chart([*past, 1000 * factor])[-1]
    assert (point.rule, point.up) == (Rule.LIMIT, up)
    assert point.low is not None and point.high is not None and 500 < point.low < 1000 < point.high < 1700


def test_eight_in_a_row_on_one_side_are_a_signal_once() -> None:
    past = [100.0, 110.0] * 12
    climbing = [past[-1] + 4 * n for n in range(1, 12)]
    points = chart([*past, *climbing], signed=True)
    runs = [n - len(past) for n, point in enumerate(points) if point.rule is Rule.RUN]
    # The last 110 of the past lay above as well, and is the first of the eight.
    assert runs == [6] and points[runs[0] + len(past)].up


def test_three_of_four_near_a_limit_are_a_signal() -> None:
    past = [100.0, 110.0] * 12
    values = list(past)
    for step in range(4):  # each as far as seven tenths of the way to the upper limit, but the second
        limits = chart([*values, 0.0], signed=True)[-1]
        assert limits.expected is not None and limits.high is not None
        values.append(limits.expected + (0.1 if step == 1 else 0.7) * (limits.high - limits.expected))
    assert [point.rule for point in chart(values, signed=True)[-4:]] == [None, None, None, Rule.NEAR]


def test_rules_wait_for_enough_weeks() -> None:
    past = routine(FIRST_RULE - 1)
    assert chart([*past, 9000.0])[-1].rule is None
    assert chart([*past, 1000.0, 9000.0])[-1].rule is Rule.LIMIT
    climbing = [100.0 * 1.02**n for n in range(ALL_RULES)]
    assert not any(point.rule in (Rule.RUN, Rule.NEAR) for point in chart(climbing))


def test_a_flat_past_judges_nothing() -> None:
    assert all(point.rule is None for point in chart([100.0] * 30 + [500.0]))
    assert all(point.rule is None for point in chart([0.0] * 40))


def test_unknown_weeks_are_passed_over() -> None:
    past = routine(30)
    with_gaps = [*past[:10], None, None, *past[10:]]
    known = [point for point in chart(with_gaps) if point.value is not None]
    assert known == list(chart(past))
    assert chart(with_gaps)[10].expected is None


def test_a_week_of_none_has_a_place_on_the_chart() -> None:
    points = chart([*routine(30), 0.0])
    assert (points[-1].rule, points[-1].up) == (Rule.LIMIT, False)
    assert all(point.low is None or point.low >= 0 for point in points)


def test_net_figures_are_charted_in_units() -> None:
    chance = np.random.default_rng(5)
    net = [float(one) for one in np.round(10 * chance.standard_normal(40))]
    points = chart([*net, -90.0], signed=True)
    assert points[-1].rule is Rule.LIMIT and points[-1].low is not None and points[-1].low < 0
    mirrored = chart([-one for one in [*net, -90.0]], signed=True)
    assert [point.rule for point in mirrored] == [point.rule for point in points]


def test_a_stable_process_gives_less_than_a_signal_a_year() -> None:
    signals = sum(point.rule is not None for seed in range(40) for point in chart(routine(FIRST_RULE + 52, seed)))
    assert signals / 40 <= 1


@given(st.integers(0, 60), st.floats(1e-4, 1e4))
@settings(max_examples=40, deadline=None)
def test_the_unit_does_not_matter(seed: int, factor: float) -> None:
    values = [*routine(40, seed), 3000.0, 0.0, 1000.0]
    one, other = chart(values), chart([value * factor for value in values])
    assert [(point.rule, point.up) for point in other] == [(point.rule, point.up) for point in one]
    for a, b in zip(one, other, strict=True):
        assert (a.high is None) == (b.high is None)
        assert a.high is None or b.high == pytest.approx(a.high * factor, rel=1e-9)


@given(st.integers(0, 60), st.lists(st.floats(0, 1e5), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_later_weeks_change_nothing_that_was_said(seed: int, later: list[float]) -> None:
    past = routine(30, seed)
    assert chart([*past, *later])[:30] == chart(past)


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=60), st.booleans())
@settings(max_examples=100, deadline=None)
def test_every_list_has_a_chart(values: list[float | None], signed: bool) -> None:
    points = chart(values, signed=signed)
    assert [point.value for point in points] == values
    for point in points:
        if point.low is not None and point.high is not None:
            assert math.isfinite(point.low) and point.low <= point.high
