"""Why a day was what it was: worked examples, laws, and planted causes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.causes import planted
from metrics.causes import Explained, Parts, Why, contributions, explain

CHANNELS = {"Search": 500.0, "Direct": 300.0, "Social": 150.0, "Mail": 50.0}
WEEKS = 8


def by_channel(day: dict[str, float], seed: int = 1, level: float = 1.0) -> Parts:
    """A day of known channels, after eight weeks that vary by chance."""
    chance = np.random.default_rng(seed)
    usual = np.array([CHANNELS.get(name, 0.0) for name in day]) * level
    return Parts(
        ("channel",), [(name,) for name in day], np.array(list(day.values())),
        chance.poisson(usual[:, None], (len(day), WEEKS)).astype(float),
    )  # fmt: skip


def named(found: Explained) -> list[str]:
    return [" · ".join(member for _, member in cause.where) for cause in found.causes]


def test_a_channel_that_rises_alone_is_the_cause_and_its_share_is_told() -> None:
    found = explain([by_channel({"Search": 505, "Direct": 298, "Social": 600, "Mail": 52})], [1000])
    assert (found.why, named(found)) == (Why.PARTS, ["Social"])
    (cause,) = found.causes
    assert cause.actual == 600 and cause.expected == pytest.approx(150, rel=0.08)
    assert cause.share == pytest.approx(450 / 455, abs=0.06)
    assert cause.times == pytest.approx(4, rel=0.08)


def test_two_channels_that_make_up_a_rise_are_both_named_the_larger_first() -> None:
    found = explain([by_channel({"Search": 505, "Direct": 298, "Social": 500, "Mail": 300})], [1000])
    assert named(found) == ["Social", "Mail"]
    assert found.share == pytest.approx(1, abs=0.05)


def test_what_was_never_there_before_has_no_multiple() -> None:
    found = explain([by_channel({"Search": 505, "Direct": 298, "Social": 150, "Mail": 50, "Radio": 400})], [1000])
    assert named(found) == ["Radio"]
    assert found.causes[0].times is None


@pytest.mark.parametrize("factor", [0.4, 0.7, 1.6, 3.0])
def test_a_day_on_which_all_changed_alike_is_across_the_board(factor: float) -> None:
    found = explain([by_channel({name: round(usual * factor) for name, usual in CHANNELS.items()})], [1000])
    assert found == Explained(Why.ACROSS)


def test_a_small_day_is_not_explained() -> None:
    found = explain([by_channel({"Search": 9, "Direct": 6, "Social": 4, "Mail": 1}, level=0.01)], [10])
    assert found == Explained(Why.FEW)


def test_a_day_without_parts_or_without_a_past_is_unknown() -> None:
    short = by_channel(CHANNELS)
    short = Parts(short.dimensions, short.members, short.actual, short.past[:, :2])
    assert explain([], []) == explain([short], [1000]) == Explained(Why.UNKNOWN)


def test_a_page_of_a_channel_is_named_where_the_rest_of_both_is_as_usual() -> None:
    chance = np.random.default_rng(4)
    members = [(channel, page) for channel in ("Search", "Social", "Mail") for page in ("/", "/agenda/", "/prices/")]
    usual = np.array([300.0, 200, 100, 120, 80, 60, 60, 40, 40])
    past = chance.poisson(usual[:, None], (9, WEEKS)).astype(float)
    day = usual.copy()
    day[members.index(("Social", "/prices/"))] += 500
    found = explain([Parts(("channel", "page"), members, day, past)], [1000])
    assert [cause.where for cause in found.causes] == [(("channel", "Social"), ("page", "/prices/"))]


def test_a_channel_is_named_as_a_whole_where_each_of_its_pages_rose() -> None:
    chance = np.random.default_rng(5)
    members = [(channel, page) for channel in ("Search", "Social") for page in ("/", "/agenda/", "/prices/")]
    usual = np.array([300.0, 200, 100, 120, 80, 60])
    past = chance.poisson(usual[:, None], (6, WEEKS)).astype(float)
    day = usual * np.array([1, 1, 1, 3, 2.8, 2.6])
    assert named(explain([Parts(("channel", "page"), members, day, past)], [860])) == ["Social"]


def test_the_table_that_tells_it_best_is_chosen() -> None:
    channels = by_channel({"Search": 760, "Direct": 450, "Social": 225, "Mail": 75})
    chance = np.random.default_rng(6)
    usual = np.array([700.0, 200, 100])
    pages = Parts(("page",), [("/",), ("/agenda/",), ("/new/",)], np.array([700.0, 205, 605]),
                  chance.poisson(usual[:, None], (3, WEEKS)).astype(float))  # fmt: skip
    assert named(explain([channels, pages], [1000, 1000])) == ["/new/"]


days = st.lists(st.integers(0, 400), min_size=4, max_size=4).map(
    lambda counts: by_channel(dict(zip(CHANNELS, map(float, counts), strict=True)))
)


@given(days, st.floats(100, 2000))
def test_the_contributions_of_a_dimension_add_up_to_the_whole(parts: Parts, expected: float) -> None:
    found = contributions(parts, expected)
    assert sum(one.expected for one in found) == pytest.approx(expected)
    if abs(parts.actual.sum() - expected) > 1e-6:
        assert sum(one.share for one in found) == pytest.approx(1)


@given(days, st.permutations(range(4)), st.permutations(range(WEEKS)))
def test_neither_the_order_of_parts_nor_that_of_weeks_matters(parts: Parts, order: list[int], weeks: list[int]) -> None:
    other = Parts(parts.dimensions, [parts.members[n] for n in order], parts.actual[order], parts.past[order][:, weeks])
    one, two = (explain([each], [1000]) for each in (parts, other))
    assert one.why is two.why and {c.where for c in one.causes} == {c.where for c in two.causes}


@given(days, st.integers(200, 1500))
def test_the_causes_are_three_at_most_of_one_kind_and_lie_on_the_side_of_the_change(
    parts: Parts, expected: int
) -> None:
    found = explain([parts], [expected])
    assert len(found.causes) <= 3 and bool(found.causes) is (found.why is Why.PARTS)
    assert all(cause.share > 0 for cause in found.causes)
    assert [c.share for c in found.causes] == sorted((c.share for c in found.causes), reverse=True)


def test_what_was_planted_is_found() -> None:
    right = {"one": 0, "all": 0}
    for seed in range(12):
        for kind in right:
            case = planted(np.random.default_rng([9, seed, len(kind)]), kind, 3000)
            found = explain([case.parts], [case.expected])
            if kind == "all":
                right[kind] += found.why is Why.ACROSS
            else:
                cells = [name for name, changed in zip(case.parts.members, case.changed, strict=True) if changed]
                right[kind] += len(found.causes) == 1 and all(found.causes[0].where[0][1] in cell for cell in cells)
    assert right["one"] >= 10 and right["all"] >= 10
