"""Journeys of readers through Vigie, in a real browser: what they do, what they then see, and that it is true."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from browsing import Open, Reader, digits
from made_up import DAYS_FILE, POSTS_FILE, Post, x_days, x_posts
from playwright.sync_api import expect
from test_theme import THEMES, colour, contrast

from data.store import Store
from i18n import locale

EXPORTS = Path(__file__).parents[1] / "exports"
TITLES = ("This week", "Posts", "Audience", "Traffic", "Searches", "Conversions", "Report", "Sources", "Glossary")
LAST_WEEK = "day between '2026-11-09' and '2026-11-15'"  # of the demo
INTERACTIONS = "list_sum([reactions, comments, shares, saves])"
AA = 4.5  # WCAG 2.2, success criterion 1.4.3


def value(brands: Path, query: str) -> int:
    """What a question to the demo's database gives."""
    with Store(brands / "demo").read() as cursor:
        row = cursor.execute(query).fetchone()
    assert row and row[0] is not None
    return int(row[0])


def sample(path: str) -> tuple[str, bytes]:
    """An invented export: its name and its bytes."""
    return Path(path).name, (EXPORTS / path).read_bytes()


def drawn(reader: Reader, key: str) -> dict[str, list[float]]:
    """The lines of a chart, by their names: their values that are stated."""
    chart = reader.page.locator(f".st-key-{key} .js-plotly-plot")
    expect(chart.locator(".ytick").first).to_be_visible()
    lines = chart.evaluate("chart => chart._fullData.map(line => [line.name, Array.from(line.y)])")
    return {name: [y for y in ys if y is not None] for name, ys in lines}


def test_a_first_start_shows_the_week_and_leads_to_every_page(demo: str, demo_brands: Path, reader: Open) -> None:
    one = reader(demo)
    one.go("/", "This week")
    visits = value(demo_brands, f"select sum(sessions) from (select *, first_day as day from web) "
                   f"where slice = 'site' and first_day = last_day and {LAST_WEEK}")  # fmt: skip
    assert len(one.figures()) == 7 and digits(one.figures()["Visits"]) == visits
    assert visits == sum(drawn(one, "recent_chart")["2026"][-7:])
    most = value(demo_brands, f"select max({INTERACTIONS}) from posts where {LAST_WEEK}")
    posts = one.page.locator(".v-list").last.locator("tbody tr")
    expect(posts).to_have_count(5)
    expect(posts.first.locator(".v-num").first).to_have_text(f"{most:,}")
    for title in (*TITLES[1:], TITLES[0]):
        one.turn_to(title)
        expect(one.page.locator(".v-lead").first).not_to_be_empty()


def test_a_manager_goes_from_the_visits_to_the_searches_and_to_what_they_led_to(
    demo: str, demo_brands: Path, reader: Open
) -> None:
    one = reader(demo)
    page, week = one.page, f"first_day = last_day and {LAST_WEEK.replace('day ', 'first_day ', 1)}"
    one.go("/traffic", "Traffic")
    page.get_by_role("radio", name="Sites that link").click()
    one.rest()
    assert page.url.endswith("?view=links")
    new = page.locator(".v-list").filter(has_text="radio-rade.example").last.locator(".v-num")
    visits = value(demo_brands, f"select sum(sessions) from web where source like 'radio-rade%' and {week}")
    expect(new).to_have_text(["Visits", str(visits)])
    page.get_by_role("radio", name="Who and when").click()
    expect(page.locator(".st-key-hours_chart .js-plotly-plot .heatmaplayer image")).to_have_count(1)

    one.turn_to("Searches")
    page.get_by_role("radio", name="For the brand").click()
    one.rest()
    queries = page.locator(".v-list").first.locator("tbody td:first-child").all_inner_texts()
    assert queries and all("bruissi" in query for query in queries)

    one.turn_to("Conversions")
    events = value(demo_brands, f"select sum(key_events) from web where slice = 'site' and {week}")
    assert digits(one.figures()["Key events"]) == events
    named = page.locator(".v-list").filter(has_text="newsletter_sign_up").last.locator("tbody .v-num")
    assert sum(map(digits, named.all_inner_texts())) == events


def test_a_link_to_a_page_and_a_period_is_honoured_by_a_server_that_has_shown_nothing_yet(
    fresh: str, demo_brands: Path, reader: Open
) -> None:
    one = reader(fresh)  # whose browser speaks English: the link decides
    one.go("/posts?period=2026-W40&lang=fr", "Publications")
    assert one.page.url == f"{fresh}/posts?period=2026-W40&lang=fr"
    expect(one.page.get_by_role("combobox", name="Semaine")).to_have_value("Semaine 40, 2026 · 28 sept. – 4 oct. 2026")
    week = "day between '2026-09-28' and '2026-10-04'"
    figures = one.figures()
    assert digits(figures["Publications parues"]) == value(demo_brands, f"select count(*) from posts where {week}")
    received = value(demo_brands, f"select sum({INTERACTIONS}) from posts where {week}")
    assert digits(figures["Interactions des nouvelles publications"]) == received > 999


def test_own_figures_are_begun_dropped_loaded_and_traced_back_to_their_rows(fresh: str, reader: Open) -> None:
    days = {date(2026, 1, 5) + timedelta(days=n): 100 + n for n in range(21)}
    linkedin = sample("linkedin_content/maison-lumen_content_1769500000000.xlsx")
    pages = sample("ga4_report/Pages_and_screens_Page_path_and_screen_class.csv")
    one = reader(fresh)
    page = one.page

    one.go("/", "This week")
    page.get_by_role("button", name="Start with my own figures").click()
    one.see("Sources")
    page.get_by_text("The brand: name, time zone, week").click()
    name = page.get_by_label("Name", exact=True)
    name.fill("Maison Lumen")
    name.press("Enter")
    expect(page.get_by_role("combobox", name="Brand")).to_have_value("Maison Lumen")

    one.drop((DAYS_FILE, x_days(days)), linkedin, pages)
    expect(page.locator(".v-file")).to_contain_text(["to be answered", "ready", "ready"])
    whose = page.get_by_role("combobox", name="Whose figures are these? The account on X")
    whose.fill("@maison_lumen")
    whose.press("Enter")
    page.get_by_role("button", name="Load all 3 that are ready").click()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("Rows read: 30. Problems: none.")

    one.turn_to("Posts")
    one.choose("Week", "Week 3, 2026 · 12–18 Jan 2026")
    expect(one.card("Posts published").locator(".v-value")).to_have_text("3")
    one.rest()
    assert digits(one.figures()["Interactions of new posts"]) == interactions_of(linkedin[1]) == 73
    one.card("Interactions of new posts").get_by_role("button", name="Behind this figure").click()
    rows = page.get_by_test_id("stPopoverBody").get_by_role("row", include_hidden=True)
    expect(rows.filter(has_text="41")).to_contain_text("Reactions41" + linkedin[0] + "All posts5")

    page.keyboard.press("Escape")
    one.turn_to("Audience")
    assert one.figures()["Net follows"] == "7"
    assert drawn(one, "curve")["X"][-1] == sum(day <= date(2026, 1, 18) for day in days)  # a new follower each day
    one.turn_to("Traffic")
    page.get_by_role("radio", name="What they read").click()
    one.rest()
    told = next(csv.DictReader(line for line in pages[1].decode().splitlines() if line[0] != "#"))
    first = page.locator(".v-list tbody tr").first
    assert told["Page path and screen class"] == "/"
    expect(first).to_have_text("/ (home page)" + told["Views"] + told["Active users"])


def interactions_of(workbook: bytes) -> int:
    """The likes, comments and reposts of LinkedIn posts; of a sponsored one there is a row that sums up the others."""
    _, head, *rows = openpyxl.load_workbook(io.BytesIO(workbook))["All posts"].iter_rows(values_only=True)
    posts = {row[head.index("Post link")]: row for row in rows}  # the sum is the last of them
    counts = [row[head.index(name)] for row in posts.values() for name in ("Likes", "Comments", "Reposts")]
    return sum(int(str(count)) for count in counts)


def test_a_click_on_another_page_closes_what_lies_behind_a_figure_and_the_next_one_leads_there(
    demo: str, reader: Open
) -> None:
    one = reader(demo)  # both at once left an empty window
    one.go("/", "This week")
    one.card("Visits").get_by_role("button", name="Behind this figure").click()
    expect(one.page.get_by_text("How the networks define it")).to_be_visible()
    one.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Audience").click(force=True)
    expect(one.page.get_by_test_id("stPopoverBody")).to_have_count(0)
    one.rest()
    one.see("This week")
    one.turn_to("Audience")
    assert "Net follows" in one.figures()


def test_the_language_is_that_of_the_browser_until_another_is_chosen(demo: str, reader: Open) -> None:
    english, french = reader(demo), reader(demo, "fr")
    english.go("/", "This week")
    french.go("/", "Cette semaine")
    assert list(map(digits, french.figures().values())) == list(map(digits, english.figures().values()))
    assert french.figures()["Visites"] == english.figures()["Visits"].replace(",", "\N{NARROW NO-BREAK SPACE}")

    english.turn_to("Posts")
    english.choose("Week", "Week 40, 2026 · 28 Sept – 4 Oct 2026")
    expect(english.page).to_have_url(f"{demo}/posts?period=2026-W40")
    english.rest()
    figures = list(map(digits, english.figures().values()))
    english.page.get_by_text("Français").click()
    english.see("Publications")
    assert english.page.url == f"{demo}/posts?period=2026-W40&lang=fr"
    assert list(map(digits, english.figures().values())) == figures
    expect(english.page.get_by_role("combobox", name="Semaine")).to_have_value(re.compile("^Semaine 40, 2026"))
    expect(english.page.get_by_role("combobox", name="Type")).to_have_value("tous les types")


def test_what_was_chosen_is_still_there_after_a_look_at_a_page_that_has_no_period(demo: str, reader: Open) -> None:
    one = reader(demo)
    one.go("/posts?period=2026-W40&networks=x&by=impressions", "Posts")
    figures = one.figures()
    one.turn_to("Sources")
    one.turn_to("Posts")
    assert one.page.url == f"{demo}/posts?period=2026-W40&networks=x&by=impressions"
    assert one.figures() == figures
    expect(one.page.get_by_role("combobox", name="Sorted by")).to_have_value("Impressions")


def test_on_a_telephone_every_page_is_as_wide_as_the_screen_and_can_be_reached(demo: str, reader: Open) -> None:
    one = reader(demo, "fr", phone=True)
    one.go("/", "Cette semaine")
    for title in map(locale("fr").t, (*TITLES[1:], TITLES[0])):
        one.turn_to(title)
        expect(one.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
        for area in (one.page.locator("html"), one.page.get_by_test_id("stMain")):
            assert area.evaluate("area => [area.scrollWidth, window.innerWidth]") == [390, 390], title


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_legible_on_a_light_and_on_a_dark_page(demo: str, reader: Open, theme: str) -> None:
    paper = "rgb({}, {}, {})".format(*colour(THEMES[theme]["backgroundColor"]))
    one = reader(demo, dark=theme == "dark")
    one.go("/", "This week")
    for title in (*TITLES[1:], TITLES[0]):
        one.turn_to(title)
        expect(one.page.get_by_test_id("stApp")).to_have_css("background-color", paper)
        assert title in [text for text, *_ in one.texts()]
        assert not illegible(one)
    one.card("Visits").get_by_role("button", name="Behind this figure").click()
    expect(one.page.get_by_text("How the networks define it")).to_be_visible()
    assert not illegible(one)


def illegible(reader: Reader) -> list[str]:
    """The texts that do not stand out enough from what they stand on."""
    return [text for text, front, ground in reader.texts() if contrast(tuple(front), tuple(ground)) < AA]


def test_a_broken_file_is_refused_in_a_sentence_and_the_others_are_loaded(fresh: str, reader: Open) -> None:
    whole = sample("linkedin_content/maison-lumen_content_1769500000000.xlsx")[1]
    pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
    one = reader(fresh)
    one.go("/", "This week")
    one.page.get_by_role("button", name="Start with my own figures").click()
    one.see("Sources")
    one.drop(("cut.xlsx", whole[:4000]), ("report.csv", pdf), (POSTS_FILE, x_posts([Post("Bonjour")])))
    expect(one.page.locator(".v-file")).to_contain_text(["not readable", "not readable", "ready"])
    expect(one.page.get_by_test_id("stAlertContentError")).to_have_text(
        [
            "cut.xlsx is damaged or was cut short. Download it again.",
            "report.csv is a web page, an XML or a PDF file. Export it again as CSV or Excel.",
        ]
    )
    one.page.get_by_role("button", name="Load", exact=True).click()
    expect(one.page.get_by_test_id("stAlertContentSuccess")).to_contain_text("Rows read: 1. Problems: none.")
    expect(one.page.locator(".v-file")).to_have_count(2)
    one.turn_to("Posts")  # the file was asked for until the end of August, and its post is of a week before
    one.choose("Week", "Week 33, 2026 · 10–16 Aug 2026")
    expect(one.page.get_by_role("gridcell", include_hidden=True).filter(has_text="Bonjour")).to_have_count(1)
