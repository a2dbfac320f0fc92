"""The loopback Google Analytics runs out and fails as Google's does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from asking import PROPERTY, client, request, table
from google.analytics.data_v1beta import types
from google.api_core import exceptions

from loopback import ga4_faults as faults
from loopback.ga4 import Served, serve
from loopback.ga4_browsing import made_up
from loopback.ga4_query import Conditions
from loopback.ga4_quota import Allowed
from loopback.ga4_site import Site

ASKED = request(("date",), ("sessions", "totalUsers"), "2026-11-20", "2026-11-28", return_property_quota=True)


@pytest.fixture(scope="module")
def site() -> Site:
    return made_up(date(2026, 11, 28), days=20, a_day=30)


@pytest.fixture
def served(site: Site) -> Iterator[Served]:
    with serve(site) as running:
        yield running


@pytest.mark.parametrize(
    ("fault", "raised", "words"),
    [
        (faults.UNAVAILABLE, exceptions.ServiceUnavailable, "currently unavailable"),
        (faults.INTERNAL, exceptions.InternalServerError, "Internal error"),
        (faults.DEADLINE, exceptions.DeadlineExceeded, "Deadline"),
        (faults.CONCURRENT, exceptions.ResourceExhausted, "concurrent requests quota"),
        (faults.HOURLY, exceptions.ResourceExhausted, "per hour"),
        (faults.DAILY, exceptions.ResourceExhausted, "per day"),
        (faults.SERVER_ERRORS, exceptions.ResourceExhausted, "server errors"),
        (faults.THRESHOLDED, exceptions.ResourceExhausted, "thresholded"),
        (faults.REVOKED_KEY, exceptions.ServiceUnavailable, "metadata from plugin failed"),
        (faults.NO_PERMISSION, exceptions.PermissionDenied, "sufficient permissions"),
        (faults.API_DISABLED, exceptions.PermissionDenied, "has not been used in project"),
        (faults.UNAUTHENTICATED, exceptions.Unauthenticated, "credentials"),
    ],
)
def test_faults_come_as_google_sends_them(served: Served, fault, raised, words) -> None:
    served.fail(fault)
    with pytest.raises(raised, match=words):
        client(served).run_report(ASKED)


def test_a_fault_passes_and_waits_its_turn(served: Served) -> None:
    served.fail(faults.UNAVAILABLE.but(times=2, after=1))
    statuses = []
    for _ in range(4):
        try:
            statuses.append(len(client(served).run_report(ASKED).rows) > 0)
        except exceptions.ServiceUnavailable:
            statuses.append(False)
    assert statuses == [True, False, False, True]
    assert [call.status for call in served.calls] == ["OK", "UNAVAILABLE", "UNAVAILABLE", "OK"]


@pytest.mark.parametrize("name", ["properties/G-ABCDEF1234", "properties/UA-1234-5", "properties/999"])
def test_a_wrong_property_is_refused(served: Served, name: str) -> None:
    asked = types.RunReportRequest(ASKED)
    asked.property = name
    with pytest.raises(exceptions.PermissionDenied, match=r"permissions|numeric Property ID"):
        client(served).run_report(asked)


def test_tokens_are_spent_by_what_is_asked_and_return_with_the_hour(site: Site) -> None:
    with serve(site, allowed=Allowed(tokens_per_project_per_hour=10)) as served:
        quota = client(served).run_report(ASKED).property_quota
        assert (quota.tokens_per_hour.consumed, quota.tokens_per_project_per_hour.remaining) == (1, 9)
        wide = request(("date", "country", "city"), ("sessions", "eventCount", "newUsers"), "2025-11-28", "2026-11-28")
        client(served).run_report(wide)
        assert served.quota.left["tokens_per_project_per_hour"] == 9 - (1 + 366 // 60 + 1)
        with pytest.raises(exceptions.ResourceExhausted, match="for a project per hour"):
            client(served).run_report(wide)
        served.now += timedelta(hours=1)
        client(served).run_report(wide)
        assert served.quota.left["tokens_per_day"] == 200_000 - 1 - 8 - 8


def test_an_empty_day_returns_at_midnight_in_california(served: Served) -> None:
    served.fail(faults.DAILY)
    for hours in (0, 1, 17, 1):  # it is 15:00 in Paris, 6:00 in California
        served.now += timedelta(hours=hours)
        try:
            client(served).run_report(ASKED)
            answered = True
        except exceptions.ResourceExhausted:
            answered = False
        assert answered == (served.now >= served.site.clock + timedelta(hours=18))


def test_ten_server_errors_lock_the_property(served: Served) -> None:
    served.fail(faults.INTERNAL.but(times=10))
    for _ in range(10):
        with pytest.raises(exceptions.InternalServerError):
            client(served).run_report(ASKED)
    with pytest.raises(exceptions.ResourceExhausted, match="server errors quota"):
        client(served).run_report(ASKED)


def test_more_calls_at_once_than_allowed_are_refused(site: Site) -> None:
    with serve(site, allowed=Allowed(concurrent_requests=3), conditions=Conditions(latency=0.3)) as served:
        ready = threading.Barrier(6)

        def one(_: int) -> bool:
            asking = client(served)
            ready.wait()
            try:
                return bool(asking.run_report(ASKED).rows)
            except exceptions.ResourceExhausted:
                return False

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(one, range(6))) == 3
        assert served.most_at_once > 3


def test_the_row_count_drifts_between_two_pages(served: Served) -> None:
    served.fail(faults.DRIFT)
    asked = [
        request(("date",), ("sessions",), "2026-11-10", "2026-11-20", limit=5, offset=offset) for offset in (0, 5, 5)
    ]
    counts = [client(served).run_report(each).row_count for each in asked]
    assert counts == [11, 12, 11]


def test_late_data_comes_between_two_pages(served: Served) -> None:
    served.fail(faults.LATE_BETWEEN_PAGES)
    pages = [
        client(served).run_report(
            request(("dateHour", "pagePath"), ("screenPageViews",), "2026-11-27", "2026-11-28", limit=40, offset=offset)
        )
        for offset in (0, 40, 0)
    ]
    assert pages[0].row_count < pages[1].row_count == pages[2].row_count


def test_five_reports_make_a_batch_and_one_that_is_wrong_fails_it(served: Served) -> None:
    nested = types.RunReportRequest(ASKED)
    nested.property = ""
    answer = client(served).batch_run_reports(types.BatchRunReportsRequest(property=PROPERTY, requests=[nested] * 5))
    alone = client(served).run_report(ASKED)
    assert [table(report.rows) for report in answer.reports] == [table(alone.rows)] * 5
    with pytest.raises(exceptions.InvalidArgument, match="limited to 5"):
        client(served).batch_run_reports(types.BatchRunReportsRequest(property=PROPERTY, requests=[nested] * 6))
