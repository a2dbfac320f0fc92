"""Audience: who came up, who left down, sudden losses with the posts before them, weeks within their limits."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from reader import address, lead, nodes, of_html, open_page, visible
from streamlit.testing.v1 import AppTest

from connectors.reading import examine
from connectors.typed import typed_in
from data.model import Account
from data.store import Store, open_brand


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo that a test may write to."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    return open_brand("demo")


def losses(at: AppTest) -> list[str]:
    """The table of sudden losses, text by text."""
    tables = [n.value for n in nodes(at) if n.type == "html" and "Loss, and what" in n.value]
    return [text for table in tables for text in of_html(table) if text.strip()]


def bars(at: AppTest, network: str) -> int:
    """How many bars stand in the chart of a network."""
    (chart,) = [n for n in nodes(at) if n.type == "plotly_chart" and n.proto.id.endswith(f"gained_{network}")]
    return len(json.loads(chart.proto.spec)["data"][0]["x"])


def test_the_bad_buzz_of_the_demo_is_a_loss_with_the_post_it_came_after(demo: None) -> None:
    at = open_page("audience", period="2026-W29")
    assert not at.exception
    told = losses(at)
    assert any(text.startswith("15 Jul 2026 · X") for text in told)
    assert any("entrée des expositions passe de 4 à 9" in text and "times the usual comments" in text for text in told)
    assert any(text.startswith("Net follows in the week of 13 Jul 2026: −") for text in told), "LinkedIn, net only"
    assert lead(at).startswith("Sudden loss: ")


def test_networks_that_do_not_say_who_left_are_named(demo: None) -> None:
    at = open_page("audience", "fr")
    said = next(text for text in visible(at) if "les départs ne sont pas donnés" in text)
    assert "Facebook" in said and "LinkedIn" in said and not said.startswith("X")


def test_bars_go_by_day_when_asked(demo: None) -> None:
    assert bars(open_page("audience"), "x") == 26
    at = open_page("audience", bars="day")
    assert bars(at, "x") == 42 and address(at)["bars"] == "day" and not at.exception


def test_without_a_number_of_followers_weeks_are_counted_in_people(demo: None) -> None:
    texts = visible(open_page("audience"))
    assert "**X · Unfollows**" in texts and "**X · Unfollow rate**" not in texts
    assert any("Usual in the week of 9 Nov 2026: " in text for text in texts)


def test_with_one_rates_are_told_for_each_thousand(store: Store) -> None:
    for n in range(20):
        day = date(2026, 11, 1) - timedelta(28 * n)
        name, content = typed_in(Account("x", "labruissiere"), day, 2000 - 20 * n, datetime(2026, 11, 16, 9))
        examined = examine(name, content)
        store.add_export(examined.export, examined.findings("Europe/Paris"))
    texts = visible(open_page("audience"))
    assert "**X · Unfollow rate**" in texts
    assert any("per 1,000 to " in text and "typed in by hand" in text for text in texts)
