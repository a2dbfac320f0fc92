"""LinkedIn, TikTok and Pinterest Ads: what their reports are of, their clicks, and whose they are not."""

from __future__ import annotations

from datetime import date

import pytest
from reading_help import ZONE, csv_text, read_file

from connectors import linkedin_ads, meta_ads, pinterest_ads, tiktok_ads
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers, Check, UserError

LINKEDIN, TIKTOK, PINTEREST = Answers("linkedin_ads:l"), Answers("tiktok_ads:t"), Answers("pinterest_ads:p")
HEADER = ["Start Date (in UTC)", "Campaign Name", "Currency", "Total Spent", "Impressions", "Clicks"]


def linkedin(*days: str, ends: str = "01/31/2026") -> str:
    above = [["Campaign Performance Report (in UTC)"], ["Report Start: 01/01/2026", f"Report End: {ends}"], []]
    return csv_text([*above, HEADER, *([day, "Architects", "EUR", "1,250.50", "100", "2"] for day in days)])


def test_rows_of_linkedin_by_day_are_of_their_days() -> None:
    read = read_file("a.csv", linkedin("1/1/2026", "01/02/2026"), LINKEDIN)
    assert read.column("first_day") == read.column("last_day") == [date(2026, 1, 1), date(2026, 1, 2)]
    assert read.column("cost") == [1250.5, 1250.5]


def test_rows_of_linkedin_that_all_bear_the_first_day_are_of_the_period() -> None:
    read = read_file("a.csv", linkedin("01/01/2026", "01/01/2026"), LINKEDIN)
    assert set(read.column("first_day")) == {date(2026, 1, 1)}
    assert set(read.column("last_day")) == {date(2026, 1, 31)}
    assert read.column("part") == [None, "(2)"]


def test_a_linkedin_report_of_one_day_is_of_that_day() -> None:
    read = read_file("a.csv", linkedin("01/01/2026", ends="01/01/2026"), LINKEDIN)
    assert read.column("last_day") == [date(2026, 1, 1)]


@pytest.mark.parametrize("days", [("01/05/2026", "01/12/2026"), ("01/01/2026", "02/01/2026", "03/01/2026")])
def test_a_linkedin_report_by_week_or_month_is_refused(days: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="again by day"):
        read_file("a.csv", linkedin(*days, ends="03/31/2026"), LINKEDIN)


def test_the_total_of_linkedin_is_compared() -> None:
    total = csv_text([["Total", "", "", "2,501.00", "200", "4"]])
    items = list(examine("a.csv", (linkedin("01/01/2026", "01/02/2026") + total).encode(), LINKEDIN).statements(ZONE))
    checks = [item for item in items if isinstance(item, Check)]
    assert [check.what for check in checks] == ["Total Spent", "Impressions", "Clicks"]
    assert all(check.agrees for check in checks)
    assert len(items) == 5


T_HEADER = ["Date", "Campaign name", "Ad group name", "Cost (EUR)", "Impressions", "Clicks (destination)"]


@pytest.mark.parametrize("day", ["Date", "By Day", "Day"])
def test_tiktok_has_its_currency_in_the_header(day: str) -> None:
    rows = [[day, *T_HEADER[1:]], ["2026-01-03", "Winter", "18-34", "14.20", "9100", "55"]]
    (statement,) = read_file("a.csv", csv_text(rows), TIKTOK).statements
    values = statement.values
    assert (values["cost"], values["currency"], values["clicks"], values["part"]) == (14.2, "EUR", 55, "18-34")


def test_the_total_of_tiktok_is_compared_whatever_it_is_called() -> None:
    row = ["2026-01-03", "Winter", "18-34", "14.20", "9100", "55"]
    for name in ("Total", "Total of 1 result"):
        content = csv_text([T_HEADER, row, [name, "", "", "14.20", "9100", "56"]])
        checks = [c for c in examine("a.csv", content.encode(), TIKTOK).statements(ZONE) if isinstance(c, Check)]
        assert [check.agrees for check in checks] == [True, True, False]


def test_pinterest_counts_outbound_clicks_and_tells_that_it_states_no_currency() -> None:
    header = ["Date", "Campaign name", "Spend in account currency", "Impressions", "Pin clicks", "Outbound clicks"]
    read = read_file("a.csv", csv_text([header, ["2026-01-03", "Lamps", "5.25", "2100", "40", "18"]]), PINTEREST)
    assert (read.column("clicks"), read.column("cost"), read.column("currency")) == ([18], [5.25], [None])
    assert read.statements[0].others == {"Pin clicks": 40.0}
    assert len(read.problems) == 1


@pytest.mark.parametrize(
    ("header", "whose"),
    [(HEADER, linkedin_ads), (T_HEADER, tiktok_ads),
     (["Date", "Campaign name", "Ad group name", "Spend in account currency"], pinterest_ads),
     (["Day", "Campaign name", "Amount spent (EUR)"], meta_ads)],
)  # fmt: skip
def test_each_report_is_of_one_network(header: list[str], whose: object) -> None:
    book = open_book("a.csv", csv_text([header, ["2026-01-03", "a", "b", "1", "1", "1"]]).encode())
    modules = (linkedin_ads, tiktok_ads, pinterest_ads, meta_ads)
    assert [module for module in modules if module.CONNECTOR.found_in(book)] == [whose]


def test_a_table_with_a_cost_and_no_sign_of_tiktok_is_not_its() -> None:
    content = csv_text([["Date", "Campaign name", "Cost", "Impressions"], ["2026-01-03", "a", "1", "1"]])
    assert tiktok_ads.CONNECTOR.found_in(open_book("a.csv", content.encode())) == []
