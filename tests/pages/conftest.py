"""What the tests of the pages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from data.store import create_brand


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No brand of one test, and none of the machine, is seen by another. Streamlit's caches belong to the process and
    stay, as their keys begin with the folder of a brand: what the demo comes to is worked out once."""
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run as on a server that has shown a page before; AppTest makes each of them a cold one.

    It would look through every installed package for components each time, which took half of the run.
    """
    original = PagesManager.__init__

    def started(self: PagesManager, *given: object, **named: object) -> None:
        original(self, *given, **named)  # type: ignore[arg-type]
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", started)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@pytest.fixture
def demo(demo_brands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo is loaded."""
    monkeypatch.setenv("VIGIE_DATA", str(demo_brands))


@pytest.fixture
def state(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What Vigie knows when the page is opened, one of reader.STATES."""
    match request.param:
        case "empty":
            create_brand("Maison Lumen")
        case "demo":
            monkeypatch.setenv("VIGIE_DATA", str(request.getfixturevalue("demo_brands")))
        case "real exports":
            monkeypatch.setenv("VIGIE_DATA", str(request.getfixturevalue("real_brands")))
    return request.param
