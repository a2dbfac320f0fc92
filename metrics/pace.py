"""Pace: what a daily figure comes to by the end of a period, worked out from its own past.

The level of the last seven days, times the weekdays that are left, is what is still to come. How far it may be off is
read from the past: on each earlier day with as many days to go, what came is held against what would have been said.
Where the same days a year before tell some of it, they are heard. Nothing is drawn by chance: a past day is an outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from data.model import Window
from metrics.backtest import (
    FEWEST_ORIGINS,
    ORIGINS,
    SPAN_STATED,
    WEEK,
    YEAR,
    Values,
    backtest,
    errors,
    running,
    weekday_profile,
    weekdays,
)

SHAPE_DAYS = 182  # from which the weekdays are learnt
SHORT_PAST, WIDER = 90, 1.25  # days below which an interval is known to be too narrow, and by how much
FEW = 10  # a day: below, chance alone is as large as what is to be told
LEARNT = 8 * WEEK  # days from which there is a shape to speak of
LONGEST = 91  # days over which it is tried whether last year helps to share a period out
TENTH = 0.1  # what lies on either side of an 80 % interval
ONE = timedelta(days=1)


class NoForecast(StrEnum):
    """Why nothing is forecast."""

    FEW = "few"  # a day
    SHORT = "short"  # the past, for so many days to go
    SIGNED = "signed"  # values below zero
    RATE = "rate"  # a sum over another moves with both
    PEOPLE = "people"  # are not the sum of days
    POSTS = "posts"  # grow for days after they were published


@dataclass(frozen=True)
class Daily:
    """A figure day by day up to its last final day; NaN where it is not stated."""

    first: date
    values: Values

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + (len(self.values) - 1) * ONE

    @property
    def days(self) -> int:
        """How many of its days are stated."""
        return int(np.isfinite(self.values).sum())

    def until(self, day: date) -> Daily:
        """What was known by a day."""
        return Daily(self.first, self.values[: max((day - self.first).days + 1, 0)])

    def within(self, window: Window) -> Values:
        """Its values on the days of a window, NaN on those it does not reach."""
        start = (window.first - self.first).days
        found = np.full(window.days, np.nan)
        inside = np.arange(max(start, 0), max(min(start + window.days, len(self.values)), 0))
        found[inside - start] = self.values[inside]
        return found

    def profile(self) -> Values:
        """How many times an ordinary day each weekday is, by its last half-year."""
        return weekday_profile(
            self.values[-SHAPE_DAYS:], weekdays(self.first.weekday(), len(self.values))[-SHAPE_DAYS:]
        )

    def changes(self) -> Daily:
        """By how much a level moved from each day to the next."""
        return Daily(self.first + ONE, np.diff(self.values))


@dataclass(frozen=True)
class Forecast:
    """What a period may come to: its outcomes in order, one for each past day that was asked.

    `ahead`: days still to come, or not stated. `year`: the share of what the same days did a year before that is
    expected again. `provisional`: the past is so short that the interval was widened by a rule of thumb.
    """

    outcomes: Values
    ahead: int = 0
    year: float = 0.0
    provisional: bool = False

    @property
    def middle(self) -> float:
        """As likely to be passed as not."""
        return float(np.median(self.outcomes))

    @property
    def interval(self) -> tuple[float, float]:
        """Four outcomes in five lie within."""
        low, high = np.quantile(self.outcomes, (TENTH, 1 - TENTH))
        return float(low), float(high)

    def chance(self, low: float | None, high: float | None) -> float:
        """The share of outcomes from `low` to `high`, both included; None is no bound."""
        enough = self.outcomes >= (-np.inf if low is None else low)
        return float(np.mean(enough & (self.outcomes <= (np.inf if high is None else high))))


def flow_forecast(past: Daily, window: Window) -> Forecast | NoForecast:
    """What a flow adds up to over a window of which `past` knows the beginning, or nothing yet."""
    values, stated = past.values, np.isfinite(past.values)
    within = past.within(window)
    ahead, done = int(np.isnan(within).sum()), float(np.nansum(within))
    if not ahead:
        return Forecast(np.array([done]))
    if np.any(values[stated] < 0):
        return NoForecast.SIGNED
    recent = values[-4 * WEEK :][stated[-4 * WEEK :]]
    if recent.size and recent.mean() < FEW:
        return NoForecast.FEW
    profile = past.profile()
    wait = max((window.first - past.last).days - 1, 0)
    tried = backtest(values, profile[weekdays(past.first.weekday(), len(values))], ahead, wait)
    told, level = errors(tried.errors), tried.levels[-1]
    if told is None or np.isnan(level):
        return NoForecast.SHORT
    coming = level * profile[weekdays(window.first.weekday(), window.days)[np.isnan(within)]].sum()
    come = (coming + ahead) * np.exp(told.spread(ahead, _wider(past))) - ahead
    return Forecast(np.sort(done + np.maximum(come, 0)), ahead, told.share, past.days < SHORT_PAST)


def level_forecast(past: Daily, last: date) -> Forecast | NoForecast:
    """What a level, such as a number of followers, is on a later day: it moves as it moved over as many days before."""
    values, ahead = past.values, (last - past.last).days
    if not len(values) or np.isnan(values[-1]):
        return NoForecast.SHORT
    if ahead <= 0:
        return Forecast(values[-1:])
    moved = np.full(len(values) + 1, np.nan)
    if ahead < len(values):
        moved[1 : 1 - ahead + len(values)] = values[ahead:] - values[:-ahead]
    told = errors(moved)
    if told is None:
        return NoForecast.SHORT
    drift = np.median(told.left)  # a level goes on as it went
    outcomes = values[-1] + drift + told.spread(ahead, _wider(past))
    return Forecast(np.sort(outcomes), ahead, told.share, past.days < SHORT_PAST)


def usual(past: Daily, days: int) -> tuple[float, float] | None:
    """Between what the mean of a day lay in four of five past spans of so many days; None where they are too few."""
    sums, counts = running(past.values), running(np.isfinite(past.values))
    stated, given = ((one[days:] - one[:-days])[-ORIGINS:] for one in (counts, sums))
    whole = stated >= SPAN_STATED * days
    if whole.sum() < FEWEST_ORIGINS:
        return None
    low, high = np.quantile(given[whole] / stated[whole], (TENTH, 1 - TENTH))
    return float(low), float(high)


def shape(past: Daily, window: Window) -> Values:
    """The share of a window that each of its days has, as what was known before it tells: the weekdays, and the year
    before where that has helped. Equal shares where the past is shorter than eight weeks, or falls below zero."""
    equal = np.full(window.days, 1 / window.days)
    before = past.until(window.first - ONE)
    if before.days < LEARNT or np.nanmin(before.values) < 0:
        return equal
    values, profile = before.values, before.profile()
    weights = profile[weekdays(window.first.weekday(), window.days)]
    own = profile[weekdays(past.first.weekday(), len(values))]
    tried = backtest(values, own, min(window.days, LONGEST), max((window.first - before.last).days - 1, 0))
    told = errors(tried.errors)
    if told and told.share:
        then = (window.first - past.first).days - YEAR + np.arange(window.days)
        levels = tried.levels[np.clip(then + WEEK // 2 + 1, 0, len(values))]  # of the week around each day
        usually = np.nanmean(levels) if np.isfinite(levels).any() else np.nan
        known = np.isfinite(levels) & bool(usually > 0)
        weights = weights * np.where(known, levels / usually, 1.0) ** told.share
    total = weights.sum()
    return weights / total if total > 0 else equal


def _wider(past: Daily) -> float:
    return WIDER if past.days < SHORT_PAST else 1.0
