"""The words of an objective in its period: what it has come to, what would be even, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from data.model import Window
from data.objectives import Objective
from metrics.aims import Kind, kind_of
from metrics.model import Metric
from metrics.pace import Forecast, NoForecast
from metrics.reading import Reading

LIKELY, UNLIKELY = 0.8, 0.2  # chances from which an objective is called on track, and at risk
ADDED = (Kind.FLOW, Kind.POSTS)  # kinds that only grow while the period lasts, unless they fall below zero


class Standing(StrEnum):
    """The verdict on an objective, as it stands."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on_track"  # likely to be met
    OPEN = "open"  # it may go either way
    AT_RISK = "at_risk"  # unlikely to be met
    AHEAD = "ahead"  # where nothing is forecast: at the target, or at what would be even by now
    BEHIND = "behind"
    UNKNOWN = "unknown"


GOOD = (Standing.MET, Standing.ON_TRACK, Standing.AHEAD)
BAD = (Standing.MISSED, Standing.AT_RISK, Standing.BEHIND)


class Bounds(NamedTuple):
    """A number for each bound of an objective; None where it has none."""

    low: float | None
    high: float | None


class Before(NamedTuple):
    """An earlier period: what it came to, and what was aimed at then, if anything was."""

    window: Window
    value: float | None
    objective: Objective | None


@dataclass(frozen=True)
class Progress:
    """How far an objective is in a period.

    `known`: the last day that counts, None before there is one. `missing`: days up to it that are not stated, which
    are no zeros: `actual` and `even` are of the other days. `even`: what the share of the target for these days is.
    `needed`: what each day left takes to reach the lower bound, or leaves up to the upper one. `usual`: between what
    the mean of as many days lay in four of five past spans.
    """

    objective: Objective
    metric: Metric
    window: Window
    known: date | None = None
    actual: float | None = None
    missing: int = 0
    even: Bounds | None = None
    forecast: Forecast | NoForecast | None = None
    needed: Bounds | None = None
    usual: tuple[float, float] | None = None
    before: tuple[Before, ...] = ()
    reading: Reading | None = None
    left_out: frozenset[str] = field(default_factory=frozenset)

    @property
    def kind(self) -> Kind:
        """How its figure comes together."""
        return kind_of(self.metric)

    @property
    def over(self) -> bool:
        """Whether every day of the period is known."""
        return self.known == self.window.last and not self.missing

    @property
    def left(self) -> int:
        """How many days are still to come, or not stated."""
        return (self.window.last - self.known).days + self.missing if self.known else self.window.days

    @property
    def attainment(self) -> float | None:
        """The share of the target that is reached: of the lower bound, or of what the upper one allows."""
        bound = self.objective.low or self.objective.high
        return None if self.actual is None or bound is None else self.actual / bound

    @property
    def variance(self) -> float | None:
        """By how much it is above what would be even by now, or above the target where nothing adds up."""
        even = self.even or Bounds(self.objective.low, self.objective.high)
        bound = even.high if even.low is None else even.low
        return None if self.actual is None or bound is None else self.actual - bound

    @property
    def chance(self) -> float | None:
        """How likely it is to be met."""
        if not isinstance(self.forecast, Forecast):
            return None
        return self.forecast.chance(self.objective.low, self.objective.high)

    @property
    def standing(self) -> Standing:
        """The verdict."""
        aim, actual = self.objective, self.actual
        if actual is None:
            return Standing.UNKNOWN
        if self.over:
            return Standing.MET if aim.met(actual) else Standing.MISSED
        if self.kind in ADDED and self.forecast is not NoForecast.SIGNED:
            if aim.high is not None and actual > aim.high:
                return Standing.MISSED
            if aim.high is None and aim.met(actual):
                return Standing.MET
        if (chance := self.chance) is not None:
            if UNLIKELY < chance < LIKELY:
                return Standing.OPEN
            return Standing.ON_TRACK if chance >= LIKELY else Standing.AT_RISK
        if self.kind in (*ADDED, Kind.LEVEL) and self.even is None:
            return Standing.UNKNOWN
        bounds = replace(aim, low=self.even.low, high=self.even.high) if self.even else aim
        return Standing.AHEAD if bounds.met(actual) else Standing.BEHIND
