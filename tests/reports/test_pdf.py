"""The PDF of a report: one page, for all readers, the same bytes each time, whatever people have written."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from data.model import UserError
from data.objectives import Aim, Objective, Period
from reports.given import Given
from reports.model import Edition, Report
from reports.pdf import STEPS, _shown, pdf, preview
from tests.reports.conftest import HOSTILE, WEEK

pytestmark = pytest.mark.usefixtures("known")


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b(?!s)", made))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("edition", Edition)
def test_it_is_for_all_readers_and_the_same_twice(language: str, edition: Edition, make: Any, house: Given) -> None:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    aims = (visits, Objective(Aim("follows"), WEEK.first, None, 9))
    found = make(replace(house, objectives=aims), language=language, edition=edition)
    made = pdf(found)
    assert made == pdf(found) and made.startswith(b"%PDF-")
    assert b"pdfuaid:part>1<" in made and made.count(b"/S/H1") == 1
    figures = len(found.tiles) + len(found.aims) + len(found.charts) + sum(len(f.lines) for f in found.families)
    assert made.count(b"/S/Figure") == figures and made.count(b"/Alt") >= figures
    assert (pages(made) == 1) is (edition is Edition.LEADERSHIP)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_reader_by_ear_is_told_its_title_language_order_and_pictures(language: str, make: Any, house: Given) -> None:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    found = make(replace(house, objectives=(visits,)), language=language)
    made = PdfReader(io.BytesIO(pdf(found)))
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == language and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata and made.metadata.title == f"{found.title}, {found.week}"
    told = list(elements(root["/StructTreeRoot"]))
    names = [name for name, _ in told]
    heads = [name for name in names if re.fullmatch(r"/H\d", name)]
    assert heads[0] == "/H1" and set(heads[1:]) == {"/H2"}, "no level is left out"
    assert names.count("/Table") >= 2 and names.count("/TH") > names.count("/Table")
    drawings = [one.words for group in (found.aims, found.tiles, found.charts) for one in group]
    assert [alt for name, alt in told if name == "/Figure"] == drawings, "in the order in which they are read"


def elements(one: Any) -> Iterator[tuple[str, str]]:
    """Each part of the structure in the order of reading, with the words of a picture."""
    one = one.get_object() if hasattr(one, "get_object") else one
    if isinstance(one, list):
        for child in one:
            yield from elements(child)
    elif isinstance(one, dict):
        if "/S" in one:
            yield str(one["/S"]), str(one.get("/Alt", ""))
        yield from elements(one.get("/K"))


def test_the_moment_is_that_of_the_data(make: Any) -> None:
    found = make()
    assert pdf(found) != pdf(replace(found, made=found.made.replace(year=2027)))
    assert found.made.strftime("D:%Y%m%d").encode() in pdf(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_neither_break_the_page_nor_run(text: str, long: Callable[[str], Report]) -> None:
    found = long(text)
    made = pdf(found)
    assert pages(made) == 1 and made == pdf(found)
    assert pages(pdf(replace(found, edition=Edition.FULL))) > 1


def test_what_cannot_be_made_to_fit_is_said_and_not_cut_off(long: Callable[[str], Report]) -> None:
    found = long("word " * 400)
    with pytest.raises(UserError, match="does not fit on one page"):
        pdf(replace(found, aims=found.aims * 9))


def test_the_one_page_loses_a_little_at_a_time(long: Callable[[str], Report]) -> None:
    left_out = [_shown(long("word"), *step)["left_out"] for step in STEPS[:-1]]
    assert not any(left_out[1].values()) or left_out[0] == left_out[1], "texts are cut before any row is left out"
    for before, after in pairwise(left_out):
        assert before["best"] == after["best"] or before["campaigns"] == after["campaigns"]


def test_the_preview_is_the_page_that_is_printed(make: Any) -> None:
    assert [page[:4] for page in preview(make())] == [b"\x89PNG"]
    assert len(preview(make(edition=Edition.FULL), 40)) > 1
