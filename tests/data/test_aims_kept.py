"""What is aimed at: stated, changed and given up, and never changed for a period that is over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import UserError, Window
from data.objectives import Aim, Direction, Objective, Period, checked, in_force
from data.store import Store

VISITS = Aim("sessions")
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (9, 10, 11, 12))
FAIR = Aim("sessions", ("ga4:lumen",), Period.DATES, Window(date(2026, 11, 5), date(2026, 11, 20)))


def at_least(low: float, since: date = SEPTEMBER, aim: Aim = VISITS, owner: str = "") -> Objective:
    return Objective(aim, since, low, owner=owner)


def say(store: Store, *objectives: Objective, running: date = NOVEMBER) -> int:
    return store.state_objectives([(one, running) for one in objectives])


def target(store: Store, day: date, aim: Aim = VISITS) -> float | None:
    found = in_force(store.objectives(), aim, day)
    return found.low if found else None


def test_what_is_stated_is_kept_whole(store: Store):
    every = [
        Objective(VISITS, SEPTEMBER, 3000, owner="Ada"),
        Objective(Aim("net_follows", ("x", "instagram:lumen"), Period.WEEK), SEPTEMBER, 10, 40),
        Objective(FAIR, FAIR.dates.first if FAIR.dates else SEPTEMBER, None, 900),
    ]
    assert say(store, *every) == 3
    assert store.objectives() == every
    assert [one.direction for one in every] == [Direction.AT_LEAST, Direction.WITHIN, Direction.AT_MOST]


def test_a_change_counts_from_its_day_and_leaves_what_was(store: Store):
    say(store, at_least(3000))
    assert say(store, at_least(3500, NOVEMBER)) == 1
    found = [target(store, day) for day in (date(2026, 8, 1), SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER)]
    assert found == [None, 3000, 3000, 3500, 3500]


def test_a_period_that_is_over_cannot_be_changed(store: Store):
    say(store, at_least(3000))
    version = store.version()
    with pytest.raises(UserError, match=r"aimed at since .* Let the change begin on 2026-11-01 or later"):
        say(store, at_least(9, DECEMBER, Aim("likes")), at_least(100, OCTOBER))
    assert store.version() == version and len(store.objectives()) == 1, "nor is anything that came with it stated"


def test_the_same_again_changes_nothing(store: Store):
    say(store, at_least(3000), at_least(3500, OCTOBER))
    version = store.version()
    assert say(store, at_least(3500, OCTOBER), at_least(3000), at_least(3500, NOVEMBER)) == 0
    assert store.version() == version


def test_a_slip_is_mended_within_the_running_period(store: Store):
    say(store, at_least(300, NOVEMBER))
    assert say(store, at_least(3000, NOVEMBER)) == 1
    assert target(store, NOVEMBER) == 3000


def test_the_past_of_a_new_aim_comes_in_any_order(store: Store):
    assert say(store, at_least(3500, OCTOBER), at_least(3000)) == 2
    assert [target(store, day) for day in (SEPTEMBER, OCTOBER)] == [3000, 3500]
    assert [one.since for one in store.objectives()] == [OCTOBER, SEPTEMBER], "they stand as they were given"


def test_an_aim_is_given_up_and_taken_up_again(store: Store):
    say(store, at_least(3000))
    say(store, Objective(VISITS, NOVEMBER))
    assert [target(store, day) for day in (OCTOBER, NOVEMBER)] == [3000, None]
    assert say(store, Objective(VISITS, DECEMBER)) == 0, "it is given up already"
    say(store, at_least(10, DECEMBER), running=DECEMBER)
    assert [target(store, day) for day in (NOVEMBER, DECEMBER)] == [None, 10]


def test_an_aim_is_forgotten_with_all_its_versions_and_no_other(store: Store):
    say(store, at_least(3000), at_least(3500, NOVEMBER), at_least(9, aim=FAIR), at_least(8, aim=Aim("likes", ("x",))))
    store.forget_objective(VISITS)
    assert [one.aim for one in store.objectives()] == [FAIR, Aim("likes", ("x",))]
    store.forget_objective(FAIR)
    assert [one.aim for one in store.objectives()] == [Aim("likes", ("x",))]


def test_a_rebuild_keeps_them(store: Store):
    say(store, at_least(3000, owner="Ada"), at_least(3500, NOVEMBER), at_least(9, aim=FAIR))
    before = store.objectives()
    store.rebuild(lambda export: (export, []))
    assert store.objectives() == before


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (at_least(0), "above zero"),
        (at_least(-5), "above zero"),
        (at_least(float("nan")), "above zero"),
        (at_least(float("inf")), "above zero"),
        (Objective(VISITS, SEPTEMBER, 5, 5), "not below"),
        (Objective(Aim("sessions", (), Period.DATES), SEPTEMBER, 5), "two dates"),
        (Objective(Aim("sessions", (), Period.WEEK, FAIR.dates), SEPTEMBER, 5), "two dates"),
        (Objective(Aim("sessions", (), Period.DATES, Window(DECEMBER, NOVEMBER)), SEPTEMBER, 5), "before the first"),
    ],
)
def test_what_cannot_be_met_and_missed_is_refused(store: Store, wrong: Objective, words: str):
    with pytest.raises(UserError, match=words):
        say(store, wrong)
    assert store.objectives() == []


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.floats(0, 2e9))
def test_within_is_both_at_least_and_at_most(one: float, other: float, value: float):
    low, high = sorted((one, other))
    if low < high:
        both = checked(Objective(VISITS, SEPTEMBER, low, high))
        parts = Objective(VISITS, SEPTEMBER, low), Objective(VISITS, SEPTEMBER, None, high)
        assert both.met(value) is all(part.met(value) for part in parts)
