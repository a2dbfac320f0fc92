"""Rows that are of one day each: tools print hours, weeks and months under the same header as days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from data.model import UserError, says

WEEK = 7


def refuse_other_spans(file: str, days: Sequence[date]) -> None:
    """Raises UserError where the rows of a table by day are of hours, weeks or months."""
    ordered = sorted(days)
    apart = [(later - day).days for day, later in pairwise(ordered)]
    if apart and (min(apart) == 0 or min(apart) >= WEEK):
        raise UserError(
            says(
                "The rows of {file} are not of one day each: two of them begin {n} days apart. "
                "Choose days instead of hours, weeks or months, and export it again.",
                file=file, n=min(apart),
            )
        )  # fmt: skip
