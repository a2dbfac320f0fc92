"""Facebook Insights of posts: equal names, zeros left out, ids that hold two ids."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from reading_help import csv_text, read_file, workbook

from data.model import Account, Answers

ASKED = Answers(as_of=datetime(2017, 10, 2))
ROW = ["Post ID", "Permalink", "Post Message", "Type", "Countries", "Languages", "Posted", "Audience Targeting"]
VIDEO = ["1042_31", "https://www.facebook.com/maisonlumen/videos/31/", "Souffler", "Video", "", ""]
VIDEO += ["09/30/2017 05:30:00 PM", " "]
PHOTO = [
    "1042_22",
    "https://www.facebook.com/maisonlumen/posts/22:0",
    "À voir",
    "Photo",
    "",
    "",
    "9/26/2017 23:10",
    " ",
]
VIEWS = ["Lifetime Post Total Reach", *["Lifetime Organic Video Views"] * 2, *["Lifetime Paid Video Views"] * 2]
TOLD = ["Lifetime: people (Unique Users)", *["Lifetime: o (Unique Users)", "Lifetime: o (Total Count)"]]
TOLD += ["Lifetime: p (Unique Users)", "Lifetime: p (Total Count)"]


def table(*rows: list[Any], told: list[str] | None = TOLD) -> list[list[Any]]:
    described = [["", "", "", "", "", "", "", "", *told]] if told else []
    return [[*ROW, *VIEWS], *described, *rows]


def test_views_of_videos_are_the_times_of_both_kinds_not_the_people() -> None:
    read = read_file("a.csv", csv_text(table([*VIDEO, 1480, 121, 131, 423, 500])), ASKED)
    (statement,) = read.statements
    assert (statement.values["video_views"], statement.values["reach"]) == (631, 1480)
    assert statement.others["Lifetime Organic Video Views (Unique Users)"] == 121
    assert read.problems == []


def test_a_photo_has_no_views_of_a_video() -> None:
    read = read_file("a.csv", csv_text(table([*PHOTO, 265, 0, 0, 0, 0])), ASKED)
    assert (read.column("video_views"), read.column("kind")) == ([None], ["photo"])


def test_equal_names_that_nothing_tells_apart_are_not_added() -> None:
    read = read_file("a.csv", csv_text(table([*VIDEO, 1480, 121, 131, 423, 500], told=None)), ASKED)
    (statement,) = read.statements
    assert statement.values["video_views"] is None
    assert statement.others["Lifetime Organic Video Views (2)"] == 131


def test_the_id_of_a_post_begins_with_that_of_its_page() -> None:
    read = read_file("a.csv", csv_text(table([*VIDEO, 1480, 1, 1, 1, 1])), ASKED)
    assert read.examined.export.accounts == (Account("facebook", "1042", "maisonlumen"),)
    assert (read.column("account"), read.column("post_id")) == (["facebook:1042"], ["31"])
    damaged = read_file(
        "a.csv", csv_text(table(["1.04E+31", *VIDEO[1:], 1, 1, 1, 1, 1], [*PHOTO, 2, 0, 0, 0, 0])), ASKED
    )
    assert [(p.row, p.column, p.found) for p in damaged.problems] == [(3, "Post ID", "1.04E+31")]
    assert damaged.column("post_id") == ["22"]


def test_times_are_those_of_the_pacific_however_they_are_written() -> None:
    read = read_file("a.csv", csv_text(table([*VIDEO, 1, 1, 1, 1, 1], [*PHOTO, 2, 0, 0, 0, 0])), ASKED)
    assert read.column("published_at") == [datetime(2017, 10, 1, 0, 30), datetime(2017, 9, 27, 6, 10)]
    assert read.column("day") == [date(2017, 10, 1), date(2017, 9, 27)]


def test_breakdowns_leave_zeros_out_and_people_are_not_taken_for_times() -> None:
    stories = [["Description", *ROW, "share", "like", "comment"]]
    stories += [["Lifetime: … (Total Count)", *VIDEO, 28, 107, 17], ["", *PHOTO, "", 34, ""]]
    people = [["Description", *ROW, "share", "like", "comment"], ["Lifetime: … (Unique Users)", *VIDEO, 27, 103, 10]]
    clicks = [["Description", *ROW, "other clicks", "link clicks"]]
    clicks += [["Lifetime: … (Total Count)", *VIDEO, 40, 2], ["", *PHOTO, "", ""]]
    content = workbook(
        ("Key Metrics", table([*VIDEO, 1480, 121, 131, 423, 500], [*PHOTO, 265, 0, 0, 0, 0])),
        ("Lifetime Talking About This(...", people),
        ("Lifetime Post Stories by act...", stories),
        ("Lifetime Post Consumptions b...", clicks),
    )
    read = read_file("a.xlsx", content, ASKED)
    told = [{k: s.values[k] for k in ("reactions", "comments", "shares", "link_clicks") if k in s.values}
            for s in read.statements]  # fmt: skip
    assert told == [
        {}, {},
        {"reactions": 107, "comments": 17, "shares": 28}, {"reactions": 34, "comments": 0, "shares": 0},
        {"link_clicks": 2}, {"link_clicks": 0},
    ]  # fmt: skip
    assert read.problems == []


def test_the_day_of_the_export_is_that_of_its_name() -> None:
    name = "Facebook Insights Data Export (Post Level) - Maison Lumen - 2017-10-22.csv"
    read = read_file(name, csv_text(table([*VIDEO, 1, 1, 1, 1, 1])))
    assert read.examined.export.as_of == datetime(2017, 10, 22)
