"""A number of followers that is typed in, and totals that are compared, as their reader meets them."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from test_sources import AUGUST, drop, name_account, press, select, sources, told

from data.store import Store, create_brand

VIDEOS = """\
Content,Video title,Video publish time,Views,Watch time (hours),Likes
Total,,,70,1.5,9
a1-_bcdefgh,Lamps,"May 31, 2025",40,0.75,5
b1-_bcdefgh,More lamps,"Jun 1, 2025",20,0.5,4
"""


@pytest.fixture
def store() -> Store:
    return create_brand("Maison Lumen")


@pytest.fixture
def page(store: Store) -> AppTest:
    return sources()


def load_days(page: AppTest) -> None:
    drop(page, ("x_2026-08-20.csv", AUGUST))
    name_account(page, "Maison_Lumen")
    press(page, "load_")


def followers(store: Store) -> list[tuple[object, ...]]:
    with store.read() as cursor:
        query = "select account, day::varchar, followers, impressions from account_days order by all"
        return cursor.execute(query).fetchall()


def test_without_an_account_there_is_nothing_to_type(page: AppTest) -> None:
    assert not page.number_input


def test_a_number_of_followers_is_kept_beside_what_files_state_and_taken_back(page: AppTest, store: Store) -> None:
    load_days(page)
    page.date_input[0].set_value(date(2026, 8, 18))
    page.number_input[0].set_value(1250)
    next(b for b in page.button if b.label == "Note it").click().run()
    assert not page.exception
    assert "Noted: 1,250 followers of Maison_Lumen on 18 Aug 2026." in page.success[0].value
    assert followers(store) == [
        ("x:maison_lumen", "2026-08-18", 1250, 410),
        ("x:maison_lumen", "2026-08-19", None, 2050),
    ]
    assert page.dataframe[0].value["format"].tolist()[0] == "Followers typed in by hand"
    select(page, 0)
    press(page, "forget")
    press(page, "forget_sure")
    assert [row[2] for row in followers(store)] == [None, None]


def test_an_empty_number_is_no_number(page: AppTest, store: Store) -> None:
    load_days(page)
    next(b for b in page.button if b.label == "Note it").click().run()
    assert len(store.exports()) == 1


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Views: the file declares 70; its rows come to 60, so 10 stand in no row."),
        (
            "fr",
            "Views\u00a0: le fichier annonce 70\u202f; ses lignes donnent 60, donc 10 ne figurent dans aucune ligne.",
        ),
    ],
)
def test_totals_are_compared_before_and_after_loading(store: Store, lang: str, expected: str) -> None:
    page = sources(lang=lang)
    drop(page, ("Content 2025-06-01_2025-06-05 Maison Lumen.csv", VIDEOS.encode()))
    name_account(page, "Maison Lumen")
    if page.radio:
        page.radio[0].set_value("today").run()
    if page.date_input:
        page.date_input[0].set_value(date(2025, 6, 1)).run()
    assert expected in told(page)
    press(page, "load_")
    assert expected in told(select(page, 0))
