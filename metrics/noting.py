"""Annotations as people write them: rows of a CSV file, or tables of a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.model import CATEGORIES, LONGEST_TEXT, Message, Noted, UserError, says
from metrics.writing import Wrong, day_of, rows_of, tables_of, text_of

MOST = 2000  # annotations in a file
COLUMNS = ("from", "to", "category", "text")
FRENCH = {"du": "from", "au": "to", "catégorie": "category", "texte": "text"}


@dataclass
class Annotated:
    """What a file notes, and what is wrong with it."""

    noted: list[Noted] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)


def annotated(name: str, content: bytes, categories: Mapping[str, str]) -> Annotated:
    """What a file notes; `categories` are their names in the reader's language. Raises UserError where it is neither
    CSV nor TOML."""
    text, toml = text_of(content), name.lower().endswith(".toml")
    rows = tables_of(name, text, "annotation", COLUMNS) if toml else rows_of(name, text, COLUMNS, "from", FRENCH)
    found = Annotated()
    for line, row in rows:
        if len(found.noted) + len(found.problems) >= MOST:
            raise UserError(says("{file} has more than {n} annotations.", file=name, n=MOST))
        try:
            found.noted.append(_noted(row, categories))
        except Wrong as wrong:
            found.problems.append(wrong.at(name, line))
    if not found.noted and not found.problems:
        raise UserError(says("{file} holds no annotation. Its columns are: {columns}", file=name, columns=[*COLUMNS]))
    return found


def _noted(row: Mapping[str, Any], categories: Mapping[str, str]) -> Noted:
    first = day_of("from", row.get("from"))
    if first is None:
        raise Wrong("from", "", says("a day as YYYY-MM-DD"))
    last = day_of("to", row.get("to")) or first
    if last < first:
        raise Wrong("to", last, says("no day before that under from"))
    told = str(row.get("category") or CATEGORIES[-1]).strip()
    named = {key.casefold(): key for key in CATEGORIES} | {n.casefold(): key for key, n in categories.items()}
    if told.casefold() not in named:
        raise Wrong("category", told, says("one of {keys}", keys=", ".join(CATEGORIES)))
    text = " ".join(str(row.get("text") or "").split())
    if not 0 < len(text) <= LONGEST_TEXT:
        raise Wrong("text", text, says("what happened, in at most {n} characters", n=LONGEST_TEXT))
    return Noted(first, last, named[told.casefold()], text)
