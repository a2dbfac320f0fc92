"""Robust exponential smoothing: what each step of many series was expected to be, from the steps before it alone.

A level and a profile (by weekday, by hour) follow the series; what a step may move them by is clipped, so that an old
spike or outage poisons neither. The spread follows the clipped errors. Relatives: Gelper, Fried & Croux, "Robust
forecasting with exponential and Holt-Winters smoothing" (2010). Arrays are (series, steps); a step that is not known
is NaN, moves nothing, and makes the next known one less certain.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MAD = 1.4826  # of a Gaussian, the standard deviation over the median absolute deviation


@dataclass(frozen=True)
class Scale:
    """A scale on which errors are alike at every height: there, back, and the least spread that is believed there."""

    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    least: Callable[[Floats], Floats]


# Counts vary by shares; below some thousand a day, chance alone (Poisson) makes more than two in a hundred.
SHARES = Scale(np.log1p, np.expm1, lambda p: np.maximum(0.02, 1 / np.sqrt(np.maximum(np.expm1(p), 0.5))))
# A net figure may be below zero: it varies by units.
UNITS = Scale(lambda y: y, lambda p: p, lambda p: np.sqrt(np.maximum(np.abs(p), 1.0)))
# Bursty counts of an hour: the spread of a root is the same at every height.
ROOTS = Scale(lambda y: np.sqrt(y + 0.375), lambda p: np.maximum(p, 0.0) ** 2 - 0.375, lambda p: np.full_like(p, 0.5))


@dataclass(frozen=True)
class Memory:
    """How fast level, profile and spread follow, and beyond how many spreads an error is clipped.

    The spread has a slow companion, of which it keeps `steady`: a calm fortnight is no promise of calm.

    After `patience` known steps in a row on one side beyond the clip, the level moves by `let_go` of the whole error:
    it has changed, and is no peak any more. For `homesick` steps from then on the level before is expected as well, and
    a step that lies there goes back to it: the end of an outage is no peak.
    """

    level: float
    profile: float
    spread: float
    slow: float
    unbias: float  # makes the mean of clipped squares that of a Gaussian
    steady: float = 0.85  # of the slow variance
    clip: float = 2.5
    patience: int = 3
    let_go: float = 0.6
    homesick: int = 28


@dataclass(frozen=True)
class Start:
    """Where each series begins, and its first level, profile (one row a series) and spread."""

    first: NDArray[np.int64]
    level: Floats
    profile: Floats
    spread: Floats


@dataclass(frozen=True)
class Followed:
    """For each step, on the scale: what was expected, the spread around it, and the level without the profile.

    `first` is each series' first step that was followed.
    """

    expected: Floats
    spread: Floats
    level: Floats
    first: NDArray[np.int64]


def follow(x: Floats, slots: NDArray[np.int64], start: Start, memory: Memory, scale: Scale, off: Floats) -> Followed:
    """Follows each series. `slots` is each step's place in the profile, `off` 1 where a step is a day off, else 0.

    A day off is expected to lie as far from its slot as earlier days off did; it teaches the rest nothing.
    """
    rows, steps = x.shape
    level, profile, variance = start.level.copy(), start.profile.copy(), start.spread**2
    slow = variance.copy()
    away, aways = np.zeros(rows), np.zeros(rows)
    streak, absent = np.zeros(rows), np.zeros(rows)
    calm, home, since = level.copy(), np.full(rows, np.nan), np.zeros(rows)
    expected, spread, levels = (np.empty((rows, steps)) for _ in range(3))
    for t in range(steps):
        slot, free = slots[t], bool(off[t])
        p = level + profile[:, slot] + (away if free else 0.0)
        s = np.maximum(np.sqrt(np.maximum(variance, memory.steady * slow)), scale.least(p))
        back = np.abs(x[:, t] - (p - level + home)) < np.minimum(memory.clip * s, np.abs(x[:, t] - p))
        level, p = np.where(back, home, level), np.where(back, p - level + home, p)
        expected[:, t], spread[:, t], levels[:, t] = p, s * np.sqrt(1 + absent * memory.level**2), level
        e = x[:, t] - p
        known = ~np.isnan(e)
        e[~known] = 0.0
        absent = np.where(known | (t < start.first), 0.0, absent + 1)
        if free:
            aways += known
            away += np.clip(e, -8 * s, 8 * s) / (aways + 1)
            continue
        u = np.clip(e, -memory.clip * s, memory.clip * s)
        beyond = np.sign(e) * (np.abs(e) > memory.clip * s)
        calm = np.where(streak == 0, level, calm)
        streak = np.where(known, np.where(streak * beyond < 0, 0.0, streak) * (beyond != 0) + beyond, streak)
        gone = (np.abs(streak) >= memory.patience) & known
        home = np.where(gone & np.isnan(home), calm, np.where(back | (since > memory.homesick), np.nan, home))
        since = np.where(np.isnan(home), 0, since + 1)
        level = level + np.where(gone, memory.let_go * e, memory.level * u)
        profile[:, slot] += memory.profile * u
        square = np.where(known, memory.unbias * u**2, np.nan)
        variance = np.where(known, variance + memory.spread * (square - variance), variance)
        slow = np.where(known, slow + memory.slow * (square - slow), slow)
    return Followed(expected, spread, levels, start.first)


def begin(x: Floats, slots: NDArray[np.int64], size: int, length: int, near: int) -> Start:
    """The start of each series: its first `length` steps of which three in four are known.

    The profile is made of the medians by slot of what lies off the running median of `near` steps. A series without
    such a stretch starts behind its end, on NaN.
    """
    rows, steps = x.shape
    known = ~np.isnan(x)
    counts = np.concatenate([np.zeros((rows, 1)), np.cumsum(known, axis=1)], axis=1)
    full = (counts[:, length:] - counts[:, :-length]) >= 0.75 * length if steps >= length else np.zeros((rows, 0), bool)
    ready = full & known[:, : full.shape[1]]
    has = ready.any(axis=1) if ready.size else np.zeros(rows, bool)
    first = np.where(has, ready.argmax(axis=1) if ready.size else 0, steps)
    at = first[:, None] + np.arange(length)
    inside = np.minimum(at, steps - 1)
    head = np.where(at < steps, np.take_along_axis(x, inside, axis=1), np.nan)
    places = slots[inside]
    profile = np.zeros((rows, size))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a slot of which no step is known has no median
        smooth = head
        for _ in range(3):
            shape = np.take_along_axis(profile, places, axis=1)
            smooth = running_median(head - shape, near)
            for slot in range(size):
                found = np.nanmedian(np.where(places == slot, head - smooth, np.nan), axis=1)
                profile[:, slot] = np.where(np.isnan(found), 0.0, found)
            profile -= profile.mean(axis=1, keepdims=True)
        rest = head - np.take_along_axis(profile, places, axis=1)
        level = np.nanmedian(rest[:, : length // 2], axis=1)
        spread = MAD * np.nanmedian(np.abs(rest - smooth), axis=1)
    return Start(first, level, profile, spread)


def running_median(x: Floats, width: int) -> Floats:
    """The median of the known steps around each step."""
    half = width // 2
    padded = np.pad(x, ((0, 0), (half, half)), constant_values=np.nan)
    return np.nanmedian(np.lib.stride_tricks.sliding_window_view(padded, width, axis=1), axis=2)
