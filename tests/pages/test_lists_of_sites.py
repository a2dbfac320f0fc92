"""Traffic, Searches and Conversions: what their lists say is what the exports say, or which export would say it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from reader import cards, lead, nodes, of_html, open_page, visible

from data.model import Account, Export, Origin, Statement
from data.store import Store, brands, create_brand, open_brand

MONDAY = date(2026, 11, 9)
WEEK = "2026-W46"
SITE = Account("ga4", "lumen", "Lumen")
SEARCH = Account("search_console", "lumen.example", "lumen.example")


def known(*rows: dict[str, Any], brand: str = "Maison Lumen") -> Store:
    """A brand that knows just these rows of the web, or of searches."""
    store = create_brand(brand)
    for table, account in (("web", SITE), ("search", SEARCH)):
        own = [row for row in rows if ("query" in row) == (table == "search")]
        statements = [Statement(table, {"account": account.key, **row}, Origin("", n)) for n, row in enumerate(own, 2)]
        if own:
            content = f"{table}.csv".encode()
            made = datetime(2026, 11, 20)
            key = hashlib.sha256(content).hexdigest()
            store.add_export(Export(key, f"{table}.csv", content, "test", made, accounts=(account,)), statements)
    return store


def days(slice_: str, span: range = range(7), **stated: Any) -> list[dict[str, Any]]:
    """The same row for each day of the week, or of another span."""
    each = [MONDAY + timedelta(days=n) for n in span]
    return [{"slice": slice_, "first_day": day, "last_day": day, **stated} for day in each]


def queries(first: int, last: int, **clicks: int) -> list[dict[str, Any]]:
    span = {"first_day": MONDAY + timedelta(days=first), "last_day": MONDAY + timedelta(days=last)}
    return [{"slice": "query", "query": text, "clicks": count, **span} for text, count in clicks.items()]


def lists(at: Any) -> dict[str, list[list[str]]]:
    """The lists of a page by the heading above them: the texts of each row."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for node in nodes(at):
        if node.type == "subheader":
            heading = node.value
        elif node.type == "html" and "v-list" in node.value:
            body = node.value.split("<tbody>")[1]
            found[heading] = [of_html(f"<tr{row}") for row in body.split("<tr")[1:]]
    return found


def members(at: Any, heading: str) -> list[str]:
    """The members of a list; the first text of a row is what appears on hover."""
    return [row[1] for row in lists(at).get(heading, [])]


def test_the_home_page_is_named_where_addresses_are_told_with_their_site() -> None:
    store = create_brand("Maison Lumen")
    rows = [
        Statement(
            "search",
            {"account": SEARCH.key, "page": f"https://lumen.example/{path}", "clicks": 9 - n, "impressions": 20}
            | days("page", range(1))[0],
            Origin("", 2 + n),
        )
        for n, path in enumerate(("", "agenda/"))
    ]
    key, made = hashlib.sha256(b"pages").hexdigest(), datetime(2026, 11, 20)
    store.add_export(Export(key, "pages.csv", b"pages", "test", made, accounts=(SEARCH,)), rows)
    at = open_page("searches", period=WEEK)
    assert members(at, "The pages found by searching") == ["/ (home page)", "/agenda/"]


def test_people_who_were_not_counted_over_the_dates_shown_are_said_with_how_to_have_them_counted() -> None:
    known(*days("site", sessions=9, users=8))
    at = open_page("traffic", period="2026-11-10..2026-11-12")
    assert cards(at)["Visitors"] == "—"
    (said,) = (text for text in visible(at) if text.startswith("Not stated for 10–12 Nov 2026"))
    assert "Visitors, Returning visitors. People are never added" in said
    assert said.endswith("vigie.py sync ga4 --people 2026-11-10 2026-11-12.")
    assert "Ask Google for these dates, on Sources" in visible(at)
    known(*days("site", sessions=9), brand="Maison Muette")
    assert any(text.startswith("Not stated for") for text in visible(open_page("week", brand="maison-muette")))


def test_nothing_is_said_of_people_who_are_known() -> None:
    whole = {"slice": "site", "first_day": MONDAY, "last_day": MONDAY + timedelta(days=6)}
    known(*days("site", sessions=9), {**whole, "users": 50, "returning_users": 20})
    at = open_page("traffic", period=WEEK)
    assert (cards(at)["Visitors"], cards(at)["Returning visitors"]) == ("50", "20")
    assert not any(text.startswith("Not stated for") for text in visible(at))


VIEWS = {
    "from": ("Session campaign", "Session default channel group"),
    "read": ("Landing page", "Page path and screen class"),
    "links": ("Session default channel group and Session source / medium",),
    "who": ("Country", "Device category", "New / returning", "Hour"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_what_no_export_states_is_said_with_what_to_ask_and_where(view: str) -> None:
    known(*days("site", sessions=9))
    at = open_page("traffic", period=WEEK, view=view)
    said = " ".join(visible(at))
    assert not at.exception and "Explore, Free form" in said
    for rows in VIEWS[view]:
        assert f"as rows Date and {rows}" in said


def test_the_first_line_names_the_channel_and_the_page_that_lead() -> None:
    known(
        *days("site", sessions=9),
        *days("channel", channel="Email", sessions=6), *days("channel", channel="Direct", sessions=3),
        *days("page", page="/lamps/", views=12),
    )  # fmt: skip
    told = lead(open_page("traffic", period=WEEK))
    assert told.startswith("Email brings the most visits (67%). Most read: /lamps/ (84 views).")


def test_a_list_of_another_period_is_not_the_answer_of_the_page() -> None:
    known(*days("site", sessions=9), *days("channel", range(-20, -10), channel="Email", sessions=6))
    at = open_page("traffic", period=WEEK)
    assert "Email" not in lead(at)


def test_the_channels_of_an_export_by_channel_and_source_are_listed_once() -> None:
    known(
        *days("site", sessions=9),
        *days("channel+source", channel="Email", source="letter / email", sessions=4),
        *days("channel+source", channel="Email", source="note / email", sessions=2),
    )
    at = open_page("traffic", period=WEEK)
    assert [row[1:3] for row in lists(at)["Where visits come from"]] == [["Email", "42"]]
    assert members(at, "Sources") == ["letter / email", "note / email"]


def test_a_week_without_a_campaign_is_no_missing_export() -> None:
    known(*days("site", sessions=9), *days("campaign", campaign="(organic)", sessions=9))
    said = visible(open_page("traffic", period=WEEK))
    assert "Nothing in this period (9–15 Nov 2026)." in said
    assert not any("as rows Date and Session campaign" in text for text in said)


def test_sites_that_link_say_when_they_were_first_seen_and_who_went_silent() -> None:
    known(
        *days("site", sessions=9),
        *days("source", range(-200, 7), source="old.example / referral", sessions=2, engaged_sessions=1, key_events=1),
        *days("source", range(3, 5), source="www.new.example / referral", sessions=4, engaged_sessions=3),
        *days("source", range(-150, -80), source="gone.example / referral", sessions=1),
        *days("source", range(-200, 7), source="t.co / referral", sessions=50),
    )
    at = open_page("traffic", period=WEEK, view="links")
    rows = lists(at)
    assert [row[1:] for row in rows["Sites whose links were followed"]] == [
        ["old.example", "known since 23 Apr 2026 or before", "14", "50.0%", "7"],
        ["new.example", "first seen 12 Nov 2026", "8", "75.0%", "—"],
    ]
    assert [row[1:] for row in rows["First seen in this period"]] == [["new.example", "8"]]
    assert [row[1:] for row in rows["Silent for eight weeks"]] == [["gone.example", "last seen 20 Aug 2026", "70"]]
    assert any("Vigie does not read that export" in text for text in visible(at))


def test_the_hours_of_the_week_are_said_in_words() -> None:
    known(*days("site", sessions=9), *days("hour", hour=9, sessions=3), *days("hour", range(2, 3), hour=18, sessions=8))
    at = open_page("traffic", period=WEEK, view="who")
    told = (
        "Busiest: Wednesday 18:00, Monday 9:00 and Tuesday 9:00, with 8 visits in the first of these hours on average."
    )
    assert told in visible(at)


# Searches.


def test_queries_new_in_the_first_twenty_are_told_against_the_period_before() -> None:
    known(*days("site", sessions=9), *queries(0, 6, lumen=8, lamps=4), *queries(-31, -1, lumen=20, candles=9))
    at = open_page("searches", period=WEEK)
    assert "Queries new in the top 20: 1." in lead(at)
    assert (members(at, "New in the top 20"), members(at, "No longer in the top 20")) == (["lamps"], ["candles"])
    assert "9–15 Nov 2026, against 9 Oct – 8 Nov 2026." in visible(at)


def test_searches_part_into_those_for_the_brand_and_others_by_the_words_stated() -> None:
    store = known(*queries(0, 6, **{"maison lumen": 6, "lamps": 3, "la lumière": 1}))
    at = open_page("searches", period=WEEK)
    assert cards(at)["Searches for the brand"] == "60.0%"
    assert "60% of the clicks whose query is known name the brand." in lead(at)
    store.set_words(["lumiere", "lumen"])
    assert cards(open_page("searches", period=WEEK))["Searches for the brand"] == "70.0%"
    for kind, listed in (("brand", ["maison lumen", "la lumière"]), ("others", ["lamps"])):
        assert members(open_page("searches", period=WEEK, queries=kind), "The words people arrive by") == listed


def test_the_words_of_the_brand_are_proposed_from_its_name_and_kept_when_stated() -> None:
    known(*queries(0, 6, lamps=3))
    at = open_page("sources")
    (area,) = (each for each in at.text_area if each.label == "One word or name a line")
    assert area.value == "maison lumen\nmaisonlumen"
    area.set_value("lumen\n\n  lamps of lumen ")
    next(button for button in at.button if button.form_id == "words_maison-lumen").click().run()
    assert not at.exception
    (brand,) = brands()
    assert open_brand(brand.slug).words() == ("lumen", "lamps of lumen")


def test_an_export_without_queries_says_which_one_holds_them() -> None:
    known(*days("site", sessions=9))
    assert any(text.startswith("No export states this. In Search Console:") for text in visible(open_page("searches")))


# Conversions.


def test_both_rates_are_said_with_their_denominators() -> None:
    site = {"sessions": 40, "key_events": 3, "key_event_sessions": 2, "revenue": 10.0}
    week = {"slice": "site", "first_day": MONDAY, "last_day": MONDAY + timedelta(days=6)}
    known(*days("site", **site), {**week, "users": 200, "key_event_users": 8})
    at = open_page("conversions", period=WEEK)
    shown = cards(at)
    assert (shown["Visits with a key event"], shown["Visitors with a key event"]) == ("5.0%", "4.0%")
    assert (shown["Visits"], shown["Visitors"], shown["Revenue per visit"]) == ("280", "200", "0.25")
    assert any("Two rates, two denominators" in text for text in visible(at))


def test_key_events_are_told_by_channel_campaign_page_and_name() -> None:
    def results(key_events: int) -> dict[str, Any]:
        return {"sessions": 20, "key_events": key_events, "key_event_sessions": key_events}

    known(
        *days("site", sessions=40),
        *days("channel", channel="Email", **results(3)), *days("channel", channel="Direct", **results(1)),
        *days("campaign", campaign="autumn", **results(2)), *days("campaign", campaign="(not set)", **results(2)),
        *days("landing", landing_page="/lamps/", **results(4)),
        *days("channel+event", channel="Email", event="purchase", events=3, key_events=3),
        *days("channel+event", channel="Email", event="page_view", events=90, key_events=0),
    )  # fmt: skip
    at = open_page("conversions", period=WEEK)
    told = lead(at)
    assert told.startswith("Email brings the most key events: 21, 75% of them. First of the campaigns: autumn (14).")
    assert lists(at)["Channels that lead to key events"][0][1:] == ["Email", "21", "15.0%", "140"]
    assert members(at, "Campaigns that lead to key events") == ["autumn"]
    assert members(at, "Landing pages that lead to key events") == ["/lamps/"]
    assert members(at, "Which key event, by which channel") == ["purchase · Email"]
    assert members(at, "Key events by name") == ["purchase"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("traffic", "No export tells of the visits to the site of Maison Lumen yet."),
        ("conversions", "No export tells of the visits to the site of Maison Lumen yet."),
        ("searches", "No export tells by which searches people find Maison Lumen yet."),
    ],
)
def test_a_page_of_which_no_export_tells_anything_says_so_once(page: str, says: str) -> None:
    known(*(queries(0, 6, lumen=9) if page != "searches" else days("site", sessions=9)))
    at = open_page(page, period=WEEK)
    assert not at.exception and says in visible(at)
    assert cards(at) == {} and any("connect" in text for text in visible(at))
