"""The series of a brand that are watched, their peaks, and the dossier of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from data.model import Annotation, Window
from metrics.causes import Explained, Why
from metrics.dossier import Dossier, Kind, dossier, weekdays_before
from metrics.model import Good
from metrics.reading import Scope
from metrics.signals import Silence
from metrics.tracking import Sign
from metrics.watched import Watched, peaks, watched

MONDAY, DAYS = date(2026, 3, 2), 84
LAST = MONDAY + timedelta(DAYS - 1)
PEAK = MONDAY + timedelta(73)  # a Thursday: neither a holiday nor beside one
SITE, OLD, SEARCH = "ga4:1", "universal_analytics:lumen", "search_console:lumen"
X, FACEBOOK = "x:lumen", "facebook:lumen"
SOURCES = {"Search": 500, "Direct": 300, "Social": 200}


def visits(day: date, extra: dict[str, int] | None = None, account: str = SITE) -> list[dict[str, Any]]:
    """A day of the site, and its channels."""
    chance = np.random.default_rng(day.toordinal())
    more = extra or {}
    counts = {name: int(chance.poisson(usual)) + more.get(name, 0) for name, usual in SOURCES.items()}
    row = {"account": account, "first_day": day, "last_day": day}
    channels = [row | {"slice": "channel", "channel": name, "sessions": n} for name, n in counts.items()]
    return [row | {"slice": "site", "sessions": sum(counts.values()), "users": 10}, *channels]


def all_days() -> list[date]:
    return [MONDAY + timedelta(n) for n in range(DAYS)]


def measured(know: Any, extra: dict[str, int] | None = None) -> None:
    rows = [row for day in all_days() for row in visits(day, extra if day == PEAK else None)]
    know("web", *rows, until=LAST + timedelta(7))


def the_dossier(cursor: Any, notes: tuple[Annotation, ...] = (), key: str = "sessions") -> Dossier:
    series = watched(cursor, LAST)
    found = peaks(series, Window(PEAK, PEAK))
    (peak,) = [one for one in found if one.watched.metric.key == key]
    return dossier(cursor, peak, series, found, notes)


def only(series: tuple[Watched, ...], key: str) -> Watched:
    (one,) = [one for one in series if one.metric.key == key]
    return one


def test_each_metric_of_an_account_is_a_series_and_a_day_that_is_not_stated_is_a_gap(cursor: Any, know: Any):
    days = [{"account": X, "day": day, "follows": 3, "impressions": 900} for day in all_days() if day != PEAK]
    know("account_days", *days)
    series = watched(cursor, LAST)
    assert [one.key for one in series] == [f"impressions_in_period@{X}", f"follows@{X}"]
    assert series[0].series.values[73] is None and series[0].series.values[72] == 900
    assert series[0].day(PEAK).silence is Silence.UNKNOWN  # type: ignore[union-attr]


def test_mentions_are_watched_where_an_export_states_them(cursor: Any, know: Any):
    know("account_days", *({"account": FACEBOOK, "day": day, "mentions": 90 if day == PEAK else 20 + day.day % 3}
                           for day in all_days()))  # fmt: skip
    (one,) = watched(cursor, LAST)
    assert one.key == f"mentions@{FACEBOOK}"
    (peak,) = peaks([one], Window(PEAK, PEAK))
    assert (peak.up, peak.day.day, one.metric.good) == (True, PEAK, Good.NEITHER)


def test_visitors_are_watched_only_where_no_visits_are_stated(cursor: Any, know: Any):
    measured(know)
    assert [one.metric.key for one in watched(cursor, LAST)] == ["sessions"]


def test_the_last_days_that_may_change_are_not_judged(cursor: Any, know: Any):
    rows = [row for day in all_days() for row in visits(day, {"Social": 4000} if day == LAST else None)]
    know("web", *rows, until=LAST + timedelta(1))
    one = only(watched(cursor, LAST), "sessions")
    assert LAST in one.series.provisional
    assert not peaks([one], Window(MONDAY, LAST))
    assert one.newest is not None and one.newest.day < LAST


def test_two_tools_of_one_site_make_one_series(cursor: Any, know: Any):
    half = DAYS // 2
    know("web", *(row for day in all_days()[:half] for row in visits(day, account=OLD)))
    know("web", *(row for day in all_days()[half - 5 :] for row in visits(day)))
    cursor.execute("insert into same_site values (?, ?, 1)", [OLD, SITE])
    (one,) = watched(cursor, LAST)
    assert one.account == SITE and len(one.series.values) == DAYS
    assert all(value is not None and 700 < value < 1300 for value in one.series.values)


def test_a_channel_that_rose_alone_is_the_cause(cursor: Any, know: Any):
    measured(know, {"Social": 900})
    found = the_dossier(cursor)
    assert found.explained.why is Why.PARTS
    (candidate,) = found.candidates
    assert candidate.cause is not None and candidate.cause.where == (("channel", "Social"),)
    assert candidate.share == pytest.approx(1, abs=0.12)


def test_the_same_weekdays_before_are_those_that_did_not_stand_out_themselves(cursor: Any, know: Any):
    early = PEAK - timedelta(7)
    rows = [row for day in all_days() for row in visits(day, {"Social": 900} if day in (early, PEAK) else None)]
    know("web", *rows, until=LAST + timedelta(7))
    one = only(watched(cursor, LAST), "sessions")
    weeks = weekdays_before(one, PEAK)
    assert early not in weeks and len(weeks) == 8 and {day.weekday() for day in weeks} == {PEAK.weekday()}


def test_an_annotation_of_the_day_goes_before_the_rest(cursor: Any, know: Any):
    measured(know, {"Social": 900})
    note = Annotation("1", Window(PEAK - timedelta(3), PEAK - timedelta(1)), "press", "The radio")
    other = Annotation("2", Window(MONDAY, MONDAY), "press", "Long ago")
    found = the_dossier(cursor, (note, other))
    assert found.annotations == (note,)
    assert [one.kind for one in found.candidates] == [Kind.ANNOTATION, Kind.PARTS]


def test_what_only_went_on_at_the_time_goes_after_the_part_that_explains_most(cursor: Any, know: Any):
    measured(know, {"Social": 900})
    season = Annotation("1", Window(PEAK - timedelta(40), PEAK + timedelta(9)), "event", "The season")
    ended = Annotation("2", Window(PEAK - timedelta(40), PEAK - timedelta(1)), "event", "Over the day before")
    after = Annotation("3", Window(PEAK + timedelta(1), PEAK + timedelta(1)), "press", "The day after")
    found = the_dossier(cursor, (season, ended, after))
    assert found.annotations == (season,)
    assert [one.kind for one in found.candidates] == [Kind.PARTS, Kind.ANNOTATION]
    bare = replace(found, explained=Explained(Why.ACROSS))
    assert [one.kind for one in bare.candidates] == [Kind.ANNOTATION], "where no part explains it, it is all one knows"


def test_a_day_without_visits_beside_usual_clicks_was_not_counted(cursor: Any, know: Any):
    rows = [row for day in all_days() if day != PEAK for row in visits(day)]
    silent = {"account": SITE, "first_day": PEAK, "last_day": PEAK, "slice": "site", "sessions": 0}
    know("web", *rows, silent, until=LAST + timedelta(7))
    clicks = [
        {
            "account": SEARCH,
            "slice": "site",
            "first_day": day,
            "last_day": day,
            "clicks": 300 + day.day,
            "impressions": 9,
        }
        for day in all_days()
    ]
    know("search", *clicks, until=LAST + timedelta(9))
    found = the_dossier(cursor)
    assert found.tracking.likely and found.tracking.signs == (Sign.NOTHING, Sign.CLICKS, Sign.ALIKE)
    assert [one.kind for one in found.candidates] == [Kind.TRACKING]
    one = only(watched(cursor, LAST), "sessions")
    assert [peak.day.day for peak in peaks([one], Window(MONDAY, LAST))] == [PEAK], "the days after it are as usual"


def test_a_post_that_went_far_explains_the_rise_of_its_own_account(cursor: Any, know: Any):
    chance = np.random.default_rng(3)
    days = [
        {"account": X, "day": day, "impressions": int(chance.poisson(800)) + (6000 if day == PEAK else 0)}
        for day in all_days()
    ]
    know("account_days", *days)
    posts = [
        {"account": X, "post_id": str(n), "day": MONDAY + timedelta(7 * n), "impressions": 400 + n, "text": "usual"}
        for n in range(10)
    ]
    far = {"account": X, "post_id": "far", "day": PEAK, "impressions": 6400, "text": "far"}
    know("posts", *posts, far, {"account": "facebook:lumen", "post_id": "f", "day": PEAK, "views": 90_000})
    found = the_dossier(cursor, key="impressions_in_period")
    assert [(one.kind, one.post.post_id) for one in found.candidates if one.post] == [(Kind.POST, "far")]
    assert found.posts[0].times_seen == pytest.approx(6400 / 404.5)


def test_small_days_are_told_by_week(cursor: Any, know: Any):
    week = Window(PEAK - timedelta(PEAK.weekday()), PEAK + timedelta(6 - PEAK.weekday()))
    chance = np.random.default_rng(5)
    days = [
        {"account": X, "day": day, "unfollows": int(chance.poisson(2)) + (20 if week.first <= day <= PEAK else 0)}
        for day in [MONDAY - timedelta(n) for n in range(84, 0, -1)] + all_days()
    ]
    know("account_days", *days)
    one = only(watched(cursor, LAST), "unfollows")
    assert one.back.silence is Silence.FEW
    (peak,) = peaks([one], Window(week.first - timedelta(14), week.last))
    assert peak.weekly and peak.up and peak.window == week


def test_days_in_a_row_on_one_side_are_one_peak(cursor: Any, know: Any):
    run = [PEAK, PEAK + timedelta(1)]
    rows = [
        row
        for day in all_days()
        for row in visits(day, {"Search": 1500 if day == PEAK else 900} if day in run else None)
    ]
    know("web", *rows, until=LAST + timedelta(7))
    (peak,) = peaks(watched(cursor, LAST), Window(MONDAY, LAST))
    assert peak.window == Window(*run) and peak.day.day == PEAK


def test_quiet_weeks_have_no_peak(cursor: Any, know: Any):
    measured(know)
    assert not peaks(watched(cursor, LAST), Window(MONDAY, LAST))


def test_accounts_that_are_not_chosen_are_not_watched(cursor: Any, know: Any):
    measured(know)
    know("account_days", *({"account": X, "day": day, "follows": 30} for day in all_days()))
    assert {one.account for one in watched(cursor, LAST, Scope((SITE,)))} == {SITE}
