"""`report build`: the files it writes, what it says, and what it keeps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from made_up import DAYS_FILE, load, x_days

from data.model import Answers
from data.store import Store, create_brand
from reports.build import report
from reports.given import Asked, given, week_of
from vigie import main

FIRST = date(2026, 9, 7)
WEEKS = 10
LAST = FIRST + timedelta(7 * WEEKS - 1)  # 15 November, the end of week 46


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "brands"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    made = create_brand("Maison Lumen")
    fed(made, 0)
    return made


def fed(store: Store, more: int) -> None:
    """X, day by day up to the week's end, with so many impressions more on each day; a day later where there are."""
    days = {FIRST + timedelta(n): 100 + n + more for n in range(7 * WEEKS + bool(more))}
    load(store, DAYS_FILE, x_days(days), Answers(account="x:lumen"))


def test_the_report_of_a_week_is_written_under_its_own_name(store: Store, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    assert main(["report", "build", "--week", "2026-W46", "--lang", "fr", "--out", str(out)]) == 0
    (path,) = out.glob("*.pdf")
    assert path.name == "maison-lumen-2026-W46-leadership-fr.pdf" and path.read_bytes().startswith(b"%PDF-")
    assert f"Écrit\u00a0: {path}" in capsys.readouterr().out
    assert store.publications() == []
    assert main(["report", "build", "--week", "2026-W46", "--lang", "fr", "--out", str(tmp_path / "same.pdf")]) == 0
    assert (tmp_path / "same.pdf").read_bytes() == path.read_bytes(), "the same figures make the same bytes"


def test_without_a_week_it_is_the_last_whole_one_that_is_known(store: Store, tmp_path: Path) -> None:
    assert main(["report", "build", "--lang", "en", "--out", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.glob("*W46*.pdf")] == ["maison-lumen-2026-W46-leadership-en.pdf"]


def test_what_is_published_is_kept_and_the_next_report_says_what_has_changed(store: Store, tmp_path: Path) -> None:
    words = ["--lang", "en", "--out", str(tmp_path)]
    asked = ["--figures", "impressions_in_period", "--comment", "Well done", "--decision", "Go on."]
    assert main(["report", "build", "--week", "2026-W45", "--publish", *asked, *words]) == 0
    (kept,) = store.publications()
    assert (kept.week.first, kept.edition, kept.language, kept.way) == (date(2026, 11, 2), "leadership", "en", "file")
    assert (kept.comment, kept.decision) == ("Well done", "Go on.")
    expected = sum(100 + 56 + n for n in range(7))
    assert [(one.metric, one.value) for one in kept.figures] == [("impressions_in_period", expected)]
    fed(store, 10)
    with store.read() as cursor:
        (revised,) = report(cursor, given(store), Asked(week_of("2026-W46"), "en")).revisions
    assert (revised.old.value, revised.new.value) == (expected, expected + 70)


def test_a_week_that_is_not_known_to_its_end_is_written_with_a_warning(store: Store, tmp_path: Path, capsys) -> None:
    assert main(["report", "build", "--week", "2026-W47", "--lang", "en", "--out", str(tmp_path)]) == 0
    assert "The week is not complete: Sources known until 22 Nov 2026: 0 of 1." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--week", "2026-99"], "Write the week as YEAR-Wnn"),
        (["--week", "2031-w01"], "The week 2031-W01 begins on 30 Dec 2030 only: there is nothing to report yet."),
        (["--figures", "likes"], "There is no metric likes"),
        (["--out", "report.docx"], "A report is no .docx file"),
        (["--brand", "nobody"], "There is no brand named nobody"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(words: list[str], said: str, store: Store, capsys) -> None:
    assert main(["report", "build", "--lang", "en", *words]) == 1
    assert said in capsys.readouterr().err


def test_a_brand_without_figures_has_no_report_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "brands"))
    create_brand("Acme")
    assert main(["report", "build", "--lang", "en"]) == 1
    assert "There are no figures yet" in capsys.readouterr().err
