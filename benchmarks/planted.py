"""Real daily series with planted peaks: the truth that methods of finding peaks are measured against.

Natural outliers of a series are taken out where two of four plain methods see one, then twelve events a year are
planted, in the history that a method learns from as well: 35 % one day up, 15 % three decaying days up, 30 % one day
down, 10 % two days down, 10 % outages that leave 5 to 25 %. All but outages are 3, 4, 6 or 9 sigma high, sigma being
the spread of what a plain predictor errs by from one day to the next, in logarithms.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from metrics.smoothing import running_median

HISTORIES = (60, 120, 365, 730)
JUDGED = 120
A_YEAR, APART = 12, 6
SIZES = (3, 4, 6, 9)
VISIBLE = 2.0  # sigma below which a day of an event counts neither way


@dataclass(frozen=True)
class Case:
    """A series with planted events; the last JUDGED days are judged, or all of them when looking back.

    `truth` is in sigma, 0 where nothing was planted; `event` numbers the events from 1.
    """

    series: str
    seed: int
    first: date
    values: np.ndarray
    truth: np.ndarray
    event: np.ndarray
    kind: tuple[str, ...]
    size: tuple[float, ...]
    history: int


def read_series(folder: Path) -> dict[str, tuple[date, np.ndarray]]:
    """The daily series of the shared exports: their first day and their values, NaN where a day is missing."""
    days: dict[str, dict[date, float]] = {}
    with (folder / "daily_series.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["y"]:
                days.setdefault(row["series"], {})[date.fromisoformat(row["date"])] = float(row["y"])
    with (folder / "wikipedia_log_R.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days.setdefault("wiki_R", {})[date.fromisoformat(row["ds"])] = round(math.exp(float(row["y"])))
    found = {}
    for name, known in days.items():
        first, last = min(known), max(known)
        values = np.full((last - first).days + 1, np.nan)
        for day, value in known.items():
            values[(day - first).days] = value
        found[name] = first, values
    return found


def cases(folder: Path, seeds: range) -> Iterator[Case]:
    """Every series, history and seed: a stretch that begins anywhere, with events of its own."""
    for name, (first, values) in read_series(folder).items():
        calm = without_outliers(values)
        for seed in seeds:
            for history in HISTORIES:
                length = history + JUDGED
                if length <= len(values):
                    chance = np.random.default_rng([seed, history, sum(name.encode())])
                    at = int(chance.integers(0, len(values) - length + 1))
                    yield _planted(name, seed, first + timedelta(at), calm[at : at + length], history, chance)


def _planted(name: str, seed: int, first: date, calm: np.ndarray, history: int, chance: np.random.Generator) -> Case:
    length, sigma = len(calm), _sigma(calm)
    places, free = [], np.ones(length, bool)
    free[:3] = free[-3:] = False
    for _ in range(round(A_YEAR * length / 365)):
        if not free.any():
            break
        at = int(chance.choice(np.flatnonzero(free)))
        free[max(at - APART, 0) : at + APART + 1] = False
        places.append(at)
    truth, event = np.zeros(length), np.zeros(length, int)
    kinds, sizes = [], []
    for number, at in enumerate(sorted(places), start=1):
        kind = str(chance.choice(["up", "decay", "down", "two", "outage"], p=[0.35, 0.15, 0.30, 0.10, 0.10]))
        size = float(chance.choice(SIZES))
        match kind:
            case "up":
                shape = [size]
            case "decay":
                shape = [size, size * 0.6, size * 0.3]
            case "down":
                shape = [-size]
            case "two":
                shape = [-size, -size]
            case _:
                shape = [math.log(1 - chance.uniform(0.75, 0.95)) / sigma]
        for step, high in enumerate(shape):
            truth[at + step], event[at + step] = high, number
        kinds.append(kind)
        sizes.append(abs(shape[0]))
    values = np.maximum(np.round(np.expm1(np.log1p(calm) + truth * sigma)), 0)
    return Case(name, seed, first, values, truth, event, tuple(kinds), tuple(sizes), history)


def _sigma(values: np.ndarray) -> float:
    """The spread of the error of "the same weekday's usual share of the last seven days", in logarithms."""
    x = filled(np.log1p(values))
    shape = np.array([np.median((x - _median(x, 15))[d::7]) for d in range(7)])[np.arange(len(x)) % 7]
    flat = x - shape
    errors = flat[7:] - np.array([np.median(flat[t - 7 : t]) for t in range(7, len(x))])
    return float(max(1.4826 * np.median(np.abs(errors - np.median(errors))), 0.03))


def without_outliers(values: np.ndarray) -> np.ndarray:
    """The series with what two of four plain methods call an outlier replaced by the usual value of the day."""
    from statsmodels.tsa.seasonal import STL

    x = filled(np.log1p(values))
    n = len(x)
    stl = STL(x, 7, robust=True, seasonal=35, trend=15).fit()
    fits = [np.asarray(stl.trend + stl.seasonal)]
    near = [[t + 7 * k for k in range(-4, 5) if k and 0 <= t + 7 * k < n] for t in range(n)]
    fits.append(np.array([np.median(x[one]) for one in near]))
    fits.append(_median(x, 15))
    shape = np.array([np.median((x - fits[2])[d::7]) for d in range(7)])[np.arange(n) % 7]
    flat = x - shape
    fits.append(np.array([np.median(flat[max(t - 7, 0) : t] if t else flat[:7]) for t in range(n)]) + shape)
    votes = np.zeros(n, int)
    for fit in fits:
        e = x - fit
        votes += np.abs(e - np.median(e)) > 3.5 * 1.4826 * np.median(np.abs(e - np.median(e)))
    return np.where(np.isnan(values), np.nan, np.expm1(np.where(votes >= 2, fits[0], x)))


def filled(x: np.ndarray) -> np.ndarray:
    known = ~np.isnan(x)
    return np.interp(np.arange(len(x)), np.flatnonzero(known), x[known])


def _median(x: np.ndarray, width: int) -> np.ndarray:
    return running_median(x[None], width)[0]
