"""Lasting changes of level: since when a series has run higher or lower than before. They are no peaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

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


def levels(first: date, values: Floats, off: Collection[date] = (), signed: bool = False) -> list[tuple[Level, ...]]:
    """The changes of level of each series (series, days), each known from the days until a week after it.

    Seven days are compared with the four weeks before them, less the shape of the week. After a change the time
    before begins anew, so that it is told once.
    """
    scale, x, found = followed(first, values, off, signed)
    flat = x - (found.expected - found.level)
    return [
        tuple(_of_one(first, scale, flat[row], found.spread[row], int(found.first[row]))) for row in range(len(flat))
    ]


def _of_one(first: date, scale: Scale, flat: Floats, spread: Floats, begun: int) -> Iterator[Level]:
    while change := _next(first, scale, flat[begun:], spread[begun:], begun):
        yield change
        begun = (change.since - first).days


def _next(first: date, scale: Scale, flat: Floats, spread: Floats, begun: int) -> Level | None:
    """The first change among days of which the first is `begun`."""
    days = pd.Series(flat)
    usual = days.rolling(BEFORE, min_periods=FEWEST).median().shift(NOW).to_numpy()
    step = days.rolling(NOW, min_periods=LASTS).median().to_numpy() - usual
    least = STEP * pd.Series(spread).shift(NOW - 1).to_numpy()
    for t in np.flatnonzero(np.abs(step) >= least):
        now = flat[t - NOW + 1 : t + 1]
        beyond = np.sign(step[t]) * (now - usual[t]) > least[t] / 2
        if beyond.sum() < LASTS:
            continue
        at, seen = (first + timedelta(int(begun + n)) for n in (t - NOW + 1 + np.argmax(beyond), t))
        level = Level(at, _units(scale, usual[t]), _units(scale, usual[t] + step[t]), seen)
        if abs(level.now - level.before) >= MATERIAL * abs(level.before):
            return level
    return None


def _units(scale: Scale, height: float) -> float:
    return float(scale.back(np.array(height)))
