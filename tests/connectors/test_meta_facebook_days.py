"""Facebook pages by day: whose a row is, and what its columns are kept as."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file

from connectors.meta_facebook_days import CONNECTOR
from connectors.sheet import open_book

HEADER = ["Page ID", "Page name", "Data comment", "Date", "Unique user engagements", "Overall negative feedback"]


def test_a_day_is_that_of_the_page_its_row_names_and_people_are_kept_under_their_header() -> None:
    rows = [["1044", "Maison Lumen", "", "02/03/2026", "1,014", 0], ["1045", "Ormeau", "", "02/03/2026", "", 2]]
    read = read_file("a.csv", csv_text([HEADER, *rows]))
    assert read.column("account") == ["facebook:1044", "facebook:1045"]
    assert read.column("day") == [date(2026, 2, 3)] * 2  # month first, and nobody is asked
    assert [said.others for said in read.statements] == [
        {"Unique user engagements": 1014, "Overall negative feedback": 0}, {"Overall negative feedback": 2}
    ]  # fmt: skip
    assert all(set(said.values) == {"account", "day"} for said in read.statements)
    assert read.examined.export.as_of == datetime(2026, 2, 3)


def test_a_day_on_which_nothing_is_stated_is_not_known() -> None:
    rows = [["1044", "Maison Lumen", "", "02/17/2026", "", ""], ["1044", "Maison Lumen", "", "02/18/2026", 5, ""]]
    read = read_file("a.csv", csv_text([HEADER, *rows]))
    assert read.column("day") == [date(2026, 2, 18)]


def test_a_day_that_cannot_be_read_is_a_problem() -> None:
    rows = [["1044", "Maison Lumen", "", "02/18/2026", 5, 0], ["1044", "Maison Lumen", "no data", "", 5, 0]]
    read = read_file("a.csv", csv_text([HEADER, *rows]))
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Date", "no data")]


@pytest.mark.parametrize("more", ["Post ID", "Identifiant de la publication", "Video asset ID", "Publish time"])
def test_posts_and_videos_by_day_are_no_pages(more: str) -> None:
    row = ["1044", "Maison Lumen", "", "02/18/2026", 5, 0, "1"]
    assert CONNECTOR.found_in(open_book("a.csv", csv_text([[*HEADER, more], row]).encode())) == []
    assert CONNECTOR.found_in(open_book("a.csv", csv_text([HEADER, row[:-1]]).encode()))


def test_a_report_with_a_page_and_a_date_is_not_taken_for_one() -> None:
    book = open_book("a.csv", csv_text([["Page ID", "Page name", "Date", "Spend"], [1, "a", "02/18/2026", 3]]).encode())
    assert CONNECTOR.found_in(book) == []
