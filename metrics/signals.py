"""Signals: whether a reading stands out from its own past. The rest is routine variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

ENOUGH = 8  # earlier values needed before anything is judged
MEDIAN_FACTOR = 3.145  # process behaviour chart of individual values, median moving range (Wheeler)


@dataclass(frozen=True)
class Verdict:
    """A value outside its natural process limits: `up` above the upper one, else below the lower one."""

    up: bool
    low: float
    high: float


def verdict(past: Sequence[float | None], now: float | None) -> Verdict | None:
    """What the limits of the past say of the value of now; None for routine variation or too short a past.

    Limits: median ± 3.145 × median moving range of the earlier values, which old spikes do not widen.
    A flat past (no moving range) judges nothing.
    """
    values = [value for value in past if value is not None]
    if now is None or len(values) < ENOUGH:
        return None
    spread = median(abs(b - a) for a, b in pairwise(values))
    low, high = median(values) - MEDIAN_FACTOR * spread, median(values) + MEDIAN_FACTOR * spread
    if not spread or low <= now <= high:
        return None
    return Verdict(now > high, low, high)
