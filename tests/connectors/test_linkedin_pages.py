"""Exports of a LinkedIn page: boosted posts, net gains, breakdowns that look alike, ids that hold time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from reading_help import read_file, workbook

from connectors.linkedin_content import CONNECTOR as LINKEDIN_CONTENT
from connectors.linkedin_followers import CONNECTOR as FOLLOWERS
from connectors.linkedin_posts import published_at
from connectors.linkedin_visitors import CONNECTOR as VISITORS
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Account, Answers, UserError

ME = Answers("linkedin:maison-lumen")
POST = ["Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date", "Impressions"]
POST += ["Views", "Clicks", "Likes", "Comments", "Reposts", "Follows", "Content Type"]
AT_23_20 = "7416982378905600009"  # made for 2026-01-13 23:20:00 UTC
LINK = f"https://www.linkedin.com/feed/update/urn:li:activity:{AT_23_20}"
METRICS = ["Date", "Impressions (organic)", "Impressions (total)", "Unique impressions (organic)"]
METRICS += ["Clicks (total)", "Reactions (total)", "Comments (total)", "Reposts (total)"]
DAY = ["01/14/2026", 90, 100, 66, 5, 4, -1, 2]


def row(kind: str, campaign: str, impressions: object, link: str = LINK, created: str = "01/13/2026") -> list[Any]:
    return ["Aube", link, kind, campaign, "Camille Roussel", created, impressions, "", 3, 2, 1, 0, "", ""]


def posts(*rows: list[Any]) -> bytes:
    banner = ["All dates and times are in UTC."]
    return workbook(("Metrics", [banner, METRICS, DAY]), ("All posts", [banner, POST, *rows]))


def only_posts(content: bytes) -> list[Any]:
    return [s for s in read_file("a.xlsx", content, ME).statements if s.table == "posts"]


def test_of_a_boosted_post_the_total_is_read_whatever_the_order_of_its_rows() -> None:
    rows = [row("Organic", "", 1500), row("Sponsored", "Boost", 900), row("Total", "", 2400)]
    for order in (rows, rows[::-1], [rows[1], rows[2], rows[0]]):
        (post,) = only_posts(posts(*order))
        assert post.values["impressions"] == 2400
        assert post.values["campaign"] == "Boost"


def test_a_boosted_post_that_has_lost_its_total_states_nothing() -> None:
    for rows in ([row("Sponsored", "Boost", 900), row("Organic", "", 1500)], [row("Sponsored", "Boost", 900)]):
        read = read_file("a.xlsx", posts(*rows), ME)
        assert [s.table for s in read.statements] == ["account_days"]
        assert "organic and sponsored parts" in str(read.problems[-1].expected)


def test_of_several_campaigns_none_is_the_posts() -> None:
    (post,) = only_posts(posts(row("Sponsored", "A", 1), row("Sponsored", "B", 2), row("Total", "", 3)))
    assert post.values["campaign"] is None


def test_who_posted_is_read_nowhere() -> None:
    (post,) = only_posts(posts(row("Organic", "", 10)))
    assert "Camille" not in str(post)
    with_a_number = row("Organic", "", 10)
    with_a_number[4] = 4512
    (post,) = only_posts(posts(with_a_number))
    assert 4512 not in post.others.values()


def test_the_id_says_when_a_post_was_published_unless_the_file_prints_another_day() -> None:
    assert published_at(AT_23_20, date(2026, 1, 13)) == datetime(2026, 1, 13, 23, 20)
    assert published_at(AT_23_20, date(2026, 1, 9)) is None
    same, other = only_posts(posts(row("Organic", "", 1), row("Organic", "", 1, LINK[:-1] + "1", created="01/05/2026")))
    assert same.values["day"] == date(2026, 1, 14)  # in Paris
    assert (other.values["published_at"], other.values["day"]) == (None, date(2026, 1, 5))


@pytest.mark.parametrize("urn", ["share", "ugcPost", "activity"])
def test_every_kind_of_link_names_its_post(urn: str) -> None:
    (post,) = only_posts(posts(row("Organic", "", 1, LINK.replace("activity", urn))))
    assert post.values["post_id"] == AT_23_20


def test_a_link_without_an_id_is_a_problem() -> None:
    read = read_file("a.xlsx", posts(row("Organic", "", 1, "https://www.linkedin.com/feed/")), ME)
    assert [(p.sheet, p.row, p.column) for p in read.problems] == [("All posts", 3, "Post link")]


def test_comments_deleted_since_count_less_than_none() -> None:
    (day,) = (s for s in read_file("a.xlsx", posts(), ME).statements if s.table == "account_days")
    assert day.values["comments"] == -1
    assert day.others["Unique impressions (organic)"] == 66
    assert "reach" not in day.values


def test_the_banner_may_be_gone() -> None:
    content = workbook(("Metrics", [METRICS, DAY]), ("All posts", [POST, row("Organic", "", 1)]))
    assert [s.table for s in read_file("a.xlsx", content, ME).statements] == ["account_days", "posts"]


def test_one_sheet_settles_the_order_of_day_and_month_for_the_other() -> None:
    content = posts(row("Organic", "", 1, created="02/03/2026"))
    read = read_file("a.xlsx", content, ME)  # no question: 01/14/2026 stands in the first sheet
    assert [s.values["day"] for s in read.statements] == [date(2026, 1, 14), date(2026, 2, 3)]


def test_the_native_name_gives_the_account_and_when_the_export_was_made() -> None:
    export = read_file("maison-lumen_content_1769500000000.xlsx", posts()).examined.export
    assert export.accounts == (Account("linkedin", "maison-lumen", "maison-lumen"),)
    assert export.as_of == datetime(2026, 1, 27, 7, 46, 40)


WHO = [("Lyon, France", 41), ("Genève, Switzerland", 6)]
NEW = ["Date", "Sponsored followers", "Organic followers", "Total followers"]
VISITS = ["Date", "Overview page views (total)", "Total page views (total)", "Total unique visitors (total)"]


def test_total_followers_beside_a_date_is_the_gain_of_the_day() -> None:
    days = [NEW, ["01/13/2026", 0, 3, 3], ["01/14/2026", 1, -3, -2]]
    who = [["Location", "Total followers"], *WHO]
    read = read_file("a.xlsx", workbook(("New followers", days), ("Location", who)), ME)
    first, second, lyon, _ = read.statements
    assert [s.values["net_follows"] for s in (first, second)] == [3, -2]
    assert not any("followers" in s.values or "follows" in s.values for s in (first, second))
    assert second.others == {"Sponsored followers": 1, "Organic followers": -3}
    assert lyon.values["followers"] == 41
    assert lyon.values["first_day"] == lyon.values["last_day"] == date(2026, 1, 14)


def test_who_viewed_the_page_is_told_for_the_days_of_the_file() -> None:
    days = [VISITS, ["01/14/2026", 1, 2, 1], ["01/13/2026", 8, 10, 5]]
    who = [["Job function", "Total views"], ("Arts and Design", 13)]
    read = read_file("a.xlsx", workbook(("Visitor metrics", days), ("Job function", who)), ME)
    arts = read.statements[-1].values
    assert (arts["dimension"], arts["member"], arts["page_views"]) == ("job_function", "Arts and Design", 13)
    assert (arts["first_day"], arts["last_day"]) == (date(2026, 1, 13), date(2026, 1, 14))
    assert read.statements[0].others == {"Overview page views (total)": 1}


def test_views_of_no_day_are_a_problem() -> None:
    who = [["Location", "Total views"], *WHO]
    answers = Answers("linkedin:maison-lumen", datetime(2026, 1, 20))
    read = read_file("a.xlsx", workbook(("Visitor metrics", [VISITS]), ("Location", who)), answers)
    assert (read.statements, [p.sheet for p in read.problems]) == ([], ["Location"])


def test_breakdowns_alone_are_no_sign_of_either_file() -> None:
    for header in ("Total followers", "Total views"):
        book = open_book("a.xlsx", workbook(("Location", [["Location", header], *WHO])))
        assert FOLLOWERS.found_in(book) == VISITORS.found_in(book) == []


def test_a_list_of_competitors_is_no_list_of_followers() -> None:
    rows = [
        ["11/29/2025", "12/28/2025"],
        ["Page", "Total Followers", "New Followers"],
        ["Maison Lumen", 153, 0],
    ]
    book = open_book("a.xlsx", workbook(("COMPETITORS", rows)))
    assert FOLLOWERS.found_in(book) == []


# Headers in no language we know: the shape tells, and the numbers must prove it.

STRANGE = [f"wort {n}" for n in range(20)]
DAYS_IN_FULL = ["01/14/2026", 90, 10, 100, 66, 4, 1, 5, 4, 0, 4, -1, 0, -1, 2, 0, 2, 0.1, 0.1, 0.1]


def in_full(kind: str, campaign: str, impressions: int, clicks: int) -> list[Any]:
    who = ["Aube", LINK, kind, campaign, 4512, "01/13/2026", "", "", "alle"]
    return [*who, impressions, "", "", clicks, clicks / impressions, 2, 1, 0, "", (clicks + 2 + 1) / impressions, ""]


def strange_posts(*rows: list[Any], days: list[Any] = DAYS_IN_FULL) -> bytes:
    return workbook(("eins", [["Hinweis"], STRANGE, days]), ("zwei", [["Hinweis"], STRANGE, *rows]))


def test_content_in_an_unknown_language_is_recognised_by_its_shape() -> None:
    read = read_file("a.xlsx", strange_posts(in_full("Organisch", "", 1500, 30)), ME)
    day, post = read.statements
    assert read.examined.guessed, "its reader should look at the first rows"
    assert [day.values[key] for key in ("impressions", "clicks", "reactions", "comments", "shares")] == [
        100,
        5,
        4,
        -1,
        2,
    ]
    assert [post.values[key] for key in ("impressions", "clicks", "reactions", "comments")] == [1500, 30, 2, 1]
    assert 4512 not in post.others.values(), "who posted is read in no language"


def test_the_total_of_a_boosted_post_is_found_when_no_word_for_it_is_known() -> None:
    rows = [in_full("Organisch", "", 1500, 30), in_full("Anzeige", "Boost", 900, 9), in_full("Gesamt", "", 2400, 39)]
    for order in (rows, rows[::-1]):
        (post,) = only_posts(strange_posts(*order))
        assert (post.values["impressions"], post.values["campaign"]) == (2400, "Boost")


def test_a_shape_whose_totals_are_not_the_sums_of_their_parts_is_not_claimed() -> None:
    wrong = [*DAYS_IN_FULL[:3], 101, *DAYS_IN_FULL[4:]]
    tables = LINKEDIN_CONTENT.found_in(open_book("a.xlsx", strange_posts(in_full("a", "", 10, 1), days=wrong)))
    assert [table.spec.key for table in tables] == ["posts"]
    clicks = in_full("a", "", 1500, 30)
    clicks[12] = 90
    with pytest.raises(UserError):
        examine("a.xlsx", strange_posts(clicks, days=wrong))


def test_a_header_that_two_languages_share_does_not_hide_the_others() -> None:
    days = [["Date", "a", "b", "Impressions (total)", *STRANGE[4:]], DAYS_IN_FULL]
    content = workbook(("eins", days), ("zwei", [STRANGE, in_full("a", "", 10, 1)]))
    day, _ = read_file("a.xlsx", content, ME).statements
    assert (day.values["clicks"], day.values["shares"]) == (5, 2)


def broken_down(*days: list[Any]) -> bytes:
    who = [(f"Blatt {n}", [[f"wort {n}", "anzahl"], [f"Teil {n}", n]]) for n in range(1, 6)]
    return workbook(("Tage", [[f"wort {n}" for n in range(len(days[0]))], *days]), *who)


DIMENSIONS = ["location", "job_function", "seniority", "industry", "company_size"]


def test_followers_in_an_unknown_language_are_told_by_the_order_of_their_sheets() -> None:
    read = read_file("a.xlsx", broken_down(["01/13/2026", 0, 3, 1, 4], ["01/14/2026", 1, -3, 0, -2]), ME)
    assert read.examined.guessed
    assert [s.values["net_follows"] for s in read.statements[:2]] == [4, -2]
    assert [s.values["dimension"] for s in read.statements[2:]] == DIMENSIONS
    assert [s.values["followers"] for s in read.statements[2:]] == [1, 2, 3, 4, 5]


def test_visitors_in_an_unknown_language_are_told_by_their_width() -> None:
    tab = [1, 2, 3, 1, 1, 2]
    read = read_file("a.xlsx", broken_down(["01/13/2026", *tab, *tab, *tab, 5, 6, 11, 3, 4, 7]), ME)
    assert read.examined.connector is VISITORS
    assert (read.statements[0].values["profile_visits"], read.statements[0].values["visitors"]) == (11, 7)
    assert [s.values["dimension"] for s in read.statements[1:]] == DIMENSIONS


def test_the_sheets_of_another_file_of_six_are_no_followers() -> None:
    with pytest.raises(UserError):
        examine("a.xlsx", broken_down(["01/13/2026", 0, 3, 1, 5]))


def test_a_total_with_a_damaged_campaign_is_the_total_still() -> None:
    rows = row("Organic", "", 1500), row("Sponsored", "Boost", 900), row("Total", "5-Jan", 2400)
    (post,) = only_posts(posts(*rows))
    assert post.values["impressions"] == 2400
