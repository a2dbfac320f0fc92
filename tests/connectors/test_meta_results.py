"""Results cards of Meta: what the title says, whose the figures are, days that were left out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file, workbook

from connectors.meta_results import CONNECTOR
from connectors.reading import examine, with_answers
from connectors.sheet import open_book
from data.model import Answers, UserError

PAGE, GRAM = "facebook:1044", "instagram:maison.lumen"


def card(title: str, *days: tuple[str, object], column: str = "Primary", date_header: str = "Date") -> str:
    rows = "".join(f'"{day}T00:00:00","{value}"\n' for day, value in days)
    return f'"{title}"\n"{date_header}","{column}"\n{rows}'


def file_of(*cards: str) -> bytes:
    return ("\ufeff" + "sep=,\n" + "\n".join(cards)).encode("utf-16-le")


THREE = (("2024-02-01", 7), ("2024-02-02", 0), ("2024-02-04", 5))
FOLLOWS, IG_FOLLOWS = card("Follows", *THREE), card("Instagram follows", *THREE)


def networks_asked(content: bytes) -> tuple[tuple[str, ...], bool]:
    (question,) = examine("Follows.csv", content).questions
    assert question.about == "account"
    return question.networks, question.each


@pytest.mark.parametrize(
    ("title", "networks"),
    [
        ("Facebook reach", ("facebook",)),
        ("Couverture Instagram", ("instagram",)),
        ("Seguidores no Instagram", ("instagram",)),
        ("Views", ("facebook", "instagram")),
        ("Reach", ("facebook", "instagram")),
        ("Viewers", ("facebook", "instagram")),
        ("Content interactions", ("facebook", "instagram")),
        ("Follows", ("facebook", "instagram")),
    ],
)
def test_the_title_says_whose_account_to_ask_for(title: str, networks: tuple[str, ...]) -> None:
    assert networks_asked(file_of(card(title, *THREE))) == (networks, False)


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Facebook Page reach", "reach"),
        ("Views", "views"),
        ("Facebook visits", "profile_visits"),
        ("Visitas ao perfil do Instagram", "profile_visits"),
        ("Facebook Page new likes", "follows"),
        ("Interações com o conteúdo", "interactions"),
        ("Instagram link clicks", "link_clicks"),
        ("Couverture de la Page Facebook", "reach"),
        ("Interactions avec le contenu", "interactions"),
        ("Alcance do Instagram", "reach"),
    ],
)
def test_each_metric_has_its_column(title: str, column: str) -> None:
    (networks, _), content = networks_asked(file_of(card(title, *THREE))), file_of(card(title, *THREE))
    read = read_file("a.csv", content, Answers(f"{networks[0]}:me"))
    assert read.column(column) == [7, 0, 5]
    assert read.column("day") == [date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 4)]
    assert all(set(s.values) == {"account", "day", column} for s in read.statements)


def test_viewers_are_neither_reach_nor_visitors() -> None:
    read = read_file("a.csv", file_of(card("Viewers", *THREE)), Answers(PAGE))
    assert [statement.others for statement in read.statements] == [
        {"Viewers": 7},
        {"Viewers": 0},
        {"Viewers": 5},
    ]
    assert read.problems == []


def test_the_title_is_believed_over_the_name_of_the_column() -> None:
    content = file_of(card("Facebook visits", *THREE, column="Facebook Page likes"))
    read = read_file("a.csv", content, Answers(PAGE))
    assert read.column("profile_visits") == [7, 0, 5]
    assert read.problems == []


MISLEADING = [
    ("Facebook Page likes", "Oct 2022 - Facebook visits.csv", "profile_visits"),
    ("Instagram followers", "Instagram_profile_visits (1).csv", "profile_visits"),
    ("Mentions J\x19 aime de la Page Facebook", "Maison - Visites sur la Page Facebook.csv", "profile_visits"),
    ("Mentions J\x19 aime de la Page Facebook", "Maison - Nouvelles mentions Jaime de la Page Facebook.csv", "follows"),
]


@pytest.mark.parametrize(("column", "name", "metric"), MISLEADING)
def test_a_misleading_column_without_a_title_is_believed_by_the_name_of_its_file(
    column: str, name: str, metric: str
) -> None:
    content = f"Date,{column}\n2022-07-21T00:00:00,0\n2022-07-22T00:00:00,9\n"
    network = "instagram" if "Instagram" in column else "facebook"
    read = read_file(name, content, Answers(f"{network}:me"))
    assert read.column(metric) == [0, 9]
    assert read.problems == []


@pytest.mark.parametrize("name", ["Export.csv", "Instagram profile visits.csv", "Follows.csv"])
def test_a_misleading_column_of_which_nothing_says_what_it_counts_is_asked_for(name: str) -> None:
    content = b"Date,Mentions J\x19 aime de la Page Facebook\n2022-07-21T00:00:00,0\n2022-07-22T00:00:00,9\n"
    with pytest.raises(
        UserError, match=r"“Mentions J.aime de la Page Facebook” stood over .*“Visites sur la Page Facebook.csv”"
    ):
        examine(name, content)


def test_two_misleading_columns_of_one_file_are_not_told_apart_by_its_name() -> None:
    rows = "2022-07-21T00:00:00,0\n2022-07-22T00:00:00,9\n"
    content = f"Date,Facebook Page likes\n{rows}\nDate,Instagram followers\n{rows}"
    with pytest.raises(UserError, match="Name a file after its card"):
        examine("Facebook visits.csv", content.encode())


def test_totals_that_somebody_keeps_by_hand_are_no_card() -> None:
    book = open_book("Facebook visits.csv", b"Date,Facebook Page likes\n2022-07-21,1040\n2022-07-22,1041\n")
    assert CONNECTOR.found_in(book) == []


def test_a_title_nobody_has_written_down_keeps_its_numbers_and_says_so() -> None:
    read = read_file("a.csv", file_of(card("Facebook Zuschauer", *THREE)), Answers(PAGE))
    assert [s.others for s in read.statements] == [{"Facebook Zuschauer": v} for v in (7, 0, 5)]
    assert [p.found for p in read.problems] == ["Facebook Zuschauer"]


def test_days_that_instagram_leaves_out_of_its_follows_are_days_of_0() -> None:
    read = read_file("a.csv", file_of(IG_FOLLOWS), Answers(GRAM))
    by_day = {s.values["day"]: (s.values["follows"], s.origin.row) for s in read.statements}
    assert by_day[date(2024, 2, 3)] == (0, 5)  # told by the row before the gap
    assert len(by_day) == len(read.statements) == 4


@pytest.mark.parametrize("title", ["Instagram reach", "Instagram profile visits", "Instagram link clicks"])
def test_days_left_out_of_another_metric_are_not_known(title: str) -> None:
    assert len(read_file("a.csv", file_of(card(title, *THREE)), Answers(GRAM)).statements) == 3


def test_days_that_facebook_leaves_out_are_not_known() -> None:
    assert len(read_file("a.csv", file_of(FOLLOWS), Answers(PAGE)).statements) == 3


def test_a_day_that_cannot_be_read_is_not_taken_for_a_day_left_out() -> None:
    for bad in (card("Instagram follows", THREE[0], ("2024-02-02", "many"), THREE[2]),
                card("Instagram follows", THREE[0], ("2024-02-3?", 4), THREE[2])):  # fmt: skip
        read = read_file("a.csv", file_of(bad), Answers(GRAM))
        assert len(read.problems) == 1
        assert 0 not in read.column("follows")


def test_two_cards_in_a_file_are_facebooks_then_instagrams() -> None:
    content = file_of(FOLLOWS, IG_FOLLOWS)
    assert networks_asked(content) == (("facebook", "instagram"), True)
    read = read_file("Follows.csv", content, Answers(f"{PAGE}, {GRAM}"))
    assert sorted(set(read.column("account"))) == [PAGE, GRAM]
    assert [account.key for account in read.examined.export.accounts] == [PAGE, GRAM]
    swapped = read_file("Follows.csv", content, Answers(f"{GRAM},{PAGE}"))
    assert swapped.statements == read.statements


def test_two_cards_that_both_keep_silent_are_facebooks_then_instagrams() -> None:
    read = read_file("a.csv", file_of(FOLLOWS, FOLLOWS), Answers(f"{PAGE},{GRAM}"))
    assert read.column("account")[:4] == [PAGE, PAGE, PAGE, GRAM]


def test_one_account_cannot_answer_for_two_networks() -> None:
    examined = examine("Follows.csv", file_of(FOLLOWS, IG_FOLLOWS))
    with pytest.raises(UserError, match="Name one of each network"):
        with_answers(examined, account=PAGE)


def test_an_account_of_another_network_is_refused() -> None:
    examined = examine("Visits.csv", file_of(card("Facebook visits", *THREE)))
    with pytest.raises(UserError, match="is not an account of this file"):
        with_answers(examined, account=GRAM)


def test_cards_of_which_one_does_not_say_whose_it_is_are_to_be_loaded_apart() -> None:
    with pytest.raises(UserError, match="Views does not say"):
        examine("a.csv", file_of(card("Facebook visits", *THREE), card("Views", *THREE)))


def test_days_are_the_printed_ones_before_and_after_a_change_of_clocks() -> None:
    content = "Facebook follows;\nDate;Primary\n2025-11-02T00:00:00;3\n2025-11-03T01:00:00;0\n"
    read = read_file("Follows.csv", content, Answers(PAGE))
    assert read.column("day") == [date(2025, 11, 2), date(2025, 11, 3)]
    assert read.examined.export.as_of == datetime(2025, 11, 3)


def test_a_file_re_saved_by_a_spreadsheet_says_the_same() -> None:
    rows = [["Follows", ""], ["Date", "Primary"], *([f"{day}T00:00:00", value] for day, value in THREE)]
    gap = [["", ""], ["Instagram follows", ""]]
    rows += [*gap, *rows[1:]]
    answers = Answers(f"{PAGE},{GRAM}")

    def told(content: bytes) -> list[object]:
        return [statement.values for statement in read_file("a", content, answers).statements]

    native = told(file_of(FOLLOWS, IG_FOLLOWS))
    assert len(native) == 7
    assert told(csv_text(rows, ";").encode("cp1252")) == native
    assert told(("\ufeffsep=\t\r\n" + csv_text(rows, "\t")).encode("utf-16-le")) == native
    assert told(workbook(("Follows", rows))) == native


@pytest.mark.parametrize(
    "content",
    [
        "Age & gender;\n;Women;Men\n18-24;3.4;1.2\n\nFollows;\nDate;Primary\n2025-10-31T00:00:00;4\n",
        "Views;;\nReels;Photos;Text\n572;222;9\n",
        "Date,Views\n2025-10-31,4\n",
        "Follows\nTotal,Primary\nAll,4\n",
        '"Città principali","Valore"\n"Torino, Italia","2,1%"\n',
    ],
)
def test_cards_of_the_audience_and_tables_of_others_are_not_claimed(content: str) -> None:
    assert CONNECTOR.found_in(open_book("a.csv", content.encode())) == []


def test_a_day_that_is_empty_is_a_problem_of_its_row_alone() -> None:
    content = file_of(card("Facebook reach", ("2024-02-01", 7), ("2024-02-02", 9))).decode("utf-16-le")
    damaged = content.replace("2024-02-01T00:00:00", "").encode("utf-16-le")
    read = read_file("Reach.csv", damaged, Answers(PAGE))
    assert read.column("reach") == [9]
    assert [problem.row for problem in read.problems] == [4]


def test_of_the_accounts_named_for_two_cards_one_card_takes_its_own() -> None:
    read = read_file("Reach.csv", file_of(card("Instagram reach", ("2024-02-01", 7))), Answers(f"{PAGE},{GRAM}"))
    assert read.column("account") == [GRAM]
