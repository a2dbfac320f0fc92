"""What is read column by column is what is read row by row: rows, values, problems, checks, and their order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_contract import TEXTS, damaged
from test_samples import SAMPLES, answers_of

from connectors import text as texts
from connectors.base import Table
from connectors.columns import Piece
from connectors.reading import examine
from connectors.text import Text
from data.model import Answers, Problem, Statement, UserError

ZONE = "Europe/Paris"
REAL = (
    "x",
    "meta",
    "linkedin",
    "tiktok",
    "youtube",
    "pinterest",
    "ga4",
    "google_search_console",
    "matomo",
    "plausible",
)


@contextmanager
def pieces_of(size: int) -> Iterator[None]:
    """Texts are read in pieces of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "PIECE", size)
        yield


@contextmanager
def row_by_row() -> Iterator[None]:
    """Nothing is read column by column."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "pieces", lambda table, places, totals=None: table.chunks(totals))
        yield


def expected(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def read_in_pieces(text: str, delimiter: str, above: int, width: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for piece in Text(text.encode()).pieces(delimiter, above):
        told = piece.rows() if isinstance(piece, Piece) else piece
        if isinstance(piece, Piece) and (columns := piece.columns(width, range(width))):
            assert [list(row) for row in zip(*columns.values(), strict=True)] == told
        rows += told
    return rows


LETTERS = st.text(st.sampled_from('ab1 ,;"\n\ré\u2028'), max_size=60)
CELL = st.text(st.sampled_from('ab1 ,"\n\ré'), max_size=6)
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12)


@settings(max_examples=400)
@given(LETTERS, st.sampled_from(",;"), st.integers(0, 2), st.integers(2, 4), st.integers(3, 40))
def test_any_text_comes_in_pieces_as_it_comes_row_by_row(text: str, mark: str, above: int, width: int, size: int):
    with pieces_of(size):
        assert read_in_pieces(text, mark, above, width) == expected(text, mark)[above:]


@settings(max_examples=300)
@given(TABLE, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(3, 40))
def test_a_table_with_line_ends_and_quotation_marks_in_its_cells_comes_whole(
    rows: list[list[str]], end: str, all_quoted: bool, size: int
):
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL).writerows(rows)
    with pieces_of(size):
        assert read_in_pieces(out.getvalue(), ",", 0, 3) == expected(out.getvalue(), ",")


def test_a_table_of_many_pieces_is_read_in_columns():
    text = "Day,Title,Views\n" + "".join(f'2026-01-{n % 28 + 1:02},"A, ""{n}""\nb",{n}\n' for n in range(500))
    with pieces_of(1_000):
        pieces = list(Text(text.encode()).pieces(",", 1))
        assert len(pieces) > 10
        assert all(isinstance(piece, Piece) and piece.columns(3, [2]) for piece in pieces[:-1])
        assert pieces[-1] == [] or isinstance(pieces[-1], Piece)


def told(name: str, content: bytes | Path, answers: Answers) -> tuple[list[str], list[str], list[str]] | str:
    """All that a file says, in words: its statements, its problems, the rest."""
    try:
        examined = examine(name, content, answers)
        if examined.questions:
            asked = {question.about for question in examined.questions}
            account = f"{examined.questions[0].networks[0]}:brand" if "account" in asked else None
            answers = Answers(account, datetime(2026, 11, 1), answers.date_order or "dmy", date(2025, 1, 1))
            examined = examine(name, content, answers)
            if examined.questions:
                return repr(examined.questions)
        found = list(examined.statements(ZONE))
    except UserError as error:
        return str(error)
    statements = [repr(one) for one in found if isinstance(one, Statement)]
    problems = [repr(one) for one in found if isinstance(one, Problem)]
    return statements, problems, [repr(one) for one in found if not isinstance(one, (Statement, Problem))]


def assert_same(name: str, content: bytes | Path, answers: Answers = Answers()) -> None:  # noqa: B008
    with row_by_row():
        slowly = told(name, content, answers)
    with pieces_of(700):
        assert told(name, content, answers) == slowly


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_says_the_same_either_way(sample: Path):
    assert_same(sample.name, sample, answers_of(sample))


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.name)
def test_a_damaged_sample_says_the_same_either_way(sample: Path):
    for seed in range(3):
        assert_same(sample.name, damaged(sample, seed), answers_of(sample))


def test_every_real_text_says_the_same_either_way(real_exports: Path):
    files = [path for path in sorted(real_exports.rglob("*")) if path.suffix.lower() in (".csv", ".tsv", ".zip")]
    assert len(files) > 50
    for path in files:
        assert_same(path.name, path)
