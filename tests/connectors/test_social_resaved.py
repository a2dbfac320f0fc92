"""A file that was renamed, re-saved by a European Excel or put in another order of columns says the same."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from reading_help import csv_text, read_file, workbook
from test_samples import SAMPLES, answers_of

from connectors.reading import examine
from connectors.sheet import decode
from data.model import Answers, Problem, Statement

FORMATS = {"x_posts", "x_days", "meta_facebook_posts", "meta_instagram", "meta_results", "meta_facebook_days"}
FORMATS |= {"linkedin_content", "linkedin_followers", "linkedin_visitors"}
BY_NAME = "Maison Lumen - Visites sur la Page Facebook.csv"  # its name alone says which card it is
OURS = [path for path in SAMPLES if path.parent.name in FORMATS and path.name != BY_NAME]
TEXTS = [path for path in OURS if path.suffix == ".csv" and path.parent.name != "meta_results"]
BOOKS = [path for path in OURS if path.suffix == ".xlsx"]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def told(name: str, content: bytes, answers: Answers) -> list[tuple[Any, ...]]:
    """What a file says, but for the name of its sheet, which for a text is the name of the file."""
    read = read_file(name, content, answers)
    items: list[Statement | Problem] = [*read.statements, *read.problems]
    return sorted((_told(item) for item in items), key=repr)


def _told(item: Statement | Problem) -> tuple[Any, ...]:
    if isinstance(item, Statement):
        values = sorted((k, v) for k, v in item.values.items() if v is not None)
        return item.table, item.origin.row, values, sorted(item.others.items())
    return str(item.expected), item.row, item.column, item.found


def all_told(path: Path) -> Answers:
    """The answers of a sample and what its name says of it, so that another name changes nothing."""
    export = examine(path.name, path.read_bytes(), answers_of(path)).export
    return replace(export.answers, as_of=export.as_of, account=export.answers.account or export.accounts[0].key)


def same(path: Path, content: bytes) -> bool:
    answers = all_told(path)
    return told("export" + path.suffix, content, answers) == told(path.name, path.read_bytes(), answers)


@pytest.mark.parametrize("path", OURS, ids=named)
def test_another_name_changes_nothing(path: Path) -> None:
    assert same(path, path.read_bytes())


def rows_of(path: Path) -> list[list[str]]:
    text = decode(path.read_bytes()) or ""
    delimiter = ";" if text.splitlines()[0].count(";") > 2 else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_semicolons_and_the_old_encoding_of_windows_change_nothing(path: Path) -> None:
    text = csv_text(rows_of(path), ";")
    try:
        content = text.encode("cp1252")
    except UnicodeEncodeError:  # emoji: then a spreadsheet writes UTF-8
        content = text.encode("utf-8-sig")
    assert same(path, content)


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_the_order_of_the_columns_changes_nothing(path: Path) -> None:
    header, *rows = rows_of(path)
    width = len(header)
    content = csv_text([header[::-1], *([*row, *[""] * (width - len(row))][::-1] for row in rows)])
    assert same(path, content.encode())


@pytest.mark.parametrize("path", BOOKS, ids=named)
def test_the_order_of_the_columns_of_a_workbook_changes_nothing(path: Path) -> None:
    if examine(path.name, path.read_bytes()).guessed:
        pytest.skip("headers in no language we know: the order of the columns is all there is")
    book = CalamineWorkbook.from_path(path)
    grids = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    assert same(path, workbook(*((name, [row[::-1] for row in grid]) for name, grid in grids)))
