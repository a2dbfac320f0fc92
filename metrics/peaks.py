"""Peaks of daily series, up and down: what each day was expected to be, and how far it lies from that.

`online` knows the days before alone; `looking_back` knows both sides. Values are (series, days) arrays that begin on
one day; NaN where there is no figure. Strength is counted in spreads, and three make a peak, either way.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from metrics.smoothing import MAD, SHARES, UNITS, Floats, Followed, Memory, Scale, begin, follow

PEAK = 3.0  # spreads
HISTORY = 28  # days before the first that is judged
DAYS = Memory(level=0.35, profile=0.075, spread=0.06, slow=0.015, unbias=1.08)
NEAR, WEEK = 15, 7
RAMP = 21  # days over which the other side joins in, at the ends
AROUND = 61  # days around a day that its spread is taken from, looking back
STL_PEAK = 4.75  # its 3.5 of the textbooks gives a false peak every twelve days
SEASONAL, TREND = 35, 15


@dataclass(frozen=True)
class Bands:
    """For each series and day, in the units of the values; NaN where nothing can be said. `level` has no weekday."""

    expected: Floats
    low: Floats
    high: Floats
    strength: Floats
    level: Floats

    def part(self, row: int, days: slice) -> Bands:
        """Some days of one series."""
        return Bands(*(getattr(self, one.name)[row, days] for one in fields(self)))


def online(first: date, values: Floats, off: Collection[date] = (), signed: bool = False) -> Bands:
    """What each day was expected to be from the days before it. `off`: public holidays; `signed`: may be below zero."""
    scale, x, found = followed(first, values, off, signed)
    early = np.arange(x.shape[1]) < (found.first + HISTORY)[:, None]
    expected = np.where(early, np.nan, found.expected)
    return _bands(scale, expected, found.spread, (x - expected) / found.spread, found.level)


def followed(
    first: date, values: Floats, off: Collection[date] = (), signed: bool = False
) -> tuple[Scale, Floats, Followed]:
    """The scale that the values are judged on, the values there, and what the smoothing made of them."""
    return _followed(first, np.asarray(values, dtype=float).tobytes(), values.shape, frozenset(off), signed)


@lru_cache(maxsize=4)  # both sides of each day, and the levels, are seen from the same smoothing
def _followed(
    first: date, values: bytes, shape: tuple[int, int], off: frozenset[date], signed: bool
) -> tuple[Scale, Floats, Followed]:
    scale = UNITS if signed else SHARES
    x = _on(scale, np.frombuffer(values).reshape(shape))
    found = _follow(x, _slots(first, shape[1]), _free(first, shape[1], off), scale)
    for one in (x, found.expected, found.spread, found.level):
        one.flags.writeable = False
    return scale, x, found


def _follow(x: Floats, slots: NDArray[np.int64], free: Floats, scale: Scale) -> Followed:
    return follow(x, slots, begin(x, slots, WEEK, HISTORY, NEAR), DAYS, scale, free)


def looking_back(first: date, values: Floats, off: Collection[date] = (), signed: bool = False) -> Bands:
    """What each day was expected to be from the days on both sides of it.

    The mean of two opinions: the smoothing of `online` run both ways, and a robust STL.
    """
    scale, x, there = followed(first, values, off, signed)
    slots, free = _slots(first, x.shape[1]), _free(first, x.shape[1], off)
    expected, spread, level = _both_ways(x, there, _follow(x[:, ::-1], slots[::-1], free[::-1], scale), scale)
    strength = (x - expected) / spread
    for row in np.flatnonzero(~np.isnan(expected).all(axis=1)):
        days = np.flatnonzero(~np.isnan(expected[row]))
        there = slice(days[0], days[-1] + 1)
        fit, scatter = _stl(np.where(free[there] > 0, np.nan, x[row, there]), expected[row, there], scale)
        fit = np.where(free[there] > 0, expected[row, there], fit)  # STL knows no days off
        other = (x[row, there] - fit) / scatter * PEAK / STL_PEAK
        strength[row, there] = (strength[row, there] + other) / 2
        expected[row, there] = (expected[row, there] + fit) / 2
        # The band is where the mean of both strengths is the threshold.
        spread[row, there] = 2 / (1 / spread[row, there] + PEAK / STL_PEAK / scatter)
    return _bands(scale, expected, spread, strength, level)


def _both_ways(x: Floats, there: Followed, again: Followed, scale: Scale) -> tuple[Floats, Floats, Floats]:
    """The mean of both ways, of which the one that has just begun counts less; `again` is from the last day on."""
    days = x.shape[1]
    last = days - 1 - again.first[:, None]
    since, until = np.arange(days) - there.first[:, None], last - np.arange(days)
    ahead = 0.5 + 0.5 * (np.clip(since / RAMP, 0, 1) - np.clip(until / RAMP, 0, 1))
    expected = ahead * there.expected + (1 - ahead) * again.expected[:, ::-1]
    level = ahead * there.level + (1 - ahead) * again.level[:, ::-1]
    expected = np.where((since < 0) | (until < 0), np.nan, expected)
    e = x - expected
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a series without a start has no median
        spread = np.broadcast_to(MAD * np.nanmedian(np.abs(e), axis=1, keepdims=True), x.shape)
    for _ in range(3):
        clipped = np.clip(e, -DAYS.clip * spread, DAYS.clip * spread)
        spread = np.sqrt(DAYS.unbias * _mean_around(clipped**2, AROUND))
    return expected, np.maximum(spread, scale.least(expected)), level


def _stl(x: Floats, filled: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """Trend plus season of one series, whose unknown days are taken as expected, and the spread around it."""
    from statsmodels.tsa.seasonal import STL  # takes a second to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a series that never varies has no weights
        found = STL(np.where(np.isnan(x), filled, x), WEEK, seasonal=SEASONAL, trend=TREND, robust=True).fit()
    fit = np.asarray(found.trend) + np.asarray(found.seasonal)
    fit = np.where(np.isnan(fit), filled, fit)
    rest = (x - fit)[~np.isnan(x)]
    spread = MAD * np.median(np.abs(rest - np.median(rest)))
    return fit, np.maximum(spread, scale.least(fit))


def _on(scale: Scale, values: Floats) -> Floats:
    """The values on the scale; what is below zero where nothing may be is not known."""
    values = np.asarray(values, dtype=float)
    return scale.there(values if scale is UNITS else np.where(values < 0, np.nan, values))


def _bands(scale: Scale, expected: Floats, spread: Floats, strength: Floats, level: Floats) -> Bands:
    # Unlike a net figure, a count is never below zero.
    least = -np.inf if scale is UNITS else 0.0
    middle, low, high, height = (
        np.maximum(scale.back(one), least)
        for one in (expected, expected - PEAK * spread, expected + PEAK * spread, level)
    )
    return Bands(middle, low, high, strength, np.where(np.isnan(expected), np.nan, height))


def _slots(first: date, days: int) -> NDArray[np.int64]:
    return (first.weekday() + np.arange(days)) % WEEK


def _free(first: date, days: int, off: Collection[date]) -> Floats:
    """1 on a day off that is no weekend, which is quiet anyway."""
    return np.array([(day := first + timedelta(t)) in off and day.weekday() < 5 for t in range(days)], dtype=float)


def _mean_around(x: Floats, width: int) -> Floats:
    """The mean of the known days around each day."""
    half, known = width // 2, ~np.isnan(x)
    sums = [
        np.pad(np.cumsum(one, axis=1), ((0, 0), (half + 1, half)), mode="edge")
        for one in (np.where(known, x, 0.0), known * 1.0)
    ]
    for one in sums:
        one[:, : half + 1] = 0.0
    total, count = (one[:, width:] - one[:, :-width] for one in sums)
    return np.divide(total, count, out=np.full(x.shape, np.nan), where=count > 0)
