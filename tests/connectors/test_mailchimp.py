"""Mailchimp: mailings among the posts, rates left out, and lists of people refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import csv_text, read_file
from test_sheet import make_zip

from connectors.reading import examine
from data.model import Answers, UserError

MINE = Answers("mailchimp:lumen", datetime(2026, 2, 1))
HEADER = ["Title", "Subject", "List", "Send Date", "Successful Deliveries", "Unique Opens", "Open Rate", "Total Opens",
          "Unique Clicks", "Total Clicks", "Unique Id"]  # fmt: skip
ROW = ["January", "New lamps", "Friends", "Jan 31, 2026 11:30 pm", "1,232", "402", "32.63%", "561", "57", "71",
       "6e3fb30c88"]  # fmt: skip


def test_a_mailing_is_a_post_of_its_own_kind() -> None:
    (statement,) = read_file("campaigns.csv", csv_text([HEADER, ROW]), MINE).statements
    values = statement.values
    assert (values["kind"], values["text"], values["post_id"]) == ("email", "New lamps", "6e3fb30c88")
    assert (values["reach"], values["link_clicks"]) == (1232, 71)


def test_it_was_sent_by_the_clock_of_the_brand() -> None:
    read = read_file("campaigns.csv", csv_text([HEADER, ROW]), MINE)
    assert read.column("published_at") == [datetime(2026, 1, 31, 22, 30)]
    assert read.column("day") == [date(2026, 1, 31)]


def test_opens_are_neither_views_nor_interactions() -> None:
    (statement,) = read_file("campaigns.csv", csv_text([HEADER, ROW]), MINE).statements
    assert statement.others == {"Unique Opens": 402.0, "Total Opens": 561.0, "Unique Clicks": 57.0}
    social = {"views", "impressions", "reactions", "comments", "shares", "saves", "engagements"}
    assert not social & {key for key, value in statement.values.items() if value is not None}


def test_the_files_of_an_archive_say_when_it_was_made() -> None:
    archive = make_zip({"66_reports/campaigns.csv": csv_text([HEADER, ROW]).encode()}, (2026, 2, 6, 10, 0, 0))
    examined = examine("66_reports.zip", archive, Answers("mailchimp:lumen"))
    assert (examined.questions, examined.export.as_of) == ((), datetime(2026, 2, 6, 10))


@pytest.mark.parametrize(
    "header",
    [["Email Address", "First Name", "MEMBER_RATING", "OPTIN_TIME"], ["Adresse e-mail", "Prénom", "LEID", "EUID"],
     ["Email Address", "Opens", "Clicks"]],
)  # fmt: skip
def test_a_list_of_people_is_refused_and_names_nobody(header: list[str]) -> None:
    content = csv_text([header, ["nadia@mail.example", "Nadia", "5", "2026-01-01"]])
    with pytest.raises(UserError, match="list of people") as error:
        examine("members.csv", content.encode())
    assert "nadia" not in str(error.value).lower()


def test_a_report_with_a_column_of_addresses_is_not_claimed() -> None:
    content = csv_text([[*HEADER, "Email Address"], [*ROW, "nadia@mail.example"]])
    with pytest.raises(UserError):
        examine("campaigns.csv", content.encode(), MINE)


def test_reports_of_other_services_are_not_claimed() -> None:
    header = ["Campaign Name", "Subject", "Send Time", "Total Recipients", "Successful Deliveries", "Campaign ID"]
    with pytest.raises(UserError):
        examine("campaigns.csv", csv_text([header, ["a", "b", "2026-01-01", "1", "1", "x"]]).encode(), MINE)
