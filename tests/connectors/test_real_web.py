"""What YouTube, Search Console and Analytics really exported gives the totals that two others computed."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from reading_help import Read, read_file

from connectors.cells import normalise
from connectors.ga4_report import CONNECTOR
from connectors.reading import examine
from connectors.search_filters import filters
from connectors.sheet import open_book
from data.model import Answers, Statement, UserError

ASKED = Answers(as_of=datetime(2026, 7, 1), since=date(2020, 1, 1))
SEARCH = "google_search_console/performance_2024-11_2025-02_fr_{}.csv"
SNAPSHOTS = {"ga4/reports_snapshot_2026-05_fr.csv", "ga4/reports_snapshot_2025-12_en.csv"}


def control(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def read_real(folder: Path, path: str, account: str | None = None) -> Read:
    answers = Answers(account=account, as_of=ASKED.as_of, since=ASKED.since) if account else ASKED
    read = read_file(path.rsplit("/", 1)[-1], (folder / path).read_bytes(), answers)
    # Words that were taken out of a file made rows of it alike.
    others = [problem for problem in read.problems if not problem.expected.text.startswith("rows that differ")]
    assert not others, others[:3]
    return read


def total(statements: Iterable[Statement], key: str) -> float:
    """The sum of a column, or of a number that stays under the network's own name."""
    return sum(s.values.get(key, s.others.get(key)) or 0 for s in statements)


def rows_of(folder: Path, path: str) -> list[list[str]]:
    """The rows of a file by the standard reader alone."""
    with (folder / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# YouTube


def test_youtube_videos_add_up(real_exports: Path) -> None:
    path = "youtube/content_2025_2026_en_table.csv"
    known, rows = control(real_exports, path), rows_of(real_exports, path)
    read = read_real(real_exports, path, "youtube:x")
    sums = known["totals"]
    assert len(read.statements) == known["rows"]
    assert total(read.statements, "views") == sums["sum_of_rows_views"] == sum(int(r[4]) for r in rows[2:])
    assert total(read.statements, "impressions") == sums["sum_of_rows_impressions"]
    assert total(read.statements, "Subscribers") == sums["sum_of_rows_subscribers"]
    hours = total(read.statements, "watch_seconds") / 3600
    assert hours == pytest.approx(sums["sum_of_rows_watch_time_hours"], rel=1e-6)
    days = read.column("day")
    assert min(days).isoformat() == sums["first_publish_day"]
    assert max(days).isoformat() == sums["last_publish_day"]
    assert None not in days
    declared = dict(zip(rows[0], rows[1], strict=True))
    assert declared["Content"] == "Total"
    assert int(declared["Views"]) == sums["declared_total_views"]
    assert float(declared["Watch time (hours)"]) == sums["declared_total_watch_time_hours"]
    assert int(declared["Subscribers"]) == sums["declared_total_subscribers"]
    assert int(declared["Impressions"]) == sums["declared_total_impressions"]
    assert sum(s.values["post_id"].startswith("-") for s in read.statements) == 5


def test_youtube_charts_say_every_day_of_every_row_in_seconds(real_exports: Path) -> None:
    for path in ("youtube/content_2025_2026_en_chart.csv", "youtube/geography_2021_en_chart.csv"):
        known, start = control(real_exports, path), time.process_time()
        read = read_real(real_exports, path, "youtube:x")
        assert time.process_time() - start < 8
        assert len(read.statements) == known["rows"]
        assert total(read.statements, "views") == known["totals"]["views"]
        assert len(set(read.column("member"))) == known["totals"]["distinct_first_dimension"]
        days = read.column("first_day")
        assert days == read.column("last_day")
        assert len(set(days)) == known["totals"]["distinct_days"]
        assert (min(days).isoformat(), max(days).isoformat()) == (known["first_day"], known["last_day"])
        assert read.column("views").count(0) == known["totals"]["zero_rows"]
        assert read.examined.export.as_of == ASKED.as_of


def test_youtube_countries_add_up_to_their_chart_and_days_to_the_declared_total(real_exports: Path) -> None:
    table, totals = "youtube/geography_2021_en_table.csv", "youtube/geography_2021_en_totals.csv"
    known = control(real_exports, table)["totals"]
    countries = read_real(real_exports, table, "youtube:x").statements
    assert len(countries) == control(real_exports, table)["rows"]
    assert total(countries, "views") == known["sum_of_rows_views"]
    hours = total(countries, "watch_seconds") / 3600
    assert hours == pytest.approx(known["sum_of_rows_watch_time_hours"], rel=1e-6)
    declared = rows_of(real_exports, table)[1]
    assert float(declared[3]) == known["declared_total_watch_time_hours"]
    days = read_real(real_exports, totals, "youtube:x")
    views = days.column("views")
    sums = control(real_exports, totals)["totals"]
    assert sum(views) == sums["views"] == known["declared_total_views"] == int(declared[1])
    assert max(views) == sums["maximum"]
    assert days.column("day")[views.index(max(views))].isoformat() == sums["maximum_day"]
    assert views.count(0) == sums["zero_days"]


def test_a_youtube_zip_takes_its_period_from_its_days(real_exports: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in (
            ("Table data.csv", "table"),
            ("Chart data.csv", "chart"),
            ("Totals.csv", "totals"),
        ):
            archive.write(real_exports / f"youtube/geography_2021_en_{part}.csv", name)
    read = read_file("Geography 2020-12-31_2021-12-30 x.zip", packed.getvalue())
    assert not read.examined.questions
    period = {
        (s.values["first_day"], s.values["last_day"]) for s in read.statements if s.origin.sheet == "Table data.csv"
    }
    assert period == {(date(2020, 12, 31), date(2021, 12, 30))}


# Search Console


@pytest.mark.parametrize("part", ["dates", "queries", "pages", "countries", "devices", "search-appearance"])
def test_search_console_tables_add_up(real_exports: Path, part: str) -> None:
    path = SEARCH.format(part)
    known, rows = control(real_exports, path), rows_of(real_exports, path)[1:]
    read = read_real(real_exports, path, "search_console:x")
    assert len(read.statements) == known["rows"] == len(rows)
    clicks, impressions = (total(read.statements, key) for key in ("clicks", "impressions"))
    assert clicks == known["totals"]["clicks"] == sum(int(row[1]) for row in rows)
    assert impressions == known["totals"]["impressions"] == sum(int(row[2]) for row in rows)
    weighed = sum(s.values["position"] * s.values["impressions"] for s in read.statements)
    assert weighed / impressions == pytest.approx(known["totals"]["position_weighted_by_impressions"], abs=5e-5)
    if part == "dates":
        days = read.column("first_day")
        assert days[0].isoformat() == known["totals"]["first_row_day"]
        assert (min(days).isoformat(), max(days).isoformat()) == (known["first_day"], known["last_day"])


def test_search_console_filters_hold_no_figures_and_are_read(real_exports: Path) -> None:
    path = SEARCH.format("filters")
    known = control(real_exports, path)
    content = (real_exports / path).read_bytes()
    with pytest.raises(UserError, match="no figures"):
        examine("Filtres.csv", content)
    stated = {
        normalise(k).replace(" ", "_"): normalise(v) for k, v in filters(open_book("Filtres.csv", content)).items()
    }
    assert len(stated) == known["rows"]
    assert stated == {key: normalise(value) for key, value in known["totals"].items()}


def test_a_search_console_zip_is_read_whole_without_a_question(real_exports: Path) -> None:
    packed = io.BytesIO()
    parts = ("dates", "queries", "pages", "countries", "devices", "search-appearance", "filters")
    with zipfile.ZipFile(packed, "w") as archive:
        for part in parts:
            archive.write(real_exports / SEARCH.format(part), f"{part}.csv")
    read = read_file("download.zip", packed.getvalue())
    assert not read.examined.questions
    assert not read.problems
    period = {(s.values["first_day"], s.values["last_day"]) for s in read.statements if s.values["slice"] != "site"}
    assert period == {(date(2024, 11, 6), date(2025, 2, 5))}
    assert not any(mark in page for page in read.column("page") if page for mark in ("\n", "dclid", "cid="))


# Google Analytics


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (
            "ga4/pages_and_screens_2026-02_en_crlf.csv",
            {"views": "views", "event_count": "events", "key_events": "key_events",
             "total_revenue": "revenue", "active_users_column_sum": "users"},
        ),
        (
            "ga4/exploration_daily_2025_en_excerpt.csv",
            {f"rows_{key}": key.replace("active_", "")
             for key in ("active_users", "sessions", "total_users", "new_users")},
        ),
    ],
)  # fmt: skip
def test_analytics_reports_add_up(real_exports: Path, path: str, names: dict[str, str]) -> None:
    known = control(real_exports, path)
    read = read_real(real_exports, path)
    assert len(read.statements) == known["rows"]
    found = {name: total(read.statements, key) for name, key in names.items()}
    assert found == {name: pytest.approx(known["totals"][name]) for name in names}
    days = [*read.column("first_day"), *read.column("last_day")]
    assert (min(days).isoformat(), max(days).isoformat()) == (known["first_day"], known["last_day"])


def test_an_analytics_exploration_gives_back_its_sums(real_exports: Path) -> None:
    path = "ga4/exploration_daily_2025_en_excerpt.csv"
    read, rows = read_real(real_exports, path), rows_of(real_exports, path)
    header, grand_total, *body = rows[6:]
    known = control(real_exports, path)["totals"]
    assert grand_total[-1] == "Grand total"
    declared = dict(zip(header, grand_total, strict=False))
    for name in ("Active users", "Sessions", "Total users", "New users"):
        assert int(declared[name]) == known["grand_total_" + name.lower().replace(" ", "_")]
    period = known["declared_period"].replace("-", "").replace("/", "-")
    assert rows[3] == [f"# {period}"]
    for statement, row in zip(read.statements, body, strict=True):
        values = statement.values
        assert values["engaged_sessions"] / values["users"] == pytest.approx(float(row[2]))
        assert values["engagement_seconds"] / values["sessions"] == pytest.approx(float(row[3]))
        assert values["key_event_sessions"] / values["sessions"] == pytest.approx(float(row[8]))


def snapshot_totals(folder: Path, path: str) -> dict[str, float]:
    """What each column of each table of an overview adds up to in the statements it gives."""
    sums: dict[str, float] = {}
    tables = examine(path, (folder / path).read_bytes()).tables
    read = read_real(folder, path)
    for table in tables:
        first, last = table.header_row, table.last_row or 0
        rows = [s for s in read.statements if first < s.origin.row <= last]
        names = {places[0]: key for key, places in table.positions.items()}
        label = "_".join(normalise(table.headers[0]).translate(str.maketrans("/'().", "     ")).split())
        dimensioned = table.headers[0] not in ("Active users", "Utilisateurs actifs")
        for place, header in enumerate(table.headers):
            column = "_".join(normalise(header).translate(str.maketrans("/'().", "     ")).split())
            if rows and (place or not dimensioned):
                sums[f"{label if dimensioned else 'overview'}__{column}_sum"] = total(rows, names.get(place, header))
    return sums


@pytest.mark.parametrize("path", sorted(SNAPSHOTS))
def test_every_column_of_an_analytics_overview_adds_up(real_exports: Path, path: str) -> None:
    known = control(real_exports, path)
    found = snapshot_totals(real_exports, path)
    expected = {key: value for key, value in known["totals"].items() if key.endswith("_sum")}
    assert {key: found.get(key) for key in expected} == {k: pytest.approx(v) for k, v in expected.items()}
    read = read_real(real_exports, path)
    assert len(read.statements) == known["rows"]
    tables = read.examined.tables
    assert len(tables) == known["totals"]["tables"]
    assert sum(next(table.rows(), None) is None for table in tables) == known["totals"]["empty_tables"]


@pytest.mark.parametrize(
    "path",
    ["ga4/bigquery_daily_funnel_2020-11_2021-01.csv",
     "ga4/reference_source_categories.csv", "ga4/data_api_batch_report_2024.json"],
)  # fmt: skip
def test_what_is_no_report_of_analytics_is_left_to_others(real_exports: Path, path: str) -> None:
    assert not CONNECTOR.found_in(open_book(path, (real_exports / path).read_bytes()))
