"""A property brought up to date over gRPC, from a server that counts, restates, folds, samples, tires and fails."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import grpc
import pandas as pd
import pytest
from ga4_help import FIGURES, Syncing

from connectors.ga4 import ask, reports, sync
from connectors.ga4.reports import BY_NAME
from connectors.reading import read_kept
from data.model import UserError, Window
from data.store import create_brand
from loopback import ga4_faults as faults
from loopback.ga4 import serve
from loopback.ga4_browsing import made_up
from loopback.ga4_query import Conditions
from loopback.ga4_quota import Allowed
from loopback.ga4_site import Hit, Site, Visit, site_of
from metrics.answers import answered
from metrics.engine import read
from metrics.traffic import returning_visitors
from metrics.traffic import sessions as sessions_metric

ROOT = Path(__file__).parents[2]
LAST = date(2026, 11, 28)
DAY = timedelta(days=1)
SINCE = LAST - 40 * DAY
Start = Callable[..., Syncing]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Serves a site, and gives a new brand that asks it; again, another brand of the same or another site."""
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "data"))
    with ExitStack() as stack:

        def begin(site: Site | None = None, served: Any = None, **settings: Any) -> Syncing:
            served = served or stack.enter_context(serve(site or made_up(LAST, days=60, a_day=12), **settings))
            monkeypatch.setenv("VIGIE_GA4_ENDPOINT", served.address)
            return Syncing(create_brand("Acme"), served)

        yield begin


def few(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Lets only some reports be asked, where the test is about many nights."""
    monkeypatch.setattr(sync, "DAILY", tuple(report for report in reports.DAILY if report.name in names))
    monkeypatch.setattr(sync, "PERIODIC", tuple(report for report in reports.PERIODIC if report.name in names))


# Once, and again


def test_a_first_sync_tells_what_the_property_counts(start: Start) -> None:
    acme = start()
    outcome = acme(since=SINCE)
    assert (outcome.failed, outcome.paused) == ({}, None)
    assert list(outcome.off) == ["gsc_landing"] and "active link" in outcome.off["gsc_landing"]
    con = acme.served.site.con.cursor()
    seen = "seen <= timestamp '2026-11-28 15:00' and day"
    truth = con.execute(
        f"select day, count(*) filter (event = 'page_view'), count(distinct session), count(distinct visitor) "
        f"from events join sessions using (session) where {seen} >= date '{SINCE}' group by day order by day"
    ).fetchall()
    told = acme.rows(
        "select first_day, views, sessions, total_users from web "
        "where slice = 'site' and first_day = last_day order by first_day"
    )
    assert told == truth
    days = [row[0] for row in truth]
    assert days[-1] == LAST, "today is told too, and marked"
    ((provisional,),) = acme.rows("select min(provisional_from) from answers where slice = 'site' and by_day")
    assert provisional == LAST - 2 * DAY
    assert acme.store.check() == []


def test_a_day_of_nobody_between_days_of_somebody_is_a_day_of_none_and_not_an_unknown_one(start: Start) -> None:
    visits = [Visit(n, datetime(2026, 11, n, 9)) for n in (12, 13, 20, 28)]
    acme = start(site_of(visits, datetime(2026, 11, 28, 15)))
    acme(since=date(2026, 11, 1))
    told = acme.rows(
        "select first_day, sessions, users from web where slice = 'site' and first_day = last_day order by 1"
    )
    seen = {day.day: (sessions, users) for day, sessions, users in told}
    # Before its first visit the property may not have counted; the 26th and the 27th may still get some.
    assert seen == dict.fromkeys(range(12, 26), (0, 0)) | dict.fromkeys((12, 13, 20, 28), (1, 1))
    quiet = "slice = 'site' and first_day = last_day and first_day between '2026-11-14' and '2026-11-19'"
    assert acme.rows(f"select distinct key_event_sessions from web where {quiet}") == [(0,)]
    with acme.store.read() as cursor:
        week = Window(date(2026, 11, 13), date(2026, 11, 19))
        assert read(cursor, [sessions_metric], [week])["sessions", week].value == 1


def test_visits_with_a_key_event_stay_known_where_google_tells_the_day_anew(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "site_day", "site_rolling")
    acme = start()
    acme(since=SINCE)
    lacking = "select count(*), count(key_event_sessions) from web where slice = 'site' and first_day = last_day"
    days, known = acme.rows(lacking)[0]
    assert days == known == 41
    acme.served.site.con.cursor().execute("update events set revenue = 7 where day = ?", [LAST - DAY])
    acme.served.now += timedelta(minutes=1)
    acme()
    told = (
        f"select revenue / events from web where slice = 'site' and first_day = '{LAST - DAY}' and last_day = first_day"
    )
    assert acme.rows(told) == [(7,)], "told anew"
    assert acme.rows(lacking) == [(41, 41)], "its shares did not change, and are told with it all the same"


def test_visits_whose_share_with_a_key_event_did_not_come_are_asked_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "site_day", "site_rolling", "event_day")
    small(monkeypatch, 5)
    acme = start()
    moving = faults.DRIFT.but(
        times=faults.ALWAYS, only=lambda r: r.offset > 0 and any(m.name == "wauPerMau" for m in r.metrics)
    )
    acme.served.fail(moving)
    assert set(acme(since=LAST - 20 * DAY).failed) == {"site_rolling"}
    by_day = "select count(*), count(key_event_sessions) from web where slice = 'site' and first_day = last_day"
    assert acme.rows(by_day) == [(0, 0)]
    assert acme.rows("select count(*) from web where slice = 'event'")[0][0] > 0
    acme.served._faults.clear()
    acme()
    assert acme.rows(by_day) == [(21, 21)]


def known_days(acme: Syncing) -> set[date]:
    """The days of which the brand knows the visits."""
    days = acme.rows("select first_day from web where slice = 'site' and first_day = last_day and sessions is not null")
    return {day for (day,) in days}


def since_until_today(since: date) -> set[date]:
    return {since + n * DAY for n in range((LAST - since).days + 1)}


def test_days_whose_answer_was_forgotten_are_asked_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "site_day", "site_rolling")
    acme = start(now=datetime(2026, 11, 27, 12, tzinfo=UTC))
    acme(since=SINCE)
    acme.served.now += DAY
    acme()
    for day in (LAST - 5 * DAY, LAST - 30 * DAY):
        telling = {
            asked.title
            for asked in acme.kept()
            for part in asked.parts
            if part.report == "site_day" and part.tells and part.tells.first <= day <= part.tells.last
        }
        for info in acme.store.exports():
            if info.name in telling:
                acme.store.forget_export(info.id)
        assert day not in known_days(acme)
        acme()
        assert known_days(acme) == since_until_today(SINCE)


def test_no_day_is_left_out_where_more_is_wanted_on_the_same_day(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "site_day", "site_rolling")
    acme = start()
    acme(since=LAST - 3 * DAY)
    assert known_days(acme) == since_until_today(LAST - 3 * DAY)
    acme(since=SINCE)
    assert known_days(acme) == since_until_today(SINCE)


def test_a_week_that_was_told_while_it_could_change_is_told_again_once_it_is_final(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "site_day", "site_rolling", "site_week")
    week = Window(date(2026, 11, 16), date(2026, 11, 22))
    acme = start(now=datetime(2026, 11, 23, 12, tzinfo=UTC))
    acme(since=SINCE)

    def may_change() -> bool:
        with acme.store.read() as cursor:
            (told,) = answered(cursor, "web", ["site"], week).of_period(f"ga4:{acme.served.site.number}", "site", week)
        return told.provisional_from is not None and told.provisional_from <= week.last

    assert may_change()
    acme.served.now += 3 * DAY
    acme()
    assert not may_change()


def test_a_week_with_a_day_that_changed_is_asked_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "site_day", "site_rolling", "site_week")
    acme = start(now=datetime(2026, 11, 20, 4, tzinfo=UTC))
    acme(since=SINCE)
    week = Window(date(2026, 10, 26), date(2026, 11, 1))
    spans = f"first_day = '{week.first}' and last_day = '{week.last}'"
    people = f"select total_users from web where slice = 'site' and {spans}"
    ((before,),) = acme.rows(people)
    con = acme.served.site.con.cursor()
    con.execute(f"delete from events where day = '{week.first}'")
    acme.served.now += 7 * DAY
    acme()
    ((truth,),) = con.execute(
        "select count(distinct visitor) from events join sessions using (session) "
        f"where day between date '{week.first}' and date '{week.last}'"
    ).fetchall()
    assert acme.rows(people) == [(truth,)] and truth < before


def test_a_source_or_a_medium_that_is_empty_does_not_hide_the_other(start: Start) -> None:
    pairs = (("", "email"), ("", "mail"), ("news", ""), ("", ""))
    visits = [
        Visit(n, datetime(2026, 11, 27, 9, n), manual_source=source, manual_medium=medium, settles_after=timedelta())
        for n, (source, medium) in enumerate(pairs)
    ]
    acme = start(site_of(visits, datetime(2026, 11, 28, 9)))
    acme(since=date(2026, 11, 26))
    assert acme.rows("select source, sessions from web where slice = 'utm' order by source nulls last") == [
        ("(not set) / email", 1), ("(not set) / mail", 1), ("news / (not set)", 1), (None, 1),
    ]  # fmt: skip


def test_days_of_another_clock_or_another_currency_are_asked_anew(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    assert acme().kept == 0, "nothing has changed"
    acme.served.site.currency = "CHF"
    before = len(acme.served.reports)
    again = acme()
    days = {span.start_date for report in acme.served.reports[before:] for span in report.date_ranges}
    assert again.kept and min(days) == SINCE.isoformat()
    (told,) = acme.rows("select count(*) filter (currency = 'EUR'), count(*) filter (currency = 'CHF') from answers")
    assert told[0] == told[1], "all that was told in euros is told in francs"
    assert acme().kept == 0


def test_people_are_those_that_the_property_counts_for_each_week_month_and_span(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    con = acme.served.site.con.cursor()
    spans = acme.rows("select first_day, last_day, total_users from web where slice = 'site' and first_day < last_day")
    assert {(last - first).days + 1 for first, last, _ in spans} == {7, 28}
    for first, last, users in spans:
        truth = con.execute(
            "select count(distinct visitor) from events join sessions using (session) "
            f"where day between date '{first}' and date '{last}' and seen <= timestamp '2026-11-28 15:00'"
        ).fetchall()[0][0]
        assert users == truth
        days = acme.rows(
            "select sum(total_users) from web where slice = 'site' and first_day = last_day "
            f"and first_day between '{first}' and '{last}'"
        )
        assert days[0][0] > users, "the people of its days are more than those of a week"


def test_who_did_what_the_site_wants_is_counted_by_visits_and_by_people(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    con = acme.served.site.con.cursor()
    of_key = "from events join sessions using (session) where is_key and seen <= timestamp '2026-11-28 15:00'"
    settled = f"between date '{SINCE}' and date '{LAST - 4 * DAY}'"  # where every visit has its source
    by_day = acme.rows(
        "select channel, first_day, key_event_sessions from web where slice = 'channel' and first_day = last_day "
        f"and key_event_sessions > 0 and first_day {settled} order by all"
    )
    truth = f"select channel, day, count(distinct session) {of_key} and day {settled} group by all order by all"
    assert by_day == con.execute(truth).fetchall()
    told_apart = {
        "site": ("''", "''"),
        "channel": ("channel", "channel"),
        "new_returning": ("member", "case when is_first then 'new' else 'returning' end"),
    }
    many = 0
    for slice_, (member, own) in told_apart.items():
        told = acme.rows(
            f"select first_day, last_day, {member}, key_event_users from web where slice = '{slice_}' "
            "and first_day < last_day"
        )
        assert {(last - first).days for first, last, *_ in told} == {6, 27}
        for first, last, name, people in told:
            if slice_ == "channel" and last > LAST - 4 * DAY:
                continue
            truth = con.execute(
                f"select count(distinct visitor) {of_key} and day between ? and ? and {own} = ?",
                [first, last, name],
            ).fetchall()  # fmt: skip
            assert [(people,)] == truth, (slice_, first, name)
            many += people > 1
    assert many > 10
    came_back = "select users from web where slice = 'new_returning' and member = 'returning' and first_day = ?"
    week = Window(date(2026, 11, 16), date(2026, 11, 22))
    with acme.store.read() as cursor:
        (known,) = cursor.execute(f"{came_back} and last_day = ?", [week.first, week.last]).fetchall()
        assert read(cursor, [returning_visitors], [week])["returning_visitors", week].value == known[0] > 1


def test_every_breakdown_adds_up_to_the_total_that_google_states(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    told = acme.rows("select sheet, what, declared, read from checks")
    assert {"page_day", "source_day", "geo_day", "event_day", "referrer_day"} <= {sheet for sheet, *_ in told}
    assert all(abs(declared - read) < 0.01 for _, _, declared, read in told)


def test_the_same_again_changes_nothing(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    before, exports = acme.frame(FIGURES), len(acme.store.exports())
    statements = acme.rows("select count(*) from ledger.web")
    outcome = acme()
    assert (outcome.kept, len(acme.store.exports())) == (0, exports)
    pd.testing.assert_frame_equal(before, acme.frame(FIGURES))
    assert acme.rows("select count(*) from ledger.web") == statements
    assert all(asked[1] >= "2026-10-31" for asked in acme.asked()[-17:]), "what has settled is not asked again"


def test_late_data_and_new_sources_leave_no_ghosts(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fortnight of restatement: what is known in the end is what a brand that asks once is told."""
    few(monkeypatch, "site_day", "source_day", "page_day")
    acme = start(now=datetime(2026, 11, 13, 4, tzinfo=UTC))
    acme(since=SINCE)
    for night in range(15):
        acme.served.now += DAY
        if night in (2, 7):
            today = acme.served.now.date()
            to = ("google", "cpc", "automne", "Paid Search")
            acme.served.site.reattribute(today - 11 * DAY, "Direct", to, today - 3 * DAY)
        assert acme().paused is None
    other = start(served=acme.served)
    other(since=SINCE)
    by_day = FIGURES.replace("from web", "from web where first_day = last_day and slice <> 'hour'")
    mine, theirs = acme.frame(by_day), other.frame(by_day)
    assert set(mine["channel"].dropna()) >= {"Paid Search"}
    pd.testing.assert_frame_equal(mine, theirs)
    told = acme.rows("select count(*) from ledger.web where first_day = last_day")[0][0]
    asked = sum(len(asked.parts) for asked in acme.kept())
    assert told < 4 * len(mine) and asked > 40, "each day was asked on fourteen nights, and told a few times"


def test_an_old_day_that_changed_is_found_within_a_week(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "site_day", "event_day")
    acme = start(now=datetime(2026, 11, 20, 4, tzinfo=UTC))
    acme(since=SINCE)
    changed = LAST - 30 * DAY
    acme.served.site.con.cursor().execute(
        "update events set revenue = 99, is_key = true where day = ? and event = 'page_view'", [changed]
    )
    before = len(acme.asked())
    for _ in range(7):
        acme.served.now += DAY
        acme()
    asked = [(first, last) for _, first, last in acme.asked()[before:] if last < "2026-11-01" and first > "2026-10-20"]
    assert set(asked) == {(changed.isoformat(), changed.isoformat())}, "that day alone is asked again"
    ((revenue, views),) = acme.rows(f"select revenue, views from web where slice = 'site' and first_day = '{changed}'"
                                    " and last_day = first_day")  # fmt: skip
    assert revenue == 99 * views


def test_a_night_spends_fewer_than_sixty_tokens(start: Start) -> None:
    acme = start()
    acme(since=SINCE)
    acme.served.now += DAY
    before, exports = acme.served.quota.spent, len(acme.store.exports())
    outcome = acme()
    assert outcome.spent == acme.served.quota.spent - before < 60
    assert len(acme.store.exports()) - exports <= 3


# Page by page


def small(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Lets a page hold so few rows."""
    asked = ask.request_for

    def request_for(report: Any, *told: Any) -> Any:
        return asked(report if report.top else replace(report, page=rows), *told)

    monkeypatch.setattr(ask, "request_for", request_for)


def test_pages_make_the_same_whole(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = start()
    acme(since=LAST - 4 * DAY)
    small(monkeypatch, 7)
    other = start(served=acme.served)
    other(since=LAST - 4 * DAY)
    pd.testing.assert_frame_equal(acme.frame(FIGURES), other.frame(FIGURES))
    assert any(request.offset > 7 for request in acme.served.reports)
    for request in acme.served.reports:
        ordered = [order.dimension.dimension_name for order in request.order_bys if order.dimension.dimension_name]
        assert ordered == [dimension.name for dimension in request.dimensions]


def test_rows_that_move_between_two_pages_are_read_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 20)
    acme = start()
    acme.served.fail(faults.DRIFT)
    assert acme(since=LAST - 4 * DAY).failed == {}
    other = start(served=acme.served)
    other.served.fail(faults.LATE_BETWEEN_PAGES)
    other(since=LAST - 4 * DAY)
    assert acme.store.check() == other.store.check() == []


def test_a_report_that_never_stands_still_stops_no_other(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 20)
    acme = start()
    moving = faults.DRIFT.but(
        times=faults.ALWAYS, only=lambda r: r.offset > 0 and any(d.name == "pagePath" for d in r.dimensions)
    )
    acme.served.fail(moving)
    outcome = acme(since=LAST - 10 * DAY)
    assert set(outcome.failed) == {"page_day"} and outcome.paused is None
    assert acme.rows("select count(*) from web where slice = 'page'") == [(0,)]
    acme.served._faults.clear()
    acme()
    assert acme.rows("select count(*) from web where slice = 'page'")[0][0] > 0, "the next run asks for what is lacking"


# What Google says of its answers


def test_rows_that_were_folded_are_asked_again_in_halves(start: Start) -> None:
    whole = start(conditions=Conditions())
    whole(since=LAST - 10 * DAY)
    acme = start(conditions=Conditions(other_above=60))
    acme(since=LAST - 10 * DAY)
    ((folded,),) = acme.rows("select count(*) from web where page = '(other)'")
    assert folded == 0, "by day there are fewer pages than are folded"
    pages = FIGURES.replace("from web", "from web where slice = 'page'")
    pd.testing.assert_frame_equal(acme.frame(pages), whole.frame(pages))


def test_what_stays_folded_is_kept_and_its_share_told(start: Start) -> None:
    acme = start(conditions=Conditions(other_above=5, other_in_dates=True))
    acme(since=LAST - 2 * DAY)
    shares = dict(acme.rows("select first_day, other from answers where slice = 'page' and other is not null"))
    assert shares
    for day, share in shares.items():
        folded, views = acme.rows(
            "select sum(views) filter (page = '(other)' or host = '(other)'), sum(views) from web "
            f"where slice = 'page' and first_day = '{day}'"
        )[0]
        assert share == pytest.approx(folded / views)
    assert acme.store.check() == []


def test_rows_of_no_day_become_a_problem(start: Start) -> None:
    acme = start(conditions=Conditions(other_above=3, other_in_dates=True))
    acme(since=LAST - DAY)
    told = [p for info in acme.store.exports() for p in acme.store.problems(info.id)]
    assert all(problem.found == "(other)" and problem.sheet for problem in told)


def test_a_sample_is_marked_with_its_share(start: Start) -> None:
    acme = start(conditions=Conditions(sample_above=20))
    acme(since=LAST - 3 * DAY)
    sampled = "select sampled from answers where slice = 'site' and by_day and sampled is not null"
    shares = [share for (share,) in acme.rows(sampled)]
    assert shares and all(0 < share < 1 for share in shares)
    assert len({day for (day,) in acme.rows("select first_day from answers where slice = 'site' and by_day")}) == 4


def test_what_is_withheld_is_marked(start: Start) -> None:
    acme = start(conditions=Conditions(threshold=2))
    acme(since=LAST - 3 * DAY)
    assert acme.rows("select distinct withheld from answers where slice = 'geo' and by_day") == [(True,)]


def test_a_restricted_measure_is_absent_and_never_zero(start: Start) -> None:
    acme = start(conditions=Conditions(no_revenue=True))
    acme(since=LAST - 3 * DAY)
    assert acme.rows("select count(revenue), count(sessions) > 0 from web where slice = 'site'") == [(0, True)]
    assert acme.rows("select distinct restricted from answers where slice = 'site' and by_day") == [(["revenue"],)]
    assert not [what for (what,) in acme.rows("select what from checks") if what == "totalRevenue"]


def test_days_that_google_keeps_no_longer_are_said_to_be_cut(start: Start) -> None:
    acme = start(conditions=Conditions(keeps_since=LAST - 20 * DAY))
    acme(since=SINCE)
    cut = acme.rows("select distinct cut_before from answers where cut_before is not null")
    assert cut == [(LAST - 20 * DAY,)]


# The clock of the property


def test_days_are_those_of_the_property(start: Start) -> None:
    """It is Saturday in Paris, and still Friday in Los Angeles."""
    site = site_of([Visit(1, datetime(2026, 11, 27, 20))], datetime(2026, 11, 27, 22), zone="America/Los_Angeles")
    acme = start(site, now=datetime(2026, 11, 28, 6, tzinfo=UTC))
    outcome = acme(since=date(2026, 11, 20))
    assert outcome.seen.zone == "America/Los_Angeles"
    assert {asked.today for asked in acme.kept()} == {date(2026, 11, 27)}
    assert max(last for _, _, last in acme.asked() if last[:2] == "20") == "2026-11-27"


# Limits and faults


def test_no_more_than_three_questions_are_open_at_once(start: Start) -> None:
    acme = start(conditions=Conditions(latency=0.01), allowed=Allowed(concurrent_requests=3))
    outcome = acme(since=LAST - 10 * DAY)
    assert (outcome.failed, outcome.paused) == ({}, None)
    assert acme.served.most_at_once <= 3


def test_a_crowded_property_is_asked_more_slowly(start: Start) -> None:
    acme = start()
    acme.served.fail(faults.CONCURRENT.but(times=3, after=4))
    outcome = acme(since=LAST - 10 * DAY)
    assert (outcome.failed, outcome.paused) == ({}, None)
    assert len(acme.slept) == 3


PASSING = (faults.UNAVAILABLE, faults.INTERNAL, faults.DEADLINE, faults.ABORTED, faults.UNKNOWN)


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.code.name)
def test_an_error_that_passes_is_asked_again(start: Start, fault: faults.Fault) -> None:
    acme = start()
    acme.served.fail(fault.but(times=3, after=2))
    outcome = acme(since=LAST - 10 * DAY)
    assert (outcome.failed, outcome.paused) == ({}, None)


def test_an_outage_ends_the_run_before_it_locks_the_property(start: Start) -> None:
    acme = start()
    acme.served.fail(faults.INTERNAL.but(times=faults.ALWAYS, after=10))
    outcome = acme(since=LAST - 10 * DAY)
    assert outcome.paused and "outage" in str(outcome.paused)
    assert acme.served.quota.left["server_errors_per_project_per_hour"] > 0


@pytest.mark.parametrize(
    ("fault", "later"), [(faults.HOURLY, timedelta(hours=1)), (faults.DAILY, DAY)], ids=["hour", "day"]
)
def test_an_empty_bucket_stops_the_run_and_the_next_goes_on(
    start: Start, fault: faults.Fault, later: timedelta
) -> None:
    whole = start()
    whole(since=SINCE)
    acme = start(made_up(LAST, days=60, a_day=12))
    acme.served.fail(fault.but(after=30))
    outcome = acme(since=SINCE)
    assert outcome.paused and "used up" in str(outcome.paused)
    first = Counter(acme.asked())
    acme.served.now += later
    assert acme().paused is None
    if later < DAY:
        by_day = FIGURES.replace("from web", f"from web where first_day = last_day and first_day < '{LAST - 4 * DAY}'")
        pd.testing.assert_frame_equal(acme.frame(by_day), whole.frame(by_day))
        again = Counter(acme.asked()) - first
        old = [asked for asked in again if asked in first and asked[2] < (LAST - 14 * DAY).isoformat()]
        assert not old, "what was kept is not asked again"


def test_the_last_tokens_of_the_hour_are_left_to_others(start: Start) -> None:
    acme = start(allowed=Allowed(tokens_per_project_per_hour=1_450))
    outcome = acme(since=SINCE)
    assert outcome.paused and outcome.kept
    assert acme.served.quota.left["tokens_per_project_per_hour"] > 1_390


def test_a_revoked_key_is_told_and_not_taken_for_an_outage(start: Start) -> None:
    acme = start()
    acme.served.fail(faults.REVOKED_KEY)
    with pytest.raises(UserError, match="does not accept the key"):
        acme()
    assert len(acme.served.calls) == 1, "asked once"


def test_a_missing_right_says_whom_to_add_and_a_service_that_is_off_where_to_switch_it_on(start: Start) -> None:
    acme = start()
    acme.served.fail(faults.NO_PERMISSION.but(times=1))
    with pytest.raises(UserError, match="as a Viewer"):
        acme()
    acme.served.fail(faults.API_DISABLED.but(times=1))
    with pytest.raises(UserError, match="Enable it by visiting"):
        acme()


def test_a_report_that_cannot_be_asked_turns_itself_off(start: Start) -> None:
    acme = start()
    refused = faults.Fault(
        grpc.StatusCode.INVALID_ARGUMENT,
        "Please remove city to make the request compatible. The request's dimensions & metrics are incompatible.",
        times=faults.ALWAYS,
        only=lambda request: any(d.name == "city" for d in request.dimensions),
    )
    acme.served.fail(refused)
    outcome = acme(since=LAST - 3 * DAY)
    assert outcome.off["geo_day"].startswith("Please remove city")
    assert acme.rows("select count(*) from web where slice = 'device'")[0][0] > 0
    before = len(acme.served.calls)
    acme.served.now += timedelta(hours=1)
    acme()
    assert all(d.name != "city" for call in acme.served.calls[before:] if call.method == "RunReport"
               for d in call.request.dimensions), "it is not tried again today"  # fmt: skip


@pytest.mark.parametrize("limited", [True, False], ids=["the first day", "all days"])
def test_a_question_about_all_days_that_is_refused_stops_no_report(
    start: Start, monkeypatch: pytest.MonkeyPatch, limited: bool
) -> None:
    few(monkeypatch, "site_day")
    acme = start()
    acme(since=SINCE)
    acme.served.now += 8 * DAY
    refused = faults.Fault(
        grpc.StatusCode.INVALID_ARGUMENT, "no", times=faults.ALWAYS,
        only=lambda r: r.limit == 1 if limited else r.date_ranges[0].start_date == SINCE.isoformat() and r.limit > 1,
    )  # fmt: skip
    acme.served.fail(refused)
    outcome = acme(since=SINCE - DAY if limited else None)
    assert (outcome.paused, outcome.off) == (None, {}) and outcome.kept
    assert (acme.kept()[-1].counted is None) is limited
    assert any(asked.canary for asked in acme.kept()[2:]) is limited


def test_a_sample_of_all_days_is_not_taken_for_a_change_of_each(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "site_day", "site_rolling", "event_day")
    since = LAST - 58 * DAY
    acme = start()
    settled = f"day between date '{since}' and date '{LAST - 14 * DAY}'"
    ((events,),) = acme.served.site.con.cursor().execute(f"select count(*) from events where {settled}").fetchall()
    acme.served.conditions = Conditions(sample_above=events - 1)
    acme(since=since)
    before, kept = len(acme.asked()), len(acme.kept())
    acme.served.now += 8 * DAY
    outcome = acme()
    assert (outcome.paused, outcome.failed) == (None, {}) and any(asked.canary for asked in acme.kept()[kept:])
    by_event = [first for names, first, _ in acme.asked()[before:] if "eventName" in names]
    assert by_event and min(by_event) >= (LAST - 14 * DAY).isoformat(), "no settled day is asked again"


def test_an_outage_while_the_key_is_renewed_ends_the_run_as_an_outage_does(start: Start) -> None:
    acme = start()
    said = "Getting metadata from plugin failed with error: HTTPSConnectionPool(host='oauth2.googleapis.com'): refused"
    acme.served.fail(faults.UNAVAILABLE.but(message=said, times=faults.ALWAYS, after=10))
    outcome = acme(since=LAST - 10 * DAY)
    assert outcome.paused and "outage" in str(outcome.paused)


# Addresses


def test_what_an_address_may_say_of_a_person_is_not_told(start: Start) -> None:
    visits = [
        Visit(n, datetime(2026, 11, 27, 9, n), (Hit(referrer=f"https://forum.example/t?user={name}&utm_source=forum"),))
        for n, name in enumerate(("ana", "bea"))
    ]
    acme = start(site_of(visits, datetime(2026, 11, 28, 9)))
    acme(since=date(2026, 11, 26))
    told = acme.rows("select referrer, member, views from web where slice = 'referrer' order by all")
    assert told == [
        ("https://forum.example/t?utm_source=forum", "(2)", 1),
        ("https://forum.example/t?utm_source=forum", None, 1),
    ]


def test_the_pages_of_the_site_itself_do_not_refer_to_it(start: Start) -> None:
    acme = start()
    acme(since=LAST - 10 * DAY)
    referrers = [referrer for (referrer,) in acme.rows("select distinct referrer from web where slice = 'referrer'")]
    assert referrers and not [r for r in referrers if r and "labruissiere.example" in r]


# What is kept


def test_a_rebuild_reads_the_kept_answers_without_the_network(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = start()
    acme(since=SINCE)
    tables = (FIGURES, "select * from answers order by all", "select * from checks order by all")
    before = [acme.frame(query) for query in tables]
    monkeypatch.delenv("VIGIE_GA4_ENDPOINT")
    calls = len(acme.served.calls)
    acme.store.rebuild(lambda export: read_kept(export, "Europe/Paris"))
    for query, frame in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(frame, acme.frame(query))
    assert len(acme.served.calls) == calls


def test_a_run_that_is_killed_goes_on_where_it_was(start: Start) -> None:
    today = datetime.now(ZoneInfo("Europe/Paris")).date()  # the command has no other clock than the computer's
    acme = start(made_up(today, days=80, a_day=12), now=datetime.now(UTC), conditions=Conditions(latency=0.02))
    command = [sys.executable, str(ROOT / "vigie.py"), "sync", "ga4", "--property", acme.served.site.number]
    since = today - 75 * DAY
    run = subprocess.Popen([*command, "--since", since.isoformat(), "--brand", "acme"], stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while len(acme.store.exports()) < 3 and time.monotonic() < end:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    old = [part for asked in acme.kept() for part in asked.parts if BY_NAME[part.report] in reports.DAILY]
    kept = {(str(part.first), str(part.last)) for part in old if part.last <= today - 14 * DAY}
    assert kept and acme.store.check() == []
    before = len(acme.served.reports)
    done = subprocess.run([*command, "--brand", "acme"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    spans = [span for request in acme.served.reports[before:] for span in request.date_ranges]
    again = {(span.start_date, span.end_date) for span in spans}
    assert again and not again & kept, "what is kept is not asked again"
    days = (
        "select unnest(range(first_day, last_day + 1, interval 1 day)) from answers where slice = 'channel' and by_day"
    )
    assert len(set(acme.rows(days))) == 76
    assert acme.store.check() == []
