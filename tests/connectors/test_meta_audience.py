"""Audience of Meta: layouts and languages, shares with and without their sign, numbers that became dates."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from reading_help import csv_text, read_file, workbook

from connectors.meta_audience import CONNECTOR
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers, Statement, UserError

PAGE, GRAM = "facebook:1044", "instagram:maison.lumen"
ASKED = Answers(PAGE, datetime(2026, 5, 20, 9))
AGES = [["Age & gender"], ["", "Women", "Men"], ["18-24", "10.6", "6.5"], ["65+", "3", ""], []]
CITIES = [["Top towns/cities"], ["Lille, France", "Ghent, Belgium"], ["13.7", "5"], []]
OLD_AGES = [["Instagram followers by gender and age"], ["Age", "Women", "Men"], ["18-24", "12.2%", "22.3%"], []]
OLD_CITIES = [["Instagram followers by top cities"], ["Top towns/cities", "Value"], ["Lille, France", "15.6%"], []]
TOTAL = [["Instagram followers"], ["IG_ACCOUNT,FOLLOW,UNIQUE_USERS"], ["4940"], []]


def shares(statements: list[Statement]) -> dict[tuple[str, str], float]:
    parts = [s.values for s in statements if s.table == "audience"]
    return {(part["dimension"], part["member"]): part["share"] for part in parts}


def test_shares_without_a_sign_are_percentages_of_the_day_of_the_export() -> None:
    read = read_file("Audience.csv", csv_text([*AGES, *CITIES]), ASKED)
    assert shares(read.statements) == {
        ("gender and age", "F.18-24"): 0.106, ("gender and age", "M.18-24"): 0.065, ("gender and age", "F.65+"): 0.03,
        ("city", "Lille, France"): 0.137, ("city", "Ghent, Belgium"): 0.05,
    }  # fmt: skip
    assert {s.values["first_day"] for s in read.statements} == {date(2026, 5, 20)}
    assert {s.values["last_day"] for s in read.statements} == {date(2026, 5, 20)}
    assert [s.origin.row for s in read.statements] == [3, 3, 4, 8, 8]
    assert read.problems == []


def test_the_account_and_the_day_of_the_export_are_asked_for() -> None:
    questions = examine("Audience.csv", csv_text(AGES).encode()).questions
    assert [(q.about, q.networks) for q in questions] == [("account", ("facebook", "instagram")), ("as_of", ())]
    questions = examine("Audience.csv", csv_text(OLD_AGES).encode()).questions
    assert [(q.about, q.networks) for q in questions] == [("account", ("instagram",)), ("as_of", ())]


def test_the_number_of_followers_is_that_of_the_account_on_that_day() -> None:
    facebook = [["Facebook followers"], ["FB_PAGE,FOLLOW,UNIQUE_USERS"], ["0"], []]
    empty = [["Facebook followers by gender and age"], [], []]
    content = csv_text([["sep=,"], *facebook, *TOTAL, *empty, *OLD_AGES, *OLD_CITIES])
    read = read_file("Audience.csv", content, Answers(f"{PAGE},{GRAM}", datetime(2023, 9, 12)))
    days = [s for s in read.statements if s.table == "account_days"]
    assert [s.values for s in days] == [
        {"account": PAGE, "day": date(2023, 9, 12), "followers": 0},
        {"account": GRAM, "day": date(2023, 9, 12), "followers": 4940},
    ]
    assert {s.values["account"] for s in read.statements if s.table == "audience"} == {GRAM}
    assert read.problems == []


@pytest.mark.parametrize(
    "rows",
    [
        [["Seguidores por idade"], ["Idade", "Mulheres", "Homens"], ["18-24", "23,9%", "1%"]],
        [["Follower"], ["Âge", "Femmes", "Hommes"], ["18-24", "23,9%", "1%"]],
        [["Follower"], ["Età", "Uomini", "Donne"], ["18-24", "1%", "23,9%"]],
    ],
)
def test_ages_are_read_in_every_language_and_order_of_sexes(rows: list[list[str]]) -> None:
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert shares(read.statements) == {("gender and age", "F.18-24"): 0.239, ("gender and age", "M.18-24"): 0.01}


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (["Top cities", "Value"], "city"),
        (["Principales villes", "Valeur"], "city"),
        (["Città principali", "Valore", "iso_alpha"], "city"),
        (["Principais países", "Valor"], "country"),
        (["Principaux pays", "Valeur"], "country"),
    ],
)
def test_a_list_without_a_title_is_known_by_its_headers(header: list[str], place: str) -> None:
    read = read_file("a.csv", csv_text([header, ["Nantes", "2,1%", "FR"], ["Lille", "0,8%"]]), ASKED)
    assert shares(read.statements) == {(place, "Nantes"): 0.021, (place, "Lille"): 0.008}


@pytest.mark.parametrize("title", ["Top countries", "Principaux pays", "Principais países"])
def test_names_in_a_row_and_values_below_them_are_read_by_column(title: str) -> None:
    read = read_file("a.csv", csv_text([[title], ["Togo", "Ghana", "Bénin"], ["75.1", "", "<0.1"]]), ASKED)
    assert shares(read.statements) == {("country", "Togo"): 0.751}
    assert read.problems == []


def test_a_file_re_saved_by_a_spreadsheet_says_the_same() -> None:
    whole = read_file("Audience.csv", csv_text([*AGES, *CITIES]), ASKED)
    padded = [[*row, *[""] * (4 - len(row))] for row in [*AGES, *CITIES]]
    with_commas = [[c.replace(".", ",") if c[:1].isdigit() else c for c in row] for row in padded]
    for rows in (padded, with_commas):
        again = read_file("Audience.csv", csv_text(rows, ";"), ASKED)
        assert again.statements == whole.statements


def test_a_workbook_keeps_the_percentages_of_each_layout() -> None:
    new = [["Age & gender"], [None, "Women", "Men"], ["18-24", 10.6, 0.4]]
    read = read_file("a.xlsx", workbook(("a", new)), ASKED)
    assert shares(read.statements) == {("gender and age", "F.18-24"): 0.106, ("gender and age", "M.18-24"): 0.004}
    old = [["Age by sex"], ["Age", "Women", "Men"], ["18-24", 0.122, 0.004]]
    read = read_file("a.xlsx", workbook(("a", old)), ASKED)
    assert shares(read.statements) == {("gender and age", "F.18-24"): 0.122, ("gender and age", "M.18-24"): 0.004}


@pytest.mark.parametrize(
    "cell", ["3.апр", "3.àïð", "03. Apr", "Apr 3", "3-Apr", "03/04/2025", "3.4.2025", "2025-04-03"]
)
def test_numbers_that_became_dates_refuse_the_file_and_name_the_cell(cell: str) -> None:
    for rows in ([*AGES[:3], ["25-34", "26.2", cell]], [*AGES, *CITIES[:2], ["13.7", cell]]):
        with pytest.raises(UserError) as refused:
            examine("Audience.csv", csv_text(rows, ";").encode())
        column, row = ("Men", 4) if len(rows) == 4 else ("Ghent, Belgium", 8)
        assert f"Audience.csv: row {row} holds “{cell}” under “{column}”" in str(refused.value)
        assert "Export it again" in str(refused.value)


def test_a_date_of_a_workbook_refuses_the_file() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "d. mmm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["Age & gender"], ["", "Women", "Men"], ["18-24", datetime(2026, 4, 3), 6.5]]):
            sheet.write_row(number, 0, row)
    with pytest.raises(UserError, match=r"row 3 holds “2026-04-03.* under “Women”"):
        examine("Audience.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([*AGES[:2], ["18-24", "many", "6.5"]], "many"),
        ([*AGES[:2], ["18-24", "106", "6.5"]], "106"),
        ([*AGES[:2], ["18-24", "-1", "6.5"]], "-1"),
        ([*OLD_AGES[:2], ["18-24", "10.6", "6.5%"]], "10.6"),
    ],
)
def test_what_is_no_percentage_is_a_problem_with_its_place(rows: list[list[str]], found: str) -> None:
    account = Answers(GRAM, datetime(2026, 5, 20))
    read = read_file("a.csv", csv_text(rows), account)
    assert list(shares(read.statements).values()) == [0.065]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Women", found)]


def test_a_value_without_a_name_is_a_problem() -> None:
    read = read_file("a.csv", csv_text([*CITIES[:2], ["13.7", "5", "1.1"]]), ASKED)
    assert len(read.statements) == 2
    assert [(p.row, p.found) for p in read.problems] == [(3, "1.1")]


def test_a_card_of_another_matter_is_left_aside_and_said_so() -> None:
    pages = [["Top Pages"], ["Ormeau", "Verrerie"], ["22.7", "20.1"], []]
    read = read_file("a.csv", csv_text([*AGES, *pages, *CITIES]), ASKED)
    assert len(read.statements) == 5
    assert [(p.row, p.found) for p in read.problems] == [(6, "Top Pages")]


def test_a_card_that_does_not_say_whose_it_is_among_those_of_two_networks_is_left_aside() -> None:
    facebook = [["Facebook followers"], ["FB_PAGE,FOLLOW,UNIQUE_USERS"], ["12"], []]
    read = read_file("a.csv", csv_text([*facebook, *TOTAL, *CITIES]), Answers(f"{PAGE},{GRAM}", datetime(2026, 5, 20)))
    assert [s.table for s in read.statements] == ["account_days", "account_days"]
    assert [(p.row, p.found) for p in read.problems] == [(9, "Top towns/cities")]
    alone = read_file("a.csv", csv_text([*TOTAL, *CITIES]), Answers(GRAM, datetime(2026, 5, 20)))
    assert {s.values["account"] for s in alone.statements} == {GRAM}


@pytest.mark.parametrize(
    "rows",
    [
        [["Country", "Value"], ["France", "3%"]][::-1],
        [["Team", "Women", "Men"], ["Ceramics", "3", "4"]],
        [["Country", "Sessions"], ["France", "3"]],
        [["Views"], ["Reels", "Photos"], ["12", "3"]],
        [["Date", "Women", "Men"]] + [["2026-05-01", "3", "4"]] * 300,
    ],
)
def test_other_tables_are_not_taken_for_an_audience(rows: list[list[str]]) -> None:
    assert CONNECTOR.found_in(open_book("a.csv", csv_text(rows).encode())) == []


def test_a_part_that_is_no_age_is_told() -> None:
    read = read_file("Audience.csv", csv_text([*AGES[:3], ["Lille, France", "13.7", "5"], []]), ASKED)
    assert set(shares(read.statements)) == {("gender and age", "F.18-24"), ("gender and age", "M.18-24")}
    assert [problem.row for problem in read.problems] == [4, 4]
