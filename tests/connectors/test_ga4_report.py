"""Files saved from Google Analytics 4: their tables, periods, slices, and averages turned into sums."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_help import Read, read_file

from connectors.ga4_columns import days_of, slice_of, sums
from connectors.ga4_report import CONNECTOR
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers, Check, Statement, UserError

DASHES = "# ----------------------------------------"
HEAD = [DASHES, "# Traffic acquisition", "# Account: Lumen", "# Property: Lumen, the shop", DASHES, "# "]
JUNE = ["# Start date: 20250601", "# End date: 20250630"]
FIRST, LAST = date(2025, 6, 1), date(2025, 6, 30)


def report(*lines: str, title: str = "All Users") -> Read:
    return read_file("export.csv", "\n".join([*HEAD, f"# {title}", *JUNE, *lines]))


def exploration(*lines: str, end: str = "\n") -> Read:
    head = [DASHES, "# https://lumen.example", "# By day", "# 20250601-20250630", DASHES, ""]
    return read_file("download.csv", end.join([*head, *lines]))


def days(statement: Statement) -> tuple[date, date]:
    return statement.values["first_day"], statement.values["last_day"]


def test_a_standard_report_counts_its_period() -> None:
    read = report("Session default channel group,Sessions", "Direct,12", "Email,3")
    assert [days(s) for s in read.statements] == [(FIRST, LAST)] * 2
    assert read.column("slice") == ["channel", "channel"]
    assert (read.column("channel"), read.column("sessions")) == (["Direct", "Email"], [12, 3])
    assert read.statements[0].origin.row == 11


def test_the_account_is_the_property_and_the_export_was_made_when_its_period_ended() -> None:
    export = report("Country,Active users", "FR,1").examined.export
    assert [(a.key, a.name) for a in export.accounts] == [("ga4:lumen-the-shop", "Lumen, the shop")]
    assert export.as_of == datetime(2025, 6, 30)
    explored = exploration("Date,Sessions", ",3,Grand total", "20250602,3").examined.export
    assert explored.accounts[0].key == "ga4:lumen.example"


def test_an_account_that_the_user_names_is_believed() -> None:
    text = "\n".join([*HEAD, *JUNE, "Country,Active users", "FR,1"])
    read = read_file("export.csv", text, Answers(account="ga4:Shop"))
    assert read.column("account") == ["ga4:Shop"]


def test_comments_in_french_with_no_break_spaces_are_understood() -> None:
    lines = [DASHES, "# Instantané des rapports", "# Propriété\u00a0: Lumen", DASHES, "#  ",
             "# Date de début\u00a0: 20250601", "# Date de fin\u00a0: 20250630", "Ville,Utilisateurs actifs",
             "Nantes,4"]  # fmt: skip
    (statement,) = read_file("data-export.csv", "\r\n".join(lines)).statements
    assert days(statement) == (FIRST, LAST)
    assert (statement.values["slice"], statement.values["city"]) == ("city", "Nantes")
    assert (statement.values["account"], statement.values["users"]) == ("ga4:lumen", 4)


def test_every_table_of_an_overview_has_its_own_period() -> None:
    read = report(
        "Active users,New users", "9,5", "", "# Where from?", "# Start date: 20240601",
        "# End date: 20240602", "Nth day,Sessions", "0000,3", "0001,4", "",
        "#  ", *JUNE, "Event name,Key events", "", "", "#  ", *JUNE, "Event name,Event count", "scroll,7",
    )  # fmt: skip
    assert [(s.values["slice"], *days(s)) for s in read.statements] == [
        ("site", FIRST, LAST),
        ("site", date(2024, 6, 1), date(2024, 6, 1)),
        ("site", date(2024, 6, 2), date(2024, 6, 2)),
        ("event", FIRST, LAST),
    ]
    assert not read.problems, "an empty table is nothing to tell"


def test_a_report_of_one_day_is_a_daily_row() -> None:
    text = "\n".join([*HEAD, "# Start date: 20250603", "# End date: 20250603", "Country,Active users", "FR,1"])
    (statement,) = read_file("export.csv", text).statements
    assert days(statement) == (date(2025, 6, 3), date(2025, 6, 3))


def test_an_exploration_is_read_below_its_grand_total() -> None:
    read = exploration("Date,Device category,Sessions", ",,9,Grand total", "20250603,mobile,4", "20250602,desktop,5")
    assert [(s.values["device"], s.values["sessions"], *days(s)) for s in read.statements] == [
        ("mobile", 4, date(2025, 6, 3), date(2025, 6, 3)),
        ("desktop", 5, date(2025, 6, 2), date(2025, 6, 2)),
    ]
    assert read.column("slice") == ["device", "device"]


def test_an_empty_member_is_not_the_grand_total() -> None:
    read = exploration("Page referrer,Sessions", ",9,Grand total", ",4", "https://a.example/?q=me,5")
    assert read.column("referrer") == [None, "https://a.example/"]
    assert read.column("sessions") == [4, 5]


@pytest.mark.parametrize(
    ("header", "cell", "first", "last"),
    [
        ("Date", "20250604", date(2025, 6, 4), date(2025, 6, 4)),
        ("ISO week of ISO year", "202523", date(2025, 6, 2), date(2025, 6, 8)),
        ("ISO week of ISO year", "202522", date(2025, 6, 1), date(2025, 6, 1)),
        ("ISO week of ISO year", "202527", date(2025, 6, 30), date(2025, 6, 30)),
        ("Year month", "202506", FIRST, LAST),
        ("Nth day", "0029", LAST, LAST),
    ],
)
def test_rows_of_a_span_count_what_of_it_lies_in_the_period(header: str, cell: str, first: date, last: date) -> None:
    (statement,) = exploration(f"{header},Sessions", ",9,Grand total", f"{cell},9").statements
    assert days(statement) == (first, last)
    assert statement.values["slice"] == "site"


@pytest.mark.parametrize("header", ["Date", "ISO week of ISO year", "Year month", "Nth day"])
def test_a_row_of_no_day_is_told_and_not_counted(header: str) -> None:
    good = {"Date": "20250604", "ISO week of ISO year": "202523", "Year month": "202506", "Nth day": "0003"}
    lines = f"{header},Sessions", ",9,Grand total", f"{good[header]},9", "(other),2"
    read = exploration(*lines)
    assert read.column("sessions") == [9]
    (problem,) = read.problems
    assert (problem.row, problem.column, problem.found) == (10, header, "(other)")


@pytest.mark.parametrize(
    ("headers", "slice_"),
    [
        ("Session source / medium", "source"),
        ("Session campaign", "campaign"),
        ("Landing page", "landing"),
        ("Page path and screen class", "page"),
        ("Page title and screen class", "page"),
        ("Titre de la page et classe de l'écran", "page"),
        ("Country,City", "geo"),
        ("Pays,Région,Ville", "geo"),
        ("City", "city"),
        ("Hostname", "host"),
        ("Nom d'hôte,Chemin de la page", "page"),
        ("Landing page,Host name,Session default channel group", "channel+landing"),
        ("Device category,Operating system,Browser", "device"),
        ("Navigateur", "browser"),
        ("New / returning", "new_returning"),
        ("Session default channel group,Event name", "channel+event"),
        ("Session campaign,Session manual term,Session manual ad content", "campaign"),
        ("Hour", "hour"),
        ("Country ID", "country_id"),
        ("Session source / medium,Session default channel group", "channel+source"),
        ("First user source / medium,Country", "geo+first_source"),
        ("Membership level", "Membership level"),
        ("Session default channel group,Membership level", "channel+Membership level"),
    ],
)
def test_the_dimensions_of_a_table_make_its_slice(headers: str, slice_: str) -> None:
    one, other = (",".join(member for _ in headers.split(",")) for member in "89")
    read = report(f"{headers},Sessions", f"{one},4", f"{other},5")
    assert read.column("slice") == [slice_, slice_]
    assert read.column("sessions") == [4, 5]


def test_a_dimension_without_a_column_of_ours_is_a_member() -> None:
    (first, _) = report("Item name,Colour,Items purchased", "Lamp,red,4", "Lamp,blue,2").statements
    assert (first.values["slice"], first.values["member"]) == ("Item name+Colour", "Lamp / red")
    assert first.others == {"Items purchased": 4}


def test_new_and_returning_are_members() -> None:
    read = report("New / returning,Sessions", "new,4", "returning,5")
    assert (read.column("member"), read.column("sessions")) == (["new", "returning"], [4, 5])


def test_a_report_of_cities_does_not_take_the_place_of_one_of_countries() -> None:
    slices = {report(f"{header},Sessions", "A,4").column("slice")[0] for header in ("Country", "City", "Region")}
    assert slices == {"geo", "city", "region"}


def test_a_dimension_of_numbers_is_no_measure() -> None:
    read = report("Order,Refunds", "101,4", "102,5")
    assert read.column("member") == ["101", "102"]
    assert [s.others for s in read.statements] == [{"Refunds": 4}, {"Refunds": 5}]


def test_days_back_and_new_or_returning_users_are_measures() -> None:
    read = report("Nth day,new,returning", "0000,8,1", "", "#  ", *JUNE, "Nth day,30 days,1 day", "0000,9,2")
    assert read.column("slice") == ["site", "site"]
    assert read.column("returning_users") == [1, None]
    assert [s.others for s in read.statements] == [{"new": 8}, {"30 days": 9, "1 day": 2}]


def test_what_is_not_known_yet_of_loyalty_is_not_stated() -> None:
    read = report("Date,Week 0,Week 1", "Jun 1 - Jun 7,80,0", "Jun 8 - Jun 14,74,-1")
    assert read.column("member") == ["Jun 1 - Jun 7", "Jun 8 - Jun 14"]
    assert [s.others for s in read.statements] == [{"Week 0": 80, "Week 1": 0}, {"Week 0": 74}]
    assert not read.problems


def test_damaged_shares_of_loyalty_are_no_dimension() -> None:
    read = report("Date,Week 0,Week 1", "Jun 1 - Jun 7,80,abc", "Jun 8 - Jun 14,74,Mar-07", "Jun 15 - Jun 21,60,5")
    assert [s.others for s in read.statements] == [{"Week 0": 80}, {"Week 0": 74}, {"Week 0": 60, "Week 1": 5}]
    assert read.column("slice") == ["Date"] * 3


@pytest.mark.parametrize(
    ("headers", "row", "key", "total"),
    [
        ("Sessions,Average engagement time per session", "4,2.5", "engagement_seconds", 10),
        ("Active users,Average engagement time per active user", "3,1.5", "engagement_seconds", 4.5),
        ("Active users,Engaged sessions per active user", "3,0.6666666666666666", "engaged_sessions", 2),
        ("Sessions,Engagement rate", "8,0.75", "engaged_sessions", 6),
        ("Sessions,Taux de rebond", "8,0.25", "engaged_sessions", 6),
        ("Sessions,Session key event rate", "40,0.025", "key_event_sessions", 1),
        ("Active users,User key event rate", "40,0.05", "key_event_users", 2),
        ("Utilisateurs actifs,Taux d'événements clés par utilisateur", "40,0.05", "key_event_users", 2),
    ],
)
def test_an_average_gives_back_its_sum_and_stays_as_printed(headers: str, row: str, key: str, total: float) -> None:
    (statement,) = report(headers, row).statements
    assert statement.values[key] == total
    assert statement.others == {headers.split(",")[1]: float(row.split(",")[1])}


def test_an_average_over_what_the_row_does_not_state_gives_no_sum() -> None:
    (statement,) = report("Nth day,Average engagement time per active user", "0000,31.5").statements
    assert "engagement_seconds" not in statement.values
    assert statement.others == {"Average engagement time per active user": 31.5}


def test_a_stated_sum_is_not_worked_out_again() -> None:
    (statement,) = report("Sessions,Engaged sessions,Engagement rate", "8,5,0.75").statements
    assert statement.values["engaged_sessions"] == 5


def test_a_table_printed_twice_is_read_once_and_told() -> None:
    again = ["", "#  ", *JUNE]
    lines = [
        "Country,Active users",
        "FR,3",
        *again,
        "Country,Active users",
        "FR,3",
        *again,
        "Country,Sessions",
        "FR,4",
    ]
    read = report(*lines)
    assert (read.column("users"), read.column("sessions")) == ([3, None], [None, 4])
    (problem,) = read.problems
    assert problem.row == 16
    assert problem.found == "Country, Active users"


def test_a_measure_that_stands_in_two_tables_is_read_once() -> None:
    read = report("Country,Active users", "FR,3", "", "#  ", *JUNE, "Country,Active users,Sessions", "FR,3,4")
    assert (read.column("users"), read.column("sessions")) == ([3, None], [None, 4])
    assert read.statements[1].others == {"Active users": 3}


def test_a_comparison_is_kept_apart_from_all_users() -> None:
    lines = ["Country,Active users", "FR,3", "", "# Mobile traffic", *JUNE, "Country,Active users", "FR,2"]
    read = report(*lines)
    assert read.column("slice") == ["geo", "geo (Mobile traffic)"]
    assert not read.problems


def test_the_title_of_one_table_is_not_that_of_the_next() -> None:
    lines = ["Country,Active users", "FR,2", "", "#  ", *JUNE, "City,Active users", "Nantes,3"]
    assert report(*lines, title="Mobile traffic").column("slice") == ["geo (Mobile traffic)", "city"]


def test_an_exploration_that_lost_its_total_is_read_from_its_first_row() -> None:
    assert exploration("Page referrer,Active users", ",4", "https://a.example,5").column("users") == [4, 5]


def test_a_page_keeps_no_more_of_its_query_than_the_campaign() -> None:
    path = "/a?utm_source=x&_hsenc=p2ANqtz&email=a%40b.fr"
    (statement,) = report("Page path and screen class,Views", f"{path},2").statements
    assert statement.values["page"] == "/a?utm_source=x"


def test_a_file_saved_again_by_a_spreadsheet_says_the_same() -> None:
    lines = ["Date,Session source / medium,Sessions,Engagement rate", ",,9,0.5,Grand total",
             "20250603,google / organic,4,0.25", "20250602,(direct) / (none),5,0.6"]  # fmt: skip
    expected = exploration(*lines).statements
    head = [DASHES, "# https://lumen.example", "# By day", "# 20250601-20250630", DASHES, ""]
    padded = ";;;;\r\n".join(head) + ";;;;\r\n"
    body = "\r\n".join(line.replace(",", ";").replace(".", ",") for line in lines)
    told = read_file("renamed.txt", (padded + body).encode("cp1252")).statements
    assert [(s.values, s.others) for s in told] == [(s.values, s.others) for s in expected]


def test_columns_in_another_order_say_the_same() -> None:
    rows = ["Country,Session default channel group,Sessions", "FR,Direct,4", "CA,Email,5"]
    backwards = [",".join(row.split(",")[::-1]) for row in rows]
    assert [s.values for s in report(*rows).statements] == [s.values for s in report(*backwards).statements]


@pytest.mark.parametrize(
    "lines",
    [
        [DASHES, "# lumen.example", "# Landing Pages", "# 20150101-20150131", DASHES, "",
         "Landing Page,Sessions,% New Sessions,New Users", "/,12,50.00%,6", ",12,50.00%,6"],
        ["# notes", "Country,Active users", "FR,1"],
        ["Country,Active users", "FR,1"],
        [DASHES, "# Traffic", DASHES, "Country,Active users", "FR,1"],
    ],
    ids=["universal analytics", "no frame", "no comments", "no period"],
)  # fmt: skip
def test_files_of_other_tools_are_not_claimed(lines: list[str]) -> None:
    assert not CONNECTOR.found_in(open_book("export.csv", "\n".join(lines).encode()))


def test_a_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    read = report("Country,Active users,Sessions", "FR,many,3")
    (problem,) = read.problems
    assert (problem.row, problem.column, problem.found) == (11, "Active users", "many")
    assert read.column("sessions") == [3]


def test_slices_are_named_whatever_the_order_of_the_columns() -> None:
    assert slice_of([]) == "site"
    assert slice_of(["country", "city"]) == "geo"
    assert slice_of(["landing_page", "device"]) == "landing+device"


@given(st.integers(1, 10**6), st.data())
def test_sums_come_back_from_averages_to_the_session(sessions: int, data: st.DataObject) -> None:
    engaged = data.draw(st.integers(0, sessions))
    printed = {"Engagement rate": engaged / sessions}
    assert sums({"sessions": sessions}, printed) == {"engaged_sessions": engaged}
    bounced = {"Bounce rate": 1 - engaged / sessions}
    assert sums({"sessions": sessions}, bounced) == {"engaged_sessions": engaged}


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_a_month_ends_before_the_next_begins(day: date) -> None:
    first, last = days_of({"month": day.replace(day=1)}, date.min, date.max)
    assert first.day == 1
    assert first <= day <= last
    assert (last.month, last.year) == (day.month, day.year)
    assert (last - first).days >= 27


def test_a_row_of_days_outside_of_the_period_is_told_and_not_counted() -> None:
    read = exploration("ISO week of ISO year,Sessions", ",9,Grand total", "202523,4", "202549,5")
    assert read.column("sessions") == [4]
    assert [(p.row, str(p.expected)) for p in read.problems] == [(10, "days of the period that stands above the table")]


# Totals, and what is no report


def checks(*lines: str) -> list[tuple[str, float, float]]:
    head = [DASHES, "# https://lumen.example", "# By day", "# 20250601-20250630", DASHES, ""]
    examined = examine("download.csv", "\n".join([*head, *lines]).encode())
    return [(c.what, c.declared, c.read) for c in examined.statements("Europe/Paris") if isinstance(c, Check)]


def test_the_total_of_an_exploration_is_compared_where_rows_add_up_and_people_do_not() -> None:
    header = "Date,Hour,Active users,Total users,Sessions,New users,Total revenue,Engagement rate"
    total = ",,90,95,12,7,30.5,0.5,Grand total"
    assert checks(header, total, "20250602,9,60,61,7,3,10.25,0.4", "20250603,10,50,52,4,4,20.25,0.6") == [
        ("New users", 7, 7), ("Sessions", 12, 11), ("Total revenue", 30.5, 30.5),
    ]  # fmt: skip


def test_pages_that_only_differ_in_their_query_are_all_kept() -> None:
    read = report("Page path + query string,Views", "/a?id=1,4", "/a?id=2,5", "/a?utm_source=x,6")
    assert read.column("page") == ["/a", "/a", "/a?utm_source=x"]
    assert read.column("member") == [None, "(2)", None]
    assert read.column("views") == [4, 5, 6]


def test_the_same_page_on_two_days_is_no_other_page() -> None:
    lines = "Date,Page path,Views", ",,9,Grand total", "20250602,/a,4", "20250603,/a,5"
    assert exploration(*lines).column("member") == [None, None]


@pytest.mark.parametrize(
    "lines",
    [
        (",Device category,desktop,mobile", "Date,Active users,Active users", "20250602,3,4"),
        ("Date,Active users,Active users", "20250602,3,4"),
    ],
    ids=["a row above the header", "a header twice"],
)
def test_dimensions_spread_over_columns_are_refused_with_what_to_do(lines: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="move it from Columns to Rows"):
        exploration(*lines)


def test_single_events_of_bigquery_are_refused_with_what_to_do() -> None:
    text = "event_date,event_timestamp,event_name,event_params.key\n20250602,1748840400000000,page_view,page_title\n"
    with pytest.raises(UserError, match="list of single events from BigQuery"):
        examine("bq-results.csv", text.encode())


@pytest.mark.parametrize(
    "lines",
    [
        ("Day Index,Users", "6/1/25,3", ",3"),
        ("Landing Page,Users,New Users", "/,3,2", "/a,4,2", ",7,4"),
    ],
    ids=["days", "a total below"],
)
def test_reports_of_universal_analytics_are_not_claimed(lines: tuple[str, ...]) -> None:
    head = [DASHES, "# lumen", "# Pages", "# 20250601-20250630", DASHES, ""]
    assert not CONNECTOR.found_in(open_book("Analytics.csv", "\n".join([*head, *lines]).encode()))


@pytest.mark.parametrize(
    "members", [("0000", "0001"), ("20250602", "20250603"), ("202523", "202524"), ("202505", "202506")]
)
def test_days_weeks_and_months_under_a_header_that_nobody_knows_are_no_period(members: tuple[str, str]) -> None:
    read = report("Nth something,Sessions", *(f"{member},4" for member in members))
    assert read.statements == []
    assert "days, weeks or months" in str(read.problems[0].expected)


def test_rows_that_have_lost_their_days_are_not_of_the_whole_period() -> None:
    read = report("Session default channel group,Sessions", "Direct,4", "Email,1", "Direct,5")
    assert read.column("channel") == ["Email"]
    assert [problem.row for problem in read.problems] == [11, 13]
    assert "11, 13" in str(read.problems[0].expected)


def test_a_row_that_repeats_another_is_told() -> None:
    (problem,) = report("Page path,Sessions", "/,4", "/,4").problems
    assert (problem.row, str(problem.expected)[:16]) == (12, "rows that differ")


def test_a_table_of_which_only_what_is_not_listed_is_left_has_no_dimension_called_date() -> None:
    read = exploration("Date,Sessions", ",9,Grand total", "(other),2")
    assert (read.statements, read.problems[0].found) == ([], "(other)")


def test_tables_that_no_blank_line_parts_are_two() -> None:
    read = report("Country,Active users", "FR,4", "Device category,Active users", "mobile,3")
    assert read.column("slice") == ["geo", "device"]


def test_a_report_that_has_lost_the_name_of_its_property_asks_for_it() -> None:
    lines = [DASHES, "# Traffic acquisition", "# Account: Lumen", DASHES, *JUNE, "Country,Active users", "FR,1"]
    examined = examine("export.csv", "\n".join(lines).encode())
    assert [question.about for question in examined.questions] == ["account"]


def test_columns_that_were_moved_say_the_same() -> None:
    told = exploration("Date,Device category,Sessions", ",,9,Grand total", "20250602,mobile,4", "20250603,mobile,5")
    moved = exploration("Sessions,,Device category,Date", "9,Grand total,,", "4,,mobile,20250602", "5,,mobile,20250603")
    assert [s.values for s in moved.statements] == [s.values for s in told.statements]
    assert moved.problems == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Views per user,Page path,Views", "1.8,/,9", "2.5,/a,5"),
        ("Page path,Views per user,Views", "/,1.8,9", "/a,2.5,5"),
    ],
)
def test_a_rate_that_was_moved_to_the_left_is_no_dimension(lines: tuple[str, ...]) -> None:
    read = report(*lines)
    assert read.column("slice") == ["page", "page"]
    assert read.statements[0].others == {"Views per user": 1.8}


def test_figures_below_an_empty_row_are_told() -> None:
    read = report("Page path,Views", "/,3", ",", ",5")
    assert [s.values["views"] for s in read.statements] == [3]
    assert len(read.problems) == 1


def test_a_column_that_lost_its_neighbours_is_not_ours_beside_tables_of_another_tool() -> None:
    lines = ("Landing,Zitting,% nieuw", "/,5,1", "", "Sessies", "3", "2")
    text = "\n".join(("# " + "-" * 40, "# lumen", "# Pagina's", "# 20190601-20190603", "# " + "-" * 40, "", *lines))
    with pytest.raises(UserError):
        examine("Analytics.csv", text.encode())
