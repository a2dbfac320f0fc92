"""Google Analytics connected on the page Sources, with a property on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from test_sources import sources

from connectors import ga4
from data.store import create_brand
from loopback.ga4 import Served, serve
from loopback.ga4_browsing import made_up

NUMBER = "123456789"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    with serve(made_up(today, days=30, a_day=8), now=datetime.now(ZoneInfo("UTC"))) as server:
        monkeypatch.setenv("VIGIE_GA4_ENDPOINT", server.address)
        yield server


def test_a_property_is_connected_on_the_page_sources(served: Served) -> None:
    store, page = create_brand("Maison Lumen"), sources()
    page.default_timeout = 120
    page.text_input(key="google_number").set_value("G-7F1AE12JLR")
    next(b for b in page.button if b.label == "Test the connection").click().run()
    assert "Measurement ID" in page.error[0].value
    page.text_input(key="google_number").set_value(NUMBER)
    next(b for b in page.button if b.label == "Test the connection").click().run()
    assert "Europe/Paris" in page.success[0].value and not store.exports()
    page.date_input(key="google_since").set_value(served.now.date() - timedelta(days=3))
    next(b for b in page.button if b.label == "Fetch what is missing").click().run()
    assert not page.exception and not page.error
    assert "New answers of Google Analytics" in page.success[0].value
    assert {info.connector for info in store.exports()} == {ga4.KEY}
    answers = page.dataframe[0].value
    assert (len(answers), answers["answers"][0]) == (1, len(store.exports()))
    page.checkbox(key="google_sure").check().run()
    page.button(key="google_forget").click().run()
    assert not page.exception and store.exports() == []
