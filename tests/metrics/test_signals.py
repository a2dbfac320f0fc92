"""What stands out of its own past."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.signals import (
    ENOUGH,
    Rule,
    Series,
    Silence,
    Verdict,
    by_week,
    days_off,
    episodes,
    judge,
    judge_all,
    public_holidays,
    verdict,
)

MONDAY = date(2026, 1, 5)
PAST = [100, 104, 102, 108, 106, 102, 104, 110, 108]


def traffic(days: int, level: float = 1000, seed: int = 1) -> list[float | None]:
    chance = np.random.default_rng(seed)
    shape = np.array([1.2, 1.2, 1.1, 1.1, 1.0, 0.6, 0.5])[np.arange(days) % 7]
    return [float(one) for one in chance.poisson(level * shape * np.exp(0.08 * chance.standard_normal(days)))]


def test_a_value_beyond_the_limits_is_a_verdict_with_them() -> None:
    found = verdict(PAST, 140)
    assert found and found.up and 90 < found.low < 108 < found.high < 130
    assert verdict(PAST, 80) == Verdict(False, found.low, found.high)


@pytest.mark.parametrize("now", [102, 108, 112])
def test_a_value_within_the_limits_is_routine(now: float) -> None:
    assert verdict(PAST, now) is None


def test_growth_is_no_surprise_when_it_goes_on() -> None:
    growing = [100 * 1.1**n * (1.02 if n % 2 else 0.98) for n in range(14)]
    assert verdict(growing[:-1], growing[-1]) is None


def test_a_flat_past_judges_nothing() -> None:
    assert verdict([100] * 12, 500) is None


def test_a_spike_in_the_past_does_not_widen_the_limits() -> None:
    calm, spiked = (verdict([*PAST, between, 104, 102, 106, 104, 108, 104, 102, 106], 140) for between in (105, 5000))
    assert calm and spiked and spiked.up
    assert spiked.high - spiked.low < 2 * (calm.high - calm.low)


def test_too_short_a_past_judges_nothing() -> None:
    assert verdict(PAST[: ENOUGH - 1], 5000) is None
    assert verdict(PAST[:ENOUGH], 5000) is not None


def test_what_is_unknown_is_neither_judged_nor_a_judge() -> None:
    assert verdict(PAST, None) is None
    assert verdict([None, *PAST, None], 140) == verdict(PAST, 140)
    assert verdict([*PAST[:7], None, None], 5000) is None


def test_losses_may_be_below_zero() -> None:
    found = verdict([3, -2, 4, 1, -3, 2, 0, 5, -1], -60)
    assert found and not found.up and found.low < 0


@pytest.mark.parametrize("back", [False, True])
def test_a_peak_says_its_size_what_was_expected_and_how_strong_it_is(back: bool) -> None:
    values = traffic(120)
    values[100] = 2600.0  # a Wednesday, of 1,100 or so
    found = judge(Series(MONDAY, values), back=back)
    (peak,) = [day for day in found.peaks if day.day == MONDAY + timedelta(100)]
    assert peak.peak and peak.material and peak.strength and peak.strength > 3
    assert peak.expected == pytest.approx(1150, rel=0.15) and peak.size == pytest.approx(2600 - (peak.expected or 0))
    assert peak.low and peak.high and peak.expected and peak.low < peak.expected < peak.high < 2600
    assert found.silence is None and len(found.peaks) <= 3


def test_provisional_days_are_expected_and_never_judged() -> None:
    values = traffic(60)
    values[59] = 20.0
    last = MONDAY + timedelta(59)
    found = judge(Series(MONDAY, values, frozenset({last})))
    assert found.days[-1].silence is Silence.PROVISIONAL and found.days[-1].peak is None
    assert found.days[-1].expected is not None and found.days[-1].strength is None
    assert found.silence is None, "the last settled day was judged"
    assert judge(Series(MONDAY, values)).days[-1].peak is False


def test_too_few_events_are_not_judged_and_it_is_said() -> None:
    values = traffic(120, level=4)
    values[110] = 90.0
    found = judge(Series(MONDAY, values))
    assert found.silence is Silence.FEW and not found.peaks and not found.levels
    assert {day.silence for day in found.days} == {Silence.SHORT, Silence.FEW}


def test_a_short_history_is_not_judged_and_it_is_said() -> None:
    assert judge(Series(MONDAY, traffic(27))).silence is Silence.SHORT
    assert judge(Series(MONDAY, [])).silence is Silence.SHORT
    assert judge(Series(MONDAY, [None] * 90)).silence is Silence.SHORT


def test_a_small_difference_alerts_nobody() -> None:
    steady = [1000.0 + n % 3 for n in range(90)]
    steady[80] = 1140.0  # seven spreads, but 14 %
    (peak,) = judge(Series(MONDAY, steady)).peaks
    assert peak.peak and not peak.material


@pytest.mark.parametrize("factor", [2.0, 0.4])
def test_a_new_level_is_told_apart_from_peaks(factor: float) -> None:
    values = [one * (factor if n >= 90 else 1) for n, one in enumerate(traffic(150)) if one is not None]
    found = judge(Series(MONDAY, values))
    (level,) = found.levels
    assert abs((level.since - MONDAY).days - 90) <= 1 and level.up == (factor > 1)
    assert level.now / level.before == pytest.approx(factor, rel=0.2)
    first = found.days[90]
    assert first.peak is (factor > 1) and first.shifting and first not in found.peaks
    assert not [day for day in found.peaks if day.day >= level.since]


def test_a_peak_of_three_days_is_no_new_level() -> None:
    values = [one * (3 if 90 <= n < 93 else 1) for n, one in enumerate(traffic(150)) if one is not None]
    assert not judge(Series(MONDAY, values)).levels


def test_series_that_begin_and_end_on_other_days_are_judged_together_as_alone() -> None:
    many = [
        Series(MONDAY, traffic(100)),
        Series(MONDAY + timedelta(11), traffic(60, seed=2)),
        Series(MONDAY - timedelta(40), [one - 1000 for one in traffic(70, seed=3) if one is not None], signed=True),
        Series(MONDAY, []),
    ]
    assert [judged.days for judged in judge_all(many)] == [judge(one).days for one in many]


def test_a_week_counts_when_each_of_its_days_is_known_and_settled() -> None:
    values = traffic(7 * 20 + 3)
    values[15] = None
    series = Series(MONDAY - timedelta(3), values, frozenset({MONDAY + timedelta(7 * 19 + 6)}))
    weeks = by_week(series)
    assert weeks[0].window.first == MONDAY and len(weeks) == 20
    assert weeks[1].point.value is None and weeks[-1].point.value is None
    known = [value for value in values[3:10] if value is not None]
    assert weeks[0].point.value == sum(known)


def test_a_week_that_stands_out_is_a_signal() -> None:
    values = [one * (2 if n >= 7 * 29 else 1) for n, one in enumerate(traffic(7 * 30)) if one is not None]
    assert by_week(Series(MONDAY, values))[-1].point.rule is Rule.LIMIT
    assert sum(week.point.rule is not None for week in by_week(Series(MONDAY, traffic(7 * 60)))) <= 2


@given(st.lists(st.one_of(st.none(), st.integers(-50, 10**7)), max_size=90), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_series_is_judged_or_it_is_said_why_not(values: list[float | None], signed: bool, back: bool) -> None:
    found = judge(Series(MONDAY, values, frozenset({MONDAY + timedelta(30)}), signed), back=back)
    assert [day.value for day in found.days] == values
    for day in found.days:
        assert (day.strength is None) == (day.silence is not None)
        assert day.peak is None or (day.strength is not None and abs(day.strength) >= 3)
        if day.expected is not None and day.low is not None and day.high is not None:
            assert day.low <= day.expected <= day.high
            assert signed or day.low >= 0


def test_hours_that_stand_out_make_one_episode() -> None:
    from datetime import datetime

    chance = np.random.default_rng(3)
    hours = np.arange(24 * 35)
    shape = 60 + 40 * np.sin((hours % 24 - 8) / 24 * 2 * np.pi)
    values = chance.poisson(shape).astype(float)
    values[[800, 801, 803]] = [400, 500, 300]
    (episode,) = episodes(datetime(2026, 1, 5), values.tolist())
    assert episode.first == datetime(2026, 1, 5) + (episode.first - datetime(2026, 1, 5))
    assert ((episode.first - datetime(2026, 1, 5)).total_seconds() / 3600, episode.value, episode.up) == (
        800,
        500,
        True,
    )
    assert episode.expected == pytest.approx(shape[801], rel=0.3)
    assert episodes(datetime(2026, 1, 5), values[:160].tolist()) == ()
    assert episodes(datetime(2026, 1, 5), [50.0] * 800) == ()


def test_french_days_off_are_those_of_the_calendar() -> None:
    found = days_off(date(2026, 4, 4), date(2026, 4, 18))
    assert [(one.day, one.name) for one in found if one.kind == "public"] == [(date(2026, 4, 6), "Lundi de Pâques")]
    zones = {one.day: one.zones for one in found if one.kind == "school"}
    # Arrêté du 7 décembre 2022: zone A from 4 April, B from 11 April, C from 18 April 2026.
    assert zones[date(2026, 4, 10)] == ("Zone A",)
    assert zones[date(2026, 4, 11)] == ("Zone A", "Zone B")
    assert zones[date(2026, 4, 18)] == ("Zone A", "Zone B", "Zone C")


def test_days_off_follow_country_and_language() -> None:
    assert public_holidays(date(2026, 12, 24), date(2027, 1, 2)) == {date(2026, 12, 25), date(2027, 1, 1)}
    assert date(2026, 7, 4) in public_holidays(date(2026, 7, 1), date(2026, 7, 31), "US")
    (day,) = days_off(date(2026, 7, 14), date(2026, 7, 14), language="en")[:1]
    assert day.name == "National Day"
    assert not [one for one in days_off(date(2026, 7, 1), date(2026, 7, 31), "US") if one.kind == "school"]
