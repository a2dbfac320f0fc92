"""What the tests of every part share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from connectors.reading import Examined, examine
from data import demo
from data.model import Answers, UserError
from data.snapshots import Snapshots
from data.store import create_brand

# The same examples every time, and no time limit for one: a test fails for a reason, not for a busy machine.
settings.register_profile("vigie", deadline=None, derandomize=True)
settings.load_profile("vigie")

ROOT = Path(__file__).parents[1]
DEMO_DAY = date(2026, 11, 20)  # the demo ends on the Sunday before
REAL_FOLDERS = (
    "x", "meta", "facebook", "facebook_groups", "linkedin", "youtube", "discord", "tiktok", "google_search_console",
    "ga4", "universal_analytics", "plausible", "google_ads", "meta_ads", "google_play",
)  # fmt: skip
TIKTOK_DAY = datetime(2026, 4, 20)  # its files name no year: an export of another day would be refused


@pytest.fixture(scope="session")
def real_exports() -> Path:
    """The folder of exports that networks really made; their licence keeps them out of the project."""
    folder = Path(os.environ.get("VIGIE_REAL_EXPORTS", ROOT.parent / "shared" / "exports"))
    if not (folder / "control_totals.json").exists():
        pytest.skip(f"no real exports in {folder}: set VIGIE_REAL_EXPORTS to their folder")
    return folder


@pytest.fixture(scope="session")
def demo_brands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of brands that holds the demo; to be read, or copied."""
    return _made_once(tmp_path_factory, "demo-brands", _load_demo)


@pytest.fixture(scope="session")
def real_brands(tmp_path_factory: pytest.TempPathFactory, real_exports: Path) -> Path:
    """A folder of brands that holds one with real exports of every network; to be read, or copied."""
    return _made_once(tmp_path_factory, "real-brands", lambda: _load_real(real_exports))


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[], object]) -> Path:
    """A folder of brands that `make` fills, once for all the processes of a run."""
    own = factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / name
    folder.mkdir(exist_ok=True)
    made = folder / ".made"
    with Snapshots(folder).lock(timeout=300), pytest.MonkeyPatch.context() as patch:
        if not made.exists():
            patch.setenv("VIGIE_DATA", str(folder))
            make()
            made.touch()
    return folder


def _load_demo() -> None:
    store = create_brand(demo.BRAND_NAME, demo.ZONE, slug=demo.SLUG)
    told = [examine(export.name, export.content, export.answers) for export in demo.generate(DEMO_DAY)]
    store.add_exports((one.export, one.findings(demo.ZONE)) for one in told)
    store.state_objectives(demo.objectives(DEMO_DAY))
    store.state_campaigns(demo.campaigns(DEMO_DAY))
    store.annotate_all(demo.noted(DEMO_DAY))


def _load_real(folder: Path) -> None:
    store = create_brand("Real exports")
    files = sorted(path for name in REAL_FOLDERS for path in (folder / name).iterdir() if path.is_file())
    found = [one for path in files if (one := _understood(path))]
    store.add_exports((one.export, one.findings("Europe/Paris")) for one in found)
    assert len({account.network for account in store.accounts()}) == 15


def _understood(path: Path) -> Examined | None:
    """A file with every question answered; None where no connector knows its format."""
    content = path.read_bytes()
    exported = TIKTOK_DAY if path.parent.name == "tiktok" else datetime(2026, 11, 1)
    try:
        one = examine(path.name, content)
        asked = {question.about: question for question in one.questions}
        if not asked:
            return one
        networks = asked["account"].networks if "account" in asked else ()
        if networks and not asked["account"].each:
            networks = networks[:1]
        account = ",".join(f"{network}:brand" for network in networks) or None
        as_of = (asked["as_of"].suggestion or exported) if "as_of" in asked else None
        return examine(path.name, content, Answers(account, as_of, "dmy", date(2025, 1, 1)))
    except UserError:
        return None
