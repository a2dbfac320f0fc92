"""Facebook videos: ids that are not those of posts, and files wrapped by a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reading_help import csv_text, read_file

from connectors.meta_facebook_posts import CONNECTOR as POSTS
from connectors.meta_facebook_videos import CONNECTOR as VIDEOS
from connectors.sheet import open_book
from data.model import Answers

ASKED = Answers(as_of=datetime(2026, 4, 15))
HEADER = ["Video asset ID", "Universal video ID", "Page ID", "Page name", "Title", "Duration (sec)", "Publish time"]
HEADER += ["Data comment", "Date", "Reach", "3-second video views", "Seconds viewed", "Reactions"]
HEADER += ["3-second video views by country (France (FR))", "Percentage of total views at interval 3"]


def video(number: int, title: str = "", **more: Any) -> list[Any]:
    row = [f"438800000000{number:04}", "", "1044", "Maison Lumen", title, 10, "03/18/2026 22:04", "", "Lifetime"]
    row += [2222, 1488, "14321.665", 24, 5, "0.98"]
    return [more.get(header.replace(" ", "_"), cell) for header, cell in zip(HEADER, row, strict=True)]


def test_a_video_is_a_post_without_views_or_link_and_its_ids_are_said_to_be_others() -> None:
    read = read_file("a.csv", csv_text([HEADER, video(1, "Le verre")]), ASKED)
    (said,) = read.statements
    assert (said.values["reach"], said.values["video_views"], said.values["watch_seconds"]) == (2222, 1488, 14321.665)
    assert (said.values["account"], said.values["kind"], said.values["text"]) == ("facebook:1044", "video", "Le verre")
    assert not {"views", "link"} & said.values.keys()
    assert said.values["published_at"] == datetime(2026, 3, 19, 5, 4)
    assert said.others == {"Duration (sec)": 10}
    (problem,) = read.problems
    assert (problem.row, problem.column) == (1, "Video asset ID")
    assert "counts twice" in str(problem.expected)


def test_a_wrapped_file_says_the_same_as_the_one_that_was_wrapped() -> None:
    text = csv_text([HEADER, video(1), video(2, 'Le "grand" atelier, dès 9 h'), video(3)])
    lines = csv_text([line] for line in text.replace("\r\n", "\n").rstrip("\n").split("\n"))
    assert lines.startswith('"Video asset ID,Universal video ID')
    whole, wrapped = read_file("a.csv", text, ASKED), read_file("a.csv", lines, ASKED)
    assert (wrapped.statements, wrapped.problems) == (whole.statements, whole.problems)


def test_a_wrapped_text_of_several_lines_is_put_together() -> None:
    text = csv_text([HEADER, video(1), video(2, "Souffler,\nen trois gestes"), video(3)]).replace("\r\n", "\n")
    read = read_file("a.csv", csv_text([line] for line in text.rstrip("\n").split("\n")), ASKED)
    assert read.column("text") == [None, "Souffler,\nen trois gestes", None]
    assert [said.origin.row for said in read.statements] == [2, 3, 5]


def test_the_lines_of_a_row_that_stays_broken_are_problems() -> None:
    text = csv_text([HEADER, video(1)]).replace("\r\n", "\n").rstrip("\n").split("\n")
    broken = ['4388000000000002,,1044,"Maison Lumen","Une lampe', "et son ombre", text[1].replace("0001", "0003")]
    read = read_file("a.csv", csv_text([line] for line in [*text, *broken]), ASKED)
    assert read.column("post_id") == ["4388000000000001", "4388000000000003"]
    assert [problem.row for problem in read.problems] == [1, 3, 4]


def test_posts_and_videos_are_told_apart() -> None:
    book = open_book("a.csv", csv_text([HEADER, video(1)]).encode())
    assert VIDEOS.found_in(book)
    assert POSTS.found_in(book) == []
    with_posts = open_book("a.csv", csv_text([["Post ID", *HEADER], [1, *video(1)]]).encode())
    assert VIDEOS.found_in(with_posts) == []
