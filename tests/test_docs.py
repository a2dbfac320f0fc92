"""What is written about Vigie is true: made pages are current, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from commands.line import parser_for
from docs.generate import FORMATS, made
from i18n import locale

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "demo" / "README.md"])
COMMAND = re.compile(r"(?:`|^(?:\S+[/\\])?)python vigie\.py ([^`\n]+)", re.MULTILINE)  # in code, or a line of its own


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", made(), ids=named)
def test_a_page_made_from_the_definitions_is_current(path: Path) -> None:
    current = path.exists() and path.read_text(encoding="utf-8") == made()[path]
    assert current, f"{named(path)} does not say what the definitions say. Run: python -m docs.generate"


def test_the_readme_has_a_place_for_the_table_of_formats() -> None:
    assert len(FORMATS.findall((ROOT / "README.md").read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_to_files_that_are_there(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_files_that_are_named_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    files = re.findall(r"`((?:\w+/)*\w+\.(?:py|sql|md|po|css|toml))`", text)
    places = [ROOT, path.parent]
    missing = [file for file in files if not any((place / file).exists() for place in places)]
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_commands_that_are_shown_are_commands(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = parser_for(locale("en"))
    for match in COMMAND.finditer(path.read_text(encoding="utf-8")):
        try:
            parser.parse_args(shlex.split(match[1]))
        except SystemExit as end:
            assert not end.code, f"{match[0]}\n{capsys.readouterr().err}"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_prose_has_no_long_dashes(path: Path) -> None:
    dashes = [line for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\w ?\u2014 ?\w", line)]
    assert not dashes
