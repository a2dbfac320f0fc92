"""Plausible: the export of a site by day, and that of a dashboard, whose files are told by their names."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import Read, read_file
from test_sheet import make_zip

from connectors.plausible import CONNECTOR, named_period
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Answers, UserError

MINE = Answers(account="plausible:lumen.example", as_of=datetime(2025, 7, 1), since=date(2025, 6, 1))
VISITORS = '"date","visitors","pageviews","bounces","visits","visit_duration"\n"2025-06-28",119,304,77,134,21070\n'
GRAPH = "date,visitors,pageviews,visits,views_per_visit,bounce_rate,visit_duration\n2025-06-28,9,12,10,1.2,50,30\n"
SOURCES = "name,visitors,bounce_rate,visit_duration\nGoogle,90,50,120\n"
DASHBOARD = "Plausible export lumen.example 2025-06-01  to 2025-06-30 .zip"


def zipped(name: str, **files: str) -> Read:
    return read_file(name, make_zip({f"{key}.csv": text.encode() for key, text in files.items()}))


def test_the_days_of_a_site_are_its_own() -> None:
    (statement,) = read_file("imported_visitors_20250628_20250630.csv", VISITORS, MINE).statements
    assert statement.values == {
        "account": "plausible:lumen.example", "slice": "site", "first_day": date(2025, 6, 28),
        "last_day": date(2025, 6, 28), "users": 119, "sessions": 134, "views": 304,
    }  # fmt: skip
    assert statement.others == {"bounces": 77, "visit_duration": 21070}, "sums keep their names"


def test_the_averages_of_a_dashboard_are_left_aside() -> None:
    (statement,) = read_file("visitors.csv", GRAPH, MINE).statements
    assert (statement.values["users"], statement.values["sessions"], statement.values["views"]) == (9, 10, 12)
    assert statement.others == {}


def test_an_empty_cell_is_not_zero() -> None:
    text = GRAPH + "2025-06-29,0,,0,0.0,,\n"
    assert read_file("visitors.csv", text, MINE).column("views") == [12, None]
    assert read_file("visitors.csv", text, MINE).column("users") == [9, 0]


@pytest.mark.parametrize(
    ("name", "header", "slice_", "column"),
    [
        ("sources (1).csv", "name,visitors,bounce_rate,visit_duration", "source", "source"),
        ("my channels 2025.csv", "name,visitors,bounce_rate,visit_duration", "channel", "channel"),
        ("utm_sources.csv", "name,visitors,bounce_rate,visit_duration", "utm_source", "member"),
        ("countries.csv", "name,visitors", "geo", "country"),
        ("cities.csv", "name,visitors", "city", "city"),
        ("renamed.csv", "name,visitors,pageviews,bounce_rate,time_on_page", "page", "page"),
        ("renamed.csv", "name,unique_entrances,total_entrances,visit_duration", "landing", "landing_page"),
        ("renamed.csv", "name,unique_exits,total_exits,exit_rate", "exit", "page"),
        ("renamed.csv", "name,unique_conversions,total_conversions", "event", "event"),
    ],
)
def test_a_list_is_told_by_its_headers_or_its_name(name: str, header: str, slice_: str, column: str) -> None:
    text = f"{header}\n/a,{','.join('3' for _ in header.split(',')[1:])}\n"
    (statement,) = read_file(name, text, MINE).statements
    assert (statement.values["slice"], statement.values[column], statement.values["users"]) == (slice_, "/a", 3)
    assert statement.others == {}
    assert (statement.values["first_day"], statement.values["last_day"]) == (date(2025, 6, 1), date(2025, 7, 1))


def test_a_list_that_does_not_say_of_what_it_is_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match="does not say what it lists"):
        examine("renamed.csv", SOURCES.encode())
    with pytest.raises(UserError, match="in no format that Vigie knows"):
        examine("renamed.csv", b"name,visitors\nFrance,3\n")


def test_a_list_alone_asks_for_its_period() -> None:
    examined = examine("sources.csv", SOURCES.encode())
    assert [question.about for question in examined.questions] == ["account", "as_of", "since"]


def test_the_period_of_a_dashboard_is_that_of_its_name_or_of_its_days() -> None:
    named = zipped(DASHBOARD, visitors=GRAPH, sources=SOURCES)
    assert [a.key for a in named.examined.export.accounts] == ["plausible:lumen.example"]
    assert named.statements[1].values["first_day"] == date(2025, 6, 1)
    assert named.statements[1].values["last_day"] == date(2025, 6, 30)
    content = make_zip({"visitors.csv": (GRAPH + "2025-06-29,1,1,1,1,1,1\n").encode(), "sources.csv": SOURCES.encode()})
    told = read_file("download.zip", content, Answers(account="plausible:lumen.example"))
    assert (told.statements[2].values["first_day"], told.statements[2].values["last_day"]) == (
        date(2025, 6, 28), date(2025, 6, 29),
    )  # fmt: skip


def test_digits_that_only_look_like_a_period_are_none() -> None:
    assert named_period("Plausible export x 2025-13-01  to 2025-06-30 .zip") is None
    assert named_period("visitors.csv") is None


@pytest.mark.parametrize(
    ("days", "apart"),
    [(("2025-06-01 10:00:00", "2025-06-01 11:00:00"), 0), (("2025-05-01", "2025-06-01"), 31)],
    ids=["hours", "months"],
)
def test_a_graph_by_hour_or_month_is_refused(days: tuple[str, str], apart: int) -> None:
    rows = "".join(f"{day},9,12,10,1.2,50,30\n" for day in days)
    with pytest.raises(UserError, match=f"begin {apart} days apart"):
        read_file("visitors.csv", GRAPH.splitlines()[0] + "\n" + rows, MINE)


def test_a_dashboard_of_one_goal_is_refused() -> None:
    text = "date,visitors,events,conversion_rate,bounce_rate\n2025-06-28,9,10,3.1,50\n"
    with pytest.raises(UserError, match="one goal"):
        examine("visitors.csv", text.encode())


def test_rows_that_are_printed_twice_are_all_kept() -> None:
    text = '"date","browser","visitors","visits","visit_duration","bounces"\n' + '"2025-06-28","App",2,2,0,2\n' * 2
    told = read_file("imported_browsers.csv", text + '"2025-06-29","App",5,5,0,2\n', MINE)
    assert told.column("member") == ["App", "App (2)", "App"]
    assert told.column("sessions") == [2, 2, 5]


def test_sources_that_differ_in_a_tag_only_are_told_apart() -> None:
    header = "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,pageviews,visitors,visits"
    rows = ["2025-06-28,,,,,,,,3,2,2", "2025-06-28,x,x.example/?q=me,x,social,june,a,,3,2,2",
            "2025-06-28,x,x.example/?q=you,x,social,june,b,,5,4,4"]  # fmt: skip
    told = read_file("imported_sources.csv", "\n".join([header, *rows]), MINE)
    assert told.column("source") == ["Direct / None", "x", "x"]
    assert told.column("member") == [None, "x / social / a", "x / social / b"]
    assert told.column("referrer") == [None, "x.example/", "x.example/"]
    assert told.column("campaign") == [None, "june", "june"]


def test_a_city_that_is_not_known_is_not_named() -> None:
    text = "date,country,region,city,visitors,visits\n2025-06-28,FR,FR-PAC,3027647,1,1\n2025-06-28,FR,,0,2,2\n"
    assert read_file("imported_locations.csv", text, MINE).column("member") == ["FR-PAC / 3027647", None]


def test_the_site_is_the_host_of_most_pages_else_that_of_the_name() -> None:
    pages = (
        "date,hostname,page,visits,visitors,pageviews\n2025-06-28,www.lumen.example,/a,1,1,1\n"
        "2025-06-28,www.lumen.example,/b,1,1,1\n2025-06-28,blog.example,/c,1,1,1\n"
    )
    assert zipped("x.zip", imported_pages=pages).examined.export.accounts[0].key == "plausible:lumen.example"
    named = zipped("shop_lumen_example_20250601_20250630.zip", imported_visitors=VISITORS)
    assert named.examined.export.accounts[0].key == "plausible:shop.lumen.example"
    assert examine("imported_visitors_20250601_20250630.csv", VISITORS.encode()).export.accounts == ()


def test_what_others_write_is_not_claimed() -> None:
    for text in (
        "Date,Visitors,Pageviews,Bounces,Visits\n2025-06-28,1,1,1,1\n",
        "date,device,clicks\n2025-06-28,Mobile,3\n",
        "name,visitors\nFrance,3\n",
    ):
        assert not CONNECTOR.found_in(open_book("export.csv", text.encode()))


def test_a_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    told = read_file("visitors.csv", GRAPH + "2025-06-29,many,1,1,1,1,1\nsoon,1,1,1,1,1,1\n", MINE)
    assert [(p.row, p.column, p.found) for p in told.problems] == [(3, "visitors", "many"), (4, "date", "soon")]


def test_the_name_of_an_export_says_the_site_where_as_many_pages_are_of_another() -> None:
    pages = '"date","hostname","page","visitors","visits","pageviews"\n' + "".join(
        f'"2025-06-28","{host}","/",1,1,1\n' for host in ("shop.lumen.example", "lumen.example")
    )
    name = "lumen_example_20250628_20250630.zip"
    read = zipped(name, imported_visitors_20250628_20250630=VISITORS, imported_pages_20250628_20250630=pages)
    assert [account.key for account in read.examined.export.accounts] == ["plausible:lumen.example"]
