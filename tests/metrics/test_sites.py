"""One site that several tools measure: no visit counts twice, and the seam is told."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from data.model import Window
from metrics.engine import read
from metrics.lists import Slice, members
from metrics.model import Metric, Source
from metrics.origins import origins
from metrics.reading import EVERYTHING, Mark, Reading, Scope, Seam, Teller, change
from metrics.search import hidden_share, search_clicks
from metrics.traffic import engaged_share, sessions, visitors

MONDAY = date(2026, 11, 9)
LEAD, OLD, THIRD, APART = "ga4:123", "universal_analytics:lumen", "matomo:lumen", "plausible:other"
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
SOURCES = Slice(Source.WEB, "source", "source", (sessions,))
Row = dict[str, Any]


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def row(account: str, first: int, last: int | None = None, slice_: str = "site", **values: Any) -> Row:
    last = first if last is None else last
    return {"account": account, "slice": slice_, "first_day": day(first), "last_day": day(last), **values}


def of_days(account: str, days: Iterable[int], **values: Any) -> list[Row]:
    return [row(account, n, **values) for n in days]


def join(cursor: Any, *accounts: str) -> None:
    for place, account in enumerate(accounts, 1):
        cursor.execute("insert into same_site values (?, ?, ?)", [account, LEAD, place])


def reading(cursor: Any, metric: Metric = sessions, window: Window = WEEK, scope: Scope = EVERYTHING) -> Reading:
    return read(cursor, [metric], [window], scope)[metric.key, window]


def test_two_tools_of_one_site_count_once_and_the_lead_goes_first(cursor, know) -> None:
    know("web", *of_days(OLD, range(7), sessions=100), *of_days(LEAD, range(3, 7), sessions=80))
    assert reading(cursor).partial == {LEAD}
    join(cursor, OLD)
    found = reading(cursor)
    assert (found.value, list(found.parts)) == (3 * 100 + 4 * 80, [LEAD])
    assert found.parts[LEAD].tellers == (Teller(OLD), Teller(LEAD))
    assert found.said == {Mark.SEAM: {"seams": (Seam(day(3), Teller(OLD), Teller(LEAD)),)}}
    assert found.marks == {Mark.SEAM}, "several tools, but none counts twice"


def test_a_window_of_one_tool_has_no_seam(cursor, know) -> None:
    know("web", *of_days(OLD, range(7), sessions=100), *of_days(LEAD, range(7, 14), sessions=80))
    join(cursor, OLD)
    now, then = reading(cursor, window=Window(day(7), day(13))), reading(cursor)
    assert (now.value, now.marks, then.value, then.marks) == (560, frozenset(), 700, frozenset())
    found = change(now, then)
    assert found is not None and found.tools, "what is compared was measured by two tools"


def test_a_scope_without_the_lead_is_of_the_others(cursor, know) -> None:
    know("web", *of_days(OLD, range(7), sessions=100), *of_days(LEAD, range(7), sessions=80))
    join(cursor, OLD)
    assert reading(cursor, scope=Scope((OLD,))).parts[OLD].top == 700
    assert reading(cursor, scope=Scope((LEAD,))).value == 560


def test_people_come_from_one_tool_and_never_across_the_seam(cursor, know) -> None:
    know("web", *of_days(OLD, range(3), sessions=9), *of_days(LEAD, range(3, 7), sessions=9))
    know("web", row(OLD, 0, 6, users=500), row(LEAD, 0, 6, users=300))
    assert reading(cursor, visitors).value is None
    join(cursor, OLD)
    found = reading(cursor, visitors)
    assert (found.value, found.parts) == (None, {})
    assert Mark.SEAM in found.marks
    know("web", *of_days(LEAD, range(3), sessions=9))
    assert (reading(cursor, visitors).value, reading(cursor, visitors).parts[LEAD].tellers) == (300, (Teller(LEAD),))


def test_a_period_is_of_the_first_that_states_it(cursor, know) -> None:
    know("web", row(OLD, 0, 6, users=500), *of_days(OLD, range(7), sessions=9))
    know("web", *of_days(LEAD, range(7), sessions=8))
    join(cursor, OLD)
    assert reading(cursor, visitors).value is None, "the days are the lead's, the people another's"
    know("web", row(LEAD, 0, 6, users=300))
    assert reading(cursor, visitors).value == 300


def test_a_list_takes_each_day_from_one_tool(cursor, know) -> None:
    know("web", *(row(OLD, n, slice_="source", source="direct", sessions=10) for n in range(7)))
    know("web", *(row(LEAD, n, slice_="source", source="letter", sessions=7) for n in (5, 6)))
    join(cursor, OLD)
    found = members(cursor, SOURCES, WEEK)
    assert dict(zip(found.rows["member"], found.rows["sessions"], strict=True)) == {"direct": 50, "letter": 14}
    assert found.truths == {Mark.SEAM: {"seams": (Seam(day(5), Teller(OLD), Teller(LEAD)),)}}


def test_the_hidden_share_is_of_one_tool_a_day(cursor, know) -> None:
    for account, clicks in ((OLD, 10), (LEAD, 20)):
        queries = [row(account, n, slice_="query", query="lamp", clicks=5) for n in range(7)]
        know("search", *of_days(account, range(7), clicks=clicks), *queries)
    join(cursor, OLD)
    assert (reading(cursor, search_clicks).value, reading(cursor, hidden_share).value) == (140, 0.75)


def test_the_rows_behind_are_those_that_count(cursor, know) -> None:
    known = [*of_days(OLD, range(7), sessions=100), *of_days(LEAD, range(3, 7), sessions=80)]
    know("web", *known)
    cursor.execute("insert into exports (export_id, name, rank) values ('e', 'file', 1)")
    for number, one in enumerate(known):
        cursor.execute(
            "insert into ledger.web (export_id, sheet, row, account, slice, first_day, last_day, sessions) "
            "values ('e', '', ?, ?, 'site', ?, ?, ?)",
            [number, one["account"], one["first_day"], one["last_day"], one["sessions"]],
        )
    join(cursor, OLD)
    found = origins(cursor, sessions, WEEK, EVERYTHING)
    assert sorted(zip(found["account"], found["value"], strict=True)) == [(LEAD, 80)] * 4 + [(OLD, 100)] * 3


@pytest.mark.parametrize("seed", range(12))
def test_a_plain_reading_of_the_rules_gives_the_same(cursor, know, seed: int) -> None:
    """Over random days of four accounts, three of them of one site."""
    dice = random.Random(seed)
    rows = [
        row(account, n, sessions=dice.randint(1, 9), engaged_sessions=dice.choice([None, 1]))
        for account in (LEAD, OLD, THIRD, APART)
        for n in range(7)
        if dice.random() < 0.85
    ]
    know("web", *rows)
    order = [LEAD, OLD, THIRD]
    join(cursor, *order[1:])
    for metric in (sessions, engaged_share):
        found = reading(cursor, metric)
        parts = {}
        for lead, chain in ((LEAD, order), (APART, [APART])):
            pairs = []
            for n in range(7):
                mine = {one["account"]: one for one in rows if one["first_day"] == day(n) and one["account"] in chain}
                counting = next((mine[account] for account in chain if account in mine), None)
                pair = counting and (counting["engaged_sessions"] if metric.bottom else 1, counting["sessions"])
                pairs += [pair] if pair and None not in pair else []
            if len(pairs) == 7:
                parts[lead] = sum(top for top, _ in pairs) if metric.bottom else sum(below for _, below in pairs)
        assert {key: part.top for key, part in found.parts.items()} == parts
