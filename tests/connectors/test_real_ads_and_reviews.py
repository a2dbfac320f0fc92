"""What Google Ads, Meta Ads and Google Play really exported gives the totals that other readers computed from it."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from reading_help import ZONE, Read, read_file
from second_reading import same_cells

from connectors.reading import all_connectors, examine
from connectors.sheet import open_book
from data.model import Answers, Check

GOOGLE = "google_ads/campaign_report_2025_en-GB.csv"
META = "meta_ads/ads_by_day_2026-03_pt-BR_excerpt.csv"
PLAY = "google_play/reviews_2018-03.csv"
WHOSE = {GOOGLE: "google_ads:agency", META: "meta_ads:agency", PLAY: None}


def known(folder: Path, path: str) -> dict[str, Any]:
    return json.loads((folder / "control_totals.json").read_text("utf-8"))[path]


def read_real(folder: Path, path: str) -> Read:
    return read_file(Path(path).name, (folder / path).read_bytes(), Answers(WHOSE[path]))


def grid_of(folder: Path, path: str) -> list[list[str]]:
    with (folder / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def plain(cell: str) -> float | None:
    """A number as Google Ads writes it in English."""
    return None if cell.strip() in ("", "--") else float(cell.replace(",", ""))


def or_zero(cell: str) -> float:
    return float(cell) if cell else 0


def moment(cell: str) -> datetime | None:
    return datetime.strptime(cell, "%Y-%m-%dT%H:%M:%SZ") if cell else None


@pytest.mark.parametrize("path", [GOOGLE, META, PLAY])
def test_a_real_file_is_claimed_by_its_connector_alone(real_exports: Path, path: str) -> None:
    book = open_book(Path(path).name, (real_exports / path).read_bytes())
    assert [c.key for c in all_connectors() if c.found_in(book)] == [path.partition("/")[0]]


def test_campaigns_of_google_give_the_control_totals(real_exports: Path) -> None:
    control, read = known(real_exports, GOOGLE), read_real(real_exports, GOOGLE)
    totals = control["totals"]
    assert len(read.statements) == control["rows"]
    assert set(read.column("first_day")) == {date.fromisoformat(control["first_day"])}
    assert set(read.column("last_day")) == {date.fromisoformat(control["last_day"])}
    assert set(read.column("currency")) == {"GBP"}
    for name, column in {"impr": "impressions", "clicks": "clicks", "cost": "cost", "conversions": "conversions",
                         "conv_value": "conversion_value"}.items():  # fmt: skip
        assert sum(read.column(column)) == totals[f"campaigns_{name}"]


def test_the_totals_of_google_are_compared_and_those_of_hidden_campaigns_are_told(real_exports: Path) -> None:
    totals, read = known(real_exports, GOOGLE)["totals"], read_real(real_exports, GOOGLE)
    (problem,) = read.problems
    assert (float(problem.found), problem.row, problem.column) == (totals["account_total_cost"], 10, "Cost")
    checks = [item for item in read.examined.statements(ZONE) if isinstance(item, Check)]
    assert [check.what for check in checks] == ["Cost", "Impr.", "Clicks", "Conversions", "Conv. value"]
    assert all(check.agrees and check.declared == 0 and check.origin.row == 9 for check in checks)


def test_cells_of_google_are_what_a_plain_reader_finds(real_exports: Path) -> None:
    columns = {
        "Campaign": ("campaign", str),
        "Currency code": ("currency", str),
        "Impr.": ("impressions", plain),
        "Clicks": ("clicks", plain),
        "Cost": ("cost", plain),
        "Conversions": ("conversions", plain),
        "Conv. value": ("conversion_value", plain),
        "Interactions": ("Interactions", plain),
    }
    same_cells(read_real(real_exports, GOOGLE).statements, grid_of(real_exports, GOOGLE), 3, columns)


def test_no_rate_and_no_setting_of_google_is_kept(real_exports: Path) -> None:
    read = read_real(real_exports, GOOGLE)
    assert {name for s in read.statements for name in s.others} == {"Interactions", "Original conv. value"}


def test_ads_of_meta_give_the_control_totals(real_exports: Path) -> None:
    control, read = known(real_exports, META), read_real(real_exports, META)
    totals = control["totals"]
    assert len(read.statements) == control["rows"]
    assert read.problems == []
    days = [day.isoformat() for day in read.column("first_day")]
    assert (min(days), max(days)) == (control["first_day"], control["last_day"])
    assert read.column("last_day") == read.column("first_day")
    assert sum(read.column("cost")) == pytest.approx(totals["spend_brl"], abs=1e-6)
    assert set(read.column("currency")) == {"BRL"}
    assert sum(read.column("impressions")) == totals["impressions"]
    assert sum(read.column("clicks")) == totals["link_clicks"]
    leads = [s.others["Leads"] for s in read.statements if "Leads" in s.others]
    assert (sum(leads), len(read.statements) - len(leads)) == (totals["leads"], totals["leads_blank"])
    assert sum(s.others.get("ThruPlays", 0) for s in read.statements) == totals["thruplays"]


def test_every_ad_of_meta_is_a_row_of_its_own(real_exports: Path) -> None:
    read = read_real(real_exports, META)
    assert len(set(zip(read.column("part"), read.column("first_day"), strict=True))) == len(read.statements)


def test_cells_of_meta_are_what_a_plain_reader_finds(real_exports: Path) -> None:
    def optional(cell: str) -> float | None:
        return float(cell) if cell else None

    columns = {
        "Início dos relatórios": ("first_day", date.fromisoformat),
        "Término dos relatórios": ("last_day", date.fromisoformat),
        "Nome da campanha": ("campaign", str),
        "Valor usado (BRL)": ("cost", or_zero),
        "Cliques no link": ("clicks", or_zero),
        "Impressões": ("impressions", or_zero),
        "Leads": ("Leads", optional),
        "ThruPlays": ("ThruPlays", optional),
        "Seguidores no Instagram": ("Seguidores no Instagram", optional),
    }
    same_cells(read_real(real_exports, META).statements, grid_of(real_exports, META), 1, columns)


def test_no_rate_of_meta_is_kept(real_exports: Path) -> None:
    others = {name for s in read_real(real_exports, META).statements for name in s.others}
    assert not [name for name in others if re.search(r"custo|cpm|cpc", name, re.IGNORECASE)]


def test_reviews_of_google_play_give_the_control_totals(real_exports: Path) -> None:
    control, read = known(real_exports, PLAY), read_real(real_exports, PLAY)
    totals = control["totals"]
    assert len(read.statements) == control["rows"]
    assert read.problems == []
    assert sum(read.column("rating")) == totals["star_sum"]
    assert sum(text is not None for text in read.column("text")) == totals["with_text"]
    assert sum(answered is not None for answered in read.column("answered_at")) == totals["with_reply"]
    assert sum(link is None for link in read.column("link")) == totals["blank_link"]
    days = [day.isoformat() for day in read.column("day")]
    assert (min(days), max(days)) == (control["first_day"], control["last_day"])


def test_cells_of_google_play_are_what_a_plain_reader_finds(real_exports: Path) -> None:
    def no_query(cell: str) -> str | None:
        return re.sub(r"\?[^#]*", "", cell) or None

    columns = {
        "Review Submit Millis Since Epoch": ("review_id", str),
        "Review Submit Date and Time": ("day", lambda cell: date.fromisoformat(cell[:10])),  # none late in the evening
        "Star Rating": ("rating", float),
        "Review Title": ("title", lambda cell: cell or None),
        "Review Text": ("text", lambda cell: cell or None),
        "Developer Reply Date and Time": ("answered_at", moment),
        "Review Link": ("link", no_query),
    }
    same_cells(read_real(real_exports, PLAY).statements, grid_of(real_exports, PLAY), 1, columns)


def test_the_number_of_the_developers_account_is_not_kept(real_exports: Path) -> None:
    name, content = Path(PLAY).name, (real_exports / PLAY).read_bytes()
    assert b"account=" in content
    assert "account=" not in str(list(examine(name, content).statements(ZONE)))
