"""Matomo: names of the API, of its pages and of its e-mails; periods of any length; what reports list."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import Read, read_file

from connectors.cells import Unreadable
from connectors.matomo_reports import label_in, listed_by, named_period, named_report, period_in
from connectors.reading import examine
from data.model import Answers, UserError

MINE = Answers(account="matomo:lumen", as_of=datetime(2025, 7, 1), since=date(2025, 6, 1))
BY_DAY = "date,nb_uniq_visitors,nb_visits,nb_actions,max_actions,sum_visit_length,bounce_count,nb_visits_converted\n"
ENGLISH = (
    "Date,Unique visitors,Visits,Actions,Users,Maximum actions in one visit,"
    "Total time spent by visitors (in seconds),Bounces,Visits with Conversions\n"
)
FRENCH = (
    "Date,Visiteurs uniques,Visites,Actions,Utilisateurs,Nombre maximum d'actions en une visite,"
    "Temps total passé par les visiteurs (en secondes),Rebonds,Visites avec Conversions\n"
)
CHANNELS = "Label,Unique visitors,Visits,Actions,Maximum actions in one visit\nDirect Entry,8,9,20,4\n"


def read(text: str, name: str = "Export _ Visits Summary _ June 2025.csv", answers: Answers = MINE) -> Read:
    return read_file(name, text, answers)


@pytest.mark.parametrize("header", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_the_pages_of_matomo_and_its_api_say_the_same(header: str) -> None:
    (raw,) = read(BY_DAY + "2025-06-28,110,134,420,31,21070,77,3\n").statements
    (told,) = read(header + "2025-06-28,110,134,420,0,31,21070,77,3\n").statements
    assert told.values == raw.values
    assert raw.values == {
        "account": "matomo:lumen", "slice": "site", "first_day": date(2025, 6, 28), "last_day": date(2025, 6, 28),
        "users": 110, "sessions": 134, "key_event_sessions": 3,
    }  # fmt: skip
    assert raw.others == {"nb_actions": 420, "sum_visit_length": 21070, "bounce_count": 77}
    assert len(told.others) == 4


def test_a_file_in_two_bytes_a_letter_is_read() -> None:
    content = b"\xff\xfe" + (FRENCH + "2025-06-28,110,134,420,0,31,21070,77,3").encode("utf-16-le")
    (statement,) = read_file("Exporter _ Résumé _ juin 2025.csv", content, MINE).statements
    assert (statement.values["users"], statement.values["sessions"]) == (110, 134)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2025-06-28", date(2025, 6, 28), date(2025, 6, 28)),
        ("2025-06-23,2025-06-29", date(2025, 6, 23), date(2025, 6, 29)),
        ("From 2025-06-23 to 2025-06-29", date(2025, 6, 23), date(2025, 6, 29)),
        ("De 2025-06-23 à 2025-06-29", date(2025, 6, 23), date(2025, 6, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_row_counts_the_period_it_prints(printed: str, first: date, last: date) -> None:
    (statement,) = read(f'{BY_DAY}"{printed}",1,2,3,4,5,6,0\n').statements
    assert (statement.values["first_day"], statement.values["last_day"]) == (first, last)


@pytest.mark.parametrize(
    "printed", ["soon", "2025-13", "2025-02-30", "2025-06-01 2025-06-02 2025-06-03", "12", "2025-06-09 2025-06-02"]
)
def test_what_is_no_period_is_told(printed: str) -> None:
    with pytest.raises(Unreadable):
        period_in(printed)
    told = read(f"{BY_DAY}{printed},1,2,3,4,5,6,0\n")
    assert [(p.row, p.column, p.found) for p in told.problems] == [(2, "date", printed)]
    assert not told.statements


def test_a_month_that_had_not_ended_ends_with_the_export() -> None:
    (statement,) = read(
        f"{BY_DAY}2025-07,1,2,3,4,5,6,0\n", answers=Answers("matomo:lumen", datetime(2025, 7, 12))
    ).statements
    assert statement.values["last_day"] == date(2025, 7, 12)


def test_days_tell_when_the_export_was_made_and_months_do_not() -> None:
    assert examine("x.csv", f"{BY_DAY}2025-06-28,1,2,3,4,5,6,0\n".encode()).export.as_of == datetime(2025, 6, 28)
    examined = examine("x.csv", f"{BY_DAY}2025-06,1,2,3,4,5,6,0\n".encode())
    assert [question.about for question in examined.questions] == ["account", "as_of"]


# What a report lists


@pytest.mark.parametrize(
    ("report", "slice_", "column"),
    [
        ("Channel Type", "channel", "channel"),
        ("Type de canal", "channel", "channel"),
        ("All Channels", "source", "source"),
        ("Websites", "referrer", "referrer"),
        ("Campagnes", "campaign", "campaign"),
        ("Country", "geo", "country"),
        ("Type d’appareil", "device", "device"),
        ("Browser version", "Browser version", "member"),
    ],
)
def test_what_a_report_lists_is_told_by_its_name(report: str, slice_: str, column: str) -> None:
    (statement,) = read(CHANNELS, f"Export _ {report} _ June 2025.csv").statements
    assert (statement.values["slice"], statement.values[column]) == (slice_, "Direct Entry")
    assert (statement.values["first_day"], statement.values["last_day"]) == (date(2025, 6, 1), date(2025, 6, 30))


def test_a_list_that_lost_its_name_is_refused_unless_its_columns_tell() -> None:
    with pytest.raises(UserError, match="does not say which report of Matomo it is"):
        examine("renamed.csv", CHANNELS.encode())
    pages = "Label,Pageviews,Unique Pageviews,Metadata: url\n/lamps,9,7,https://lumen.example/lamps\n"
    assert read(pages, "renamed.csv").column("page") == ["/lamps"]
    entries = "Label,Entrances,Bounces,Metadata: url\n/lamps,9,7,https://lumen.example/lamps\n"
    (statement,) = read(entries, "renamed.csv").statements
    assert (statement.values["slice"], statement.values["landing_page"], statement.values["sessions"]) == (
        "landing", "/lamps", 9,
    )  # fmt: skip


def test_exits_are_visits_that_ended_on_a_page() -> None:
    text = "label,nb_visits,exit_nb_visits,exit_rate\n/lamps,9,4,44%\n"
    (statement,) = read(text, "Export _ Exit pages _ 2025.csv").statements
    assert (statement.values["slice"], statement.values["page"], statement.values["sessions"]) == ("exit", "/lamps", 4)
    assert statement.values["last_day"] == date(2025, 7, 1), "the year had not ended"


def test_pages_that_only_differ_in_their_query_are_all_kept() -> None:
    text = "label,nb_visits,nb_hits\n/a?id=1,1,2\n/a?id=2,3,4\n"
    told = read(text, "Export _ Page URLs _ June 2025.csv")
    assert (told.column("page"), told.column("member")) == (["/a", "/a"], [None, "(2)"])
    assert told.column("views") == [2, 4]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("'=SUM(A)", "=SUM(A)"), ("'-5", "-5"), ("'+a", "+a"), ("'@a", "@a"), ("'%00=a", "%00=a"), ("'tis", "'tis"),
     ("a'=b", "a'=b")],
)  # fmt: skip
def test_the_apostrophe_before_what_a_spreadsheet_would_compute_is_taken_off(printed: str, meant: str) -> None:
    assert label_in(printed) == meant


@pytest.mark.parametrize(
    ("name", "report", "period"),
    [
        ("Export _ Page URLs _ Saturday, June 28, 2025.csv", "Page URLs", (date(2025, 6, 28), date(2025, 6, 28))),
        ("Exporter _ Pays _ samedi 28 juin 2025 (1).csv", "Pays", (date(2025, 6, 28), date(2025, 6, 28))),
        ("Export _ Pays _ juin 2025.csv", "Pays", (date(2025, 6, 1), date(2025, 6, 30))),
        ("Export _ Country _ 2025.tsv", "Country", (date(2025, 1, 1), date(2025, 12, 31))),
        ("Export _ Country _ June 23 – 29, 2025.csv", "Country", None),
        ("Piwik Exporter _ _ 2025-06-01 - 2025-06-30 .csv", "", None),
        ("visits.csv", "", None),
    ],
)
def test_the_name_of_a_file_tells_report_and_period(name: str, report: str, period: tuple[date, date] | None) -> None:
    assert named_report(name) == report
    assert named_period(name) == period


def test_a_report_without_a_name_lists_nothing_known() -> None:
    assert listed_by("") is None


def test_a_report_of_the_whole_site_without_dates_asks_for_its_period() -> None:
    text = "nb_uniq_visitors,nb_visits,nb_actions\n57,66,151\n"
    assert [q.about for q in examine("x.csv", text.encode()).questions] == ["account", "as_of", "since"]
    (statement,) = read(text, "x.csv").statements
    assert (statement.values["first_day"], statement.values["last_day"]) == (date(2025, 6, 1), date(2025, 7, 1))
    assert (statement.values["slice"], statement.values["users"]) == ("site", 57)


# Conversions


def test_conversions_without_visits_beside_them_may_be_of_one_goal() -> None:
    text = "date,nb_conversions,nb_visits_converted,revenue,conversion_rate\n2025-06-28,5,4,$3.50,2%\n"
    (one,) = read(text, "Export _ Goal Signup _ June 2025.csv").statements
    assert not {"key_events", "key_event_sessions", "revenue"} & one.values.keys()
    assert one.others == {"nb_conversions": 5, "nb_visits_converted": 4}
    (every,) = read(text, "Export _ Goals Overview _ June 2025.csv").statements
    assert (every.values["key_events"], every.values["key_event_sessions"], every.values["revenue"]) == (5, 4, 3.5)


@pytest.mark.parametrize(("printed", "amount"), [("$1,204.50", 1204.5), ("1204,5 €", 1204.5), ("0", 0), ("€ 3", 3)])
def test_amounts_are_read_with_the_sign_of_their_currency(printed: str, amount: float) -> None:
    text = f'date,nb_visits,nb_conversions,revenue\n2025-06-28,9,5,"{printed}"\n'
    assert read(text).column("revenue") == [amount]


# Several reports, several sites, none


def test_reports_that_were_sent_together_are_told_by_what_stands_above_them() -> None:
    text = (
        "Visits Summary\nnb_uniq_visitors,nb_visits,nb_actions,bounce_rate\n150,200,550,58%\n\n"
        "Channel Type\nlabel,nb_visits,nb_actions,revenue\nDirect Entry,120,300,$0\n\n"
        "User IDs\nNo data available\n\nPerformance\navg_time_network,avg_page_load_time\n00:00:01,00:00:02\n\n"
        "Page URLs\nlabel,nb_visits,nb_hits,bounce_rate\n/lamps,9,17,11%\n"
    )
    told = read(text, "Report.csv")
    assert [(s.values["slice"], s.origin.row) for s in told.statements] == [("site", 3), ("channel", 7), ("page", 18)]
    assert told.column("sessions") == [200, 120, 9]
    assert [(p.row, p.found) for p in told.problems] == [(13, "avg_time_network, avg_page_load_time")]
    assert "was left aside" in str(told.problems[0].expected)


def test_the_sites_of_an_overview_are_no_parts_of_one_site() -> None:
    text = "label,nb_visits,nb_actions\nLumen,200,550\nAnother,20,30\n"
    told = read(text, "Export _ All Websites dashboard _ June 2025.csv")
    assert not told.statements
    assert "one site" in str(told.problems[0].expected)
    with pytest.raises(UserError, match="several sites"):
        examine("x.csv", b"idSite,date,nb_visits\n1,2025-06-28,3\n")


def test_no_data_is_said_in_plain_words() -> None:
    with pytest.raises(UserError, match="Matomo had no data"):
        examine("Export _ Pages _ June 2025.csv", b"No data available")


@pytest.mark.parametrize(
    "text",
    ["Date,Visits,Unique Visitors,Bounces\n2025-06-28,1,1,1\n", "Label,Visits\na,1\n", "Nom,Visites,Actions\na,1,2\n"],
)
def test_headers_that_others_write_too_are_not_claimed(text: str) -> None:
    with pytest.raises(UserError, match="in no format that Vigie knows"):
        examine("export.csv", text.encode())


def test_a_channel_that_is_listed_twice_has_lost_its_days() -> None:
    told = read(CHANNELS + "Direct Entry,9,10,21,4\n", "Export _ Channel Type _ June 2025.csv")
    assert told.statements == []
    assert [problem.row for problem in told.problems] == [2, 3]
