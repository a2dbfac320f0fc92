"""Which days of a property are asked, on which day, by what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.ga4 import windows
from connectors.ga4.answers import Asked, Part, asked_of, packed
from connectors.ga4.known import Known, provisional, together
from connectors.ga4.reports import BY_NAME, COLUMNS, DAILY, NAMED, PERIODIC, SOURCES, SPAN, Grain
from data.model import UserError, Window

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)
SITE = [BY_NAME["site_day"]]


def asked(today: date, window: Window, digests: dict[date, str] | None = None, **more: Any) -> Asked:
    """An answer that was asked on a day for a window, all of it new."""
    told: dict[str, Any] = {"report": "site_day", "tells": window} | {
        key: more.pop(key) for key in ("report", "tells", "open") if key in more
    }
    part = Part(spans=(window,), digests=digests or {}, **told)
    return Asked(
        "1", datetime(today.year, today.month, today.day, 3, tzinfo=UTC), today, "Europe/Paris",
        provisional(today), date(2024, 10, 1), (part,), **more,
    )  # fmt: skip


def test_the_days_that_settle_are_asked_once_a_day_and_the_last_few_at_every_sync() -> None:
    first = windows.recent(Known(), TODAY, date(2024, 1, 1))
    assert first == Window(date(2026, 11, 15), TODAY)
    known = Known.of([asked(TODAY, first, recent=True)])
    assert windows.recent(known, TODAY, date(2024, 1, 1)) == Window(date(2026, 11, 25), TODAY)
    assert windows.recent(known, TODAY + DAY, date(2024, 1, 1)) == Window(date(2026, 11, 16), TODAY + DAY)


def test_nothing_before_the_day_that_is_wanted_is_asked() -> None:
    assert windows.recent(Known(), TODAY, date(2026, 11, 27)) == Window(date(2026, 11, 27), TODAY)
    assert list(windows.chunks(Known(), SITE, TODAY, date(2026, 11, 27))) == []


def test_older_days_come_the_newest_first_in_chunks() -> None:
    found = [window for window, _ in windows.chunks(Known(), SITE, TODAY, date(2026, 9, 1))]
    assert found == [
        Window(date(2026, 10, 16), date(2026, 11, 14)),
        Window(date(2026, 9, 16), date(2026, 10, 15)),
        Window(date(2026, 9, 1), date(2026, 9, 15)),
    ]


def test_a_backfill_goes_on_where_it_was_ended() -> None:
    known = Known.of([asked(TODAY, Window(date(2026, 10, 16), date(2026, 11, 14)))])
    found = [window for window, _ in windows.chunks(known, SITE, TODAY, date(2026, 9, 1))]
    assert found == [Window(date(2026, 9, 16), date(2026, 10, 15)), Window(date(2026, 9, 1), date(2026, 9, 15))]


def test_a_day_that_had_not_settled_when_it_was_last_asked_is_asked_again() -> None:
    """Who syncs every week asks each day when it is a week old, and once more when it has settled."""
    then = TODAY - 7 * DAY
    known = Known.of([asked(then, Window(then - 30 * DAY, then))])
    ((window, _),) = windows.chunks(known, SITE, TODAY, then - 30 * DAY)
    assert window == Window(then - 12 * DAY, TODAY - 14 * DAY)  # asked at thirteen days or more: not again


def test_every_day_is_asked_for_the_last_time_when_it_is_thirteen_days_old() -> None:
    """Sixty nights in a row: nothing is left to the backfill, and no day is asked once it has settled."""
    known, last = Known(), {}
    for night in range(60):
        today = TODAY + night * DAY
        assert list(windows.chunks(known, SITE, today, TODAY)) == []
        window = windows.recent(known, today, TODAY)
        last |= dict.fromkeys(windows.days_of(window), today)
        known.add(asked(today, window, recent=True))
    settled = {day: when for day, when in last.items() if day < TODAY + 40 * DAY}
    assert {when - day for day, when in settled.items()} == {13 * DAY}


def test_only_the_reports_that_lack_a_day_are_asked_again() -> None:
    window = Window(date(2026, 10, 16), date(2026, 11, 14))
    known = Known.of([asked(TODAY, window)])
    both = [BY_NAME["site_day"], BY_NAME["page_day"]]
    ((again, reports),) = windows.chunks(known, both, TODAY, window.first)
    assert (again, [report.name for report in reports]) == (window, ["page_day"])


def test_a_day_whose_answer_was_forgotten_is_asked_again_though_a_later_one_asked_for_it() -> None:
    window = Window(date(2026, 10, 16), date(2026, 11, 14))
    later = asked(TODAY, window, tells=None)
    assert list(windows.chunks(Known.of([later]), SITE, TODAY, window.first)) == [(window, SITE)]
    both = Known.of([asked(TODAY - DAY, window), later])
    assert list(windows.chunks(both, SITE, TODAY, window.first)) == []


def test_the_fortnight_is_asked_whole_where_more_of_it_is_wanted_than_this_morning() -> None:
    known = Known.of([asked(TODAY, Window(date(2026, 11, 25), TODAY), recent=True)])
    assert windows.recent(known, TODAY, date(2026, 11, 25)) == Window(date(2026, 11, 25), TODAY)
    assert windows.recent(known, TODAY, date(2026, 1, 1)) == Window(date(2026, 11, 15), TODAY)


def test_visits_and_the_share_of_them_with_a_key_event_are_asked_together() -> None:
    window = Window(date(2026, 10, 16), date(2026, 11, 14))
    known = Known.of([asked(TODAY, window), asked(TODAY, window, report="page_day")])
    three = [BY_NAME[name] for name in ("site_day", "site_rolling", "page_day")]
    ((again, reports),) = windows.chunks(known, three, TODAY, window.first)
    assert (again, [report.name for report in reports]) == (window, ["site_day", "site_rolling"])


def test_visits_and_the_share_of_them_with_a_key_event_are_told_together() -> None:
    whole, day = Window(TODAY - 3 * DAY, TODAY), Window(TODAY - DAY, TODAY - DAY)
    half = Window(TODAY - 3 * DAY, TODAY - 2 * DAY)
    parts = [
        Part("site_day", (half,)), Part("site_day", (Window(TODAY - DAY, TODAY),), tells=day),
        Part("site_rolling", (whole,)), Part("page_day", (whole,)),
    ]  # fmt: skip
    assert [part.tells for part in together(parts)] == [None, day, day, None]
    assert together(parts[2:]) == tuple(parts[2:])


def test_a_report_that_looks_back_a_fortnight_only_is_never_lacking_before() -> None:
    assert list(windows.chunks(Known(), [BY_NAME["site_hour"]], TODAY, date(2026, 1, 1))) == []
    assert windows.clipped(BY_NAME["site_hour"], Window(date(2026, 11, 1), TODAY), TODAY) == Window(
        date(2026, 11, 15), TODAY
    )
    assert windows.clipped(BY_NAME["site_hour"], Window(date(2026, 1, 1), date(2026, 2, 1)), TODAY) is None


def test_an_answer_that_tells_nothing_new_is_not_told_again() -> None:
    days = {TODAY - n * DAY: f"digest {n}" for n in range(14)}
    window = Window(TODAY - 13 * DAY, TODAY)
    known = Known.of([asked(TODAY, window, days)])
    assert known.news("site_day", window, days, TODAY) is None
    # The next morning, the day that was provisional and is no more is told once again, though nothing changed.
    assert known.news("site_day", window, days, TODAY + DAY) == Window(TODAY - 2 * DAY, TODAY - 2 * DAY)
    restated = days | {TODAY - 9 * DAY: "attributed to another channel"}
    assert known.news("site_day", window, restated, TODAY) == Window(TODAY - 9 * DAY, TODAY - 9 * DAY)
    gone = {day: digest for day, digest in days.items() if day != TODAY - 5 * DAY}
    assert known.news("site_day", window, gone, TODAY) == Window(TODAY - 5 * DAY, TODAY - 5 * DAY)
    assert known.news("page_day", window, days, TODAY) == window


def test_a_report_that_could_not_be_answered_is_tried_again_after_a_week() -> None:
    known = Known.of([asked(TODAY, Window(TODAY, TODAY), off={"gsc_landing": "no link"})])
    assert windows.switched_off(known, TODAY + 6 * DAY) == {"gsc_landing"}
    assert windows.switched_off(known, TODAY + 7 * DAY) == set()
    known.add(asked(TODAY + 7 * DAY, Window(TODAY, TODAY), report="gsc_landing"))
    assert windows.switched_off(known, TODAY + 8 * DAY) == set()


def test_only_weeks_and_months_that_have_ended_are_asked_and_again_until_they_have_settled() -> None:
    weeks = windows.whole("week", TODAY, date(2026, 11, 1))
    assert weeks == [Window(date(2026, 11, 2), date(2026, 11, 8)), Window(date(2026, 11, 9), date(2026, 11, 15)),
                     Window(date(2026, 11, 16), date(2026, 11, 22))]  # fmt: skip
    assert windows.whole("month", TODAY, date(2026, 9, 15)) == [Window(date(2026, 10, 1), date(2026, 10, 31))]
    known = Known.of([asked(TODAY, week, report="site_week", tells=week) for week in weeks])
    assert windows.due(known, "site_week", weeks, TODAY) == []
    assert windows.due(known, "site_week", weeks, TODAY + DAY) == weeks[2:]
    later = Known.of([asked(TODAY + 7 * DAY, week, report="site_week") for week in weeks])
    assert windows.due(later, "site_week", weeks, TODAY + 8 * DAY) == []


def test_a_week_is_told_again_once_it_can_no_longer_change() -> None:
    week, monday = Window(date(2026, 11, 16), date(2026, 11, 22)), date(2026, 11, 23)
    known = Known.of([asked(monday, week, {week.first: "a"}, report="site_week")])
    assert not known.is_news("site_week", week, "a", monday + DAY)
    assert known.is_news("site_week", week, "b", monday + DAY)
    assert known.is_news("site_week", week, "a", monday + 2 * DAY)
    known.add(asked(monday + 2 * DAY, week, {week.first: "a"}, report="site_week"))
    assert not known.is_news("site_week", week, "a", monday + 3 * DAY)


def test_a_week_with_a_day_that_changed_is_asked_again_and_so_is_one_that_was_forgotten() -> None:
    weeks = windows.whole("week", TODAY, date(2026, 10, 1))
    known = Known.of([asked(TODAY, week, report="site_week") for week in weeks])
    assert windows.due(known, "site_week", weeks, TODAY) == []
    assert windows.due(known, "site_week", weeks, TODAY, [Window(weeks[1].last, weeks[1].last)]) == [weeks[1]]
    forgotten = Known.of([asked(TODAY, week, report="site_week", tells=None) for week in weeks])
    assert windows.due(forgotten, "site_week", weeks, TODAY) == weeks


def test_people_are_asked_by_name_for_the_spans_that_pages_show() -> None:
    found = windows.shown(TODAY, 1, date(2024, 1, 1))
    assert found[0] == Window(date(2026, 10, 31), date(2026, 11, 27))
    assert {window.days for window in found} == {28}
    sundays = windows.shown(TODAY, 7, date(2024, 1, 1))
    assert Window(date(2026, 11, 15), date(2026, 11, 21)) in sundays
    assert Window(date(2025, 11, 16), date(2025, 11, 22)) in sundays, "the same week a year earlier"


def test_changed_days_are_asked_as_spans_of_a_month_at_most() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 4), *(date(2026, 5, 1) + n * DAY for n in range(31))]
    assert windows.spans(days) == [
        Window(date(2026, 5, 2), date(2026, 5, 31)), Window(date(2026, 5, 1), date(2026, 5, 1)),
        Window(date(2026, 3, 4), date(2026, 3, 4)), Window(date(2026, 3, 1), date(2026, 3, 2)),
    ]  # fmt: skip


def test_it_goes_back_25_months_unless_told_otherwise() -> None:
    assert windows.first_wanted(TODAY, None) == date(2024, 10, 1)
    assert windows.first_wanted(TODAY, date(2026, 1, 5)) == date(2026, 1, 5)
    assert windows.first_wanted(TODAY, date(2000, 1, 1)) == date(2015, 8, 14), "before, Google refuses the question"


# The answers as they are kept


def test_an_answer_is_kept_under_the_same_bytes_and_says_the_same() -> None:
    one = asked(TODAY, Window(TODAY - DAY, TODAY), {TODAY: "abc"}, open=(TODAY,), off={"site_search": "why"},
                quota={"tokens_per_day": (2, 199_998)})  # fmt: skip
    pages = {0: [b"first page", b"second"]}
    assert packed(one, pages) == packed(one, pages)
    again = asked_of(packed(one, pages), one.title)
    assert again
    assert again.parts[0].sizes == (10, 6)
    assert again.parts[0].digests == {TODAY: "abc"} and again.parts[0].open == (TODAY,)
    assert (again.off, again.at, again.today) == (one.off, one.at, one.today)
    assert again.title == "Google Analytics 1, 2026.11.27-2026.11.28.zip"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_what_is_no_answer_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UserError, match="damaged"):
        asked_of(content, "answer.zip")


# The reports


def test_reports_ask_no_more_than_google_answers() -> None:
    for report in BY_NAME.values():
        assert len(report.dimensions) <= 9 and len(report.metrics) <= 10, report.name
        assert len(set(report.dimensions)) == len(report.dimensions)
        assert SPAN.get(report.grain) in (None, report.dimensions[0] if report.dimensions else None), report.name


def test_people_are_in_no_report_with_many_rows() -> None:
    people = {"totalUsers", "activeUsers"}
    few = {"site_day", "channel_day", "newret_day"}
    assert {r.name for r in DAILY if people & set(r.metrics)} == few
    assert all(r.grain is not Grain.DAY for r in (*PERIODIC, *NAMED))


def test_a_name_of_google_has_one_column_and_a_report_each_column_once() -> None:
    for report in BY_NAME.values():
        columns = [COLUMNS[name] for name in (*report.dimensions, *report.metrics) if name in COLUMNS]
        assert len(columns) == len(set(columns)), report.name
        nameless = {n for n in report.dimensions if n not in COLUMNS} - set(SPAN.values())
        assert nameless <= {*SOURCES, *SOURCES.values()}, report.name


def test_organic_search_goes_with_no_other_metric() -> None:
    """Sources disagree on whether Google answers them together with visits, so they are asked alone."""
    for report in BY_NAME.values():
        organic = [name for name in report.metrics if name.startswith("organic")]
        assert not organic or len(organic) == len(report.metrics)


def names(reports: Iterable[object]) -> list[str]:
    return [getattr(report, "slice", "") for report in reports]


def test_the_slices_are_those_that_pages_ask_for() -> None:
    assert {*names(DAILY), *names(PERIODIC)} == {
        "site", "rolling", "hour", "channel", "source", "utm", "first_user", "landing", "page", "referrer", "geo",
        "device", "new_returning", "event", "channel+event", "site_search", "gsc_landing", "page_users", "page_title",
    }  # fmt: skip
