"""What the cells of a column look like, before anyone has said what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from connectors.cells import DECIMAL, SECONDS, Unreadable, missing
from connectors.dates import DATE, read_date
from connectors.meanings import EMAIL, as_text, network_of

EXAMPLES, LONGEST_EXAMPLE = 3, 40
MOST = 0.5  # of the cells: the others may be damaged, or totals
HIDDEN = "…@…"
URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
LONG_ID = re.compile(r"\d{10,}(_\d+)?|urn:li:\S+")
TEXT_LENGTH = 25  # letters; names and kinds of posts are shorter


@dataclass(frozen=True)
class Look:
    """A column as it stands: its header, its place, and its cells that state something, the first few hundred."""

    header: str
    place: int
    cells: Sequence[Any]

    @property
    def examples(self) -> tuple[str, ...]:
        """The first different values, cut where they are long; addresses of people are not shown."""
        if self.emails:
            return (HIDDEN,)
        texts = dict.fromkeys(" ".join(_shown(cell).split()) for cell in self.cells)
        cut = (text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE - 1] + "…" for text in texts)
        return tuple(text for text, _ in zip(cut, range(EXAMPLES), strict=False))

    @cached_property
    def dates(self) -> bool:
        """Whether it holds days or moments; a bare number is none."""
        return self.mostly(lambda cell: isinstance(cell, date) or (_not_bare(cell) and _is_date(cell)))

    @cached_property
    def numbers(self) -> bool:
        """Whether it holds numbers."""
        return self.mostly(lambda cell: _parses(DECIMAL.parse, cell))

    @cached_property
    def durations(self) -> bool:
        """Whether it holds numbers or durations such as 1:02:03."""
        return self.mostly(lambda cell: _parses(SECONDS.parse, cell))

    @cached_property
    def fractions(self) -> bool:
        """Whether its numbers are shares: with a percent sign, or broken ones of 1 at most."""
        if self.mostly(lambda cell: str(cell).rstrip().endswith("%")):
            return True
        numbers = [cell for cell in self.cells if isinstance(cell, float)]
        return bool(numbers) and len(numbers) == len(self.cells) and 0 < max(map(abs, numbers)) <= 1

    @cached_property
    def addresses(self) -> bool:
        """Whether it holds addresses of web pages."""
        return self.mostly(lambda cell: bool(URL.fullmatch(str(cell).strip())))

    @cached_property
    def emails(self) -> bool:
        """Whether it holds e-mail addresses."""
        return self.mostly(lambda cell: bool(EMAIL.fullmatch(str(cell).strip())))

    @cached_property
    def networks(self) -> bool:
        """Whether it names networks."""
        return not self.addresses and self.mostly(lambda cell: bool(network_of(as_text(cell))))

    @cached_property
    def long_ids(self) -> bool:
        """Whether it holds ids that nothing else looks like."""
        return self.mostly(lambda cell: bool(LONG_ID.fullmatch(as_text(cell))))

    @cached_property
    def prose(self) -> bool:
        """Whether it holds sentences."""
        texts = [cell for cell in self.cells if isinstance(cell, str)]
        return len(texts) * 2 > len(self.cells) and sum(map(len, texts)) > TEXT_LENGTH * len(texts)

    @property
    def different(self) -> float:
        """The share of its cells that are different from all others."""
        return len({str(cell) for cell in self.cells}) / len(self.cells) if self.cells else 0.0

    def mostly(self, test: Callable[[Any], bool]) -> bool:
        """Whether most of its cells pass a test."""
        return bool(self.cells) and sum(map(test, self.cells)) >= MOST * len(self.cells)


def look_at(header: str, place: int, rows: Iterable[Sequence[Any]]) -> Look:
    """The look of the column at a place."""
    cells = (row[place] for row in rows if place < len(row))
    return Look(header, place, [cell for cell in cells if not missing(cell)])


def _shown(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return as_text(cell)


def _not_bare(cell: Any) -> bool:
    return not as_text(cell).isdigit()


def _is_date(cell: Any) -> bool:
    return any(read_date(cell, style) for style in DATE.styles)


def _parses(parse: Callable[[Any, bool], Any], cell: Any) -> bool:
    try:
        parse(cell, False)
    except Unreadable:
        return False
    return not (isinstance(cell, str) and re.search(r"[a-z]{2}", cell, re.IGNORECASE))
