"""The workbook of a report: formulas that come to its figures, charts of its own, texts that stay texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from made_up import DAYS_FILE, load, x_days

from data.model import Answers
from data.objectives import Aim, Objective, Period
from data.store import create_brand
from reports.build import report
from reports.given import Asked, Given, given
from reports.model import Edition, Figure, NoteLine, Report, SourceRow
from reports.traces import stated
from reports.workbook.formats import duration_format, number_format
from reports.xlsx import xlsx
from tests.reports.conftest import WEEK, visits

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "{=1}", "https://example.org/x", "internal:Sources!A1",
    "<script>&amp;]]>", "日本語 مرحبا 👨‍👩‍👧 \u202e", "\x00\x07\x1f", "_x0041_", "x" * 40_000, "\n\n", "'quoted",
)  # fmt: skip


@pytest.fixture
def found(known: None, make: Any, house: Given) -> Report:
    visits_aimed = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    return make(replace(house, objectives=(visits_aimed,)), metrics=("sessions", "net_follows"))


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return {name: file.read(name) for name in file.namelist()}


def cells(made: bytes, sheet: int = 1) -> Iterator[tuple[str, str, str]]:
    """Each cell of a sheet: where it is, its formula, and its value as the file holds it."""
    held = parts(made)
    shared = [
        "".join(text.text or "" for text in one.iter(f"{MAIN}t"))
        for one in ElementTree.fromstring(held["xl/sharedStrings.xml"])
    ]
    for cell in ElementTree.fromstring(held[f"xl/worksheets/sheet{sheet}.xml"]).iter(f"{MAIN}c"):
        value, formula = cell.findtext(f"{MAIN}v") or "", cell.findtext(f"{MAIN}f") or ""
        yield cell.get("r", ""), formula, shared[int(value)] if cell.get("t") == "s" else value


def sheets(made: bytes) -> list[str]:
    return re.findall(r'<sheet name="([^"]+)"', parts(made)["xl/workbook.xml"].decode())


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_the_same_twice_and_of_the_moment_of_the_data(
    edition: Edition, language: str, known: None, make: Any
) -> None:
    found = make(edition=edition, language=language)
    assert xlsx(found) == xlsx(found)
    assert found.made.strftime("%Y-%m-%dT%H:%M:%SZ").encode() in parts(xlsx(found))["docProps/core.xml"]


def test_a_figure_is_a_formula_over_the_rows_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    store = create_brand("Maison Lumen")
    days = {WEEK.first + timedelta(n): 100 + n for n in range(7)}
    load(store, DAYS_FILE, x_days(days), Answers(account="x:lumen"))
    with store.read() as cursor:
        found = report(cursor, given(store), Asked(WEEK, "en", metrics=("impressions_in_period",)))
    made = xlsx(found)
    page = {where: (formula, value) for where, formula, value in cells(made)}
    at = next(where[1:] for where, (_, text) in page.items() if text == found.tiles[0].name and where[0] == "A")
    formula, value = page[f"B{at}"]
    assert float(value) == sum(days.values())
    span = re.match(r"SUMIFS\('Sources'!\$H\$(\d+):\$H\$(\d+)", formula)
    assert span
    rows = {where: text for where, _, text in cells(made, sheets(made).index("Sources") + 1)}
    behind = range(int(span[1]), int(span[2]) + 1)
    assert [float(rows[f"H{n}"]) for n in behind] == sorted(days.values(), reverse=True)
    assert {(rows[f"D{n}"], rows[f"G{n}"], rows[f"I{n}"]) for n in behind} == {("X · lumen", "+", DAYS_FILE)}
    assert [int(rows[f"K{n}"]) for n in behind] == list(range(8, 1, -1)), "the rows as a spreadsheet counts them"


def test_a_post_that_is_counted_and_states_nothing_has_a_dash_for_its_value(found: Report) -> None:
    assert (stated(float("nan")), stated(0.0)) == (None, 0.0)
    row = SourceRow(WEEK.first, WEEK.first, "X · lumen", "1", "Interactions", False, None, "posts.csv", "", 2)
    trace = replace(found.traces[0], rows=(row,))
    made = xlsx(replace(found, traces=(trace, *found.traces[1:])))
    assert {where: value for where, _, value in cells(made, sheets(made).index("Sources") + 1)}["H2"] == "—"


def test_a_change_is_a_formula_over_the_weeks(found: Report) -> None:
    made = xlsx(found)
    weeks = {where: value for where, _, value in cells(made, 2)}
    now, before = (
        sum(visits(WEEK.first.fromordinal(WEEK.first.toordinal() + n - b)) for n in range(7)) for b in (0, 7)
    )
    assert (float(weeks["C14"]), float(weeks["C13"])) == (now, before)
    told = [(formula, float(value)) for where, formula, value in cells(made) if "'Weeks'!C13" in formula]
    ((formula, value),) = told
    assert re.fullmatch(r"B\d+/'Weeks'!C13-1", formula) and value == pytest.approx(now / before - 1)


def test_a_share_of_a_target_is_a_formula(found: Report) -> None:
    shares = [(formula, float(value)) for _, formula, value in cells(xlsx(found)) if formula.endswith("/1000")]
    assert [value for _, value in shares] == [pytest.approx(found.tiles[0].figure.value / 1000)]  # pyright: ignore[reportOptionalOperand]


def test_a_formula_is_left_out_where_it_would_say_something_else(found: Report) -> None:
    other = replace(found.tiles[0], figure=Figure(7.0, "7"))
    made = xlsx(replace(found, tiles=(other, *found.tiles[1:])))
    value, formula = next((value, formula) for where, formula, value in cells(made) if value == "7")
    assert (value, formula) == ("7", "")


def test_texts_are_never_formulas_or_links(found: Report) -> None:
    def saying(text: str) -> bytes:
        charts = tuple(replace(one, name=text, words=text[:255]) for one in found.charts)
        tiles = tuple(replace(one, name=text) for one in found.tiles)
        return xlsx(
            replace(
                found, headline=text, comment=f"{text}!", brand=text[:200], title=text[:99], tiles=tiles,
                charts=charts, notes=(NoteLine(text, text, text),),
            )
        )  # fmt: skip

    calm = [bool(formula) for _, formula, _ in cells(saying("calm"))]
    for text in HOSTILE:
        made = saying(text)
        assert [bool(formula) for _, formula, _ in cells(made)] == calm, text
        assert seen(text[:32767]) in {seen(value) for _, _, value in cells(made)}
        assert b"<hyperlink" not in b"".join(parts(made).values())
        for name, content in parts(made).items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(content)


def seen(text: str) -> str:
    """A text without control characters, as they are or as a workbook writes them."""
    return re.sub("_x[0-9A-F]{4}_|[\x00-\x1f]", "", text)


def test_charts_are_the_spreadsheets_own_and_have_words(found: Report) -> None:
    held = parts(xlsx(found))
    assert sum(name.startswith("xl/charts/chart") for name in held) == 2 * len(found.charts) > 0
    drawing = held["xl/drawings/drawing1.xml"].decode()
    assert drawing.count(found.charts[0].words[:40]) == 2
    assert b"sparkline" in held["xl/worksheets/sheet1.xml"]


def test_a_list_that_says_nothing_is_said_on_the_page_and_has_no_sheet(found: Report) -> None:
    made = xlsx(replace(found, notes=()))
    assert "What happened" not in sheets(made)
    assert "Nothing was noted." in {value for _, _, value in cells(made)}
    assert "What happened" in sheets(xlsx(replace(found, notes=(NoteLine("9 Nov", "Crisis", "Fire"),))))


def test_a_brand_of_which_nothing_is_known_has_a_workbook(make: Any) -> None:
    assert sheets(xlsx(make()))[0] == "Report"


@pytest.mark.parametrize(
    ("shown", "language", "form"),
    [
        ("170\u202f000", "fr", '#,##0;"−"#,##0;#,##0'),
        ("12,3\u202f%", "fr", '#,##0.0"\u00a0"%;"−"#,##0.0"\u00a0"%;#,##0.0"\u00a0"%'),
        ("+4%", "en", '"+"#,##0%;"−"#,##0%;#,##0%'),
        ("−1.2\u00a0pts", "en", '"+"#,##0.0"\u00a0pts";"−"#,##0.0"\u00a0pts";#,##0.0"\u00a0pts"'),
        ("1\u202f234,50\u00a0€", "fr", '#,##0.00"\u00a0€";"−"#,##0.00"\u00a0€";#,##0.00"\u00a0€"'),
        ("£1,234.50", "en", '"£"#,##0.00;"−""£"#,##0.00;"£"#,##0.00'),
        ("× 1,2", "fr", '"× "#,##0.0;"−""× "#,##0.0;"× "#,##0.0'),
        ("—", "fr", "General"),
    ],
)
def test_a_number_looks_as_the_report_writes_it(shown: str, language: str, form: str) -> None:
    assert number_format(shown, language) == form


@pytest.mark.parametrize(
    ("seconds", "form"),
    [(4.5, 's.0"\u00a0s"'), (45, '[s]"\u00a0s"'), (92, '[m]"\u00a0min\u00a0"ss"\u00a0s"'),
     (7500, '[h]"\u00a0h\u00a0"mm"\u00a0min"')],
)  # fmt: skip
def test_a_length_of_time_looks_as_the_report_writes_it(seconds: float, form: str) -> None:
    assert duration_format(seconds) == form
