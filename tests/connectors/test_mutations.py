"""Every sample, damaged or saved otherwise in the ways of `mutations.py`, gives its own figures or names a place.

VIGIE_MUTATIONS=200 makes so many files of each sample in each way; by default there are a few. The numbers of such a
run are printed at its end, with `-s`.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from documents import of_tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated_objects import KINDS_OF_OBJECTS, Objects
from mutations import KINDS, Choose, Mutated
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum
from test_samples import EXPORTS, SAMPLES
from verdicts import Truth, judge

from connectors import workbook
from connectors.workbook import Grid

FILES = int(os.environ.get("VIGIE_MUTATIONS", "2"))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example)
# But for the answers of services, which Vigie itself has kept.
GRIDS = [path for path in SAMPLES if of_tables(path)]
OBJECTS = [path for path in SAMPLES if path.suffix == ".json"]


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read here, as a process for each of some thousands would take long."""

    def read(name: str, content: bytes) -> Iterator[tuple[str, Grid]]:
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return iter([(n, book.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in names])
        except CalamineError as error:
            raise workbook._damaged(name) from error

    monkeypatch.setattr(workbook, "_read", read)


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[tuple[str, str]]]:
    """How many files of each kind became what."""
    found: Counter[tuple[str, str]] = Counter()
    yield found
    for kind in dict.fromkeys(kind for kind, _ in found):
        print(f"\n{kind:18}", *(f"{result} {n}" for (of, result), n in found.items() if of == kind), end="")


@cache
def truth_of(path: Path) -> Truth:
    return Truth(path)


@pytest.mark.parametrize("path", [*GRIDS, *OBJECTS], ids=lambda path: str(path.relative_to(EXPORTS)))
def test_a_sample_written_anew_says_what_it_said(path: Path) -> None:
    truth = truth_of(path)
    verdict = judge(truth, Mutated("written anew", truth.document.content(), truth.document))
    assert verdict.result == "same", verdict.why


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", GRIDS, ids=lambda path: str(path.relative_to(EXPORTS)))
def test_a_damaged_sample_says_what_it_said_or_where_it_is_damaged(
    path: Path, kind: str, counts: Counter[tuple[str, str]]
) -> None:
    truth = truth_of(path)

    @settings(max_examples=FILES, database=None, suppress_health_check=SLOW)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        choose: Choose = lambda n: data.draw(st.integers(0, n - 1))  # noqa: E731
        region = truth.regions[choose(len(truth.regions))]
        made = KINDS[kind](truth.document, region, choose)
        if made is not None:
            verdict = judge(truth, made)
            counts[kind, verdict.result] += 1
            assert verdict.result != "WRONG", f"{made.what}: {verdict.why}"

    check()


@pytest.mark.parametrize("kind", KINDS_OF_OBJECTS)
@pytest.mark.parametrize("path", OBJECTS, ids=lambda path: str(path.relative_to(EXPORTS)))
def test_damaged_objects_say_what_they_said_or_where_they_are_damaged(
    path: Path, kind: str, counts: Counter[tuple[str, str]]
) -> None:
    truth = truth_of(path)
    document = truth.document
    assert isinstance(document, Objects)

    @settings(max_examples=5 * FILES, database=None, suppress_health_check=SLOW)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        choose: Choose = lambda n: data.draw(st.integers(0, n - 1))  # noqa: E731
        made = KINDS_OF_OBJECTS[kind](document, choose)
        verdict = judge(truth, made)
        counts[kind, verdict.result] += 1
        assert verdict.result != "WRONG", f"{made.what}: {verdict.why}"

    check()


def test_the_judge_finds_a_figure_that_is_another_and_one_that_is_not_told() -> None:
    truth = truth_of(EXPORTS / "x_days" / "account_overview_analytics.csv")
    document, (grid,) = truth.document, truth.document.grids
    header, first, *others = grid.rows
    another = replace(first, cells=tuple(str(cell).replace("1", "2") for cell in first.cells))
    for rows in ((header, another, *others), (header, *others)):
        told = document.with_grid(replace(grid, rows=rows))
        assert judge(truth, Mutated("by hand", told.content(), told)).result == "WRONG"
