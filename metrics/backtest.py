"""What would have been said on each past day of the days that followed, and how far off it was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
WEEK, YEAR = 7, 364  # days: a year of whole weeks, so that the weekdays are the same
ORIGINS = 365  # past days that are asked, at most
FEWEST_ORIGINS = 20
LEVEL_STATED, SPAN_STATED = 4, 0.8  # days of seven, and the share of a span, that have to be stated
FURTHEST = 1.5  # in logarithms: what came is taken for at most 4.5 times what was said, or as much less
SHARES_OF_YEAR = (1 / 3, 2 / 3, 1.0)
WITH_YEAR = 365 + 60  # days of a past that can say whether last year helps
EARNED = 0.97  # last year is heard where it leaves no more than this of the error


@dataclass(frozen=True)
class Tried:
    """By origin, that is after so many days: the level then, and the logarithm of what came over what was said."""

    levels: Values
    errors: Values


@dataclass(frozen=True)
class Errors:
    """Past errors, less the share of the year before that is heard; `expected` is what the year before says of now."""

    left: Values
    share: float
    expected: float

    def spread(self, ahead: int, wider: float) -> Values:
        """The errors that there may be now: as those of the past, wider where spans of so many days are few."""
        own = self.left - np.median(self.left)
        return self.expected + wider * np.sqrt(1 + 2 * ahead / own.size) * own


def weekdays(first: int, count: int) -> NDArray[np.int64]:
    """The weekdays of successive days, 0 for Monday, from that of the first."""
    return (first + np.arange(count)) % WEEK


def weekday_profile(values: Values, days: NDArray[np.int64]) -> Values:
    """How many times an ordinary day each weekday is, Monday first; 1 on average."""
    stated = ~np.isnan(values)
    counts = np.bincount(days[stated], minlength=WEEK)
    sums = np.bincount(days[stated], weights=values[stated], minlength=WEEK)
    if not counts.all() or not sums.sum():
        return np.ones(WEEK)
    means = sums / counts
    return means / means.mean()


def backtest(values: Values, profile: Values, ahead: int, wait: int = 0) -> Tried:
    """What would have been said after each past day about as many days, `wait` days later, and what came.

    The level is that of the last seven days, each held against what its weekday weighs in `profile`.
    """
    stated = ~np.isnan(values)
    sums, weights, counts = running(values), running(np.where(stated, profile, np.nan)), running(stated)
    origins = len(values) - ahead - wait + 1
    levels, errors = np.full(len(values) + 1, np.nan), np.full(len(values) + 1, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = counts[WEEK:] - counts[:-WEEK] >= LEVEL_STATED
        levels[WEEK:] = np.where(known, (sums[WEEK:] - sums[:-WEEK]) / (weights[WEEK:] - weights[:-WEEK]), np.nan)
        if origins > WEEK:
            here, there = slice(wait, wait + origins), slice(wait + ahead, wait + ahead + origins)
            told = counts[there] - counts[here]  # one a day on either side: small numbers stay finite
            said = levels[:origins] * (weights[there] - weights[here]) + told
            found = np.log((sums[there] - sums[here] + told) / said)
            errors[:origins] = np.where(told >= SPAN_STATED * ahead, np.clip(found, -FURTHEST, FURTHEST), np.nan)
    return Tried(levels, errors)


def errors(found: Values) -> Errors | None:
    """What the errors by origin say of the error of now, the last origin; None where they are too few."""
    plain = found[np.isfinite(found)][-ORIGINS:]
    if plain.size < FEWEST_ORIGINS:
        return None
    if len(found) > WITH_YEAR and np.isfinite(found[-1 - YEAR]):
        then, now = found[:-YEAR], found[YEAR:]
        both = np.flatnonzero(np.isfinite(then) & np.isfinite(now))[-ORIGINS:]
        if both.size >= FEWEST_ORIGINS:
            left = {share: now[both] - share * then[both] for share in (0.0, *SHARES_OF_YEAR)}
            off = {share: float(np.abs(one).mean()) for share, one in left.items()}
            best = min(off, key=off.__getitem__)
            if best and off[best] <= EARNED * off[0.0]:
                return Errors(left[best], best, float(best * found[-1 - YEAR]))
    return Errors(plain, 0.0, 0.0)


def running(values: NDArray) -> Values:
    """The sum before each day and after the last, of what is stated."""
    return np.concatenate(([0.0], np.cumsum(np.nan_to_num(values.astype(float)))))
