"""Facebook Insights of a page: windows of 28 days, names that are equal, a last day that is not counted yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from reading_help import csv_text, read_file, workbook

from connectors.reading import examine
from data.model import Answers

ME = Answers("facebook:1042")
KEYS = ["Date", "page_fans:lifetime", "page_fan_adds_unique:day", "page_fan_removes_unique:day"]
KEYS += ["page_impressions:day", "page_impressions:days_28", "page_impressions_unique:week", "page_views_total:day"]
TOLD = ["", "Lifetime: likes (Unique Users)", "Daily: new (Unique Users)", "Daily: lost (Unique Users)"]
TOLD += ["Daily: seen (Total Count)", "28 Days: seen (Total Count)", "Weekly: people (Unique Users)", "Daily: views"]
FIRST = ["2017-07-01", 812, 7, 2, 790, 15200, 3000, 22]
SECOND = ["2017-07-02", 815, 4, 1, 702, 15300, 3100, 19]
UNCOUNTED = ["2017-07-03", 815, 0, 0, 0, 15300, 3100, 0]


def page(*rows: list[Any]) -> str:
    return csv_text([KEYS, TOLD, *rows])


def test_figures_of_a_week_or_of_28_days_are_told_nowhere() -> None:
    read = read_file("a.csv", page(FIRST, SECOND), ME)
    assert read.column("impressions") == [790, 702]
    assert not any(statement.others for statement in read.statements)
    assert (read.column("followers"), read.column("profile_visits")) == ([812, 815], [22, 19])
    assert (read.column("follows"), read.column("unfollows")) == ([7, 4], [2, 1])


def test_the_row_of_descriptions_is_no_day_and_no_problem() -> None:
    read = read_file("a.csv", page(FIRST, SECOND), ME)
    assert (read.column("day"), read.problems) == ([date(2017, 7, 1), date(2017, 7, 2)], [])
    assert len(read_file("a.csv", csv_text([KEYS, FIRST, SECOND]), ME).statements) == 2


def test_a_last_day_that_is_not_counted_yet_keeps_its_likes_only() -> None:
    read = read_file("a.csv", page(FIRST, SECOND, UNCOUNTED), ME)
    assert read.column("followers") == [812, 815, 815]
    assert read.column("impressions") == [790, 702, None]
    assert read.column("follows") == [7, 4, None]
    assert [(p.row, p.found) for p in read.problems] == [(5, "0")]


def test_a_day_of_0_between_others_and_a_page_at_rest_are_told() -> None:
    between = read_file("a.csv", page(FIRST, ["2017-07-02", 812, 0, 0, 0, 1, 1, 0], UNCOUNTED[:1] + SECOND[1:]), ME)
    assert (between.column("impressions"), between.problems) == ([790, 0, 702], [])
    still = [["2017-07-01", 12, *[0] * 6], ["2017-07-02", 12, *[0] * 6]]
    at_rest = read_file("a.csv", page(*still), ME)
    assert (at_rest.column("impressions"), at_rest.problems) == ([0, 0], [])


def test_a_page_that_0_people_like_states_no_followers() -> None:
    read = read_file("a.csv", page(["2017-06-30", 0, *FIRST[2:]], FIRST), ME)
    assert read.column("followers") == [None, 812]


def test_visits_are_those_of_people_logged_in_where_no_others_are_told() -> None:
    header = ["Date", "Lifetime Total Likes", "Daily Logged-in Page Views", "Daily Logged-in Page Views"]
    told = ["", "Lifetime: likes (Unique Users)", "Daily: views (Unique Users)", "Daily: views (Total Count)"]
    (statement,) = read_file("a.csv", csv_text([header, told, ["2015-10-01", 90, 6, 9]]), ME).statements
    assert (statement.values["profile_visits"], statement.values["visitors"]) == (9, 6)
    both = csv_text([[*header, "page_views_total:day"], [*told, "Daily: views"], ["2015-10-01", 90, 6, 9, 14]])
    (statement,) = read_file("a.csv", both, ME).statements
    assert statement.values["profile_visits"] == 14
    assert statement.others == {"Daily Logged-in Page Views (Total Count)": 9.0}


def test_equal_names_that_nothing_tells_apart_are_numbered_and_not_taken_for_a_figure() -> None:
    header = ["Date", "Lifetime Total Likes", "Daily Logged-in Page Views", "Daily Logged-in Page Views"]
    (statement,) = read_file("a.csv", csv_text([header, ["2015-10-01", 90, 6, 9], [""]]), ME).statements
    assert "profile_visits" not in statement.values and "visitors" not in statement.values
    assert statement.others == {"Daily Logged-in Page Views (1)": 6.0, "Daily Logged-in Page Views (2)": 9.0}


def test_a_real_workbook_reads_alike_and_parts_of_figures_are_found_by_their_sheets() -> None:
    stories = [["Description", "Date", "fan", "mention"], ["Daily: … (Total Count)", "2017-07-01", 7, 2]]
    people = [["Description", "Date", "like"], ["Daily: … (Unique Users)", "2017-07-01", 24]]
    cities = [["Description", "Date", "Nîmes, France"], ["Lifetime: …", "2017-07-01", 96]]
    windows = [["Description", "Date", "fan", "mention"], ["28 Days: … (Total Count)", "2017-07-01", 90, 12]]
    content = workbook(
        ("Key Metrics", [KEYS, TOLD, FIRST]),
        ("Daily Page Stories By Story...", stories),
        ("Daily Positive Feedback F...001", people),
        ("Lifetime Likes by City", cities),
        ("28 Days Page Stories By Stor...", windows),
    )
    read = read_file("a.xlsx", content, ME)
    days, of_stories, of_city = read.statements
    assert days.values["impressions"] == 790
    assert of_stories.values["mentions"] == 2
    assert of_stories.others == {"Daily Page Stories By Story Type - fan": 7.0}
    assert (of_city.table, of_city.values["member"], of_city.values["followers"]) == ("audience", "Nîmes, France", 96)
    assert read.problems == []


def test_a_file_saved_again_with_semicolons_reads_alike() -> None:
    again = read_file("a.csv", csv_text([KEYS, TOLD, FIRST, SECOND], delimiter=";"), ME)
    assert [s.values for s in again.statements] == [
        s.values for s in read_file("a.csv", page(FIRST, SECOND), ME).statements
    ]


def test_a_cell_that_is_no_number_is_a_problem_and_the_rest_of_its_day_is_kept() -> None:
    read = read_file("a.csv", page([*FIRST[:2], "many", *FIRST[3:]], SECOND), ME)
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "page_fan_adds_unique:day", "many")]
    assert (read.column("follows"), read.column("impressions")) == ([None, 4], [790, 702])


def test_the_page_is_not_named_in_the_file_so_it_is_asked() -> None:
    questions = examine(
        "Facebook Insights Data Export - Lumen - 2017-07-02.csv", page(FIRST, SECOND).encode()
    ).questions
    assert [question.about for question in questions] == ["account"]


def test_people_are_not_taken_for_times_where_the_column_of_times_is_gone() -> None:
    likes = "Daily Positive Feedback From Users - like"
    rows = [["Date", "Daily New Likes", likes], ["", "", "Daily: people (Unique Users)"], ["2015-10-01", "3", "4"]]
    read = read_file("a.csv", csv_text(rows), Answers("facebook:1042"))
    assert read.column("reactions") == [None]
    assert read.statements[0].others == {f"{likes} (Unique Users)": 4}
