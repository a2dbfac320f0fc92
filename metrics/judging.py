"""The judgement of daily series: each day a peak, routine, or not judged, and why; new levels told apart.

Online, a day is judged as it was seen on its evening; looking back, from both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from metrics.levels import NOW, Level, levels
from metrics.model import N_
from metrics.peaks import HISTORY, PEAK, Bands, looking_back, online
from metrics.smoothing import Floats

FEWEST = 10.0  # events a day, below which chance alone makes peaks
MATERIAL_SHARE, MATERIAL_EVENTS = 0.2, 10.0  # nobody is alerted for less
SETTLING = timedelta(days=3)  # before a new level, looking back, days that it already pulls


class Silence(StrEnum):
    """Why a day is not judged; SILENCES says it in words."""

    SHORT = "short"
    FEW = "few"
    PROVISIONAL = "provisional"
    UNKNOWN = "unknown"


SILENCES = {
    Silence.SHORT: N_("Too short a past to tell a peak: that takes {days} days."),
    Silence.FEW: N_("Too few events per day to tell a peak from chance: shown weekly."),
    Silence.PROVISIONAL: N_("Provisional: the day may still change at the source, and is not judged."),
    Silence.UNKNOWN: N_("No figure for this day."),
}
SHORTEST = HISTORY + 1


@dataclass(frozen=True)
class Day:
    """A day of a series: its value, what was expected, the band around it, and how many spreads it lies from that.

    `peak` is True where it stands out upwards, False downwards, None for routine variation and where `silence` says why
    nothing was judged. `material`: the difference is worth an alert, a fifth of what was expected and ten events.
    `shifting`: it belongs to the first week of a new level, and is told there.
    """

    day: date
    value: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    strength: float | None = None
    peak: bool | None = None
    material: bool = False
    shifting: bool = False
    silence: Silence | None = None

    @property
    def size(self) -> float | None:
        """How much more than expected, or less."""
        return None if self.value is None or self.expected is None else self.value - self.expected


@dataclass(frozen=True)
class Judged:
    """A series day by day, its lasting changes of level, and why its last settled day was not judged, if it was not."""

    days: tuple[Day, ...]
    levels: tuple[Level, ...] = ()
    silence: Silence | None = None

    @property
    def peaks(self) -> tuple[Day, ...]:
        """The days that stand out and are told by no new level, oldest first."""
        return tuple(day for day in self.days if day.peak is not None and not day.shifting)

    @property
    def alerts(self) -> tuple[Day, ...]:
        """The peaks that are worth an alert."""
        return tuple(day for day in self.peaks if day.material)


@dataclass(frozen=True)
class Series:
    """Daily values from a day on: None where there is no figure; `provisional` days are known and not judged.

    `signed`: a net figure, which may be below zero. It is judged in units; any other by shares, and a value below zero,
    which it cannot have, counts as no figure.
    """

    first: date
    values: Sequence[float | None]
    provisional: Collection[date] = field(default_factory=frozenset)
    signed: bool = False


def judge(series: Series, off: Collection[date] = (), back: bool = False) -> Judged:
    """One series, day by day: by the days before each alone, or `back`, from both sides. `off`: public holidays."""
    return judge_all([series], off, back)[0]


def judge_all(series: Sequence[Series], off: Collection[date] = (), back: bool = False) -> list[Judged]:
    """Many series at once, in order; they may begin and end on any day."""
    made: dict[int, Judged] = {}
    for signed in (False, True):
        of_kind = [n for n, one in enumerate(series) if one.signed == signed and one.values]
        if not of_kind:
            continue
        first = min(series[n].first for n in of_kind)
        last = max(series[n].first + timedelta(len(series[n].values)) for n in of_kind)
        settled = np.full((len(of_kind), (last - first).days), np.nan)
        for row, n in enumerate(of_kind):
            at = (series[n].first - first).days
            settled[row, at : at + len(series[n].values)] = _settled(series[n])
        bands = (looking_back if back else online)(first, settled, off, signed)
        changes = levels(first, settled, off, signed)
        for row, n in enumerate(of_kind):
            at = (series[n].first - first).days
            there = slice(at, at + len(series[n].values))
            made[n] = _judged(series[n], settled[row, there], bands.part(row, there), changes[row])
    return [made.get(n, Judged((), (), Silence.SHORT)) for n in range(len(series))]


def _settled(series: Series) -> Floats:
    days = (series.first + timedelta(n) for n in range(len(series.values)))
    return np.array([
        np.nan if value is None or day in series.provisional else value
        for day, value in zip(days, series.values, strict=True)
    ], dtype=float)  # fmt: skip


def _judged(series: Series, settled: Floats, bands: Bands, changes: tuple[Level, ...]) -> Judged:
    few = _few(series, settled, bands)
    days = [_day(series, n, bands, bool(few[n])) for n in range(len(series.values))]
    last = next((day for day in reversed(days) if day.silence not in (Silence.PROVISIONAL, Silence.UNKNOWN)), None)
    silence = last.silence if last else Silence.SHORT
    found = () if silence else changes
    told = (replace(day, shifting=True) if _shifting(day, found) else day for day in days)
    return Judged(tuple(told), found, silence)


def _few(series: Series, settled: Floats, bands: Bands) -> NDArray[np.bool_]:
    """Where too few events come in a day. A net figure may be small of many: the size of its days counts."""
    if not series.signed:
        return bands.level < FEWEST
    sizes = np.abs(settled)
    past = [sizes[max(n - HISTORY, 0) : n] for n in range(len(sizes))]
    return np.array([bool((known := one[~np.isnan(one)]).size) and np.median(known) < FEWEST for one in past])


def _day(series: Series, n: int, bands: Bands, few: bool) -> Day:
    day, value = series.first + timedelta(n), series.values[n]
    expected, low, high, strength = (
        None if np.isnan(one[n]) else float(one[n])
        for one in (bands.expected, bands.low, bands.high, bands.strength)
    )  # fmt: skip
    if expected is None:
        return Day(day, value, silence=Silence.UNKNOWN if value is None else Silence.SHORT)
    if few:
        return Day(day, value, silence=Silence.UNKNOWN if value is None else Silence.FEW)
    if value is None or day in series.provisional or strength is None:
        silence = Silence.PROVISIONAL if day in series.provisional and value is not None else Silence.UNKNOWN
        return Day(day, value, expected, low, high, silence=silence)
    peak = strength > 0 if abs(strength) >= PEAK else None
    least = max(MATERIAL_SHARE * abs(expected), MATERIAL_EVENTS)
    return Day(day, value, expected, low, high, strength, peak, peak is not None and abs(value - expected) >= least)


def _shifting(day: Day, found: Sequence[Level]) -> bool:
    """Whether a peak is the beginning of a new level, seen on its first days or, looking back, just before."""
    return day.peak is not None and any(
        level.since - SETTLING <= day.day < level.since + timedelta(NOW) for level in found
    )
