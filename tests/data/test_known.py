"""What is believed where exports differ: one example per rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from statements import ACCOUNT, answer, day, export, known, made, of_day, post, rows, said, web

from data import known as rules
from data.model import Account, Answer, Statement, Statements
from data.store import Store


def load(store: Store, *exports: tuple[int, Sequence[Statement | Answer]]) -> None:
    """Loads exports, each given with the moment it was made."""
    store.add_exports((export(f"{n} of {moment}", made(moment)), found) for n, (moment, found) in enumerate(exports))


def the_post(store: Store) -> dict[str, Any]:
    (row,) = known(store, "posts")
    return {name: value for name, value in row.items() if name not in ("account", "post_id")}


def test_the_newest_statement_wins_in_each_column_that_it_states(store: Store):
    load(store, (2, [of_day(followers=12, reach=None)]), (1, [of_day(followers=10, reach=70)]))
    assert known(store, "account_days") == [{"account": ACCOUNT, "day": day(0), "followers": 12, "reach": 70}]


def test_what_nobody_states_is_null_and_not_zero(store: Store):
    load(store, (1, [of_day(followers=0)]))
    assert rows(store, "select followers, reach, others from account_days") == [(0, None, None)]


def test_an_export_of_an_unknown_moment_is_believed_least(store: Store):
    store.add_export(export("dated", made(1)), [of_day(followers=10)])
    store.add_export(export("undated"), [of_day(followers=99, reach=5)])
    assert rows(store, "select followers, reach from account_days") == [(10, 5)]


def test_within_one_export_what_comes_later_wins(store: Store):
    load(store, (1, [of_day(sheet="Z", row=9, followers=1), of_day(sheet="A", row=2, followers=2)]))
    assert rows(store, "select followers from account_days") == [(2,)]


def test_an_older_export_loaded_last_fills_only_what_is_missing(store: Store):
    store.add_export(export("new", made(5)), [post(views=50)])
    store.add_export(export("old", made(1)), [post(views=10, saves=3)])
    assert the_post(store) == {"views": 50, "saves": 3}
    assert rows(store, "select name, rank from exports order by rank") == [("old", 1), ("new", 2)]


def test_counts_since_publication_beat_later_counts_of_a_period(store: Store):
    load(store, (1, [post(views=500)]), (2, [post(views=20, text="Late words", counted_from=day(9))]))
    assert the_post(store) == {"views": 500, "text": "Late words"}


def test_counts_of_a_period_say_from_which_day(store: Store):
    load(store, (1, [post(views=40, counted_from=day(0))]), (2, [post(views=20, counted_from=day(9))]))
    assert the_post(store) == {"views": 20, "counted_from": day(9)}


def test_counts_from_different_days_never_meet_in_one_row(store: Store):
    load(store, (1, [post(views=40, saves=4, counted_from=day(0))]), (2, [post(views=20, counted_from=day(9))]))
    assert the_post(store) == {"views": 20, "counted_from": day(9)}
    load(store, (3, [post(clicks=7)]), (4, [post(saves=1, counted_from=day(0))]))
    assert the_post(store) == {"clicks": 7}


def test_words_alone_do_not_make_counts_complete(store: Store):
    load(store, (1, [post(views=40, counted_from=day(0))]), (2, [post(text="Hello")]))
    assert the_post(store) == {"views": 40, "counted_from": day(0), "text": "Hello"}


def test_what_the_network_states_beyond_our_columns_is_merged_name_by_name(store: Store):
    load(store, (2, [post(others={"Taps": 3})]), (1, [post(others={"Taps": 1, "Holds": 9})]))
    assert the_post(store) == {"others": {"Taps": 3, "Holds": 9}}


def test_the_newest_answer_of_a_slice_replaces_the_whole_of_it(store: Store):
    channels = [web("channel", channel="email", users=3), web("channel", channel="ghost", users=1)]
    load(store, (1, channels), (2, [web("channel", channel="email", users=4)]))
    assert rows(store, "select channel, users from web") == [("email", 4)]


def test_a_slice_of_another_day_or_account_or_kind_is_left_alone(store: Store):
    others = [
        web("channel", 1, channel="email", users=3),
        web("source", channel="email", source="letter", users=2),
        web("channel", channel="email", users=8, account="ga4:shop"),
    ]
    load(
        store,
        (1, [*others, web("channel", channel="ghost", users=1)]),
        (2, [web("channel", channel="direct", users=4)]),
    )
    assert sorted(row["users"] for row in known(store, "web")) == [2, 3, 4, 8]


def test_two_tables_of_one_export_may_share_the_columns_of_a_slice(store: Store):
    found = [web("channel", channel="email", users=3), web("channel", channel="email", sessions=5)]
    load(store, (1, found))
    assert rows(store, "select users, sessions from web") == [(3, 5)]


def test_the_row_of_the_whole_site_is_known_column_by_column(store: Store):
    load(store, (1, [web(users=10, views=90)]), (2, [web(users=11)]))
    assert rows(store, "select users, views from web") == [(11, 90)]


def test_a_period_and_its_days_stand_beside_each_other(store: Store):
    month = said("web", slice="site", first_day=day(0), last_day=day(27), users=70)
    load(store, (1, [web(users=10), month]))
    assert rows(store, "select last_day, users from web order by 1") == [(day(0), 10), (day(27), 70)]


@pytest.mark.parametrize(
    ("older", "newer", "kept"),
    [
        (
            said("audience", dimension="city", member="Ghent", first_day=day(0), last_day=day(0), followers=5),
            said("audience", dimension="city", member="Lyon", first_day=day(0), last_day=day(0), followers=6),
            "Lyon",
        ),
        (
            said("search", slice="query", query="lamp", first_day=day(0), last_day=day(0), clicks=5),
            said("search", slice="query", query="light", first_day=day(0), last_day=day(0), clicks=6),
            "light",
        ),
        (
            said("ads", campaign="Spring", first_day=day(0), last_day=day(0), cost=5),
            said("ads", campaign="Summer", first_day=day(0), last_day=day(0), cost=6.25),
            "Summer",
        ),
    ],
    ids=["audience", "search", "ads"],
)
def test_members_that_the_newest_answer_leaves_out_are_gone(
    store: Store, older: Statement, newer: Statement, kept: str
):
    load(store, (1, [older]), (2, [newer]))
    (row,) = known(store, older.table)
    assert kept in row.values()


def sources(n: int, **sessions: int) -> list[Statement | Answer]:
    """The sources of a day."""
    return [web("source", n, source=source, sessions=count) for source, count in sessions.items()]


def total(store: Store) -> list[tuple]:
    return rows(store, "select source, sum(sessions) from web group by source order by source")


def test_an_attribution_that_moves_leaves_no_ghosts(store: Store):
    """The source of late sessions is known days later; then the rows under the old one are stated no more."""
    before = [*sources(0, direct=700), *sources(1, direct=500, letter=200), *sources(2, direct=302, waiting=400)]
    after = [*sources(0, direct=700), *sources(1, direct=400, letter=300), *sources(2, direct=300, letter=400)]
    load(store, (1, [*before, answer("source", 0, 2)]), (2, [*after, answer("source", 0, 2)]))
    assert total(store) == [("direct", 1400), ("letter", 700)]  # 2,100; merged row by row it would be 2,500


def test_a_day_that_the_newer_answer_states_no_row_of_has_none(store: Store):
    load(
        store,
        (1, [*sources(0, direct=7), *sources(1, direct=5), *sources(2, direct=3), answer("source", 0, 2)]),
        (2, [*sources(0, direct=8), answer("source", 0, 1)]),
    )
    assert rows(store, "select first_day, sessions from web order by 1") == [(day(0), 8), (day(2), 3)]
    assert store.check() == []


def test_forgetting_an_answer_brings_the_older_rows_back(store: Store):
    newer = export("newer", made(2))
    load(store, (1, sources(1, direct=5)))
    store.add_export(newer, [answer("source", 0, 2)])
    assert total(store) == []
    store.forget_export(newer.id)
    assert total(store) == [("direct", 5)]


def test_an_older_answer_takes_nothing_back(store: Store):
    load(store, (2, sources(1, direct=5)), (1, [answer("source", 0, 2)]))
    assert total(store) == [("direct", 5)]


def test_an_answer_by_day_speaks_of_days_and_one_of_a_period_of_that_period(store: Store):
    def of(first: int, last: int) -> Statement:
        return said("web", slice="source", first_day=day(first), last_day=day(last), source="direct", sessions=1)

    spans = [of(first, last) for first, last in ((0, 0), (6, 6), (0, 6), (0, 13))]
    load(store, (1, spans), (2, [answer("source", 0, 6)]))
    assert rows(store, "select last_day from web order by 1") == [(day(6),), (day(13),)]
    load(store, (3, [answer("source", 0, 6, by_day=False)]))
    assert rows(store, "select last_day from web") == [(day(13),)]


def test_an_answer_of_another_slice_table_or_account_changes_nothing(store: Store):
    others = [answer("page", 0, 2), answer("source", 0, 2, table="search"), answer("source", 0, 2, account="ga4:1")]
    load(store, (1, sources(1, direct=5)), (2, others))
    assert total(store) == [("direct", 5)]


def test_an_answer_supersedes_older_columns_of_the_site_but_not_newer_ones(store: Store):
    load(
        store,
        (1, [web(users=10, views=90, revenue=5.0)]),
        (2, [web(users=11), answer("site", 0, 2)]),
        (3, [web(views=95)]),
    )
    assert rows(store, "select users, views, revenue from web") == [(11, 95, None)]


def test_a_load_of_an_answer_rewrites_only_the_days_it_speaks_of(store: Store):
    load(store, (1, [web(n=n, users=n) for n in range(300)]))
    with store._write() as write:
        write.cursor.execute("update web set views = -1")
    load(store, (2, [answer("site", 7, 8)]), (3, [web(n=8, users=80)]))
    marked = [known_day for (known_day,) in rows(store, "select first_day from web where views = -1 order by 1")]
    assert marked == [day(n) for n in range(300) if n not in (7, 8)]
    assert rows(store, "select first_day, users from web where views is null") == [(day(8), 80)]


def test_a_review_is_known_by_its_id(store: Store):
    first = said("reviews", review_id="r", day=day(0), rating=2.0, text="Too dark")
    load(store, (1, [first]), (2, [said("reviews", review_id="r", rating=5.0)]))
    assert rows(store, "select day, rating, text from reviews") == [(day(0), 5.0, "Too dark")]


def test_an_account_has_its_newest_name_that_is_one(store: Store):
    for moment, name in ((2, "Lumen TV"), (3, ""), (1, "Lumen")):
        store.add_export(export(str(moment), made(moment), (Account("youtube", "lumen", name),)), [])
    assert store.accounts() == [Account("youtube", "lumen", "Lumen TV")]


def test_an_account_that_only_rows_state_is_an_account_too(store: Store):
    loaded = store.add_export(export("a"), [post(account="x:lumen")])
    assert loaded.accounts == (Account("x", "lumen"),)
    assert store.accounts() == [Account("x", "lumen")]


def test_a_load_rewrites_only_the_keys_that_it_touches(store: Store):
    load(store, (1, [of_day(n, followers=n) for n in range(300)]))
    with store._write() as write:  # a mark on every row: one that is derived again loses it
        write.cursor.execute("update account_days set posts = -1")
        write.cursor.execute("update posts set saves = -1")
    load(store, (2, [of_day(7, reach=70), post(views=1)]))
    assert rows(store, "select day, followers, reach from account_days where posts is null") == [(day(7), 7, 70)]
    marked = [known_day for (known_day,) in rows(store, "select day from account_days where posts = -1")]
    assert marked == [day(n) for n in range(300) if n != 7]


def test_a_rebuild_leaves_the_days_in_order_on_disk(store: Store):
    found = {}
    for n in (5, 1, 3):
        one = export(str(n), made(n))
        found[one.id] = [of_day(n), web(n=n), web("channel", n, channel="email")]
        store.add_export(one, found[one.id])
    store.rebuild(lambda one: (one, found[one.id]))
    assert rows(store, "select day from account_days") == [(day(1),), (day(3),), (day(5),)]
    by_slice = [("channel", day(n)) for n in (1, 3, 5)]
    assert rows(store, "select slice, first_day from web where slice = 'channel'") == by_slice


def test_an_export_spans_the_days_that_it_states(store: Store):
    year = said("web", slice="site", first_day=date(2025, 1, 1), last_day=date(2025, 12, 31), users=1)
    store.add_export(export("year"), [year, of_day(3)])
    store.add_export(export("nothing"), [post(text="no day")])
    spans = {info.name: (info.first_day, info.last_day) for info in store.exports()}
    assert spans == {"year": (date(2025, 1, 1), day(3)), "nothing": (None, None)}


def in_one_block(count: int) -> list[Statements]:
    """As many posts, told from the last day to the first."""
    numbers = list(range(count))
    values = {
        "account": [ACCOUNT] * count, "post_id": [str(n) for n in numbers], "day": [day(-(n // 100)) for n in numbers],
        "views": numbers, "counted_from": [day(0) if n % 2 else None for n in numbers],
    }  # fmt: skip
    return [Statements("posts", values, "Posts", [n + 2 for n in numbers])]


@pytest.mark.parametrize("again", [False, True])
def test_a_block_longer_than_a_row_group_is_known_whole(store: Store, again: bool):
    count = 130_000
    store.add_export(export("long", made(1)), in_one_block(count))
    if again:
        store.rebuild(lambda export: (export, in_one_block(count)))
    assert rows(store, "select count(*), sum(views), count(counted_from) from posts") == [
        (count, count * (count - 1) // 2, count // 2)
    ]
    assert rows(store, "select min(day), max(day) from posts where rowid < 1000") == [(day(-1299), day(-1290))]
    assert store.check() == []


def test_statements_that_one_export_makes_once_are_known_as_they_are(store: Store, monkeypatch: pytest.MonkeyPatch):
    said = [post("a", views=5, counted_from=day(3)), post("b", text="Words", counted_from=day(3)), post("c")]
    monkeypatch.setattr(rules, "believed", None)  # the long way is not taken
    load(store, (1, said))
    found = {row["post_id"]: row.get("counted_from") for row in known(store, "posts")}
    monkeypatch.undo()
    assert (found, store.check()) == ({"a": day(3), "b": None, "c": None}, [])
