"""Universal Analytics: frames, days in any order, totals, views, segments, workbooks, languages we do not know."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import Read, csv_text, read_file, workbook

from connectors.ga4_report import CONNECTOR as GA4
from connectors.reading import examine
from connectors.sheet import open_book
from connectors.universal_analytics import CONNECTOR
from connectors.universal_tables import days_of_index
from data.model import Answers, Check, UserError

DASHES = "# ----------------------------------------"
PAGES = "Page,Pageviews,Unique Pageviews,Avg. Time on Page,Entrances,Bounce Rate,% Exit,Page Value"
PAGE_ROWS = [
    '/,"1,200",900,00:01:10,700,41.20%,30.00%,$0.00',
    "/lamps,300,250,00:00:20,40,60.00%,25.00%,$0.00",
    ',"1,500","1,150",00:01:00,740,45.00%,29.00%,$0.00',
]
MINE = Answers(account="universal_analytics:lumen")


def framed(
    *lines: str, view: str = "lumen.example", period: str = "20190601-20190604", more: tuple[str, ...] = ()
) -> str:
    return "\n".join([DASHES, f"# {view}", "# Pages", f"# {period}", *more, DASHES, "", *lines])


def read(*lines: str, **frame: object) -> Read:
    return read_file("Analytics.csv", framed(*lines, **frame))  # type: ignore[arg-type]


def checks(content: str | bytes, answers: Answers = Answers()) -> list[tuple[str, float, float]]:  # noqa: B008
    examined = examine("Analytics.csv", content.encode() if isinstance(content, str) else content, answers)
    return [(c.what, c.declared, c.read) for c in examined.statements("Europe/Paris") if isinstance(c, Check)]


def test_a_report_counts_its_period_and_its_index_the_days() -> None:
    told = read(
        PAGES, *PAGE_ROWS, "", "Day Index,Pageviews", "6/1/19,700", "6/2/19,800", "6/3/19,0", "6/4/19,0", ',"1,500"'
    )
    assert told.column("slice") == ["page"] * 2 + ["site"] * 4
    assert told.column("views") == [1200, 300, 700, 800, 0, 0]
    assert told.statements[0].others == {"Unique Pageviews": 900, "Entrances": 700}, "no rate, no time, no amount"
    period = (date(2019, 6, 1), date(2019, 6, 4))
    assert {(s.values["first_day"], s.values["last_day"]) for s in told.statements[:2]} == {period}
    assert told.statements[-1].values["first_day"] == told.statements[-1].values["last_day"] == date(2019, 6, 4)
    assert told.examined.export.as_of == datetime(2019, 6, 4)
    assert not told.problems


def test_totals_are_compared_with_what_adds_up() -> None:
    wrong = PAGE_ROWS[2].replace('"1,500"', '"1,600"')
    assert checks(framed(PAGES, *PAGE_ROWS[:2], wrong)) == [
        ("Pageviews", 1600, 1500), ("Unique Pageviews", 1150, 1150), ("Entrances", 740, 740),
    ]  # fmt: skip


def test_the_sum_below_daily_users_is_no_number_of_people() -> None:
    lines = ["Day Index,Users", "6/1/19,38", "6/2/19,98", "6/3/19,2", "6/4/19,0", ',"138"']
    told = read(*lines)
    assert told.column("users") == [38, 98, 2, 0]
    assert checks(framed(*lines)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("6/1/19", "6/2/19"),
        ("01/06/2019", "02/06/2019"),
        ("2019/06/01", "2019/06/02"),
        ("01-06-19", "02-06-19"),
        ("1.6.2019", "2.6.2019"),
        ("2019. 6. 1.", "2019. 6. 2."),
    ],
)
def test_days_are_read_as_the_language_of_their_reader_writes_them(first: str, second: str) -> None:
    told = read("Day Index,Sessions", f"{first},4", f"{second},5", ",9", period="20190601-20190602")
    assert told.column("first_day") == [date(2019, 6, 1), date(2019, 6, 2)]
    assert not told.problems


def test_days_without_a_period_are_those_that_follow_one_another() -> None:
    days = [f"1/{n}/15" for n in range(1, 6)]
    assert list(days_of_index(days, None).values()) == [date(2015, 1, n) for n in range(1, 6)]
    assert days_of_index(["1/2/15"], None) == {}, "the second of January, or the first of February"
    assert days_of_index(["1/2/15"], (date(2015, 1, 1), date(2015, 1, 9))) == {"1/2/15": date(2015, 1, 2)}


def test_a_day_outside_of_the_period_is_told() -> None:
    told = read("Day Index,Sessions", "6/1/19,4", "6/2/19,5", "7/9/19,6", "soon,7", ",9")
    assert told.column("sessions") == [4, 5]
    assert [(p.row, p.column, p.found) for p in told.problems] == [
        (10, "Day Index", "7/9/19"),
        (11, "Day Index", "soon"),
    ]


@pytest.mark.parametrize(
    "view", ["All Web Site Data", "Toutes les données du site Web", "すべてのウェブサイトのデータ"]
)
def test_the_first_view_of_every_site_says_nothing_of_it(view: str) -> None:
    content = framed("Day Index,Sessions", "6/1/19,4", ",4", view=view, period="20190601-20190601").encode()
    examined = examine("Analytics.csv", content)
    assert [question.about for question in examined.questions] == ["account"]
    assert read_file("Analytics.csv", content, MINE).column("account") == ["universal_analytics:lumen"]


def test_a_named_view_is_the_account_unless_its_user_says_otherwise() -> None:
    lines = framed(
        "Day Index,Sessions", "6/1/19,4", ",4", view="https://lumen.example/Shop", period="20190601-20190601"
    )
    assert read_file("a.csv", lines).column("account") == ["universal_analytics:lumen.example-shop"]
    assert read_file("a.csv", lines, MINE).column("account") == ["universal_analytics:lumen"]


def test_a_segment_is_kept_apart_from_everyone() -> None:
    lines = ["Day Index,Sessions", "6/1/19,4", "6/2/19,3", ",7"]
    assert read(*lines, more=("# Mobile Traffic",)).column("slice") == ["site (Mobile Traffic)"] * 2
    assert read(*lines, more=("# All Users",)).column("slice") == ["site"] * 2


def test_days_of_several_segments_are_not_those_of_the_site() -> None:
    told = read("Day Index,Segment,Sessions", "6/1/19,All,4", "6/1/19,Mobile,3", "6/2/19,All,5", ",,12")
    assert told.column("slice") == ["Segment"] * 3
    assert told.column("member") == ["All", "Mobile", "All"]


def test_two_dimensions_make_one_slice() -> None:
    told = read(
        "Landing Page,Device Category,Sessions,% New Sessions", "/,mobile,4,50.00%", "/,desktop,5,20.00%", ",,9,33.00%"
    )
    assert told.column("slice") == ["landing+device"] * 2
    assert told.column("device") == ["mobile", "desktop"]


def test_pages_that_only_differ_in_their_query_are_all_kept() -> None:
    told = read(
        "Page,Pageviews,% Exit", "/a?id=1,4,10.00%", "/a?id=2,5,10.00%", "/a?utm_source=x,6,10.00%", ",15,10.00%"
    )
    assert told.column("page") == ["/a", "/a", "/a?utm_source=x"]
    assert told.column("member") == [None, "(2)", None]


def test_exits_are_a_slice_of_their_own() -> None:
    told = read("Page,Exits,Pageviews,% Exit", "/a,4,9,44.44%", ",4,9,44.44%")
    assert [(s.values["slice"], s.values["page"], s.values["views"], s.others) for s in told.statements] == [
        ("exit", "/a", 9, {"Exits": 4})
    ]


def test_a_row_without_a_member_in_the_middle_ends_nothing() -> None:
    told = read("Page,Pageviews,% Exit", "/a,4,10.00%", ",2,10.00%", "/b,3,10.00%", ",9,10.00%")
    assert told.column("page") == ["/a", "/b"]
    assert checks(framed("Page,Pageviews,% Exit", "/a,4,10.00%", ",2,10.00%", "/b,3,10.00%", ",9,10.00%"))[0][1:] == (
        2,
        7,
    )


def test_a_comparison_of_two_periods_is_refused() -> None:
    content = framed("Landing Page,Date Range,Sessions,% New Sessions", '/,"Jan 1, 2019 - Jan 31, 2019",4,50.00%')
    with pytest.raises(UserError, match="compares two periods"):
        examine("Analytics.csv", content.encode())


# Saved again


def test_a_file_saved_again_says_the_same() -> None:
    days = ["Day Index,Pageviews", "6/1/19,700", "6/2/19,800", ',"1,500"']
    expected = read(PAGES, *PAGE_ROWS, "", *days).statements
    # A comma after each comment, no blank line, and the figures as another spreadsheet writes them.
    comments = ",\r\n".join(framed().splitlines()[:5]) + ",\r\n"
    told = read_file("saved.txt", comments + "\r\n".join([PAGES, *PAGE_ROWS, *days])).statements
    assert [(s.values, s.others) for s in told] == [(s.values, s.others) for s in expected]
    rows = [line.replace('"', "").replace("1,", "1.") for line in (*PAGE_ROWS, *days)]
    semicolons = framed(PAGES, *rows[:3], "", *rows[3:]).replace(",", ";")
    told = read_file("saved.csv", semicolons.encode("cp1252")).statements
    assert [(s.values, s.others) for s in told] == [(s.values, s.others) for s in expected]


def test_a_workbook_says_the_same_as_its_text() -> None:
    expected = read(PAGES, *PAGE_ROWS, "", "Day Index,Pageviews", "6/1/19,700", "6/2/19,800", ',"1,500"').statements
    book = workbook(
        ("Summary", [["# lumen.example"], ["# Pages"], ["# 20190601-20190604"]]),
        ("Dataset1", [PAGES.split(","), ["/", 1200, 900, 70, 700, 0.412, 0.3, 0],
                      ["/lamps", 300, 250, 20, 40, 0.6, 0.25, 0], ["", 1500, 1150, 60, 740, 0.45, 0.29, 0]]),
        ("Dataset2", [["Day Index", "Pageviews"], ["2019-06-01", 700], ["2019-06-02", 800], ["", 1500]]),
    )  # fmt: skip
    told = read_file("Analytics.xlsx", book)
    assert [(s.values, s.others) for s in told.statements] == [(s.values, s.others) for s in expected]
    assert not told.problems


def test_a_workbook_without_its_summary_takes_its_period_from_its_days() -> None:
    book = workbook(
        (
            "Dataset1",
            [PAGES.split(","), ["/", 1200, 900, 70, 700, 0.412, 0.3, 0], ["", 1200, 900, 70, 700, 0.412, 0.3, 0]],
        ),
        ("Dataset2", [["Day Index", "Pageviews"], ["2019-06-01", 500], ["2019-06-02", 700], ["", 1200]]),
    )
    told = read_file("Analytics.xlsx", book, MINE)
    assert (told.statements[0].values["first_day"], told.statements[0].values["last_day"]) == (
        date(2019, 6, 1), date(2019, 6, 2),
    )  # fmt: skip


def test_a_table_without_frame_or_days_asks_for_its_period() -> None:
    examined = examine("pages.csv", "\n".join([PAGES, *PAGE_ROWS]).encode())
    assert [question.about for question in examined.questions] == ["account", "as_of", "since"]


# Languages

DUTCH = (
    "Bestemmingspagina,Sessies,% nieuwe sessies,Nieuwe gebruikers,Bouncepercentage,Pagina's/sessie,"
    "Gem. sessieduur,Conversiepercentage van doel,Voltooide doelen,Doelwaarde"
)
DUTCH_ROWS = [
    '/,2.546,"50,00%",1.273,"41,20%","2,12",00:01:23,"0,50%",6,"€ 0,00"',
    '/lampen,1.000,"25,00%",250,"60,00%","1,50",00:00:40,"0,00%",0,"€ 0,00"',
    ',3.546,"42,95%",1.523,"46,50%","1,95",00:01:11,"0,17%",6,"€ 0,00"',
]


def test_a_report_in_an_unknown_language_is_told_by_its_shape_and_its_sums() -> None:
    told = read(DUTCH, *DUTCH_ROWS, "", "Dagindex,Sessies", "01-06-19,2.000", "02-06-19,1.546", ",3.546")
    assert told.examined.guessed
    assert told.column("sessions") == [2546, 1000, 2000, 1546]
    assert told.column("new_users") == [1273, 250, None, None]
    assert told.column("slice") == ["landing", "landing", "site", "site"]
    assert not any(s.others for s in told.statements)


def test_a_shape_whose_sums_do_not_agree_proves_nothing() -> None:
    content = framed(DUTCH, *DUTCH_ROWS[:2], DUTCH_ROWS[2].replace("3.546", "3.999"))
    with pytest.raises(UserError, match="in no format that Vigie knows"):
        examine("Analytics.csv", content.encode())


def test_what_a_report_in_an_unknown_language_lists_is_not_guessed_but_for_addresses() -> None:
    rows = [row.replace("/lampen", "nieuwsbrief").replace("/,", "zoeken,") for row in DUTCH_ROWS]
    told = read(DUTCH.replace("Bestemmingspagina", "Kanaal"), *rows)
    assert told.column("slice") == ["Kanaal"] * 2
    assert told.column("member") == ["zoeken", "nieuwsbrief"]


def test_french_headers_are_known() -> None:
    header = "Pages de destination,Sessions,% nouvelles sessions,Nouveaux utilisateurs,Taux de rebond,Pages/session"
    told = read(header, '/,"1 204","50,00 %",602,"41,20 %","2,12"', ',"1 204","50,00 %",602,"41,20 %","2,12"')
    assert not told.examined.guessed
    assert (told.column("landing_page"), told.column("sessions"), told.column("new_users")) == (["/"], [1204], [602])


# Other tools


@pytest.mark.parametrize(
    "lines",
    [
        ["Day Index,Users", "6/1/19,3", ",3"],
        [PAGES, *PAGE_ROWS],
        ["Seite,Nutzer,Neue Nutzer,Sitzungen", "/,3,2,4", ",3,2,4"],
    ],
    ids=["users by day", "pages", "unknown language"],
)
def test_google_analytics_4_does_not_claim_them(lines: list[str]) -> None:
    assert not GA4.found_in(open_book("Analytics.csv", framed(*lines).encode()))


@pytest.mark.parametrize(
    "lines",
    [
        ["Date,Sessions,New users", ",9,5,Grand total", "20190602,9,5"],
        ["Page path,Sessions", ",9,Grand total"],
        ["Notes,Numbers", "one,1"],
    ],
    ids=["by day", "nothing but a total", "anything"],
)
def test_explorations_of_google_analytics_4_are_not_claimed(lines: list[str]) -> None:
    assert not CONNECTOR.found_in(open_book("download.csv", framed(*lines).encode()))


def test_columns_in_another_order_say_the_same() -> None:
    rows = [line.split(",") for line in ("Page,Pageviews,Entrances,% Exit", "/a,4,2,10.00%", ",4,2,10.00%")]
    moved = csv_text([[row[0], *row[:0:-1]] for row in rows])
    assert [s.values for s in read(*moved.splitlines()).statements] == [
        s.values for s in read(*csv_text(rows).splitlines()).statements
    ]


def test_a_row_that_does_not_say_what_it_is_of_is_told() -> None:
    told = read("Page,Pageviews,% Exit", "/a,4,10.00%", ",2,10.00%", "/b,3,10.00%", ",9,10.00%")
    assert [(problem.row, problem.column) for problem in told.problems] == [(9, "Page")]


def test_columns_that_were_moved_are_told() -> None:
    for lines in (
        ("% Exit,Page,Pageviews", "10.00%,/a,4", ",,4"), ("Doelen,Pagina,Sessies", "6,/a,4", "7,/b,5", "13,,9"),
        ("Pagina,Pagina,Sessies", "/a,/a,4", "/b,/b,5", ",,9"),
    ):  # fmt: skip
        content = framed(*lines, *("", "Page,Pageviews,% Exit", "/a,4,10.00%", ",4,10.00%"))
        told = read_file("Analytics.csv", content)
        assert [s.origin.row for s in told.statements] == [7 + len(lines) + 2 - 0]
        assert any(problem.row == 7 for problem in told.problems)


def test_a_period_printed_twice_is_no_part_of_the_visitors() -> None:
    told = read(PAGES, *PAGE_ROWS, more=("# 20190601-20190604",))
    assert set(told.column("slice")) == {"page"}
