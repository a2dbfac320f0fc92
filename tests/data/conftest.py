"""What the tests of the warehouse share."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store import Store, create_brand


@pytest.fixture(autouse=True)
def brands_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of brands of the test's own: no test writes where people keep theirs."""
    folder = tmp_path / "brands"
    monkeypatch.setenv("VIGIE_DATA", str(folder))
    return folder


@pytest.fixture
def store() -> Store:
    """A new brand."""
    return create_brand("Lumen")
