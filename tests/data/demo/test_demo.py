"""The demo's exports: the same bytes every time, in the networks' own formats, telling one coherent story."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

import pytest
from python_calamine import CalamineWorkbook

from data.demo import DemoExport, generate, noted
from data.demo.story import booking_opens, closed, easter, public_holiday, tell

TODAY = date(2026, 11, 20)
LAST = date(2026, 11, 15)


@pytest.fixture(scope="module")
def exports() -> list[DemoExport]:
    return list(generate(TODAY))


def named(exports: list[DemoExport], pattern: str) -> list[DemoExport]:
    found = [export for export in exports if re.search(pattern, export.name)]
    assert found, pattern
    return found


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def members(export: DemoExport) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
        return {name: rows(archive.read(name).decode()) for name in archive.namelist()}


def exploration(exports: list[DemoExport], *dimensions: str) -> dict[tuple[str, ...], list[float]]:
    """The rows of every export of an exploration, the later exports winning."""
    width = len(dimensions)
    found = {}
    for export in named(exports, r"^download"):
        header, _, *body = rows(export.content.decode().split("\n\n", 1)[1])
        if header[:width] == list(dimensions) and header[width] in ("Active users", "Sessions", "Views"):
            found |= {tuple(row[:width]): [float(cell) for cell in row[width:]] for row in body}
    assert found
    return found


def by_day(exports: list[DemoExport], metric: int) -> dict[date, float]:
    return {
        date(int(day[:4]), int(day[4:6]), int(day[6:])): figures[metric]
        for (day,), figures in exploration(exports, "Date").items()
    }


def card(export: DemoExport) -> tuple[str, dict[str, int]]:
    _, title, _, *body = rows(export.content.decode("utf-16"))
    return title[0], {row[0][:10]: int(row[1]) for row in body if row}


def test_the_same_day_and_seed_give_the_same_bytes(exports: list[DemoExport]) -> None:
    assert list(generate(TODAY)) == exports


def test_another_seed_gives_other_figures(exports: list[DemoExport]) -> None:
    first = next(iter(generate(TODAY, seed=8)))
    assert first.name == exports[0].name
    assert first.content != exports[0].content


def test_every_export_has_a_name_of_its_own(exports: list[DemoExport]) -> None:
    names = [export.name for export in exports]
    assert len(set(names)) == len(names)
    assert {"account_overview_analytics.csv", "Views.csv", "Views (1).csv", "download.csv"} <= set(names)
    assert named(exports, r"^account_analytics_content_2026-10-19_2026-11-15\.csv$")
    assert named(exports, r"^[A-Z][a-z]{2}-\d\d-2026_Nov-15-2026_\d+\.csv$")
    assert named(exports, r"^labruissiere_(content|followers|visitors)_1\d{12}\.xlsx$")
    assert named(exports, r"^https___www\.labruissiere\.example_-Performance-on-Search-2026-11-18\.zip$")


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 22), date(2027, 1, 1), date(2028, 8, 20)])
def test_the_two_years_end_on_the_last_sunday_whatever_the_day(today: date) -> None:
    story = tell(today, 7)
    assert story.last.weekday() == 6 and 1 <= (today - story.last).days <= 7
    assert story.first.weekday() == 0 and len(story.days) == 728
    of_x = list(takewhile(lambda export: export.name.startswith("account_"), generate(today)))
    export = of_x[-1]
    assert export.content.decode().splitlines()[1].startswith(f'"Sun, {story.last:%b} {story.last.day}, ')
    assert export.answers.as_of and export.answers.as_of.date() <= today


def test_each_network_writes_in_its_own_encoding(exports: list[DemoExport]) -> None:
    for export in named(exports, r"^(Follows|Views|Viewers|Visits|Reach|Link clicks|Interactions)"):
        assert export.content.startswith("\ufeffsep=,\n".encode("utf-16-le"))
        assert export.content.endswith('"\n\n'.encode("utf-16-le"))
    for export in named(exports, r"^[A-Z][a-z]{2}-\d\d-\d{4}_"):
        assert export.content.startswith(b"\xef\xbb\xbf") and b"\r" not in export.content
    for export in named(exports, r"^account_analytics"):
        lines = export.content.decode().split("\r\n")
        assert lines[0].startswith("Post id,Date,Post text,Link,") and lines[-1] == ""
    for export in named(exports, r"^account_overview"):
        assert b"\r" not in export.content and not export.content.endswith(b"\n")
    for export in named(exports, r"^download"):
        assert export.content.startswith(b"# " + b"-" * 40 + b"\n") and not export.content.endswith(b"\n")


def test_files_that_do_not_say_whose_they_are_come_with_the_answer(exports: list[DemoExport]) -> None:
    assert {e.answers.account for e in named(exports, r"^account_overview")} == {"x:labruissiere"}
    pages = {row[1] for e in named(exports, r"^May-19-2025_") for row in rows(e.content.decode("utf-8-sig"))[1:]}
    networks = Counter(str(export.answers.account).split(":")[0] for export in named(exports, r"^Views"))
    assert networks["facebook"] == networks["instagram"] == 6
    facebook = {e.answers.account for e in named(exports, r"^Viewers")}
    assert {account.removeprefix("facebook:") for account in facebook if account} < pages
    assert all(not export.answers.account for export in named(exports, r"zip$|xlsx$|^account_analytics|^download"))


def test_the_ids_of_posts_hold_the_moment_of_publication(exports: list[DemoExport]) -> None:
    _, *posts = rows(named(exports, r"^account_analytics_content_2024")[0].content.decode())
    for post in posts:
        moment = datetime.fromtimestamp(((int(post[0]) >> 22) + 1288834974657) / 1000, UTC)
        printed = datetime.strptime(post[1], "%a %b %d %Y").date()
        assert abs((moment.date() - printed).days) <= 1
    assert len({post[0] for post in posts}) == len(posts)


def test_facebook_posts_have_french_headers_and_american_dates(exports: list[DemoExport]) -> None:
    files = [rows(e.content.decode("utf-8-sig")) for e in named(exports, r"^May-19-2025_Nov-16-2025_")]
    header, *posts = next(file for file in files if file[0][0] == "Identifiant de la publication")
    assert all(len(post) == len(header) for post in posts)
    for post in posts:
        assert datetime.strptime(post[header.index("Heure de publication")], "%m/%d/%Y %H:%M")
        count = dict(zip(header, post, strict=True))
        parts = [int(count[name]) for name in ("Réactions", "Commentaires", "Partages")]
        assert int(count["Réactions, commentaires et partages"]) == sum(parts)
        assert int(count["Couverture"]) <= int(count["Vues"])


def test_texts_hold_commas_quotes_and_line_breaks(exports: list[DemoExport]) -> None:
    files = [e.content.decode("utf-8-sig") for e in named(exports, r"^May-19-2025_Nov-16-2025_")]
    texts = [post[4] for file in files for post in rows(file)[1:]]
    assert all(any(mark in text for text in texts) for mark in (",", '"', "\n", "✨"))


def test_a_post_grows_from_one_export_to_the_next(exports: list[DemoExport]) -> None:
    seen: dict[str, int] = {}
    grown = 0
    for export in named(exports, r"^account_analytics"):
        for post in rows(export.content.decode())[1:]:
            views = int(post[4])
            assert views >= seen.get(post[0], 0)
            grown += post[0] in seen and views > seen[post[0]]
            seen[post[0]] = views
    assert grown > 3


def test_a_later_export_restates_the_last_days_upwards(exports: list[DemoExport]) -> None:
    before, after = (card(export) for export in named(exports, r"^Views \((8|10)\)\.csv$"))
    assert before[0] == after[0] == "Views"
    day = max(before[1])
    assert day in after[1] and after[1][day] > before[1][day]
    assert all(after[1][other] >= count for other, count in before[1].items() if other in after[1])


def test_instagram_follows_leave_out_the_days_without_any(exports: list[DemoExport]) -> None:
    cards = [card(export) for export in named(exports, r"^Follows")]
    days: dict[str, dict[str, int]] = {"Facebook follows": {}, "Instagram follows": {}}
    for title, values in cards:
        days[title] |= values
    assert len(days["Facebook follows"]) == 728 and 0 in days["Facebook follows"].values()
    assert 650 < len(days["Instagram follows"]) < 728 and 0 not in days["Instagram follows"].values()


def test_linkedin_repeats_a_boosted_post_and_its_total_adds_up(exports: list[DemoExport]) -> None:
    posts: dict[str, dict[str, float]] = {}
    for export in named(exports, r"_content_.*xlsx$"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(export.content))
        assert book.sheet_names == ["Metrics", "All posts"]
        _, header, *body = book.get_sheet_by_name("All posts").to_python()
        for row in body:
            post = dict(zip(header, row, strict=True))
            posts.setdefault(str(post["Post link"]), {})[str(post["Post type"])] = float(str(post["Impressions"]))
    boosted = [kinds for kinds in posts.values() if len(kinds) == 3]
    assert len(boosted) == 3
    assert all(kinds["Organic"] + kinds["Sponsored"] == kinds["Total"] for kinds in boosted)


def test_youtube_totals_are_those_of_its_table(exports: list[DemoExport]) -> None:
    for export in named(exports, r"^Content .*zip$"):
        files = members(export)
        _, total, *videos = files["Table data.csv"]
        views = sum(int(row[1]) for row in files["Totals.csv"][1:])
        assert total[0] == "Total" and int(total[4]) == views == sum(int(video[4]) for video in videos)
        assert all(re.fullmatch(r"[\w-]{11}| -[\w-]{10}", video[0]) for video in videos)
    assert any(video[0].startswith(" -") for video in videos)


def test_search_console_hides_the_queries_of_half_of_the_clicks(exports: list[DemoExport]) -> None:
    for export in named(exports, r"Performance-on-Search"):
        files = members(export)
        clicks = {name: sum(int(row[1]) for row in file[1:]) for name, file in files.items() if "Filtre" not in name}
        assert clicks["Graphique.csv"] == clicks["Pays.csv"] == clicks["Appareils.csv"]
        assert 0.4 < clicks["Requêtes.csv"] / clicks["Graphique.csv"] < 0.55
        assert clicks["Pages.csv"] < clicks["Graphique.csv"]
    assert files["Filtres.csv"][-1] == ["Date", "Les 3\N{NO-BREAK SPACE}derniers mois"]


def test_sessions_have_the_shape_of_a_week(exports: list[DemoExport]) -> None:
    sessions = by_day(exports, 2)
    assert set(sessions) == {LAST - timedelta(n) for n in range(728)}
    means = [sum(v for day, v in sessions.items() if day.weekday() == n) / 104 for n in range(7)]
    assert min(means) == means[0]  # the house is closed on Mondays
    assert min(means[3], means[5]) > 1.3 * means[0]  # Thursday's letter, Saturday's visitors


def test_users_of_a_week_are_fewer_than_those_of_its_days(exports: list[DemoExport]) -> None:
    users, days = exploration(exports, "ISO week of ISO year"), by_day(exports, 0)
    assert len(users) == 104
    for (week,), figures in users.items():
        monday = date.fromisocalendar(int(week[:4]), int(week[4:]), 1)
        daily = [days[monday + timedelta(n)] for n in range(7)]
        assert max(daily) < figures[0] < sum(daily)


def test_channels_add_up_to_the_site(exports: list[DemoExport]) -> None:
    site, sums = by_day(exports, 2), Counter()
    for (day, _), figures in exploration(exports, "Date", "Session default channel group").items():
        sums[date(int(day[:4]), int(day[4:6]), int(day[6:]))] += int(figures[0])
    # The site and its channels were not exported at the same moments: the last days before each may differ.
    assert sum(sums[day] == site[day] for day in site) > 0.95 * len(site)
    assert all(abs(sums[day] - site[day]) < 0.05 * site[day] + 1 for day in site)


def test_during_the_outage_visits_are_lost_but_searches_and_sales_go_on(exports: list[DemoExport]) -> None:
    outage = tell(TODAY, 7).outage
    sessions, key_events = by_day(exports, 2), by_day(exports, 6)
    last = members(named(exports, r"Performance-on-Search")[-1])
    clicks = {row[0]: int(row[1]) for row in last["Graphique.csv"][1:]}
    for day in outage:
        assert sessions[day] == 0 and key_events[day] > 0 and clicks[day.isoformat()] > 100
        assert sessions[day - timedelta(7)] > 200


def test_the_press_day_stands_out(exports: list[DemoExport]) -> None:
    press, sessions = tell(TODAY, 7).press, by_day(exports, 2)
    assert sessions[press] > 1.5 * sessions[press - timedelta(7)]


def test_the_bad_buzz_brings_comments_and_unfollows(exports: list[DemoExport]) -> None:
    buzz, days = tell(TODAY, 7).buzz, {}
    for export in named(exports, r"^account_overview"):
        header, *body = rows(export.content.decode())
        days |= {datetime.strptime(row[0], "%a, %b %d, %Y").date(): dict(zip(header, row, strict=True)) for row in body}
    week = {buzz + timedelta(n) for n in range(5)}
    calm = [day for day in days if day not in week]
    for figure in ("Replies", "Unfollows"):
        usual = sum(int(days[day][figure]) for day in calm) / len(calm)
        assert int(days[buzz][figure]) > 8 * usual


def test_nothing_notable_is_told_while_the_house_is_shut() -> None:
    for week in range(52):
        story = tell(TODAY + timedelta(7 * week), 7)
        told = [moment.day for moment in story.moments] + [campaign.first for campaign in story.campaigns]
        assert not any(day.month == 8 and day.day <= 24 for day in told)


def test_what_is_noted_is_of_the_story_and_leaves_the_last_week_to_be_found() -> None:
    for week in range(52):
        story = tell(TODAY + timedelta(7 * week), 7)
        notes = noted(story.today)
        assert [one.category for one in sorted(notes, key=lambda one: one.category)] == [
            "crisis", "event", "other", "technical"
        ]  # fmt: skip
        days = {one.category: (one.first, one.last) for one in notes}
        assert days["technical"] == (story.outage[0], story.outage[-1]) and days["crisis"][0] == story.buzz
        assert all(map(closed, days["other"])) and days["event"][0] in booking_opens(days["event"][0].year)
        assert all(story.first <= first <= last <= story.last for first, last in days.values())
        assert not any(first <= story.press <= last for first, last in days.values())


def test_french_public_holidays_are_known() -> None:
    assert easter(2026) == date(2026, 4, 5) and easter(2027) == date(2027, 3, 28)
    assert all(map(public_holiday, (date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14), date(2026, 11, 11))))
    assert not public_holiday(date(2026, 11, 10))
