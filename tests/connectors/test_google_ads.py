"""Google Ads: periods, decimal commas, totals that are of hidden campaigns or of a month, and files of others."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import ZONE, csv_text, read_file, workbook

from connectors.google_ads import CONNECTOR
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers, Check

MINE = Answers("google_ads:lumen")
TITLE, PERIOD = ["Campaign report"], ["1 January 2026 - 31 January 2026"]
HEADER = ["Campaign", "Currency code", "Impr.", "Clicks", "Avg. CPC", "Cost", "Cost / conv."]
LAMPS = ["Lamps", "EUR", "1,204", "61", "0.41", "1,025.01", "9.00"]
BRAND = ["Brand", "EUR", "10", "1", "0.10", "0.10", " --"]
REPORT = [TITLE, PERIOD, HEADER, LAMPS, BRAND]


def checks(content: str) -> list[Check]:
    items = examine("a.csv", content.encode(), MINE).statements(ZONE)
    return [item for item in items if isinstance(item, Check)]


def test_a_report_without_days_is_of_the_period_above_it() -> None:
    read = read_file("a.csv", csv_text(REPORT), MINE)
    assert set(read.column("first_day")) == {date(2026, 1, 1)}
    assert set(read.column("last_day")) == {date(2026, 1, 31)}
    assert read.examined.export.as_of == datetime(2026, 1, 31)


@pytest.mark.parametrize(
    "period",
    ["January 1, 2026 - January 31, 2026", "1 janv. 2026 - 31 janv. 2026", "2026-01-01 - 2026-01-31",
     "Jan 1, 2026 – Jan 31, 2026"],
)  # fmt: skip
def test_the_period_is_read_in_the_ways_it_is_written(period: str) -> None:
    read = read_file("a.csv", csv_text([TITLE, [period], HEADER, LAMPS]), MINE)
    assert (read.column("first_day"), read.column("last_day")) == ([date(2026, 1, 1)], [date(2026, 1, 31)])


def test_without_a_period_it_is_asked_when_it_began_and_ended() -> None:
    content = csv_text([TITLE, ["All time"], HEADER, LAMPS]).encode()
    assert [question.about for question in examine("a.csv", content).questions] == ["account", "as_of", "since"]


def test_only_the_whole_cost_is_a_cost() -> None:
    read = read_file("a.csv", csv_text(REPORT), MINE)
    assert read.column("cost") == [1025.01, 0.1]
    assert all(not statement.others for statement in read.statements)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "."])
def test_decimal_commas_and_any_mark_between_thousands_are_read(space: str) -> None:
    rows = [["Rapport sur les campagnes"], PERIOD, ["Campagne", "Code de la devise", "Impr.", "Clics", "Coût"],
            ["Lampes", "EUR", f"12{space}345", f"1{space}002", f"1{space}025,01"],
            ["Total : campagnes", "EUR", f"12{space}345", f"1{space}002", f"1{space}025,01"]]  # fmt: skip
    for delimiter in (",", "\t", ";"):
        read = read_file("a.csv", csv_text(rows, delimiter), MINE)
        assert (read.column("impressions"), read.column("clicks")) == ([12345], [1002])
        assert read.column("cost") == [1025.01]
        assert read.problems == []
        assert [check.declared for check in checks(csv_text(rows, delimiter))] == [1025.01, 12345, 1002]


def test_a_point_of_an_english_file_is_no_mark_between_thousands() -> None:
    rows = [TITLE, PERIOD, HEADER[:6], ["1.234 lamps", "EUR", "5", "1", "0.100", "0.100"]]
    assert read_file("a.csv", csv_text(rows), MINE).column("cost") == [0.1]


def test_the_excel_csv_says_the_same() -> None:
    tabs = ("\ufeff" + csv_text(REPORT, "\t")).encode("utf-16-le")
    expected = [statement.values for statement in read_file("a.csv", csv_text(REPORT), MINE).statements]
    assert [statement.values for statement in read_file("a.csv", tabs, MINE).statements] == expected


def test_a_workbook_says_the_same() -> None:
    rows = [TITLE, PERIOD, HEADER, ["Lamps", "EUR", 1204, 61, 0.41, 1025.01, 9]]
    (statement,) = read_file("a.xlsx", workbook(("Report", rows)), MINE).statements
    assert (statement.values["impressions"], statement.values["cost"]) == (1204, 1025.01)


def test_totals_are_no_campaigns_and_only_that_of_the_campaigns_is_compared() -> None:
    totals = [[f"Total: {what}", "EUR", "1,214", "62", "0.41", "1,025.11", " --"]
              for what in ("Campaigns", "Account", "Search")]  # fmt: skip
    content = csv_text([*REPORT, *totals])
    read = read_file("a.csv", content, MINE)
    assert read.column("campaign") == ["Lamps", "Brand"]
    assert read.problems == []
    found = checks(content)
    assert [(check.what, check.origin.row) for check in found] == [("Cost", 6), ("Impr.", 6), ("Clicks", 6)]
    assert all(check.agrees for check in found)


def test_a_total_that_the_rows_do_not_come_to_is_told() -> None:
    total = ["Total: Campaigns", "EUR", "1,214", "99", "0.41", "1,025.11", " --"]
    found = checks(csv_text([*REPORT, total]))
    assert [check.what for check in found if not check.agrees] == ["Clicks"]


def test_a_cent_of_rounding_is_no_difference() -> None:
    rows = [HEADER, [*LAMPS[:5], "1.09", ""], ["Total: Campaigns", "EUR", "1,204", "61", "0.41", "1.10", " --"]]
    assert all(check.agrees for check in checks(csv_text([TITLE, PERIOD, *rows])))


def test_campaigns_that_are_hidden_are_told() -> None:
    account = ["Total: Account", "EUR", "9,999", "99", "0.41", "2,000.00", " --"]
    (problem,) = read_file("a.csv", csv_text([*REPORT, account]), MINE).problems
    assert (problem.found, problem.row, problem.column) == ("2,000.00", 6, "Cost")


def test_a_report_by_day_prints_its_days_and_a_device_is_a_part() -> None:
    rows = [TITLE, PERIOD, ["Day", "Device", *HEADER], ["2026-01-03", "Mobile phones", *LAMPS],
            ["2026-01-03", "Computers", *LAMPS], ["2026-01-04", "Computers", *LAMPS]]  # fmt: skip
    read = read_file("a.csv", csv_text(rows), MINE)
    assert read.column("first_day") == read.column("last_day") == [date(2026, 1, d) for d in (3, 3, 4)]
    assert read.column("part") == ["Mobile phones", "Computers", "Computers"]


def test_rows_that_nothing_tells_apart_are_all_kept() -> None:
    read = read_file("a.csv", csv_text([TITLE, PERIOD, HEADER, LAMPS, LAMPS]), MINE)
    assert read.column("part") == [None, "(2)"]


@pytest.mark.parametrize("january", ["2026-01-01", "2026-01", "January 2026", "Jan 2026", "janv. 2026", "Jan-26"])
def test_months_are_read_as_they_are_written_and_cut_by_the_period(january: str) -> None:
    rows = [TITLE, ["10 January 2026 - 5 February 2026"], ["Month", *HEADER], [january, *LAMPS]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert (read.column("first_day"), read.column("last_day")) == ([date(2026, 1, 10)], [date(2026, 1, 31)])


def test_weeks_are_seven_days_cut_by_the_period() -> None:
    rows = [TITLE, PERIOD, ["Week", *HEADER], ["2026-01-05", *LAMPS], ["2026-01-26", *LAMPS]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert read.column("first_day") == [date(2026, 1, 5), date(2026, 1, 26)]
    assert read.column("last_day") == [date(2026, 1, 11), date(2026, 1, 31)]


def test_the_totals_of_months_add_up_to_one_check() -> None:
    january, february = ["2026-01-01", "EUR", "1.10"], ["2026-02-01", "EUR", "2.20"]
    rows = [["Campaign", "Month", "Currency code", "Cost"], ["Lamps", *january], ["Lamps", *february]]
    rows += [["Total: Campaigns", *january], ["Total: Campaigns", *february]]
    (check,) = checks(csv_text([TITLE, ["1 January 2026 - 28 February 2026"], *rows]))
    assert (round(check.declared, 2), check.agrees) == (3.3, True)


def test_accounts_that_rows_name_are_theirs() -> None:
    rows = [TITLE, PERIOD, ["Account name", *HEADER], ["Lumen FR", *LAMPS], ["Lumen BE", *LAMPS], ["Lumen FR", *BRAND]]
    content = csv_text(rows)
    read = read_file("a.csv", content, Answers())
    assert read.column("account") == ["google_ads:Lumen FR", "google_ads:Lumen BE", "google_ads:Lumen FR"]
    assert set(read_file("a.csv", content, MINE).column("account")) == {"google_ads:lumen"}


@pytest.mark.parametrize(
    "header",
    [["Campaign", "Clicks", "Cost", "CPC", "Users"], ["Campaign", "Year", "Impr.", "Currency code", "Cost"],
     ["Campaign name", "Cost", "Impressions"]],
)  # fmt: skip
def test_tables_of_others_and_rows_of_years_are_not_claimed(header: list[str]) -> None:
    assert CONNECTOR.found_in(open_book("a.csv", csv_text([header, ["a", "2025", "1", "1", "1"]]).encode())) == []


def test_a_day_that_cannot_be_read_costs_its_row() -> None:
    rows = [TITLE, PERIOD, ["Day", *HEADER], ["yesterday", *LAMPS], ["2026-01-03", *LAMPS]]
    read = read_file("a.csv", csv_text(rows), MINE)
    assert read.column("first_day") == [date(2026, 1, 3)]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(4, "Day", "yesterday")]
