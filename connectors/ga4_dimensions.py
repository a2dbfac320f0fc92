"""The dimensions of Google Analytics that have no column of ours, told by where they stand and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from connectors.cells import missing, normalise
from connectors.dates import YMD_STYLE, read_date
from connectors.ga4_columns import DIMENSIONS, MEASURES, SPANS, UNCOUNTED
from connectors.sheet import Cells

MEASURE_KEYS = {column.key for column in MEASURES}
KNOWN = {column.key for column in (*DIMENSIONS, *SPANS)}
OTHER = "(other)"  # the member that stands for all that Google does not list
NUMBERED = re.compile(r"0\d{3}|20\d\d[01]\d([0-3]\d)?|20\d\d[0-5]\d")  # the nth day; a day, a month or a week
COHORT = re.compile(r"(day|week|month|jour|semaine|mois) \d+")  # who came back so long after: a measure
NUMBER = re.compile(r"[+-]?[\d.,\s:]+%?")


def unknown_dimensions(
    headers: Sequence[str], positions: Mapping[str, tuple[int, ...]], body: Sequence[Cells]
) -> dict[str, int]:
    """The dimensions without a column of ours: they stand left of the measures, or hold words."""
    declared = {place for places in positions.values() for place in places}
    names = [normalise(header) for header in headers]
    uncounted = [place for place, name in enumerate(names) if name in UNCOUNTED or COHORT.fullmatch(name)]
    measures = [positions[key][0] for key in MEASURE_KEYS & positions.keys()] + uncounted
    others = [p for p, header in enumerate(headers) if header and p not in declared and p not in uncounted]
    first = min(measures, default=0)
    known = [place for key in {*positions} - MEASURE_KEYS for place in positions[key]]
    moved = bool(measures) and any(place > first for place in known)
    columns = {place: [row[place] for row in body if not missing(row[place])] for place in others}
    twice = {place for place, header in enumerate(headers) if headers.count(header) > 1}
    found = [
        place
        for place, cells in columns.items()
        if _holds_words(cells)
        or (
            place not in twice
            and place < first
            and not moved
            and not (place < max(known, default=0) and any(map(_is_broken, cells)))
        )
    ]
    if not found and len(body) > 1 and not positions.keys() - MEASURE_KEYS and others[:1] == [0]:
        found = [0]  # several rows are of several things, even when these are numbered
    # Keys of ours are in lower case, so that no header can be taken for one.
    return {headers[place][:1].upper() + headers[place][1:]: place for place in found}


def in_words(cells: Sequence[object]) -> bool:
    """Whether cells under "Date" state spans in words, and no day among them."""
    stated = [cell for cell in cells if not missing(cell) and normalise(str(cell)) != OTHER]
    return bool(stated) and not any(read_date(cell, YMD_STYLE) for cell in stated)


def number_spans(key: str, cells: Iterable[object]) -> bool:
    """Whether an unknown dimension numbers its members as Google numbers days, weeks and months."""
    stated = [str(cell).strip() for cell in cells if normalise(str(cell)) != OTHER]
    return bool(stated) and key not in KNOWN and all(NUMBERED.fullmatch(cell) for cell in stated)


def _is_broken(cell: object) -> bool:
    """Whether a number has decimals, as those of members have not."""
    return bool(re.fullmatch(r"[+-]?\d+[.,]\d+%?", str(cell).strip()))


def _holds_words(cells: Sequence[object]) -> bool:
    """Whether most of the cells are words; one among numbers is damaged."""
    return sum(not NUMBER.fullmatch(str(cell)) for cell in cells) * 2 > len(cells)
