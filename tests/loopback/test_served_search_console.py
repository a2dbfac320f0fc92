"""The loopback Search Console answers as Google's does: rare queries hide, pages count apart, new days fill up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import service_account

from loopback import search_console as api
from loopback.search_console_site import PACIFIC, Search, Shown, searched, searches_of

DAY = date(2026, 11, 3)
NOON = datetime(2026, 11, 20, 12, tzinfo=PACIFIC)
HOME, AGENDA = "https://www.labruissiere.example/", "https://www.labruissiere.example/agenda/"
SEARCHES = (
    Search(DAY, "la bruissière", (Shown(HOME, 1, 3), Shown(AGENDA, 2, 1)), times=10),
    Search(DAY, "agenda orvaine", (Shown(AGENDA, 5, 1),), times=4, device="DESKTOP", country="bel", late=True),
    Search(DAY, "un nom propre", (Shown(HOME, 8, 1),), times=2, hidden=True),
    Search(DAY + timedelta(1), "la bruissière", (Shown(HOME, 2, 0),), times=5, appearance="VIDEO"),
)


@pytest.fixture
def served() -> Iterator[api.Served]:
    with api.serve(searches_of(SEARCHES, NOON)) as running:
        yield running


@pytest.fixture
def line(served: api.Served, tmp_path: Path) -> AuthorizedSession:
    return session(served, tmp_path)


def session(served: api.Served, folder: Path, scope: str = "webmasters.readonly") -> AuthorizedSession:
    key = served.account.key_file(folder, served.address)
    scopes = [f"https://www.googleapis.com/auth/{scope}"]
    return AuthorizedSession(service_account.Credentials.from_service_account_file(str(key), scopes=scopes))


def ask(line: AuthorizedSession, served: api.Served, *dimensions: str, **more: Any) -> Any:
    site = more.pop("site", served.site.name)
    body = {"startDate": "2026-11-01", "endDate": "2026-11-30", "dimensions": dimensions} | more
    return line.post(f"http://{served.address}/webmasters/v3/sites/{quote(site, '')}/searchAnalytics/query", json=body)


def figures(response: Any) -> list[tuple[Any, ...]]:
    assert response.status_code == 200, response.text
    rows = response.json().get("rows", [])
    return [(*row.get("keys", ()), row["clicks"], row["impressions"], round(row["position"], 2)) for row in rows]


def test_a_search_counts_once_for_the_site_and_once_for_each_page(served, line) -> None:
    assert figures(ask(line, served, "date")) == [("2026-11-03", 6, 16, 2.88), ("2026-11-04", 0, 5, 2.0)]
    assert figures(ask(line, served, "page")) == [(HOME, 4, 17, 2.12), (AGENDA, 2, 14, 2.86)]
    assert ask(line, served).json()["responseAggregationType"] == "byProperty"
    assert figures(ask(line, served, aggregationType="byPage")) == [(6, 31, 2.45)]


def test_rare_queries_are_in_no_row_and_in_every_total(served, line) -> None:
    assert figures(ask(line, served, "query")) == [("la bruissière", 4, 15, 1.33), ("agenda orvaine", 1, 4, 5.0)]
    assert figures(ask(line, served)) == [(6, 21, 2.67)]
    found = [{"filters": [{"dimension": "query", "operator": "notContains", "expression": "zzz"}]}]
    assert figures(ask(line, served, dimensionFilterGroups=found)) == [(5, 19, 2.11)]


def test_other_dimensions_are_told(served, line) -> None:
    by = figures(ask(line, served, "country", "device"))
    assert by == [("fra", "MOBILE", 5, 17, 2.12), ("bel", "DESKTOP", 1, 4, 5.0)]
    assert figures(ask(line, served, "searchAppearance")) == [("VIDEO", 0, 5, 2.0)]
    assert ask(line, served, "searchAppearance", "date").status_code == 400


def test_pages_of_rows_are_the_rows(tmp_path: Path) -> None:
    with api.serve(searched(date(2026, 11, 20), days=40)) as served:
        line = session(served, tmp_path)
        whole = figures(ask(line, served, "date", "query", startDate="2026-10-01", rowLimit=25_000))
        paged: list[tuple[Any, ...]] = []
        for start in range(0, len(whole), 100):
            more = {"startDate": "2026-10-01", "rowLimit": 100, "startRow": start}
            paged += figures(ask(line, served, "date", "query", **more))
        assert len(whole) > 300 and sorted(paged) == sorted(whole)
        total, named = figures(ask(line, served))[0], figures(ask(line, served, "query"))
        assert 0.5 < sum(row[1] for row in named) / total[0] < 0.9


def test_the_newest_days_are_not_final(served, line, tmp_path: Path) -> None:
    for day, final, fresh in ((23, [6, 0], [6, 0]), (6, [6], [6, 0]), (5, [], [5, 0])):
        served.now = datetime(2026, 11, day, 12, tzinfo=PACIFIC)
        assert [row[1] for row in figures(ask(line, served, "date"))] == final
        answer = ask(line, served, "date", dataState="all")
        assert [row[1] for row in figures(answer)] == fresh
        assert answer.json().get("metadata") == {"first_incomplete_date": f"2026-11-{day - 2:02}"}


def test_sixteen_months_are_kept(served, line) -> None:
    served.now = datetime(2028, 3, 4, 12, tzinfo=PACIFIC)
    assert [row[0] for row in figures(ask(line, served, "date"))] == ["2026-11-04"]


def test_sites_are_listed_and_others_refused(served, line) -> None:
    listed = line.get(f"http://{served.address}/webmasters/v3/sites").json()
    own = {"siteUrl": "sc-domain:labruissiere.example", "permissionLevel": "siteRestrictedUser"}
    assert listed == {"siteEntry": [own]}
    refused = ask(line, served, site="https://example.org/")
    assert refused.status_code == 403 and "sufficient permission" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    "wrong",
    [{"rowLimit": 25_001}, {"type": "maps"}, {"startDate": "soon"}, {"startDate": "2026-12-01"}, {"dataState": "old"},
     {"dimensions": ["colour"]}, {"dimensions": ["page"], "aggregationType": "byProperty"},
     {"dimensions": ["query"], "type": "discover"}],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused(served, line, wrong) -> None:
    answer = ask(line, served, **wrong)
    assert answer.status_code == 400 and answer.json()["error"]["errors"][0]["reason"] == "invalidParameter"


def test_faults_come_as_google_sends_them(served, line) -> None:
    served.fail(api.BACKEND.but(after=1), api.TOO_FAST, api.LOAD.but(times=1))
    assert [ask(line, served).status_code for _ in range(5)] == [200, 503, 429, 403, 200]
    served.fail(api.CUT)
    with pytest.raises(OSError):
        ask(line, served)


def test_tokens_are_given_for_the_key_alone(served, tmp_path: Path) -> None:
    with pytest.raises(HTTPError, match="401"):
        urlopen(f"http://{served.address}/webmasters/v3/sites")
    key = served.account.key_file(tmp_path, served.address)
    known = service_account.Credentials.from_service_account_file(str(key), scopes=list(served.account.scopes))
    known.refresh(Request())
    assert known.token in served.account.tokens
    unknown = service_account.Credentials.from_service_account_file(str(key), scopes=["https://example.org/none"])
    with pytest.raises(RefreshError, match="No access token"):
        unknown.refresh(Request())
    served.account.revoked = True
    with pytest.raises(RefreshError, match="invalid_grant"):
        known.refresh(Request())


def test_a_token_that_expired_is_asked_anew(served, line) -> None:
    assert ask(line, served).status_code == 200
    served.account.expire()
    assert ask(line, served).status_code == 200 and served.statuses[-2:] == [401, 200]
