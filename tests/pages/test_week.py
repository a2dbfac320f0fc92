"""This week: the verdict, then the objectives, then what stands out, and the rest in grey."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from reader import lead, nodes, open_page, visible
from streamlit.testing.v1 import AppTest

from data.model import PeakCause, Stated
from data.store import Store, open_brand

PRESS = date(2026, 11, 11)  # the demo: a newspaper writes about the house
VALUE = "1,009"


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo that a test may write to."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    return open_brand("demo")


def order(at: AppTest) -> list[str]:
    """The kinds of what stands on the page, from the top."""
    kinds = {"v-headline": "verdict", "<th>Objective": "objectives", "Peak, and its cause": "signals"}
    found = []
    for node in nodes(at):
        if node.type == "html" and "<style" not in node.value:
            found += [kind for mark, kind in kinds.items() if mark in node.value]
            if "v-card" in node.value:
                found.append("grey card" if "v-quiet" in node.value else "card")
    return found


def comes_back(at: AppTest) -> bool:
    """Whether peaks of the period before are shown again."""
    return any("Still not explained, from the period before" in text for text in visible(at))


def test_the_verdict_leads_then_objectives_then_signals_and_the_rest_is_grey(demo: None) -> None:
    at = open_page("week")
    assert order(at) == ["verdict", "objectives", "signals", *["grey card"] * 7]
    assert lead(at).startswith(f"Visits (Google Analytics): a peak on 11 Nov 2026, {VALUE} for ")
    assert lead(at).endswith(", not explained; 2 other signals; all objectives on track (5).")


def test_a_quiet_week_says_so_and_shows_no_signals(demo: None) -> None:
    at = open_page("week", period="2026-W43")
    assert lead(at).startswith("Nothing unusual this week (series watched: 19); ")
    assert order(at) == ["verdict", "objectives", *["grey card"] * 7]


def test_a_figure_beyond_its_limits_is_no_grey_card(demo: None) -> None:
    at = open_page("week", "fr", period="2026-W30")
    assert order(at).count("card") == 1 and order(at).count("grey card") == 6
    assert lead(at).startswith("Taux d’engagement sur couverture\u00a0: 6,7")


def test_what_people_say_of_a_peak_stands_in_the_verdict_and_what_nobody_explains_comes_back(store: Store) -> None:
    assert comes_back(open_page("week", period="2026-W47"))
    for series in ("sessions", "page_views"):
        store.state_cause(PeakCause(f"{series}@ga4:la-bruissiere", PRESS, Stated.WRITTEN, "An <b>article</b>.", 1, 1))
    assert ", put down to “An <b>article</b>”; 2 other signals; " in lead(open_page("week"))
    assert not comes_back(open_page("week", period="2026-W47"))
