"""What X, Meta and LinkedIn really exported gives the totals that two other readers computed from it."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook
from reading_help import Read, read_file

from connectors.reading import examine
from data.model import Answers, Statement, UserError

ASKED = datetime(2026, 11, 1)
# control total -> column of the ledger
POSTS = {
    "impressions": "impressions", "engagements": "engagements", "retweets": "shares", "reposts": "shares",
    "replies": "comments", "comments": "comments", "likes": "reactions", "reactions": "reactions",
    "shares": "shares", "saves": "saves", "follows": "follows", "url_clicks": "link_clicks", "views": "views",
    "reach_sum": "reach", "total_clicks": "clicks", "reactions_comments_shares": "engagements",
}  # fmt: skip
DAYS = {
    **POSTS,
    "tweets_published": "posts",
    "create_post": "posts",
    "new_follows": "follows",
    "unfollows": "unfollows",
}
OF_POSTS = [
    "x/tweets_by_tweet_2017-04_en.csv",
    "x/tweets_by_tweet_2021-04_en.csv",
    "x/tweets_by_tweet_2022-02_en_large.csv",
    "x/account_content_2024-12_2025-02_en.csv",
    "meta/content_facebook_posts_2025-01_en-US.csv",
    "meta/content_facebook_posts_2025-03_en-US_two-views-columns.csv",
    "meta/content_facebook_posts_2025-09_2026_fr_excerpt.csv",
    "meta/content_instagram_2025-03_en-US.csv",
    "meta/content_instagram_2026-02_en_reach-above-views_excerpt.csv",
    "meta/content_instagram_2025-08_2026-07_fr_excerpt.csv",
]
OF_DAYS = [
    "x/tweets_by_day_2021-03_en.csv",
    "x/tweets_by_day_2021-10_en.csv",
    "x/account_overview_2025-02_en.csv",
]


@cache
def control(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def read_real(folder: Path, path: str, account: str | None = None) -> Read:
    return read_file(Path(path).name, (folder / path).read_bytes(), Answers(account, ASKED))


def total(statements: list[Statement], column: str) -> int:
    return sum(s.values[column] for s in statements if s.values.get(column) is not None)


@pytest.mark.parametrize("path", [*OF_POSTS, *OF_DAYS])
def test_posts_and_days_give_the_control_totals(real_exports: Path, path: str) -> None:
    known, columns = control(real_exports, path), POSTS if path in OF_POSTS else DAYS
    read = read_real(real_exports, path, "x:handle" if path in OF_DAYS else None)
    assert len(read.statements) == known["rows"]
    by_another_name = {"follows"} if path.startswith("x/tweets_by_day") else set()  # made straight from a post
    totals = {key: value for key, value in known["totals"].items() if key in columns and key not in by_another_name}
    assert totals
    assert {key: total(read.statements, columns[key]) for key in totals} == totals
    if path in OF_DAYS:
        days = [s.values["day"].isoformat() for s in read.statements]
        assert (min(days), max(days)) == (known["first_day"], known["last_day"])


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_views_that_one_file_lacks_are_not_0_there(real_exports: Path) -> None:
    with_views = read_real(real_exports, OF_POSTS[4])
    without = read_real(real_exports, OF_POSTS[5])
    assert set(without.column("views")) == {None}
    assert [p.column for p in without.problems] == ["Views"]
    views = {s.values["post_id"]: s.values["views"] for s in with_views.statements}
    assert all(views[post] is not None for post in without.column("post_id"))


def test_what_x_posts_hold_is_what_a_plain_reader_finds(real_exports: Path) -> None:
    header, *rows = rows_of(real_exports / OF_POSTS[3])
    at = {name: header.index(name) for name in header}
    read = read_real(real_exports, OF_POSTS[3])
    assert sum(text.startswith("@") for text in read.column("text")) == 20
    assert read.column("kind").count("reply") == 20
    for name, column in {
        "Bookmarks": "saves",
        "Url clicks": "link_clicks",
        "Profile visits": "profile_visits",
    }.items():
        assert total(read.statements, column) == sum(int(row[at[name]]) for row in rows)
    assert sum(s.others["Detail expands"] for s in read.statements) == sum(int(r[at["Detail expands"]]) for r in rows)


def test_the_time_in_the_ids_of_x_is_the_time_x_printed(real_exports: Path) -> None:
    for path in OF_POSTS[:3]:
        header, *rows = rows_of(real_exports / path)
        printed = [datetime.strptime(row[header.index("time")], "%Y-%m-%d %H:%M %z") for row in rows]
        moments = read_real(real_exports, path).column("published_at")
        assert [m.replace(second=0) for m in moments] == [p.replace(tzinfo=None) for p in printed]


def test_publish_times_agree_with_the_codes_of_instagram(real_exports: Path) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    near = 0
    for statement in read_real(real_exports, OF_POSTS[7]).statements:
        code = re.search(r"/(?:p|reel)/([\w-]+)", statement.values["link"])
        assert code
        number = 0
        for letter in code[1]:
            number = number * 64 + alphabet.index(letter)
        made = datetime.fromtimestamp(((number >> 23) + 1314220021721) / 1000, ZoneInfo("UTC")).replace(tzinfo=None)
        near += abs(made - statement.values["published_at"]) < timedelta(minutes=3)
    assert near >= 75  # of 78: the others were uploaded some time before


def results(folder: Path) -> list[str]:
    names = sorted(path.name for path in (folder / "meta").glob("results_*"))
    other = ("audience", "top-content", "mislabelled")
    return [f"meta/{name}" for name in names if not any(word in name for word in other)]


def slug(title: str) -> str:
    plain = {"ê": "e", "é": "e", "ú": "u", "ã": "a"}
    return re.sub(r"\W+", "_", "".join(plain.get(c, c) for c in title.casefold())).strip("_")


def value_of_day(statement: Statement) -> tuple[str, float]:
    """The day of a card's row, and its one number wherever it stands."""
    numbers = {**statement.values, **statement.others}
    day, _ = numbers.pop("day").isoformat(), numbers.pop("account")
    (value,) = numbers.values()
    return day, value


def test_every_results_card_gives_the_control_totals(real_exports: Path) -> None:
    assert len(results(real_exports)) == 25
    for path in results(real_exports):
        content = (real_exports / path).read_bytes()
        (question,) = examine(Path(path).name, content).questions
        networks = question.networks if question.each else question.networks[:1]
        read = read_file(Path(path).name, content, Answers(",".join(f"{n}:me" for n in networks)))
        known = control(real_exports, path)
        for table in read.examined.tables:
            rows = [s for s in read.statements if s.origin.row > table.header_row]
            rows = [s for s in rows if table.last_row is None or s.origin.row <= table.last_row]
            values = [value_of_day(s) for s in rows]
            name = slug(table.note)
            assert sum(value for _, value in values) == known["totals"][f"{name}_sum"], path
            assert max(v for _, v in values) == known["totals"][f"{name}_max"], path
            assert max(values)[1] == known["totals"][f"{name}_last"], path
            printed = known["totals"].get(f"{name}_rows", known["rows"])
            filled = len(values) - printed
            assert filled == 0 or (filled > 0 and "instagram" in name), path
            assert sum(v == 0 for _, v in values) == known["totals"][f"{name}_zero_days"] + filled, path
            if filled:
                days = sorted(day for day, _ in values)
                span = datetime.fromisoformat(days[-1]) - datetime.fromisoformat(days[0])
                assert len(values) == span.days + 1, path


def test_files_of_meta_that_are_no_results_or_posts_are_not_claimed(real_exports: Path) -> None:
    others = {
        p for p in (real_exports / "meta").iterdir() if f"meta/{p.name}" not in [*results(real_exports), *OF_POSTS]
    }
    assert len(others) == 9
    for path in others:
        try:
            claimed = examine(path.name, path.read_bytes()).connector.key
        except UserError:
            continue
        assert claimed not in {"meta_results", "meta_facebook_posts", "meta_instagram"}, path.name


def grid(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def test_linkedin_content_gives_the_control_totals(real_exports: Path) -> None:
    path = "linkedin/page_content_2024-12_2025-07_en.xlsx"
    known = control(real_exports, path)["totals"]
    read = read_real(real_exports, path, "linkedin:page")
    days = [s for s in read.statements if s.table == "account_days"]
    posts = [s for s in read.statements if s.table == "posts"]
    assert (len(days), len(posts)) == (known["metrics_days"], known["distinct_post_links"])
    for column, name in {"impressions": "impressions", "clicks": "clicks", "reactions": "reactions",
                         "comments": "comments", "shares": "reposts"}.items():  # fmt: skip
        assert total(days, column) == known[f"metrics_{name}_total"]
    for column, name in {"impressions": "impressions", "clicks": "clicks", "reactions": "likes"}.items():
        assert total(posts, column) == known[f"{name}_total_else_organic"]
    assert read.problems == []
    header, *rows = grid(real_exports / path, "All posts")[1:]
    organic = {row[1] for row in rows if row[2] == "Organic"}
    boosted = {row[1] for row in rows if row[2] == "Total"}
    campaigns = [row for row in rows if row[2] == "Sponsored"]
    assert len(organic) == 79
    assert {s.values["link"] for s in posts if s.values["campaign"]} <= {row[1] for row in campaigns} == boosted
    assert "Posted by" in header
    assert "Posted by" not in {name for s in posts for name in s.others}


def test_linkedin_followers_and_visitors_give_the_control_totals(real_exports: Path) -> None:
    def dimension(read: Read, name: str, column: str) -> int:
        return sum(s.values[column] for s in read.statements if s.values.get("dimension") == name)

    path = "linkedin/page_followers_2025-12_2026-03_en.xls"
    known, read = control(real_exports, path), read_real(real_exports, path, "linkedin:page")
    days = [s for s in read.statements if s.table == "account_days"]
    assert (len(days), total(days, "net_follows")) == (known["rows"], known["totals"]["net_new_followers"])
    assert sum(s.others["Organic followers"] for s in days) == known["totals"]["organic"]
    for name in ("location", "job_function", "seniority", "industry", "company_size"):
        assert dimension(read, name, "followers") == known["totals"][f"{name}_sum"]

    path = "linkedin/page_visitors_2025-12_2026-03_en.xls"
    known, read = control(real_exports, path), read_real(real_exports, path, "linkedin:page")
    days = [s for s in read.statements if s.table == "account_days"]
    assert (len(days), total(days, "profile_visits")) == (known["rows"], known["totals"]["total_page_views"])
    assert total(days, "visitors") == known["totals"]["total_unique_visitors_sum_of_days"]
    assert sum(s.others["Total page views (mobile)"] for s in days) == known["totals"]["total_page_views_mobile"]
    for name in ("location", "job_function", "seniority", "industry", "company_size"):
        assert dimension(read, name, "page_views") == known["totals"][f"{name}_sum"]
