"""Google Business Profile: places over a period that the name states, and the line that describes the columns."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file, workbook

from connectors.google_business import named_period
from connectors.reading import examine
from data.model import Answers, UserError

NAME = "GMB insights (Performance Report) - 2026-2-1 - 2026-2-28 - 0a1b.csv"
HEADER = ["Store code", "Business name", "Address", "Google Search - Mobile", "Calls"]
SAYS = ["", "", "", "Google Search impressions on mobile devices", "Interactions with the call button"]
LYON = ["L1", "Lumen", "3 rue de la Lampe", "1204", "31"]
NICE = ["", "Lumen", "8 quai du Soir", "640", ""]


def test_each_place_is_a_part_of_the_audience_over_the_period_of_the_name() -> None:
    read = read_file(NAME, csv_text([HEADER, SAYS, LYON, NICE]))
    assert {statement.table for statement in read.statements} == {"audience"}
    assert read.column("member") == ["Lumen, L1, 3 rue de la Lampe", "Lumen, 8 quai du Soir"]
    assert set(read.column("first_day")) == {date(2026, 2, 1)}
    assert set(read.column("last_day")) == {date(2026, 2, 28)}
    assert read.examined.export.as_of == datetime(2026, 2, 28)


def test_figures_stand_under_the_headers_of_google_and_none_is_made_up() -> None:
    read = read_file(NAME, csv_text([HEADER, SAYS, LYON, NICE]))
    assert [s.others for s in read.statements] == [
        {"Google Search - Mobile": 1204.0, "Calls": 31.0},
        {"Google Search - Mobile": 640.0},
    ]
    assert read.problems == []


def test_a_figure_that_cannot_be_read_is_told() -> None:
    read = read_file(NAME, csv_text([HEADER, SAYS, LYON, [*NICE[:4], "many"]]))
    assert [(problem.row, problem.column) for problem in read.problems] == [(4, "Calls")]


def test_the_business_is_the_account_when_all_places_bear_its_name() -> None:
    assert [
        account.key for account in examine(NAME, csv_text([HEADER, SAYS, LYON, NICE]).encode()).export.accounts
    ] == ["google_business:Lumen"]
    two = csv_text([HEADER, SAYS, LYON, ["", "Lumen Nice", *NICE[2:]]])
    assert [question.about for question in examine(NAME, two.encode()).questions] == ["account"]


def test_without_its_name_the_period_is_asked() -> None:
    examined = examine("report.csv", csv_text([HEADER, SAYS, LYON]).encode())
    assert [question.about for question in examined.questions] == ["as_of", "since"]
    answers = Answers(as_of=datetime(2026, 2, 28), since=date(2026, 2, 1))
    read = read_file("report.csv", csv_text([HEADER, SAYS, LYON]), answers)
    assert (read.column("first_day"), read.column("last_day")) == ([date(2026, 2, 1)], [date(2026, 2, 28)])


def test_a_workbook_says_the_same() -> None:
    rows = [HEADER, SAYS, [*LYON[:3], 1204, 31]]
    read = read_file(NAME.replace(".csv", ".xlsx"), workbook(("Report", rows)))
    assert read.statements[0].others == {"Google Search - Mobile": 1204.0, "Calls": 31.0}


@pytest.mark.parametrize("name", ["report.csv", "a - 2026-13-1 - 2026-13-2 - x.csv", "2026-2-1.csv"])
def test_a_name_without_days_states_no_period(name: str) -> None:
    assert named_period(name) is None


def test_the_list_of_profiles_is_not_claimed() -> None:
    with pytest.raises(UserError):
        examine("Ungrouped locations.csv", csv_text([["Store code", "Business name", "Address"], LYON[:3]]).encode())
