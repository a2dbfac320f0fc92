"""The forms of one report say the same: its figures and its words stand in each of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from data.campaigns import Campaign, Marks, Price
from data.objectives import Aim, Objective, Period
from reports.forms import FORMS
from reports.given import Given
from reports.mail import html
from reports.model import Figure, PeakLine, PostLine, Report, Tone
from reports.page import page
from reports.pdf import pdf
from reports.plain import plain
from reports.pptx import pptx
from reports.workbook.formats import number_format
from reports.workbook.pen import changed, measured
from reports.xlsx import xlsx
from tests.reports.conftest import WEEK


@pytest.fixture(params=["en", "fr"])
def found(request: pytest.FixtureRequest, known: None, make: Any, house: Given) -> Report:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    opening = Campaign("Ouverture", WEEK, Marks(campaigns=("ouverture",)), Price("EUR", 75.5))
    given = replace(house, objectives=(visits,), campaigns=(opening,))
    made = make(given, language=request.param, comment="Bonne semaine\u202f!", decision="Valider.")
    return replace(made, peaks=PEAKS, best=POSTS[:2], weakest=POSTS[2:])


def post(place: int, text: str, rate: str, times: str) -> PostLine:
    figure = Figure(0.12, rate)
    return PostLine(
        place, "Instagram", f"{place} nov.", text, "", figure, Figure(1.2, times), figure, figure, "vues", True
    )


PEAKS = (
    PeakLine("9 nov. 2026", "Visites", "▲ +400 (+80\u202f%)", "900, pour 500", "Une lampe a brûlé.", True, Tone.BAD),
    PeakLine("11 nov. 2026", "Abonnés", "▼ −30 (−50\u202f%)", "30, pour 60", "Inexpliqué.", False, Tone.GOOD),
)
POSTS = (
    post(1, "La lampe neuve", "12,3\u202f%", "× 2,4"), post(2, "Visite de l’atelier", "8,1\u202f%", "× 1,6"),
    post(9, "Fermé lundi", "0,4\u202f%", "× 0,1"),
)  # fmt: skip


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)))


def slide(report: Report) -> str:
    (one,) = Presentation(io.BytesIO(pptx(report))).slides
    shapes: list[Any] = list(one.shapes)
    said = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    said += [cell.text for s in shapes if s.has_table for row in s.table.rows for cell in row.cells]
    return "\n".join(said)


def printed(report: Report) -> str:
    """The text of the PDF as a reader copies it, each line break one space."""
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf(report))).pages)
    return re.sub(r"[ \n]+", " ", text.replace("\u200b", ""))


WRITTEN: Mapping[str, Callable[[Report], str]] = {
    "page": lambda report: text_of(page(report).decode()),
    "mail": lambda report: text_of(html(report)),
    "plain": plain,
    "slide": slide,
    "pdf": printed,
}


def words(report: Report) -> list[str]:
    """What is read in a minute: headline, sentences, comment, figures with their changes, objectives, quality."""
    return [
        report.headline, report.comment, report.quality.summary, *(one.text for one in report.sentences),
        *(one.name for one in report.tiles), *(one.figure.shown for one in report.tiles),
        *(change.shown for one in report.tiles for change in one.changes),
        *(change.against for one in report.tiles for change in one.changes),
        *(text for one in report.aims for text in (one.name, one.actual.shown, one.verdict.shown)),
        *(text for one in report.campaigns for text in (one.name, one.when, one.results.shown, one.cost.shown)),
        *(total.figure.shown for total in report.charts[0].totals),
    ]  # fmt: skip


def lists(report: Report) -> list[str]:
    """What is read after that: peaks, posts and audience."""
    posts = (*report.best, *report.weakest)
    return [
        *(text for one in report.peaks for text in (one.series, one.size, one.when, one.cause)),
        *(text for one in posts for text in (one.network, one.text, one.rate.shown, one.times.shown)),
        *(text for one in report.audience for text in (one.network, one.net.shown, one.followers.shown)),
    ]  # fmt: skip


@pytest.mark.parametrize("form", WRITTEN)
def test_the_same_words_and_figures_stand_in_every_form(form: str, found: Report) -> None:
    said = WRITTEN[form](found)
    assert len(found.aims) == len(found.campaigns) == 1 and sum(one.figure.value is not None for one in found.tiles) > 1
    assert not [text for text in words(found) if text not in said]
    assert form == "slide" or not [text for text in lists(found) if text not in said]  # one slide has room for less


def test_the_workbook_holds_the_same_words_and_numbers_in_the_same_writing(found: Report) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(found)), data_only=True).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = "\n".join(str(cell.value) for cell in cells)
    for text in (found.headline, found.comment, found.quality.summary, *(one.text for one in found.sentences)):
        assert text in texts
    numbers = {(cell.value, cell.number_format) for cell in cells if isinstance(cell.value, int | float)}
    for tile in found.tiles:
        assert tile.name in texts
        value, form = measured(tile.figure, found.language)
        assert value is None or any(held == pytest.approx(value) and form == shown for held, shown in numbers)
        for one in tile.changes:
            form = number_format(one.shown, found.language)
            assert any(held == pytest.approx(changed(one)) and form == shown for held, shown in numbers), one


def test_every_form_can_be_made_of_every_report(found: Report) -> None:
    assert set(FORMS) == {"pdf", "html", "xlsx", "pptx"}
    for make in FORMS.values():
        assert make(found) == make(found)
