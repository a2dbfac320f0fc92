"""What people note stands on every chart of its days, and is changed and taken back where it is seen."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from reader import look_behind, nodes, open_page
from streamlit.testing.v1 import AppTest

from data.model import Annotation, Noted, Window
from data.store import Store, open_brand

DAY = date(2026, 11, 11)
TEXT = "An <b>article</b>, [here](http://x.example)"


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo that a test may write to."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    return open_brand("demo")


def alts(at: AppTest) -> list[str]:
    return [node.proto.alt for node in nodes(at) if node.type == "plotly_chart"]


def of_autumn(store: Store) -> list[Annotation]:
    """What a test has noted: the notes of the demo end before."""
    return [one for one in store.annotations() if one.window.first >= date(2026, 10, 1)]


def submit(at: AppTest, key: str) -> AppTest:
    (button,) = [one for one in at.button if (one.key or "").startswith(f"FormSubmitter:annotation_{key}")]
    return button.click().run()


@pytest.mark.parametrize(
    ("page", "charts"),
    [("week", 1), ("traffic", 1), ("searches", 1), ("conversions", 1), ("audience", 9), ("peaks", 1)],
)
def test_it_stands_on_every_chart_of_its_days(store: Store, page: str, charts: int) -> None:
    store.annotate(Noted(DAY, DAY, "press", TEXT))
    at = open_page(page)
    assert not at.exception
    told = [alt for alt in alts(at) if f"Noted: {TEXT} (11 Nov 2026)." in alt]
    of_days = [alt for alt in alts(at) if not alt.startswith("Visits by hour")]
    assert len(told) == charts == len(of_days)


def test_the_words_of_a_mark_are_shown_as_they_are(store: Store) -> None:
    store.annotate(Noted(DAY, DAY, "press", TEXT))
    store.annotate(Noted(date(2026, 11, 2), date(2026, 11, 8), "event", "Near"))
    (chart,) = [node for node in nodes(open_page("traffic")) if node.type == "plotly_chart"]
    layout = json.loads(chart.proto.spec)["layout"]
    marks = [one for one in layout["annotations"] if one.get("hovertext")]
    assert [one["text"] for one in marks] == ["▾", "▾"], "there is room for the words of one only"
    assert "&lt;b>article" in marks[1]["hovertext"] and marks[0]["hovertext"].startswith("2–8 Nov 2026<br>")
    spans = [(one["x0"], one["x1"]) for one in layout["shapes"] if one["type"] == "rect"]
    assert spans == [("2026-11-02", "2026-11-08"), ("2026-11-11", "2026-11-11")]


def test_on_bars_of_weeks_it_stands_at_its_week(store: Store) -> None:
    store.annotate(Noted(DAY, DAY, "press", "Article"))
    chart = next(node for node in nodes(open_page("audience")) if node.type == "plotly_chart")
    *_, shape = [one for one in json.loads(chart.proto.spec)["layout"]["shapes"] if one["type"] == "rect"]
    assert (shape["x0"], shape["x1"]) == ("2026-11-09", "2026-11-09")


def test_days_that_are_not_shown_leave_no_mark(store: Store) -> None:
    store.annotate(Noted(date(2025, 3, 1), date(2025, 3, 2), "press", "Article"))
    assert not any("Article" in alt for alt in alts(open_page("traffic")))


def test_it_is_noted_changed_and_taken_back_on_the_page(store: Store) -> None:
    at = open_page("traffic")
    at.date_input(key="note_first").set_value(DAY)
    at.selectbox(key="note_category").set_value("press")
    at.text_input(key="note_text").set_value("Article")
    at = submit(at, "note")
    (note,) = of_autumn(store)
    assert (note.window, note.category, note.text) == (Window(DAY, DAY), "press", "Article")
    at = look_behind(at, f"change_{note.id}")
    at.date_input(key=f"{note.id}_last").set_value(date(2026, 11, 13))
    at.text_input(key=f"{note.id}_text").set_value("Two articles")
    at = submit(at, note.id)
    (note,) = of_autumn(store)
    assert (note.window, note.category, note.text) == (Window(DAY, date(2026, 11, 13)), "press", "Two articles")
    at.button(key=f"forget_{note.id}").click().run()
    assert of_autumn(store) == []


def test_an_end_before_the_beginning_is_refused_in_words(store: Store) -> None:
    at = open_page("traffic")
    at.date_input(key="note_first").set_value(DAY)
    at.date_input(key="note_last").set_value(date(2026, 11, 1))
    at.text_input(key="note_text").set_value("Article")
    at = submit(at, "note")
    assert [one.value for one in at.error] == ["An annotation ends before it begins: 11 Nov 2026, 1 Nov 2026."]
    assert of_autumn(store) == []
    assert at.text_input(key="note_text").value == "Article", "what is refused can be mended"
    at.date_input(key="note_first").set_value(None)
    at = submit(at, "note")
    assert [one.value for one in at.error] == ["Say on which day it began."]
    at.date_input(key="note_first").set_value(date(2026, 11, 1))
    at = submit(at, "note")
    assert [one.text for one in of_autumn(store)] == ["Article"]
    assert at.text_input(key="note_1_text").value == "", "the next note is another"
