"""What LinkedIn, TikTok and YouTube really exported: control totals, and cells read a second time by plain Python."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from reading_help import Read, read_file, workbook
from second_reading import same_cells

from connectors.reading import examine
from data.model import Answers, Check, Statement, UserError

ASKED = datetime(2026, 7, 1)
EXPORTED = datetime(2026, 4, 20)  # when the days of TikTok without a year can have been exported
FOLDERS = ("linkedin", "tiktok", "youtube")
CONTENT = "linkedin/page_content_2024-12_2025-07_en.xlsx"
FOLLOWERS = "linkedin/page_followers_2025-12_2026-03_en.xls"
VISITORS = "linkedin/page_visitors_2025-12_2026-03_en.xls"
COMPETITORS = "linkedin/page_competitors_2025-12_en.xlsx"


def control(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def answers(path: str) -> Answers:
    network = path.split("/")[0]
    return Answers(f"{network}:brand", EXPORTED if network == "tiktok" else ASKED, since=date(2020, 1, 1))


def read_real(folder: Path, path: str) -> Read:
    asked = Answers("tiktok:brand") if path.endswith("native.zip") else answers(path)
    return read_file(Path(path).name, (folder / path).read_bytes(), asked)


def total(statements: Iterable[Statement], key: str) -> float:
    """The sum of a column, or of a number that stays under the network's own name."""
    numbers = (s.values.get(key, s.others.get(key)) for s in statements)
    return sum(number for number in numbers if number is not None)


def of(read: Read, table: str) -> list[Statement]:
    return [statement for statement in read.statements if statement.table == table]


def in_sheet(read: Read, name: str) -> list[Statement]:
    return [statement for statement in read.statements if statement.origin.sheet == name]


def sheet(folder: Path, path: str, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(folder / path).get_sheet_by_name(name).to_python(skip_empty_area=False)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def number(cell: Any) -> int | None:
    return None if cell in ("", None, "--", "NAN", "undefined") else int(float(cell))


def day(cell: str) -> date:
    return datetime.strptime(cell, "%m/%d/%Y").date()


def iso(cell: str) -> date:
    return date.fromisoformat(cell.replace("/", "-"))


def published(cell: str) -> date:
    return datetime.strptime(cell, "%b %d, %Y").date()


def seconds(cell: str) -> float:
    return round(float(cell) * 3600, 3)


def text(cell: Any) -> str | None:
    return cell.strip() or None


# LinkedIn


def test_a_page_by_day_and_its_posts_give_the_control_totals(real_exports: Path) -> None:
    known, read = control(real_exports, CONTENT), read_real(real_exports, CONTENT)
    sums, days, posts = known["totals"], of(read, "account_days"), of(read, "posts")
    assert (len(days), len(posts), read.problems) == (sums["metrics_days"], sums["distinct_post_links"], [])
    for name, key in {"impressions": "impressions", "clicks": "clicks", "reactions": "reactions",
                      "comments": "comments", "reposts": "shares"}.items():  # fmt: skip
        assert total(days, key) == sums[f"metrics_{name}_total"]
    for name, key in {"impressions": "impressions", "likes": "reactions", "clicks": "clicks"}.items():
        assert total(posts, key) == sums[f"{name}_total_else_organic"]
    spanned = [s.values["day"].isoformat() for s in days]
    assert (min(spanned), max(spanned)) == (known["first_day"], known["last_day"])
    same_cells(days, sheet(real_exports, CONTENT, "Metrics"), 2, {
        "Date": ("day", day), "Impressions (total)": ("impressions", number), "Clicks (total)": ("clicks", number),
        "Comments (total)": ("comments", number), "Reactions (organic)": ("Reactions (organic)", number),
    })  # fmt: skip
    same_cells(posts, sheet(real_exports, CONTENT, "All posts"), 2, {
        "Post title": ("text", text), "Post link": ("link", text), "Impressions": ("impressions", number),
        "Views": ("video_views", number), "Likes": ("reactions", number), "Reposts": ("shares", number),
        "Follows": ("follows", number),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("path", "main", "columns", "count"),
    [
        (FOLLOWERS, "New followers", {"Date": ("day", day), "Total followers": ("net_follows", number),
                                      "Organic followers": ("Organic followers", number)}, "followers"),
        (VISITORS, "Visitor metrics", {"Date": ("day", day), "Total page views (total)": ("profile_visits", number),
                                       "Total unique visitors (total)": ("visitors", number),
                                       "Life page views (total)": ("Life page views (total)", number)}, "page_views"),
    ],
)  # fmt: skip
def test_followers_and_visitors_give_the_control_totals(
    real_exports: Path, path: str, main: str, columns: dict[str, Any], count: str
) -> None:
    known, read = control(real_exports, path), read_real(real_exports, path)
    sums, days = known["totals"], of(read, "account_days")
    assert (len(days), read.problems) == (known["rows"], [])
    by_name = {
        "net_new_followers": "net_follows", "organic": "Organic followers", "sponsored": "Sponsored followers",
        "auto_invited": "Auto-invited followers", "total_page_views": "profile_visits",
        "total_page_views_mobile": "Total page views (mobile)", "overview_page_views": "Overview page views (total)",
        "total_unique_visitors_sum_of_days": "visitors",
    }  # fmt: skip
    assert {name: total(days, by_name[name]) for name in sums.keys() & by_name} == {
        n: sums[n] for n in sums.keys() & by_name
    }
    for dimension in ("location", "job_function", "seniority", "industry", "company_size"):
        members = [s for s in of(read, "audience") if s.values["dimension"] == dimension]
        assert total(members, count) == sums[f"{dimension}_sum"]
    same_cells(days, sheet(real_exports, path, main), 1, columns)
    header = "Total followers" if path == FOLLOWERS else "Total views"
    same_cells(in_sheet(read, "Industry"), sheet(real_exports, path, "Industry"), 1,
               {"Industry": ("member", text), header: (count, number)})  # fmt: skip


def test_competitors_give_the_followers_of_the_page_on_the_last_day(real_exports: Path) -> None:
    known, read = control(real_exports, COMPETITORS), read_real(real_exports, COMPETITORS)
    (page,), (own,) = of(read, "audience"), of(read, "account_days")
    assert own.values["followers"] == page.values["followers"] == known["totals"]["total_followers"]
    assert own.values["day"].isoformat() == known["last_day"]
    assert page.values["first_day"].isoformat() == known["first_day"]
    assert total([page], "New Followers") == known["totals"]["new_followers"]
    assert total([page], "Total posts") == known["totals"]["total_posts"]
    same_cells([page], sheet(real_exports, COMPETITORS, "COMPETITORS"), 2, {
        "Page": ("member", text), "Total Followers": ("followers", number), "New Followers": ("New Followers", number),
        "Total post engagements": ("Total post engagements", number),
    })  # fmt: skip


WORDS = {"Organic": "eins", "Sponsored": "zwei", "Total": "drei"}


def in_no_language(folder: Path, path: str) -> bytes:
    """The workbook with other words for its sheets, its headers and the kinds of its rows."""
    book, strange = CalamineWorkbook.from_path(folder / path), []
    for place, name in enumerate(book.sheet_names):
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        header = next(n for n, row in enumerate(grid) if sum(c != "" for c in row) > 1 and "/20" not in str(row[1]))
        grid[header] = [f"wort {column}" for column, _ in enumerate(grid[header])]
        rows = [[WORDS.get(str(cell), cell) for cell in row] for row in grid]
        strange.append((f"Blatt {place}", rows))
    return workbook(*strange)


@pytest.mark.parametrize("path", [CONTENT, FOLLOWERS, VISITORS, COMPETITORS])
def test_the_same_file_in_a_language_nobody_knows_says_the_same(real_exports: Path, path: str) -> None:
    known = read_real(real_exports, path)
    guessed = read_file("a.xlsx", in_no_language(real_exports, path), answers(path))
    assert guessed.examined.guessed
    assert not known.examined.guessed
    assert [s.values for s in guessed.statements] == [s.values for s in known.statements]
    for ours, theirs in zip(guessed.statements, known.statements, strict=True):
        assert list(ours.others.values()) == pytest.approx(list(theirs.others.values()))


# TikTok


@pytest.mark.parametrize("path", ["tiktok/studio_overview_2026-04_en.csv", "tiktok/studio_overview_2026-04_en.xlsx",
                                  "tiktok/studio_overview_2026-04_en_native.zip"])  # fmt: skip
def test_a_studio_overview_gives_the_control_totals(real_exports: Path, path: str) -> None:
    known, read = control(real_exports, path), read_real(real_exports, path)
    sums = known["totals"]
    columns = {"video_views": "views", "profile_views": "profile_visits", "likes": "reactions", "comments": "comments",
               "shares": "shares"}  # fmt: skip
    assert (len(read.statements), read.problems) == (known["rows"], [])
    assert {name: total(read.statements, key) for name, key in columns.items()} == {
        name: sums[name] for name in columns
    }
    first, last = (datetime.strptime(f"{sums[key]} 2026", "%B %d %Y").date() for key in ("first_label", "last_label"))
    assert (read.column("day")[0], read.column("day")[-1]) == (first, last)
    content = (real_exports / path).read_bytes()
    if path.endswith(".xlsx"):
        grid = sheet(real_exports, path, "Overview")
    elif path.endswith(".zip"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        grid = rows_of(archive.read("Overview.csv"))
        made = datetime(*archive.infolist()[0].date_time)
        assert made.date().isoformat() == sums["zip_entry_date"]
        assert read.examined.export.as_of == made
    else:
        grid = rows_of(content)
    same_cells(read.statements, grid, 1, {
        "Date": ("day", lambda cell: datetime.strptime(f"{cell} 2026", "%B %d %Y").date()),
        "Video Views": ("views", number), "Profile Views": ("profile_visits", number), "Likes": ("reactions", number),
        "Comments": ("comments", number), "Shares": ("shares", number),
    })  # fmt: skip


def test_days_of_the_studio_long_before_the_day_given_are_refused(real_exports: Path) -> None:
    path = "tiktok/studio_overview_2026-04_en.csv"
    with pytest.raises(UserError):
        read_file("Overview.csv", (real_exports / path).read_bytes(), Answers("tiktok:brand", datetime(2027, 1, 15)))


def test_the_overview_and_the_audience_of_a_business_give_the_control_totals(real_exports: Path) -> None:
    paths = ("tiktok/business_overview_2025-11_en.csv", "tiktok/business_audience_2025-11_en.csv")
    overview, audience = (read_real(real_exports, path) for path in paths)
    known, people = (control(real_exports, path) for path in paths)
    columns = {"video_views": "views", "profile_views": "profile_visits", "likes": "reactions", "shares": "shares",
               "comments": "comments", "net_growth": "net_follows", "new_followers": "follows",
               "lost_followers": "unfollows"}  # fmt: skip
    assert (len(overview.statements), len(audience.statements)) == (known["rows"], people["rows"])
    assert overview.problems == audience.problems == []
    sums = known["totals"]
    assert {name: total(overview.statements, key) for name, key in columns.items()} == {
        name: sums[name] for name in columns
    }
    assert sum("reach" not in s.values for s in overview.statements) == sums["reached_audience_missing"]
    assert total(audience.statements, "follows") == people["totals"]["new_followers"]
    assert sum("followers" not in s.values for s in audience.statements) == people["totals"]["total_followers_missing"]
    days = [s.values["day"].isoformat() for s in overview.statements]
    assert (days[0], days[-1]) == (known["first_day"], known["last_day"])
    same_cells(overview.statements, rows_of((real_exports / paths[0]).read_bytes()), 1, {
        "Date": ("day", iso), "Video views": ("views", number), "Reached audience": ("reach", number),
        "Net growth": ("net_follows", number), "Lost followers": ("unfollows", number),
        "Phone number clicks ": ("Phone number clicks", number),
    })  # fmt: skip
    same_cells(audience.statements, rows_of((real_exports / paths[1]).read_bytes()), 1, {
        "Date": ("day", iso), "New followers": ("follows", number), "Total followers": ("followers", number),
        "Reached audience": ("reach", number), "Engaged audience": ("Engaged audience", number),
    })  # fmt: skip


# YouTube


def checks(folder: Path, path: str) -> dict[str, tuple[float, float]]:
    examined = examine(Path(path).name, (folder / path).read_bytes(), answers(path))
    return {c.what: (c.declared, c.read) for c in examined.statements("Europe/Paris") if isinstance(c, Check)}


def test_the_tables_of_youtube_give_the_control_totals_and_what_they_declare(real_exports: Path) -> None:
    for path, table in {
        "youtube/content_2025_2026_en_table.csv": "posts",
        "youtube/geography_2021_en_table.csv": "audience",
    }.items():
        known, read = control(real_exports, path), read_real(real_exports, path)
        sums = known["totals"]
        assert (len(of(read, table)), len(read.statements), read.problems) == (known["rows"], known["rows"], [])
        assert total(read.statements, "views") == sums["sum_of_rows_views"]
        hours = total(read.statements, "watch_seconds") / 3600
        assert hours == pytest.approx(sums["sum_of_rows_watch_time_hours"], rel=1e-6)
        assert checks(real_exports, path)["Views"] == (sums["declared_total_views"], sums["sum_of_rows_views"])
        if table == "posts":
            assert total(read.statements, "Subscribers") == sums["sum_of_rows_subscribers"]
            told = (sums["declared_total_impressions"], sums["sum_of_rows_impressions"])
            assert checks(real_exports, path)["Impressions"] == told
        grid = rows_of((real_exports / path).read_bytes())
        columns: dict[str, Any] = {"Views": ("views", number), "Watch time (hours)": ("watch_seconds", seconds)}
        if table == "posts":
            columns |= {"Content": ("post_id", text), "Video title": ("text", text),
                        "Impressions": ("impressions", number), "Video publish time": ("day", published)}  # fmt: skip
        else:
            columns |= {"Geography": ("member", text)}
        same_cells(read.statements, grid, 1, columns)


def test_the_charts_and_totals_of_youtube_give_the_control_totals(real_exports: Path) -> None:
    for path in ("content_2025_2026_en_chart", "geography_2021_en_chart", "geography_2021_en_totals"):
        path = f"youtube/{path}.csv"
        known, read = control(real_exports, path), read_real(real_exports, path)
        assert (len(read.statements), read.problems) == (known["rows"], [])
        assert total(read.statements, "views") == known["totals"]["views"]
        key = "day" if path.endswith("totals.csv") else "first_day"
        days = [found.isoformat() for found in read.column(key)]
        assert (min(days), max(days)) == (known["first_day"], known["last_day"])
        columns: dict[str, Any] = {"Date": (key, iso), "Views": ("views", number)}
        if key == "first_day":
            columns["Content" if "content" in path else "Geography"] = ("member", text)
            assert len(set(read.column("member"))) == known["totals"]["distinct_first_dimension"]
        same_cells(read.statements, rows_of((real_exports / path).read_bytes()), 1, columns)


def test_every_one_of_these_files_is_claimed_by_its_own_network(real_exports: Path) -> None:
    for folder in FOLDERS:
        for path in sorted((real_exports / folder).iterdir()):
            assert examine(path.name, path.read_bytes()).connector.networks == (folder,), path.name
