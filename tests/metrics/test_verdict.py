"""The verdict on a period in one sentence: which fact leads, what is counted, and what it never says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.model import PeakCause, Stated, Window
from data.objectives import Aim, Objective
from i18n import LANGUAGES, locale
from metrics.audience import unfollows
from metrics.causes import Explained, Why
from metrics.conversions import key_events
from metrics.dossier import Dossier
from metrics.engagement import impressions_in_period
from metrics.model import Metric
from metrics.process import Point
from metrics.progress import Progress
from metrics.reading import EVERYTHING, Part, reading
from metrics.signals import Day, Judged, Level, Series, Silence, Verdict, Week, judge
from metrics.tiles import Tile
from metrics.tracking import Sign, Tracking
from metrics.traffic import sessions, visitors
from metrics.verdict import Facts, headline
from metrics.watched import Peak, Watched
from metrics.windows import run, week

MONDAY = date(2026, 11, 9)
WEEK = week(MONDAY)
WEDNESDAY = MONDAY + timedelta(2)
EN = locale("en")


def series(
    metric: Metric = sessions, days: int = 7, level: Level | None = None, weeks: tuple[Week, ...] = ()
) -> Watched:
    """A series of which so many days of the week were judged."""
    silent = [None if n < days else Silence.PROVISIONAL for n in range(7)]
    told = [
        Day(WEEK.first + timedelta(n), 100.0, 100.0, 80.0, 120.0, 0.0, silence=silent[n])
        for n in range(7)
    ]  # fmt: skip
    judged = Judged(tuple(told), (level,) if level else ())
    return Watched(metric, "ga4:site", Series(WEEK.first, [100.0] * 7), judged, judged, weeks)


def case(
    value: float = 1092, expected: float = 604, strength: float = 5.3, metric: Metric = sessions,
    signs: Sequence[Sign] = (), weekly: bool = False, days: int = 1,
) -> Dossier:  # fmt: skip
    """A peak of the week with its dossier."""
    day = Day(WEDNESDAY, value, expected, strength=strength, peak=value > expected, material=True)
    span = WEEK if weekly else Window(WEDNESDAY, WEDNESDAY + timedelta(days - 1))
    peak = Peak(series(metric), span, day, weekly)
    return Dossier(peak, Explained(Why.FEW), False, Tracking(tuple(signs)), (), (), (), (), ())


def tile(metric: Metric = visitors, value: float = 900.0, up: bool | None = None, past: int = 12) -> Tile:
    """A figure of the week; `up` where it lies beyond its limits."""
    windows = run(WEEK, 13)
    values = [None] * (12 - past) + [500.0] * past + [value]
    told = [
        reading(metric, w, EVERYTHING, {} if v is None else {"ga4:site": Part(v, None, 1, 1)})
        for w, v in zip(windows, values, strict=True)
    ]
    return Tile(told[-1], None, None, tuple(told), None if up is None else Verdict(up, -3.2, 611.4))


def objective(metric: Metric, actual: float | None, over: bool = True) -> Progress:
    """An objective of at least 100, whose period is over."""
    aim = Objective(Aim(metric.key), WEEK.first, 100.0)
    return Progress(aim, metric, WEEK, WEEK.last if over else None, actual)


def stated(text: str, status: Stated = Stated.WRITTEN, day: date = WEDNESDAY) -> dict[tuple[str, date], PeakCause]:
    cause = PeakCause("sessions@ga4:site", day, status, text or None, 1092, 604, datetime(2026, 11, 20))
    return {(cause.series, cause.day): cause}


def sentence(*given: object, lang: str = "en", **facts: object) -> str:
    said = locale(lang).t(headline(Facts(WEEK, **facts), {"ga4": "Google Analytics"}.__getitem__))  # type: ignore[arg-type]
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_peak_leads_with_its_size_and_that_nobody_has_explained_it() -> None:
    assert sentence(series=[series()], cases=[case()]) == (
        "Visits (Google Analytics): a peak on 11 Nov 2026, 1,092 for 604 expected (+81%), not explained."
    )
    assert sentence(series=[series()], cases=[case()], lang="fr") == (
        "Visites (Google Analytics) : un pic le 11 nov. 2026, 1 092 pour 604 attendus (+81 %), non expliqué."
    )


def test_the_cause_is_the_one_that_people_have_stated() -> None:
    said = sentence(series=[series()], cases=[case()], said=stated("An article in the {Courrier}."))
    assert said.endswith("(+81%), put down to “An article in the {Courrier}”.")
    said = sentence(series=[series()], cases=[case()], said=stated("", Stated.UNEXPLAINED))
    assert said.endswith("not explained.")


def test_the_peak_that_stands_out_most_leads_and_the_others_are_counted() -> None:
    found = [case(strength=3.4), case(100, 604, -6.1, visitors), case(strength=3.1)]
    said = sentence(series=[series()], cases=found)
    assert said.startswith("Visitors (Google Analytics): a fall on 11 Nov 2026, 100 for 604 expected (−83%)")
    assert said.endswith("not explained; 2 other signals.")
    assert sentence(series=[series()], cases=found[:2]).endswith("; one other signal.")


def test_days_in_a_row_and_weeks_are_told_as_such() -> None:
    assert "a peak over 11–13 Nov 2026, most of all on 11 Nov 2026, 1,092" in sentence(cases=[case(days=3)])
    assert "a peak in the week of 9 Nov 2026, 1,092" in sentence(cases=[case(weekly=True)])


def test_a_figure_of_the_whole_period_goes_before_a_day_and_the_worse_before_the_better() -> None:
    told = [tile(visitors, up=True), tile(unfollows, up=True)]
    said = sentence(tiles=told, series=[series()], cases=[case()])
    assert said == "Unfollows: 900, unusually high (usual: 0 to 611); 2 other signals."


def test_visits_that_were_not_counted_go_before_everything() -> None:
    lost = case(0, 671, -9.0, signs=[Sign.NOTHING])
    said = sentence(tiles=[tile(up=True)], series=[series()], cases=[case(strength=99), lost])
    assert said.startswith("Visits (Google Analytics): probably not counted on 11 Nov 2026, 0 for 671 expected; ")
    assert "not explained" not in said
    kept = sentence(tiles=[tile(up=True)], series=[series()], cases=[lost], said=stated("The site was closed"))
    assert kept.startswith("Visitors: 900, unusually high"), "people say that it was no matter of counting"


def test_a_new_level_is_a_signal_in_the_period_that_establishes_it_only() -> None:
    since = WEDNESDAY - timedelta(7)
    now = series(level=Level(since, 96.4, 141.7, WEDNESDAY - timedelta(1)))
    assert sentence(series=[now]) == (
        "Visits (Google Analytics): a new level since 4 Nov 2026, about 142 a day, 96 before."
    )
    for away in (-7, 7):
        other = series(level=Level(WEDNESDAY, 96.4, 141.7, WEDNESDAY + timedelta(away)))
        assert sentence(series=[other]).startswith("Nothing unusual this week")


@given(some.integers(70, 76), some.sampled_from([0.4, 2.2]))
def test_a_lasting_change_is_news_in_one_week_of_those_that_follow_it(day: int, factor: float) -> None:
    """As the reports of each week see it, which know the days up to the end of that week alone."""
    chance = np.random.default_rng(day)
    values = [float(one) for one in chance.poisson([900.0 * (factor if n >= day else 1) for n in range(119)])]
    leads = []
    for end in range(70, 120, 7):
        first = WEEK.first - timedelta(70)
        judged = judge(Series(first, values[:end]))
        seen = Watched(sessions, "ga4:site", Series(first, values[:end]), judged, judged)
        window = Window(first + timedelta(end - 7), first + timedelta(end - 1))
        leads += [window.first for _ in Facts(window, series=[seen]).levels]
    assert len(leads) == 1


def test_a_peak_goes_before_a_new_level_of_mere_views_and_no_other() -> None:
    level = Level(WEDNESDAY - timedelta(7), 2005.0, 706.0, WEDNESDAY)
    seen, counted = (series(metric, level=level) for metric in (impressions_in_period, key_events))
    assert sentence(series=[seen]).startswith("Impressions in the period (Google Analytics): a new level")
    assert sentence(series=[seen], cases=[case()]).startswith("Visits (Google Analytics): a peak")
    assert sentence(series=[seen, counted], cases=[case()]).startswith("Key events (Google Analytics): a new level")


def test_nothing_unusual_is_said_of_what_could_be_judged() -> None:
    assert sentence(series=[series(), series(visitors)]) == "Nothing unusual this week (series watched: 2)."
    assert sentence(series=[series(days=5), series(days=4), series(days=0)]) == (
        "Nothing unusual up to 13 Nov 2026 (series watched: 2)."
    )
    weeks = (Week(WEEK, Point(30.0, 31.0, 20.0, 42.0)),)
    assert sentence(series=[series(days=0, weeks=weeks)]) == "Nothing unusual this week (series watched: 1)."
    unjudged = (Week(WEEK, Point(30.0)),)
    assert sentence(series=[series(days=0, weeks=unjudged)]).startswith("Too short a past")
    assert sentence(tiles=[tile(), tile(past=7)]) == (
        "Nothing unusual in the figures of the whole period (1); no day could be judged."
    )
    assert sentence(tiles=[tile(past=7)]).startswith("Too short a past")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], ""),
        ([objective(sessions, None, over=False)], ""),
        ([objective(sessions, 120.0), objective(visitors, 100.0)], "; all objectives on track (2)"),
        ([objective(sessions, 120.0), objective(visitors, None, False)],
         "; objectives on track: 1 of 2, none at risk so far"),
        ([objective(sessions, 99.0), objective(visitors, 120.0), objective(sessions, 98.0)],
         "; objectives missed, at risk or off target: 2 of 3 (Visits)"),
    ],
)  # fmt: skip
def test_the_objectives_end_the_sentence(told: list[Progress], said: str) -> None:
    assert sentence(series=[series()], objectives=told) == f"Nothing unusual this week (series watched: 1){said}."


@given(
    some.lists(some.tuples(some.floats(0, 5000), some.floats(1, 5000), some.floats(-9, 9)), max_size=4),
    some.lists(some.booleans(), max_size=3), some.booleans(), some.sampled_from([*LANGUAGES]),
)  # fmt: skip
def test_whatever_the_facts_it_is_one_sentence_that_names_no_cause_of_its_own(
    peaks: list[tuple[float, float, float]], out: list[bool], explained: bool, lang: str
) -> None:
    cases = [case(value, expected, strength) for value, expected, strength in peaks]
    said = stated("Le festival") if explained else {}
    told = sentence(series=[series()], tiles=[tile(up=up) for up in out], cases=cases, said=said, lang=lang)
    assert told.endswith(".") and "\n" not in told and "{" not in told and ".." not in told
    assert ("Le festival" in told) is bool(explained and cases and not out)
    assert (("not explained" in told) or ("non expliqué" in told)) is bool(cases and not out and not explained)
    assert ("Nothing" in told or "Rien" in told) is (not cases and not out)
