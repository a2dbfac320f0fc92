"""Why a day was what it was: the parts of it that changed, or that all of it did.

A part is a cause where it makes up enough of the difference, and changed otherwise than the rest did. Where none did,
the change is across the board; where the day is too small to tell, that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.scan import WEEKS, Cause, Parts, blocks, widest

__all__ = ["WEEKS", "Cause", "Explained", "Parts", "Why", "contributions", "explain"]

SHARE = 0.25  # of the whole difference, that a cause makes up at least


class Why(StrEnum):
    """What can be said of a difference."""

    PARTS = "parts"  # some parts explain it
    ACROSS = "across"  # all parts changed alike
    FEW = "few"  # too few events to tell
    UNKNOWN = "unknown"  # no parts are stated, or too few weeks of them


@dataclass(frozen=True)
class Explained:
    """What explains a difference: the smallest set of parts, the largest first, or that there is none and why."""

    why: Why
    causes: tuple[Cause, ...] = ()

    @property
    def share(self) -> float:
        """How much of the difference the causes make up together; parts of one dimension, so nothing counts twice."""
        return sum(cause.share for cause in self.causes)


def contributions(parts: Parts, expected: float) -> list[Cause]:
    """The parts by one dimension, the first, with their shares of the difference, which add up to 1."""
    block = next(blocks(parts, expected), None)
    causes = [block.cause(n) for n in range(len(block.actual))] if block else []
    return sorted(causes, key=lambda cause: -abs(cause.share))


def explain(tables: Sequence[Parts], expected: Sequence[float]) -> Explained:
    """The smallest set of parts that explains how a day differs from what was `expected` of each table's whole.

    Tables part the same day in other ways: by source, by page, by country. Each may have a whole of its own.
    """
    found = [
        block
        for n, (parts, whole) in enumerate(zip(tables, expected, strict=True))
        for block in blocks(parts, whole, n)
    ]
    if not found:
        return Explained(Why.UNKNOWN)
    best = max(found, key=lambda block: block.standing_out(SHARE).max())
    likely = best.standing_out(SHARE)
    if likely.max() > -np.inf:
        block, n = widest(best, int(likely.argmax()), [one for one in found if one.table == best.table])
        return Explained(Why.PARTS, block.set_from(n))
    return Explained(Why.ACROSS if any(block.could_tell() for block in found) else Why.FEW)
