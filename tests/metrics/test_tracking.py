"""Did people stay away, or were they not counted?"""

from __future__ import annotations

import pytest

from metrics.causes import Explained, Why
from metrics.tracking import Sign, Tracking, tracking

ALIKE, PARTS = Explained(Why.ACROSS), Explained(Why.PARTS)
USUAL = [1.0] * 7 + [20.0] * 17


def test_a_day_without_a_visit_beside_usual_clicks_is_a_broken_tag() -> None:
    found = tracking(0, 350, ALIKE, [0] * 24, USUAL, clicks=(190, 200))
    assert found.likely
    assert found == Tracking((Sign.NOTHING, Sign.CLICKS, Sign.ALIKE))


def test_clicks_that_fell_as_well_speak_for_people_who_stayed_away() -> None:
    assert not tracking(200, 400, ALIKE, clicks=(100, 200)).likely
    assert tracking(200, 400, ALIKE, clicks=(160, 200)).likely


def test_all_channels_alike_is_no_proof_by_itself() -> None:
    found = tracking(200, 400, ALIKE)
    assert found.signs == (Sign.ALIKE,) and not found.likely


def test_hours_in_a_row_without_a_visit_are_told() -> None:
    hours = [1.0] * 7 + [20.0] * 5 + [0.0] * 6 + [20.0] * 6
    found = tracking(220, 347, PARTS, hours, USUAL)
    assert found == Tracking((Sign.HOURS,), (12, 17))


def test_a_quiet_night_is_no_outage() -> None:
    hours = [0.0] * 7 + [10.0] * 17
    assert not tracking(170, 347, PARTS, hours, USUAL).likely


def test_an_hour_that_is_not_known_is_not_one_without_a_visit() -> None:
    assert not tracking(170, 347, PARTS, [None] * 24, USUAL).likely


@pytest.mark.parametrize(("visits", "expected"), [(300, 400), (500, 400), (0, 0)])
def test_without_a_fall_of_some_size_nothing_is_asked(visits: float, expected: float) -> None:
    assert tracking(visits, expected, ALIKE, [0] * 24, USUAL, clicks=(200, 200)) == Tracking()


def test_few_clicks_say_nothing() -> None:
    assert tracking(100, 400, PARTS, clicks=(15, 15)) == Tracking()
