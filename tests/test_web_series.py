"""Visits by files of Analytics and by its API: one series, whatever came first, in which no day counts twice.

What each export states, and which is believed on a day, is worked out a second time here, in plain Python.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.ga4 import reports
from connectors.ga4 import sync as running
from connectors.ga4.answers import asked_of
from connectors.ga4.client import Client
from connectors.ga4.limits import Pace
from connectors.reading import Examined, examine
from data.model import Answers, Window
from data.store import Store, create_brand
from loopback import ga4 as api
from loopback.ga4_site import Hit, Visit, site_of
from metrics.engine import read
from metrics.lists import members
from metrics.reading import Mark, Seam, Teller
from metrics.sites import seams_over
from metrics.slices import channels
from metrics.traffic import page_views, sessions

NUMBER, ACCOUNT, BEFORE = "123456789", "ga4:la-bruissiere", "universal_analytics:la-bruissiere"
PARIS = ZoneInfo("Europe/Paris")
FIRST, LONG = date(2026, 9, 28), 45  # days
QUIET = 13  # every so many days nobody comes
CHANNELS = ("Direct", "Email", "Organic Search")
BY_CHANNEL = channels(sessions)

Counts = Mapping[str, int]  # what is stated of a day of the site: sessions, views
Rows = Mapping[str, int]  # visits by channel
Days = tuple[int, int]


@dataclass(frozen=True)
class Told:
    """What an export states: days of the site, and channels by day or by period.

    `made`: of two exports the newer is believed. `whole`: the days of which it says all there is, of the site and of
    its channels.
    """

    made: datetime
    account: str
    form: str
    site: Mapping[int, Counts] = field(default_factory=dict)
    channels: Mapping[Days, Rows] = field(default_factory=dict)
    whole: Mapping[str, frozenset[int]] = field(default_factory=dict)
    final: int = -1  # the last day on which no more comes
    covered: range = range(0)  # from the first to the last of its days, where it lists channels by day


@dataclass(frozen=True)
class One:
    """An export, and what it states."""

    examined: Examined
    told: Told


def day(n: int) -> date:
    return FIRST + timedelta(n)


def span(first: int, last: int) -> Window:
    return Window(day(first), day(last))


def noon(n: int) -> datetime:
    return datetime.combine(day(n), datetime.min.time(), PARIS).replace(hour=12)


def visited(seed: int) -> list[Visit]:
    """The visits of some weeks: some days quiet, some visits over midnight, some seen days later."""
    dice, found = random.Random(seed), []
    for n in range(LONG):
        for _ in range(dice.randint(2, 7) if n % QUIET != QUIET // 2 else 0):
            late, owl = dice.random() < 0.2, dice.random() < 0.1 and (n + 1) % QUIET != QUIET // 2
            began = datetime.combine(day(n), datetime.min.time()) + timedelta(minutes=1430 if owl else 400)
            hits = [Hit(after=1200 * place) for place in range(dice.randint(1, 4))]
            wait = timedelta(days=4) if late else timedelta(0)
            channel = dice.choice(CHANNELS)
            found.append(
                Visit(len(found), began, tuple(hits), channel=channel, seen_after=wait, settles_after=timedelta())
            )
    return found


def moments(visit: Visit) -> list[datetime]:
    """When its pages were seen."""
    return [visit.began + timedelta(seconds=hit.after) for hit in visit.hits]


def seen_on(visits: Iterable[Visit], n: int, at: datetime = datetime.max) -> list[Visit]:
    """Those of which Google shows anything of a day, asked at a moment of the site's clock."""
    return [
        one
        for one in visits
        if any(m.date() == day(n) and at - m >= one.seen_after for m in (one.began, *moments(one)))
    ]


def of_site(visits: Sequence[Visit], n: int, more: int, at: datetime = datetime.max) -> Counts:
    """What is counted of a day; `more` tells the figures of one export from those of others."""
    seen = seen_on(visits, n, at)
    pages = [m for one in seen for m in moments(one) if m.date() == day(n) and at - m >= one.seen_after]
    return {"sessions": len(seen) + more, "views": len(pages) + more}


def by_channel(visits: Sequence[Visit], n: int, more: int, at: datetime = datetime.max) -> Rows:
    return {name: count + more for name, count in Counter(one.channel for one in seen_on(visits, n, at)).items()}


def added(rows: Iterable[Rows]) -> Rows:
    total: Counter[str] = Counter()
    for each in rows:
        total.update(each)
    return dict(total)


def exploration(visits: Sequence[Visit], kind: str, first: int, last: int, made: int, more: int) -> One:
    """A file of Google Analytics 4: days with visits and views, or visits alone; channels by day, or over its days."""
    spread = range(first, last + 1)
    told = Told(noon(made).astimezone(UTC).replace(tzinfo=None), ACCOUNT, "ga4_report")
    site = {n: of_site(visits, n, more) for n in spread if seen_on(visits, n)}
    daily = {n: by_channel(visits, n, more) for n in spread if seen_on(visits, n)}
    channel = "Session primary channel group (Default Channel Group)"
    rows: list[list[Any]]
    match kind:
        case "days":
            head, rows = "Date,Sessions,Views", [[f"{day(n):%Y%m%d}", *counts.values()] for n, counts in site.items()]
            told = Told(told.made, ACCOUNT, told.form, site)
        case "visits":
            site = {n: {"sessions": counts["sessions"]} for n, counts in site.items()}
            head, rows = "Date,Sessions", [[f"{day(n):%Y%m%d}", *counts.values()] for n, counts in site.items()]
            told = Told(told.made, ACCOUNT, told.form, site)
        case "channels":
            head = f"Date,{channel},Sessions"
            rows = [[f"{day(n):%Y%m%d}", *row] for n, counts in daily.items() for row in counts.items()]
            covered = range(min(daily), max(daily) + 1)
            told = Told(told.made, ACCOUNT, told.form, {}, {(n, n): r for n, r in daily.items()}, covered=covered)
        case _:
            head, period = f"{channel},Sessions", added(daily.values())
            rows = [list(row) for row in period.items()]
            told = Told(told.made, ACCOUNT, told.form, {}, {(first, last): period})
    measures = head.count("Sessions") + head.count("Views")
    totals = [sum(row[place] for row in rows) for place in range(-measures, 0)]
    beside = "," * (head.count(",") + 1 - measures)
    text = "\n".join(
        [
            "# " + "-" * 40, "# https://la-bruissiere", f"# {kind}", f"# {day(first):%Y%m%d}-{day(last):%Y%m%d}",
            "# " + "-" * 40, "", head, beside + ",".join(map(str, totals)) + ",Grand total",
            *(",".join(map(str, row)) for row in rows),
        ]
    )  # fmt: skip
    answers = Answers(as_of=told.made)
    return One(examine(f"{kind} {first}-{last} {made}.csv", text.encode(), answers), told)


def universal(visits: Sequence[Visit], first: int, last: int, made: int, more: int) -> One:
    """A file of Universal Analytics: its channels over some days, and the visits of each day below."""
    spread = range(first, last + 1)
    daily = {n: len(seen_on(visits, n)) + more for n in spread}
    period = added(by_channel(visits, n, more) for n in spread)
    text = "\n".join(
        [
            "# " + "-" * 40, "# La Bruissière", "# Channels", f"# {day(first):%Y%m%d}-{day(last):%Y%m%d}",
            "# " + "-" * 40, "", "Default Channel Grouping,Sessions,% New Sessions,New Users",
            *(f"{name},{count},0.00%,0" for name, count in period.items()), f",{sum(period.values())},0.00%,0", "",
            "Day Index,Sessions", *(f"{day(n).month}/{day(n).day}/{day(n):%y},{count}" for n, count in daily.items()),
            f",{sum(daily.values())}",
        ]
    )  # fmt: skip
    at = noon(made).astimezone(UTC).replace(tzinfo=None)
    answers = Answers(account=BEFORE, as_of=at, date_order="mdy")
    told = Told(
        at, BEFORE, "universal_analytics", {n: {"sessions": c} for n, c in daily.items()}, {(first, last): period}
    )
    return One(examine(f"Analytics La Bruissiere Channels {made}.csv", text.encode(), answers), told)


def fetched(visits: Sequence[Visit], since: int, *runs: int, monkeypatch: pytest.MonkeyPatch) -> list[One]:
    """The answers of the API to runs on some days."""
    names = ("site_day", "site_rolling", "channel_day")
    monkeypatch.setattr(running, "DAILY", tuple(one for one in reports.DAILY if one.name in names))
    monkeypatch.setattr(running, "PERIODIC", ())
    found: list[tuple[str, bytes]] = []
    site = site_of(visits, noon(LONG).replace(tzinfo=None), number=NUMBER)
    with api.serve(site) as served:
        monkeypatch.setenv("VIGIE_GA4_ENDPOINT", served.address)
        for today in runs:
            served.now = noon(today)
            client = Client(NUMBER, None, Pace(sleep=lambda _: None))
            before = [asked for name, content in found if (asked := asked_of(content, name))]
            keep = lambda *kept: found.append(kept)  # noqa: E731
            running.sync(client, before, keep, now=lambda: served.now, since=day(since))
            client.close()
    account = Answers(account=ACCOUNT)
    return [One(examine(name, content, account), _answered(visits, since, name, content)) for name, content in found]


def _answered(visits: Sequence[Visit], since: int, name: str, content: bytes) -> Told:
    """What an answer states by the rules of Google, whatever is in it."""
    asked = asked_of(content, name)
    assert asked
    at = asked.at.astimezone(PARIS).replace(tzinfo=None)
    today = (at.date() - FIRST).days
    whole = {
        slice_: frozenset(
            (part.tells.first - FIRST).days + n
            for part in asked.parts
            if part.report == report and part.tells
            for n in range(part.tells.days)
        )
        for slice_, report in (("site", "site_day"), ("channel", "channel_day"))
    }
    begun = min(n for n in range(since, LONG) if seen_on(visits, n, at))
    final = range(begun, today - 2)  # what may still come is no zero yet
    site = {n: of_site(visits, n, 0, at) for n in whole["site"] if seen_on(visits, n, at) or n in final}
    rows = {(n, n): found for n in whole["channel"] if (found := by_channel(visits, n, 0, at))}
    return Told(asked.at.astimezone(UTC).replace(tzinfo=None), ACCOUNT, "ga4", site, rows, whole, today - 3)


def newest(exports: Iterable[Told], account: str) -> list[Told]:
    return sorted((one for one in exports if one.account == account), key=lambda one: one.made, reverse=True)


def believed(exports: Sequence[Told], account: str, n: int) -> dict[str, tuple[int, Told]]:
    """Of each measure of a day: what the newest export states of it, and which that is."""
    found: dict[str, tuple[int, Told]] = {}
    for one in newest(exports, account):
        found = {name: (count, one) for name, count in one.site.get(n, {}).items()} | found
        if n in one.whole.get("site", ()):
            break
    return found


def counted(exports: Sequence[Told], chain: Sequence[str], n: int, measure: str) -> tuple[int, Told] | None:
    """The figure of a day, and its export: of the first account of the site that states the day at all."""
    return next((found.get(measure) for account in chain if (found := believed(exports, account, n))), None)


def listed(exports: Sequence[Told], chain: Sequence[str], first: int, last: int) -> tuple[Rows, Told] | None:
    """The channels of a day or period, likewise."""
    for account in chain:
        for one in newest(exports, account):
            if rows := one.channels.get((first, last)):
                return rows, one
            if first == last and first in one.whole.get("channel", ()):
                break
    return None


def teller(of: Told, exports: Sequence[Told]) -> Teller:
    """Who is named: the account, and the format where files and the API both state it."""
    forms = {one.form for one in exports if one.account == of.account}
    return Teller(of.account, of.form if len(forms) > 1 else "")


def seams_of(told: Sequence[Told | None], exports: Sequence[Told], start: int = 0) -> list[Seam]:
    """Where one teller follows another, over the days that are stated; none where one alone ever tells."""
    if len({(one.account, one.form) for one in exports}) == 1:
        return []
    found: list[Seam] = []
    before: tuple[int, Teller] | None = None
    for n, one in enumerate(told, start):
        if one is None:
            continue
        now = teller(one, exports)
        if before and before[1] != now:
            found.append(Seam(day(n), before[1], now, day(before[0]) if before[0] < n - 1 else None))
        before = n, now
    return found


def worked_out_list(
    exports: Sequence[Told], chain: Sequence[str], first: int, last: int
) -> tuple[Window, Rows, list[Seam]] | None:
    """Channels over what is stated for most of some days: its days, or one of the periods of files, and never both."""
    days = {n: found for n in range(first, last + 1) if (found := listed(exports, chain, n, n))}
    known = {n for one in exports for n in (*one.whole.get("channel", ()), *one.covered)} | days.keys()
    sure = {
        n for one in exports for n in one.whole.get("channel", ()) if first <= n <= min(last, one.final)
    } | days.keys()
    ends = [(a, b) for a in sure for b in sure if a <= b and known.issuperset(range(a, b + 1))]
    choices = [(a, b, True) for a, b in ends]
    if (first, last) not in ends:
        choices += [(a, b, False) for one in exports for a, b in one.channels if a < b]
    if not choices:
        return None
    a, b, daily = max(choices, key=lambda c: (min(c[1], last) - max(c[0], first), c[2], c[0] - c[1], c[0]))
    if not daily:
        found = listed(exports, chain, a, b)
        assert found
        return span(a, b), found[0], []
    inside = [days.get(n) for n in range(a, b + 1)]
    rows = added(found[0] for found in inside if found)
    return span(a, b), rows, seams_of([found and found[1] for found in inside], exports, a)


def loaded(name: str, exports: Sequence[One], chain: Sequence[str]) -> Store:
    store = create_brand(name)
    for one in exports:
        assert [account.key for account in one.examined.export.accounts] == [one.told.account]
    for one in exports:
        store.add_export(one.examined.export, one.examined.findings("Europe/Paris"))
    assert not any(store.problems(one.examined.export.id) for one in exports)
    assert store.check() == []
    for account in chain[1:]:
        store.join_site(account, chain[0])
    return store


def everything(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as cursor:
        return cursor.execute("select * exclude (others) from web order by all").fetchall()


# Since when and on which days the API is asked; files by kind, first and last day, when they were made and what is
# added; first and last days of files of Universal Analytics.
CASES: dict[str, tuple[tuple[int, ...], list[tuple[str, int, int, int, int]], list[Days]]] = {
    "the file is older and overlaps": ((20, 45), [("days", 0, 29, 31, 100), ("channels", 0, 29, 31, 100)], []),
    "the file is newer and overlaps": ((15, 35), [("days", 22, 40, 43, 100), ("channels", 22, 40, 43, 200)], []),
    "the file ends where the API begins": ((20, 45), [("days", 0, 19, 22, 100), ("channels", 0, 19, 22, 100)], []),
    "days lie between both": ((30, 45), [("days", 0, 19, 22, 100), ("channels", 1, 17, 22, 100)], []),
    "a newer file tells visits alone": ((10, 40), [("visits", 20, 30, 42, 100), ("mix", 20, 30, 42, 300)], []),
    "asked twice, a file between": ((12, 30, 45), [("days", 5, 29, 32, 100), ("channels", 5, 28, 32, 200)], []),
    "files before and after": ((15, 35), [("days", 0, 20, 23, 100), ("days", 28, 43, 44, 200)], []),
    "files alone, one newer": (
        (), [("days", 0, 20, 23, 100), ("visits", 15, 30, 33, 200), ("channels", 3, 30, 33, 300)], []),
    "the channels of a period": ((20, 45), [("mix", 0, 19, 22, 100), ("mix", 10, 28, 30, 500)], []),
    "the older Analytics before the API": ((20, 45), [], [(0, 22)]),
    "the older Analytics, then files": ((), [("days", 15, 40, 43, 100), ("channels", 18, 40, 43, 200)], [(0, 19)]),
    "the older Analytics, files and the API": (
        (30, 45), [("days", 12, 33, 34, 100), ("channels", 14, 33, 34, 200), ("mix", 12, 20, 34, 300)],
        [(0, 16), (8, 16)]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))


@pytest.mark.parametrize(
    ("case", "older_leads"), [(case, leads) for case, (_, _, older) in CASES.items() for leads in {False, bool(older)}]
)
def test_files_and_answers_are_one_series(case: str, older_leads: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, files, older = CASES[case]
    visits = visited(len(case))
    both = fetched(visits, *asked, monkeypatch=monkeypatch) if asked else []
    both += [exploration(visits, *file) for file in files]
    both += [universal(visits, *days, 30 + n, 1000 * (n + 1)) for n, days in enumerate(older)]
    told = [one.told for one in both]
    chain = [account for account in (ACCOUNT, BEFORE) if any(one.account == account for one in told)]
    chain = chain[::-1] if older_leads else chain
    store = loaded("First", both, chain)
    assert everything(loaded("Reversed", both[::-1], chain)) == everything(store)
    dice = random.Random(case)
    windows = [sorted((dice.randrange(LONG + 3), dice.randrange(LONG + 3))) for _ in range(8)]
    windows += [[n, n] for n in range(LONG)] + [[first, last] for _, first, last, *_ in files]
    by = {"sessions": sessions, "page_views": page_views}
    measures = {"sessions": "sessions", "page_views": "views"}
    with store.read() as cursor:
        found = read(cursor, by.values(), [span(*one) for one in windows])
        for first, last in windows:
            for key, measure in measures.items():
                days = [counted(told, chain, n, measure) for n in range(first, last + 1)]
                expected = None if None in days else sum(figure[0] for figure in days if figure)
                assert found[key, span(first, last)].value == expected, (key, first, last)
            if first == last and first % QUIET not in (0, QUIET // 2):
                continue
            given = members(cursor, BY_CHANNEL, span(first, last))
            expected = worked_out_list(told, chain, first, last)
            # Where nothing states visits, the people of four weeks stand in, whose rows state none.
            rows = {name: int(count) for name, count in given.rows.dropna().itertuples(index=False)}
            seams = [*given.truths.get(Mark.SEAM, {"seams": ()})["seams"]]
            assert (expected and given.window, rows, seams) == (expected or (None, {}, [])), (first, last)
        for key, measure in measures.items():
            days = [counted(told, chain, n, measure) for n in range(LONG)]
            by_day = [found[key, span(n, n)] for n in range(LONG)]
            assert list(seams_over(by_day)) == seams_of([one and one[1] for one in days], told), key
