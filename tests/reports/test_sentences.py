"""The headline and the three sentences: what leads, what worries, what is to be decided, never more than is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.model import Annotation, PeakCause, Stated, Window
from data.objectives import Aim, Objective, Period
from i18n import locale
from metrics.audience import follows, unfollows
from metrics.causes import Why
from metrics.dossier import Dossier, Explained
from metrics.judging import Day, Judged
from metrics.levels import Level
from metrics.model import Metric
from metrics.posts import posts_published
from metrics.progress import Bounds, Progress
from metrics.reading import EVERYTHING, Change, Mark, Part, Reading, reading
from metrics.reviews import Reviews
from metrics.said import Said
from metrics.signals import Verdict
from metrics.tiles import Tile
from metrics.tracking import Tracking
from metrics.traffic import sessions
from metrics.verdict import Facts
from metrics.watched import Peak, Watched
from metrics.windows import before, week, year_before
from reports.model import Tone
from reports.sentences import Found, headline, main_fact, main_worry, sentences

WEEK = week(date(2026, 11, 9))
EN = locale("en")
USUAL = (100.0, 104.0, 98.0, 101.0, 99.0, 103.0, 97.0, 102.0, 100.0)


def name(account: str) -> str:
    return account.partition(":")[2]


def read(metric: Metric, value: float | None, marks: frozenset[Mark] = frozenset()) -> Reading:
    parts = {"ga4:lumen": Part(value, None, 7, 7, marks)} if value is not None else {}
    return reading(metric, WEEK, EVERYTHING, parts)


def tile(metric: Metric, value: float | None, verdict: Verdict | None = None, past: tuple[float, ...] = USUAL,
         marks: frozenset[Mark] = frozenset()) -> Tile:  # fmt: skip
    now = read(metric, value, marks)
    changed = Change(12.0, 0.12, 100.0, True, WEEK, before(WEEK)) if value is not None else None
    year = Change(-5.0, -0.05, 100.0, True, WEEK, year_before(WEEK)) if value is not None else None
    return Tile(now, changed, year, (*(read(metric, one) for one in past), now), verdict)


HIGH, LOW = Verdict(True, 90.0, 110.0), Verdict(False, 90.0, 110.0)


def aim(actual: float, low: float | None = 3000, period: Period = Period.WEEK, **more: Any) -> Progress:
    window = WEEK if period is Period.WEEK else Window(date(2026, 11, 1), date(2026, 11, 30))
    objective = Objective(Aim("sessions", (), period), date(2026, 1, 1), low)
    return Progress(objective, sessions, window, WEEK.last, actual, **more)


def peak(metric: Metric = sessions, up: bool = True, strength: float = 5.0, day: int = 2) -> Dossier:
    when = WEEK.first + timedelta(day)
    judged = Day(when, 900.0 if up else 100.0, 500.0, 400.0, 600.0, strength=strength, peak=up, material=True)
    series = Watched.__new__(Watched)
    for field, value in {"metric": metric, "account": "ga4:lumen"}.items():
        object.__setattr__(series, field, value)
    return Dossier(
        Peak(series, Window(when, when), judged), Explained(Why.UNKNOWN), False, Tracking(), (), (), (), (), ()
    )


def found_of(tiles: Sequence[Tile] = (), aims: Sequence[Progress] = (), peaks: Sequence[Dossier] = (),
             said: Said | None = None, **more: Any) -> Found:  # fmt: skip
    return Found(Facts(WEEK, tiles, (), peaks, said or {}, aims), **more)


def said(found: Found) -> tuple[str, list[str]]:
    return headline(EN, found), [one.text for one in sentences(EN, found, name)]


def test_a_quiet_week_says_so() -> None:
    found = found_of([tile(sessions, 101.0), tile(follows, 99.0)])
    line, (fact, worry, decision) = said(found)
    assert line == "Nothing unusual in the figures of the whole period (2); no day could be judged."
    assert fact == "Nothing unusual: all 2 figures are in their usual range."
    assert worry == "Of the figures that can be judged, none is unusually bad."
    assert decision == "No decision is requested."
    assert said(found_of(found.facts.tiles, [aim(3100.0, period=Period.MONTH)]))[1][1] == (
        "Of the figures that can be judged, none is unusually bad, and no objective is missed or at risk."
    )


def found_with(level: Level) -> Found:
    """A week that has established a new level of visits, and is as usual else."""
    series = Watched.__new__(Watched)
    fields = {"metric": sessions, "account": "ga4:lumen", "back": Judged((), (level,)), "now": Judged(()), "weeks": ()}
    for field, value in fields.items():
        object.__setattr__(series, field, value)
    found = found_of([tile(sessions, 101.0)])
    return replace(found, facts=replace(found.facts, series=(series,)))


def test_a_new_level_is_the_fact_where_nothing_stands_out() -> None:
    line, (fact, _, _) = said(found_with(Level(WEEK.first - timedelta(4), 96.4, 141.7, WEEK.first + timedelta(3))))
    assert fact == line == "Visits (Google Analytics): a new level since 5 Nov 2026, about 142 a day, 96 before."


def test_a_new_level_that_is_bad_news_is_the_worry_and_not_the_fact() -> None:
    found = found_with(Level(WEEK.first - timedelta(4), 141.7, 96.4, WEEK.first + timedelta(3)))
    line, (fact, worry, _) = said(found)
    assert worry == line == "Visits (Google Analytics): a new level since 5 Nov 2026, about 96 a day, 142 before."
    assert fact == "Nothing else unusual: 1 of 1 figures are in their usual range."
    assert [one.tone for one in sentences(EN, found, name)] == [Tone.NONE, Tone.BAD, Tone.NONE]


def test_what_is_late_provisional_or_new_is_not_called_usual() -> None:
    assert said(found_of([tile(sessions, None), tile(follows, 99.0)]))[1][0] == (
        "Nothing unusual among the figures that can be judged (1 of 2)."
    )
    assert said(found_of([tile(sessions, 99.0, past=USUAL[:3])]))[1][0].startswith("Too short a past")
    growing = tile(sessions, 99.0, marks=frozenset({Mark.GROWING}))
    assert said(found_of([growing]))[1][0].startswith("Whether anything is unusual cannot be said yet")
    line, (_, worry, _) = said(found_of([tile(sessions, None)]))
    assert (line, worry) == ("No export states the figures of this week yet.", "Too little is known to say.")
    assert said(found_of([tile(sessions, 99.0)], late=2))[1][1].startswith(
        "Accounts that are not known until the end of the week: 2."
    )


def test_good_news_is_the_fact_and_bad_news_the_worry() -> None:
    found = found_of([tile(sessions, 130.0, HIGH), tile(unfollows, 150.0, HIGH)])
    assert main_fact(found) is found.facts.tiles[0] and main_worry(found) is found.facts.tiles[1]
    line, (fact, worry, _) = said(found)
    assert line == "Unfollows: 150, unusually high (usual: 90 to 110); one other signal."
    assert fact == "Visits: 130, unusually high (usual: 90 to 110). +12% on the week before, −5.0% on a year earlier."
    assert worry.startswith("Unfollows: 150, unusually high")
    assert [one.tone for one in sentences(EN, found, name)] == [Tone.GOOD, Tone.BAD, Tone.NONE]


def test_beside_bad_news_the_rest_is_usual() -> None:
    found = found_of([tile(sessions, 60.0, LOW), tile(follows, 99.0)])
    line, (fact, _, decision) = said(found)
    assert main_fact(found) is None and line == "Visits: 60, unusually low (usual: 90 to 110)."
    assert fact == "Nothing else unusual: 1 of 2 figures are in their usual range."
    assert decision == "Say who looks into what is not explained: Visits."


def test_of_two_figures_the_one_further_out_leads() -> None:
    near, far = tile(sessions, 111.0, HIGH), tile(follows, 300.0, HIGH)
    assert main_fact(found_of([near, far])) is far


def test_a_figure_that_is_neither_good_nor_bad_is_a_fact_and_no_worry() -> None:
    found = found_of([tile(posts_published, 60.0, LOW)])
    assert main_fact(found) is found.facts.tiles[0] and main_worry(found) is None


def test_an_objective_that_ended_this_week_goes_before_a_figure() -> None:
    met, missed = aim(3100.0), aim(2900.0)
    found = found_of([tile(follows, 300.0, HIGH), tile(sessions, 60.0, LOW)], [met, missed])
    assert main_fact(found) is met and main_worry(found) is missed
    _, (fact, worry, decision) = said(found)
    assert fact == "✓ Met · Visits, 9–15 Nov 2026: 3,100. Target: at least 3,000."
    assert worry == "✗ Missed · Visits, 9–15 Nov 2026: 2,900. Target: at least 3,000."
    assert decision == "Keep the target for the next period, or change it: Visits, 9–15 Nov 2026."


def test_a_figure_out_of_its_range_goes_before_an_objective_at_risk_of_a_period_that_runs() -> None:
    behind = aim(1000.0, 3000, Period.MONTH, even=Bounds(1500.0, None))
    found = found_of([tile(sessions, 60.0, LOW)], [behind])
    assert main_worry(found) is found.facts.tiles[0]
    assert main_worry(found_of([tile(sessions, 99.0)], [behind])) is behind


def test_a_crisis_that_was_noted_is_the_worry() -> None:
    crisis = Annotation("1", WEEK, "crisis", "Prices doubled by mistake!")
    found = found_of([tile(sessions, 60.0, LOW)], notes=[crisis, replace(crisis, category="press")])
    assert main_worry(found) is crisis
    line, (_, worry, _) = said(found)
    assert line == "Crisis: Prices doubled by mistake! Visits: 60, unusually low (usual: 90 to 110)."
    assert worry == "Noted as a crisis, 9–15 Nov 2026: Prices doubled by mistake!"
    assert main_worry(replace(found, notes=[replace(crisis, category="press")])) is found.facts.tiles[0]


def test_a_long_text_is_cut_in_the_headline() -> None:
    crisis = Annotation("1", WEEK, "crisis", "word " * 400)
    told = headline(EN, found_of(notes=[crisis]))
    assert told.startswith("Crisis: word word") and "…" in told and len(told) < 160


def test_the_largest_peak_is_told_and_the_cause_is_that_of_people() -> None:
    small, large, bad = peak(day=1), peak(strength=9.0), peak(up=False)
    found = found_of([tile(sessions, 99.0)], peaks=[small, large, bad], said={})
    assert main_fact(found) is large and main_worry(found) is bad
    line, (fact, _, decision) = said(found)
    assert line == (
        "Visits (Google Analytics): a peak on 11 Nov 2026, 900 for 500 expected (+80%), not explained; 2 other signals."
    )
    assert fact == "Visits · Google Analytics, 11 Nov 2026: 900, for 500 expected (400 to 600). Not explained."
    assert decision == "Say who looks into what is not explained: Visits · Google Analytics, 11 Nov 2026."
    day = large.peak.day.day
    cause = PeakCause("sessions@ga4:lumen", day, Stated.WRITTEN, "The radio spoke of us", 900.0, 500.0)
    told = found_of(found.facts.tiles, peaks=found.facts.cases, said={(cause.series, day): cause})
    assert said(told)[1][0].endswith("The radio spoke of us.")
    assert said(told)[1][2] == "No decision is requested."


@pytest.mark.parametrize("status", [Stated.WRITTEN, Stated.UNEXPLAINED])
def test_a_figure_has_the_cause_of_its_peak_only_where_people_have_said_it(status: Stated) -> None:
    case = peak()
    cause = PeakCause("sessions@ga4:lumen", case.peak.day.day, status, "Radio", 900.0, 500.0)
    found = found_of([tile(sessions, 130.0, HIGH)], peaks=[case], said={(cause.series, cause.day): cause})
    assert said(found)[1][0].endswith("Cause: Radio.") is (status is Stated.WRITTEN)


def test_the_author_decides_what_is_asked() -> None:
    found = found_of([tile(sessions, 60.0, LOW)], decision="Approve the link by Wednesday.")
    assert said(found)[1][2] == "Approve the link by Wednesday."


def test_poor_reviews_without_an_answer_are_to_be_answered() -> None:
    waiting = Reviews("google_play:lumen", 5, 3.0, 3, 3, 2)
    assert said(found_of([tile(sessions, 99.0)], reviews=[waiting]))[1][2] == (
        "Say who answers the poor reviews of the week that have no answer: 2."
    )
    unknown = found_of([tile(sessions, 99.0)], reviews=[replace(waiting, poor_open=None)])
    assert said(unknown)[1][2] == "No decision is requested."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sentence_ends(language: str) -> None:
    good, bad = [tile(sessions, 130.0, HIGH), tile(unfollows, 150.0, HIGH)], [peak(), peak(up=False)]
    aims, crisis = [aim(3100.0), aim(2900.0)], [Annotation("1", WEEK, "crisis", "Prices")]
    for found in (
        found_of(good, aims, bad, notes=crisis), found_of((), aims, bad), found_of(good, (), bad), found_of(good),
        found_of(),
    ):  # fmt: skip
        told = locale(language)
        assert headline(told, found).endswith((".", "!", "?"))
        assert all(one.text.endswith((".", "!", "?")) for one in sentences(told, found, name))
