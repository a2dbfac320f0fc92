"""What the reader has chosen lives in the address: it is honoured, it is written, and nothing in it does harm."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from made_up import DAYS_FILE, POSTS_FILE, Post, load, x_days, x_posts
from reader import ABOUT_A_PERIOD, ROOT, TITLES, address, cards, open_page

from data.model import Answers
from data.store import create_brand

HOSTILE = (
    "", "<script>alert(1)</script>", "2026-W99", "2026-W46-W1", "-W", "2026-13", "2026-00", "..", "2026-11-01..",
    "2026-11-30..2026-11-01", "2026-01-01..2026-01-02..2026-01-03", "0001-W01", "0001-01", "9999-12", "9999-W52",
    "0001-01-01..9999-12-31", "1000-01-01..1000-01-07", "' or 1=1 --", "../../etc/passwd", "٢٠٢٦", "9" * 5000,
)  # fmt: skip


@pytest.fixture
def two_brands(demo_brands: Path, tmp_path: Path) -> None:
    """The demo, and a brand that is on two of its networks only."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    store = create_brand("Maison Lumen")
    load(store, POSTS_FILE, x_posts([Post("Bonjour"), Post("Bonsoir")]))
    page = ROOT / "tests" / "exports" / "linkedin_content" / "maison-lumen_content_1769500000000.xlsx"
    load(store, page.name, page.read_bytes())


@pytest.mark.parametrize("page", ABOUT_A_PERIOD)
@pytest.mark.parametrize(
    ("period", "grain"), [("2026-W40", "week"), ("2026-10", "month"), ("2026-09-02..2026-10-20", "dates")]
)
def test_the_period_of_the_address_is_shown(demo: None, page: str, period: str, grain: str) -> None:
    at = open_page(page, period=period)
    assert at.button_group(key="grain").value == grain
    assert address(at) == {"period": period}
    if grain == "dates":
        assert at.date_input(key="period_dates").value == (date(2026, 9, 2), date(2026, 10, 20))
    else:
        assert at.selectbox(key=f"period_{grain}").value == period
    assert cards(at) != cards(open_page(page))


@pytest.mark.parametrize("period", ["2026-11-11..2026-11-17", "2019-W10", "2026-W47", "2014-02"])
def test_a_period_that_no_list_offers_is_shown_all_the_same(demo: None, period: str) -> None:
    at = open_page("week", period=period)
    assert address(at) == {"period": period} and not at.exception


def test_the_networks_of_the_address_are_shown(demo: None) -> None:
    at = open_page("posts", networks="x,linkedin,x")
    assert at.button_group(key="networks").value == ["linkedin", "x"]
    assert address(at) == {"networks": "linkedin,x"}
    assert set(at.dataframe[0].value["network"]) == {"X", "LinkedIn"}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("page", ["posts", "sources"])
def test_what_no_page_offers_is_ignored(demo: None, page: str, hostile: str) -> None:
    choices = dict.fromkeys(("period", "networks", "kind", "by", "brand"), hostile)
    at = open_page(page, **choices)
    assert not at.exception and not at.error
    assert [title.value for title in at.title] == [TITLES[page]]
    if page == "posts":
        assert cards(at) == cards(open_page(page))
        assert address(at) == {}


@pytest.mark.parametrize("lang", ["<script>", "xx", "de", "EN", "fr,en", ""])
def test_a_language_that_is_not_spoken_gives_the_one_of_the_browser(demo: None, lang: str) -> None:
    at = open_page("week", lang)
    assert not at.exception and at.button_group(key="lang").value == "en"


def test_a_foreign_network_beside_a_known_one_is_left_out(demo: None) -> None:
    at = open_page("week", networks="<b>,facebook,ga4,tiktok,,facebook")
    assert at.button_group(key="networks").value == ["facebook"]
    assert address(at) == {"networks": "facebook"}


def test_a_choice_is_written_into_the_address(demo: None) -> None:
    at = open_page("posts")
    assert address(at) == {}
    at.selectbox(key="period_week").set_value("2026-W40").run()
    assert address(at) == {"period": "2026-W40"}
    at.button_group(key="networks").set_value(["x"]).run()
    assert address(at) == {"period": "2026-W40", "networks": "x"}
    at.selectbox(key="by").set_value("impressions").run()
    assert at.dataframe[0].value["impressions"].is_monotonic_decreasing
    at.selectbox(key="kind").set_value("post").run()
    whole = {"period": "2026-W40", "networks": "x", "by": "impressions", "kind": "post"}
    assert address(at) == whole
    again = open_page("posts", **address(at))
    assert cards(again) == cards(at) and address(again) == whole


@pytest.mark.parametrize("page", ["traffic", "searches", "conversions"])
def test_networks_are_no_choice_on_pages_of_the_site_and_stay_chosen_elsewhere(demo: None, page: str) -> None:
    at = open_page("posts", networks="x")
    at.switch_page(f"pages/{page}.py").run()
    assert "networks" not in [each.key for each in at.button_group]
    assert cards(at) == cards(open_page(page))
    at.switch_page("pages/posts.py").run()
    assert at.button_group(key="networks").value == ["x"] and address(at) == {"networks": "x"}


def test_a_choice_taken_back_leaves_the_address(demo: None) -> None:
    at = open_page("posts", period="2026-W40", networks="x", by="views")
    at.selectbox(key="period_week").set_value("2026-W46").run()
    at.selectbox(key="by").set_value("interactions").run()
    at.button_group(key="networks").set_value([]).run()
    assert address(at) == {} and cards(at) == cards(open_page("posts"))


def test_months_and_dates_are_written_too(demo: None) -> None:
    at = open_page("week")
    at.button_group(key="grain").set_value("month").run()
    assert address(at) == {"period": "2026-10"}
    at.button_group(key="grain").set_value("dates").run()
    picker = at.date_input(key="period_dates")
    picker.set_value((date(2026, 9, 2),)).run()  # the second day is still to be chosen
    assert not at.exception
    at.date_input(key="period_dates").set_value((date(2026, 9, 2), date(2026, 9, 20))).run()
    assert address(at) == {"period": "2026-09-02..2026-09-20"}


def test_another_language_keeps_every_choice(demo: None) -> None:
    at = open_page("posts", period="2026-W40", networks="x", by="impressions")
    kept = address(at)
    at.button_group(key="lang").set_value("fr").run()
    assert at.query_params["lang"] in ("fr", ["fr"]) and address(at) == kept
    again = open_page("posts", "fr", **kept)
    assert list(cards(again).values()) == list(cards(at).values())


def test_another_brand_shows_its_own_figures_and_nothing_of_the_first(two_brands: None) -> None:
    at = open_page("week", brand="demo", networks="x,youtube", period="2026-W33")
    at.selectbox(key="brand").set_value("maison-lumen").run()
    assert not at.exception and "brand" not in address(at)  # one's own brand is the default
    for page in ABOUT_A_PERIOD:
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception
        assert cards(at) == cards(open_page(page, **address(at)))
    at.selectbox(key="brand").set_value("demo").run()
    assert not at.exception and address(at)["brand"] == "demo"


def test_networks_that_another_brand_lacks_are_forgotten(two_brands: None) -> None:
    at = open_page("week", brand="demo", networks="youtube")
    at.selectbox(key="brand").set_value("maison-lumen").run()
    assert not at.exception and at.button_group(key="networks").value == ["linkedin", "x"]


def test_the_week_of_a_brand_that_begins_on_sunday_comes_back_from_its_address() -> None:
    store = create_brand("Sunday", week_start=7)
    august = {date(2026, 8, 1) + timedelta(days=i): i for i in range(31)}
    load(store, DAYS_FILE, x_days(august), Answers("x:maison_lumen"))
    at = open_page("week", period="2026-08-09..2026-08-15")
    assert at.button_group(key="grain").value == "week"
    assert address(at) == {"period": "2026-08-09..2026-08-15"}
    at = open_page("week", period="2026-W32")  # a week of others
    assert at.button_group(key="grain").value == "dates"
    assert at.date_input(key="period_dates").value == (date(2026, 8, 3), date(2026, 8, 9))
