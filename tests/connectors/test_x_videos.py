"""X videos: two tables in one file, labels in any language, links that are left empty."""

from __future__ import annotations

from datetime import date, datetime

from reading_help import csv_text, read_file

from connectors.reading import examine
from data.model import Account, Answers

ME = Answers("x:maison_lumen")
DAYS = ["Date", "Views", "Watch Time (ms)", "Completion Rate", "Average Watch Time (ms)", "Estimated Revenue"]
FIRST = ["Tue, Aug 18, 2026", 120, 840000, "12.50", 7000, 0]
SECOND = ["Mon, Aug 17, 2026", 80, 400000, "8.75", 5000, "1.25"]
VIDEOS = ["Uploaded on", "Video ID", "Video title", "Views", "Duration", "Video Link", "Monetized"]
VIDEOS += ["Estimated Revenue", "Published date", "Post link"]
LINK = "https://x.com/Maison_Lumen/status/2089965585822646349"
POSTED = ["Aug 17, 2026", "13_1", "Souffler", 150, "1:05", "https://x.com/i/1", "Yes", "1.25", "Aug 17, 2026", LINK]
APART = ["Aug 10, 2026", "13_2", "Untitled video", 48, "0:12", "https://x.com/i/2", "No", 0, "", ""]
EMPTY = [""] * 10


def both(*videos: list[object], days: list[str] = DAYS, header: list[str] = VIDEOS) -> str:
    title, other = ["Video overview", *EMPTY[:5]], ["Your videos", *EMPTY[:9]]
    return csv_text([title, days, FIRST, SECOND, EMPTY, other, header, *videos])


def test_days_and_videos_are_told_apart() -> None:
    read = read_file("video_overview_analytics.csv", both(POSTED))
    first, second, post = read.statements
    assert [first.values[k] for k in ("day", "video_views", "watch_seconds")] == [date(2026, 8, 18), 120, 840]
    assert second.others == {"Completion Rate": 8.75, "Estimated Revenue": 1.25}
    assert (post.table, post.values["post_id"], post.values["video_views"]) == ("posts", "2089965585822646349", 150)
    assert post.values["published_at"] == datetime(2026, 8, 19, 6, 40)
    assert (read.problems, post.origin.row) == ([], 8)


def test_the_title_of_a_video_is_not_taken_for_the_text_of_its_post() -> None:
    post = read_file("a.csv", both(POSTED)).statements[-1]
    assert "text" not in post.values and "kind" not in post.values


def test_a_revenue_of_0_is_not_stated() -> None:
    first = read_file("a.csv", both(POSTED)).statements[0]
    assert first.others == {"Completion Rate": 12.5}


def test_videos_without_a_post_are_left_aside_and_counted() -> None:
    read = read_file("a.csv", both(APART, POSTED, APART))
    assert [s.table for s in read.statements] == ["account_days", "account_days", "posts"]
    assert [(p.row, p.column, str(p.expected).endswith(": 2")) for p in read.problems] == [(8, "Post link", True)]


def test_the_account_is_the_one_of_the_posts_or_it_is_asked() -> None:
    assert examine("a.csv", both(POSTED).encode()).export.accounts == (Account("x", "maison_lumen", "Maison_Lumen"),)
    assert [q.about for q in examine("a.csv", both(APART).encode()).questions] == ["account"]


def test_labels_of_any_language_are_known_by_their_places() -> None:
    days = ["Date", "Vues", "Durée de visionnage (ms)", "Taux", "Durée moyenne (ms)", "Revenu estimé"]
    header = ["Mise en ligne", "ID", "Titre", "Vues", "Durée", "Lien", "Monétisée", "Revenu", "Publiée", "Lien du post"]
    read = read_file("a.csv", both(POSTED, days=days, header=header))
    assert read.examined.guessed
    assert read.column("video_views") == [120, 80, 150]
    assert read.column("watch_seconds")[:2] == [840, 400]
    assert not examine("a.csv", both(POSTED).encode()).guessed


def test_a_file_without_videos_or_revenue_holds_days_alone() -> None:
    content = csv_text([DAYS[:5], FIRST[:5], SECOND[:5]])
    read = read_file("a.csv", content, ME)
    assert (read.column("video_views"), read.column("watch_seconds"), read.problems) == ([120, 80], [840, 400], [])


def test_a_file_saved_again_with_semicolons_and_without_empty_rows_reads_alike() -> None:
    rows = [["Video overview"], DAYS, FIRST, [*SECOND[:3], "8,75", 5000, "1,25"], ["Your videos"], VIDEOS]
    read = read_file("a.csv", csv_text([*rows, [*POSTED[:7], "1,25", *POSTED[8:]]], delimiter=";"))
    assert [(s.values, s.others) for s in read.statements] == [
        (s.values, s.others) for s in read_file("a.csv", both(POSTED)).statements
    ]


def test_a_cell_that_is_no_number_is_a_problem_and_the_rest_of_its_day_is_kept() -> None:
    read = read_file("a.csv", both(POSTED).replace("840000", "long"))
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Watch Time (ms)", "long")]
    assert read.column("video_views") == [120, 80, 150]


def test_videos_that_have_lost_the_title_above_them_are_no_days() -> None:
    title, other, *rows = ["Video overview"], DAYS, FIRST, SECOND, VIDEOS, POSTED
    read = read_file("a.csv", csv_text([title, other, *rows]), ME)
    assert [s.values.get("video_views") for s in read.statements] == [120, 80]


def test_a_video_that_has_lost_the_headers_above_it_is_no_header_itself() -> None:
    read = read_file("a.csv", both(header=POSTED), ME)
    assert [s.table for s in read.statements] == ["account_days", "account_days"]
    assert 7 in [p.row for p in read.problems]
