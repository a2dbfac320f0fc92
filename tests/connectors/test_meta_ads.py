"""Meta Ads: six languages, the currency in the header, empty cells that are zero, results and their indicator."""

from __future__ import annotations

from datetime import date

import pytest
from reading_help import csv_text, read_file

from connectors.meta_ads import CONNECTOR
from connectors.sheet import open_book
from data.model import Answers

MINE = Answers("meta_ads:lumen")
HEADER = ["Day", "Campaign name", "Ad name", "Amount spent (EUR)", "Impressions", "Link clicks"]
ROW = ["2026-01-03", "Winter", "Video", "12.34", "1500", "30"]


@pytest.mark.parametrize(
    "header",
    [
        ["Jour", "Nom de la campagne", "Montant dépensé (CHF)", "Impressions", "Clics sur le lien"],
        ["Dia", "Nome da campanha", "Valor usado (BRL)", "Impressões", "Cliques no link"],
        ["Día", "Nombre de la campaña", "Importe gastado (COP)", "Impresiones", "Clics en el enlace"],
        ["Tag", "Kampagnenname", "Ausgegebener Betrag (EUR)", "Impressionen", "Link-Klicks"],
        ["Giorno", "Nome della campagna", "Importo speso (EUR)", "Impression", "Clic sul link"],
    ],
)
def test_every_language_says_the_same(header: list[str]) -> None:
    (statement,) = read_file("a.csv", csv_text([header, [*ROW[:2], *ROW[3:]]]), MINE).statements
    values = statement.values
    assert (values["campaign"], values["cost"], values["currency"]) == ("Winter", 12.34, header[2][-4:-1])
    assert (values["impressions"], values["clicks"], values["first_day"]) == (1500, 30, date(2026, 1, 3))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("Reporting starts", "Reporting ends"), ("Début des rapports", "Fin des rapports"),
     ("Início dos relatórios", "Término dos relatórios"), ("Inicio del informe", "Fin del informe"),
     ("Inizio dei report", "Fine dei report")],
)  # fmt: skip
def test_without_days_a_row_is_of_its_reporting_period(starts: str, ends: str) -> None:
    rows = [[starts, ends, *HEADER[1:]], ["2026-01-01", "2026-01-31", *ROW[1:]]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert (read.column("first_day"), read.column("last_day")) == ([date(2026, 1, 1)], [date(2026, 1, 31)])


def test_the_day_is_believed_over_the_reporting_period() -> None:
    rows = [["Reporting starts", "Reporting ends", *HEADER], ["2026-01-01", "2026-01-31", *ROW]]
    assert read_file("a.csv", csv_text(rows), MINE).column("last_day") == [date(2026, 1, 3)]


def test_a_period_that_ends_before_it_starts_is_told() -> None:
    rows = [["Reporting starts", "Reporting ends", *HEADER[1:]], ["2026-01-31", "2026-01-01", *ROW[1:]]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert read.statements == []
    assert [problem.row for problem in read.problems] == [2]


def test_an_empty_cell_is_zero_and_a_damaged_one_is_not() -> None:
    read = read_file("a.csv", csv_text([HEADER, [*ROW[:3], "", "", ""], [*ROW[:3], "1", "2", "many"]]), MINE)
    assert (read.column("cost"), read.column("impressions"), read.column("clicks")) == ([0, 1], [0, 2], [0, None])
    assert [(problem.row, problem.column) for problem in read.problems] == [(3, "Link clicks")]


def test_a_column_that_is_not_there_states_nothing() -> None:
    (statement,) = read_file("a.csv", csv_text([HEADER[:5], ROW[:5]]), MINE).statements
    assert "clicks" not in statement.values and "conversions" not in statement.values


def test_results_stand_under_their_indicator() -> None:
    rows = [[*HEADER, "Results", "Result indicator"], [*ROW, "7", "actions:lead"], [*ROW, "", ""]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert [statement.others for statement in read.statements] == [{"Results (actions:lead)": 7.0}, {}]
    assert read.problems == []


def test_results_without_an_indicator_are_left_aside_and_told() -> None:
    read = read_file("a.csv", csv_text([[*HEADER, "Results"], [*ROW, "7"]]), MINE)
    assert [statement.others for statement in read.statements] == [{}]
    assert [problem.found for problem in read.problems] == ["Results"]


def test_purchases_are_conversions_and_rates_are_no_figures() -> None:
    more = {"Purchases": "3", "Purchases conversion value": "99.5", "Purchase ROAS (return on ad spend)": "8",
            "CPM (cost per 1,000 impressions) (EUR)": "8.2", "Cost per results": "4.1", "Frequency": "1.2",
            "CTR (all)": "2.1", "Ad ID": "120330000000001", "Reach": "1200", "Ad set budget": "50"}  # fmt: skip
    (statement,) = read_file("a.csv", csv_text([[*HEADER, *more], [*ROW, *more.values()]]), MINE).statements
    assert (statement.values["conversions"], statement.values["conversion_value"]) == (3, 99.5)
    assert statement.others == {"Reach": 1200.0}


def test_ads_of_one_name_are_rows_of_their_own() -> None:
    read = read_file("a.csv", csv_text([HEADER, ROW, ROW, [*ROW[:2], "", *ROW[3:]]]), MINE)
    assert read.column("part") == ["Video", "Video (2)", None]


def test_a_currency_in_a_column_of_its_own_is_read() -> None:
    rows = [[*HEADER[:3], "Amount spent", "Impressions", "Currency"], [*ROW[:5], "usd"]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert (read.column("currency"), read.problems) == (["USD"], [])


def test_a_cost_without_a_currency_is_kept_and_told() -> None:
    read = read_file("a.csv", csv_text([[*HEADER[:3], "Amount spent"], ROW[:4]]), MINE)
    assert (read.column("cost"), read.column("currency")) == ([12.34], [None])
    assert [(problem.row, problem.column) for problem in read.problems] == [(1, "Amount spent")]


def test_a_file_saved_again_by_a_european_spreadsheet_says_the_same() -> None:
    resaved = csv_text([HEADER, ["03/01/2026", *ROW[1:3], "12,34", "1500", "30"],
                        ["13/01/2026", *ROW[1:3], "1 000,5", "1500", "30"]], ";").encode("cp1252")  # fmt: skip
    read = read_file("a.csv", resaved, MINE)
    assert read.column("cost") == [12.34, 1000.5]
    assert read.column("first_day") == [date(2026, 1, 3), date(2026, 1, 13)]


def test_columns_in_another_order_say_the_same() -> None:
    backwards = csv_text([HEADER[::-1], ROW[::-1]])
    expected = read_file("a.csv", csv_text([HEADER, ROW]), MINE).statements
    assert read_file("a.csv", backwards, MINE).statements[0].values == expected[0].values


@pytest.mark.parametrize("header", [["Day", "Campaign name", "Cost (EUR)"], ["Day", "Amount spent (EUR)"],
                                    ["Campaign name", "Amount spent (EUR)"]])  # fmt: skip
def test_files_of_others_are_not_claimed(header: list[str]) -> None:
    assert CONNECTOR.found_in(open_book("a.csv", csv_text([header, ["2026-01-03", "1", "1"]]).encode())) == []
