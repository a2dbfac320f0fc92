"""A table in no known format, described by its user on the page where files are dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_sources import drop, exported, key_of, name_account, offered, press, problems, select, sources, told

from connectors.mapping import Meant, read_mapping
from connectors.reading import read_kept
from data.store import Store, create_brand

TABLES = Path(__file__).parents[1] / "tables"
DAYS = "Jour,Abonnés,Vues,Score\n2026-01-05,10,3,7\n2026-01-06,12,4,8\n".encode()
LATER = "Jour,Abonnés,Vues,Score\n2026-02-05,20,5,7\n2026-02-06,22,6,8\n".encode()


@pytest.fixture
def store() -> Store:
    return create_brand("Maison Lumen")


@pytest.fixture
def page(store: Store) -> AppTest:
    return sources()


def describe(at: AppTest, content: bytes = DAYS, name: str = "suivi facebook 2026-01.csv") -> AppTest:
    drop(at, (name, content))
    return press(at, "describe_")


def choose(at: AppTest, kind: str, what: str, value: object) -> AppTest:
    """Answers one question of the form."""
    widget = next(w for w in at.get(kind) if str(getattr(w, "key", "")).startswith(f"map_{what}_"))
    widget.set_value(value).run()  # type: ignore[union-attr]
    assert not at.exception
    return at


def followers(store: Store) -> list[tuple[object, ...]]:
    with store.read() as cursor:
        query = "select account, day::varchar, followers, views, others from account_days order by 1, 2"
        return cursor.execute(query).fetchall()


def test_a_table_that_nothing_knows_is_offered_to_be_described(page: AppTest, store: Store) -> None:
    drop(page, ("suivi.csv", DAYS))
    assert "in no format that Vigie knows" in page.info[0].value and not page.error
    assert "to be described" in told(page) and not offered(page, "load_")
    press(page, "describe_")
    assert [box.value for box in page.selectbox if (box.key or "").startswith("map_column_")] == [
        "day", "followers", "views", "others",
    ]  # fmt: skip
    assert "2026-01-05 · 2026-01-06" in told(page)
    assert store.mappings() == {}, "nothing is kept before it is loaded"


def test_a_described_table_is_previewed_and_loaded_as_any_other(page: AppTest, store: Store) -> None:
    describe(page)
    name_account(page, "Lumen")
    rows = next(d.value for d in page.dataframe if "followers" in d.value)
    assert list(rows["followers"]) == [10, 12] and list(rows["Score"]) == [7, 8]
    press(page, "load_")
    assert followers(store) == [
        ("facebook:Lumen", "2026-01-05", 10, 3, {"Score": 7.0}),
        ("facebook:Lumen", "2026-01-06", 12, 4, {"Score": 8.0}),
    ]
    assert list(store.mappings()) == ["Suivi facebook"]
    assert page.dataframe[0].value["format"].tolist() == ["Suivi facebook"]


def test_a_correction_shows_at_once_in_the_first_rows(page: AppTest) -> None:
    describe(page)
    name_account(page, "Lumen")
    choose(page, "selectbox", "column_2", "impressions")
    rows = next(d.value for d in page.dataframe if "followers" in d.value)
    assert list(rows["impressions"]) == [3, 4] and "views" not in rows
    choose(page, "selectbox", "column_3", "aside")
    assert "Score" not in next(d.value for d in page.dataframe if "followers" in d.value)


def test_two_columns_of_one_meaning_are_an_error_until_one_is_changed(page: AppTest) -> None:
    describe(page)
    name_account(page, "Lumen")
    choose(page, "selectbox", "column_3", "views")
    assert "“Vues” and “Score” are said to be the same thing" in page.error[0].value and not offered(page, "load_")
    choose(page, "selectbox", "column_3", "reach")
    assert not page.error and offered(page, "load_")


def test_the_next_file_with_the_same_headers_is_known_by_the_name(page: AppTest, store: Store) -> None:
    describe(page)
    choose(page, "text_input", "name", "Planning")
    name_account(page, "Lumen")
    press(page, "load_")
    drop(page, ("fevrier.csv", LATER))
    assert "Planning" in told(page) and not offered(page, "describe_")
    assert "Whose figures are these" in labels(page) and not offered(page, "load_"), "it may be another account"
    page.selectbox(key=key_of(page, "selectbox", "ask_account_")).select_index(0).run()
    press(page, "load_")
    assert [row[2] for row in followers(store)] == [10, 12, 20, 22]
    assert page.dataframe[0].value["format"].tolist() == ["Planning", "Planning"]
    assert store.mappings().keys() == {"Planning"}


def labels(at: AppTest) -> str:
    return " ".join(box.label for box in at.selectbox)


def test_an_account_that_is_remembered_is_not_asked_again(page: AppTest, store: Store) -> None:
    describe(page)
    name_account(page, "Lumen")
    choose(page, "checkbox", "always", True)
    press(page, "load_")
    drop(page, ("fevrier.csv", LATER))
    press(page, "load_")
    assert [row[:3] for row in followers(store)][2:] == [
        ("facebook:Lumen", "2026-02-05", 20), ("facebook:Lumen", "2026-02-06", 22),
    ]  # fmt: skip


def test_a_known_table_can_be_corrected(page: AppTest, store: Store) -> None:
    describe(page)
    name_account(page, "Lumen")
    choose(page, "checkbox", "always", True)
    press(page, "load_")
    drop(page, ("fevrier.csv", LATER))
    press(page, "correct_")
    choose(page, "selectbox", "column_2", "reach")
    assert "is described already. Loading this file replaces what was said." in told(page)
    press(page, "load_")
    assert [row[3] for row in followers(store)] == [3, 4, None, None]
    kept = read_mapping(store.mappings()["Suivi facebook"])
    assert Meant("Vues", "reach") in kept.columns


def test_another_kind_of_row_is_proposed_anew(page: AppTest, store: Store) -> None:
    describe(page, b"Jour,Visites,Vues\n2026-01-05,10,3\n2026-01-06,12,4\n", "journal.csv")
    choose(page, "radio", "says", "web")
    values = [box.value for box in page.selectbox if (box.key or "").startswith("map_column_")]
    assert values == ["day", "sessions", "views"]
    choose(page, "selectbox", "network", "matomo")
    name_account(page, "lumen.example")
    press(page, "load_")
    with store.read() as cursor:
        assert cursor.execute("select account, sessions from web order by first_day").fetchall() == [
            ("matomo:lumen.example", 10), ("matomo:lumen.example", 12),
        ]  # fmt: skip


def test_another_row_of_headers_is_proposed_anew(page: AppTest) -> None:
    describe(page, b"Day,Fans\nJour,Vues\n2026-01-05,3\n2026-01-06,4\n", "a.csv")
    choose(page, "number_input", "row", 2)
    assert [box.value for box in page.selectbox if (box.key or "").startswith("map_column_")] == ["day", "views"]
    choose(page, "number_input", "row", 20)
    assert "holds no table" in page.error[0].value


def test_another_network_asks_for_the_account_anew(page: AppTest) -> None:
    describe(page)
    name_account(page, "Lumen")
    choose(page, "selectbox", "network", "linkedin")
    assert not page.error and not offered(page, "load_")
    assert "The account on LinkedIn" in labels(page)


def test_what_was_left_out_and_contradicted_is_told_before_loading(page: AppTest) -> None:
    describe(page, DAYS + b"2026-01-06,13,4,8\nTotal,,7,15\n")
    name_account(page, "Lumen")
    assert [(row, column) for row, column, *_ in problems(page)] == [(3, ""), (4, ""), (5, "Jour")]


def test_a_list_of_people_is_refused_with_the_reason(page: AppTest) -> None:
    drop(page, ("people.csv", b"Contact,Since,Opens\nzoe@lumen.example,2026-01-05,3\nbo@lumen.example,2026-01-06,1\n"))
    assert not offered(page, "describe_") and "is a list of people" in told(page)


def test_a_table_with_neither_days_nor_posts_is_refused_with_the_reason(page: AppTest) -> None:
    drop(page, ("menu.csv", b"Dish,Price\nSoup,4\n"))
    assert not offered(page, "describe_") and "none holds days" in told(page)


def test_a_table_described_is_read_again_as_it_was(page: AppTest, store: Store) -> None:
    describe(page)
    choose(page, "selectbox", "column_2", "reach")
    name_account(page, "Lumen")
    press(page, "load_")
    before = followers(store)
    press(page, "forget_mapping_Suivi facebook")
    assert store.mappings() == {}
    press(page, "rebuild")
    assert followers(store) == before and before and not store.check()
    loaded = store.rebuild(lambda export: read_kept(export, "Europe/Paris"))
    assert [(one.statements, one.problems) for one in loaded] == [(2, 0)]


def test_a_file_that_fits_two_descriptions_can_be_read_like_one_of_them(page: AppTest, store: Store) -> None:
    describe(page)
    toml = page.session_state["tray_maison-lumen"].files.popitem()[1].answers.mapping
    for name in ("One", "Two"):
        store.keep_mapping(name, toml.replace("Suivi facebook", name))
    page.run()
    drop(page, ("fevrier.csv", LATER))
    assert "several tables that were described: One, Two" in page.info[0].value
    press(page, "describe_")
    choose(page, "selectbox", "like", "Two")
    assert page.text_input(key=key_of(page, "text_input", "map_name_")).value == "Two"


def test_what_headers_say_is_not_obeyed(page: AppTest) -> None:
    hostile = "![x](https://evil.example/x.png) <img src=x> {name} $a$"
    describe(page, f'Jour,Abonnés,"{hostile}"\n2026-01-05,3,4\n2026-01-06,3,4\n'.encode())
    assert not page.exception
    choose(page, "selectbox", "column_2", "followers")
    assert "![x]\\(" not in page.error[0].value and "!\\[x\\](https" in page.error[0].value
    assert "<img" not in "".join(str(getattr(html, "value", "")) for html in page.get("html"))
    choose(page, "text_input", "name", hostile)
    choose(page, "selectbox", "column_2", "others")
    name_account(page, "Lumen")
    press(page, "load_")
    assert not page.exception and page.dataframe[0].value["format"].tolist() == [hostile]
    assert not select(page).exception


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_form_opens_for_every_table_in_both_languages(store: Store, lang: str) -> None:
    at = sources(lang=lang)
    for path in sorted(TABLES.iterdir()):
        describe(at, path.read_bytes(), path.name)
        assert not at.exception and not at.error, path.name
        press(at, "aside_")


def test_posts_ask_when_they_were_exported_and_are_counted_since_publication(page: AppTest, store: Store) -> None:
    describe(page, (TABLES / "publications.csv").read_bytes(), "publications.csv")
    assert "running since publication" in told(page)
    name_account(page, "Lumen")
    exported(page, "last")
    press(page, "load_")
    with store.read() as cursor:
        rows = cursor.execute(
            "select day::varchar, kind, reactions, shares, counted_from from posts order by 1"
        ).fetchall()
    assert rows == [("2026-01-05", "photo", 55, 2, None), ("2026-01-14", "video", 20, None, None)]
