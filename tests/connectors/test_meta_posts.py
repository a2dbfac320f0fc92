"""Posts from Meta Business Suite: Pacific time, collaborations, views that are not there, counts by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file

from connectors.meta_facebook_posts import CONNECTOR as FACEBOOK
from connectors.meta_facebook_posts import kind as facebook_kind
from connectors.meta_instagram import CONNECTOR as INSTAGRAM
from connectors.meta_instagram import kind as instagram_kind
from connectors.sheet import open_book
from data.model import Account, Answers

ASKED = Answers(as_of=datetime(2026, 4, 15))
FB = ["Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Post type"]
FB += ["Data comment", "Date", "Reactions", "Reach", "Views", "Views"]
PAGE = ["1044", "Maison Lumen"]
IG = ["Post ID", "Account ID", "Account username", "Account name", "Description", "Publish time", "Permalink"]
IG += ["Post type", "Data comment", "Date", "Reach", "Likes", "Saves"]


def facebook(*rows: Sequence[object]) -> str:
    return "\ufeff" + csv_text([FB, *rows])


def post(number: int, *counts: object, when: str = "03/18/2026 12:59", period: str = "Lifetime") -> list[object]:
    return [
        number,
        *PAGE,
        "Titre",
        "Légende",
        when,
        "https://www.facebook.com/p/1",
        "Photos",
        "",
        period,
        *counts,
    ]


@pytest.mark.parametrize(
    ("printed", "utc"),
    [
        ("01/14/2026 23:30", datetime(2026, 1, 15, 7, 30)),  # winter: eight hours
        ("07/14/2026 23:30", datetime(2026, 7, 15, 6, 30)),  # summer: seven
        ("03/08/2026 01:59", datetime(2026, 3, 8, 9, 59)),  # the clocks of California go forward at two
        ("03/08/2026 03:01", datetime(2026, 3, 8, 10, 1)),
    ],
)
def test_publish_times_are_pacific_whatever_the_language(printed: str, utc: datetime) -> None:
    day_that_settles_the_order = post(2, 1, 1, 1, 0, when="12/31/2025 10:00")
    rows = facebook(post(1, 1, 1, 1, 0, when=printed), day_that_settles_the_order)
    assert read_file("a.csv", rows, ASKED).column("published_at")[0] == utc


def test_a_post_of_the_evening_in_california_is_of_the_next_day_in_paris() -> None:
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0, when="03/18/2026 22:00")), ASKED)
    assert read.column("day") == [date(2026, 3, 19)]


def test_of_two_columns_of_views_the_one_that_states_something_is_read() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 0, 55), post(2, 0, 9, 14, 0)), ASKED)
    assert read.column("views") == [55, 14]
    assert read.problems == []


def test_views_of_0_under_a_reach_are_not_stated_and_said_once() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 0, 0), post(2, 0, 9, 0, 0)), ASKED)
    assert read.column("views") == [None, None]
    assert read.column("reach") == [37, 9]
    assert [(p.row, p.column) for p in read.problems] == [(1, "Views")]


def test_views_of_0_that_reached_nobody_are_0() -> None:
    read = read_file("a.csv", facebook(post(1, 0, 0, 0, 0)), ASKED)
    assert read.column("views") == [0]
    assert read.problems == []


def test_a_row_shorter_than_its_header_is_read_as_far_as_it_goes() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), post(2, 4)), ASKED)
    assert read.column("reactions") == [2, 4]
    assert read.column("reach") == [37, None]


def test_a_post_that_meta_could_not_compute_is_a_problem_with_its_reason() -> None:
    reason = "An error occurred while computing metadata for content with ID 8."
    error = ["", *PAGE, "", "", "", "", "", reason, "Lifetime", "", "", "", ""]
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), error), ASKED)
    assert len(read.statements) == 1
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Post ID", reason)]


@pytest.mark.parametrize("header", [FB, IG])
def test_counts_by_day_are_refused_with_one_problem_that_says_what_to_export(header: list[str]) -> None:
    row = ["1" if h.endswith("ID") else "03/18/2026 12:59" if h == "Publish time" else "5" for h in header]
    row[header.index("Date")] = "03/19/2026"
    read = read_file("a.csv", csv_text([header, row, row]), ASKED)
    assert read.statements == []
    (problem,) = read.problems
    assert (problem.column, problem.found) == ("Date", "03/19/2026")
    assert "Lifetime" in str(problem.expected)


def test_the_text_is_the_title_or_without_one_the_description() -> None:
    without = [*post(2, 1, 1, 1, 0)[:3], "", "Légende", *post(2, 1, 1, 1, 0)[5:]]
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0), without), ASKED)
    assert read.column("text") == ["Titre", "Légende"]


@pytest.mark.parametrize(
    ("printed", "link", "kind"),
    [
        ("Vidéos", "https://www.facebook.com/reel/1/", "reel"),
        ("Vidéos", "https://www.facebook.com/page/videos/1/", "video"),
        ("Photos", "", "photo"),
        ("Événements", "", "other"),
        (None, "", None),
    ],
)
def test_a_facebook_post_is_of_the_kind_its_link_or_its_type_says(
    printed: str | None, link: str, kind: str | None
) -> None:
    assert facebook_kind(printed, link) == kind


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("IG image", "photo"), ("Image IG", "photo"), ("Reel IG", "reel"), ("Carrousel IG", "carousel"),
     ("IG carousel", "carousel"), ("IG story", "story"), ("IG live", "other"), (None, None)],
)  # fmt: skip
def test_an_instagram_type_is_known_in_both_languages(printed: str | None, kind: str | None) -> None:
    assert instagram_kind(printed) == kind


def test_posts_of_several_pages_and_accounts_stay_with_their_own() -> None:
    ours = ["18020000000000101", "17841400000000017", "maison.lumen", "Maison Lumen", "", "03/18/2026 12:59"]
    theirs = ["18020000000000102", "17841400000000029", "ormeau", "Ormeau", "", "03/19/2026 12:59"]
    rest = ["https://www.instagram.com/p/a/", "IG image", "", "Lifetime", 10, 2, 1]
    read = read_file("a.csv", csv_text([IG, [*ours, *rest], [*theirs, *rest], [*ours, *rest]]), ASKED)
    assert read.examined.export.accounts == (
        Account("instagram", "maison.lumen", "Maison Lumen"),
        Account("instagram", "ormeau", "Ormeau"),
    )
    assert read.column("account") == ["instagram:maison.lumen", "instagram:ormeau", "instagram:maison.lumen"]
    assert read.column("post_id")[0] == "18020000000000101"  # beyond what a spreadsheet's number can hold


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    read = read_file("a.csv", facebook(["8,01E+14", *post(1, 2, 37, 50, 0)[1:]]), ASKED)
    assert read.statements == []
    assert [(p.row, p.column, p.found) for p in read.problems] == [(2, "Post ID", "8,01E+14")]


@pytest.mark.parametrize(
    "header",
    [
        ["Page ID", "Page name", "Data comment", "Date", "Unique user engagements"],
        [
            "Video asset ID",
            "Universal video ID",
            "Page ID",
            "Page name",
            "Title",
            "Publish time",
            "Reach",
            "Reactions",
        ],
    ],
)
def test_the_exports_of_a_page_and_of_videos_are_other_formats(header: list[str]) -> None:
    book = open_book("a.csv", csv_text([header, ["1"] * len(header)]).encode())
    assert FACEBOOK.found_in(book) == INSTAGRAM.found_in(book) == []
