"""Laws of the warehouse, tried on random exports; VIGIE_LAWS=10 tries ten times as many."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from belief import believed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statements import ACCOUNT, answer, day, export, known, made, rows, said

from data.known import LEDGER
from data.model import Account, Answer, Export, Statement
from data.store import Store, create_brand

Pair = tuple[Export, list[Statement | Answer]]
MORE = int(os.environ.get("VIGIE_LAWS", "1"))
ACCOUNTS = st.sampled_from([ACCOUNT, "youtube:lumen"])
FIGURE = st.none() | st.integers(0, 3)
OTHERS = st.dictionaries(st.sampled_from("xyz"), st.sampled_from([0.0, 1.5]), max_size=2)
DAYS = st.integers(0, 1).map(day)


def stating(table: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Statement]:
    return st.builds(said, st.just(table), account=ACCOUNTS, others=OTHERS, **values)


def spanning(table: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Statement]:
    """Of a day, or of three or two."""
    return st.sampled_from([(0, 0), (1, 1), (0, 2), (1, 2)]).flatmap(
        lambda span: stating(table, first_day=st.just(day(span[0])), last_day=st.just(day(span[1])), **values)
    )


STATEMENTS = st.one_of(
    stating(
        "posts",
        post_id=st.sampled_from("pq"),
        text=st.sampled_from([None, "", "hello", "hello again"]),
        counted_from=st.sampled_from([None, None, day(0), day(1)]),
        views=FIGURE,
        saves=FIGURE,
        watch_seconds=st.sampled_from([None, 2.5]),
    ),
    stating("account_days", day=DAYS, followers=FIGURE, reach=FIGURE),
    stating("reviews", review_id=st.sampled_from("rs"), rating=st.sampled_from([None, 4.0, 5.0]), day=DAYS),
    spanning("web", slice=st.just("site"), users=FIGURE, views=FIGURE),
    spanning(
        "web",
        slice=st.just("channel"),
        channel=st.sampled_from([None, "email", "direct"]),
        hour=st.sampled_from([None, 0, 7]),
        users=FIGURE,
    ),
    spanning(
        "search",
        slice=st.sampled_from(["site", "query"]),
        clicks=FIGURE,
        position=st.sampled_from([None, 3.5]),
    ),
    spanning("audience", dimension=st.sampled_from(["city", "age"]), member=st.sampled_from("mn"), followers=FIGURE),
    spanning("ads", campaign=st.sampled_from([None, "spring"]), cost=st.sampled_from([None, 10]), clicks=FIGURE),
)
ANSWERS = st.builds(
    answer,
    st.sampled_from(["site", "channel", "query"]),
    st.integers(0, 1),
    st.integers(1, 2),
    table=st.sampled_from(["web", "search"]),
    account=ACCOUNTS,
    by_day=st.booleans(),
)
NAMES = st.sampled_from(["", "Lumen", "Lumen TV"])


@st.composite
def exports(draw: st.DrawFn, min_size: int = 1) -> list[Pair]:
    """Some exports and what each states; several may be of the same moment, or of an unknown one."""
    contents = draw(st.lists(st.lists(STATEMENTS | ANSWERS, max_size=8), min_size=min_size, max_size=4))
    pairs = []
    for n, findings in enumerate(contents):
        as_of = draw(st.none() | st.integers(0, 2).map(made))
        account = Account("youtube", "lumen", draw(NAMES))
        pairs.append((export(f"export {n}", as_of, (account,)), findings))
    return pairs


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIGIE_DATA", str(tmp_path_factory.mktemp("brands")))
        yield create_brand("Lumen").folder


def law(examples: int) -> Any:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples * MORE, deadline=None, suppress_health_check=quiet)


class Brand(TemporaryDirectory):
    """A new brand for one example."""

    def __init__(self, empty: Path) -> None:
        super().__init__()
        self.empty = empty

    def __enter__(self) -> Store:
        return Store(Path(shutil.copytree(self.empty, Path(super().__enter__()) / "brand")))


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    return {table: known(store, table) for table in LEDGER}


def of_exports(store: Store) -> list[tuple]:
    """All that is said of the exports, but when they were loaded, and of the days that they cover."""
    return [
        *rows(store, "select * exclude (loaded_at) from exports order by rank"),
        *rows(store, "from spans order by all"),
        *rows(store, "select * replace (map_entries(totals) as totals) from answers order by all"),
    ]


@law(25)
@given(exports())
def test_what_is_known_is_what_a_plain_reading_of_the_rules_gives(empty: Path, pairs: list[Pair]):
    with Brand(empty) as store:
        store.add_exports(pairs)
        assert everything(store) == believed(pairs)


@law(6)
@given(exports(2), st.randoms(use_true_random=False))
def test_the_order_of_loading_does_not_matter(empty: Path, pairs: list[Pair], random: Any):
    with Brand(empty) as store, Brand(empty) as other:
        store.add_exports(pairs)
        for pair in random.sample(pairs, len(pairs)):
            other.add_export(*pair)
        assert other.check() == []
        assert everything(store) == everything(other)
        assert of_exports(store) == of_exports(other)
        assert store.accounts() == other.accounts()


@law(5)
@given(exports(), st.data())
def test_the_same_file_twice_changes_nothing(empty: Path, pairs: list[Pair], data: st.DataObject):
    with Brand(empty) as store:
        first = store.add_exports(pairs)
        version, before = store.version(), everything(store)
        again, _ = data.draw(st.sampled_from(pairs))
        loaded = store.add_export(again, data.draw(st.lists(STATEMENTS, max_size=2)))
        assert not loaded.new
        assert (loaded.statements, set(loaded.accounts)) in [(one.statements, set(one.accounts)) for one in first]
        assert (store.version(), everything(store)) == (version, before)


@law(10)
@given(exports(), st.data())
def test_a_forgotten_export_is_as_if_it_had_never_been_loaded(empty: Path, pairs: list[Pair], data: st.DataObject):
    with Brand(empty) as store, Brand(empty) as other:
        gone = data.draw(st.sampled_from(pairs))
        rest = [pair for pair in pairs if pair is not gone]
        store.add_exports(pairs)
        store.forget_export(gone[0].id)
        other.add_exports(rest)
        assert everything(store) == everything(other) == believed(rest)
        assert of_exports(store) == of_exports(other)
        assert store.accounts() == other.accounts()


@law(8)
@given(exports(2), st.integers(1, 3))
def test_a_rebuild_knows_the_same(empty: Path, pairs: list[Pair], first: int):
    with Brand(empty) as store:
        store.add_exports(pairs[first:])
        store.add_exports(pairs[:first])
        before = everything(store), of_exports(store), store.accounts()
        found = {one.id: findings for one, findings in pairs}
        store.rebuild(lambda one: (one, found[one.id]))
        assert (everything(store), of_exports(store), store.accounts()) == before
        assert store.check() == []
