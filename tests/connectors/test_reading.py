"""A dropped file: who claims it, what must be asked, what is left aside; with two made-up formats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_xls import make_xls
from reading_help import csv_text, workbook
from test_sheet import make_zip

from connectors import reading
from connectors.base import Ask, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, ID, TEXT, normalise
from connectors.dates import DATE
from connectors.reading import Examined, all_connectors, examine, read_kept, with_answers
from connectors.rows import records
from connectors.sheet import Book
from data.model import Account, Answers, Finding, Problem, Statement, UserError

DAY = Column("day", ("Date", "Jour"), DATE, required=True)
VIEWS = Column("views", ("Views", "Vues"), required=True)


def read(table: Table, source: Source) -> Iterator[Finding]:
    for record in records(table, source):
        yield (
            record.statement("account_days", account=source.account.key, day=record.values["day"].date())
            if isinstance(record, Record)
            else record
        )


def owner(book: Book, tables: list[Table]) -> list[Account]:
    names = [str(cells[1]) for table in tables for cells in table.preamble if cells and cells[0] == "Of"]
    return [Account("tube", name.casefold(), name) for name in names]


DAYS = Connector(
    key="days",
    networks=("tube",),
    title="Tube: days",
    where="somewhere",
    tables=(
        TableSpec(
            "account_days", (DAY, VIEWS, Column("rate", ("Rate",), DECIMAL, aside=True)), read,
            refuses=("Id",), ignores="^secret", daily=True,
            drops=lambda cells: normalise(str(cells[0])) == "total",
        ),
    ),
    accounts=owner,
    names=(r"^tube_(?P<handle>\w+?)_",),
)  # fmt: skip
POSTS = Connector(
    key="posts",
    networks=("tube", "gram"),
    title="Tube: posts",
    where="somewhere",
    tables=(
        TableSpec(
            "posts",
            (Column("post_id", ("Id",), ID, required=True), Column("text", ("Title",), TEXT), DAY, VIEWS),
            read,
        ),
    ),
    needs_since=lambda book, tables: "since" in book.name,
)


@pytest.fixture(autouse=True)
def two_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "all_connectors", lambda: (DAYS, POSTS))


ROWS = [
    ["Date", "Views", "Likes"],
    ["2025-01-02", "12", "3"],
    ["2025-01-04", "", "1"],
    ["2025-01-03", "9", ""],
]


def days(rows: list[list[Any]] = ROWS, name: str = "days.csv", **answers: Any) -> Examined:
    known: dict[str, Any] = {"account": "tube:me", **answers}
    return examine(name, csv_text(rows).encode(), Answers(**known))


def said(examined: Examined) -> list[Finding]:
    return list(examined.statements("Europe/Paris"))


def problems(examined: Examined) -> list[Problem]:
    return [item for item in said(examined) if isinstance(item, Problem)]


def refusal(name: str, content: bytes, **answers: Any) -> str:
    with pytest.raises(UserError) as error:
        examine(name, content, Answers(**answers))
    return str(error.value)


def test_a_file_is_claimed_by_its_headers_whatever_its_name() -> None:
    for name in ("days.csv", "holiday.jpg", ""):
        assert days(name=name).connector is DAYS
    assert examine("days.csv", b"Id,Title,Date,Views\n1,a,2025-01-02,3\n").connector is POSTS


def test_a_row_says_what_stands_in_it_and_where_it_stands() -> None:
    first, problem, third = said(days())
    assert isinstance(first, Statement)
    assert first.values == {"account": "tube:me", "day": date(2025, 1, 2), "views": 12}
    assert first.others == {"Likes": 3}
    assert (first.origin.sheet, first.origin.row) == ("days.csv", 2)
    assert isinstance(third, Statement)
    assert third.others == {}, "an empty cell is not zero"
    assert isinstance(problem, Problem)
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("days.csv", 3, "Views", "")


def test_a_cell_that_cannot_be_read_is_told_with_what_was_found_and_expected() -> None:
    examined = days([["Date", "Views", "Rate"], ["2025-01-02", "many", "1"], ["2025-01-03", "4", "half"]])
    lost, kept, statement = said(examined)
    assert isinstance(lost, Problem) and isinstance(kept, Problem) and isinstance(statement, Statement)
    assert (lost.row, lost.column, lost.found, str(lost.expected)) == (2, "Views", "many", "a number")
    assert (kept.row, kept.column, kept.found) == (3, "Rate", "half")
    assert statement.values["views"] == 4, "a cell that the row can do without does not cost the row"


def test_totals_blank_rows_and_ignored_columns_say_nothing() -> None:
    rows = [["Date", "Views", "Secret score"], ["2025-01-02", "1", "7"], ["", "", ""], ["Total", "1", "7"]]
    (statement,) = said(days(rows))
    assert isinstance(statement, Statement)
    assert statement.others == {}


def test_a_short_row_lacks_its_last_cells_and_no_more() -> None:
    content = b"Date,Views,Likes\n2025-01-02,5\n"
    (statement,) = said(examine("a.csv", content, Answers(account="tube:me")))
    assert isinstance(statement, Statement)
    assert statement.values["views"] == 5


def test_a_column_printed_twice_is_read_where_it_states_something() -> None:
    (statement,) = said(days([["Date", "Views", "Views"], ["2025-01-02", "0", "8"]]))
    assert isinstance(statement, Statement)
    assert statement.values["views"] == 8


def test_a_file_of_no_known_format_is_told_with_what_it_holds() -> None:
    told = refusal("menu.csv", b"My lunch\n\nDish,Price\nSoup,4\n")
    assert "menu.csv is in no format that Vigie knows. Its first rows hold: Dish, Price." in told


def test_a_file_of_two_formats_is_told_with_their_names() -> None:
    files = {"a.csv": b"Date,Views\n2025-01-02,1\n", "b.csv": b"Id,Date,Views\n1,2025-01-02,1\n"}
    told = refusal("both.zip", make_zip(files))
    assert "both.zip looks like several formats: Tube: days, Tube: posts." in told


def test_a_file_that_holds_nothing_but_a_header_is_claimed_and_silent() -> None:
    assert said(days([["Date", "Views"]], as_of=datetime(2025, 2, 1))) == []


def test_a_sheet_of_no_table_is_told_and_the_rest_is_read() -> None:
    content = workbook(("Days", ROWS), ("Notes", [["Remember", "this"]]), ("Empty", []))
    items = said(examine("a.xlsx", content, Answers(account="tube:me")))
    (left,) = [item for item in items if isinstance(item, Problem) and item.sheet == "Notes"]
    assert "it was left aside" in str(left.expected)
    assert left.found == "Remember, this"
    assert sum(isinstance(item, Statement) for item in items) == 2


def test_a_text_that_was_cut_short_is_told_and_the_rest_is_read() -> None:
    _, told = said(examine("a.csv", b'Date,Views,Text\n2025-01-02,1,a\n2025-01-03,2,"b', Answers("tube:me")))
    assert isinstance(told, Problem)
    assert ("cut short" in str(told.expected), told.row) == (True, 3)


def test_a_workbook_of_excel_97_says_the_same_as_a_text() -> None:
    old = examine("days.xls", make_xls([["Date", "Views"], ["2025-01-02", 12]]), Answers("tube:me"))
    (statement,) = said(old)
    assert isinstance(statement, Statement)
    assert statement.values == {"account": "tube:me", "day": date(2025, 1, 2), "views": 12}


def test_the_account_is_read_from_the_content_then_from_the_name_then_asked() -> None:
    content = csv_text(ROWS).encode()
    named = b"Of,Tube Me\n" + content
    assert examine("tube_you_2025.csv", named).export.accounts == (Account("tube", "tube me", "Tube Me"),)
    assert examine("tube_You_2025.csv", content).export.accounts == (Account("tube", "you", "You"),)
    (question,) = examine("days.csv", content).questions
    assert (question.about, question.networks) == ("account", ("tube",))


def test_an_account_of_another_network_is_refused() -> None:
    told = refusal("days.csv", csv_text(ROWS).encode(), account="gram:me")
    assert "gram:me is not an account of this file. Write it network:handle, with one of: tube." in told
    assert "is not an account" in refusal("days.csv", csv_text(ROWS).encode(), account="me")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("days.csv", datetime(2025, 1, 4)),
        ("days 2025-01-06.csv", datetime(2025, 1, 6)),
        ("days_20250101_20250106.csv", datetime(2025, 1, 6)),
        ("Jan-01-2025_Jan-06-2025_7.csv", datetime(2025, 1, 6)),
        ("days_1736154000000.csv", datetime(2025, 1, 6, 9)),
        ("days 2024-12-31.csv", datetime(2025, 1, 4)),
        ("days 2029-01-01.csv", datetime(2025, 1, 4)),
        ("days 2025-13-45.csv", datetime(2025, 1, 4)),
    ],
)
def test_when_an_export_was_made_is_its_last_day_or_a_date_in_its_name_soon_after(name: str, made: datetime) -> None:
    assert days(name=name).export.as_of == made


def test_the_date_of_an_archive_tells_when_it_was_made() -> None:
    content = csv_text(ROWS).encode()
    made = examine("a.zip", make_zip({"a.csv": content}, (2025, 1, 9, 8, 0, 0))).export.as_of
    assert made == datetime(2025, 1, 9, 8)
    nobody_knows = examine("a.zip", make_zip({"a.csv": content}, (1980, 1, 1, 0, 0, 0))).export.as_of
    assert nobody_knows == datetime(2025, 1, 4)


def test_when_nothing_tells_when_it_was_made_it_is_asked() -> None:
    content = b"Id,Date,Views\n1,2025-01-02,3\n"
    examined = examine("posts.csv", content, Answers(account="gram:me"))
    (question,) = examined.questions
    assert (question.about, question.suggestion) == ("as_of", datetime(2025, 1, 2))
    assert not with_answers(examined, as_of=datetime(2025, 2, 1)).questions


def test_the_first_day_of_a_period_is_asked_where_the_format_needs_it() -> None:
    content = b"Id,Date,Views\n1,2025-01-02,3\n"
    asked = examine("since 2025-02-01.csv", content, Answers(account="gram:me")).questions
    assert [question.about for question in asked] == ["since"]
    answers = Answers(account="gram:me", since=date(2025, 1, 1))
    assert not examine("since 2025-02-01.csv", content, answers).questions


def test_month_and_day_that_cannot_be_told_apart_are_asked() -> None:
    rows = [["Date", "Views"], ["01/02/2025", "1"], ["03/04/2025", "2"]]
    examined = days(rows, as_of=datetime(2025, 5, 1))
    (question,) = examined.questions
    assert (question.about, question.suggestion, question.example) == ("date_order", "mdy", "01/02/2025")
    with pytest.raises(Ask):
        said(examined)
    read_days = {
        order: [s.values["day"] for s in said(with_answers(examined, date_order=order))]  # type: ignore[union-attr]
        for order in ("dmy", "mdy")
    }
    assert read_days == {
        "dmy": [date(2025, 2, 1), date(2025, 4, 3)],
        "mdy": [date(2025, 1, 2), date(2025, 3, 4)],
    }


def test_one_day_above_twelve_settles_the_order_for_the_file() -> None:
    for day, order in (("13/02/2025", date(2025, 2, 1)), ("02/13/2025", date(2025, 1, 2))):
        examined = days([["Date", "Views"], ["01/02/2025", "1"], [day, "2"]])
        assert not examined.questions
        first = said(examined)[0]
        assert isinstance(first, Statement)
        assert first.values["day"] == order


def test_an_answer_does_not_overrule_what_the_file_settles() -> None:
    rows = [["Date", "Views"], ["01/02/2025", "1"], ["13/02/2025", "2"]]
    first = said(days(rows, date_order="mdy"))[0]
    assert isinstance(first, Statement)
    assert first.values["day"] == date(2025, 2, 1)


def test_a_kept_export_is_read_again_with_the_answers_once_given() -> None:
    examined = days([["Date", "Views"], ["01/02/2025", "1"]], date_order="dmy", as_of=datetime(2025, 3, 1))
    export, items = read_kept(examined.export, "Europe/Paris")
    assert export == examined.export
    assert list(items) == said(examined)
    assert isinstance(export.content, bytes) and export.id == hashlib.sha256(export.content).hexdigest()


def test_a_semicolon_file_has_decimal_commas() -> None:
    (statement,) = said(examine("a.csv", b"Jour;Vues;Score\n2025-01-02;3;1,250\n", Answers("tube:me")))
    assert isinstance(statement, Statement)
    assert statement.others == {"Score": 1.25}


WORDS = 'Date,Views,Id,Title,Rate,Total,,2025-01-02,12,1e999,01/02/2025,"'.split(",")


@given(st.lists(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=6), max_size=8))
def test_no_rows_break_the_reading(rows: list[list[str]]) -> None:
    answers = Answers("tube:me", datetime(2025, 2, 1), "dmy", date(2025, 1, 1))
    try:
        for item in examine("a.csv", csv_text(rows).encode("utf-8", "replace"), answers).statements("Asia/Tokyo"):
            assert isinstance(item, (Statement, Problem))
    except UserError as error:
        assert str(error)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_search_for_a_format(content: bytes) -> None:
    book = Book("a", ())
    try:
        book = reading.open_book("a.csv", content)
    except UserError as error:
        assert str(error)
    for connector in all_connectors():
        try:
            connector.found_in(book)
        except UserError as error:
            assert str(error)
