"""A file of Google Analytics cut into its tables, each with what the comments before it state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from connectors.cells import normalise
from connectors.dates import YMD_STYLE, read_date
from connectors.sheet import Cells, Sheet, blank

COMMENT = re.compile(r"\s*#(?!\w)")  # not #REF! and its like
DASHES = re.compile(r"-{10,}")
PROPERTY = re.compile(r"(?:property|propriété) ?: ?(.+)", re.IGNORECASE)
STARTS = re.compile(r"(?:start date|date de debut) ?: ?(\d{8})")
ENDS = re.compile(r"(?:end date|date de fin) ?: ?(\d{8})")
BOTH = re.compile(r"(\d{8})-(\d{8})")
EVERYONE = {"", "all users", "tous les utilisateurs"}


@dataclass(frozen=True)
class Block:
    """The rows between two blank lines or comments, a header first, and the comments before them."""

    comments: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


@dataclass(frozen=True)
class Stated:
    """What comments state: the period, the audience compared when it is not all users, the kind of file."""

    first: date
    last: date
    audience: str = ""
    exploration: bool = False


def blocks_of(sheet: Sheet, is_header: Callable[[Cells], bool] = lambda cells: False) -> Iterator[Block]:
    """The tables of a sheet that begins as files of Analytics do; a header begins one where no blank line is left."""
    start = next((comment_in(cells) for _, cells in sheet.head(5) if not blank(cells)), None)
    if start is None or not DASHES.fullmatch(start):
        return
    comments: list[str] = []
    rows: list[tuple[int, Cells]] = []
    spoken = True  # comments of a table that was given say nothing of the next, unless none follow
    for number, cells in sheet.rows():
        comment = comment_in(cells)
        if rows and (comment is not None or blank(cells) or is_header(cells)):
            yield Block(tuple(comments), tuple(rows))
            rows, spoken = [], False
        if comment is not None:
            comments = [*comments, comment] if spoken else [comment]
            spoken = True
        elif not blank(cells):
            rows.append((number, cells))
    if rows:
        yield Block(tuple(comments), tuple(rows))


def comment_in(cells: Cells) -> str | None:
    """The text of a comment line, which a comma or a spreadsheet may have cut into cells."""
    if not cells or not COMMENT.match(str(cells[0] or "")):
        return None
    text = ",".join(str(cell) for cell in cells if cell is not None)
    return re.sub(r"\s+", " ", text).strip(" ,#")


def stated_by(block: Block) -> Stated | None:
    """What the comments of a table state, None when they give it no period."""
    title, first, last, exploration = "", None, None, False
    for comment in block.comments:
        plain = normalise(comment)
        if match := STARTS.fullmatch(plain):
            first = _day(match[1])
        elif match := ENDS.fullmatch(plain):
            last = _day(match[1])
        elif match := BOTH.fullmatch(plain):
            first, last, exploration = _day(match[1]), _day(match[2]), True
        else:
            title = "" if DASHES.fullmatch(comment) else comment or title
    if first is None or last is None:
        return None
    question = title.endswith("?")  # the title of a card of an overview
    return Stated(first, last, "" if question or normalise(title) in EVERYONE else title, exploration)


def _day(text: str) -> date | None:
    moment = read_date(text, YMD_STYLE)
    return moment.date() if moment else None


def property_of(sheet: Sheet) -> str:
    """The name of the property: stated as such, or the first comment of an exploration."""
    comments = [comment for _, cells in sheet.head(12) if (comment := comment_in(cells))]
    named = (match[1] for comment in comments if (match := PROPERTY.fullmatch(comment)))
    of_report = any(STARTS.fullmatch(normalise(comment)) for comment in comments)  # which states it, or has lost it
    return next(named, comments[1] if len(comments) > 1 and not of_report else "")


def handle_of(name: str) -> str:
    """The handle of an account of Google Analytics, which is known by its name only."""
    return re.sub(r"[^\w.]+", "-", re.sub(r"^https?://", "", normalise(name))).strip("-")
