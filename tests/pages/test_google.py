"""Google's services connected on the page Sources, with a property and a site on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest
from test_sources import sources

from connectors import ga4, search_console_api
from connectors.ga4.names import REPORT_NAMES
from connectors.ga4.reports import BY_NAME
from connectors.search_console_api.names import REPORT_NAMES as SEARCH_NAMES
from connectors.search_console_api.reports import REPORTS
from data.model import Account, Export
from data.store import create_brand
from loopback import search_console
from loopback.ga4 import Served, serve
from loopback.ga4_browsing import made_up
from loopback.search_console_site import PACIFIC, searched

NUMBER = "123456789"
SITE = "sc-domain:labruissiere.example"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    with serve(made_up(today, days=30, a_day=8), now=datetime.now(ZoneInfo("UTC"))) as server:
        monkeypatch.setenv("VIGIE_GA4_ENDPOINT", server.address)
        yield server


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Iterator[search_console.Served]:
    now = datetime.now(PACIFIC)
    with search_console.serve(searched(now.date(), days=30), now=now, to_anyone=True) as server:
        monkeypatch.setenv("VIGIE_SEARCH_CONSOLE_ENDPOINT", server.address)
        yield server


def test_a_property_is_connected_on_the_page_sources(served: Served) -> None:
    store, page = create_brand("Maison Lumen"), sources()
    page.default_timeout = 120
    page.text_input(key="google_name").set_value("G-7F1AE12JLR")
    page.button(key="google_test").click().run()
    assert "Measurement ID" in page.error[0].value
    page.text_input(key="google_name").set_value(NUMBER)
    page.button(key="google_test").click().run()
    assert "Europe/Paris" in page.success[0].value and not store.exports()
    page.date_input(key="google_since").set_value(served.now.date() - timedelta(days=3))
    page.button(key="google_fetch").click().run()
    assert not page.exception and not page.error
    assert "New answers of Google Analytics" in page.success[0].value
    assert {info.connector for info in store.exports()} == {ga4.KEY}
    answers = page.dataframe[0].value
    assert (len(answers), answers["answers"][0]) == (1, len(store.exports()))
    first, last = (served.now.date() - timedelta(days=n) for n in (24, 18))
    page.query_params["period"] = f"{first}..{last}"
    page.switch_page("pages/traffic.py").run().switch_page("pages/sources.py").run()
    asked_for = [page.date_input(key=key).value for key in ("people_first", "people_last")]
    assert asked_for == [first, last], "the dates that were looked at"
    for asked in (1, 1):  # the second time is the same day, so nothing is asked again
        page.button(key="people_ask").click().run()
        assert not page.exception and not page.error and "are known" in page.success[0].value
        with store.read() as cursor:
            sql = "select users, total_users, new_users, sessions from web where slice = 'site' and first_day = ?"
            (told,) = cursor.execute(f"{sql} and last_day = ?", [first, last]).fetchall()
        mine = [info for info in store.exports() if (info.first_day, info.last_day) == (first, last)]
        assert len(mine) == asked and all(told) and told[0] <= told[1]
    page.checkbox(key="google_sure").check().run()
    page.button(key="google_forget").click().run()
    assert not page.exception and store.exports() == []


def test_a_second_property_is_connected_and_may_go_on_with_the_figures_of_files(served: Served) -> None:
    store = create_brand("Maison Lumen")
    since = served.now.date() - timedelta(days=1)

    def fetched(page: AppTest, number: str) -> None:
        served.site.number = number
        page.text_input(key="google_name").set_value(number)
        page.date_input(key="google_since").set_value(since)
        page.button(key="google_fetch").click().run()
        assert not page.exception and not page.error, page.error[0].value
        assert "New answers of Google Analytics" in page.success[0].value

    page = sources()
    page.default_timeout = 120
    fetched(page, NUMBER)
    fetched(page, "222222222")
    content = b"date,users"
    files = Export(sha256(content).hexdigest(), "shop.csv", content, "ga4_report", accounts=(Account("ga4", "shop"),))
    store.add_export(files, ())
    page.run()
    continued = next(box for box in page.selectbox if box.label == "These figures continue those of")
    (shop,) = continued.options[1:]
    continued.set_value(shop)
    fetched(page, "333333333")
    with store.read() as cursor:
        accounts = cursor.execute("select distinct account from web order by 1").fetchall()
    assert accounts == [(f"ga4:{NUMBER}",), ("ga4:222222222",), ("ga4:shop",)]


def test_a_site_of_search_console_is_connected_on_the_page_sources(searches: search_console.Served) -> None:
    store, page = create_brand("Maison Lumen"), sources()
    page.default_timeout = 120
    page.text_input(key="search_name").set_value("labruissiere.example")
    page.button(key="search_test").click().run()
    assert "is no property of Search Console" in page.error[0].value
    page.button(key="search_list").click().run()
    pills = page.button_group(key="search_sites")
    assert pills.options == [SITE]
    pills.set_value(SITE).run()
    assert page.text_input(key="search_name").value == SITE
    page.button(key="search_test").click().run()
    assert "The permission of the key: Restricted" in page.success[0].value and not store.exports()
    told = next(c.value for c in page.caption if c.value.startswith("Google has its days"))
    day = searches.now.date() - timedelta(days=1)  # the last that Google knows
    asked = {"startDate": day - timedelta(27), "endDate": day, "type": "web", "dataState": "all", "dimensions": [],
             "aggregationType": "auto", "dimensionFilterGroups": [], "rowLimit": 1, "startRow": 0}  # fmt: skip
    (whole,) = searches.site.rows(asked, searches.now, 0)
    assert f"Clicks {whole['clicks']:,}, impressions {whole['impressions']:,} of" in told
    page.date_input(key="search_since").set_value(day - timedelta(days=4))
    page.button(key="search_fetch").click().run()
    assert not page.exception and not page.error
    assert "New answers of Search Console: 1." in page.success[0].value
    assert {info.connector for info in store.exports()} == {search_console_api.KEY}
    answers = page.dataframe[0].value
    assert (answers["account"].to_list(), answers["answers"][0]) == (["Search Console · labruissiere.example"], 1)
    assert str(answers["last"][0])[:10] == day.isoformat()
    page.button(key="search_fetch").click().run()
    assert not page.error and "New answers of Search Console: 0." in page.success[0].value
    page.checkbox(key="search_sure").check().run()
    page.button(key="search_forget").click().run()
    assert not page.exception and store.exports() == []


def test_a_key_without_the_right_is_told_what_to_do(searches: search_console.Served) -> None:
    create_brand("Maison Lumen")
    page = sources()
    page.text_input(key="search_name").set_value("https://example.org")
    page.button(key="search_fetch").click().run()
    assert "may not look at https://example.org/" in page.error[0].value and not page.exception


def test_a_second_site_is_connected_and_may_go_on_with_the_figures_of_files(searches: search_console.Served) -> None:
    store, page = create_brand("Maison Lumen"), sources()
    page.default_timeout = 120

    def fetched(site: str) -> None:
        searches.site.name = site
        page.text_input(key="search_name").set_value(site)
        page.date_input(key="search_since").set_value(searches.now.date() - timedelta(days=3))
        page.button(key="search_fetch").click().run()
        assert not page.exception and not page.error, page.error[0].value

    fetched(SITE)
    content = b"date,clicks"
    shop = Account("search_console", "shop.example")
    store.add_export(Export(sha256(content).hexdigest(), "s.csv", content, "search_console", accounts=(shop,)), ())
    page.run()
    continued = next(box for box in page.selectbox if box.label == "These figures continue those of")
    (choice,) = continued.options[1:]
    continued.set_value(choice)
    fetched("https://shop.example/")
    with store.read() as cursor:
        accounts = cursor.execute("select distinct account from search order by 1").fetchall()
    assert accounts == [("search_console:labruissiere.example",), (shop.key,)]


def test_what_a_site_cannot_answer_is_named_as_people_name_it(searches: search_console.Served) -> None:
    create_brand("Maison Lumen")
    page = sources()
    page.default_timeout = 120
    searches.fail(
        search_console.Fault(
            400, "invalidParameter", "No Discover here.", times=search_console.ALWAYS,
            only=lambda asked: asked.get("type") == "discover",
        )
    )  # fmt: skip
    page.text_input(key="search_name").set_value(SITE)
    page.date_input(key="search_since").set_value(searches.now.date() - timedelta(days=4))
    page.button(key="search_fetch").click().run()
    assert "This property cannot answer: Discover and Pages in Discover." in page.success[0].value


def test_what_was_typed_for_a_brand_is_not_offered_to_another() -> None:
    slugs = [create_brand(name).folder.name for name in ("Maison Lumen", "Radio Rade")]
    page = sources()
    page.selectbox(key="brand").set_value(slugs[0]).run()
    for name, wrong in (("search", "labruissiere.example"), ("google", "G-7F1AE12JLR")):
        page.text_input(key=f"{name}_name").set_value(wrong)
        page.button(key=f"{name}_test").click().run()
        assert page.error and page.text_input(key=f"{name}_name").value == wrong
    page.selectbox(key="brand").set_value(slugs[1]).run()
    assert [page.text_input(key=f"{name}_name").value for name in ("search", "google")] == ["", ""]


def test_every_report_has_a_name_for_people() -> None:
    assert REPORT_NAMES.keys() == BY_NAME.keys()
    assert SEARCH_NAMES.keys() == {report.name for report in REPORTS}
