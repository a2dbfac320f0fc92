from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from statements import ACCOUNT, answer, day, export, of_day, post, rows, said, web

from data.batches import as_message, as_text, batches
from data.known import LEDGER
from data.model import Answer, Coded, Origin, Problem, Statement, Statements, says
from data.store import Store, _today


def read(*found: Statement | Problem | Answer, size: int = 100) -> list[tuple[str, pa.Table]]:
    return list(batches(found, _today().types, size))


def test_statements_of_several_tables_become_one_arrow_table_each():
    tables = read(post("a", views=1), of_day(followers=5), post("b"), Problem(says("A number.")))
    assert [(name, rows.num_rows) for name, rows in tables] == [
        ("posts", 2),
        ("account_days", 1),
        ("problems", 1),
    ]
    assert tables[0][1]["views"].to_pylist() == [1, None]


def test_the_origin_of_each_statement_goes_with_it():
    ((_, table),) = read(post("a", sheet="Posts", row=4), post("b", sheet="Posts", row=7))
    assert table.select(["sheet", "row"]).to_pylist() == [
        {"sheet": "Posts", "row": 4},
        {"sheet": "Posts", "row": 7},
    ]


def test_a_large_file_is_read_a_batch_at_a_time():
    taken = 0

    def found() -> Iterator[Statement]:
        nonlocal taken
        for n in range(10):
            taken += 1
            yield post(str(n))

    one_by_one = batches(found(), _today().types, size=4)
    assert next(one_by_one)[1].num_rows == 4
    assert taken == 4
    assert [rows.num_rows for _, rows in one_by_one] == [4, 2]


def test_every_table_of_the_ledger_can_be_stated():
    keys = {
        "posts": {"post_id": "p"},
        "account_days": {"day": day(0)},
        "audience": {"dimension": "city", "first_day": day(0), "last_day": day(1)},
        "web": {"slice": "site", "first_day": day(0), "last_day": day(1)},
        "search": {"slice": "site", "first_day": day(0), "last_day": day(1)},
        "ads": {"first_day": day(0), "last_day": day(1)},
        "reviews": {"review_id": "r"},
    }
    stated = [Statement(table, {"account": ACCOUNT, **values}, Origin("", 1)) for table, values in keys.items()]
    assert [name for name, _ in read(*stated)] == list(LEDGER)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (said("tweets", post_id="p"), "no ledger table is named 'tweets'"),
        (post(likes=3), "posts has no column named likes"),
        (
            said("posts", post_id="p", export_id="x"),
            "posts has no column named export_id",
        ),
        (Statement("posts", {"account": "x:y", "post_id": "p", "others": {}}, post().origin), "named others"),
        (said("posts", views=3), "a statement for posts lacks post_id"),
        (said("account_days", day=None), "a statement for account_days lacks day"),
        (post(views=2.5), "posts.views holds int64"),
        (post(views="2"), "posts.views holds int64"),
        (post(views=True), "posts.views holds int64"),
        (post(views=2**63), "posts.views holds int64"),
        (post(text=12), "posts.text holds string"),
        (post(watch_seconds=float("nan")), "posts.watch_seconds: what is not a number is not stated"),
        (post(others={"Taps": float("inf")}), "posts.others: what is not a number is not stated"),
    ],
)
def test_a_connector_that_states_what_the_tables_cannot_hold_is_told_which(statement: Statement, words: str):
    with pytest.raises((ValueError, TypeError), match=words):
        read(post("good"), statement)


def test_whole_numbers_may_come_as_floats():
    ((_, table),) = read(post(views=3.0, watch_seconds=2))
    assert table.select(["views", "watch_seconds"]).to_pylist() == [{"views": 3, "watch_seconds": 2.0}]


def test_money_keeps_its_decimals_whatever_the_number_it_came_as():
    costs = [12, 0.1, Decimal("3.30"), 1 / 3, None]
    ((_, table),) = read(*(said("ads", first_day=day(0), last_day=day(0), cost=cost) for cost in costs))
    assert table["cost"].to_pylist() == [
        Decimal("12"),
        Decimal("0.1"),
        Decimal("3.3"),
        Decimal("0.333333"),
        None,
    ]


def test_a_moment_with_a_zone_is_kept_in_utc():
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    ((_, table),) = read(post(published_at=summer), post(published_at=datetime(2026, 7, 1, 8)))
    assert table["published_at"].to_pylist() == [datetime(2026, 7, 1, 7, 30), datetime(2026, 7, 1, 8)]


def test_an_empty_or_absent_figure_of_the_networks_own_is_not_stated():
    nothing: Any = {"Taps": None}
    ((_, table),) = read(post("a", others={"Taps": 2}), post("b"), post("c", others=nothing))
    assert table["others"].to_pylist() == [[("Taps", 2.0)], None, None]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": "Été “3”", "n": 3, "share": 0.5, "none": None, "list": ["a", 1]},
        {"day": date(2026, 1, 2), "since": datetime(2026, 1, 2, 3, 4, 5)},
        {"since": datetime(2026, 1, 2, tzinfo=UTC)},
        {"day": "2026-01-02"},
        {"columns": {"day": "2026-01-02"}},
    ],
)
def test_a_message_comes_back_as_it_was(values: dict[str, Any]):
    message = says("Some text.", **values)
    assert as_message(message.text, as_text(message.values)) == message


FULL: dict[str, Any] = {
    "provisional_from": day(5),
    "sampled": 0.25,
    "withheld": True,
    "other": 0.125,
    "cut_before": day(-400),
    "restricted": ("revenue", "cost"),
    "currency": "EUR",
    "zone": "Europe/Paris",
    "totals": {"users": 40.0, "sessions": 55.0},
}


def test_what_a_source_says_of_its_answers_comes_back_as_it_was(store: Store):
    given = [answer("channel", 0, 6, **FULL), answer("site", 0, 27, by_day=False, table="search")]
    one = export("of the interface")
    loaded = store.add_export(one, [web("channel", channel="email", sessions=3), *given])
    assert (loaded.statements, loaded.problems) == (1, 0)
    assert store.answers(one.id) == given
    assert store.check() == []


def test_an_answer_without_rows_is_of_its_account(store: Store):
    loaded = store.add_export(export("nothing"), [answer("channel", 0, 6, account="ga4:123")])
    assert (loaded.statements, [account.key for account in loaded.accounts]) == (0, ["ga4:123"])


def test_answers_go_with_their_export_and_are_read_again_by_a_rebuild(store: Store):
    one, other = export("one"), export("other")
    found = {one.id: [answer("channel", 0, 6, **FULL)], other.id: [answer("page", 0, 6)]}
    for export_id, said_of in found.items():
        store.add_export(one if export_id == one.id else other, said_of)
    store.rebuild(lambda kept: (kept, found[kept.id]))
    assert [store.answers(one.id), store.answers(other.id)] == list(found.values())
    store.forget_export(one.id)
    assert rows(store, "select slice from answers") == [("page",)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"table": "posts"}, "an answer is of web or search, not of 'posts'"),
        ({"first_day": day(1), "last_day": day(0)}, "before it begins"),
        ({"sampled": 1.5}, "sampled is a share from 0 to 1, not 1.5"),
        ({"other": -0.1}, "other is a share from 0 to 1"),
        ({"totals": {"users": float("nan")}}, "what is not a number is not stated"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(values: dict[str, Any], words: str):
    with pytest.raises(ValueError, match=words):
        read(replace(answer("channel", 0, 0), **values))


def test_the_ledger_keeps_the_order_of_reading_over_many_batches(store: Store):
    found = [post(str(n), row=n) for n in range(45_000)]
    store.add_export(export("large"), found)
    assert [n for (n,) in rows(store, "select row from ledger.posts order by rowid")] == list(range(45_000))


def test_a_column_of_distinct_values_is_kept_as_the_list_that_it_stands_for():
    codes = memoryview(array("i", [1, 0, 1, 2])).cast("B").cast("i")
    values = {
        "account": Coded.same(ACCOUNT, 4), "day": Coded([day(1), day(0), day(2)], codes),
        "followers": Coded([None, 5, 7], codes), "watch_seconds": Coded([0.5, 1, None], codes),
    }  # fmt: skip
    block = Statements("account_days", values, "Days", range(2, 6))
    written = Statements("account_days", {k: list(v) for k, v in values.items()}, "Days", [2, 3, 4, 5])
    ((_, coded),), ((_, plain),) = batches([block], _today().types), batches([written], _today().types)
    assert coded.to_pylist() == plain.to_pylist()
    assert coded["followers"].to_pylist() == [5, None, 5, 7] and list(block) == list(written)


def test_what_is_wrong_in_a_column_of_distinct_values_is_refused():
    def told(**values: Any) -> list[tuple[str, pa.Table]]:
        whole = {"account": Coded.same(ACCOUNT, 2), "day": Coded.same(day(0), 2)} | values
        return list(batches([Statements("account_days", whole, "", range(2, 4))], _today().types))

    assert told()
    with pytest.raises(ValueError, match="lacks day"):
        told(day=Coded.same(None, 2))
    with pytest.raises(ValueError, match="lacks account"):
        told(account=Coded.same(None, 2))
    with pytest.raises(TypeError, match="followers"):
        told(followers=Coded.same(1.5, 2))
    with pytest.raises(ValueError, match="watch_seconds"):
        told(watch_seconds=Coded.same(float("nan"), 2))
