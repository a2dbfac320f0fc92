"""The campaigns of a report: which are told, and what each brought by the end of the week, by plain sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.campaigns import Campaign, Marks, Price
from data.model import Window
from data.objectives import Aim, Objective, Period
from i18n import locale
from metrics.effect import Doubt, Effect
from metrics.windows import week
from reports.campaigns import moved, running
from reports.given import Given
from reports.model import Tone
from tests.reports.conftest import LATER, SITE, WEEK

FAIR = Campaign("Fair", Window(date(2026, 11, 5), date(2026, 11, 20)), Marks(campaigns=("fair-26",)),
                Price("EUR", 120.0), value=4.0)  # fmt: skip


@pytest.fixture
def fair(know: Any, house: Given) -> Given:
    """A campaign of sixteen days, with twenty visits and three key events on each of them, and its objective."""
    days = [FAIR.days.first + timedelta(n) for n in range(FAIR.days.days)]
    row = {"account": SITE, "slice": "campaign", "campaign": "fair-26", "sessions": 20, "key_events": 3}
    know("web", *(row | {"first_day": day, "last_day": day} for day in days), until=LATER + timedelta(7))
    aim = Objective(Aim("key_events", (), Period.DATES, FAIR.days), FAIR.days.first, 1000)
    return replace(house, campaigns=(FAIR,), objectives=(aim,))


def test_a_campaign_is_told_as_it_stood_when_the_week_ended(make: Any, fair: Given) -> None:
    (one,) = make(fair).campaigns
    known = (WEEK.last - FAIR.days.first).days + 1
    assert (one.name, one.result) == ("Fair", "Key events")
    assert one.when == f"5–20 Nov 2026 · {known} of 16 days known"
    assert one.results.value == 3 * known and one.cost.shown == "€120.00"
    assert one.each.value == pytest.approx(120 / (3 * known))
    assert one.aims and (one.aims.shown, one.aims.tone) == ("○ Not known yet", Tone.NONE)
    assert one.effect == "too little data"
    roi = (4 * 3 * known - 120) / 120
    assert f"= {roi:+.0%}." in one.words and "Cost of a result" in one.words
    (whole,) = make(fair, week=week(FAIR.days.last)).campaigns
    assert whole.results.value == 48 and whole.when == "5–20 Nov 2026"


def test_a_campaign_of_which_nothing_is_known_has_dashes(make: Any, house: Given) -> None:
    (one,) = make(replace(house, campaigns=(replace(FAIR, price=Price("EUR")),))).campaigns
    assert (one.results.value, one.cost.value, one.each.value, one.aims) == (None, None, None, None)
    assert (one.results.shown, one.cost.shown, one.each.shown) == ("—", "—", "—")
    assert "is not known" in one.words


@pytest.mark.parametrize(
    ("first", "days", "told"),
    [(7, 3, False), (6, 30, True), (-3, 4, True), (-34, 7, True), (-35, 7, False), (-40, 100, True)],
)
def test_those_under_way_or_over_for_four_weeks_are_told(first: int, days: int, told: bool) -> None:
    start = WEEK.first + timedelta(first)
    one = replace(FAIR, days=Window(start, start + timedelta(days - 1)))
    assert bool(running([one], WEEK)) is told


def test_the_effect_is_told_under_the_name_of_the_figure_that_is_to_move() -> None:
    wide = Effect(share=0.18, low=0.03, high=0.32, reach=0.69, doubt=Doubt.WIDE)
    assert moved(locale("en"), FAIR, wide) == "Visits: cannot be told (+3.0% to +32%)"
    assert moved(locale("en"), FAIR, replace(wide, doubt=Doubt.FEW)) == "too little data"
    assert moved(locale("en"), FAIR, None) == "—"
