"""The page Report: the week, edition and language that are asked for, what its author writes, its files, its past."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from reader import address, lead, nodes, open_page, visible
from streamlit.testing.v1 import AppTest

from data.model import Printed, Publication
from data.store import Store, create_brand, open_brand
from i18n import LANGUAGES, locale
from metrics.reading import Scope
from metrics.watched import Watched, watched
from pages.parts import report as parts
from reports.build import report
from reports.forms import FORMS, file_name
from reports.given import Asked, given, week_of
from reports.model import Edition, Report
from reports.pdf import preview

WEEK, EARLIER = "2026-W46", "2026-W45"  # the last of the demo, and the one before

Files = dict[str, Callable[[], bytes]]
Build = Callable[..., Report]


@pytest.fixture
def store(demo_brands: Path, tmp_path: Path) -> Store:
    """A copy of the demo that a test may write to."""
    shutil.copytree(demo_brands / "demo", tmp_path / "demo")
    return open_brand("demo")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What each button to download makes when it is clicked, by the name of its file; of the newest run."""
    found: Files = {}
    button = st.download_button

    def kept(label: str, data: Callable[[], bytes], file_name: str, **more: Any) -> bool:
        found[file_name] = data
        return button(label, data, file_name, **more)

    monkeypatch.setattr(st, "download_button", kept)
    return found


@pytest.fixture(scope="module")
def series(demo_brands: Path) -> Sequence[Watched]:
    """The watched series of the demo, up to the end of its last week."""
    with Store(demo_brands / "demo").read() as cursor:
        return watched(cursor, week_of(WEEK).last, Scope(), 1)


@pytest.fixture
def quick(series: Sequence[Watched], monkeypatch: pytest.MonkeyPatch) -> None:
    """The series are worked out already, as where another page has been shown before."""
    monkeypatch.setattr(parts, "watching", lambda frame: series)


@pytest.fixture
def build(store: Store, series: Sequence[Watched]) -> Build:
    """Builds a report of the demo without the page."""

    def built(language: str, week: str = WEEK, **more: Any) -> Report:
        with store.read() as cursor:
            return report(cursor, given(store), Asked(week_of(week), language, **more), series)

    return built


def field(at: AppTest, label: str, language: str = "en") -> Any:
    return next(one for one in at.text_area if one.label == locale(language).t(label))


def images(at: AppTest) -> list[Any]:
    return [one for node in nodes(at) if node.type == "image" for one in node.proto.imgs]


def test_a_brand_without_figures_is_led_to_sources() -> None:
    create_brand("Maison Lumen")
    at = open_page("report")
    assert not at.exception and not at.error
    assert lead(at) == "There are no figures for Maison Lumen yet."
    assert not at.text_area and not images(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_week_stands_as_the_command_line_builds_it(build: Build, files: Files, language: str) -> None:
    at = open_page("report", language)
    assert not at.exception and not at.error
    made = build(language)
    assert lead(at) == made.headline
    assert len(images(at)) == len(preview(made)) == 1
    kinds = [node.type for node in nodes(at)]
    assert kinds.index("image") < kinds.index("text_area"), "on a phone the sheet comes before the fields"
    assert {name: make() for name, make in files.items()} == {
        file_name(made, form): draw(made) for form, draw in FORMS.items()
    }


@pytest.mark.usefixtures("quick")
def test_edition_language_and_week_live_in_the_address(build: Build, files: Files) -> None:
    at = open_page("report", "en", week=EARLIER, edition="full", report_in="fr")
    assert not at.exception
    assert address(at) == {"week": EARLIER, "edition": "full", "report_in": "fr"}
    made = build("fr", week=EARLIER, edition=Edition.FULL)
    assert lead(at) == made.headline
    assert set(files) == {file_name(made, form) for form in FORMS}
    pages = preview(made)
    assert len(pages) > 1 and len(images(at)) == len(pages)
    assert [one for one in visible(at) if one.startswith("Page 1 of")] == [f"Page 1 of {len(pages)}"]


@pytest.mark.usefixtures("quick")
def test_what_its_author_writes_stands_in_the_files(build: Build, files: Files) -> None:
    at = open_page("report", "en")
    comment, decision = "Zebras <b>came</b> & *went*", "Shall we hire a zebra?"
    field(at, "Comment").set_value(comment)
    field(at, "Decision requested").set_value(decision)
    at = at.run()
    assert not at.exception
    made = build("en", comment=comment, decision=decision)
    assert lead(at) == made.headline
    page = files[file_name(made, "html")]().decode()
    assert "Zebras &lt;b&gt;came&lt;/b&gt; &amp; *went*" in page and decision in page
    assert files[file_name(made, "pdf")]() == FORMS["pdf"](made)


@pytest.mark.usefixtures("quick")
def test_the_figures_that_its_author_chooses_stand_on_it(build: Build, files: Files) -> None:
    at = open_page("report", "en")
    at.multiselect(key="report_figures_demo").set_value(["page_views", "sessions"])
    at.selectbox(key="report_chart_demo").set_value("follows")
    at = at.run()
    assert not at.exception
    made = build("en", metrics=("page_views", "sessions"), charted="follows")
    assert [one.key for one in made.tiles] == ["page_views", "sessions"] and made.charts[0].key == "follows"
    assert files[file_name(made, "html")]() == FORMS["html"](made)


@pytest.mark.usefixtures("quick")
def test_a_report_that_its_author_hands_over_is_kept(build: Build, store: Store) -> None:
    at = open_page("report", "en")
    field(at, "Decision requested").set_value("Shall we?")
    assert "Its figures are kept as published." in [one.value for one in at.caption], "without hovering, as on a phone"
    at = at.run().button(key="report_keep").click().run()
    assert not at.exception
    assert at.success[0].value == "Kept as published: the next report says which of its figures have changed since."
    made, (kept,) = build("en", decision="Shall we?"), store.publications()
    assert (kept.week, kept.way, kept.decision) == (week_of(WEEK), "file", "Shall we?")
    assert kept.figures == made.printed and kept.headline == made.headline
    assert made.headline in visible(at)


@pytest.mark.usefixtures("store", "quick")
def test_what_is_written_of_a_week_is_not_said_of_another() -> None:
    at = open_page("report", "en")
    field(at, "Comment").set_value("Of this week alone")
    at = at.run()
    at = at.selectbox(key="week").set_value(EARLIER).run()
    assert field(at, "Comment").value == ""
    at = at.selectbox(key="week").set_value(WEEK).run()
    assert field(at, "Comment").value == "Of this week alone"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "asked",
    [{"week": "2031-W60"}, {"week": "x"}, {"week": "1999-W01"}, {"edition": "half"}, {"report_in": "xx"}],
)
def test_an_address_of_nonsense_gives_the_last_week(build: Build, asked: dict[str, str]) -> None:
    at = open_page("report", "en", **asked)
    assert not at.exception and not at.error
    assert lead(at) == build("en").headline


@pytest.mark.usefixtures("store", "quick")
def test_a_text_of_any_length_and_script_is_no_fault(files: Files) -> None:
    at = open_page("report", "fr")
    field(at, "Comment", "fr").set_value("日本 ﷽ 😀 #set $x^2$ =1+1\n" * 80)
    field(at, "Decision requested", "fr").set_value("W" * 2000)
    at = at.run()
    assert not at.exception
    printable = not at.error
    assert bool(images(at)) is printable
    button = next(node for node in nodes(at) if node.type == "download_button" and node.proto.label == "PDF")
    assert button.proto.disabled is not printable
    for name, make in files.items():
        if printable or not name.endswith(".pdf"):
            assert make()


@pytest.mark.usefixtures("quick")
def test_what_was_published_and_has_changed_since_is_told(store: Store) -> None:
    at = open_page("report", "en")
    assert "No report of an earlier week was published." in visible(at)
    assert any("No report was published yet." in one for one in visible(at))
    week = week_of(EARLIER)
    with store.read() as cursor:
        ((visits,),) = cursor.execute(
            "select sum(sessions) from web where slice = 'site' and first_day = last_day and first_day between ? and ?",
            [week.first, week.last],
        ).fetchall()
    figures = (Printed("sessions", week, visits - 10, True),)
    store.publish(Publication(week, "leadership", "en", "mail", "A <i>quiet</i> week", "As ever", figures=figures))
    at = open_page("report", "en")
    assert not at.exception
    said = visible(at)
    assert "A <i>quiet</i> week" in said
    assert any(f"{locale('en').span(week)} · One page · English · e-mail · " in one for one in said)
    for value in (visits - 10, visits):
        assert f"{value:,}" in said
    assert open_page("report", "en", week=EARLIER).text_area[0].value == "As ever"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("whole", [True, False])
def test_a_week_that_is_not_known_to_its_end_is_said_so(build: Build, store: Store, whole: bool) -> None:
    if not whole:
        newest = max((one.as_of, one.id) for one in store.exports() if one.name.startswith("account_overview"))
        store.forget_export(newest[1])
    made = build("en")
    assert made.complete is whole
    at = open_page("report", "en", week=WEEK)
    assert [made.quality.summary in one.value for one in at.warning] == [True] * (not whole)
