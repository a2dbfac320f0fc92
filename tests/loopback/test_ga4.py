"""The loopback Google Analytics answers as Google's does: people are deduplicated, pages page, days fill up late."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from asking import MAXIMUM, MINIMUM, PROPERTY, TOTAL, but, client, only, request, table
from google.analytics.data_v1beta import types
from google.api_core.exceptions import InvalidArgument

from loopback.ga4 import Served, serve
from loopback.ga4_browsing import made_up
from loopback.ga4_query import Conditions
from loopback.ga4_site import Hit, SearchDay, Visit, site_of

MORNING = datetime(2026, 11, 2, 10)
BILLETS = "/billets/"
VISITS = (
    Visit(1, MORNING, (Hit(engagement=12.5), Hit(path="/agenda/", after=40, engagement=3.25))),
    # It begins before midnight and ends after.
    Visit(
        1, datetime(2026, 11, 3, 23, 55),
        (Hit(), Hit(path=BILLETS, after=600), Hit("purchase", BILLETS, 700, revenue=23.1)),
        channel="Email", source="lettre", medium="email", campaign="novembre", manual_source="lettre",
    ),
    Visit(2, MORNING + timedelta(hours=2), (Hit(path="/agenda/"),), engaged=False, country="Canada"),
    Visit(2, MORNING + timedelta(hours=5), (Hit(), Hit(path="/agenda/", after=9)), device="desktop"),
)  # fmt: skip
LATER = datetime(2026, 11, 20)


@pytest.fixture(scope="module")
def told() -> Iterator[Served]:
    with serve(site_of(VISITS, LATER)) as served:
        yield served


@pytest.fixture(scope="module")
def drawn() -> Iterator[Served]:
    with serve(made_up(date(2026, 11, 28), days=45, a_day=50, seed=3)) as served:
        yield served


def ask(served: Served, *args, **more):
    return client(served).run_report(request(*args, **more))


def test_a_session_over_midnight_is_of_both_days_and_one_in_all(told: Served) -> None:
    metrics = ("sessions", "totalUsers", "newUsers", "screenPageViews", "totalRevenue", "keyEvents")
    answer = ask(told, ("date",), metrics, "2026-11-01", "2026-11-30", metric_aggregations=[TOTAL, MAXIMUM, MINIMUM])
    assert table(answer.rows) == [
        ("20261102", "3", "2", "2", "5", "0", "0"),
        ("20261103", "1", "1", "0", "1", "0", "0"),
        ("20261104", "1", "1", "0", "1", "23.1", "1"),
    ]
    assert table(answer.totals) == [("RESERVED_TOTAL", "4", "2", "2", "7", "23.1", "1")]
    assert table(answer.maximums) == [("RESERVED_MAX", "3", "2", "2", "5", "23.1", "1")]
    assert table(answer.minimums) == [("RESERVED_MIN", "1", "1", "0", "1", "0", "0")]
    assert answer.row_count == 3
    assert (answer.metadata.time_zone, answer.metadata.currency_code) == ("Europe/Paris", "EUR")


def test_a_page_counts_each_person_and_each_session_once(told: Served) -> None:
    answer = ask(
        told, ("pagePath",), ("screenPageViews", "totalUsers", "sessions"), "2026-11-01", "2026-11-30",
        metric_aggregations=[TOTAL],
    )  # fmt: skip
    assert table(answer.rows) == [("/", "3", "2", "3"), ("/agenda/", "3", "2", "3"), ("/billets/", "1", "1", "1")]
    assert table(answer.totals) == [("RESERVED_TOTAL", "7", "2", "4")]


def test_the_first_source_of_a_visitor_stays_and_that_of_the_session_varies(told: Served) -> None:
    dimensions = ("firstUserDefaultChannelGroup", "sessionDefaultChannelGroup", "newVsReturning", "landingPage")
    answer = ask(told, dimensions, ("sessions", "engagedSessions"), "2026-11-01", "2026-11-30")
    assert table(answer.rows) == [
        ("Direct", "Direct", "new", "/", "1", "1"),
        ("Direct", "Direct", "new", "/agenda/", "1", "0"),
        ("Direct", "Direct", "returning", "/", "1", "1"),
        ("Direct", "Email", "returning", "/", "1", "1"),
    ]


def test_rolling_visitors_count_the_days_before(told: Served) -> None:
    metrics = ("active1DayUsers", "active7DayUsers", "active28DayUsers", "dauPerWau")
    answer = ask(told, ("date",), metrics, "2026-11-04", "2026-11-11")
    assert table(answer.rows)[0] == ("20261104", "1", "2", "2", "0.5")
    assert table(answer.rows)[5:] == [
        ("20261109", "0", "1", "2", "0"),
        ("20261110", "0", "1", "2", "0"),
        ("20261111", "0", "0", "2", "0"),
    ]


def test_named_ranges_are_a_dimension_of_their_own(told: Served) -> None:
    ranges = [
        types.DateRange(start_date="2026-11-02", end_date="2026-11-02", name="then"),
        types.DateRange(start_date="2026-11-03", end_date="2026-11-04"),
    ]
    answer = ask(told, (), ("totalUsers", "sessions"), "", "", date_ranges=ranges, metric_aggregations=[TOTAL])
    assert [header.name for header in answer.dimension_headers] == ["dateRange"]
    assert sorted(table(answer.rows)) == [("date_range_1", "1", "1"), ("then", "2", "3")]
    assert sorted(table(answer.totals)) == [("date_range_1", "1", "1"), ("then", "2", "3")]


def test_filters_choose_by_fields_that_are_not_asked(told: Served) -> None:
    days = "2026-11-01", "2026-11-30"
    by = ("sessionDefaultChannelGroup", "eventName"), ("keyEvents",)
    key = ask(told, *by, *days, dimension_filter=only("isKeyEvent", "true"))
    assert table(key.rows) == [("Email", "purchase", "1")]
    elsewhere = ask(told, ("country",), ("sessions",), *days, dimension_filter=but(only("country", "ANAD", "CONTAINS")))
    assert table(elsewhere.rows) == [("France", "3")]
    listed = types.Filter(field_name="country", in_list_filter=types.Filter.InListFilter(values=["canada"]))
    among = ask(told, ("country",), ("sessions",), *days, dimension_filter=types.FilterExpression(filter=listed))
    assert table(among.rows) == [("Canada", "1")]


def test_rows_of_zeros_are_dropped_unless_kept(told: Served) -> None:
    asked = ("eventName",), ("keyEvents",), "2026-11-01", "2026-11-30"
    assert table(ask(told, *asked).rows) == [("purchase", "1")]
    assert ("session_start", "0") in table(ask(told, *asked, keep_empty_rows=True).rows)
    assert not ask(told, ("date",), ("sessions",), "2025-01-01", "2025-01-31", keep_empty_rows=True).rows


@pytest.mark.parametrize(
    ("dimensions", "metrics"),
    [
        (("date",), ("sessions", "totalUsers", "screenPageViews", "eventCount")),
        (("date", "sessionSource", "sessionMedium"), ("sessions", "totalUsers", "newUsers")),
        (("hostName", "pagePath"), ("screenPageViews", "totalUsers", "sessions")),
        (("yearMonth", "country", "deviceCategory"), ("activeUsers", "engagedSessions")),
    ],
)
def test_figures_are_those_of_a_plain_count(drawn: Served, dimensions, metrics) -> None:
    first, last = date(2026, 10, 20), date(2026, 11, 24)
    answer = ask(drawn, dimensions, metrics, str(first), str(last), metric_aggregations=[TOTAL])
    rows, whole = _counted(drawn, dimensions, metrics, first, last)
    assert table(answer.rows) == sorted((*key, *figures) for key, figures in rows.items())
    assert table(answer.totals)[0][len(dimensions) :] == whole


def _counted(served: Served, dimensions, metrics, first, last):
    """The same figures, with sets in Python."""
    events = served.site.events.merge(served.site.sessions, on="session").merge(served.site.pages, on="page")
    say = {
        "date": lambda e: f"{e.moment:%Y%m%d}", "yearMonth": lambda e: f"{e.moment:%Y%m}", "hostName": lambda e: e.host,
        "sessionSource": lambda e: e.source, "sessionMedium": lambda e: e.medium, "pagePath": lambda e: e.path,
        "country": lambda e: e.country, "deviceCategory": lambda e: e.device,
    }  # fmt: skip
    rows = (SimpleNamespace(**row) for row in events.to_dict("records"))
    seen = [e for e in rows if first <= e.moment.date() <= last and e.seen <= served.site.now]

    def figures(of) -> tuple[str, ...]:
        found = {
            "sessions": {e.session for e in of}, "totalUsers": {e.visitor for e in of},
            "newUsers": {e.visitor for e in of if e.event == "first_visit"},
            "activeUsers": {e.visitor for e in of if e.engaged or e.event == "first_visit"},
            "engagedSessions": {e.session for e in of if e.engaged},
            "screenPageViews": [e for e in of if e.event == "page_view"], "eventCount": of,
        }  # fmt: skip
        return tuple(str(len(found[name])) for name in metrics)

    groups = defaultdict(list)
    for event in seen:
        groups[tuple(say[name](event) for name in dimensions)].append(event)
    return {key: figures(of) for key, of in groups.items()}, figures(seen)


def test_pages_of_an_ordered_report_are_its_rows(drawn: Served) -> None:
    asked = ("date", "hostName", "pagePath"), ("screenPageViews",), "2026-11-01", "2026-11-20"
    whole = ask(drawn, *asked, limit=250_000)
    paged = [ask(drawn, *asked, limit=100, offset=offset) for offset in range(0, whole.row_count, 100)]
    assert {page.row_count for page in paged} == {whole.row_count} == {len(whole.rows)}
    assert [row for page in paged for row in table(page.rows)] == table(whole.rows)


def test_ties_fall_anew_in_every_answer_that_is_not_ordered(drawn: Served) -> None:
    asked = ("date", "pagePath"), ("screenPageViews",), "2026-11-01", "2026-11-20"
    one, other = (table(ask(drawn, *asked, order=False).rows) for _ in range(2))
    assert one != other and sorted(one) == sorted(other)
    assert [int(row[2]) for row in one] == sorted((int(row[2]) for row in one), reverse=True)


def test_what_is_asked_wrongly_is_refused_in_googles_words(told: Served) -> None:
    refused = {
        "Field visitors is not a valid metric": ((), ("visitors",)),
        "Field organicGoogleSearchQuery is not a valid dimension": (("organicGoogleSearchQuery",), ()),
        "Please remove screenPageViews to make": (("source",), ("screenPageViews",)),
        "Search Console fields require an active link": (("date",), ("organicGoogleSearchClicks",)),
        "limited to 10 metrics": ((), ("sessions",) * 11),
    }
    for words, (dimensions, metrics) in refused.items():
        with pytest.raises(InvalidArgument, match=words):
            ask(told, dimensions, metrics, "2026-11-01", "2026-11-30")
    with pytest.raises(InvalidArgument, match="orderBy"):
        order = types.OrderBy(metric=types.OrderBy.MetricOrderBy(metric_name="sessions"))
        ask(told, ("date",), ("totalUsers",), "2026-11-01", "2026-11-30", order_bys=[order])
    with pytest.raises(InvalidArgument, match="4 dateRanges"):
        ask(told, (), ("sessions",), "", "", date_ranges=[types.DateRange(start_date="today", end_date="today")] * 5)
    for first, last in (("2015-08-13", "2026-11-30"), ("2026-11-30", "2026-11-01"), ("soon", "today")):
        with pytest.raises(InvalidArgument, match=r"[Dd]ate"):
            ask(told, ("date",), ("sessions",), first, last)


def test_names_and_what_goes_together_are_told(told: Served) -> None:
    metadata = client(told).get_metadata(name=f"{PROPERTY}/metadata")
    metrics = {metric.api_name: metric for metric in metadata.metrics}
    assert "keyEvents:purchase" in metrics and list(metrics["keyEvents"].deprecated_api_names) == ["conversions"]
    assert "keyEvents:purchase" not in {
        m.api_name for m in client(told).get_metadata(name="properties/0/metadata").metrics
    }
    asked = types.CheckCompatibilityRequest(property=PROPERTY, dimensions=[types.Dimension(name="source")])
    answer = client(told).check_compatibility(asked)
    not_with = {m.metric_metadata.api_name for m in answer.metric_compatibilities if m.compatibility == 2}
    assert {"screenPageViews", "organicGoogleSearchClicks"} <= not_with and "keyEvents" not in not_with


def test_a_linked_search_console_answers_alone() -> None:
    day = date(2026, 11, 2)
    searches = [
        SearchDay(day, "/", "France", "mobile", 3, 40, 4.5),
        SearchDay(day, "/", "Canada", "mobile", 1, 10, 9.5),
    ]
    metrics = ("organicGoogleSearchClicks", "organicGoogleSearchImpressions", "organicGoogleSearchAveragePosition")
    with serve(site_of(VISITS, LATER, searches=searches)) as served:
        answer = ask(served, ("date", "landingPagePlusQueryString"), metrics, "2026-11-01", "2026-11-30")
        assert table(answer.rows) == [("20261102", "/", "4", "50", "5.5")]
        with pytest.raises(InvalidArgument, match="Please remove sessions"):
            ask(served, ("date",), (*metrics, "sessions"), "2026-11-01", "2026-11-30")


def test_days_fill_up_and_sources_settle_as_the_clock_moves() -> None:
    site = site_of([Visit(1, MORNING), Visit(2, MORNING, seen_after=timedelta(hours=60))], MORNING + timedelta(hours=5))
    with serve(site) as served:
        asked = ("sessionSource",), ("sessions",), "yesterday", "today"
        assert table(ask(served, *asked).rows) == [("(data not available)", "1")]
        served.now += timedelta(hours=26)
        assert table(ask(served, *asked).rows) == [("(direct)", "1")]
        served.now += timedelta(hours=30)
        assert table(ask(served, *asked[:2], "2daysAgo", "today").rows) == [("(direct)", "2")]
        site.reattribute(date(2026, 11, 1), "Direct", ("google", "cpc", "noël", "Paid Search"))
        answer = ask(served, ("sessionSource", "sessionCampaignName"), ("sessions",), "2daysAgo", "today")
        assert table(answer.rows) == [("(direct)", "(direct)", "1"), ("google", "noël", "1")]


def test_the_rarest_rows_are_folded_and_no_filter_brings_them_back(drawn: Served) -> None:
    asked = ("date", "pagePath"), ("screenPageViews",), "2026-11-01", "2026-11-20"
    whole = sum(int(row[-1]) for row in table(ask(drawn, *asked).rows))
    drawn.conditions = Conditions(other_above=100)
    try:
        folded = ask(drawn, *asked)
        assert folded.metadata.data_loss_from_other_row
        assert sum(int(row[-1]) for row in table(folded.rows)) == whole
        assert len({row[:-1] for row in table(folded.rows) if "(other)" not in row}) <= 100
        found = ask(drawn, *asked, dimension_filter=only("pagePath", "/lettre/"))
        assert found.metadata.data_loss_from_other_row and not found.rows
        assert not ask(drawn, ("date",), ("sessions",), "2026-11-01", "2026-11-20").metadata.data_loss_from_other_row
        short = ask(drawn, *asked[:2], "2026-11-01", "2026-11-01")
        assert not short.metadata.data_loss_from_other_row
        drawn.conditions = Conditions(other_above=100, other_in_dates=True)
        assert ("(other)", "(other)") in {row[:2] for row in table(ask(drawn, *asked).rows)}
    finally:
        drawn.conditions = Conditions()


def test_samples_thresholds_retention_and_restrictions_are_marked(drawn: Served) -> None:
    asked = ("date", "country"), ("sessions", "totalRevenue"), "2026-10-25", "2026-11-20"
    plain = ask(drawn, *asked, metric_aggregations=[TOTAL])
    try:
        drawn.conditions = Conditions(sample_above=1000)
        sampled = ask(drawn, *asked, metric_aggregations=[TOTAL])
        (sample,) = sampled.metadata.sampling_metadatas
        assert sample.samples_read_count < 1500 < sample.sampling_space_size
        of, estimate = int(table(plain.totals)[0][2]), int(table(sampled.totals)[0][2])
        assert estimate != of and abs(estimate / of - 1) < 0.25
        drawn.conditions = Conditions(threshold=3, keeps_since=date(2026, 11, 1), no_revenue=True)
        marked = ask(drawn, *asked)
        assert marked.metadata.subject_to_thresholding and marked.row_count < plain.row_count
        (reason,) = marked.metadata.data_truncation_reasons
        assert reason.data_truncation_date == "2026-11-01" and table(marked.rows)[0][0] >= "20261101"
        (restriction,) = marked.metadata.schema_restriction_response.active_metric_restrictions
        assert restriction.metric_name == "totalRevenue" and {row[-1] for row in table(marked.rows)} == {"0"}
    finally:
        drawn.conditions = Conditions()


def test_the_same_seed_makes_the_same_property() -> None:
    began = time.monotonic()
    one, other = (made_up(date(2026, 11, 28), days=20, a_day=30, seed=9) for _ in range(2))
    assert one.events.equals(other.events) and one.sessions.equals(other.sessions)
    assert not one.events.equals(made_up(date(2026, 11, 28), days=20, a_day=30, seed=10).events)
    assert time.monotonic() - began < 5
