"""TikTok Studio: days without a year, what is not counted yet, differences of two kinds, ids that hold time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from reading_help import Read, csv_text, read_file, workbook
from test_sheet import make_zip

from connectors.reading import examine
from connectors.undated import dated, label, nearest
from data.model import Account, Answers, UserError

OVERVIEW = ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"]
HISTORY = ["Date", "Followers", "Difference in followers from previous day"]
CONTENT = [
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
]


def asked(exported: datetime) -> Answers:
    return Answers("tiktok:lumen", exported)


def overview(*days: str, exported: datetime = datetime(2026, 1, 5)) -> Read:
    rows = [OVERVIEW, *([day, "10", "2", "-1", "0", "1"] for day in days)]
    return read_file("Overview.csv", "\ufeff" + csv_text(rows), asked(exported))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("April 12", (4, 12)), ("February 29", (2, 29)), ("19 avril", (4, 19)), ("1er août", (8, 1)),
        ("12 de abril", (4, 12)), ("9 de março", (3, 9)), ("3. Mai", (5, 3)), ("16 tháng Tám", (8, 16)),
        ("2 tháng Mười Hai", (12, 2)), ("4月12日", (4, 12)), ("12-Apr", (4, 12)), ("19-avr.", (4, 19)),
        ("2026-04-12 00:00:00", (4, 12)), ("30 févr.", None), ("jui 3", None), ("12/04", None), ("May", None),
        ("April 12, 2026", None), ("5 tháng foo", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_named_in_the_language_of_the_browser(text: str, named: tuple[int, int] | None) -> None:
    assert label(text) == named


def test_days_end_before_the_export_and_cross_the_turn_of_the_year() -> None:
    days = overview("December 30", "December 31", "January 1", "January 2").column("day")
    assert days == [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]


def test_a_whole_year_of_days_is_read_back_to_its_beginning() -> None:
    days = [date(2025, 4, 23) + timedelta(days=n) for n in range(366)]
    names = [f"{day:%B} {day.day}" for day in days]
    assert overview(*names, exported=datetime(2026, 4, 24)).column("day") == days


def test_days_in_the_other_order_are_the_same_days() -> None:
    days = overview("January 2", "January 1", "December 31").column("day")
    assert days == [date(2026, 1, 2), date(2026, 1, 1), date(2025, 12, 31)]


@pytest.mark.parametrize("exported", [datetime(2025, 12, 30), datetime(2026, 8, 1)])
def test_days_that_fit_two_years_are_refused(exported: datetime) -> None:
    with pytest.raises(UserError) as refused:
        overview("December 30", "December 31", "January 1", "January 2", exported=exported)
    assert "Overview.csv" in str(refused.value)
    assert f"{exported:%Y-%m-%d}" in str(refused.value)


def test_rows_that_were_sorted_by_name_are_refused() -> None:
    with pytest.raises(UserError):
        overview("April 10", "April 11", "April 8", "April 9", exported=datetime(2026, 4, 12))


def test_an_archive_knows_the_day_of_its_export_even_for_days_long_past() -> None:
    days = [(5, 1), (5, 2)]
    assert dated(days, date(2026, 4, 24), certain=True) == [date(2025, 5, 1), date(2025, 5, 2)]
    assert dated(days, date(2026, 4, 24), certain=False) is None


def test_the_export_may_be_of_tomorrow_where_the_account_is() -> None:
    assert dated([(8, 16)], date(2026, 8, 15), certain=False) == [date(2026, 8, 16)]
    assert nearest(date(2026, 1, 1), (12, 31)) == date(2025, 12, 31)


def test_the_name_of_a_zip_bears_the_beginning_of_its_days_and_the_moment_of_their_end() -> None:
    text = csv_text([OVERVIEW, ["June 18", *"12345"], ["June 19", *"12345"]])
    content = make_zip({"Overview.csv": text.encode()})  # its files bear the date of 1980
    read = read_file("Overview_2026-06-18_1781913545_maison.lumen.zip", content)
    assert read.examined.export.accounts == (Account("tiktok", "maison.lumen", "maison.lumen"),)
    assert read.column("day") == [date(2026, 6, 18), date(2026, 6, 19)]


def test_a_day_that_a_spreadsheet_has_turned_into_a_date_keeps_its_name_and_not_its_year() -> None:
    rows = [OVERVIEW, ["2026-12-31 00:00:00", *"12345"], ["2026-01-01 00:00:00", *"12345"]]
    read = read_file("Overview.xlsx", workbook(("Overview", rows)), asked(datetime(2026, 1, 3)))
    assert read.column("day") == [date(2025, 12, 31), date(2026, 1, 1)]


def test_what_is_undefined_is_not_zero_and_counts_can_be_negative() -> None:
    rows = [OVERVIEW, ["January 1", *["undefined"] * 5], ["January 2", "7", "undefined", "-4", "0", "1"]]
    (day,) = read_file("Overview.csv", csv_text(rows), asked(datetime(2026, 1, 4))).statements
    assert (day.values["views"], day.values.get("profile_visits"), day.values["reactions"]) == (7, None, -4)


def test_viewers_of_a_day_that_is_not_counted_yet_are_not_zero() -> None:
    rows = [["Date", "Total Viewers", "New Viewers", "Returning Viewers"], ["August 16", "9", "7", "2"]]
    rows += [["August 17", "undefined", "0", "0"]]
    (day,) = read_file("Viewers.csv", csv_text(rows), asked(datetime(2026, 8, 18))).statements
    assert day.values["reach"] == 9
    assert day.others == {"New Viewers": 7, "Returning Viewers": 2}


def history(*rows: list[str]) -> Read:
    return read_file("FollowerHistory.csv", csv_text([HISTORY, *rows]), asked(datetime(2026, 8, 18)))


def test_a_difference_to_the_day_before_is_the_net_gain() -> None:
    read = history(
        ["August 14", "undefined", "0"], ["August 15", "5", "5"], ["August 16", "9", "4"], ["August 17", "8", "-1"]
    )
    assert read.column("followers") == [5, 9, 8]
    assert read.column("net_follows") == [5, 4, -1]
    assert not read.problems


def test_a_difference_to_the_day_after_is_no_gain_of_its_day() -> None:
    read = history(["August 15", "5", "1"], ["August 16", "6", "3"], ["August 17", "9", "0"])
    assert read.column("followers") == [5, 6, 9]
    assert read.column("net_follows") == [None, None, None]
    assert [s.others for s in read.statements] == [{HISTORY[2]: n} for n in (1, 3, 0)]
    assert [(problem.row, problem.found, problem.column) for problem in read.problems] == [(3, "3", HISTORY[2])]


def test_one_day_proves_no_difference() -> None:
    read = history(["August 17", "9", "4"])
    assert (read.column("net_follows"), read.statements[0].others, read.problems) == ([None], {HISTORY[2]: 4}, [])


def test_hours_stand_on_their_day_and_the_followers_there_are_no_audience_in_all() -> None:
    rows = [["Date", "Hour", "Active followers"], ["December 31", "23", "40"], ["January 1", "0", "9"]]
    first, second = read_file("FollowerActivity.csv", csv_text(rows), asked(datetime(2026, 1, 3))).statements
    assert (first.values["dimension"], first.values["member"], first.values["first_day"]) == (
        "hour",
        "23",
        date(2025, 12, 31),
    )
    assert (second.values["first_day"], second.others) == (date(2026, 1, 1), {"Active followers": 9})
    assert "followers" not in first.values


def test_the_parts_of_the_followers_are_of_the_day_of_the_export() -> None:
    gender, where = "Gender,Distribution\nFemale,0.55\n", "Top territories,Distribution\nFR,0.61\nOthers,0.39\n"
    content = make_zip({"FollowerGender.csv": gender.encode(), "FollowerTopTerritories.csv": where.encode()})
    read = read_file("Followers_lumen.zip", content, asked(datetime(2026, 1, 3)))
    assert [(s.values["dimension"], s.values["member"], s.values["share"]) for s in read.statements] == [
        ("gender", "Female", 0.55), ("country", "FR", 0.61), ("country", "Others", 0.39),
    ]  # fmt: skip
    assert set(read.column("first_day")) == {date(2026, 1, 3)}


def link(made: datetime, kind: str = "video") -> str:
    return f"https://www.tiktok.com/@Lumen/{kind}/{int(made.timestamp()) << 32 | 77}"


def content(address: str, posted: str) -> Read:
    row = ["January 4", "Lampe", address, posted, "12", "1", "0", "340"]
    return read_file("Content.csv", csv_text([CONTENT, row]), Answers(as_of=datetime(2026, 1, 4)))


@pytest.mark.parametrize("posted", ["December 31", "January 1", "undefined"])
def test_a_video_was_published_when_its_id_was_made(posted: str) -> None:
    read = content(link(datetime(2025, 12, 31, 23, 40, tzinfo=UTC)), posted)
    (video,) = read.statements
    assert video.values["published_at"] == datetime(2025, 12, 31, 23, 40)
    assert video.values["day"] == date(2026, 1, 1), "in Paris"
    assert (video.values["views"], video.values["kind"], video.values.get("counted_from")) == (340, "video", None)
    assert [account.key for account in read.examined.export.accounts] == ["tiktok:lumen"]


def test_of_a_video_that_was_scheduled_the_day_is_known_and_the_time_is_not() -> None:
    (video,) = content(link(datetime(2025, 12, 25, 8, tzinfo=UTC)), "January 2").statements
    assert (video.values.get("published_at"), video.values["day"]) == (None, date(2026, 1, 2))


def test_photos_are_posts_too_and_other_links_are_problems() -> None:
    (photo,) = content(link(datetime(2025, 12, 25, 8, tzinfo=UTC), "photo"), "December 25").statements
    assert photo.values["kind"] == "photo"
    with_account = asked(datetime(2026, 1, 4))
    row = ["January 4", "Lampe", "https://vm.tiktok.com/x/", "December 25", "1", "1", "1", "1"]
    read = read_file("Content.csv", csv_text([CONTENT, row]), with_account)
    assert ([p.column for p in read.problems], read.statements) == (["Video link"], [])


def test_a_tab_alone_asks_whose_it_is_and_when_it_was_exported() -> None:
    examined = examine("Overview.csv", csv_text([OVERVIEW, ["April 12", *"12345"]]).encode())
    assert [question.about for question in examined.questions] == ["account", "as_of"]
