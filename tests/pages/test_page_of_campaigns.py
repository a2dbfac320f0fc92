"""The page Campaigns, as its reader meets it: side by side, one of them, and stating, changing, forgetting."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from reader import lead, look_behind, nodes, of_html, open_page, visible
from streamlit.testing.v1 import AppTest

from data import demo as the_demo
from data.model import Noted, Window
from data.objectives import Aim, Period
from data.store import Store, open_brand
from i18n import LANGUAGES
from metrics.lift import lift

FESTIVAL = "Festival des Lucioles 2026"


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo, to be changed."""
    shutil.copytree(demo_brands / the_demo.SLUG, tmp_path / the_demo.SLUG)
    return open_brand(the_demo.SLUG)


@pytest.fixture
def bare(store: Store) -> Store:
    """The demo without a campaign."""
    for one in store.campaigns():
        store.forget_campaign(one.name)
    return store


def table(at: AppTest) -> dict[str, list[str]]:
    """The rows of the table, by their names: a cell a campaign."""
    html = next(n.value for n in nodes(at) if n.type == "html" and "v-beside" in n.value and "<style" not in n.value)
    rows = [re.findall(r"<t[dh].*?</t[dh]>", row) for row in re.findall(r"<tr>.*?</tr>", html)]
    return {"".join(of_html(name)): [" | ".join(of_html(cell)) for cell in cells] for name, *cells in rows}


def told(at: AppTest) -> str:
    """What is told of the one campaign."""
    cards = [" ".join(of_html(n.value)) for n in nodes(at) if n.type == "html" and '"v-aim"' in n.value]
    return " ".join(cards)


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def plain_sums(store: Store, slug: str) -> tuple[float, float, float]:
    """Visits, key events and cost of ads of a campaign, by plain SQL over what is known."""
    with store.read() as cursor:
        visits = "select sum(sessions), sum(key_events) from web where slice = 'campaign' and campaign = ?"
        ((sessions, events),) = cursor.execute(visits, [slug]).fetchall()
        ((ads,),) = cursor.execute(
            "select sum(cost)::double from ads where campaign = ?", [f"{slug} | trafic"]
        ).fetchall()
    return sessions, events, ads


@pytest.mark.parametrize("lang", LANGUAGES)
def test_campaigns_stand_side_by_side_with_a_chart(demo: None, lang: str) -> None:
    at = open_page("campaigns", lang)
    assert not at.exception and FESTIVAL in lead(at)
    heads = next(iter(table(at).values()))
    assert len(heads) == 3 and heads[0].startswith(FESTIVAL)
    chart = at.get("plotly_chart")[0].proto
    assert len(json.loads(chart.spec)["data"]) == 3 and FESTIVAL in chart.alt


def test_the_figures_are_those_of_the_rows(store: Store) -> None:
    sessions, events, ads = plain_sums(store, "festival-lucioles-2026")
    cost = 760 + ads + 46 * 32
    at = open_page("campaigns")
    rows = table(at)
    assert rows["Visits"][0].startswith(f"{sessions:,.0f} | {sessions / 21:,.1f} a day")
    assert rows["Key events"][0].startswith(f"{events:.0f} | {events / 21:.1f} a day")
    assert rows["Cost"][0] == f"€{cost:,.2f} | 46 h worked"
    assert rows["Cost of a result"][0].startswith(f"€{cost / events:,.2f} | €")
    assert rows["Results for 100 EUR"][0] == f"{100 * events / cost:.1f}"
    assert rows["Results for each hour worked"][0] == f"{events / 46:.1f}"
    assert rows["ROI"][0].startswith(f"{(14 * events - cost) / cost:+.0%}"[:3]) and rows["ROI"][1] == "—"
    assert f"ROI: (€{14 * events:,.2f} − €{cost:,.2f}) / €{cost:,.2f} = " in told(at)
    line = json.loads(at.get("plotly_chart")[0].proto.spec)["data"][0]
    assert f"Day 21<br>{events:.0f}" == line["text"][-1]


def test_unequal_lengths_are_compared_over_the_days_all_have(demo: None) -> None:
    rows = table(open_page("campaigns"))
    assert rows["Days"] == ["21", "28", "21"]
    assert "in 21 days" in rows["Key events"][1] and "in 21 days" not in rows["Key events"][0]


def test_the_chart_can_be_divided_by_cost_or_hours(store: Store) -> None:
    sessions, events, ads = plain_sums(store, "festival-lucioles-2026")
    at = open_page("campaigns", per="money")
    line = json.loads(at.get("plotly_chart")[0].proto.spec)["data"][0]
    assert line["text"][-1] == f"Day 21<br>{100 * events / (760 + ads + 46 * 32):.1f}"
    at = open_page("campaigns", per="hours", figure="sessions")
    line = json.loads(at.get("plotly_chart")[0].proto.spec)["data"][0]
    assert line["text"][-1] == f"Day 21<br>{sessions / 46:.1f}"


def test_the_effect_is_told_beside_a_control_and_not_without(store: Store) -> None:
    at = open_page("campaigns", campaign=FESTIVAL)
    (one,) = [one for one in store.campaigns() if one.name == FESTIVAL]
    with store.read() as cursor:
        found = lift(cursor, one, date(2026, 11, 15))
    assert found and found.sure and found.net is not None
    assert f"Visits: +{found.net:,.0f} compared with what was expected without it" in told(at)
    assert "figures it cannot have touched: visits by the channel Organic Search" in told(at)
    assert not any("caused" in text for text in visible(at))


def test_a_campaign_without_a_value_is_told_what_a_result_has_to_be_worth(demo: None) -> None:
    at = open_page("campaigns", campaign="Carte Bruissière 2026")
    assert "What a result is worth is not stated (Key events): the campaign pays from €" in told(at)
    assert "ROI" not in told(at)
    assert any("It has no objective" in caption.value for caption in at.caption)


def test_its_objectives_stand_with_their_bars(demo: None) -> None:
    at = open_page("campaigns", campaign=FESTIVAL)
    assert "Visits · at least 17,000" in told(at)
    assert [len(re.findall("met", one)) for one in table(at)["Objectives"]] == [1, 0, 0]
    assert len(at.get("plotly_chart")) == 2


def test_without_a_campaign_the_page_says_what_to_do(bare: Store) -> None:
    at = open_page("campaigns")
    assert lead(at) == "No campaign is stated yet."
    assert any("State its days and by what it is known" in text for text in visible(at))


def test_a_campaign_is_stated_changed_and_forgotten(bare: Store) -> None:
    at = open_page("campaigns")
    at.text_input(key="new_name").set_value("Card of spring")
    at.date_input(key="new_days").set_value((date(2026, 5, 11), date(2026, 6, 7)))
    at.multiselect(key="new_utm_campaign").set_value(["carte-bruissiere-2026"])
    at.text_input(key="new_cost").set_value("1 200")
    at.text_input(key="new_aim").set_value("300")
    press(at, "State the campaign")
    assert [s.value for s in at.success] == ["Stated."] and not at.error
    (one,) = bare.campaigns()
    assert one.days == Window(date(2026, 5, 11), date(2026, 6, 7)) and one.price.amount == 1200
    assert Aim("key_events", (), Period.DATES, one.days) in [aim.aim for aim in bare.objectives()]
    assert "Card of spring" in lead(at) and "at least 300" in told(at)

    look_behind(at, "campaign_more")
    assert at.text_input(key="change_0_cost").value == "1200"
    at.text_input(key="change_0_name").set_value("Card")
    at.text_input(key="change_0_cost").set_value("")
    press(at, "Change the campaign")
    (one,) = bare.campaigns()
    assert (one.name, one.price.amount) == ("Card", None)
    assert "What it cost is not stated." in told(at)

    look_behind(at, "campaign_more")
    press(at, "Forget this campaign")
    assert not bare.campaigns() and lead(at) == "No campaign is stated yet."


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("new_name", "", "A campaign has a name."),
        ("new_cost", "a lot", "Cost, beside what reports of ads state: found “a lot”, expected a number"),
        ("new_currency", "euro", "Currency: found “euro”, expected three letters"),
        ("new_hashtags", "#Two words", "Hashtags: found “#Two words”, expected a hashtag in one word"),
        ("new_hashtags", "", "Say by what Fair is known"),
        ("new_hour_cost", "30", "The cost of an hour says nothing without the hours worked."),
    ],
)
def test_what_is_no_campaign_is_said_and_not_stated(bare: Store, field: str, value: str, words: str) -> None:
    at = open_page("campaigns")
    at.text_input(key="new_name").set_value("Fair")
    at.text_input(key="new_hashtags").set_value("#Fair")
    at.text_input(key=field).set_value(value)
    press(at, "State the campaign")
    assert len(at.error) == 1 and words in at.error[0].value.replace("\\", "")
    assert not bare.campaigns() and not at.exception


def test_a_name_that_is_taken_is_not_overwritten(store: Store) -> None:
    at = open_page("campaigns")
    at.text_input(key="new_name").set_value(FESTIVAL.upper())
    at.text_input(key="new_hashtags").set_value("#Fair")
    press(at, "State the campaign")
    assert "There is a campaign of that name" in at.error[0].value and len(store.campaigns()) == 3


def test_campaigns_come_from_a_file_or_not_at_all(bare: Store) -> None:
    at = open_page("campaigns")
    start = '[[campaign]]\nname = "<b>Fair</b>"\nfrom = 2026-11-02\nto = 2026-11-05\nhashtags = "Fair"\n'
    at.file_uploader[0].upload("fair.toml", f'{start}cost = "much"\n'.encode()).run()
    assert "fair.toml, line 1, cost" in at.error[0].value and not bare.campaigns()
    at = open_page("campaigns")
    at.file_uploader[0].upload("fair.toml", start.encode()).run()
    assert len(at.success) == 1 and not at.exception
    assert "<b>Fair</b>" in told(at) and not [n for n in nodes(at) if n.type == "html" and "<b>Fair" in n.value]
    assert "Too little data to tell: a campaign shorter than 7 days" in told(at)
    assert any("No UTM value is stated" in text for text in visible(at))


def marks(at: AppTest) -> dict[str, tuple[int, int]]:
    """The marks of notes on the chart, by the words under the pointer: from which day to which."""
    layout = json.loads(at.get("plotly_chart")[0].proto.spec)["layout"]
    words = [one["hovertext"] for one in layout["annotations"] if one.get("hovertext")]
    spans = [(one["x0"], one["x1"]) for one in layout["shapes"] if one["type"] == "rect"]
    return dict(zip(words, spans, strict=True))


def test_what_is_noted_of_the_days_of_a_campaign_stands_on_the_chart(store: Store) -> None:
    at = open_page("campaigns")
    opened = "Réservations ouvertes"  # of the demo, on the 23rd day of the card
    assert marks(at) == {f"Carte Bruissière 2026<br>2 Jun 2026<br>{opened}": (23, 23)}
    assert f"Carte Bruissière 2026, noted: {opened} (2 Jun 2026)." in at.get("plotly_chart")[0].proto.alt
    store.annotate(Noted(date(2026, 10, 1), date(2026, 10, 7), "press", "<b>Radio</b>"))
    at = open_page("campaigns")
    assert marks(at)[f"{FESTIVAL}<br>1–7 Oct 2026<br>&lt;b>Radio&lt;/b>"] == (1, 3), "its first day is the fifth"
    assert f"{FESTIVAL}, noted: <b>Radio</b> (1–7 Oct 2026)." in at.get("plotly_chart")[0].proto.alt
    assert any("<b>Radio" in text for text in visible(open_page("campaigns", campaign=FESTIVAL))), "and can be changed"
