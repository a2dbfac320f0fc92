"""No page runs without app.py: not on a cold server, not on its own, and none that app.py does not list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reader import ROOT, TITLES, address, cards
from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def warm() -> None:
    """Every run as the first of a cold server: Streamlit would run the file of the page alone."""


@pytest.fixture
def unlisted(tmp_path: Path) -> Path:
    """The program with a page that its navigation does not list."""
    shutil.copy(ROOT / "app.py", tmp_path / "app.py")
    shutil.copytree(ROOT / "static", tmp_path / "static")
    shutil.copytree(ROOT / "pages", tmp_path / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    guard = (ROOT / "pages" / "week.py").read_text(encoding="utf-8").splitlines()[0]
    page = f"{guard}\nimport streamlit as st\nst.text('read without leave')\n"
    (tmp_path / "pages" / "unlisted.py").write_text(page, encoding="utf-8")
    return tmp_path / "app.py"


def new(script: Path = ROOT / "app.py") -> AppTest:
    return AppTest.from_file(script, default_timeout=30)


def titles(at: AppTest) -> list[str]:
    return [title.value for title in at.title]


@pytest.mark.parametrize("page", TITLES)
@pytest.mark.parametrize("after_another", [False, True])
def test_a_page_runs_behind_app(page: str, after_another: bool, demo: None) -> None:
    at = new().run() if after_another else new()
    at.switch_page(f"pages/{page}.py").run()
    assert titles(at) == [TITLES[page]] and not at.exception
    assert at.selectbox(key="brand").options == ["La Bruissière"]


def test_a_choice_holds_on_a_cold_server(demo: None) -> None:
    at = new().switch_page("pages/week.py").run()
    before = cards(at)
    at.selectbox(key="period_week").set_value("2026-W40").run().run()
    assert address(at) == {"period": "2026-W40"}
    assert cards(at) != before


@pytest.mark.parametrize("page", TITLES)
def test_without_a_brand_no_page_runs(page: str) -> None:
    at = new().switch_page(f"pages/{page}.py")
    for _ in range(3):
        at.run()
        assert titles(at) == [TITLES[page]] and not at.exception
        assert [box.key for box in at.text_input] == ["new_brand_name"]


def test_a_page_that_is_not_listed_is_refused(unlisted: Path) -> None:
    assert titles(new(unlisted).switch_page("pages/unlisted.py").run()) == ["This week"]
    with pytest.raises(ValueError):
        new(unlisted).run().switch_page("pages/unlisted.py")


@pytest.mark.parametrize("page", TITLES)
def test_a_page_started_on_its_own_stops_and_says_how_to_start(page: str) -> None:
    at = new(ROOT / "pages" / f"{page}.py").run()
    assert [error.value for error in at.error] == ["Start Vigie with: streamlit run app.py"]
    assert not at.title and not at.exception
