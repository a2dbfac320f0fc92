"""What happened to the invented house of the demo is found in its exports with its cause; quiet weeks raise nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.demo.story import Story, booking_opens, tell
from data.model import Window
from data.store import Store
from metrics.campaigns import brought
from metrics.days_off import PUBLIC, days_off
from metrics.dossier import Candidate, Dossier, Kind, dossier
from metrics.lift import lift
from metrics.reading import Scope
from metrics.watched import peaks, watched
from tests.conftest import DEMO_DAY

STORY: Story = tell(DEMO_DAY, 0)
YEAR = Window(STORY.last - timedelta(363), STORY.last)


@pytest.fixture(scope="module")
def cursor(demo_brands: Path) -> Iterator[Any]:
    with Store(demo_brands / "demo").read() as cursor:
        yield cursor


@pytest.fixture(scope="module")
def cases(cursor: Any) -> list[Dossier]:
    """Every peak of the last year, with what may have made it; nobody has noted anything."""
    series = watched(cursor, STORY.last, Scope(), 1)
    found = peaks(series, YEAR)
    return [dossier(cursor, one, series, found, (), language="en") for one in found]


def told(cases: list[Dossier], metric: str, day: date, network: str = "") -> Dossier:
    """The peak of a figure on a day, or in its week."""
    (found,) = [
        case for case in cases
        if case.peak.watched.metric.key == metric and case.peak.watched.account.startswith(network)
        and case.peak.window.first <= day <= case.peak.window.last + timedelta(6 * case.peak.weekly)
    ]  # fmt: skip
    return found


def first(case: Dossier) -> Candidate:
    return case.candidates[0]


def moment(words: str, network: str) -> date:
    return next(one.day for one in STORY.moments if one.words == words and one.network == network)


def test_the_article_is_the_source_of_its_visits(cases: list[Dossier]) -> None:
    found = told(cases, "sessions", STORY.press)
    cause = first(found).cause
    assert found.peak.up and cause and cause.share and cause.share > 0.8
    assert any("lecourrierdelarade.example" in member for _, member in cause.where)


def test_the_post_that_went_far_is_the_cause_of_its_views_and_follows(cases: list[Dossier]) -> None:
    far = [("impressions_in_period", "héron", "x", 1), ("follows", "mille lampes", "instagram", 0)]
    for metric, words, network, later in far:
        found = told(cases, metric, moment(words, network) + timedelta(later), network)
        post = first(found).post
        assert found.peak.up and post and words.split()[-1] in (post.text or "").lower()


def test_the_broken_tag_is_told_from_a_real_drop(cases: list[Dossier]) -> None:
    found = told(cases, "sessions", STORY.outage[1])
    assert (found.peak.window.first, found.peak.window.last) == (STORY.outage[0], STORY.outage[-1])
    assert not found.peak.up and first(found).kind is Kind.TRACKING


def test_the_bad_buzz_is_the_cause_of_those_who_left(cases: list[Dossier]) -> None:
    for metric, network in (("unfollows", "x"), ("net_follows", "linkedin")):
        post = first(told(cases, metric, STORY.buzz, network)).post
        assert post and post.day == STORY.buzz and post.talked_of


def test_the_holidays_are_the_cause_of_their_empty_days(cases: list[Dossier]) -> None:
    for day in (date(2025, 12, 25), date(2026, 1, 1)):
        found = told(cases, "sessions", day)
        assert not found.peak.up and first(found).kind is Kind.HOLIDAY


def test_the_campaign_has_its_results_and_its_effect(cursor: Any, demo_brands: Path) -> None:
    last = STORY.campaigns[-1]
    one = next(c for c in Store(demo_brands / "demo").campaigns() if c.days == Window(last.first, last.last))
    found, effect = brought(cursor, one, STORY.last), lift(cursor, one, STORY.last)
    assert found.over and found.results and found.gain and found.gain.roi is not None
    assert effect and effect.sure and effect.share and effect.share > 0


def test_quiet_weeks_raise_no_alarm_about_the_site_and_two_at_most_about_any_figure(
    cases: list[Dossier],
) -> None:
    holidays = [one.day for one in days_off(YEAR.first, YEAR.last) if one.kind == PUBLIC]
    known = [STORY.press, STORY.buzz, *STORY.outage, *holidays, *booking_opens(2026), *(m.day for m in STORY.moments)]
    quiet = [
        case.peak.watched for case in cases if all(abs((case.peak.day.day - day).days) > 7 for day in known)
    ]  # fmt: skip
    assert not [one for one in quiet if one.metric.key in ("sessions", "search_clicks", "search_impressions")]
    assert all(count <= 2 for count in Counter(one.key for one in quiet).values())
