"""The page Objectives, as its reader meets it: verdicts, figures, doubts, and stating, changing, giving up."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from reader import lead, look_behind, nodes, of_html, open_page, visible
from streamlit.testing.v1 import AppTest

from data import demo as the_demo
from data.objectives import Aim, Objective, Period, in_force
from data.store import Store, open_brand
from i18n import LANGUAGES


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo, to be changed."""
    shutil.copytree(demo_brands / the_demo.SLUG, tmp_path / the_demo.SLUG)
    return open_brand(the_demo.SLUG)


@pytest.fixture
def bare(store: Store) -> Store:
    """The demo without an objective."""
    for one in store.objectives():
        store.forget_objective(one.aim)
    return store


def told(at: AppTest) -> list[str]:
    """Every objective on the page: its line, verdict and sentences."""
    return [
        " ".join(filter(str.strip, of_html(n.value)))
        for n in nodes(at)
        if n.type == "html" and "v-aim" in n.value and "<style" not in n.value
    ]


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_objective_is_told_in_words_with_its_bar(demo: None, lang: str) -> None:
    at = open_page("objectives", lang)
    cards = told(at)
    assert len(cards) == 6 and not at.exception
    signs = [next(sign for sign in "✓✗▲◆▼○" if sign in card) for card in cards]
    assert len(set(signs)) >= 3, "the invented house has objectives that stand differently"
    charts = at.get("plotly_chart")
    assert len(charts) == 6 and all(chart.proto.alt for chart in charts)
    assert lead(at).startswith("Objectives: 6" if lang == "en" else "Objectifs\u00a0: 6")


def test_the_bar_shows_what_the_words_say(bare: Store) -> None:
    bare.state_objectives([(Objective(Aim("sessions"), date(2026, 11, 1), 18500), date(2026, 11, 1))])
    at = open_page("objectives")
    (card,) = told(at)
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert "Visits · at least 18,500 · each month" in card
    assert "would be even by then" in card and "four times in five" in card and "It takes" in card
    reached = spec["data"][-1]["x"][0]
    assert f"November 2026: {reached:,.0f} until" in card
    low, span = spec["data"][1]["base"][0], spec["data"][1]["x"][0]
    assert f"{low:,.0f} to {low + span:,.0f}, four times in five" in card
    assert any(shape["x0"] == shape["x1"] == 18500 for shape in spec["layout"]["shapes"])
    assert "18,500" in [note["text"] for note in spec["layout"]["annotations"]]
    table = next(n.value for n in nodes(at) if n.type == "html" and "v-list" in n.value)
    assert "October 2026" in table and "✗" not in table, "nothing was aimed at before"


def test_what_was_aimed_at_then_stands_beside_what_it_came_to(demo: None) -> None:
    at = open_page("objectives")
    table = next(n.value for n in nodes(at) if n.type == "html" and "v-list" in n.value)
    texts = " ".join(of_html(table))
    assert "≥ 17,000" in texts and "≥ 18,500" not in texts


def test_an_objective_is_stated_changed_given_up_and_forgotten(bare: Store) -> None:
    at = open_page("objectives")
    assert lead(at) == "Nothing is aimed at yet."
    at.selectbox(key="aim_metric").set_value("follows")
    at.multiselect(key="aim_scope").set_value(["x"])
    at.text_input(key="aim_at_least").set_value("1 200")
    at.text_input(key="aim_owner").set_value("Ada")
    press(at, "State it")
    assert [s.value for s in at.success] == ["Stated."]
    (one,) = bare.objectives()
    assert (one.aim, one.low, one.high, one.owner) == (Aim("follows", ("x",)), 1200, None, "Ada")
    assert "Follows · at least 1,200 · X · each month · Ada" in told(at)[0]

    look_behind(at, "objective_0_more")
    assert at.text_input(key="objective_0_at_least").value == "1200"
    at.text_input(key="objective_0_at_least").set_value("900")
    press(at, "Change it")
    assert [s.value for s in at.success] == ["Stated."]
    assert "at least 900" in told(at)[0]

    look_behind(at, "objective_0_more")
    press(at, "Give it up from now on")
    assert not told(at) and [s.value for s in at.success] == ["Given up. The periods before stay as they were."]
    assert len(bare.objectives()) == 3

    bare.state_objectives([(Objective(Aim("sessions"), date(2026, 11, 1), 5), date(2026, 11, 1))])
    at = look_behind(open_page("objectives"), "objective_0_more")
    press(at, "It was a mistake: forget it with its past")
    assert [one.aim for one in bare.objectives()] == [Aim("follows", ("x",))] * 3


def test_a_campaign_has_two_dates(bare: Store) -> None:
    at = open_page("objectives")
    at.selectbox(key="aim_period").set_value("dates")
    at.date_input(key="aim_dates").set_value((date(2026, 11, 1), date(2026, 11, 20)))
    at.text_input(key="aim_at_least").set_value("9000")
    press(at, "State it")
    assert not at.error
    (one,) = bare.objectives()
    assert one.aim.period is Period.DATES and one.aim.dates and one.aim.dates.days == 20
    assert "1–20 Nov 2026" in told(at)[0]


@pytest.mark.parametrize(
    ("low", "words"),
    [
        ("", "At least: empty, expected a number"),
        ("many", "At least: found “many”, expected a number such as 3000 or 2.5"),
        ("3,000", "expected a number without a mark between thousands"),
        ("0", "A target is a number above zero."),
    ],
)
def test_what_is_no_target_is_said_and_not_stated(bare: Store, low: str, words: str) -> None:
    at = open_page("objectives")
    at.text_input(key="aim_at_least").set_value(low)
    press(at, "State it")
    assert len(at.error) == 1 and words in at.error[0].value.replace("\\", "")
    assert not bare.objectives()


def test_a_doubt_stands_under_the_objective_it_is_about(bare: Store) -> None:
    bare.state_objectives([(Objective(Aim("sessions"), date(2026, 11, 1), 90000), date(2026, 11, 1))])
    at = open_page("objectives")
    assert any("it never came to more than" in text and "90,000" in text for text in visible(at))


def test_objectives_come_from_a_file_or_not_at_all(bare: Store) -> None:
    at = open_page("objectives")
    at.file_uploader[0].upload("aims.csv", b"metric,period,at_least\nsessions,month,18000\nlikes,month,3\n").run()
    assert "aims.csv, line 3, metric" in at.error[0].value and not bare.objectives()
    at = open_page("objectives", "fr")
    at.file_uploader[0].upload("cibles.csv", "Indicateur;Période;Au moins\nVisites;mois;18 000\n".encode()).run()
    assert not at.exception and len(at.success) == 1
    found = in_force(bare.objectives(), Aim("sessions"), date(2199, 1, 1))
    assert found and found.low == 18000


def test_a_name_that_looks_like_a_tag_stays_letters(bare: Store) -> None:
    bare.state_objectives(
        [(Objective(Aim("sessions"), date(2026, 11, 1), 5, owner="<img src=x onerror=alert(1)>"), date(2026, 11, 1))]
    )
    at = open_page("objectives")
    assert "<img" in told(at)[0] and not [n for n in nodes(at) if n.type == "html" and "<img src=x" in n.value]


def test_this_week_says_how_each_stands_in_a_line(demo: None) -> None:
    at = open_page("week")
    table = next(n.value for n in nodes(at) if n.type == "html" and "v-list" in n.value)
    texts = of_html(table)
    assert sum(any(sign in text for sign in "✓✗▲◆▼○") for text in texts) == 5, "the campaign is over"
    assert "November 2026" in texts and "9–15 Nov 2026" in texts and "at least 18,500" in texts
    assert open_page("week", period="2025-W03").exception == []


def test_without_an_objective_this_week_says_nothing_of_them(bare: Store) -> None:
    assert "Target" not in visible(open_page("week"))


def test_what_is_to_be_looked_at_is_named_with_its_period(demo: None) -> None:
    assert "To look at: Visits (5–25 Oct 2026)." in lead(open_page("objectives"))
