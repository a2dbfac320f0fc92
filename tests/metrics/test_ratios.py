"""Why a ratio changed: worked examples, and that the parts come to the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.ratios import rate_and_mix

BEFORE = {"mobile": (10.0, 500.0), "desktop": (40.0, 500.0)}  # 2 % and 8 %: 5 % in all


def test_a_part_whose_own_ratio_changed_is_told_as_rate() -> None:
    found = rate_and_mix(BEFORE, {"mobile": (20.0, 500.0), "desktop": (40.0, 500.0)})
    assert found["mobile"].rate == pytest.approx(0.5 * (0.04 - 0.02)) and found["mobile"].mix == 0
    assert found["desktop"].change == 0


def test_simpson_all_parts_better_and_the_whole_worse_is_mix() -> None:
    after = {"mobile": (27.0, 900.0), "desktop": (9.0, 100.0)}  # 3 % and 9 %: 3.6 % in all
    found = rate_and_mix(BEFORE, after)
    assert all(share.rate > 0 for share in found.values())
    assert sum(share.mix for share in found.values()) < 0
    assert sum(share.change for share in found.values()) == pytest.approx(0.036 - 0.05)
    # By hand: weights .5 to .9 and .5 to .1; ratios 2 to 3 % and 8 to 9 %; the middle of the wholes is 4.3 %.
    assert found["mobile"].mix == pytest.approx((0.025 - 0.043) * 0.4)
    assert found["desktop"].mix == pytest.approx((0.085 - 0.043) * -0.4)


def test_a_part_that_comes_or_goes_is_mix_alone() -> None:
    found = rate_and_mix(BEFORE, BEFORE | {"tablet": (1.0, 100.0)})
    assert found["tablet"].rate == 0 and found["tablet"].mix < 0


def test_without_a_bottom_there_is_nothing_to_tell() -> None:
    assert rate_and_mix({}, BEFORE) == rate_and_mix(BEFORE, {"mobile": (3.0, 0.0)}) == {}


counts = st.dictionaries(
    st.sampled_from("abcde"),
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(lambda pair: (float(pair[0]), float(pair[1]))),
    min_size=1,
)


def whole(side: dict[str, tuple[float, float]]) -> float:
    return sum(top for top, _ in side.values()) / sum(bottom for _, bottom in side.values())


@given(counts, counts)
def test_rate_and_mix_come_to_the_whole_change(before: dict, after: dict) -> None:
    found = rate_and_mix(before, after)
    if all(sum(bottom for _, bottom in side.values()) for side in (before, after)):
        change = whole(after) - whole(before)
        total = sum(share.change for share in found.values())
        assert total == pytest.approx(change, rel=1e-12, abs=1e-12 * max(1, whole(after), whole(before)))


@given(counts)
def test_nothing_changed_is_nothing_told(side: dict) -> None:
    assert all(share.change == 0 for share in rate_and_mix(side, side).values())


@given(counts, counts)
def test_back_again_undoes_it(before: dict, after: dict) -> None:
    there, back = rate_and_mix(before, after), rate_and_mix(after, before)
    assert {part: share.change for part, share in there.items()} == pytest.approx(
        {part: -share.change for part, share in back.items()}
    )
