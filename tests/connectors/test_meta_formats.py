"""Top content formats of Meta: names above values, cells that are empty, the period that is asked."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file

from connectors.meta_formats import CONNECTOR
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers

ASKED = Answers("facebook:1044", datetime(2026, 1, 1), None, date(2025, 11, 1))
VIEWS = [["Views"], ["Reels", "Photos", "Text"], ["572,681", "22", ""], []]
PUBLISHED = [["Published content"], ["Photos", "Reels"], ["30", "46"], []]


def test_each_format_is_told_by_the_cards_that_name_it() -> None:
    read = read_file("a.csv", csv_text([*VIEWS, *PUBLISHED]), ASKED)
    told = [(s.values["member"], s.values.get("views"), dict(s.others), s.origin.row) for s in read.statements]
    assert told == [
        ("Reels", 572681, {}, 3), ("Photos", 22, {}, 3),
        ("Photos", None, {"Published content": 30}, 7), ("Reels", None, {"Published content": 46}, 7),
    ]  # fmt: skip
    assert {(s.values["first_day"], s.values["last_day"]) for s in read.statements} == {
        (date(2025, 11, 1), date(2026, 1, 1))
    }
    assert read.problems == []


def test_whose_figures_they_are_and_of_which_days_is_asked() -> None:
    questions = examine("a.csv", csv_text(VIEWS).encode()).questions
    assert [question.about for question in questions] == ["account", "as_of", "since"]


@pytest.mark.parametrize("title", ["Conteúdo publicado", "Contenu publié"])
def test_a_single_card_in_another_language_is_read(title: str) -> None:
    read = read_file("a.csv", csv_text([["sep=,"], [title], ["Stories", "Publicações"], ["12", "7"]]), ASKED)
    assert [(s.values["member"], dict(s.others)) for s in read.statements] == [
        ("Stories", {title: 12}), ("Publicações", {title: 7})
    ]  # fmt: skip


def test_values_that_cannot_be_read_are_problems() -> None:
    rows = [["Views"], ["Reels", "Photos"], ["12.5", "3", "9"]]
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert read.column("views") == [3]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Reels", "12.5"), (3, "", "9")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Views"], ["Date", "Primary"], ["2026-05-01T00:00:00", "4"], ["2026-05-02T00:00:00", "5"]],
        [["Views"], ["Reels", "Photos"], ["high", "low"]],
        [["Top countries"], ["France", "Togo"], ["75.1", "3"]],
        [["Reels", "Photos"], ["12", "3"]],
    ],
)
def test_other_cards_are_not_taken_for_formats(rows: list[list[str]]) -> None:
    assert CONNECTOR.found_in(open_book("a.csv", csv_text(rows).encode())) == []


def test_a_card_of_one_day_is_a_card_by_day() -> None:
    rows = [["Views"], ["Date", "Primary"], ["2026-05-01T00:00:00", "4"]]
    assert examine("Views.csv", csv_text(rows).encode()).connector.key == "meta_results"
