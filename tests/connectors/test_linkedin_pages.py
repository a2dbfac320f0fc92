"""Exports of a LinkedIn page: boosted posts, net gains, breakdowns that look alike, ids that hold time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from reading_help import read_file, workbook

from connectors.linkedin_content import published_at
from connectors.linkedin_followers import CONNECTOR as FOLLOWERS
from connectors.linkedin_visitors import CONNECTOR as VISITORS
from connectors.sheet import open_book
from data.model import Account, Answers

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


def test_a_post_without_a_total_is_read_from_its_organic_row() -> None:
    (post,) = only_posts(posts(row("Sponsored", "Boost", 900), row("Organic", "", 1500)))
    assert post.values["impressions"] == 1500


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
    assert (read.statements, [p.sheet for p in read.problems]) == ([], ["Visitor metrics"])


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
