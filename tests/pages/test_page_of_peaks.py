"""The page Peaks: what stands out, what may have made it, and what people say of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from reader import address, lead, nodes, open_page, visible
from streamlit.testing.v1 import AppTest

from data.model import Stated, Window
from data.store import Store, open_brand
from i18n.figures import NO_BREAK
from pages.parts.banded import alone

PRESS = date(2026, 11, 11)  # the demo: a newspaper writes about the house
OUTAGE = "2026-09-21..2026-09-27"


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo that a test may write to."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    return open_brand("demo")


def save(at: AppTest) -> AppTest:
    (button,) = [one for one in at.button if (one.key or "").startswith("FormSubmitter:cause_")]
    return button.click().run()


def told(at: AppTest, text: str) -> bool:
    return any(text in one for one in visible(at))


def test_the_first_line_counts_the_peaks_and_those_not_explained(store: Store) -> None:
    at = open_page("peaks")
    assert lead(at) == "2 peaks in this period, 2 of them not explained."
    assert told(at, f"▲{NO_BREAK}+")
    assert told(at, "lecourrierdelarade.example")


def test_a_cause_that_is_confirmed_explains_the_series_beside_it_too(store: Store) -> None:
    at = save(open_page("peaks"))
    assert not at.exception and not at.error
    said = store.peak_causes()
    assert {(one.series.partition("@")[0], one.day, one.status) for one in said} == {
        ("sessions", PRESS, Stated.CONFIRMED), ("page_views", PRESS, Stated.CONFIRMED),
    }  # fmt: skip
    assert all("lecourrierdelarade.example" in (one.cause or "") for one in said)
    assert lead(at) == "2 peaks in this period, all explained."


def test_a_cause_in_ones_own_words_is_kept(store: Store) -> None:
    at = open_page("peaks", "fr")
    at.radio[0].set_value("other")
    next(one for one in at.text_input if (one.key or "").startswith("written_")).set_value(
        "Le **journal** [x](http://y)"
    )
    at = save(at)
    assert store.peak_causes()[0].status is Stated.WRITTEN
    assert told(at, "Le **journal** [x](http://y)")


def test_words_that_one_writes_count_whatever_is_ticked_above_them(store: Store) -> None:
    at = open_page("peaks")
    next(one for one in at.text_input if (one.key or "").startswith("written_")).set_value("The radio")
    save(at)
    assert {(one.status, one.cause) for one in store.peak_causes()} == {(Stated.WRITTEN, "The radio")}


def test_one_peak_alone_that_is_not_explained_is_told_as_one(store: Store) -> None:
    at = open_page("peaks", "fr")
    next(one for one in at.checkbox if (one.key or "").startswith("too_")).set_value(False)
    assert lead(save(at)) == "2 écarts marquants sur la période, dont un non expliqué."


@pytest.mark.usefixtures("demo")
def test_nothing_is_called_usual_where_no_day_could_be_judged() -> None:
    at = open_page("peaks", period="2027-W10")
    assert lead(at) == "No day of 8–14 Mar 2027 could be judged, so no peak is told."


def test_words_that_say_nothing_are_refused(store: Store) -> None:
    at = open_page("peaks")
    at.radio[0].set_value("other")
    at = save(at)
    assert [one.value for one in at.error] == ["Say in a few words what it was."]
    assert not store.peak_causes()


def test_what_is_left_unexplained_comes_back_the_week_after(store: Store) -> None:
    at = open_page("peaks", period="2026-W39")
    at.radio[0].set_value("unexplained")
    save(at)
    assert [one.status for one in store.peak_causes()] == [Stated.UNEXPLAINED]
    assert told(open_page("peaks", period="2026-W40"), "Still not explained, from the four weeks before")


def test_what_has_been_explained_does_not_come_back(store: Store) -> None:
    save(open_page("peaks", period="2026-W39"))
    after = open_page("peaks", period="2026-W40")
    assert not any("−692" in one for one in visible(after))


def test_an_outage_is_told_as_one(store: Store) -> None:
    at = open_page("peaks", period=OUTAGE)
    assert told(at, "Probably not counted, rather than not there: not one visit was counted all day")


def test_a_peak_of_visits_is_told_by_the_hour(store: Store) -> None:
    at = open_page("peaks")
    assert told(at, "Visits of 11 Nov 2026 by hour. Half of the difference came from 13:00 to 21:59.")
    (alt,) = [node.proto.alt for node in nodes(at) if node.type == "plotly_chart" and "by hour" in node.proto.alt]
    assert alt.startswith(
        "Visits by hour: lowest 3 at 3:00, highest 85 at 20:00. Beyond what was expected: 19:00 (+43)"
    )
    assert told(at, "judged: 9–15 Nov 2026.") and told(at, "No hour stood out.")


@pytest.mark.usefixtures("demo")
def test_hours_stand_out_in_days_that_do_not() -> None:
    at = open_page("peaks", period="2026-W23")
    assert told(at, "Thursday 4 Jun 2026, 11:00 to 11:59") and told(at, f"▲{NO_BREAK}+61")
    assert not told(at, "No hour stood out.")
    quiet = open_page("peaks", period="2025-03")
    assert not told(quiet, "Hours that stood out"), "no export states the hours of that time"


def test_an_annotation_stands_on_the_chart_and_is_proposed(store: Store) -> None:
    at = open_page("peaks")
    at.date_input(key="note_first").set_value(PRESS)
    at.selectbox(key="note_category").set_value("press")
    at.text_input(key="note_text").set_value("An article in the Courrier")
    (button,) = [one for one in at.button if (one.key or "").startswith("FormSubmitter:annotation")]
    at = button.click().run()
    (note,) = [one for one in store.annotations() if one.window.first == PRESS]
    assert (note.window, note.category) == (Window(PRESS, PRESS), "press")
    assert told(at, "Press: An article in the Courrier")
    assert told(at, "Noted: An article in the Courrier")
    at.button(key=f"forget_{note.id}").click().run()
    assert note not in store.annotations()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("period", ["2026-W47", "2025-03", "2021-12-01..2022-09-30", "2016-11-20..2026-11-15"])
def test_the_page_stands_for_every_kind_of_period(period: str) -> None:
    at = open_page("peaks", "fr", period=period)
    assert not at.exception and lead(at)


@pytest.mark.usefixtures("demo")
def test_what_is_chosen_lives_in_the_address() -> None:
    at = open_page("peaks", series="follows@x:labruissiere")
    assert address(at)["series"] == "follows@x:labruissiere"
    assert told(at, "Too few events per day to tell a peak from chance: shown weekly.")


def test_a_day_that_stands_alone_is_a_point() -> None:
    assert [alone([None, 5, None, 4, 3, None, 2], n) for n in range(7)] == [
        False,
        True,
        False,
        False,
        False,
        False,
        True,
    ]
