"""What sources say of their answers, as it reaches readings and lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from data.model import Window
from metrics.conversions import revenue
from metrics.engine import read
from metrics.ground import ground
from metrics.lists import Slice, members
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Mark, Reading
from metrics.search import hidden_share
from metrics.tiles import tiles
from metrics.traffic import sessions, visitors

MONDAY = date(2026, 11, 9)
SITE, OTHER = "ga4:123", "ga4:456"
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
SOURCES = Slice(Source.WEB, "source", "source", (sessions,))


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def told(cursor: Any, rank: int, first: int, last: int, **said: Any) -> None:
    """An answer by day about the whole site, unless `said` says otherwise, in an export of its own."""
    row = {"account": SITE, "table": "web", "slice": "site", "by_day": True, "withheld": False, "restricted": []}
    row |= {"currency": "", "export_id": str(rank), "first_day": day(first), "last_day": day(last)} | said
    cursor.execute("insert into exports (export_id, rank) values (?, ?)", [str(rank), rank])
    names = ", ".join(f'"{name}"' for name in row)
    cursor.execute(f"insert into answers ({names}) values ({', '.join('?' * len(row))})", list(row.values()))


def of_days(first: int, last: int, account: str = SITE, **values: float) -> list[dict[str, Any]]:
    return [
        {"account": account, "slice": "site", "first_day": day(n), "last_day": day(n), **values}
        for n in range(first, last + 1)
    ]


def reading(cursor: Any, metric: Metric = sessions, window: Window = WEEK) -> Reading:
    return read(cursor, [metric], [window])[metric.key, window]


@pytest.mark.parametrize(
    ("said", "mark", "values"),
    [
        ({"sampled": 0.25}, Mark.SAMPLED, {"share": 0.25}),
        ({"withheld": True}, Mark.WITHHELD, {}),
        ({"other": 0.125}, Mark.OTHER, {"share": 0.125}),
        ({"cut_before": day(1)}, Mark.CUT, {"day": day(1)}),
        ({"restricted": ["revenue", "sessions"]}, Mark.RESTRICTED, {}),
    ],
)
def test_what_a_source_says_of_its_answer_is_a_mark(cursor, know, said, mark, values) -> None:
    know("web", *of_days(0, 6, sessions=10))
    told(cursor, 1, 0, 6, **said)
    found = reading(cursor)
    assert (found.value, found.marks, found.said) == (70, {mark}, {mark: values})


@pytest.mark.parametrize(
    "said", [{"sampled": 1.0}, {"other": 0.0}, {"cut_before": day(0)}, {"restricted": ["revenue"]}]
)
def test_what_does_not_touch_a_figure_is_no_mark(cursor, know, said) -> None:
    know("web", *of_days(0, 6, sessions=10))
    told(cursor, 1, 0, 6, **said)
    assert reading(cursor).marks == frozenset()


def test_the_newest_answer_of_each_day_speaks(cursor, know) -> None:
    know("web", *of_days(-7, 6, sessions=10))
    told(cursor, 2, 0, 6)
    told(cursor, 1, -7, 6, sampled=0.25)
    assert reading(cursor).marks == frozenset()
    assert reading(cursor, window=Window(day(-1), day(5))).said == {Mark.SAMPLED: {"share": 0.25}}


def test_of_several_answers_the_worst_is_told(cursor, know) -> None:
    know("web", *of_days(0, 6, sessions=10), *of_days(0, 6, OTHER, sessions=1))
    told(cursor, 1, 0, 3, sampled=0.5, other=0.1)
    told(cursor, 2, 4, 6, sampled=0.75, other=0.3)
    told(cursor, 3, 0, 6, account=OTHER, sampled=0.4)
    found = reading(cursor)
    assert found.said == {Mark.SAMPLED: {"share": 0.4}, Mark.OTHER: {"share": 0.3}}
    assert found.of_accounts(SITE.__eq__).said[Mark.SAMPLED] == {"share": 0.5}


def test_a_measure_that_may_not_be_seen_says_so_where_there_is_no_value(cursor, know) -> None:
    know("web", *of_days(0, 6, sessions=10))
    told(cursor, 1, 0, 6, restricted=["revenue"])
    found = reading(cursor, revenue)
    assert (found.value, Mark.RESTRICTED in found.marks) == (None, True)


def test_amounts_of_several_currencies_are_not_added(cursor, know) -> None:
    know("web", *of_days(0, 6, revenue=2.0, sessions=1), *of_days(0, 6, OTHER, revenue=3.0, sessions=1))
    told(cursor, 1, 0, 6, currency="EUR")
    assert (reading(cursor, revenue).value, reading(cursor, revenue).currency) == (35.0, "EUR")
    told(cursor, 2, 0, 6, currency="USD", account=OTHER)
    found = reading(cursor, revenue)
    assert (found.value, found.currency, found.said) == (None, "", {Mark.CURRENCIES: {"currencies": ["EUR", "USD"]}})
    assert found.of_accounts(SITE.__eq__).value == 14.0
    assert reading(cursor, sessions).value == 14


def test_the_days_that_may_change_are_those_that_the_answer_says(cursor, know) -> None:
    know("web", *of_days(0, 6, sessions=10), until=day(6))
    assert reading(cursor).provisional_days == 2, "as is usual at the source"
    told(cursor, 1, 0, 6, provisional_from=day(3))
    assert reading(cursor).provisional_days == ground(cursor, Source.WEB, [WEEK], EVERYTHING).tail(WEEK) == 4
    told(cursor, 2, 2, 6, provisional_from=day(7))
    assert (reading(cursor).provisional_days, reading(cursor).marks) == (0, frozenset())


def test_a_day_in_the_middle_that_was_never_asked_for_again_is_marked(cursor, know) -> None:
    know("web", *of_days(0, 6, sessions=10), until=day(6))
    told(cursor, 1, 0, 2, provisional_from=day(2))
    told(cursor, 2, 3, 6, provisional_from=day(7))
    found = reading(cursor)
    assert (found.provisional_days, found.marks) == (0, {Mark.PROVISIONAL})


def test_a_tile_compares_the_days_that_the_answer_calls_final(cursor, know) -> None:
    know("web", *of_days(-7, 6, sessions=10), until=day(6))
    told(cursor, 1, -7, 6, provisional_from=day(2))
    (tile,) = tiles(cursor, [sessions], WEEK)
    assert tile.before is not None and tile.before.window == Window(day(0), day(1))


def test_what_is_told_of_a_period_marks_its_people_and_not_its_days(cursor, know) -> None:
    week = {"account": SITE, "slice": "site", "first_day": day(0), "last_day": day(6), "users": 50}
    know("web", week, *of_days(0, 6, sessions=10))
    told(cursor, 1, 0, 6, by_day=False, withheld=True)
    assert (reading(cursor, visitors).value, reading(cursor, visitors).marks) == (50, {Mark.WITHHELD})
    assert reading(cursor).marks == frozenset()


def test_a_list_says_what_stands_in_other(cursor, know) -> None:
    rows = [("direct", 60), ("letter", 20), ("(other)", 20)]
    same = {"account": SITE, "slice": "source", "first_day": day(0), "last_day": day(0)}
    know("web", *({**same, "source": source, "sessions": count} for source, count in rows))
    told(cursor, 1, 0, 6, slice="source", other=0.9, sampled=0.5)
    found = members(cursor, SOURCES, Window(day(0), day(0)))
    assert found.marks == {Mark.OTHER, Mark.SAMPLED}
    assert found.truths[Mark.OTHER] == {"share": 0.2}, "of the days shown, not of all that was answered"


def test_a_newer_list_of_another_kind_goes_without_the_marks_of_the_answer(cursor, know) -> None:
    row = {"account": SITE, "slice": "source", "first_day": day(0), "last_day": day(0), "source": "x", "sessions": 1}
    know("web", row)
    told(cursor, 1, 0, 6, slice="source", sampled=0.5)
    cursor.execute("insert into exports (export_id, rank) values ('file', 2)")
    cursor.execute(
        "insert into ledger.web (export_id, account, slice, first_day, last_day) values ('file', ?, 'source', ?, ?)",
        [SITE, day(0), day(0)],
    )
    assert members(cursor, SOURCES, Window(day(0), day(0))).marks == frozenset()


def test_the_hidden_share_bears_what_is_told_of_the_queries(cursor, know) -> None:
    queries = [{**row, "slice": "query", "query": "lamp", "clicks": 4} for row in of_days(0, 6)]
    know("search", *of_days(0, 6, clicks=10), *queries)
    told(cursor, 1, 0, 6, table="search", slice="query", withheld=True)
    found = reading(cursor, hidden_share)
    assert (found.value, found.marks) == (pytest.approx(0.6), {Mark.WITHHELD})
