"""Peaks of hourly series: which hours stand out, from the hours before alone.

Counts of an hour come in bursts: they are judged by their roots, with the hours of a working day apart from those of a
weekend, and a slow memory. An hour needs more strength than a day to be a peak, as there are 24 times as many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from metrics.smoothing import ROOTS, Floats, Memory, begin, follow

PEAK = 5.5  # spreads: on hours of tweets, a false peak every second week
HOURS, HISTORY = 24, 7 * 24
MEMORY = Memory(level=0.05, profile=0.05, spread=0.005, slow=0.005, unbias=1.0, clip=4.0, patience=24, homesick=14 * 24)
NEAR = 2 * 24 + 1
TOGETHER = timedelta(hours=6)


@dataclass(frozen=True)
class Episode:
    """Hours that stand out, no more than six apart: the strongest of them, its value and what was expected then."""

    first: datetime
    last: datetime
    top: datetime
    value: float
    expected: float
    strength: float

    @property
    def up(self) -> bool:
        """Whether more came than expected."""
        return self.strength > 0


class Bounds(NamedTuple):
    """What each hour of (series, hours) was expected to be, the band around it, its strength; NaN in the first week."""

    expected: Floats
    low: Floats
    high: Floats
    strength: Floats


def bounds(first: datetime, values: Floats) -> Bounds:
    """Each hour of (series, hours) against the hours before it."""
    hours = values.shape[1]
    begins = first.weekday() * HOURS + first.hour + np.arange(hours)
    slots = (begins // HOURS % 7 >= 5) * HOURS + begins % HOURS
    x = ROOTS.there(np.where(values < 0, np.nan, values))
    start = begin(x, slots, 2 * HOURS, HISTORY, NEAR)
    found = follow(x, slots, start, MEMORY, ROOTS, np.zeros(hours))
    expected = np.where(np.arange(hours) < (start.first + HISTORY)[:, None], np.nan, found.expected)
    low, high = (np.maximum(ROOTS.back(expected + side * PEAK * found.spread), 0.0) for side in (-1, 1))
    return Bounds(ROOTS.back(expected), low, high, (x - expected) / found.spread)


def together(strength: Floats, peak: float = PEAK) -> list[list[int]]:
    """The places of the hours that stand out, those of one side in one list where they lie close together."""
    made: list[list[int]] = []
    for t in np.flatnonzero(np.abs(strength) >= peak).tolist():
        near = made and (t - made[-1][-1]) * timedelta(hours=1) <= TOGETHER
        if near and np.sign(strength[t]) == np.sign(strength[made[-1][-1]]):
            made[-1].append(t)
        else:
            made.append([t])
    return made


def episodes(first: datetime, values: Sequence[float | None], peak: float = PEAK) -> tuple[Episode, ...]:
    """The hours of one series that stand out, in one piece where they lie close together and on one side."""
    known = np.array([np.nan if value is None else value for value in values], dtype=float)
    expected, _, _, strength = (row[0] for row in bounds(first, known[None]))
    made = together(strength, peak)
    moments = [first + timedelta(hours=t) for t in range(len(known))]
    return tuple(
        Episode(moments[hours[0]], moments[hours[-1]], moments[top], known[top], float(expected[top]), strength[top])
        for hours in made
        for top in [max(hours, key=lambda t: abs(strength[t]))]
    )
