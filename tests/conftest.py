"""What the tests of every part share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, and no time limit for one: a test fails for a reason, not for a busy machine.
settings.register_profile("vigie", deadline=None, derandomize=True)
settings.load_profile("vigie")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def real_exports() -> Path:
    """The folder of exports that networks really made; their licence keeps them out of the project."""
    folder = Path(os.environ.get("VIGIE_REAL_EXPORTS", ROOT.parent / "shared" / "exports"))
    if not (folder / "control_totals.json").exists():
        pytest.skip(f"no real exports in {folder}: set VIGIE_REAL_EXPORTS to their folder")
    return folder
