"""Every file that Meta Business Suite really made gives the totals that other readers computed, or is refused.

Cells drawn at random are read a second time, by plain Python, and are what is said of their rows.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from reading_help import Read, read_file
from second_reading import same_cells

from connectors.cards import cards
from connectors.reading import all_connectors, examine
from connectors.sheet import open_book
from data.model import Answers, Statement, UserError

MADE = datetime(2026, 8, 15)
SINCE = date(2025, 11, 1)
DAMAGED = "results_2025-11_en_audience_dates-for-decimals.csv"
MISLABELLED = "results_2022-07_fr_facebook-visites_mislabelled.csv"
FORMATS = "results_2025-11_en_top-content-formats_semicolon.csv"
PAGES = "content_facebook_page_daily_2026-02_en.csv"
VIDEOS = "content_facebook_videos_2025-10_en_rows-wrapped.csv"
WITHOUT_VIEWS = "content_facebook_posts_2025-03_en-US_two-views-columns.csv"
POSTS = {
    "content_facebook_posts_2025-01_en-US.csv": "meta_facebook_posts",
    WITHOUT_VIEWS: "meta_facebook_posts",
    "content_facebook_posts_2025-09_2026_fr_excerpt.csv": "meta_facebook_posts",
    "content_instagram_2025-03_en-US.csv": "meta_instagram",
    "content_instagram_2026-02_en_reach-above-views_excerpt.csv": "meta_instagram",
    "content_instagram_2025-08_2026-07_fr_excerpt.csv": "meta_instagram",
    VIDEOS: "meta_facebook_videos",
}
AUDIENCES = [
    "results_2025_en_audience.csv",
    "results_2023-06_en_audience_totals.csv",
    "results_2024_pt-BR_audience_comma-decimals.csv",
    "audience_2021_it_cities_edited.csv",
]
SUMS = {  # of posts: control total -> column of the ledger
    "views": "views", "reach_sum": "reach", "reactions": "reactions", "likes": "reactions", "comments": "comments",
    "shares": "shares", "saves": "saves", "follows": "follows", "total_clicks": "clicks",
    "reactions_comments_shares": "engagements", "3_second_video_views": "video_views",
    "seconds_viewed": "watch_seconds",
}  # fmt: skip

FIGURES = {  # of posts: column of the ledger -> headers of the files
    "reach": ("Reach", "Couverture"),
    "views": ("Views", "Vues"),
    "reactions": ("Reactions", "Réactions", "Likes", "Mentions J’aime"),
    "comments": ("Comments", "Commentaires"),
    "shares": ("Shares", "Partages"),
    "saves": ("Saves", "Enregistrements"),
    "follows": ("Follows", "Followers en plus"),
    "clicks": ("Total clicks", "Total des clics"),
    "link_clicks": ("Link Clicks", "Clics sur un lien"),
    "video_views": ("3-second video views", "Vues de vidéo de 3 secondes"),
    "watch_seconds": ("Seconds viewed", "Secondes regardé(e)"),
    "Average Seconds viewed": ("Average Seconds viewed",),
}


def folder_of(real_exports: Path) -> Path:
    return real_exports / "meta"


def known(real_exports: Path, name: str) -> dict[str, Any]:
    return json.loads((real_exports / "control_totals.json").read_text("utf-8"))[f"meta/{name}"]


def answered(name: str, content: bytes) -> Answers:
    asked = {question.about: question for question in examine(name, content).questions}
    networks = asked["account"].networks if "account" in asked else ()
    if networks and not asked["account"].each:
        networks = ("instagram",) if "instagram" in name else networks[:1]
    account = ",".join(f"{network}:me" for network in networks) or None
    return Answers(account, MADE if "as_of" in asked else None, None, SINCE if "since" in asked else None)


def read_real(real_exports: Path, name: str, called: str = "") -> Read:
    content = (folder_of(real_exports) / name).read_bytes()
    called = called or name
    return read_file(called, content, answered(called, content))


def cards_by_day(real_exports: Path) -> list[str]:
    others = {DAMAGED, MISLABELLED, FORMATS, *AUDIENCES}
    return sorted(p.name for p in folder_of(real_exports).glob("results_*") if p.name not in others)


# What a plain reader makes of the files.


def plain_grid(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    text = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig")
    first = text.split("\n", 1)[0]
    mark = first[4] if first.startswith("sep=") else ";" if ";" in first else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    if all(len(row) == 1 for row in rows if row) and "," in rows[0][0]:
        rows = [next(csv.reader(row), []) for row in rows]
    return rows


def count(cell: str) -> float | None:
    return float(cell) if cell else None


def share(cell: str) -> float:
    return round(float(cell.removesuffix("%").replace(",", ".")) / 100, 6)


def utc(cell: str) -> datetime:
    moment = datetime.strptime(cell, "%m/%d/%Y %H:%M").replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def day(cell: str) -> date:
    return date.fromisoformat(cell[:10])


def total(statements: list[Statement], column: str) -> float:
    return sum(s.values[column] for s in statements if s.values.get(column) is not None)


# The files.


def test_every_file_is_tried_here_and_claimed_by_one_format_or_refused(real_exports: Path) -> None:
    tried = {DAMAGED, MISLABELLED, FORMATS, PAGES, *AUDIENCES, *POSTS, *cards_by_day(real_exports)}
    assert {path.name for path in folder_of(real_exports).iterdir()} == tried
    claims = {
        **POSTS, **dict.fromkeys(AUDIENCES, "meta_audience"), FORMATS: "meta_formats", PAGES: "meta_facebook_days",
        **dict.fromkeys(cards_by_day(real_exports), "meta_results"),
    }  # fmt: skip
    for name in tried - {DAMAGED, MISLABELLED}:
        book = open_book(name, (folder_of(real_exports) / name).read_bytes())
        assert [c.key for c in all_connectors() if c.found_in(book)] == [claims[name]], name


@pytest.mark.parametrize("name", POSTS)
def test_posts_and_videos_give_the_control_totals(real_exports: Path, name: str) -> None:
    control, read = known(real_exports, name), read_real(real_exports, name)
    assert len(read.statements) == control["rows"]
    sums = {key: value for key, value in control["totals"].items() if key in SUMS}
    assert len(sums) >= 4
    assert {key: total(read.statements, SUMS[key]) for key in sums} == pytest.approx(sums, rel=1e-6)
    days = [moment.astimezone(ZoneInfo("America/Los_Angeles")).date() for moment in aware(read)]
    assert [min(days).isoformat(), max(days).isoformat()] == [control["first_day"], control["last_day"]]
    if "follows_blank" in control["totals"]:
        assert read.column("follows").count(None) == control["totals"]["follows_blank"]


def aware(read: Read) -> Iterator[datetime]:
    return (moment.replace(tzinfo=ZoneInfo("UTC")) for moment in read.column("published_at"))


def test_only_the_views_that_are_not_there_and_the_ids_of_videos_are_problems(real_exports: Path) -> None:
    problems = {name: [p.column for p in read_real(real_exports, name).problems] for name in [*POSTS, PAGES]}
    assert {name: columns for name, columns in problems.items() if columns} == {
        WITHOUT_VIEWS: ["Views"],
        VIDEOS: ["Video asset ID"],
    }


def test_cells_of_posts_and_videos_are_what_a_plain_reader_finds(real_exports: Path) -> None:
    columns: dict[str, tuple[str, Callable[[Any], Any]]] = {
        header: (column, count) for column, headers in FIGURES.items() for header in headers
    }
    columns |= dict.fromkeys(("Post ID", "Identifiant de la publication", "Video asset ID"), ("post_id", str))
    columns |= dict.fromkeys(("Publish time", "Heure de publication"), ("published_at", utc))
    columns |= dict.fromkeys(("Permalink", "Permalien"), ("link", str))
    for name in POSTS:
        grid = plain_grid(folder_of(real_exports) / name)
        width = len(grid[0])
        whole = [[*row, *[""] * (width - len(row))] for row in grid]  # rows that end before their header
        mine = {header: column for header, column in columns.items() if grid[0].count(header) == 1}
        assert len(mine) >= 8
        same_cells(read_real(real_exports, name).statements, whole, 1, mine)


def test_posts_of_other_accounts_are_told_under_their_own(real_exports: Path) -> None:
    name = "content_instagram_2025-08_2026-07_fr_excerpt.csv"
    header, *rows = plain_grid(folder_of(real_exports) / name)
    named = [f"instagram:{row[header.index('Nom de profil du compte')]}" for row in rows if row]
    assert len(set(named)) == 2
    assert read_real(real_exports, name).column("account") == named


def test_pages_by_day_give_the_control_totals(real_exports: Path) -> None:
    control, read = known(real_exports, PAGES), read_real(real_exports, PAGES)
    people = [s.others["Unique user engagements"] for s in read.statements]
    totals = control["totals"]
    assert (len(people), sum(people), max(people)) == (
        control["rows"], totals["unique_user_engagements_sum"], totals["maximum"]
    )  # fmt: skip
    feedback = sum(s.others["Overall negative feedback"] for s in read.statements)
    assert feedback == totals["overall_negative_feedback"]
    days = [each.isoformat() for each in read.column("day")]
    assert (min(days), max(days)) == (control["first_day"], control["last_day"])
    headers = ("Unique user engagements", "Overall negative feedback", "Unique negative feedback from users")
    columns: dict[str, tuple[str, Callable[[Any], Any]]] = {header: (header, count) for header in headers}
    columns["Date"] = ("day", lambda cell: datetime.strptime(cell, "%m/%d/%Y").date())
    columns["Page ID"] = ("account", "facebook:{}".format)
    same_cells(read.statements, plain_grid(folder_of(real_exports) / PAGES), 1, columns)


def of_card(read: Read, header_row: int, last_row: int | None) -> list[Statement]:
    return [s for s in read.statements if header_row < s.origin.row <= (last_row or s.origin.row)]


def slug(title: str) -> str:
    plain = {"ê": "e", "é": "e", "ú": "u", "ã": "a"}
    return re.sub(r"\W+", "_", "".join(plain.get(c, c) for c in title.casefold())).strip("_")


def value_of(said: Statement) -> float:
    (value,) = {k: v for k, v in {**said.values, **said.others}.items() if k not in ("account", "day")}.values()
    return value


def test_cards_by_day_give_the_control_totals_and_their_cells(real_exports: Path) -> None:
    names = cards_by_day(real_exports)
    assert len(names) == 25
    for name in names:
        control, read = known(real_exports, name), read_real(real_exports, name)
        totals, grid = control["totals"], plain_grid(folder_of(real_exports) / name)
        assert read.problems == [], name
        for table in read.examined.tables:
            said = of_card(read, table.header_row, table.last_row)
            printed = [s for s in said if day(grid[s.origin.row - 1][0]) == s.values["day"]]
            card = slug(table.note)
            assert len(printed) == totals.get(f"{card}_rows", control["rows"]), name
            assert sum(map(value_of, said)) == totals[f"{card}_sum"], name
            assert max(map(value_of, said)) == totals[f"{card}_max"], name
            assert sum(value_of(s) == 0 for s in printed) == totals[f"{card}_zero_days"], name
            assert value_of(max(said, key=lambda s: s.values["day"])) == totals[f"{card}_last"], name
            best = [s.values["day"].isoformat() for s in printed if value_of(s) == totals[f"{card}_max"]]
            assert best[0] == totals[f"{card}_max_day"], name
            column = next(k for k in ({**said[0].values, **said[0].others}) if k not in ("account", "day"))
            same_cells(
                printed,
                grid,
                table.header_row,
                dict(zip(grid[table.header_row - 1], (("day", day), (column, int)), strict=False)),
            )


def test_days_without_a_row_are_0_in_the_follows_of_instagram_alone(real_exports: Path) -> None:
    filled = {}
    for name in cards_by_day(real_exports):
        read = read_real(real_exports, name)
        grid = plain_grid(folder_of(real_exports) / name)
        added = [s for s in read.statements if day(grid[s.origin.row - 1][0]) != s.values["day"]]
        assert all((value_of(s), s.values["account"]) == (0, "instagram:me") for s in added)
        if added:
            filled[name] = len(added)
    assert filled == {
        "results_2020-03_2023_en_two-blocks_new-likes.csv": 81,  # of 270 days
        "results_2023-07_2024-03_en_two-blocks_follows.csv": 12,
        "results_2024-09_2025-09_pt-BR_instagram-follows.csv": 109,
        "results_2025-11_en_instagram-follows_missing-zero-days.csv": 22,
    }


def test_the_visits_under_the_name_of_likes_are_asked_for_and_told_by_the_name_of_their_file(
    real_exports: Path,
) -> None:
    content = (folder_of(real_exports) / MISLABELLED).read_bytes()
    with pytest.raises(UserError, match=r"Mentions J.aime de la Page Facebook” stood over the figures of other cards"):
        examine(MISLABELLED, content)
    read = read_real(real_exports, MISLABELLED, "Juillet - Visites sur la Page Facebook.csv")
    control = known(real_exports, MISLABELLED)
    visits = read.column("profile_visits")
    assert (len(visits), sum(visits), max(visits), visits.count(0)) == (
        control["rows"],
        *(control["totals"][f"mentions_j_aime_de_la_page_facebook_{what}"] for what in ("sum", "max", "zero_days")),
    )
    header = "Mentions J\x19 aime de la Page Facebook"
    grid = plain_grid(folder_of(real_exports) / MISLABELLED)
    same_cells(read.statements, grid, 1, {header: ("profile_visits", int), "Date": ("day", day)})


def test_an_audience_with_dates_for_decimals_is_refused_and_the_cell_is_named(real_exports: Path) -> None:
    content = (folder_of(real_exports) / DAMAGED).read_bytes()
    first = content.split(b"\r\n")[2].decode("cp1251").split(";")
    assert first[:2] == ["18-24", "3.апр"]
    with pytest.raises(UserError, match=r"row 3 holds “3.* under “Women”, where a percentage belongs"):
        examine(DAMAGED, content)


def parts(read: Read, dimension: str, network: str) -> list[Statement]:
    return [
        s for s in read.statements if s.values.get("dimension") == dimension and network in s.values["account"]
    ]  # fmt: skip


DIMENSIONS = {"women": "gender and age", "men": "gender and age", "mulheres": "gender and age",
              "homens": "gender and age", "gender": "gender and age", "cit": "city", "cidades": "city",
              "countr": "country", "paises": "country", "pct_sum": "city"}  # fmt: skip
SEXES = {"women": "F.", "mulheres": "F.", "men": "M.", "homens": "M."}


@pytest.mark.parametrize("name", AUDIENCES)
def test_audiences_give_the_control_totals(real_exports: Path, name: str) -> None:
    control, read = known(real_exports, name), read_real(real_exports, name)
    totals: dict[str, Any] = {k: v for k, v in control["totals"].items() if "shorter" not in k}
    book = open_book(name, (folder_of(real_exports) / name).read_bytes())
    if blocks := totals.pop("blocks", None):
        assert len(list(cards(book.sheets[0]))) == blocks
    for key, value in totals.items():
        network = next((n for n in ("facebook", "instagram") if n in key.replace("do_instagram", "instagram")), "")
        if key.endswith("_total"):
            days = [s for s in read.statements if s.table == "account_days" and network in s.values["account"]]
            assert [s.values["followers"] for s in days] == [value], key
            assert days[0].values["day"] == MADE.date()
            continue
        dimension = next(dimension for word, dimension in DIMENSIONS.items() if word in key)
        found = parts(read, dimension, network)
        sex = next((letter for word, letter in SEXES.items() if f"_{word}_" in key), "")
        found = [s for s in found if s.values["member"].startswith(sex)]
        if key.endswith("_pct_sum") or key == "pct_sum":
            assert sum(s.values["share"] for s in found) * 100 == pytest.approx(value), key
        elif key.endswith("_rows"):
            assert len(found) == value, key
        else:
            member, _, printed = value.partition(" = ")
            assert found[0].values["member"] == member, key
            assert not printed or found[0].values["share"] == share(printed), key
    both = len(parts(read, "gender and age", "")) // 2
    assert len(read.statements) - both == control["rows"]
    assert read.problems == []


@pytest.mark.parametrize("name", AUDIENCES)
def test_cells_of_audiences_are_what_a_plain_reader_finds(real_exports: Path, name: str) -> None:
    grid = plain_grid(folder_of(real_exports) / name)
    told = [s for s in read_real(real_exports, name).statements if s.table == "audience"]
    for said in random.Random(name).sample(told, min(20, len(told))):
        member, row = said.values["member"], said.origin.row - 1
        if said.values["dimension"] == "gender and age":
            headers = next(grid[up] for up in range(row, 0, -1) if not re.match(r"\d\d", grid[up][0]))
            sexes = ("Women", "Mulheres") if member.startswith("F.") else ("Men", "Homens")
            assert grid[row][0] == member[2:]
            cell = grid[row][next(place for place, header in enumerate(headers) if header in sexes)]
        else:
            cell = grid[row][1] if grid[row][0] == member else grid[row][grid[row - 1].index(member)]
        assert said.values["share"] == share(cell)


def test_top_formats_give_the_control_totals_and_their_cells(real_exports: Path) -> None:
    control, read = known(real_exports, FORMATS), read_real(real_exports, FORMATS)
    grid, told = plain_grid(folder_of(real_exports) / FORMATS), {}
    for said in read.statements:
        value = said.values.get("views", next(iter(said.others.values()), None))
        title = "views" if "views" in said.values else slug(next(iter(said.others)))
        told.setdefault(title, {})[said.values["member"]] = value
        assert value == int(grid[said.origin.row - 1][grid[said.origin.row - 2].index(said.values["member"])])
    sums = {f"{title}_sum": sum(of.values()) for title, of in told.items()}
    reels = {f"{title}_reels": of["Reels"] for title, of in told.items()}
    assert sums | reels == control["totals"]
    assert len(read.statements) == control["rows"]
    assert {(s.values["first_day"], s.values["last_day"]) for s in read.statements} == {(SINCE, MADE.date())}
    assert read.problems == []
    views = read_real(real_exports, "results_2025-11_en_facebook-views_semicolon.csv")
    assert total(views.statements, "views") == sums["views_sum"]
