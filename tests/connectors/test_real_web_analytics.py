"""What Universal Analytics, Plausible and explorations really exported gives the totals that two others computed.

A second reader, plain `csv`, finds in the cells of each file what is said of their rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from reading_help import Read, read_file
from second_reading import same_cells

from connectors.reading import all_connectors, examine
from connectors.sheet import open_book
from data.model import Answers, Check, Statement, UserError

ASKED = Answers(as_of=datetime(2026, 7, 1), since=date(2020, 1, 1))
UNIVERSAL = "universal_analytics/{}_2015_2023_en.csv"
PLAUSIBLE = "plausible/{}_en.csv"


def control(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def read_real(folder: Path, path: str, account: str | None = None) -> Read:
    read = read_file(
        path.rsplit("/", 1)[-1], (folder / path).read_bytes(), Answers(account, ASKED.as_of, None, ASKED.since)
    )
    # Words that were taken out of a file made rows of it alike.
    others = [problem for problem in read.problems if not problem.expected.text.startswith("rows that differ")]
    assert not others, others[:3]
    return read


def checks(folder: Path, path: str, account: str | None = None) -> list[Check]:
    examined = examine(path, (folder / path).read_bytes(), Answers(account))
    return [item for item in examined.statements("Europe/Paris") if isinstance(item, Check)]


def grid_of(folder: Path, path: str) -> list[list[str]]:
    with (folder / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def total(statements: Iterable[Statement], key: str) -> float:
    return sum(s.values.get(key, s.others.get(key)) or 0 for s in statements)


def count(cell: str) -> int:
    return int(cell.replace(",", ""))


def part(read: Read, daily: bool) -> list[Statement]:
    return [s for s in read.statements if (s.values["first_day"] == s.values["last_day"]) == daily]


# Universal Analytics


@pytest.mark.parametrize(
    ("report", "slice_", "measures", "daily"),
    [
        ("landing_pages", "landing",
         {"sessions": "sessions", "new_users": "new_users", "goal_completions": "key_events"},
         ("sessions", "sessions")),
        ("content_drilldown", "Page path level 1", {"pageviews": "views", "unique_pageviews": "Unique Pageviews"},
         ("pageviews", "views")),
        ("pages", "page", {"pageviews": "views", "unique_pageviews": "Unique Pageviews", "entrances": "Entrances"},
         ("pageviews", "views")),
        ("exit_pages", "exit", {"pageviews": "views", "exits": "Exits"}, ("exits", "Exits")),
    ],
)  # fmt: skip
def test_universal_analytics_reports_add_up(
    real_exports: Path, report: str, slice_: str, measures: dict[str, str], daily: tuple[str, str]
) -> None:
    path = UNIVERSAL.format(report)
    known, read = control(real_exports, path), read_real(real_exports, path, "universal_analytics:x")
    sums = known["totals"]
    table, days = part(read, False), part(read, True)
    assert len(read.statements) == known["rows"]
    assert (len(table), len(days)) == (sums["table_rows"], sums["days_rows"])
    assert {s.values["slice"] for s in table} == {slice_}
    assert {s.values["slice"] for s in days} == {"site"}
    period = {(s.values["first_day"].isoformat(), s.values["last_day"].isoformat()) for s in table}
    assert period == {(known["first_day"], known["last_day"])}
    for name, key in measures.items():
        assert total(table, key) == sums[f"table_{name}_sum"]
    name, key = daily
    by_day = {s.values["first_day"].isoformat(): s.values.get(key, s.others.get(key)) for s in days}
    assert (min(by_day), max(by_day)) == (known["first_day"], known["last_day"])
    assert sum(by_day.values()) == sums[f"days_{name}_sum"]
    visited = [day for day, number in by_day.items() if number]
    assert len(visited) == sums["days_nonzero"]
    assert (min(visited), max(visited)) == (sums["days_first_nonzero"], sums["days_last_nonzero"])
    assert max(by_day, key=lambda day: by_day[day]) == sums["days_max_day"]
    assert by_day[sums["days_max_day"]] == sums["days_max"]


@pytest.mark.parametrize(
    ("report", "declared"),
    [
        ("landing_pages", ["table_new_users", "table_sessions", "table_goal_completions", "days_sessions"]),
        ("content_drilldown", ["table_pageviews", "table_unique_pageviews", "days_pageviews"]),
        ("pages", ["table_pageviews", "table_unique_pageviews", "table_entrances", "days_pageviews"]),
        ("exit_pages", ["table_pageviews", "table_exits", "days_exits"]),
    ],
)
def test_the_totals_that_universal_analytics_declares_are_those_of_its_rows(
    real_exports: Path, report: str, declared: list[str]
) -> None:
    path = UNIVERSAL.format(report)
    sums, found = control(real_exports, path)["totals"], checks(real_exports, path, "universal_analytics:x")
    assert [check.declared for check in found] == [sums[f"{name}_declared"] for name in declared]
    assert all(check.agrees for check in found)


def test_what_ends_and_what_begins_on_pages_is_the_same_number_of_sessions(real_exports: Path) -> None:
    landings, exits, pages, drilldown = (
        part(read_real(real_exports, UNIVERSAL.format(report), "universal_analytics:x"), False)
        for report in ("landing_pages", "exit_pages", "pages", "content_drilldown")
    )
    assert total(landings, "sessions") == total(exits, "Exits") == total(pages, "Entrances")
    assert total(pages, "views") == total(drilldown, "views") == total(exits, "views")


def test_no_page_of_universal_analytics_takes_the_place_of_another(real_exports: Path) -> None:
    for report in ("landing_pages", "pages", "exit_pages"):
        rows = part(read_real(real_exports, UNIVERSAL.format(report), "universal_analytics:x"), False)
        told = {(s.values.get("landing_page", s.values.get("page")), s.values["member"]) for s in rows}
        assert len(told) == len(rows)
        assert not any("?" in page and "utm_" not in page for page, _ in told)


def test_daily_users_are_told_by_day_and_their_sum_is_not(real_exports: Path) -> None:
    path = "universal_analytics/audience_overview_users_2019-01_en.csv"
    known, read = control(real_exports, path), read_real(real_exports, path)
    sums, users = known["totals"], read.column("users")
    assert len(users) == known["rows"] == sums["days_rows"]
    assert sum(users) == sums["days_users_sum"] == count(grid_of(real_exports, path)[-1][1])
    assert max(users) == sums["days_max"]
    assert read.column("first_day")[users.index(max(users))].isoformat() == sums["days_max_day"]
    assert read.column("slice") == ["site"] * 31
    assert checks(real_exports, path) == []
    assert read.examined.export.accounts[0].key == "universal_analytics:1-master-view"


@pytest.mark.parametrize(
    ("report", "columns"),
    [
        ("landing_pages", {"Sessions": "sessions", "New Users": "new_users", "Goal Completions": "key_events"}),
        ("content_drilldown", {"Pageviews": "views", "Unique Pageviews": "Unique Pageviews"}),
        ("pages", {"Pageviews": "views", "Unique Pageviews": "Unique Pageviews", "Entrances": "Entrances"}),
        ("exit_pages", {"Pageviews": "views", "Exits": "Exits"}),
    ],
)
def test_cells_of_universal_analytics_are_what_is_said_of_their_rows(
    real_exports: Path, report: str, columns: dict[str, str]
) -> None:
    path = UNIVERSAL.format(report)
    read, grid = read_real(real_exports, path, "universal_analytics:x"), grid_of(real_exports, path)
    same_cells(part(read, False), grid, 7, {header: (key, count) for header, key in columns.items()})
    index = next(row for row, cells in enumerate(grid, start=1) if cells[:1] == ["Day Index"])
    measure = columns.get(grid[index - 1][1], "Exits")
    days = part(read, True)
    same_cells(days, grid, index, {grid[index - 1][1]: (measure, count)})
    for statement in days[:: len(days) // 20]:
        month, day, year = map(int, grid[statement.origin.row - 1][0].split("/"))
        assert statement.values["first_day"] == date(2000 + year, month, day)


# Plausible


@pytest.mark.parametrize(
    ("name", "slice_", "measures"),
    [
        ("imported_visitors_2023-02", "site",
         {"visitors": "users", "pageviews": "views", "bounces": "bounces", "visits": "sessions",
          "visit_duration": "visit_duration"}),
        ("imported_sources_2023-02", "source",
         {"visitors": "users", "pageviews": "views", "bounces": "bounces", "visits": "sessions",
          "visit_duration": "visit_duration"}),
        ("imported_pages_2023-02", "page", {"visits": "sessions", "visitors": "users", "pageviews": "views"}),
        ("imported_entry_pages_2023-02", "landing",
         {"visitors": "users", "entrances": "sessions", "visit_duration": "visit_duration", "bounces": "bounces",
          "pageviews": "views"}),
        ("imported_locations_2023-02", "geo",
         {"visitors": "users", "visits": "sessions", "visit_duration": "visit_duration", "bounces": "bounces",
          "pageviews": "views"}),
        ("imported_devices_2023-02", "device",
         {"visitors": "users", "visits": "sessions", "visit_duration": "visit_duration", "bounces": "bounces",
          "pageviews": "views"}),
        ("dashboard_visitors_30d", "site", {"visitors": "users", "pageviews": "views", "visits": "sessions"}),
        ("dashboard_sources_30d", "source", {"visitors": "users"}),
        ("dashboard_pages_30d", "page", {"visitors": "users", "pageviews": "views"}),
    ],
)  # fmt: skip
def test_plausible_files_add_up(real_exports: Path, name: str, slice_: str, measures: dict[str, str]) -> None:
    path = PLAUSIBLE.format(name)
    known, read = control(real_exports, path), read_real(real_exports, path, "plausible:x")
    assert len(read.statements) == known["rows"]
    assert {s.values["slice"] for s in read.statements} == {slice_}
    assert {header: total(read.statements, key) for header, key in measures.items()} == {
        header: known["totals"][header] for header in measures
    }
    days = [*read.column("first_day"), *read.column("last_day")]
    if known["first_day"]:
        assert (min(days).isoformat(), max(days).isoformat()) == (known["first_day"], known["last_day"])
    else:
        assert {question.about for question in examine(path, (real_exports / path).read_bytes()).questions} == {
            "account", "as_of", "since",
        }  # fmt: skip
    columns = {header: (key, int) for header, key in measures.items()}
    same_cells(read.statements, grid_of(real_exports, path), 1, columns)


# Google Analytics 4


def test_cells_of_an_exploration_are_what_is_said_of_their_rows(real_exports: Path) -> None:
    path = "ga4/exploration_daily_2025_en_excerpt.csv"
    read, grid = read_real(real_exports, path), grid_of(real_exports, path)
    columns = {"Active users": "users", "Sessions": "sessions", "Returning users": "returning_users",
               "Total users": "total_users", "New users": "new_users"}  # fmt: skip
    same_cells(read.statements, grid, 7, {header: (key, int) for header, key in columns.items()})
    for statement in read.statements:
        assert statement.values["first_day"] == datetime.strptime(grid[statement.origin.row - 1][0], "%Y%m%d").date()


def test_the_totals_of_an_exploration_are_compared_but_for_people(real_exports: Path) -> None:
    path = "ga4/exploration_daily_2025_en_excerpt.csv"
    known = control(real_exports, path)["totals"]
    found = {check.what: (check.declared, check.read) for check in checks(real_exports, path)}
    assert found == {
        "New users": (known["grand_total_new_users"], known["rows_new_users"]),
        "Sessions": (known["grand_total_sessions"], known["rows_sessions"]),
    }


def test_cells_of_a_report_are_what_is_said_of_their_rows(real_exports: Path) -> None:
    path = "ga4/pages_and_screens_2026-02_en_crlf.csv"
    columns = {"Views": ("views", int), "Active users": ("users", int), "Event count": ("events", int),
               "Key events": ("key_events", float), "Total revenue": ("revenue", float)}  # fmt: skip
    same_cells(read_real(real_exports, path).statements, grid_of(real_exports, path), 10, columns)


@pytest.mark.parametrize("path", ["ga4/reports_snapshot_2025-12_en.csv", "ga4/reports_snapshot_2026-05_fr.csv"])
def test_every_cell_of_an_overview_is_said_where_it_stands(real_exports: Path, path: str) -> None:
    read, grid = read_real(real_exports, path), grid_of(real_exports, path)
    assert not checks(real_exports, path)
    seen = 0
    for statement in read.statements:
        cells = grid[statement.origin.row - 1]
        numbers = [number for cell in cells[1:] if (number := _number(cell)) is not None and number != -1]
        said = [v for v in (*statement.values.values(), *statement.others.values()) if isinstance(v, (int, float))]
        assert all(any(number == pytest.approx(value) for value in said) for number in numbers), statement
        seen += len(numbers)
    assert seen > 40


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def test_single_events_of_bigquery_are_refused_in_plain_words(real_exports: Path) -> None:
    content = (real_exports / "ga4/bigquery_events_2021-01_en.csv").read_bytes()
    with pytest.raises(UserError, match="list of single events from BigQuery"):
        examine("bq-results.csv", content)


@pytest.mark.parametrize(
    "path",
    ["ga4/bigquery_daily_funnel_2020-11_2021-01.csv", "ga4/data_api_batch_report_2024.json",
     "ga4/reference_source_categories.csv", "semrush/keywords_en.xlsx"],
)  # fmt: skip
def test_what_no_analytics_saves_from_its_pages_is_left_to_its_user(real_exports: Path, path: str) -> None:
    with pytest.raises(UserError, match="in no format that Vigie knows"):
        examine(path.rsplit("/", 1)[-1], (real_exports / path).read_bytes())


# Search Console


@pytest.mark.parametrize("part_", ["dates", "queries", "pages", "countries", "devices", "search-appearance"])
def test_cells_of_search_console_are_what_is_said_of_their_rows(real_exports: Path, part_: str) -> None:
    path = f"google_search_console/performance_2024-11_2025-02_fr_{part_}.csv"
    read = read_real(real_exports, path, "search_console:x")
    columns = {"Clics": ("clicks", int), "Impressions": ("impressions", int), "Position": ("position", float)}
    same_cells(read.statements, grid_of(real_exports, path), 1, columns)


def test_no_page_of_search_console_takes_the_place_of_another(real_exports: Path) -> None:
    read = read_real(real_exports, "google_search_console/performance_2024-11_2025-02_fr_pages.csv", "search_console:x")
    assert len(set(read.column("page"))) == len(read.statements) == 1000


# All of them


@pytest.mark.parametrize("folder", ["google_search_console", "ga4", "universal_analytics", "plausible"])
def test_a_real_file_is_claimed_by_one_format_at_most(real_exports: Path, folder: str) -> None:
    for path in sorted((real_exports / folder).iterdir()):
        book, claims = open_book(path.name, path.read_bytes()), []
        for connector in all_connectors():
            try:
                claims += [connector.key] if connector.found_in(book) else []
            except UserError:
                claims += [connector.key]
        assert len(claims) <= 1, f"{path.name}: {claims}"
