"""TikTok Business Suite: what is missing, headers with a space, and files that look like those of the Studio."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from reading_help import csv_text, read_file

from connectors.reading import examine
from data.model import Answers, UserError

ME = Answers("tiktok:lumen")
OVERVIEW = (
    "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,Leads submission,"
)
OVERVIEW += "Net growth,New followers,Lost followers\n"


def test_a_day_states_what_is_not_missing() -> None:
    text = "\ufeff" + OVERVIEW + "2025/10/31,715,NAN,25,26,4,7,2,0,-1,--,1"
    (day,) = read_file("TIKTOK_RAW.csv", text, ME).statements
    assert day.values["day"] == date(2025, 10, 31)
    assert "reach" not in day.values
    assert "follows" not in day.values
    assert (day.values["views"], day.values["net_follows"], day.values["unfollows"]) == (715, -1, 1)
    assert day.others == {"Phone number clicks": 2, "Leads submission": 0}


def test_followers_that_are_missing_on_every_row_are_stated_on_none() -> None:
    text = "Date,New followers,Total followers,Reached audience,Engaged audience\n"
    text += "2025/10/31,10,--,NAN,NAN\n2025/11/01,100,--,9,1\n"
    days = read_file("audience.csv", text, ME).statements
    assert not any("followers" in day.values for day in days)
    assert [day.values["follows"] for day in days] == [10, 100]
    assert days[1].others == {"Engaged audience": 1}


def test_the_time_of_a_video_is_that_of_its_id_as_the_zone_printed_is_not_named() -> None:
    video = int(datetime(2025, 11, 1, 23, 30, tzinfo=UTC).timestamp()) << 32
    link, other = (f"https://www.tiktok.com/@lumen/video/{each}" for each in (video, video + 1))
    header = [
        "Video title",
        "Video link",
        "Post time",
        "Video views",
        "Likes",
        "Comments",
        "Shares",
        "Add to Favorites",
    ]
    rows = [
        header,
        ["a", link, "2025/11/02 07:30:00", "5", "4", "3", "2", "1"],
        ["b", other, "2025/11/09 07:30:00", *"54321"],
    ]
    first, scheduled = read_file("video.csv", csv_text(rows), Answers(as_of=datetime(2025, 12, 1))).statements
    assert first.values["published_at"] == datetime(2025, 11, 1, 23, 30)
    assert (first.values["day"], first.values["saves"]) == (date(2025, 11, 2), 1)
    assert (scheduled.values.get("published_at"), scheduled.values["day"]) == (None, date(2025, 11, 9))


def test_the_files_of_the_studio_and_of_the_suite_are_told_apart() -> None:
    studio = "Date,Video Views,Profile Views,Likes,Comments,Shares\nApril 12,1,2,3,4,5\n"
    assert examine("Overview.csv", studio.encode()).connector.key == "tiktok_studio"
    assert (
        examine("Overview.csv", (OVERVIEW + "2025/10/31,1,2,3,4,5,6,7,8,9,10,11").encode()).connector.key
        == "tiktok_business"
    )


@pytest.mark.parametrize(
    "header",
    ["Date,Video views,Likes,Comments,Shares", "Date,Impressions,Likes,Unfollows,Video views", "Date,New followers"],
)
def test_days_of_others_are_not_claimed(header: str) -> None:
    try:
        assert not examine("a.csv", f"{header}\n2025/10/31,1,2,3,4\n".encode()).connector.key.startswith("tiktok")
    except UserError:
        pass
