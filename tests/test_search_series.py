"""Search Console, its files and its API: one series, whatever came first, in which no click counts twice.

What each export states, and which is believed on a day, is worked out a second time here, in plain Python.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from connectors.reading import Examined, examine
from connectors.search_console_api.answers import Asked, asked_of
from connectors.search_console_api.client import SEARCH_CONSOLE, connect
from connectors.search_console_api.sync import sync
from data.model import Window
from data.store import Store, create_brand
from loopback import search_console as api
from loopback.search_console_site import FINAL_AFTER, PACIFIC, Search, Shown, searches_of
from metrics.engine import read
from metrics.lists import Slice, members
from metrics.model import Source
from metrics.reading import Mark, Seam, Teller
from metrics.search import click_rate, hidden_share, search_clicks, search_impressions
from metrics.sites import seams_over

SITE, ACCOUNT = "sc-domain:labruissiere.example", "search_console:labruissiere.example"
HOST = "https://www.labruissiere.example/"
FIRST, LONG = date(2026, 8, 31), 60  # days
QUERIES, PAGES = ("agenda", "la bruissière", "concert", "atelier"), ("", "agenda/", "cafe/")
LISTS = {name: Slice(Source.SEARCH, name, name, (search_clicks, search_impressions)) for name in ("query", "page")}
QUIET = 13  # every so many days nobody searches

Counts = tuple[int, int]  # clicks, impressions
Rows = Mapping[str, Counts]


@dataclass(frozen=True)
class Told:
    """What an export states: days of the site, and queries and pages by day or by period.

    `made`: of two exports the newer is believed. `whole`: the days of which it says all there is.
    """

    made: datetime
    site: Mapping[int, Counts]
    lists: Mapping[tuple[str, int, int], Rows]
    whole: range = range(0)
    final: int = -1  # the last day on which no more comes


@dataclass(frozen=True)
class One:
    """An export, and what it states."""

    examined: Examined
    told: Told


def day(n: int) -> date:
    return FIRST + timedelta(n)


def span(first: int, last: int) -> Window:
    return Window(day(first), day(last))


def searched(seed: int) -> list[Search]:
    """Searches of sixty days, some of them quiet; some are by queries that are named nowhere, some are counted late."""
    dice = random.Random(seed)
    found = []
    for n in range(LONG):
        for query in (*QUERIES, "a name") if n % QUIET != QUIET // 2 else ():
            if dice.random() < 0.7:
                page = Shown(HOST + dice.choice(PAGES), dice.randint(1, 9), dice.randint(0, 3))
                late, hidden = dice.random() < 0.2, query == "a name"
                found.append(Search(day(n), query, (page,), dice.randint(3, 9), hidden=hidden, late=late))
    return found


def added(counts: Iterable[Counts]) -> Counts:
    pairs = list(counts)
    return sum(clicks for clicks, _ in pairs), sum(shown for _, shown in pairs)


def by_member(searches: Iterable[Search], of: str, more: int) -> dict[str, Counts]:
    """What is counted of each query or page; `more` clicks tell the figures of a file from those of the API."""
    found: dict[str, list[Counts]] = {}
    for one in searches:
        if not (of == "query" and one.hidden):
            member = one.query if of == "query" else one.shown[0].page
            found.setdefault(member, []).append((one.shown[0].clicks + more, one.times + more))
    return {member: added(counts) for member, counts in found.items()}


def of_site(searches: Iterable[Search], more: int = 0) -> Counts:
    return added((one.shown[0].clicks + more, one.times + more) for one in searches)


def exported(searches: Sequence[Search], first: int, last: int, made: int, more: int) -> One:
    """A file of some days, as Search Console exports it."""
    mine = [one for one in searches if day(first) <= one.day <= day(last)]
    days = {n: of_site([one for one in mine if one.day == day(n)], more) for n in range(first, last + 1)}
    lists = {of: by_member(mine, of, more) for of in LISTS}
    period = f"{day(first):%b} {day(first).day}, {day(first).year}-{day(last):%b} {day(last).day}, {day(last).year}"
    files = {
        "Chart": _table("Date", {day(n): counts for n, counts in days.items()}),
        "Queries": _table("Top queries", lists["query"]),
        "Pages": _table("Top pages", lists["page"]),
        "Filters": f'Filter,Value\nSearch type,Web\nDate,"{period}"',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", (*day(made).timetuple()[:3], 0, 0, 0)), text)
    name = f"sc-domain_labruissiere.example-Performance-on-Search-{day(made)}.zip"
    told = Told(_noon(made).replace(hour=0, tzinfo=UTC), days, {(of, first, last): lists[of] for of in LISTS})
    return One(examine(name, packed.getvalue()), told)


def _table(head: str, rows: Mapping[Any, Counts]) -> str:
    lines = [f"{name},{clicks},{shown},1%,{2 if shown else 0}" for name, (clicks, shown) in rows.items()]
    return "\n".join([f"{head},Clicks,Impressions,CTR,Position", *lines])


def _noon(n: int) -> datetime:
    return datetime.combine(day(n), datetime.min.time(), PACIFIC).replace(hour=12)


def fetched(searches: Sequence[Search], since: int, *runs: int, monkeypatch: pytest.MonkeyPatch) -> list[One]:
    """The answers of the API to runs on some days."""
    found: list[tuple[str, bytes]] = []
    with api.serve(searches_of(searches, _noon(LONG)), to_anyone=True) as served:
        monkeypatch.setenv(SEARCH_CONSOLE.endpoint, served.address)
        for today in runs:
            served.now = _noon(today)
            before = [asked for name, content in found if (asked := asked_of(content, name))]
            keep = lambda *kept: found.append(kept)  # noqa: E731
            sync(connect(SITE), before, keep, now=lambda: served.now, since=day(since))
    return [One(examine(name, content), _answered(searches, since, asked_of(content, name))) for name, content in found]


def _answered(searches: Sequence[Search], since: int, asked: Asked | None) -> Told:
    """What an answer states by the rules of Google, whatever is in it."""
    assert asked
    today = (asked.at.astimezone(PACIFIC).date() - FIRST).days
    seen = [one for one in searches if one.day < day(today) and (not one.late or one.day <= day(today - FINAL_AFTER))]
    whole = range((asked.first - FIRST).days, (asked.last - FIRST).days + 1)
    begun = min((one.day - FIRST).days for one in seen if one.day >= day(since))
    of_day = {n: [one for one in seen if one.day == day(n)] for n in whole}
    final = {n for n in whole if begun <= n <= today - FINAL_AFTER}
    site = {n: of_site(mine) for n, mine in of_day.items() if mine or n in final}
    lists = {(of, n, n): rows for n, mine in of_day.items() for of in LISTS if (rows := by_member(mine, of, 0))}
    return Told(asked.at, site, lists, whole, today - FINAL_AFTER)


def believed_site(exports: Sequence[Told], n: int) -> Counts | None:
    """What is believed of a day: what the newest export states of it; nothing where that says it states all."""
    for one in sorted(exports, key=lambda one: one.made, reverse=True):
        if n in one.site:
            return one.site[n]
        if n in one.whole:
            return None
    return None


def worked_out_seams(exports: Sequence[Told]) -> list[Seam]:
    """Where a file follows an answer or an answer a file, over the days that are believed."""
    newest = sorted(exports, key=lambda one: one.made, reverse=True)
    found, before, last = [], None, -1
    for n in range(LONG):
        if believed_site(exports, n) is None:
            continue
        asked = next(bool(one.whole) for one in newest if n in one.site)
        teller = Teller(ACCOUNT, "search_console_api" if asked else "search_console")
        if before and before != teller:
            found.append(Seam(day(n), before, teller, day(last) if last < n - 1 else None))
        before, last = teller, n
    return found


def believed_list(exports: Sequence[Told], of: str, first: int, last: int) -> Rows:
    for one in sorted(exports, key=lambda one: one.made, reverse=True):
        if rows := one.lists.get((of, first, last)):
            return rows
        if first == last and first in one.whole:
            return {}
    return {}


def worked_out_list(exports: Sequence[Told], of: str, first: int, last: int) -> tuple[Window, Rows] | None:
    """A list over what is stated for most of some days: its days, or one of the periods of files, and never both."""
    days = {n: rows for n in range(first, last + 1) if (rows := believed_list(exports, of, n, n))}
    known = {n for one in exports for n in one.whole} | days.keys()
    # Where Google lists no page, none was found; queries it may keep to itself.
    listing = [one for one in exports if of == "page"]
    sure = {n for one in listing for n in one.whole if first <= n <= min(last, one.final)} | days.keys()
    ends = [(a, b) for a in sure for b in sure if a <= b and known.issuperset(range(a, b + 1))]
    found = [(a, b, True) for a, b in ends]
    periods = {(a, b) for one in exports for of_, a, b in one.lists if of_ == of and a < b}
    if (first, last) not in ends:
        found += [(a, b, False) for a, b in periods]
    if not found:
        return None
    a, b, daily = max(found, key=lambda f: (min(f[1], last) - max(f[0], first), f[2], f[0] - f[1], f[0]))
    if not daily:
        return span(a, b), believed_list(exports, of, a, b)
    days = {n: rows for n, rows in days.items() if a <= n <= b}
    names = {member for rows in days.values() for member in rows}
    return span(a, b), {name: added(rows[name] for rows in days.values() if name in rows) for name in names}


def worked_out_hidden(exports: Sequence[Told], first: int, last: int) -> float | None:
    """The share of clicks whose query is not told: by day where each has queries, else by a file of just these days."""
    window = range(first, last + 1)
    site = [believed_site(exports, n) for n in window]
    by_day = [believed_list(exports, "query", n, n) for n in window]
    named = by_day if all(by_day) else [believed_list(exports, "query", first, last)]
    if None in site or not all(named):
        return None
    whole = sum(counts[0] for counts in site if counts)
    return (whole - added(counts for rows in named for counts in rows.values())[0]) / whole if whole else None


def loaded(name: str, exports: Sequence[One]) -> Store:
    store = create_brand(name)
    for one in exports:
        assert [account.key for account in one.examined.export.accounts] == [ACCOUNT]
        store.add_export(one.examined.export, one.examined.findings("Europe/Paris"))
    return store


def everything(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as cursor:
        return cursor.execute("select * exclude (others) from search order by all").fetchall()


CASES = {
    "the file is older and overlaps": ((25, 60), [(0, 39, 41, 100)]),
    "the file is newer and overlaps": ((25, 50), [(30, 55, 58, 100)]),
    "the file ends where the API begins": ((30, 60), [(0, 29, 33, 100)]),
    "days lie between both": ((40, 60), [(0, 29, 33, 100)]),
    "the API was asked twice, a file between": ((20, 45, 60), [(10, 44, 47, 100)]),
    "files before and after": ((20, 50), [(0, 25, 28, 100), (40, 58, 60, 200)]),
    "a file of one day": ((30, 60), [(12, 12, 15, 100), (45, 45, 62, 200)]),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))


@pytest.mark.parametrize("case", CASES)
def test_files_and_answers_are_one_series(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (since, *runs), files = CASES[case]
    searches = searched(len(case))
    answers = fetched(searches, since, *runs, monkeypatch=monkeypatch)
    both = [*answers, *(exported(searches, *file) for file in files)]
    told = [one.told for one in both]
    store = loaded("First", both)
    orders = [[*reversed(both)], *([list(order) for order in permutations(both)][1:2])]
    assert all(everything(loaded(f"Order {n}", order)) == everything(store) for n, order in enumerate(orders))
    dice = random.Random(case)
    windows = [sorted((dice.randrange(LONG + 3), dice.randrange(LONG + 3))) for _ in range(10)]
    windows += [[n, n] for n in range(LONG)] + [[first, last] for first, last, *_ in files]
    with store.read() as cursor:
        metrics = (search_clicks, search_impressions, click_rate, hidden_share)
        found = read(cursor, metrics, [span(*one) for one in windows])
        for first, last in windows:
            window, site = span(first, last), [believed_site(told, n) for n in range(first, last + 1)]
            whole = None if None in site else added(counts for counts in site if counts)
            assert found["search_clicks", window].value == (whole and whole[0]), window
            assert found["search_impressions", window].value == (whole and whole[1]), window
            rate = whole[0] / whole[1] if whole and whole[1] else None
            assert found["click_rate", window].value == pytest.approx(rate), window
            assert found["hidden_share", window].value == pytest.approx(worked_out_hidden(told, first, last)), window
            if first == last and first % QUIET and first % 5:
                continue
            for of, slice_ in LISTS.items():
                given, expected = members(cursor, slice_, window, limit=99), worked_out_list(told, of, first, last)
                rows = given.rows.itertuples(index=False)
                listed = {name: (int(clicks), int(shown)) for name, clicks, shown in rows}
                assert (given.window, listed) == (expected or (None, {})), (of, window)
        by_day = [found["search_clicks", span(n, n)] for n in range(LONG)]
        assert list(seams_over(by_day)) == worked_out_seams(told)
        ((_, whole),) = read(cursor, [search_clicks], [span(0, LONG - 1)]).items()
        assert list(whole.truths.get(ACCOUNT, {}).get(Mark.SEAM, {"seams": ()})["seams"]) == worked_out_seams(told)


def test_what_an_answer_called_provisional_is_final_once_a_newer_file_states_it(monkeypatch) -> None:
    searches = searched(7)
    answers = fetched(searches, 25, 50, monkeypatch=monkeypatch)
    with loaded("Answers", answers).read() as cursor:
        window = span(43, 49)
        assert read(cursor, [search_clicks], [window])["search_clicks", window].parts[ACCOUNT].provisional_days == 2
    with loaded("Both", [*answers, exported(searches, 40, 57, 58, 100)]).read() as cursor:
        for window, days in ((span(43, 49), 0), (span(47, 57), 2)):
            found = read(cursor, [search_clicks], [window])["search_clicks", window]
            assert found.parts[ACCOUNT].provisional_days == days


def test_the_files_of_a_domain_are_of_its_account_wherever_most_of_its_pages_are() -> None:
    moved = [
        replace(one, shown=(replace(one.shown[0], page="https://blog.labruissiere.example/"),)) for one in searched(7)
    ]
    assert [account.key for account in exported(moved, 0, 20, 25, 0).examined.export.accounts] == [ACCOUNT]
