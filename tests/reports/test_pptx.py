"""The slide of a report: its charts and tables are PowerPoint's own, and it is the same each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.util import Pt

from data.objectives import Aim, Objective, Period
from reports.given import Given
from reports.model import CampaignLine, Figure, NoteLine, Report
from reports.pptx import pptx
from reports.zipped import of_moment
from tests.reports.conftest import WEEK, X


@pytest.fixture
def found(known: None, make: Any, house: Given) -> Report:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    return make(replace(house, objectives=(visits,)), language="fr", comment="Bonne semaine\u202f!")


def shapes(made: bytes) -> list[Any]:
    (slide,) = Presentation(io.BytesIO(made)).slides
    return list(slide.shapes)


def texts(made: bytes) -> str:
    """All that is written on the slide."""
    said = [shape.text_frame.text for shape in shapes(made) if shape.has_text_frame]
    tables = [shape.table for shape in shapes(made) if shape.has_table]
    said += [cell.text for table in tables for row in table.rows for cell in row.cells]
    return "\n".join(said)


def test_it_is_one_slide_the_same_twice_and_of_the_moment_of_the_data(found: Report) -> None:
    made = pptx(found)
    assert made == pptx(found) and len(shapes(made)) > 10
    deck = Presentation(io.BytesIO(made))
    assert deck.core_properties.created.replace(tzinfo=None) == found.made.replace(microsecond=0)
    assert (deck.core_properties.author, deck.core_properties.language) == ("Maison Lumen", "fr")


def test_the_headline_is_the_title_and_the_rest_stands_on_it(found: Report) -> None:
    made = pptx(found)
    (title,) = [shape for shape in shapes(made) if shape.is_placeholder]
    assert title.text_frame.text == found.headline
    said = texts(made)
    for text in (
        found.week, found.comment, *(one.text for one in found.sentences), *(one.figure.shown for one in found.tiles),
        *(one.name for one in found.tiles), *(c.shown for one in found.tiles for c in one.changes),
        *(one.verdict.shown for one in found.aims), *(one.figure.shown for one in found.charts[0].totals),
        found.quality.summary,
    ):  # fmt: skip
        assert text in said, text


def test_charts_hold_the_numbers_and_can_be_changed(found: Report) -> None:
    charts = [shape for shape in shapes(pptx(found)) if shape.has_chart]
    known = [tile for tile in found.tiles if any(point.value is not None for point in tile.series)]
    assert len(charts) == len(known) + 2
    for tile, shape in zip(known, charts, strict=False):
        assert list(shape.chart.plots[0].series[0].values) == [point.value for point in tile.series]
    weeks = next(s for s in charts if list(s.chart.plots[0].categories) == [p.label for p in found.charts[0].weeks])
    series = {one.name: list(one.values) for one in weeks.chart.plots[0].series}
    assert series[found.charts[0].now] == [point.value for point in found.charts[0].weeks]
    assert series[found.charts[0].then] == [point.before for point in found.charts[0].weeks]
    assert weeks.chart.part.chart_workbook.xlsx_part is not None


def test_everything_drawn_is_told_in_words(found: Report) -> None:
    for shape in shapes(pptx(found)):
        if shape.has_chart or shape.has_table:
            assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_a_week_alone_has_a_mark_and_an_empty_cell_is_no_higher_than_its_row(know: Any, make: Any) -> None:
    days = [{"account": X, "day": WEEK.first + timedelta(n), "impressions": 70} for n in range(7)]
    know("account_days", *days, until=WEEK.last + timedelta(7))
    found = shapes(pptx(make()))
    weeks = next(shape.chart for shape in found if shape.has_chart and shape.chart.has_legend)
    assert weeks.plots[0].series[1].marker.style == XL_MARKER_STYLE.CIRCLE
    cells = [cell for shape in found if shape.has_table for row in shape.table.rows for cell in row.cells]
    assert cells and all(run.font.size < Pt(9) for cell in cells for run in cell.text_frame.paragraphs[0].runs)
    assert all(cell.text for cell in cells)


def test_posts_stand_lower_where_an_objective_takes_two_lines(found: Report) -> None:
    def top(report: Report) -> int:
        title = report.sections["posts"].title
        return next(s.top for s in shapes(pptx(report)) if s.has_text_frame and s.text_frame.text.startswith(title))

    long = tuple(replace(one, period="28 déc. 2026 – 3 janv. 2027", name="Taux d’engagement") for one in found.aims)
    assert top(replace(found, aims=long)) > top(found)


def test_all_of_it_is_on_the_slide_and_in_arial(found: Report) -> None:
    made = pptx(found)
    deck = Presentation(io.BytesIO(made))
    for shape in shapes(made):
        assert shape.left >= 0 and shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height
    fonts = {
        run.font.name
        for shape in shapes(made)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert fonts == {"Arial"}


def test_hostile_texts_are_only_texts(found: Report) -> None:
    for text in ("=cmd|' /C calc'!A0", "<a:t>&amp;", "\x00\x07\u202e", "日本語 مرحبا", "x" * 2000, "a\nb\tc", ""):
        made = pptx(replace(found, headline=text, comment=text, brand=text[:200], notes=(NoteLine(text, text, text),)))
        assert len(shapes(made)) >= len(shapes(pptx(replace(found, headline="", comment="")))) - 1
        with zipfile.ZipFile(io.BytesIO(made)) as file:
            assert file.testzip() is None


def test_a_brand_of_which_nothing_is_known_has_a_slide(make: Any) -> None:
    found = make()
    assert found.headline in texts(pptx(found))


def test_a_file_within_a_file_loses_its_moments_too(found: Report) -> None:
    def packed(year: int) -> bytes:
        inner, outer = io.BytesIO(), io.BytesIO()
        for out, name, content in ((inner, "docProps/core.xml", b""), (outer, "ppt/embeddings/a.xlsx", b"inner")):
            with zipfile.ZipFile(out, "w") as file:
                stamp = f"<dcterms:created a='b'>{year}</dcterms:created>".encode()
                file.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), inner.getvalue() if content else stamp)
        return outer.getvalue()

    assert packed(2001) != packed(2002)
    assert of_moment(packed(2001), found.made) == of_moment(packed(2002), found.made)


def test_a_campaign_of_a_long_name_takes_one_line_above_the_quality_of_the_data(found: Report) -> None:
    figure = Figure(12.0, "12")
    when = "2 nov. – 20 déc. 2026 · 14 jours connus sur 49"
    one = CampaignLine("Campagne de fin d’année " * 4, when, "Ventes", figure, figure, figure, None, "+6 %", "")
    tables = [s.table for s in shapes(pptx(replace(found, campaigns=(one, one, one)))) if s.has_table]
    told = [row.cells[0].text for row in tables[-1].rows]
    assert len(told) == 2 and all(text.endswith("2 nov. – 20 déc. 2026") and len(text) < 40 for text in told)
