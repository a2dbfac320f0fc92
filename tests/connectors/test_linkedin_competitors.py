"""LinkedIn's list of competitors: the one file that says how many follow a page, and what is other pages' own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from reading_help import Read, read_file, workbook

from connectors.reading import examine
from data.model import Answers, UserError

ME = Answers("linkedin:maison-lumen")
HEADER = ["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"]
OWN = ["Maison Lumen", 153, -2, 40, 3]
OTHER = ["Atelier Aurore", 5120, 12, 240, 11]


def competitors(*rows: list[Any], header: list[str] = HEADER, name: str = "a.xlsx", answers: Answers = ME) -> Read:
    period = ["11/29/2025", "12/28/2025"]
    return read_file(name, workbook(("COMPETITORS", [period, header, *rows])), answers)


def followers(read: Read) -> list[tuple[date, int]]:
    return [(s.values["day"], s.values["followers"]) for s in read.statements if s.table == "account_days"]


def test_the_row_of_the_page_itself_gives_its_followers_on_the_last_day() -> None:
    read = competitors(OTHER, OWN)
    assert followers(read) == [(date(2025, 12, 28), 153)]
    assert not read.problems


def test_other_pages_are_parts_of_an_audience_and_no_figure_of_the_brand() -> None:
    first, second, _ = competitors(OTHER, OWN).statements
    assert (first.table, first.values["dimension"], first.values["member"]) == (
        "audience",
        "competitor",
        "Atelier Aurore",
    )
    assert (first.values["first_day"], first.values["last_day"]) == (date(2025, 11, 29), date(2025, 12, 28))
    assert first.others == {"New Followers": 12, "Total post engagements": 240, "Total posts": 11}
    assert second.others["New Followers"] == -2


def test_a_list_of_one_page_is_of_the_page_itself_whatever_its_name() -> None:
    assert followers(competitors(["Ailleurs", *OWN[1:]])) == [(date(2025, 12, 28), 153)]


def test_the_name_of_the_file_tells_the_page_where_the_account_does_not() -> None:
    name = "Maison Lumen_competitor_analytics_1767000000000.xlsx"
    read = competitors(OTHER, OWN, name=name, answers=Answers("linkedin:ml-officiel"))
    assert followers(read) == [(date(2025, 12, 28), 153)]


def test_a_page_that_cannot_be_told_is_a_problem_and_no_guess() -> None:
    read = competitors(OTHER, OWN, answers=Answers("linkedin:ml-officiel"))
    assert followers(read) == []
    (problem,) = read.problems
    assert "Atelier Aurore" in problem.found


def test_a_list_without_totals_states_no_followers() -> None:
    header = ["Page", "Novos seguidores", "Publicações", "Comentários", "Comentários por dia", "Reações"]
    read = competitors(["Maison Lumen", 765, 145, 115, 5.5, 2989], header=header)
    assert (followers(read), read.problems) == ([], [])
    assert read.statements[0].others["Reações"] == 2989


def test_an_unknown_language_is_recognised_by_its_shape() -> None:
    read = competitors(OTHER, OWN, header=["eins", "zwei", "drei", "vier", "fünf"])
    assert read.examined.guessed
    assert followers(read) == [(date(2025, 12, 28), 153)]


def test_the_order_of_day_and_month_of_the_period_is_asked_where_it_is_not_clear() -> None:
    content = workbook(("COMPETITORS", [["01/02/2026", "03/02/2026"], HEADER, OWN]))
    assert "date_order" in [question.about for question in examine("a.xlsx", content).questions]
    read = read_file("a.xlsx", content, Answers("linkedin:maison-lumen", date_order="dmy"))
    assert followers(read) == [(date(2026, 2, 3), 153)]


@pytest.mark.parametrize("period", [["Report", "of May"], ["12/28/2025"], []])
def test_a_list_without_a_period_above_it_is_not_claimed(period: list[str]) -> None:
    with pytest.raises(UserError):
        examine("a.xlsx", workbook(("COMPETITORS", [period, HEADER, OWN])))


def test_the_only_page_of_a_file_that_names_another_is_not_its_own() -> None:
    read = competitors(OTHER, name="Maison Lumen_competitor_analytics_1767000000000.xlsx")
    assert followers(read) == []
    assert "named like the account" in str(read.problems[0].expected)
