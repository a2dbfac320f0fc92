"""What stands out of its own past."""

from __future__ import annotations

import pytest

from metrics.signals import ENOUGH, Verdict, verdict

# Moving ranges 4 2 6 2 4 2 6 2: their median is 3. Median of the values: 104. Limits: 104 ± 3.145 × 3.
PAST = [100, 104, 102, 108, 106, 102, 104, 110, 108]
LOW, HIGH = 104 - 9.435, 104 + 9.435


def test_the_limits_are_those_worked_out_by_hand() -> None:
    found = verdict(PAST, 120)
    assert found and found.up
    assert (found.low, found.high) == (pytest.approx(LOW), pytest.approx(HIGH))
    assert verdict(PAST, 90) == Verdict(False, found.low, found.high)


@pytest.mark.parametrize("now", [94.57, 104, 113.43])
def test_a_value_within_the_limits_is_routine(now: float) -> None:
    assert verdict(PAST, now) is None


def test_a_flat_past_judges_nothing() -> None:
    assert verdict([100] * 12, 500) is None


def test_a_spike_in_the_past_does_not_widen_the_limits() -> None:
    spiked = [*PAST, 5000, 104, 102, 106, 104, 108, 104, 102, 106]
    found = verdict(spiked, 120)
    assert found and found.up
    assert found.high - found.low < 2 * (HIGH - LOW)


def test_too_short_a_past_judges_nothing() -> None:
    assert verdict(PAST[: ENOUGH - 1], 5000) is None
    assert verdict(PAST[:ENOUGH], 5000) is not None


def test_what_is_unknown_is_neither_judged_nor_a_judge() -> None:
    assert verdict(PAST, None) is None
    assert verdict([None, *PAST, None], 120) == verdict(PAST, 120)
    assert verdict([*PAST[:7], None, None], 5000) is None
