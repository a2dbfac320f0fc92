"""The PDF of a report: one page, for all readers, the same bytes each time, whatever people have written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from data.objectives import Aim, Objective, Period
from reports.given import Given
from reports.model import (
    AudienceLine,
    Change,
    Edition,
    Figure,
    NoteLine,
    PeakLine,
    PostLine,
    Report,
    ReviewLine,
    Revision,
    Sentence,
    Tone,
)
from reports.pdf import TooLong, pdf, preview
from tests.reports.conftest import WEEK

pytestmark = pytest.mark.usefixtures("known")
HOSTILE = (
    '#panic("x") $x^2$ *b* _i_ @ref <lab> `c` \\ // note #let a = 1 [#include "/etc/passwd"]',
    "<script>alert(1)</script> <b>&amp; ]] }} {{ {% =cmd|' /C calc'!A0",
    "𝗖𝗼𝗺𝗺𝗲𝗻𝘁 𝓮𝓽 🇫🇷 1️⃣ 👨‍👩‍👧‍👦 ☎️ ™️ 🙌🏽 ❤ e\u0301 ﬁn ½ №5 \u200bzero ‼️",
    "日本語の投稿 مرحبا بالعالم \u202eright to left\u202c שלום",
    "x" * 2000,
    "word " * 400,
    "https://example.org/" + "a" * 300,
    "",
)


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


def test_the_moment_is_that_of_the_data(make: Any) -> None:
    found = make()
    assert pdf(found) != pdf(replace(found, made=found.made.replace(year=2027)))
    assert found.made.strftime("D:%Y%m%d").encode() in pdf(found)


def post(text: str) -> PostLine:
    figure = Figure(0.12, "12,3 %")
    return PostLine(1, "Instagram", "9 nov.", text, "", figure, Figure(1.2, "× 1,2"), figure, figure, "vues", True)


def full(found: Report, text: str) -> Report:
    """A report in which everything that people write is this text, and every list is long."""
    figure = Figure(123456.0, "123\u202f456")
    change = Change("+12\u202f%", "sur une semaine", True, Tone.GOOD)
    aims = tuple(replace(found.aims[0], name=f"Objectif {n} {text}"[:40], owner=text) for n in range(7))
    return replace(
        found, brand=text[:60] or "Lumen", headline=text, comment=text, aims=aims,
        sentences=tuple(Sentence(one.label, text, one.tone) for one in found.sentences),
        peaks=(PeakLine("9 nov. 2026", "Visites · X", "▲ +400 (+80 %)", "900, pour 500", text, False, Tone.BAD),) * 9,
        best=(post(text),) * 5, weakest=(post(text),), notes=(NoteLine("9 nov.", "Crise", text),) * 9,
        revisions=(Revision("Visites", "2–8 nov.", figure, figure, change, "provisoire"),) * 9,
        audience=(AudienceLine("Instagram", text[:30], figure, figure, figure, figure, ()),) * 12,
        reviews=(ReviewLine("Google Play", text[:30], figure, figure, figure, figure),) * 2,
    )  # fmt: skip


@pytest.fixture
def long(make: Any, house: Given) -> Callable[[str], Report]:
    aims = (Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000),)
    found = make(replace(house, objectives=aims))
    return lambda text: full(found, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_neither_break_the_page_nor_run(text: str, long: Callable[[str], Report]) -> None:
    found = long(text)
    made = pdf(found)
    assert pages(made) == 1 and made == pdf(found)
    assert pages(pdf(replace(found, edition=Edition.FULL))) > 1


def test_what_cannot_be_made_to_fit_is_said_and_not_cut_off(long: Callable[[str], Report]) -> None:
    found = long("word " * 400)
    with pytest.raises(TooLong):
        pdf(replace(found, aims=found.aims * 9))


def test_the_preview_is_the_page_that_is_printed(make: Any) -> None:
    assert [page[:4] for page in preview(make())] == [b"\x89PNG"]
    assert len(preview(make(edition=Edition.FULL), 40)) > 1
