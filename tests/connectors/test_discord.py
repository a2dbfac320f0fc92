"""Discord: single quotes, rows that end early, intervals whose length only their starts tell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import read_file
from test_sheet import make_zip

from connectors.reading import examine
from data.model import Answers, UserError

ME = Answers("discord:lumen")
SINCE = Answers("discord:lumen", datetime(2026, 9, 30), since=date(2026, 9, 1))
KEY = "interval_start_timestamp"


def chart(columns: str, *rows: str, day: int = 1, step: int = 1) -> str:
    """A chart whose rows are `step` days apart; one that begins with `=` is of the day of the row before."""
    lines, at = [f"{KEY},{columns}"], date(2026, 6, day).toordinal() - step
    for row in rows:
        at += 0 if row.startswith("=") else step
        lines.append(f"{date.fromordinal(at)}T00:00:00+00:00,{row.removeprefix('=')}")
    return "\r\n".join(lines)


def test_rows_that_end_early_state_nothing_more_and_are_no_problem() -> None:
    content = chart("new_members,pct_communicated,pct_opened_channels", "2,50,50", "0", "6,16.5,33")
    read = read_file("guild-activation.csv", content, ME)
    assert read.problems == []
    assert [len(statement.others) for statement in read.statements] == [3, 1, 3]
    assert read.statements[1].others == {"activation: new_members": 0.0}


def test_one_header_that_means_two_things_stands_under_the_name_of_its_chart() -> None:
    active = read_file("a.csv", chart("new_members,pct_communicated,pct_opened_channels", "2,50,50", "4,25,75"), ME)
    visits = read_file("b.csv", chart("visitors,pct_communicated", "206,25.5", "184,20.5"), ME)
    kept = read_file("c.csv", chart("new_members,pct_retained", "2,50", "4,25"), ME)
    names = [set(read.statements[0].others) for read in (active, visits, kept)]
    assert not names[0] & names[1] and not names[0] & names[2]
    assert visits.column("visitors") == [206, 184]


def test_members_of_the_server_are_followers_and_days_may_be_missing() -> None:
    content = chart("total_membership", "1949", "1955", step=1) + "\r\n2026-06-05T00:00:00+00:00,1961"
    read = read_file("guild-total-membership.csv", content, ME)
    assert read.column("followers") == [1949, 1955, 1961]
    assert read.column("day") == [date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 5)]


def test_who_joined_is_the_sum_of_the_ways_in_where_all_are_told() -> None:
    read = read_file("a.csv", chart("discovery_joins,invites,vanity_joins", "0,2,3", "1,,7", "0,1,0"), ME)
    assert read.column("follows") == [5, None, 1]
    assert read.statements[1].others == {"discovery_joins": 1.0, "vanity_joins": 7.0}


def test_without_a_way_in_the_others_are_no_total() -> None:
    read = read_file("a.csv", chart("discovery_joins,vanity_joins", "0,3", "1,7"), ME)
    assert [statement.values.get("follows") for statement in read.statements] == [None, None]


def test_a_total_of_joins_goes_before_the_sum_of_its_parts() -> None:
    read = read_file("a.csv", chart("discovery_joins,invites,vanity_joins,total_joins", "0,2,3,9", "1,0,7,8"), ME)
    assert read.column("follows") == [9, 8]


def test_who_left_is_added_over_the_rows_of_a_day() -> None:
    rows = ("'Members for 1 month+',1", "'Members for 1 month+',1", "='Members for < 1 month',3")
    read = read_file("guild-leavers.csv", chart("days_in_guild,leavers", *rows), ME)
    assert read.column("unfollows") == [1, 4]
    assert read.statements[1].others == {"leavers: Members for 1 month+": 1.0, "leavers: Members for < 1 month": 3.0}


def test_a_day_of_which_one_row_cannot_be_read_has_no_total_of_who_left() -> None:
    rows = ("'Members for 1 month+',1", "'Members for 1 month+',few", "='Members for < 1 month',3")
    read = read_file("guild-leavers.csv", chart("days_in_guild,leavers", *rows), ME)
    assert read.column("unfollows") == [1, None]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "leavers", "few")]


def test_muters_are_nobody_who_left() -> None:
    read = read_file("guild-muters.csv", chart("days_in_guild,muters", "'Members for 1 month+',2", "'x',1"), ME)
    assert read.column("unfollows") == [None, None]
    assert read.statements[0].others == {"muters: Members for 1 month+": 2.0}


@pytest.mark.parametrize("step", [7, 28, 30])
def test_totals_of_weeks_or_months_are_refused_as_figures_of_a_day(step: int) -> None:
    for columns, rows in (("messages,messages_per_communicator", ("334,6.3", "236,6.2", "410,7.1")),
                          ("days_in_guild,leavers", ("'a',1", "'a',2", "='b',2"))):  # fmt: skip
        with pytest.raises(UserError) as error:
            examine("chart.csv", chart(columns, *rows, step=step).encode(), ME)
        assert str(error.value).startswith("chart.csv states figures of weeks or months, or of one interval only")


def test_one_interval_alone_is_refused_as_it_does_not_tell_its_length() -> None:
    with pytest.raises(UserError):
        examine("chart.csv", chart("messages,messages_per_communicator", "334,6.3").encode(), ME)


def test_in_an_archive_the_charts_by_month_are_named_and_the_others_are_read() -> None:
    files = {
        "guild-total-membership.csv": chart("total_membership", "1949", "1955").encode(),
        "guild-retention.csv": chart("new_members,pct_retained", "2,50", "4,25", step=30).encode(),
    }
    read = read_file("insights.zip", make_zip(files), ME)
    assert read.column("followers") == [1949, 1955]
    assert [(p.sheet, p.row) for p in read.problems] == [("guild-retention.csv", 1)]
    assert "Daily" in str(read.problems[0].expected)


def test_parts_of_one_interval_are_asked_for_their_first_day() -> None:
    content = chart("referring_domain,joins", "'Unknown',125", "='t.co',1", day=30)
    questions = examine("joins.csv", content.encode(), ME).questions
    assert [question.about for question in questions] == ["as_of", "since"]
    read = read_file("joins.csv", content, SINCE)
    assert read.column("member") == ["Unknown", "t.co"]
    assert {(s.values["first_day"], s.values["last_day"]) for s in read.statements} == {
        (date(2026, 9, 1), date(2026, 9, 30))
    }


@pytest.mark.parametrize(("step", "last"), [(1, date(2026, 6, 2)), (7, date(2026, 6, 14)), (30, date(2026, 7, 30))])
def test_parts_of_equal_intervals_keep_their_own_periods(step: int, last: date) -> None:
    read = read_file("a.csv", chart("tenure,participators", "'< 1 month',72", "'< 1 month',61", step=step), SINCE)
    assert read.column("first_day")[0] == date(2026, 6, 1)
    assert read.column("last_day")[1] == last


def test_the_last_of_unequal_intervals_has_no_end_that_is_known() -> None:
    content = chart("tenure,participators", "'a',72", "'a',61", step=30) + "\r\n2026-08-01T00:00:00+00:00,'a',58"
    read = read_file("a.csv", content, SINCE)
    assert read.column("last_day") == [date(2026, 6, 30), date(2026, 7, 31)]
    assert [(p.row, p.found) for p in read.problems] == [(4, "2026-08-01")]


def test_channels_of_one_name_are_told_apart_by_their_ids_and_ids_are_no_figures() -> None:
    rows = ("'atelier',1042436142740471809,98,38,794", "='atelier',1042436142740471810,9,1,2")
    read = read_file("a.csv", chart("channel_name,channel_id,readers,chatters,messages", *rows), SINCE)
    assert read.column("member") == ["atelier (#1042436142740471809)", "atelier (#1042436142740471810)"]
    assert read.statements[0].others == {"readers": 98.0, "chatters": 38.0, "messages": 794.0}


def test_a_text_cut_at_a_comma_within_its_quotes_is_whole_again() -> None:
    read = read_file("a.csv", chart("referring_domain,joins", "'a, b, c',125", "='d',1"), SINCE)
    assert (read.column("member"), read.problems) == (["a, b, c", "d"], [])
    assert read.statements[0].others == {"joins": 125.0}


def test_a_row_wider_than_its_header_is_a_problem_and_no_figure() -> None:
    read = read_file("a.csv", chart("referring_domain,joins", "a, b,125", "=d,1"), SINCE)
    assert read.column("member") == ["d"]
    assert [(p.row, p.found) for p in read.problems] == [(2, "4")]


def test_links_of_invitation_are_not_read_as_they_can_name_people() -> None:
    content = chart("invite_link,joins", "'https://discord.example/camille-ormeau',12", "='x',1")
    read = read_file("joins-by-invite-link.csv", content, SINCE)
    assert read.statements == []
    (problem,) = read.problems
    assert "ormeau" not in repr(problem)


def test_a_chart_that_is_not_known_is_read_by_its_texts() -> None:
    read = read_file("a.csv", chart("server_region,participators", "'Europe',12", "='Asia',3"), SINCE)
    assert {s.values["dimension"] for s in read.statements} == {"server region (participators)"}
    days = read_file("a.csv", chart("stage_minutes", "12", "30"), ME)
    assert [s.others for s in days.statements] == [{"stage_minutes": 12.0}, {"stage_minutes": 30.0}]


def test_a_row_whose_day_is_lost_leaves_no_day_a_total_of_who_left() -> None:
    content = chart("days_in_guild,leavers", "'a',1", "='b',3", "'a',2", "'a',5").replace(
        "2026-06-02T00:00:00+00:00", ""
    )
    read = read_file("guild-leavers.csv", content.replace("2026-06-03", "2026-06-02"), ME)
    assert read.column("unfollows") == [None, None]
    assert read.statements[0].others == {"leavers: a": 1.0, "leavers: b": 3.0}


def test_a_row_that_stands_twice_is_counted_once() -> None:
    read = read_file("guild-leavers.csv", chart("days_in_guild,leavers", "'a',1", "='a',1", "'a',2"), ME)
    assert read.column("unfollows") == [1, 2]
