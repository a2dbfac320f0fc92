"""Samples that LibreOffice opened and saved again give the same figures, or a problem that names the place.

It is the LibreOffice that VIGIE_OFFICE names, or that `.ci/office` finds. Without one these tests are skipped; where CI
is set, they fail. A spreadsheet takes a text for a date or a number where it looks like one, cuts long ids, and writes
dates, percentages and decimals in the language of its user: here as one in France, and as one in the United States.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from documents import document_of
from mutations import THOUSAND, Mutated
from test_samples import EXPORTS, SAMPLES
from verdicts import Truth, judge

from data.snapshots import Snapshots

ROOT = Path(__file__).parents[2]
TEXTS = [path for path in SAMPLES if path.suffix == ".csv"]
# Days written month first without an hour: where all are taken for days first, nothing in the file tells so.
SWAPPED = "meta_facebook_days"
GROUPED, WITH_POINTS = "universal_analytics", re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
BOOKS = [path for path in SAMPLES if path.suffix in (".xlsx", ".xls")]
FRANCE, STATES = 1036, 1033
OPENED = f"CSV:{ord(',')},34,76,1,,{{}},false,true"
AS_CSV = f"csv:Text - txt - csv (StarCalc):{ord(';')},34,76,1,,{FRANCE},false,true,false"
AS_XLSX = "xlsx:Calc MS Excel 2007 XML"
SECONDS = 120

Saved = Mapping[tuple[Path, str], Path]


@pytest.fixture(scope="module")
def office() -> str:
    """Where LibreOffice is."""
    found = os.environ.get("VIGIE_OFFICE")
    if not found and (shell := shutil.which("sh")):
        looked = subprocess.run([shell, str(ROOT / ".ci" / "office"), "--installed"], capture_output=True, text=True)
        found = looked.stdout.strip()
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no LibreOffice: see .ci/office")
    return found


@pytest.fixture(scope="module")
def saved(office: str, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """The samples saved again: by sample and ending, where each is. Made once for all the processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "office"
    folder.mkdir(exist_ok=True)
    found: dict[tuple[Path, str], Path] = {}
    with Snapshots(folder).lock(timeout=300):
        for number, ((opened, ending), paths) in enumerate(ways().items()):
            given, made = folder / f"given{number}", folder / f"made{number}"
            found |= {(path, ending): made / f"{place}.{ending}" for place, path in enumerate(paths)}
            if not made.exists():
                given.mkdir()
                for place, path in enumerate(paths):
                    (given / f"{place}{path.suffix}").write_bytes(opened_as(path))
                convert(office, folder / "profile", opened, ending, given, made)
    return found


def ways() -> Mapping[tuple[str, str], list[Path]]:
    """The samples by how they are opened and saved: one call of LibreOffice for each."""
    found: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in TEXTS:
        cells = [str(cell) for row in document_of(path).grids[0].rows for cell in row.cells]
        if not any(map(THOUSAND.fullmatch, cells)) and path.parent.name != SWAPPED:  # 1,204 is 1.2 in France
            found[OPENED.format(FRANCE), "csv"].append(path)
        if not (path.parent.name == GROUPED and any(map(WITH_POINTS.fullmatch, cells))):  # and 1.204 in the States
            found[OPENED.format(STATES), "xlsx"].append(path)
    for path in BOOKS:
        found["", "xlsx"].append(path)
        if len(document_of(path).grids) == 1:
            found["", "csv"].append(path)
    return found


def convert(office: str, profile: Path, opened: str, ending: str, given: Path, made: Path) -> None:
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += [f"--infilter={opened}"] if opened else []
    command += ["--convert-to", AS_CSV if ending == "csv" else AS_XLSX, "--outdir", str(made)]
    files = sorted(map(str, given.iterdir()))
    run = subprocess.run([*command, *files], capture_output=True, text=True, timeout=SECONDS)
    assert len(list(made.iterdir())) == len(files), run.stderr


def opened_as(path: Path) -> bytes:
    """A sample as it is opened: whoever opens a text says how it is written, so that all are written alike here."""
    if path not in TEXTS:
        return path.read_bytes()
    return replace(document_of(path), delimiter=",", encode=str.encode).content()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("path", [*TEXTS, *BOOKS], ids=lambda path: str(path.relative_to(EXPORTS)))
def test_a_sample_saved_again_says_the_same_or_where_it_is_damaged(path: Path, ending: str, saved: Saved) -> None:
    if (path, ending) not in saved:
        pytest.skip("a workbook of several sheets is no CSV, and some dates and thousands mean others in France")
    truth = Truth(path)
    document = replace(truth.document, name=f"{path.stem}.{ending}")
    verdict = judge(truth, Mutated("saved again", saved[path, ending].read_bytes(), document))
    assert verdict.result != "WRONG", verdict.why
