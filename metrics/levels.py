"""Lasting changes of level: since when a series has run higher or lower than before. They are no peaks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from metrics.peaks import followed
from metrics.smoothing import Floats, Scale

NOW, BEFORE = 7, 28  # days that are compared
FEWEST = 14  # days of the time before that must be known
STEP = 2.5  # spreads between the medians of the two
LASTS = 6  # of the days of now that must lie beyond half a step
MATERIAL = 0.2  # of the level before


@dataclass(frozen=True)
class Level:
    """A level that has lasted since a day: what was usual on a day before it, and what has been since, on average.

    `established`: the day that made a lasting change of it, on whose evening it is news.
    """

    since: date
    before: float
    now: float
    established: date

    @property
    def up(self) -> bool:
        """Whether it is higher than before."""
        return self.now > self.before


def levels(first: date, values: Floats, off: Collection[date] = (), signed: bool = False) -> tuple[Level, ...]:
    """The changes of level of one series, each known from the days until a week after it.

    Seven days are compared with the four weeks before them, less the shape of the week. After a change the time
    before begins anew, so that it is told once.
    """
    scale, x, found = followed(first, np.asarray(values, dtype=float)[None], off, signed)
    flat = (x - (found.expected - found.level))[0]
    made: list[Level] = []
    begun = int(found.first[0])
    for t in range(begun + FEWEST + NOW - 1, len(flat)):
        before, now = flat[max(t - NOW - BEFORE + 1, begun) : t - NOW + 1], flat[t - NOW + 1 : t + 1]
        known = before[~np.isnan(before)]
        if len(known) < FEWEST or np.isnan(now).sum() > NOW - LASTS:
            continue
        usual, spread = float(np.median(known)), float(found.spread[0, t - NOW + 1])
        step = float(np.nanmedian(now)) - usual
        beyond = np.sign(step) * (now - usual) > STEP * spread / 2
        if abs(step) >= STEP * spread and beyond.sum() >= LASTS:
            at = t - NOW + 1 + int(np.argmax(beyond))
            since, seen = first + timedelta(at), first + timedelta(t)
            level = Level(since, _units(scale, usual), _units(scale, usual + step), seen)
            if abs(level.now - level.before) >= MATERIAL * abs(level.before):
                made.append(level)
                begun = at
    return tuple(made)


def _units(scale: Scale, height: float) -> float:
    return float(scale.back(np.array(height)))
