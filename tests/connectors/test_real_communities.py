"""What X, Facebook and Discord really exported gives the totals and the cells that plain readers find in it."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from reading_help import Read, read_file
from second_reading import Understand, same_cells

from connectors.reading import all_connectors, examine
from connectors.sheet import open_book
from data.model import Answers, Statement

PAGE = "facebook/insights_page_level_2017-07_api-keys.xls"
POSTS = "facebook/insights_post_level_2017-07_api-keys.xls"
LABELLED = "facebook/insights_post_level_2017-10_labels.xls"
GROUP = "facebook_groups/group_insights_2026-07_en_excerpt.csv"
OVERVIEW, CONTENT = "x/account_overview_2025-02_en.csv", "x/account_content_2024-12_2025-02_en.csv"
OLD_DAYS = ("x/tweets_by_day_2021-03_en.csv", "x/tweets_by_day_2021-10_en.csv")
OLD_POSTS = (
    "x/tweets_by_tweet_2017-04_en.csv",
    "x/tweets_by_tweet_2021-04_en.csv",
    "x/tweets_by_tweet_2022-02_en_large.csv",
)
DAYS = "_2019_2021.csv"  # how the names of Discord's charts by day end
PARTS = {
    "discord/popular_text_channels_2021-03.csv": ("text channel", "channel_name", ("readers", "chatters", "messages")),
    "discord/joins_by_referring_domain_2021-03.csv": ("referring domain (joins)", "referring_domain", ("joins",)),
    "discord/participators_by_guild_tenure_2021-03.csv": ("tenure (participators)", "tenure", ("participators",)),
}
CLAIMS = {
    PAGE: "facebook_page", POSTS: "facebook_posts", LABELLED: "facebook_posts", GROUP: "facebook_groups",
    OVERVIEW: "x_days", CONTENT: "x_posts",
    **dict.fromkeys(OLD_DAYS, "x_days"), **dict.fromkeys(OLD_POSTS, "x_posts"),
}  # fmt: skip


def read_real(folder: Path, path: str) -> Read:
    """A real file, with what its user is asked."""
    content = (folder / path).read_bytes()
    asked = {question.about: question for question in examine(Path(path).name, content).questions}
    account = f"{asked['account'].networks[0]}:me" if "account" in asked else None
    as_of = asked["as_of"].suggestion if "as_of" in asked else None
    since = date(2021, 2, 26) if "since" in asked else None
    return read_file(Path(path).name, content, Answers(account, as_of, since=since))


@cache
def known(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def total(statements: Iterable[Statement], name: str) -> float:
    told = [statement.values.get(name, statement.others.get(name)) for statement in statements]
    stated = [number for number in told if number is not None]
    assert stated, name
    return sum(stated)


def rows_of(folder: Path, path: str) -> list[list[str]]:
    with (folder / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def number(cell: str) -> float | None:
    """A plain number; nothing where the network has none."""
    return None if cell in ("", "-") else float(cell)


def sheets_of(folder: Path, path: str) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook of XML, cut out by patterns."""
    text = (folder / path).read_bytes().decode("utf-8", "replace")
    sheets = {}
    for name, body in re.findall(r'<Worksheet ss:Name="(.*?)">(.*?)</Worksheet>', text, re.DOTALL):
        rows = re.findall(r"<Row>(.*?)</Row>", body, re.DOTALL)
        cells = [re.findall(r'<Data ss:Type="\w+">(.*?)</Data>', row, re.DOTALL) for row in rows]
        sheets[name] = [[unescape(cell) for cell in row] for row in cells]
    return sheets


def test_every_real_file_is_claimed_by_its_connector_alone(real_exports: Path) -> None:
    discord = {f"discord/{path.name}": "discord" for path in (real_exports / "discord").iterdir()}
    assert len(discord) == 10
    for path, key in {**CLAIMS, **discord}.items():
        book = open_book(Path(path).name, (real_exports / path).read_bytes())
        assert [c.key for c in all_connectors() if c.found_in(book)] == [key], path


# What each header is told as.
OF_PAGE = {
    "page_fans:lifetime": "followers", "page_fan_adds_unique:day": "follows",
    "page_fan_removes_unique:day": "unfollows", "page_impressions:day": "impressions",
    "page_impressions_unique:day": "reach", "page_consumptions:day": "clicks",
    "page_views_logged_in_total:day": "profile_visits", "page_views_logged_in_unique:day": "visitors",
    "page_video_views:day": "video_views", "page_engaged_users:day": "page_engaged_users:day",
}  # fmt: skip


def test_a_page_gives_the_control_totals(real_exports: Path) -> None:
    control, read = known(real_exports, PAGE), read_real(real_exports, PAGE)
    totals = control["totals"]
    days = [s for s in read.statements if s.origin.sheet == "Key Metrics"]
    printed = [statement.values["day"].isoformat() for statement in days]
    assert (len(days), printed[0], printed[-1]) == (control["rows"], control["first_day"], control["last_day"])
    assert len(read.examined.book.sheets) == totals["sheets"]
    assert days[0].values["followers"] == totals["page_fans_first"]
    assert days[-1].values["followers"] == totals["page_fans_last"]
    assert total(days, "follows") == totals["page_fan_adds"]
    assert total(days, "unfollows") == totals["page_fan_removes"]
    assert total(days, "impressions") == totals["page_impressions_day_sum"]
    assert [(problem.sheet, problem.row) for problem in read.problems] == [
        ("Key Metrics", 30), ("Daily City People Talking Ab...", None)
    ]  # fmt: skip


def test_cells_of_a_page_are_what_is_told_of_their_days(real_exports: Path) -> None:
    read, sheets = read_real(real_exports, PAGE), sheets_of(real_exports, PAGE)
    days = [s for s in read.statements if s.origin.sheet == "Key Metrics"]
    columns: dict[str, tuple[str, Understand]] = {header: (name, number) for header, name in OF_PAGE.items()}
    counted = [s for s in days if s.origin.row != 30]
    assert {cell for cell in sheets["Key Metrics"][29] if cell.isdecimal()} >= {"0", "58200"}
    same_cells(counted, sheets["Key Metrics"], 1, columns)
    parts = {
        "Daily Page Stories By Story...": {"mention": "mentions", "fan": "Daily Page Stories By Story Type - fan"},
        "Daily Page Consumptions By Type": {"link clicks": "link_clicks"},
        "Daily Positive Feedback From...": {"like": "reactions", "comment": "comments"},
    }
    for sheet, told in parts.items():
        of_sheet = [s for s in read.statements if s.origin.sheet == sheet]
        same_cells(of_sheet, sheets[sheet], 1, {header: (name, number) for header, name in told.items()})


def test_figures_of_28_days_are_told_nowhere_and_days_add_up_to_them(real_exports: Path) -> None:
    read, sheets = read_real(real_exports, PAGE), sheets_of(real_exports, PAGE)
    assert not [name for s in read.statements for name in s.others if "28" in name or name.startswith("Weekly")]
    header, _, *rows = sheets["Key Metrics"]
    windows = [float(row[header.index("page_impressions:days_28")]) for row in rows]
    assert total((s for s in read.statements if "impressions" in s.values), "impressions") == windows[-1]


def test_likes_of_a_page_move_as_it_says_they_did(real_exports: Path) -> None:
    days = [s.values for s in read_real(real_exports, PAGE).statements if "follows" in s.values]
    moved = [(b["followers"] - a["followers"], b["follows"] - b["unfollows"]) for a, b in pairwise(days)]
    assert len(moved) == 26
    assert sum(abs(real - told) for real, told in moved) < 0.02 * sum(real for real, _ in moved)


def test_what_the_likes_are_broken_down_by_is_what_the_sheets_print(real_exports: Path) -> None:
    read, sheets = read_real(real_exports, PAGE), sheets_of(real_exports, PAGE)
    chance = random.Random("likes")
    for dimension, sheet in {"city": "Lifetime Likes by City", "country": "Lifetime Likes By Country",
                             "language": "Lifetime Likes by Language",
                             "gender and age": "Lifetime Likes by Gender and..."}.items():  # fmt: skip
        of_sheet = [s for s in read.statements if s.values.get("dimension") == dimension]
        header, *rows = sheets[sheet]
        assert len(of_sheet) == sum(cell != "" for row in rows for cell in row[2:])
        for statement in chance.sample(of_sheet, 20):
            row = sheets[sheet][statement.origin.row - 1]
            assert float(row[header.index(statement.values["member"])]) == statement.values["followers"]
            assert row[1][:10] == statement.values["first_day"].isoformat() == statement.values["last_day"].isoformat()


OF_POSTS = {"reach_sum": "reach", "impressions": "impressions", "consumptions": "clicks", "likes": "reactions",
            "comments": "comments", "shares": "shares"}  # fmt: skip


@pytest.mark.parametrize("path", [POSTS, LABELLED])
def test_posts_of_a_page_give_the_control_totals(real_exports: Path, path: str) -> None:
    control, read = known(real_exports, path), read_real(real_exports, path)
    assert {name: total(read.statements, column) for name, column in OF_POSTS.items()} == control["totals"]
    assert len({s.values["post_id"] for s in read.statements}) == control["rows"]
    assert set(read.column("account")) == {"facebook:1553363564876294"}
    assert read.problems == []


FIGURES = {
    POSTS: {
        "post_impressions:lifetime": "impressions", "post_impressions_unique:lifetime": "reach",
        "post_consumptions:lifetime": "clicks", "post_engaged_users:lifetime": "post_engaged_users:lifetime",
    },
    LABELLED: {
        "Lifetime Post Total Impressions": "impressions", "Lifetime Post Total Reach": "reach",
        "Lifetime Post Consumptions": "clicks", "Lifetime Engaged Users": "Lifetime Engaged Users",
    },
}  # fmt: skip


@pytest.mark.parametrize("path", [POSTS, LABELLED])
def test_cells_of_posts_are_what_is_told_of_them(real_exports: Path, path: str) -> None:
    read, sheets = read_real(real_exports, path), sheets_of(real_exports, path)

    def of(sheet: str) -> list[Statement]:
        return [s for s in read.statements if s.origin.sheet == sheet]

    figures = FIGURES[path]
    columns: dict[str, tuple[str, Understand]] = {header: (name, number) for header, name in figures.items()}
    columns |= {"Permalink": ("link", str), "Post Message": ("text", str.strip)}
    columns |= {"Post ID": ("post_id", lambda cell: cell.split("_")[1])}
    same_cells(of("Key Metrics"), sheets["Key Metrics"], 1, columns)
    stories = {"share": "shares", "like": "reactions", "comment": "comments"}
    sheet = "Lifetime Post Stories by act..."
    same_cells(of(sheet), sheets[sheet], 1, {h: (name, lambda cell: number(cell) or 0) for h, name in stories.items()})


def test_views_of_videos_are_the_times_that_stand_second_of_two_equal_names(real_exports: Path) -> None:
    header, told, *rows = sheets_of(real_exports, LABELLED)["Key Metrics"]
    organic, paid = (
        next(place for place, name in enumerate(header) if name == wanted and told[place].endswith("(Total Count)"))
        for wanted in ("Lifetime Organic Video Views", "Lifetime Paid Video Views")
    )
    assert header.index("Lifetime Organic Video Views") == organic - 1
    views = {row[0].split("_")[1]: int(row[organic]) + int(row[paid]) for row in rows if row[3] == "Video"}
    read = read_real(real_exports, LABELLED)
    assert views == {s.values["post_id"]: v for s in read.statements if (v := s.values.get("video_views")) is not None}


def test_a_group_gives_the_control_totals_and_its_cells(real_exports: Path) -> None:
    control, read = known(real_exports, GROUP), read_real(real_exports, GROUP)
    totals = {
        "joined": "follows",
        "viewed": "Viewed",
        "posts": "posts",
        "comments": "comments",
        "reactions": "reactions",
    }
    assert len(read.statements) == control["rows"]
    assert {name: total(read.statements, column) for name, column in totals.items()}.items() <= control[
        "totals"
    ].items()
    days = [day.isoformat() for day in read.column("day")]
    assert (min(days), max(days), read.problems) == (control["first_day"], control["last_day"], [])
    columns: dict[str, tuple[str, Understand]] = {
        "Joined": ("follows", number), "Viewed": ("Viewed", number), "Posts": ("posts", number),
        "Comments": ("comments", number), "Reactions": ("reactions", number), "Date": ("day", date.fromisoformat),
        "Posted or Commented": ("Posted or Commented", number),
    }  # fmt: skip
    same_cells(read.statements, rows_of(real_exports, GROUP), 1, columns)


CHARTS: dict[str, dict[str, str]] = {
    "guild_total_membership": {"total_membership": "followers"},
    "guild_joins_by_source": {"discovery_joins": "discovery_joins", "invites": "invites",
                              "vanity_joins": "vanity_joins"},
    "guild_communicators": {"visitors": "visitors", "pct_communicated": "communicators: pct_communicated"},
    "guild_message_activity": {"messages": "comments", "messages_per_communicator": "messages_per_communicator"},
    "guild_activation": {"new_members": "activation: new_members",
                         "pct_communicated": "activation: pct_communicated",
                         "pct_opened_channels": "pct_opened_channels"},
    "guild_new_followers": {"new_followers": "new_followers"},
}  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_of_discord_gives_the_control_totals_and_its_cells(real_exports: Path, chart: str) -> None:
    path = f"discord/{chart}{DAYS}"
    control, read = known(real_exports, path), read_real(real_exports, path)
    days = [day.isoformat() for day in read.column("day")]
    assert (len(read.statements), len(set(days))) == (control["rows"], control["totals"]["distinct_days"])
    assert (min(days), max(days), read.problems) == (control["first_day"], control["last_day"], [])
    for header, name in CHARTS[chart].items():
        if (wanted := control["totals"].get(f"{header}_sum")) is not None:
            assert total(read.statements, name) == pytest.approx(wanted, rel=1e-6)
        blank = sum(name not in statement.others for statement in read.statements)
        assert blank == control["totals"].get(f"{header}_blank", blank), header
    rows = rows_of(real_exports, path)
    grid = [row + [""] * (len(rows[0]) - len(row)) for row in rows]
    columns: dict[str, tuple[str, Understand]] = {header: (name, number) for header, name in CHARTS[chart].items()}
    columns["interval_start_timestamp"] = ("day", lambda cell: date.fromisoformat(cell[:10]))
    same_cells(read.statements, grid, 1, columns)


def test_members_of_a_server_are_those_of_the_file(real_exports: Path) -> None:
    path = f"discord/guild_total_membership{DAYS}"
    totals, followers = known(real_exports, path)["totals"], read_real(real_exports, path).column("followers")
    assert (followers[0], followers[-1], max(followers)) == (totals["first"], totals["last"], totals["maximum"])


def test_who_joined_and_who_left_a_server_is_what_a_plain_reader_adds_up(real_exports: Path) -> None:
    path = f"discord/guild_joins_by_source{DAYS}"
    joined = {row[0][:10]: sum(map(int, row[1:])) for row in rows_of(real_exports, path)[1:]}
    read = read_real(real_exports, path)
    assert {s.values["day"].isoformat(): s.values["follows"] for s in read.statements} == joined
    path = f"discord/guild_leavers{DAYS}"
    left: Counter[str] = Counter()
    for start, _, count in rows_of(real_exports, path)[1:]:
        left[start[:10]] += int(count)
    control, read = known(real_exports, path), read_real(real_exports, path)
    assert {s.values["day"].isoformat(): s.values["unfollows"] for s in read.statements} == left
    assert (sum(left.values()), len(left)) == (control["totals"]["leavers_sum"], control["totals"]["distinct_days"])
    assert sum(len(s.others) for s in read.statements) == control["rows"]
    assert {name for s in read.statements for name in s.others} == {
        "leavers: Members for 1 month+", "leavers: Members for < 1 month"
    }  # fmt: skip


@pytest.mark.parametrize("path", PARTS)
def test_parts_of_a_server_give_the_control_totals_and_their_cells(real_exports: Path, path: str) -> None:
    dimension, member, figures = PARTS[path]
    control, read = known(real_exports, path), read_real(real_exports, path)
    assert (len(read.statements), read.problems) == (control["rows"], [])
    assert len(set(read.column("member"))) == control["totals"][f"{member}_distinct"]
    assert {f"{name}_sum": total(read.statements, name) for name in figures}.items() <= control["totals"].items()
    assert set(read.column("dimension")) == {dimension}
    spans = {(s.values["first_day"], s.values["last_day"]) for s in read.statements}
    assert spans == {(date(2021, 2, 26), date.fromisoformat(control["last_day"]))}
    columns: dict[str, tuple[str, Understand]] = {name: (name, number) for name in figures}
    columns[member] = ("member", lambda cell: cell.strip("'"))
    same_cells(read.statements, rows_of(real_exports, path), 1, columns)


def made(post_id: str) -> datetime:
    """When the id of a post says it was made, in UTC."""
    moment = datetime.fromtimestamp(((int(post_id) >> 22) + 1288834974657) // 1000, UTC)
    return moment.replace(tzinfo=None)


OLD = {
    "impressions": "impressions", "engagements": "engagements", "retweets": "shares", "replies": "comments",
    "likes": "reactions", "user profile clicks": "profile_visits", "url clicks": "link_clicks",
    "media views": "video_views", "detail expands": "detail expands", "hashtag clicks": "hashtag clicks",
}  # fmt: skip
OF_X: dict[str, dict[str, tuple[str, Understand]]] = {
    OVERVIEW: {
        **{header: (name, number) for header, name in {
            "Impressions": "impressions", "Likes": "reactions", "Engagements": "engagements", "Bookmarks": "saves",
            "Shares": "Shares", "New follows": "follows", "Unfollows": "unfollows", "Replies": "comments",
            "Reposts": "shares", "Profile visits": "profile_visits", "Create Post": "posts",
        }.items()},
        "Date": ("day", lambda cell: datetime.strptime(cell, "%a, %b %d, %Y").date()),
        "Video views": ("video_views", lambda cell: None),
        "Media views": ("Media views", lambda cell: None),
    },
    CONTENT: {
        **{header: (name, number) for header, name in {
            "Impressions": "impressions", "Likes": "reactions", "Engagements": "engagements", "Bookmarks": "saves",
            "Share": "Share", "New follows": "follows", "Replies": "comments", "Reposts": "shares",
            "Profile visits": "profile_visits", "Url clicks": "link_clicks", "Detail expands": "Detail expands",
        }.items()},
        "Post text": ("text", lambda cell: unescape(cell).strip()),
        "Link": ("link", str),
    },
    **{path: {
        **{header: (name, number) for header, name in OLD.items()},
        "Date": ("day", date.fromisoformat),
        "Tweets published": ("posts", number),
        "promoted impressions": ("promoted impressions", number),
    } for path in OLD_DAYS},
    **{path: {
        **{header: (name, number) for header, name in OLD.items()},
        "follows": ("follows", number),
        "Tweet text": ("text", lambda cell: unescape(cell).strip()),
        "Tweet id": ("post_id", str),
    } for path in OLD_POSTS},
}  # fmt: skip


@pytest.mark.parametrize("path", OF_X)
def test_cells_of_x_are_what_is_told_of_their_rows(real_exports: Path, path: str) -> None:
    read = read_real(real_exports, path)
    assert (len(read.statements), read.problems) == (known(real_exports, path)["rows"], [])
    same_cells(read.statements, rows_of(real_exports, path), 1, OF_X[path], count=40)
    if path == CONTENT:
        same_cells(read.statements, rows_of(real_exports, path), 1, {"Post id": ("published_at", made)})
