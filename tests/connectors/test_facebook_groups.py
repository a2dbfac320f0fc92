"""Facebook groups: blocks in one file, members who are not named, blocks of days that are empty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from reading_help import csv_text, read_file

from connectors.reading import examine
from data.model import Account, Answers, UserError

ME = Answers("facebook_groups:lumenverre")
DAYS = ["Date", "Joined", "Posted or Commented", "Viewed", "Posts", "Comments", "Reactions"]
FIRST = ["2026-08-01", "14", "8", "1238", "7", "18", "71"]
LINK = "https://www.facebook.com/groups/LumenVerre/posts/3042/"
WEEK = [["Name", "Value"], ["Monday", "1,014"]]
HOURS = [["Popular Times", "12 AM", "1 AM"], ["Monday", "14", "8"]]
POSTS = [["Top Posts", "Member", "Comments", "Reactions", "Views", "Link"]]
POSTS += [["Qui vient ?\n\nLe four est prêt", "Camille Ormeau", "11", "20", "620", LINK]]


def group(*blocks: list[list[Any]], empty: int = 1) -> str:
    rows = [row for block in blocks for row in (*block, *[[]] * empty)]
    return csv_text([[*row, *[""] * (25 - len(row))] for row in rows])


def test_members_are_named_nowhere() -> None:
    read = read_file("a.csv", group([DAYS, FIRST], WEEK, HOURS, POSTS))
    (statement,) = read.statements
    assert statement.values["day"] == date(2026, 8, 1)
    assert statement.others == {"Posted or Commented": 8.0, "Viewed": 1238.0}
    assert read.problems == []
    assert "Ormeau" not in repr(read.statements) + repr(read.examined.questions)


def test_a_group_is_the_one_that_the_addresses_of_its_posts_name() -> None:
    read = read_file("a.csv", group([DAYS, FIRST], POSTS))
    assert read.examined.export.accounts == (Account("facebook_groups", "lumenverre"),)
    other = [["", "", "", "", "", LINK.replace("LumenVerre", "ormeau")]]
    (question,) = examine("a.csv", group([DAYS, FIRST], POSTS + other).encode()).questions
    assert (question.about, question.networks) == ("account", ("facebook_groups",))


def test_blocks_whose_empty_rows_were_deleted_end_at_the_next_title() -> None:
    read = read_file("a.csv", group([DAYS, FIRST], WEEK, HOURS, POSTS, empty=0))
    assert (len(read.statements), read.problems) == (1, [])


def test_a_total_of_0_members_is_not_known() -> None:
    header = ["Date", "Total Members", "Pending Members", "Posts", "Comments", "Reactions", "Active Members"]
    rows = [header, ["2024-03-01", 0, 0, 1, 0, 0, 0], ["2024-03-02", "1,204", 3, 4, "", 22, 310]]
    read = read_file("a.csv", group(rows, WEEK), ME)
    assert read.column("followers") == [None, 1204]
    assert read.column("comments") == [0, None]
    assert [s.others["Active Members"] for s in read.statements] == [0.0, 310.0]


@pytest.mark.parametrize("days", [[["Date"]], [DAYS]], ids=["a header alone", "all headers"])
def test_a_file_without_a_day_is_refused_in_plain_words(days: list[list[str]]) -> None:
    with pytest.raises(UserError) as error:
        examine("group.csv", group(days, WEEK, HOURS, POSTS).encode())
    assert str(error.value).startswith("group.csv states no day of the group.")


def test_a_file_saved_again_with_semicolons_reads_alike() -> None:
    plain = read_file("a.csv", group([DAYS, FIRST], POSTS))
    again = read_file("a.csv", group([DAYS, FIRST], POSTS).replace(",", ";").replace("1;238", "1238"))
    assert [(s.values, s.others) for s in again.statements] == [(s.values, s.others) for s in plain.statements]


def test_a_day_that_is_no_date_is_a_problem() -> None:
    read = read_file("a.csv", group([DAYS, FIRST, ["someday", *FIRST[1:]], ["2026-08-03", *FIRST[1:]]], POSTS))
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Date", "someday")]
    assert len(read.statements) == 2
