"""Search Console: slices, periods, filters, the property, and the other reports of the same names."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import Read, csv_text, read_file, workbook
from test_sheet import make_zip

from connectors.reading import examine
from connectors.search_filters import filters, stated_period
from connectors.sheet import open_book
from data.model import Answers, UserError

MINE = Answers(account="search_console:lumen.example", as_of=datetime(2025, 7, 2), since=date(2025, 4, 1))
CHART = "Date,Clicks,Impressions,CTR,Position\n2025-06-30,2,40,5%,7.5\n2025-06-29,1,30,3.33%,8.25"
PAGES = "Top pages,Clicks,Impressions,CTR,Position\nhttps://www.lumen.example/a,2,40,5%,7.5"
QUERIES = "Top queries,Clicks,Impressions,CTR,Position\nnull,2,40,5%,7.5\n--,1,9,11.11%,3"
ALL = "Filter,Value\nSearch type,Web\nDate,Last 3 months"
NAME = "https___www.lumen.example_-Performance-on-Search-2025-07-02.zip"


def zipped(name: str = NAME, **files: str) -> Read:
    return read_file(name, make_zip({f"{key}.csv": text.encode() for key, text in files.items()}))


def spans(read: Read, slice_: str) -> set[tuple[date, date]]:
    found = [s.values for s in read.statements if s.values["slice"] == slice_]
    return {(values["first_day"], values["last_day"]) for values in found}


def test_the_chart_is_by_day_and_the_rest_of_its_period() -> None:
    read = zipped(Chart=CHART, Pages=PAGES, Filters=ALL)
    assert spans(read, "site") == {(date(2025, 6, 30),) * 2, (date(2025, 6, 29),) * 2}
    assert spans(read, "page") == {(date(2025, 6, 29), date(2025, 6, 30))}
    assert read.examined.export.as_of == datetime(2025, 7, 2)
    assert not read.problems


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("1 Jan 2025-31 Mar 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("1 janv. 2025-31 août 2025", date(2025, 1, 1), date(2025, 8, 31)),
        ("Jan 1, 2025-Mar 31, 2025", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_a_period_stated_in_dates_is_believed(stated: str, first: date, last: date) -> None:
    text = csv_text([["Filter", "Value"], ["Search type", "Web"], ["Date", stated]])
    assert spans(zipped(Pages=PAGES, Filters=text), "page") == {(first, last)}
    assert stated_period(open_book("Filters.csv", text.encode())) == (first, last)


def test_a_table_alone_asks_for_its_period() -> None:
    examined = examine("Queries.csv", QUERIES.encode())
    assert [question.about for question in examined.questions] == ["account", "as_of", "since"]
    read = read_file("Queries.csv", QUERIES, MINE)
    assert spans(read, "query") == {(date(2025, 4, 1), date(2025, 7, 2))}


def test_null_is_a_query_and_the_position_is_as_printed() -> None:
    read = read_file("Queries.csv", QUERIES, MINE)
    assert read.column("query") == ["null"]
    assert read.column("position") == [7.5]
    assert [(problem.row, problem.column) for problem in read.problems] == [(3, "Top queries")]


def test_the_click_rate_is_derived_and_not_kept() -> None:
    book = workbook(("Chart", [["Date", "Clicks", "Impressions", "CTR", "Position"], ["2025-06-30", 2, 40, 0.05, 7.5]]))
    for read in (read_file("a.csv", CHART, MINE), read_file("a.xlsx", book, MINE)):
        assert read.statements[0].others == {}
        assert (read.statements[0].values["clicks"], read.statements[0].values["impressions"]) == (2, 40)


def test_a_page_keeps_no_more_of_its_query_than_the_campaign() -> None:
    row = '"https://lumen.example/a?cid=spring \nsale&utm_source=x&email=a%40b.fr",2,40,5%,7.5'
    read = read_file("Pages.csv", PAGES.splitlines()[0] + "\n" + row, MINE)
    assert read.column("page") == ["https://lumen.example/a?utm_source=x"]


def test_the_property_is_the_host_of_most_pages_else_that_of_the_name() -> None:
    pages = PAGES + "\nhttps://blog.lumen.example/,1,2,50%,1\nhttps://www.lumen.example/b,1,2,50%,1"
    assert examine("p.csv", pages.encode()).export.accounts[0].key == "search_console:lumen.example"
    for name in (NAME, "sc-domain_lumen.example-Performance-on-Search-2025-07-02.zip",
                 "https___lumen.example_blog_-Performance-on-Search-2025-07-02 (1).zip"):  # fmt: skip
        assert zipped(name, Chart=CHART).examined.export.accounts[0].key == "search_console:lumen.example"


@pytest.mark.parametrize(
    "narrowed", ["Search type,Image\nDate,Last 3 months", 'Search type,Web\nPage,"+https://lumen.example/a"']
)
def test_a_narrowed_export_is_kept_apart_from_the_whole_property(narrowed: str) -> None:
    read = zipped(Chart=CHART, Filters=f"Filter,Value\n{narrowed}")
    assert {slice_.split(" (")[0] for slice_ in read.column("slice")} == {"site"}
    assert "site" not in read.column("slice")
    assert "kept apart" in str(read.problems[0].expected)


def test_filters_alone_hold_no_figures() -> None:
    with pytest.raises(UserError, match="holds the filters of a Search Console export and no figures"):
        examine("Filtres.csv", b"Filtre,Valeur\nType de recherche,Web\n")


def test_filters_are_read_in_french() -> None:
    text = "Filtre,Valeur\nType de recherche,Web\nDate,Les 3\u00a0derniers mois"
    assert filters(open_book("Filtres.csv", text.encode())) == {
        "Type de recherche": "Web",
        "Date": "Les 3\u00a0derniers mois",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Date,Non indexées,Dans l'index,Impressions\n2025-06-30,1,2,3\n", "another report of Search Console"),
        ("Date,Not indexed,Indexed,Impressions\n2025-06-30,1,2,3\n", "another report of Search Console"),
        ("Date,Non valide,Valides,Impressions\n2025-06-30,1,2,3\n", "another report of Search Console"),
        ("Date,Invalid,Valid,Impressions\n2025-06-30,1,2,3\n", "another report of Search Console"),
        ("Date,Clicks,Impressions,CTR\n2025-06-30,1,2,50%\n", "in no format that Vigie knows"),
        ("Landing Page,Url Clicks,Impressions,URL CTR,Average Position\n/,1,2,0.5,3\n", "in no format"),
    ],
    ids=["indexing in French", "indexing", "snippets in French", "snippets", "no position", "looker"],
)
def test_other_reports_of_the_same_names_are_not_read(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        examine("Graphique.csv", text.encode())


def test_columns_in_another_order_a_semicolon_and_another_name_change_nothing() -> None:
    rows = [line.split(",") for line in CHART.splitlines()]
    resaved = csv_text([[cell.replace(".", ",") for cell in row] for row in rows], ";").encode("cp1252")
    expected = [statement.values for statement in read_file("Chart.csv", CHART, MINE).statements]
    for content in (csv_text([row[::-1] for row in rows]), resaved):
        assert [s.values for s in read_file("x.txt", content, MINE).statements] == expected


def test_a_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    read = read_file("Chart.csv", CHART.replace("2,40", "two,40"), MINE)
    (problem,) = read.problems
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("Chart.csv", 2, "Clicks", "two")
    assert str(problem.expected) == "a number"
    assert len(read.statements) == 1


# Two periods compared

COMPARED = (
    'Top pages,"{a} Clicks","{b} Clicks","{a} Impressions","{b} Impressions","{a} CTR","{b} CTR",'
    '"{a} Position","{b} Position"\n'
    "https://lumen.example/a,7,3,140,90,5%,3.33%,14.5,20.25\nhttps://lumen.example/b,1,0,30,0,3.33%,0%,8,0"
)
MAY, JUNE = (date(2025, 5, 1), date(2025, 5, 31)), (date(2025, 6, 1), date(2025, 6, 30))


def compared(a: str = "Last 28 days", b: str = "Previous 28 days") -> str:
    return COMPARED.format(a=a, b=b)


def of_period(read: Read, period: tuple[date, date]) -> list[dict[str, object]]:
    found = [s.values for s in read.statements if (s.values["first_day"], s.values["last_day"]) == period]
    return [{key: values.get(key) for key in ("page", "clicks", "impressions", "position")} for values in found]


JUNE_ROWS = [
    {"page": "https://lumen.example/a", "clicks": 7, "impressions": 140, "position": 14.5},
    {"page": "https://lumen.example/b", "clicks": 1, "impressions": 30, "position": 8},
]
MAY_ROWS = [
    {"page": "https://lumen.example/a", "clicks": 3, "impressions": 90, "position": 20.25},
    {"page": "https://lumen.example/b", "clicks": 0, "impressions": 0, "position": None},
]


@pytest.mark.parametrize(
    ("labels", "dates"),
    [
        (("Last 30 days", "Previous 30 days"), "Compare 1 Jun 2025-30 Jun 2025 to 1 May 2025-31 May 2025"),
        (("Jun 1, 2025 - Jun 30, 2025", "May 1, 2025 - May 31, 2025"), "Custom"),
        (("2025-06-01 - 2025-06-30", "2025-05-01 - 2025-05-31"), "Custom"),
    ],
    ids=["the filters", "the columns", "the columns, ISO"],
)
def test_two_periods_are_each_stated_under_their_own_days(labels: tuple[str, str], dates: str) -> None:
    text = csv_text([["Filter", "Value"], ["Search type", "Web"], ["Date", dates]])
    read = zipped(Pages=compared(*labels), Filters=text)
    assert not read.examined.questions
    assert (of_period(read, JUNE), of_period(read, MAY)) == (JUNE_ROWS, MAY_ROWS)
    assert {s.values["slice"] for s in read.statements} == {"page"}
    assert not any(s.others for s in read.statements), "no number of the other period is kept beside"
    assert not read.problems


def test_two_periods_without_dates_are_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match=r"last 28 days, previous 28 days.*without Compare"):
        examine("Pages.csv", compared().encode())


def test_a_chart_of_two_periods_is_refused() -> None:
    chart = compared("1 Jun 2025-30 Jun 2025", "1 May 2025-31 May 2025").replace("Top pages", "Date")
    with pytest.raises(UserError, match="compares the days of two periods"):
        examine("Chart.csv", chart.encode())


# Discover

DISCOVER_CHART = "Date,Clicks,Impressions,CTR\n2025-06-30,5,90,5.56%\n2025-06-29,4,80,5%"
DISCOVER_PAGES = "Top pages,Clicks,Impressions,CTR\nhttps://lumen.example/a,9,170,5.29%"


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("https___lumen.example_-Performance-on-Discover-2025-07-02.zip", "Date,Last 3 months"),
        ("download.zip", "Search type,Discover\nDate,Last 3 months"),
    ],
)
def test_discover_has_slices_of_its_own(name: str, searched: str) -> None:
    read = zipped(name, Chart=DISCOVER_CHART, Pages=DISCOVER_PAGES, Filters=f"Filter,Value\n{searched}")
    assert [s.values["slice"] for s in read.statements] == ["discover", "discover", "discover page"]
    assert read.column("clicks") == [5, 4, 9]
    assert read.column("position") == [None] * 3
    assert not read.problems


def test_an_appearance_in_discover_is_known_by_its_header() -> None:
    text = "Discover appearance,Clicks,Impressions,CTR\nWeb Story,2,20,10%"
    read = read_file("Discover appearance.csv", text, MINE)
    assert [(s.values["slice"], s.values["appearance"]) for s in read.statements] == [
        ("discover appearance", "Web Story")
    ]


# What a row is


def test_pages_that_only_differ_in_their_query_are_all_kept() -> None:
    rows = "https://lumen.example/a?p=1,3,50,6%,4\nhttps://lumen.example/a?p=2,2,40,5%,6"
    read = read_file("Pages.csv", f"{PAGES.splitlines()[0]}\n{rows}", MINE)
    assert read.column("page") == ["https://lumen.example/a", "https://lumen.example/a (2)"]
    assert read.column("clicks") == [3, 2]


def test_a_position_of_0_is_none() -> None:
    read = read_file("Chart.csv", CHART.replace("1,30,3.33%,8.25", "0,0,0%,0"), MINE)
    assert read.column("position") == [7.5, None]
    assert read.column("impressions") == [40, 0]


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [("2025-06-30T13:00:00-07:00", "2025-06-30T14:00:00-07:00", 0), ("2025-06-01", "2025-06-08", 7)],
    ids=["hours", "weeks"],
)
def test_rows_that_are_not_of_a_day_are_refused(first: str, second: str, apart: int) -> None:
    text = CHART.replace("2025-06-30", first).replace("2025-06-29", second)
    with pytest.raises(UserError, match=f"begin {apart} days apart"):
        read_file("Chart.csv", text, MINE)


def test_a_filter_that_cannot_be_read_is_refused_with_its_place() -> None:
    for text in ("Filter,Value\nSearch type,Web\nPage,", "Filter,Value\n,Web", "Filter\nSearch type"):
        with pytest.raises(UserError, match=r"row \d of Filters.csv"):
            zipped(Chart=CHART, Pages=PAGES, Filters=text)


def test_a_day_that_cannot_be_read_dates_no_other_table() -> None:
    with pytest.raises(UserError, match=r"row 3 of Chart.csv has no day"):
        zipped(Chart=CHART.replace("2025-06-29", ""), Pages=PAGES, Filters=ALL)


def test_a_page_that_is_listed_twice_with_other_figures_is_believed_nowhere() -> None:
    read = zipped(Chart=CHART, Pages=PAGES + "\nhttps://www.lumen.example/a,3,50,6%,7", Filters=ALL)
    assert spans(read, "page") == set()
    assert [problem.row for problem in read.problems] == [2, 3]
