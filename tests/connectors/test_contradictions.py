"""Rows of one file that state the same day or post: told, whatever format the file is of."""

from __future__ import annotations

from datetime import datetime

from reading_help import csv_text, read_file

from data.model import Answers

ASKED = Answers("x:lumen", datetime(2026, 8, 20))
DAYS = ["Date", "Impressions", "Likes", "Engagements", "New follows", "Unfollows", "Replies", "Reposts", "Create Post"]
POSTS = ["Post id", "Date", "Post text", "Link", "Impressions", "Likes", "Engagements", "Replies", "Reposts"]


def _day(day: str, impressions: int) -> list[object]:
    return [day, impressions, 1, 3, 0, 0, 0, 0, 2]


def _post(post_id: int, impressions: int) -> list[object]:
    return [post_id, "Thu, Aug 20, 2026", "Bonjour", f"https://x.com/lumen/status/{post_id}", impressions, 1, 3, 0, 0]


FIRST, OTHER = 2090204682122166349, 2090204682122166350


def test_days_that_are_stated_twice_in_different_words_are_not_believed() -> None:
    rows = [DAYS, _day("Thu, Aug 20, 2026", 10), _day("Wed, Aug 19, 2026", 7), _day("Thu, Aug 20, 2026", 12)]
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert read.column("impressions") == [7]
    assert [problem.row for problem in read.problems] == [2, 4]


def test_days_that_are_stated_twice_alike_are_said_once() -> None:
    rows = [DAYS, _day("Thu, Aug 20, 2026", 10), _day("Wed, Aug 19, 2026", 7), _day("Thu, Aug 20, 2026", 10)]
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert (read.column("impressions"), read.problems) == ([10, 7], [])


def test_of_two_exports_of_posts_in_one_file_the_first_figures_are_believed_and_the_others_told() -> None:
    rows = [POSTS, _post(FIRST, 10), _post(OTHER, 7), _post(FIRST, 12), _post(OTHER, 7)]
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert read.column("impressions") == [10, 7]
    assert [(problem.row, problem.expected.values["row"]) for problem in read.problems] == [(4, 2)]
