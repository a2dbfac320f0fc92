"""Doubts about what is aimed at: what has never been, and what works against something else."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import Window
from data.objectives import Aim, Objective, Period
from metrics.aims import House, period_of
from metrics.doubts import ALWAYS, AT_ODDS, NEVER_ABOVE, NEVER_BELOW, NEVER_GREW, PULLING, doubts
from metrics.progress import Before, Progress
from metrics.registry import metrics

DAY = date(2026, 11, 10)
HOUSE = House(("x:lumen", "ga4:lumen"))
FAIR, WITHIN_IT = Window(date(2026, 11, 1), date(2026, 11, 20)), Window(date(2026, 11, 5), date(2026, 11, 9))


def told(
    key: str, low: float | None, high: float | None = None, *past: float | None, scope: tuple[str, ...] = (),
    period: Period = Period.MONTH, dates: Window | None = None,
) -> Progress:  # fmt: skip
    aim = Aim(key, scope, period, dates)
    window = period_of(aim, DAY)
    before = tuple(Before(window, value, None) for value in past)
    return Progress(Objective(aim, window.first, low, high), metrics()[key], window, before=before)


def texts(one: Progress, *others: Progress) -> list[str]:
    return [doubt.text for doubt in doubts(one, [one, *others], HOUSE)]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1300, None, [NEVER_ABOVE]),
        (1200, None, []),
        (1000, None, []),
        (900, None, [ALWAYS]),
        (None, 800, [NEVER_BELOW]),
        (None, 900, []),
        (None, 1200, [ALWAYS]),
        (800, 1300, []),
        (1300, 1500, [NEVER_ABOVE]),
    ],
)
def test_a_target_is_held_against_all_that_has_been(low: float, high: float, expected: list[str]) -> None:
    assert texts(told("sessions", low, high, 900, 1100, None, 1000, 1200)) == expected


def test_the_figures_of_a_doubt_are_those_of_the_past() -> None:
    (doubt,) = doubts(told("sessions", 1300, None, 900, 1100, None, 1000, 1200), [], HOUSE)
    assert (doubt.figures, doubt.n) == ({"edge": 1200, "target": 1300}, 4)


def test_three_periods_are_too_few_to_doubt() -> None:
    assert texts(told("sessions", 5000, None, 900, 1100, 1000)) == []


def test_a_level_is_doubted_by_how_much_it_has_to_grow() -> None:
    assert texts(told("followers", 1150, None, 1000, 1020, 1040, 1060, 1090)) == [NEVER_GREW]
    assert texts(told("followers", 1120, None, 1000, 1020, 1040, 1060, 1090)) == []


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        (told("sessions", 5000), told("sessions", None, 1000, period=Period.WEEK), True),
        (told("sessions", 4000), told("sessions", None, 1000, period=Period.WEEK), False),
        (told("sessions", 1000, period=Period.WEEK), told("sessions", None, 4000), True),
        (told("follows", 50, scope=("x",)), told("follows", None, 40), True),
        (told("follows", 50), told("follows", None, 40, scope=("x",)), False),
        (told("sessions", 500, period=Period.DATES, dates=WITHIN_IT),
         told("sessions", None, 400, period=Period.DATES, dates=FAIR), True),
        (told("sessions", 500, period=Period.DATES, dates=FAIR),
         told("sessions", None, 400, period=Period.DATES, dates=WITHIN_IT), False),
        (told("sessions", 500, period=Period.DATES, dates=FAIR), told("sessions", None, 400), False),
        (told("engaged_share", 0.6), told("engaged_share", None, 0.5, period=Period.WEEK), True),
        (told("engaged_share", 0.6, scope=("ga4",)), told("engaged_share", None, 0.5), False),
        (told("sessions", 5000), told("page_views", None, 1000), False),
    ],
)  # fmt: skip
def test_two_bounds_of_one_figure_that_leave_nothing_between_them_are_at_odds(
    one: Progress, other: Progress, odds: bool
) -> None:
    expected = [AT_ODDS] if odds else []
    assert texts(one, other) == expected and texts(other, one) == expected, "each of the two says so"


def test_a_rate_is_pulled_down_by_what_it_is_divided_by() -> None:
    rate, visits, engaged = told("engaged_share", 0.6), told("sessions", 5000), told("page_views", 900)
    assert texts(rate, visits, engaged) == [PULLING]
    assert texts(visits, rate) == [], "it is the rate that falls"
    assert texts(told("engaged_share", None, 0.6), visits) == []
