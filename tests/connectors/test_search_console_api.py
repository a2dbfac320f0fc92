"""Search Console by its API: the hidden share is known, days are asked until they are final, a run goes on where it
ended."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from google.auth.exceptions import RefreshError, TransportError

from connectors.reading import examine, read_kept
from connectors.search_console_api import KEY, account_for, account_of, kept_answers
from connectors.search_console_api.answers import Asked, asked_of
from connectors.search_console_api.client import SEARCH_CONSOLE, Answered, Client, kind_of, pace
from connectors.search_console_api.look import right_of, sites_of
from connectors.search_console_api.look import tested as looked_at
from connectors.search_console_api.names import property_name
from connectors.search_console_api.reports import QUERY, REPORTS, Report
from connectors.search_console_api.sync import Outcome, _known, sync
from connectors.search_console_api.windows import HOT, Known, due, first_kept
from connectors.services.keys import identify
from connectors.services.pace import Kind, Pace, Refused, reasons
from data.model import Account, Answers, UserError, Window, says
from data.store import create_brand
from loopback import search_console as api
from loopback.search_console_site import PACIFIC, Search, SearchSite, Shown, searched, searches_of
from vigie import main

SITE = "sc-domain:labruissiere.example"
ACCOUNT = "search_console:labruissiere.example"
DAY = date(2026, 11, 3)
HOME, AGENDA = "https://www.labruissiere.example/", "https://www.labruissiere.example/agenda/"
SEARCHES = (
    Search(DAY, "la bruissière", (Shown(HOME, 1, 3), Shown(AGENDA + "?page=2", 2, 1)), times=10),
    Search(DAY, "agenda orvaine", (Shown(AGENDA, 5, 1),), times=4, device="DESKTOP", country="bel", late=True),
    Search(DAY, "un nom propre", (Shown(HOME, 8, 1),), times=2, hidden=True),
    Search(DAY + timedelta(1), "la bruissière", (Shown(HOME, 2, 0),), times=5),
    Search(DAY + timedelta(1), "", (Shown(AGENDA, 1, 2),), times=7, type="discover"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "data"))
    return tmp_path


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=PACIFIC)


class Trial:
    """A property that is served, a brand that keeps its answers, and a run between both."""

    def __init__(self, served: api.Served, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(SEARCH_CONSOLE.endpoint, served.address)
        self.served, self.store = served, create_brand("La Bruissière")
        self.identity = identify(SEARCH_CONSOLE, str(served.account.key_file(folder, served.address)), {})
        self.slept: list[float] = []

    def client(self, site: str = SITE) -> Client:
        slow = Pace(kind_of, reasons("Search Console", says("queries")), sleep=self.slept.append, chance=lambda: 1.0)
        return Client(site, self.identity, slow)

    def run(self, keep: Callable[[str, bytes], None] | None = None, **more: Any) -> Outcome:
        return sync(self.client(), self.kept(), keep or self.keep, now=lambda: self.served.now, **more)

    def keep(self, name: str, content: bytes) -> None:
        one = examine(name, content, Answers())
        assert (one.export.connector, [each.key for each in one.export.accounts], one.questions) == (KEY, [ACCOUNT], ())
        self.store.add_export(one.export, one.findings("Europe/Paris"))

    def kept(self) -> list[Asked]:
        found = (asked_of(self.store.content(info.id), info.name) for info in self.store.exports())
        return [asked for asked in found if asked]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.store.read() as cursor:
            return cursor.execute(sql).fetchall()


@pytest.fixture
def trial(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[SearchSite], Trial]]:
    running = []

    def start(site: SearchSite) -> Trial:
        running.append(server := api.serve(site))
        return Trial(server.__enter__(), folder, monkeypatch)

    yield start
    for server in running:
        server.__exit__(None, None, None)


def test_the_whole_is_known_apart_from_the_queries_that_google_names(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    outcome = one.run(since=DAY - timedelta(1))
    assert (outcome.failed, outcome.paused) == ({}, None)
    told: dict[str, list[tuple[Any, ...]]] = {}
    sql = "select slice, first_day, coalesce(query, page, country, device), clicks, impressions, position from search"
    for slice_, day, *row in one.rows(f"{sql} where first_day = last_day order by all"):
        told.setdefault(slice_, []).append(((day - DAY).days, *row))
    assert told["site"][:2] == [(0, None, 6, 16, 2.875), (1, None, 0, 5, 2.0)]
    assert told["site"][2:] == [(n, None, 0, 0, None) for n in range(2, 15)], "the days of nobody that are final"
    assert told["query"] == [
        (0, "agenda orvaine", 1, 4, 5.0), (0, "la bruissière", 4, 10, 1.0), (1, "la bruissière", 0, 5, 2.0),
    ]  # fmt: skip
    # Two addresses that differ by their queries alone are one page, and the second is numbered.
    assert [row[:4] for row in told["page"]] == [
        (0, HOME, 4, 12), (0, AGENDA, 1, 10), (0, f"{AGENDA} (2)", 1, 4), (1, HOME, 0, 5),
    ]  # fmt: skip
    assert [row[:3] for row in told["country"]] == [(0, "Belgium", 1), (0, "France", 5), (1, "France", 0)]
    assert [row[:4] for row in told["device"]] == [(0, "Desktop", 1, 4), (0, "Mobile", 5, 12), (1, "Mobile", 0, 5)]
    # Discover has no position.
    assert (told["discover"], told["discover page"]) == ([(1, None, 2, 7, None)], [(1, AGENDA, 2, 7, None)])


def test_an_answer_says_what_is_whole_hidden_and_provisional(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 5))))
    one.run(since=DAY - timedelta(1))
    (info,) = one.store.exports()
    found = {answer.slice: answer for answer in one.store.answers(info.id)}
    assert set(found) == {"site", "country", "device", "query", "page", "discover", "discover page"}
    assert {slice_ for slice_, answer in found.items() if answer.withheld} == {"query"}
    site = found["site"]
    assert (site.first_day, site.last_day, site.provisional_from) == (DAY - timedelta(1), DAY + timedelta(1), DAY)
    assert site.by_day and site.zone == "America/Los_Angeles"
    checks = one.store.checks(info.id)
    by = ("country", "device")
    assert {check.what for check in checks} == {f"{each}: {of}" for each in by for of in ("clicks", "impressions")}
    assert all(check.agrees for check in checks)
    assert info.as_of == datetime(2026, 11, 5, 20)


def test_days_that_are_not_final_are_asked_until_they_are(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 5))))
    site = "select first_day, clicks from search where slice = 'site' order by 1"
    assert one.run(since=DAY).kept == 1
    assert one.rows(site) == [(DAY, 5), (DAY + timedelta(1), 0)]
    assert one.run().kept == 0, "the same once more is not kept"
    one.served.now = noon(date(2026, 11, 20))
    assert one.run().kept == 1
    assert one.rows(site) == [(DAY, 6), *((DAY + timedelta(n), 0) for n in range(1, 15))]
    asked = len(one.served.queries)
    assert one.run().kept == 0
    assert {query["startDate"] for query in one.served.queries[asked:]} == {date(2026, 11, 17)}


def test_what_was_withdrawn_is_gone(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 5))))
    one.run(since=DAY)
    query = "select query from search where slice = 'query' and first_day = date '2026-11-03' order by 1"
    assert one.rows(query) == [("la bruissière",)]
    one.served.site.con.execute("update searches set hidden = true where query = 'la bruissière'").fetchall()
    one.served.now = noon(date(2026, 11, 7))
    one.run()
    assert one.rows(query) == [("agenda orvaine",)]


def test_a_run_that_is_ended_goes_on_where_it_was(trial) -> None:
    one = trial(searched(date(2026, 11, 20), days=75, seed=2))
    since = date(2026, 9, 10)

    class Killed(BaseException):
        pass

    def once(name: str, content: bytes) -> None:
        if one.kept():
            raise Killed
        one.keep(name, content)

    with pytest.raises(Killed):
        one.run(once, since=since)
    (first,) = one.kept()
    assert first.last == date(2026, 11, 20), "the newest days come first"
    asked = len(one.served.queries)
    one.run(since=since)
    again = {query["startDate"] for query in one.served.queries[asked:] if query["endDate"] < first.first}
    assert min(again) == since and all(day < first.first for day in again)
    days = one.rows("select min(first_day), max(first_day), count(*) from search where slice = 'site'")
    assert days == [(since, date(2026, 11, 20), 72)]


def test_a_rebuild_reads_the_kept_answers_as_they_were(trial) -> None:
    one = trial(searched(date(2026, 11, 20), days=20, seed=5))
    one.run(since=date(2026, 11, 5))
    before = one.rows("select * from search order by all")
    assert len(before) > 200
    one.store.rebuild(lambda export: read_kept(export, "Europe/Paris"))
    assert one.rows("select * from search order by all") == before


def test_the_figures_are_those_of_the_site_however_they_were_asked(trial) -> None:
    """The same sums by plain SQL over what was searched."""
    one = trial(searched(date(2026, 11, 20), days=60, seed=4))
    one.run(since=date(2026, 10, 1))
    site = "from search where slice = 'site' and first_day <= '2026-11-17'"
    told = one.rows(f"select first_day, clicks, impressions {site} order by 1")
    truth = one.served.site.con.execute(
        "with best as (select search, max(clicks) as clicks from shown group by 1) "
        "select day, sum(clicks), count(*) from searches join best using (search) "
        "where day between '2026-10-01' and '2026-11-17' group by 1 order by 1"
    ).fetchall()
    assert told == truth


def test_many_rows_of_a_day_come_in_pages(trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.search_console_api.client.MOST_ROWS", 5)
    monkeypatch.setattr("connectors.search_console_api.sync.MOST_ROWS", 5)
    one = trial(searched(date(2026, 11, 20), days=10, seed=4, rare=0.1))
    one.run(since=date(2026, 11, 15))
    told = one.rows("select first_day, count(*) from search where slice = 'query' group by 1 order by 1")
    assert [count for _, count in told if count > 5]
    assert not one.run().paused


@pytest.mark.parametrize(
    ("fault", "kept", "words"),
    [
        (api.BACKEND.but(times=4, after=3), 1, None),
        (api.CUT.but(after=2), 1, None),
        (api.TOO_FAST.but(times=2, after=2), 1, None),
        (api.BACKEND.but(times=100, after=3), 0, "an outage"),
        (api.LOAD.but(after=4), 0, "in an hour"),
        (api.DAILY.but(after=4), 0, "midnight in California"),
    ],
)
def test_what_passes_is_asked_again_and_what_is_spent_is_waited_for(trial, fault, kept: int, words: str | None) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    one.served.fail(fault)
    outcome = one.run(since=DAY)
    assert (outcome.kept, outcome.failed) == (kept, {})
    assert words is None if outcome.paused is None else words and words in str(outcome.paused)
    one.served._faults.clear()
    assert one.run(since=DAY).paused is None and len(one.kept()) == 1


def test_a_question_that_cannot_be_answered_stops_no_other(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    of_discover = api.Fault(
        400, "invalidParameter", "No Discover here.", times=api.ALWAYS, only=lambda q: "discover" in q.values()
    )
    one.served.fail(of_discover)
    outcome = one.run(since=DAY)
    assert outcome.off == {"discover": "No Discover here.", "discover page": "No Discover here."}
    assert (outcome.kept, outcome.failed) == (1, {})
    asked = len(one.served.queries)
    assert (one.run().off, one.run().kept) == ({}, 0)
    again = one.served.queries[asked:]
    assert {query["startDate"] for query in again} == {date(2026, 11, 17)}, "what was answered is final"
    assert not [query for query in again if query["type"] == "discover"], "it is not tried for a week"
    one.served._faults.clear()
    one.served.now += timedelta(7)
    assert one.run().off == {} and one.rows("select count(*) from search where slice = 'discover'") == [(1,)]
    again = [query for query in one.served.queries if query["startDate"] == DAY and query["type"] == "web"]
    assert len([query for query in again if query["dimensions"] == ["date", "country"]]) == 1


def test_a_report_that_fails_is_asked_again_alone(trial, monkeypatch: pytest.MonkeyPatch) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    whole = Client.rows

    def moving(self: Client, report: Report, *span: Any) -> bytes:
        if report.name == "country":
            raise Refused(Kind.PASSING, "The rows changed.")
        return whole(self, report, *span)

    with monkeypatch.context() as patched:
        patched.setattr(Client, "rows", moving)
        assert one.run(since=DAY).failed == {"country": "The rows changed."}
        outcome = one.run()
        assert (set(outcome.failed), outcome.kept) == ({"country"}, 0), "the same once more is not kept"
    asked = len(one.served.queries)
    assert one.run().kept == 2  # what is asked at every sync, and what was lacking
    late = [query["dimensions"] for query in one.served.queries[asked:] if query["startDate"] == DAY]
    assert late == [["date"], ["date", "country"]]
    assert one.run().kept == 0
    assert one.rows("select count(*) from search where slice = 'country'") == [(3,)]


def test_someone_without_the_right_or_the_key_is_told_what_to_do(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    assert right_of(one.client()) == "siteRestrictedUser"
    with pytest.raises(UserError, match=r"may not look at https://example.org/.*Users and permissions.*sc-domain:labr"):
        right_of(one.client("https://example.org/"))
    one.served.fail(api.DISABLED.but(times=1))
    with pytest.raises(UserError, match="not switched on"):
        one.run(since=DAY)
    one.served.fail(api.UNAUTHENTICATED)
    with pytest.raises(UserError, match=r"does not accept the key of vigie@.*clock"):
        one.run(since=DAY)
    one.served.account.revoked = True
    with pytest.raises(UserError, match=r"does not accept the key.*invalid_grant"):
        identify(SEARCH_CONSOLE, str(next(Path(one.store.folder).parents[1].glob("key.json"))), {})


def test_a_look_says_the_right_the_days_and_the_figures_of_the_last_of_them(trial) -> None:
    now = noon(date(2026, 11, 20))
    one = trial(searches_of((*SEARCHES, Search(DAY - timedelta(28), "avant", (Shown(HOME, 1, 1),), times=9)), now))
    seen = looked_at(one.client(), lambda: now)
    # The last 28 days end with the last that Google has: the 9 of 29 days before are not among them.
    assert (seen.days, seen.counted) == (
        Window(DAY - timedelta(28), DAY + timedelta(1)), Window(DAY - timedelta(26), DAY + timedelta(1)),
    )  # fmt: skip
    assert (seen.right, seen.clicks, seen.impressions) == ("siteRestrictedUser", 6, 21)
    assert sites_of(one.client("")) == {SITE: "siteRestrictedUser"}
    nothing = looked_at(one.client(), lambda: now + timedelta(days=900))
    assert (nothing.days, nothing.clicks, nothing.impressions) == (None, None, None)
    with pytest.raises(UserError, match="may not look at"):
        looked_at(one.client("https://example.org/"))


def test_a_property_keeps_the_account_it_was_given() -> None:
    asked = Asked(SITE, noon(DAY), DAY, DAY, DAY, DAY)
    mine, other = Account("search_console", "mine"), Account("search_console", "other")
    assert account_for(SITE, []) == account_of(SITE)
    assert account_for(SITE, [(asked, mine)]) == account_for(SITE, [(asked, mine)], mine) == mine
    with pytest.raises(UserError, match="under search_console:mine already"):
        account_for(SITE, [(asked, mine)], other)
    with pytest.raises(UserError, match="no account of Search Console"):
        account_for(SITE, [], Account("ga4", "mine"))


def test_an_error_says_what_is_to_be_done() -> None:
    said = {
        Answered(401, "authError", ""): Kind.KEY,
        Answered(403, "forbidden", ""): Kind.RIGHT,
        Answered(403, "quotaExceeded", ""): Kind.HOUR,
        Answered(403, "dailyLimitExceeded", ""): Kind.DAY,
        Answered(403, "userRateLimitExceeded", ""): Kind.CROWDED,
        Answered(429, "rateLimitExceeded", ""): Kind.CROWDED,
        Answered(400, "invalidParameter", ""): Kind.QUESTION,
        Answered(404, "notFound", ""): Kind.QUESTION,
        Answered(500, "internalError", ""): Kind.PASSING,
        Answered(502, "", ""): Kind.PASSING,
        TransportError("no way"): Kind.PASSING,
        RefreshError("invalid_grant"): Kind.KEY,
        ConnectionResetError(): Kind.PASSING,
        ZeroDivisionError(): Kind.BUG,
    }
    assert {error: kind_of(error) for error in said} == said


@pytest.mark.parametrize(
    ("text", "name", "handle"),
    [
        ("sc-domain:Example.org", "sc-domain:example.org", "example.org"),
        ("https://www.example.org", "https://www.example.org/", "example.org"),
        (" http://example.org/fr/ ", "http://example.org/fr/", "example.org"),
    ],
)
def test_a_property_is_named_as_search_console_does(text: str, name: str, handle: str) -> None:
    assert property_name(text) == name
    assert account_of(name).key == f"search_console:{handle}"


def test_two_properties_of_one_host_do_not_stand_under_one_account(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    one.run(since=DAY)
    kept = kept_answers(one.store.exports(), one.store.content)
    blog, own = "https://www.labruissiere.example/blog/", Account("search_console", "blog", "blog")
    assert account_for(SITE, kept).key == account_for(blog, []).key == ACCOUNT
    with pytest.raises(UserError, match=rf"Under {ACCOUNT} .*{SITE}, .*--account search_console:name"):
        account_for(blog, kept)
    assert account_for(blog, kept, own) == own
    theirs = [*kept, (replace(kept[0][0], site=blog), own)]
    assert account_for(blog, theirs) == own, "from then on it is known"
    with pytest.raises(UserError, match="stand under search_console:blog already"):
        account_for(blog, theirs, Account("search_console", "other", "other"))


@pytest.mark.parametrize("text", ["example.org", "sc-domain:", "sc-domain:https://a.b", "G-123", "", "ftp://a.example"])
def test_what_is_no_property_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"sc-domain:example\.org"):
        property_name(text)


def test_days_are_due_until_they_are_final_and_the_newest_come_first() -> None:
    today = date(2026, 11, 20)
    assert first_kept(today) == date(2025, 7, 20) and first_kept(date(2026, 10, 31)) == date(2025, 6, 30)
    spans = due(Known(), today, date(2026, 9, 1))
    every = list(REPORTS)
    assert spans[0] == (Window(date(2026, 10, 22), today), every) and spans[-1][0].first == date(2026, 9, 1)
    days = {date(2026, 9, 1) + timedelta(n) for n in range(78)}  # up to 17 November
    known = Known(final={report.name: set(days) for report in REPORTS})
    assert due(known, today, date(2026, 9, 1)) == [(Window(date(2026, 11, 17), today), every)]
    known.final["query"] -= {date(2026, 9, 5), date(2026, 9, 6)}
    assert due(known, today, date(2026, 9, 1))[1:] == [(Window(date(2026, 9, 5), date(2026, 9, 6)), [QUERY])]
    known.off["query"] = date(2026, 11, 15)
    assert due(known, today, date(2026, 9, 1))[1:] == []
    assert due(known, date(2026, 11, 22), date(2026, 9, 1))[-1][1] == [QUERY]
    assert HOT == 3


def test_a_kept_answer_that_was_damaged_is_refused(trial) -> None:
    one = trial(searches_of(SEARCHES, noon(date(2026, 11, 20))))
    one.run(since=DAY)
    content = one.store.content(one.store.exports()[0].id)
    assert pace().at_once == 3
    for damaged, instead in (("answer.json", b"{"), ("site.json", None)):
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                if (text := instead if name == damaged else old.read(name)) is not None:
                    new.writestr(name, text)
        with pytest.raises(UserError):
            examine("answer.zip", out.getvalue(), Answers())


def test_a_day_without_any_search_between_two_others_is_one_of_none(trial) -> None:
    later = Search(DAY + timedelta(5), "la bruissière", (Shown(HOME, 2, 0),), times=5)
    one = trial(searches_of((*SEARCHES, later), noon(date(2026, 11, 20))))
    one.run(since=DAY - timedelta(10))
    told = one.rows("select first_day, clicks, impressions, position from search where slice = 'site' order by 1")
    assert [day for day, *_ in told] == [DAY + timedelta(n) for n in range(15)], "to the last day that is final"
    assert [row[1:] for row in told[2:5]] == [(0, 0, None)] * 3


def test_a_quiet_day_stays_one_of_none_when_a_later_answer_begins_with_it(trial) -> None:
    later = [Search(DAY + timedelta(n), "la bruissière", (Shown(HOME, 2, 0),), times=5) for n in (3, 4)]
    one = trial(searches_of((*SEARCHES, *later), noon(DAY + timedelta(4))))  # DAY + 2 is quiet
    site = "select first_day, impressions from search where slice = 'site' and first_day < '2026-11-07' order by 1"
    one.run(since=DAY)
    assert [day for day, _ in one.rows(site)] == [DAY, DAY + timedelta(1), DAY + timedelta(3)], "it may still get a row"
    one.served.now = noon(DAY + timedelta(5))
    one.run()
    newest = max(one.kept(), key=lambda asked: asked.at)
    assert (newest.first, newest.counted) == (DAY + timedelta(2), DAY)
    assert (DAY + timedelta(2), 0) in one.rows(site)


def test_a_day_without_data_yet_is_not_final() -> None:
    today, window = date(2026, 11, 29), Window(date(2026, 11, 20), date(2026, 11, 29))

    def page(*days: int, **more: Any) -> bytes:
        return json.dumps({"rows": [{"keys": [f"2026-11-{day}"]} for day in days]} | more).encode()

    assert _known(page(24, 26), window, today) == (Window(window.first, date(2026, 11, 26)), date(2026, 11, 26))
    assert _known(page(24, 28), window, today) == (Window(window.first, date(2026, 11, 28)), date(2026, 11, 26))
    assert _known(page(22), window, today) == (Window(window.first, date(2026, 11, 25)), None)
    assert _known(page(), Window(date(2026, 11, 26), today), today) == (None, None)
    assert _known(page(), Window(date(2026, 11, 1), date(2026, 11, 9)), today)[0] == Window(
        date(2026, 11, 1), date(2026, 11, 9)
    )
    incomplete = {"metadata": {"first_incomplete_date": "2026-11-27"}}
    assert _known(page(26, 28, **incomplete), window, today) == (
        Window(window.first, date(2026, 11, 28)), date(2026, 11, 27),
    )  # fmt: skip


def test_days_of_which_nothing_is_said_are_asked_again_once_they_have_settled(trial, monkeypatch) -> None:
    site = "select first_day, clicks from search where slice = 'site' and first_day = '2026-11-03'"
    whole = Client.rows

    def without_metadata(self: Client, *question: Any) -> bytes:
        told = json.loads(whole(self, *question))
        told.pop("metadata", None)
        return json.dumps(told).encode()

    monkeypatch.setattr(Client, "rows", without_metadata)
    one = trial(searches_of(SEARCHES, noon(DAY + timedelta(1))))
    one.run(since=DAY)
    (asked,) = one.kept()
    assert (asked.provisional_from, one.rows(site)) == (DAY - timedelta(2), [(DAY, 5)])
    one.served.now = noon(DAY + timedelta(15))
    one.run()
    assert one.rows(site) == [(DAY, 6)], "a late click, on a day that is asked by no rule of the newest days"


def test_the_command_checks_asks_and_goes_on(trial, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    today = datetime.now(PACIFIC)  # the clock of the command is that of the computer
    one = trial(searched(today.date(), days=12, seed=2))
    one.served.now = today
    since = ("--since", (today.date() - timedelta(9)).isoformat())

    def run(*more: str) -> tuple[int, str]:
        status = main(["sync", "search-console", "--lang", "en", "--key", str(folder / "key.json"), *more])
        said = capsys.readouterr()
        return status, said.out + said.err

    status, said = run()
    assert status == 1 and "Which property? Add --site" in said
    status, said = run("--site", SITE, "--check")
    assert status == 0 and f"{SITE} answers. The permission of the key: Restricted." in said and not one.kept()
    status, said = run("--site", SITE, *since)
    assert status == 0 and f"{ACCOUNT}: " in said and "new answers: 1;" in said
    assert one.rows("select count(*) from search where slice = 'site'") == [(9,)]
    status, said = run("--lang", "fr")
    assert status == 0 and "nouvelles réponses" in said and len(one.kept()) == 1
    assert run("--site", "https://example.org/")[0] == 1
    assert run("--account", "ga4:1")[0] == 1
