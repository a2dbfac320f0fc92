from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from timeit import timeit
from typing import Any

import duckdb
import pytest
from statements import ACCOUNT, day, export, known, made, of_day, one, post, rows, web

from data import kept
from data import known as known_rows
from data.model import Account, Answers, Export, Problem, Statement, UserError, id_of, says
from data.store import OPEN, Loaded, Store, create_brand, open_brand

ANSWERS = Answers("x:lumen", datetime(2026, 5, 1, 8), "dmy", date(2026, 1, 1), 'name = "Planning"')
UNREADABLE = Problem(says("A day in {month}.", month=date(2026, 3, 1)), "31/02", "Posts", 4, "Date")


def fill(store: Store, count: int = 3) -> list[Export]:
    """Loads some exports, a post each."""
    exports = [export(f"export {n}", made(n)) for n in range(count)]
    store.add_exports((one, [post(str(n), views=n)]) for n, one in enumerate(exports))
    return exports


def reads(found: dict[str, list[Statement | Problem]]):
    """A reader for a rebuild, which finds this in the exports and nothing in any other."""
    return lambda export: (export, found.get(export.id, []))


def test_a_new_brand_is_empty_and_sound(store: Store):
    assert store.version() == 1
    assert (store.exports(), store.accounts(), store.check()) == ([], [], [])
    assert known(store, "posts") == []


def test_an_export_is_loaded_with_all_that_was_said_of_it(store: Store):
    accounts = (Account("mastodon", "lumen", "Lumen"), Account("x", "lumen"))
    loaded = store.add_export(
        export("march.csv", made(1), accounts, ANSWERS), [post(views=3), of_day(2), UNREADABLE, web(n=9)]
    )
    assert loaded == Loaded(export("march.csv").id, True, 3, 1, accounts)
    (info,) = store.exports()
    assert (info.id, info.name, info.connector) == (loaded.export_id, "march.csv", "tests")
    assert (info.as_of, info.first_day, info.last_day) == (made(1), day(2), day(9))
    assert (info.statements, info.problems, info.accounts) == (3, 1, accounts)
    assert abs(datetime.now(UTC).replace(tzinfo=None) - info.loaded_at) < timedelta(minutes=1)
    assert store.problems(info.id) == [UNREADABLE]
    assert str(store.problems(info.id)[0].expected) == "A day in 2026-03-01."
    assert store.accounts() == list(accounts)
    assert store.content(info.id) == b"march.csv"
    assert one(store, "select size from exports") == 9


def test_the_ledger_says_where_each_statement_was_read(store: Store):
    store.add_export(export("a", made(1)), [post(sheet="Posts", row=7, views=3)])
    (origin,) = rows(store, "select export_id, sheet, row, as_of, account, post_id, views from ledger.posts")
    assert origin == (export("a").id, "Posts", 7, made(1), ACCOUNT, "p", 3)


def test_each_ledger_table_has_the_columns_of_its_known_table_after_the_origin(store: Store):
    for table in ("posts", "account_days", "audience", "web", "search", "ads", "reviews"):
        with store.read() as cursor:
            main, ledger = (
                [column[:2] for column in cursor.execute(f"from {schema}.{table}").description]
                for schema in ("main", "ledger")
            )
        assert [name for name, _ in ledger[:4]] == ["export_id", "sheet", "row", "as_of"]
        assert ledger[4:] == main


def test_a_moment_with_a_zone_is_kept_in_utc(store: Store):
    moment = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=2)))
    store.add_export(export("a", moment), [post()])
    assert store.exports()[0].as_of == datetime(2026, 7, 1, 7)
    assert one(store, "select as_of from ledger.posts") == datetime(2026, 7, 1, 7)


def test_the_same_file_twice_changes_nothing_and_is_not_even_read(store: Store):
    first = store.add_export(export("a", made(1)), [post(views=3), UNREADABLE])

    def never() -> Iterator[Statement]:
        raise AssertionError("the file was read again")
        yield

    version = store.version()
    assert store.add_export(export("a", made(9)), never()) == replace(first, new=False)
    assert store.version() == version


def test_a_file_given_twice_in_one_load_is_loaded_once(store: Store):
    loaded = store.add_exports([(export("a"), [post(views=3)]), (export("a"), [post(views=4)])])
    assert [one.new for one in loaded] == [True, False]
    assert rows(store, "select views from posts") == [(3,)]


def test_many_exports_are_one_version(store: Store):
    fill(store, 20)
    assert store.version() == 2
    assert one(store, "select count(*) from posts") == 20


def test_where_reading_fails_nothing_is_published_and_nothing_kept(store: Store):
    def breaks() -> Iterator[Statement]:
        yield post(views=1)
        raise UserError(says("This sheet cannot be read."))

    with pytest.raises(UserError, match="This sheet cannot be read"):
        store.add_exports([(export("good"), [post("q")]), (export("bad"), breaks())])
    assert (store.version(), store.exports(), known(store, "posts")) == (1, [], [])
    assert not list((store.folder / "exports").rglob("*"))


def test_an_id_that_is_not_the_hash_of_the_bytes_is_refused(store: Store):
    with pytest.raises(ValueError, match="SHA-256"):
        store.add_export(replace(export("a"), content=b"other"), [])


def test_an_account_that_is_not_written_as_one_is_refused(store: Store):
    with pytest.raises(ValueError, match="write network:handle"):
        store.add_export(export("a"), [post(account="Lumen")])


def test_a_forgotten_export_takes_its_rows_problems_accounts_and_bytes_with_it(store: Store):
    store.add_export(export("old", made(1)), [post(views=3, saves=1)])
    gone = store.add_export(export("new", made(2)), [post(views=9), post("q", account="x:lumen"), UNREADABLE])
    store.forget_export(gone.export_id)
    assert rows(store, "select post_id, views, saves from posts") == [("p", 3, 1)]
    assert [info.name for info in store.exports()] == ["old"]
    assert store.accounts() == [Account("mastodon", "lumen")]
    assert store.problems(gone.export_id) == []
    assert not kept.path(store.folder, gone.export_id).exists()
    assert store.check() == []
    assert store.add_export(export("new", made(2)), [post(views=9)]).new


def test_exports_may_take_the_place_of_others_in_one_version(store: Store):
    first, second, third = fill(store)
    loaded = store.add_exports([(second, []), (export("new"), [post("1", saves=5)])], instead_of=[first.id, second.id])
    assert [one.new for one in loaded] == [False, True]
    assert [info.name for info in store.exports()] == ["new", second.name, third.name]
    assert rows(store, "select post_id, views, saves from posts order by 1") == [("1", 1, 5), ("2", 2, None)]
    assert (store.version(), store.check()) == (3, [])
    with pytest.raises(UserError, match="not in the warehouse"):
        store.add_exports([], instead_of=["../../CURRENT"])
    assert store.version() == 3


@pytest.mark.parametrize("export_id", ["", "../../CURRENT", "0" * 64])
def test_an_export_that_is_not_there_cannot_be_forgotten_or_read(store: Store, export_id: str):
    for use in (store.forget_export, store.content):
        with pytest.raises(UserError, match="not in the warehouse"):
            use(export_id)
    assert store.version() == 1


def test_a_rebuild_gives_each_export_back_with_the_answers_of_the_user(store: Store):
    accounts = (Account("x", "lumen", "Lumen"),)
    given = export("a", made(1), accounts, ANSWERS)
    loaded_at = store.add_export(given, [post(views=3)]) and store.exports()[0].loaded_at
    seen, done = [], []

    def read(export: Export) -> tuple[Export, list[Statement]]:
        seen.append(export)
        return replace(export, connector="better", accounts=(Account("x", "lumen"),)), [post(views=4)]

    assert store.rebuild(read, lambda *so_far: done.append(so_far)) == [
        Loaded(given.id, True, 1, 0, (Account("x", "lumen"), Account("mastodon", "lumen")))
    ]
    assert (seen[0].content, seen[0].answers, seen[0].as_of) == (b"a", ANSWERS, made(1))
    assert seen[0].accounts[1:] == accounts
    assert done == [(1, 1)]
    (info,) = store.exports()
    assert (info.connector, info.loaded_at) == ("better", loaded_at)
    assert rows(store, "select views from posts") == [(4,)]


def test_a_rebuild_keeps_what_people_stated(store: Store):
    store.set_brand("Lumen & Co", "Asia/Tokyo", 7)
    with store._write() as write:
        write.cursor.execute("insert into conversations (id, assigned) values ('c1', 'Ada')")
    store.keep_mapping("Planning", 'name = "Planning"')
    store.rebuild(reads({}))
    assert store.mappings() == {"Planning": 'name = "Planning"'}
    assert store.brand().name == "Lumen & Co"
    assert rows(store, "select id, assigned from conversations") == [("c1", "Ada")]


def test_a_mapping_is_kept_once_under_its_name_until_it_is_forgotten(store: Store):
    store.keep_mapping("planning", "a = 1")
    store.keep_mapping("Buffer", "b = 1")
    before = store.version()
    store.keep_mapping("planning", "a = 1")
    assert store.version() == before, "the same again is no change"
    store.keep_mapping("planning", "a = 2")
    assert list(store.mappings().items()) == [("Buffer", "b = 1"), ("planning", "a = 2")]
    store.forget_mapping("Buffer")
    assert store.mappings() == {"planning": "a = 2"}


def test_the_words_of_a_brand_are_kept_in_their_order_and_survive_a_rebuild(store: Store):
    assert store.words() == ()
    store.set_words(["lumen", " maison lumen ", "", "lumen"])
    assert store.words() == ("lumen", "maison lumen")
    store.rebuild(lambda export: (export, []))
    assert store.words() == ("lumen", "maison lumen")
    store.set_words([])
    assert store.words() == ()


def test_an_export_that_can_no_longer_be_read_keeps_its_place_with_the_reason(store: Store):
    good, bad, late = fill(store)

    def read(export: Export) -> tuple[Export, Iterator[Statement]]:
        if export.id == bad.id:
            raise UserError(says("No connector knows {name}.", name=export.name))
        return export, breaks() if export.id == late.id else iter([post("0")])

    def breaks() -> Iterator[Statement]:
        yield post("half")
        raise UserError(says("The file ends too early."))

    loaded = store.rebuild(read)
    assert [(one.statements, one.problems) for one in loaded] == [(1, 0), (0, 1), (0, 1)]
    assert [info.id for info in store.exports()] == [good.id, bad.id, late.id]
    assert store.problems(bad.id) == [Problem(says("No connector knows {name}.", name=bad.name))]
    assert store.problems(late.id) == [Problem(says("The file ends too early."))]
    assert rows(store, "select post_id from posts") == [("0",)]
    assert store.check() == []


def test_a_rebuild_that_meets_a_bug_changes_nothing(store: Store):
    fill(store)

    def read(export: Export) -> tuple[Export, list[Statement]]:
        raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        store.rebuild(read)
    assert one(store, "select count(*) from posts") == 3


def test_a_rebuild_without_the_bytes_of_an_export_is_refused(store: Store):
    first, *_ = fill(store)
    kept.path(store.folder, first.id).unlink()
    with pytest.raises(UserError, match="kept copy of export 0 is missing or damaged"):
        store.rebuild(reads({}))
    assert one(store, "select count(*) from posts") == 3


def test_a_warehouse_of_another_version_asks_for_a_rebuild_and_takes_it(store: Store):
    exports = fill(store)
    answered = export("asked", answers=ANSWERS)
    store.add_export(answered, [])
    with store._write() as write:
        write.cursor.execute("alter table posts drop column saves")
        write.cursor.execute("alter table exports drop column answer_mapping")
        write.cursor.execute("alter table brand add column colour varchar default 'red'")
    for use in (store.exports, store.check, lambda: store.add_export(export("new"), [post()])):
        with pytest.raises(UserError, match=r"python vigie\.py rebuild --brand lumen"):
            use()
    assert store.brand().name == "Lumen"
    store.rebuild(reads({exports[0].id: [post(saves=5)]}))
    assert rows(store, "select saves from posts") == [(5,)]
    kept = "select answer_account, answer_since::varchar, answer_mapping from exports where answer_account is not null"
    assert rows(store, kept) == [("x:lumen", "2026-01-01", None)], "what was not asked then is not known now"
    assert store.check() == []


def test_the_check_finds_known_rows_that_are_there_twice_or_that_nobody_states(store: Store):
    fill(store)
    with store._write() as write:
        write.cursor.execute("insert into posts select * from posts where post_id = '1'")
        write.cursor.execute("insert into web (account, slice, users) values ('x:y', 'site', 3)")
        write.cursor.execute("delete from posts where post_id = '2'")
        write.cursor.execute("update posts set views = 77 where post_id = '0'")
    assert [str(message) for message in store.check()] == [
        "1 rows of posts are there more than once.",
        "1 keys of posts are known and not stated, or stated and not known.",
        "4 rows of posts are not what the statements say.",
        "1 rows of web are not what the statements say.",
    ]


def test_the_check_finds_statements_without_an_export(store: Store):
    fill(store)
    with store._write() as write:
        write.cursor.execute("delete from exports where name = 'export 1'")
    assert "1 statements in posts belong to no export." in map(str, store.check())


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda delete, insert: (insert, insert), "1 rows of posts are there more than once"),
        (
            lambda delete, insert: (delete,),
            "1 keys of posts are known and not stated, or stated and not known",
        ),
    ],
)
def test_a_write_that_contradicts_itself_is_not_published(
    store: Store, broken: Any, words: str, monkeypatch: pytest.MonkeyPatch
):
    rewrite = known_rows.rewrite
    monkeypatch.setattr(known_rows, "rewrite", lambda *given: broken(*rewrite(*given)))
    with pytest.raises(RuntimeError, match=words):
        store.add_export(export("a"), [post(views=1)])
    assert (store.version(), store.exports(), store.check()) == (1, [], [])


def test_the_check_finds_kept_bytes_that_are_missing_or_damaged_and_loading_again_mends_them(store: Store):
    missing, damaged, _ = fill(store)
    kept.path(store.folder, missing.id).unlink()
    kept.path(store.folder, damaged.id).write_bytes(b"something else")
    assert [str(message) for message in store.check()] == [
        f"The kept copy of {one.name} is missing or damaged. Load the same file again to mend it."
        for one in (missing, damaged)
    ]
    with pytest.raises(UserError, match="missing or damaged"):
        store.content(damaged.id)
    version = store.version()
    assert not any(one.new for one in store.add_exports([(missing, []), (damaged, [])]))
    assert (store.check(), store.version()) == ([], version)


def test_a_reader_changes_nothing_and_reads_nothing_else(store: Store, tmp_path):
    (tmp_path / "secret.csv").write_text("a,b")
    with store.read() as cursor:
        for query in (
            "insert into brand values ('x', 'y', 1)",
            f"from read_csv('{tmp_path / 'secret.csv'}')",
            f"attach '{tmp_path / 'other.duckdb'}'",
            f"copy brand to '{tmp_path / 'out.csv'}'",
            "set enable_external_access = true",
            "set threads = 8",
            "install httpfs",
        ):
            with pytest.raises(duckdb.Error):
                cursor.execute(query)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["secret.csv"]


def test_the_file_opens_in_duckdb_1_5(store: Store):
    store.rebuild(reads({}))
    fill(store)
    with open(store._snapshots.path(3), "rb") as file:
        (storage_version,) = struct.unpack("<Q", file.read(20)[12:])
    assert storage_version <= 68  # what DuckDB 1.5 writes; 2.0 by default writes a higher one


def test_a_published_file_has_no_log_beside_it(store: Store):
    fill(store)
    assert not list(store.folder.glob("*.wal"))


def test_a_cursor_stays_on_its_version_while_newer_ones_are_published_and_its_file_goes(store: Store):
    with store.read() as cursor:
        for n in range(5):
            store.add_export(export(str(n)), [post(str(n))])
        assert not store._snapshots.path(1).exists()
        assert cursor.execute("select count(*) from posts").fetchone() == (0,)
    assert one(store, "select count(*) from posts") == 5


def test_a_cursor_is_closed_after_use(store: Store):
    with store.read() as cursor:
        pass
    with pytest.raises(duckdb.ConnectionException):
        cursor.execute("select 1")


def test_each_thread_gets_the_rows_of_its_own_queries(store: Store):
    wrong: list[object] = []

    def ask(me: int) -> None:
        for n in range(150):
            with store.read() as cursor:
                cursor.execute("select ?, ?, (select count(*) from posts) from range(50)", [me, n])
                answer = cursor.fetchall()
            if len(answer) != 50 or any(row[:2] != (me, n) for row in answer):
                wrong.append(answer[:1])

    threads = [threading.Thread(target=ask, args=(me,)) for me in range(6)]
    for thread in threads:
        thread.start()
    for n in range(4):
        store.add_export(export(str(n)), [post(str(n))])
    for thread in threads:
        thread.join()
    assert wrong == []


def test_two_stores_on_one_folder_read_the_same_file(store: Store):
    other = open_brand("lumen")
    with store.read() as first, other.read() as second:
        fill(Store(store.folder))
        assert first.execute("select count(*) from posts").fetchone() == (0,)
        assert second.execute("select count(*) from posts").fetchone() == (0,)
    assert one(other, "select count(*) from posts") == 3


def test_more_brands_than_stay_open_can_be_read_in_turn():
    stores = [create_brand(f"Brand {n}") for n in range(OPEN + 2)]
    for _ in range(2):
        assert [store.brand().name for store in stores] == [f"Brand {n}" for n in range(OPEN + 2)]
    with stores[0].read() as cursor:
        assert [store.brand().name for store in stores[1:]] == [f"Brand {n}" for n in range(1, OPEN + 2)]
        assert stores[0].brand().name == "Brand 0"
        assert cursor.execute("select name from brand").fetchone() == ("Brand 0",)


def test_a_file_that_is_no_warehouse_is_told_to_the_user(store: Store):
    store._snapshots.path(1).write_bytes(b"not a database" * 1000)
    with pytest.raises(UserError, match=r"warehouse-000001\.duckdb cannot be read"):
        store.brand()
    with pytest.raises(UserError):
        fill(store)


def test_a_pointer_to_a_file_that_is_gone_is_told_to_the_user(store: Store):
    fill(store)
    (store.folder / "CURRENT").write_text("warehouse-000077.duckdb")
    for use in (store.brand, store.check, lambda: fill(store)):
        with pytest.raises(UserError, match=r"Write the name of the newest warehouse in it: warehouse-000002\.duckdb"):
            use()


def test_a_folder_without_a_warehouse_is_told_to_the_user(tmp_path):
    store = Store(tmp_path)
    assert store.version() is None
    for use in (store.brand, lambda: fill(store), lambda: store.rebuild(reads({}))):
        with pytest.raises(UserError, match="no warehouse"):
            use()


def test_a_second_writer_is_told_to_wait(store: Store):
    hurried = Store(store.folder, wait=0.1)

    def meanwhile() -> Iterator[Statement]:
        with pytest.raises(UserError, match="Another load is being written"):
            hurried.add_export(export("b"), [post()])
        yield post(views=1)

    assert store.add_export(export("a"), meanwhile()).new
    assert [info.name for info in hurried.exports()] == ["a"]


def test_the_version_is_cheap_to_ask(store: Store):
    assert timeit(store.version, number=1000) < 0.5  # it takes some 10 microseconds


def test_an_export_is_kept_from_the_file_that_holds_it(store: Store, tmp_path: Path):
    file = tmp_path / "days.csv"
    file.write_bytes(b"days" * 10**6)
    loaded = store.add_export(Export(id_of(file), file.name, file), [post("a")])
    file.unlink()
    assert store.content(loaded.export_id) == b"days" * 10**6
    assert rows(store, "select size from exports") == [(4 * 10**6,)]


def test_a_file_that_changes_while_it_is_read_is_not_loaded(store: Store, tmp_path: Path):
    file = tmp_path / "days.csv"
    file.write_bytes(b"days")
    export_id = id_of(file)

    def found() -> Iterator[Statement]:
        yield post("a")
        file.write_bytes(b"other days")

    with pytest.raises(UserError, match=r"days\.csv was changed while it was read"):
        store.add_export(Export(export_id, file.name, file), found())
    assert (store.exports(), known(store, "posts"), store.version()) == ([], [], 1)
    assert not kept.path(store.folder, export_id).exists()
