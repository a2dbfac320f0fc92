"""What a campaign changed, against what would have come anyway: two opinions that have to agree.

One is a state-space model: a level that moves, the weekdays, and controls, estimated on the days before. The other is
what the same plain estimate finds on windows before, in which nothing happened. An effect is claimed where the wider of
both leaves no doubt. Effects are in logarithms of shares: 0.1 is 10.5 % more than expected.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.model import N_

Floats = NDArray[np.float64]

WEEK = 7
BEFORE, LONGEST = 56, 365  # days that are known before the campaign: the fewest, and the most that are looked at
AFTER = 7  # days of the campaign
BASE = 10.0  # events a day
WINDOWS = 3.0  # of the campaign's length before it, beside the month that gives the level
LEVEL = 28
WIDEST = 0.5  # half of the interval, as a share
LIKE = 0.6  # correlation of a control with what is measured
BEST = 4  # controls
RIDGE = 1.0
SURE = 0.975  # on each side


class Doubt(StrEnum):
    """Why no effect is told; DOUBTS says it in words, and what more is needed."""

    BEFORE = "before"
    AFTER = "after"
    FEW = "few"
    WINDOWS = "windows"
    WIDE = "wide"


DOUBTS = {
    Doubt.BEFORE: N_(
        "Too little data to tell. Days known before the campaign: {known}; it takes {needed}, {more} more."
    ),
    Doubt.AFTER: N_(
        "Too little data to tell. Days of the campaign that are known: {known}; it takes {needed}, {more} more."
    ),
    Doubt.FEW: N_("Too little data to tell: {known} a day are usual before the campaign, and {needed} are needed."),
    Doubt.WINDOWS: N_(
        "Too little data to tell: a campaign of this length takes {needed} days known before it: {more} more than "
        "there are."
    ),
    Doubt.WIDE: N_(
        "We cannot separate this campaign from ordinary variation: an effect smaller than ±{reach} would not be "
        "visible here."
    ),
}


@dataclass(frozen=True)
class Opinion:
    """How far a campaign lies from what was expected, in logarithms, and half of the interval of 95 %."""

    gap: float
    half: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.gap - self.half

    @property
    def high(self) -> float:
        """The upper end."""
        return self.gap + self.half


@dataclass(frozen=True)
class Effect:
    """What a campaign brought beyond what was expected, or why that cannot be told.

    `share`, `low` and `high`: of what was expected, over the days that are known. `net` and its ends: in events. They
    are there, unless too little is known to estimate anything, even where there is `doubt`. `sure`: both opinions leave
    no doubt that there is a difference. `likeness`: the correlation of the best control, None without one; only with a
    control can a difference be laid to the campaign. `reach`: the least effect that would be seen here, as a share.
    """

    share: float | None = None
    low: float | None = None
    high: float | None = None
    net: float | None = None
    net_low: float | None = None
    net_high: float | None = None
    days: int = 0
    total: float | None = None
    likeness: float | None = None
    reach: float | None = None
    doubt: Doubt | None = None
    known: float | None = None
    needed: float | None = None
    opinions: tuple[Opinion, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether a difference from what was expected is certain enough to be told."""
        return self.doubt is None and self.low is not None and self.high is not None and self.low * self.high > 0

    @property
    def controlled(self) -> bool:
        """Whether a control moves like what is measured, so that what moved both is taken out."""
        return self.likeness is not None and self.likeness >= LIKE

    @property
    def more(self) -> float | None:
        """How much more is needed, where that would help."""
        return None if self.needed is None or self.known is None else self.needed - self.known


def effect(
    first: date, values: Sequence[float | None], at: int, controls: Sequence[Sequence[float | None]] = ()
) -> Effect:
    """The effect of a campaign on daily events: `values` are those from `first` to its end, `at` where it begins.

    A day of none where ten are usual is one that was not counted. `controls`: other series over the same days, of what
    the campaign cannot have touched.
    """
    skipped = max(at - LONGEST, 0)
    y, *others = (_known(one)[skipped:] for one in (values, *controls))
    at -= skipped
    before, after = int((~np.isnan(y[:at])).sum()), int((~np.isnan(y[at:])).sum())
    for doubt, known, needed in ((Doubt.BEFORE, before, BEFORE), (Doubt.AFTER, after, AFTER)):
        if known < needed:
            return Effect(doubt=doubt, known=known, needed=needed, days=after)
    base = float(np.nanmedian(y[:at]))
    if base < BASE:
        return Effect(doubt=Doubt.FEW, known=base, needed=BASE, days=after)
    length = len(y) - at
    if (at - LEVEL) / length < WINDOWS:
        return Effect(doubt=Doubt.WINDOWS, known=at, needed=LEVEL + WINDOWS * length, days=after)
    x, slots = np.log(y), (first.toordinal() - 1 + skipped + np.arange(len(y))) % WEEK
    beside, likeness = _best(x, slots, at, others)
    x = np.where(np.isnan(beside).any(axis=1), np.nan, x)
    beside = np.where(np.isnan(beside), 0.0, beside)
    opinions = state_space(x, at, beside), placebo(x, at, slots, beside)
    total = float(y[at:][~np.isnan(x[at:])].sum())
    return _told(Effect(days=after, total=total, likeness=likeness, opinions=opinions))


def _known(values: Sequence[float | None]) -> Floats:
    found = np.array([np.nan if value is None else value for value in values], dtype=float)
    return np.where(found > 0, found, np.nan)


def _told(found: Effect) -> Effect:
    """The union of both opinions, in shares and in events."""
    gap = float(np.mean([one.gap for one in found.opinions]))
    low, high = min(one.low for one in found.opinions), max(one.high for one in found.opinions)
    share, least, most = (float(np.expm1(one)) for one in (gap, low, high))
    net, net_low, net_high = (_net(found.total, one) for one in (share, least, most))
    reach = float(np.expm1((high - low) / 2))
    found = replace(found, share=share, low=least, high=most, net=net, net_low=net_low, net_high=net_high, reach=reach)
    return replace(found, doubt=Doubt.WIDE) if reach > WIDEST else found


def _net(total: float | None, share: float) -> float | None:
    """How many of the events would not have come otherwise."""
    return None if total is None else total - total / (1 + share)


def state_space(x: Floats, at: int, beside: Floats, season: int = WEEK, level: float | None = None) -> Opinion:
    """What a local level with weekdays and controls in its state expects of the days from `at` on, and what came.

    `level`: the standard deviation of its daily steps in those of the series, where it is not estimated.
    """
    from scipy.special import ndtri
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    middle, scale = float(np.nanmean(x[:at])), float(np.nanstd(x[:at], ddof=1)) or 1.0
    z = (x - middle) / scale
    before = np.where(np.arange(len(z)) < at, z, np.nan)
    model = UnobservedComponents(
        before, level=True, stochastic_level=True, irregular=True, seasonal=season or None, stochastic_seasonal=False,
        exog=beside if beside.shape[1] else None, mle_regression=False,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a likelihood that is flat in a variance of none
        fit: Any = (
            model.fit(disp=False) if level is None else model.fit_constrained({"sigma2.level": level**2}, disp=False)
        )
    there = [t for t in range(at, len(z)) if not np.isnan(z[t])]
    weights = fit.filter_results.design[0]
    weights = weights if weights.shape[1] > 1 else np.repeat(weights, len(z), axis=1)
    moves, noise = fit.filter_results.transition[:, :, 0], float(fit.filter_results.obs_cov[0, 0, 0])
    expected = [weights[:, t] @ fit.predicted_state[:, t] for t in there]
    variance = noise * len(there)
    carried = np.zeros(weights.shape[0])  # how the sum of the days so far varies together with the state
    for t in range(at, len(z)):
        if t in there:
            variance += weights[:, t] @ (fit.predicted_state_cov[:, :, t] @ weights[:, t] + 2 * carried)
            carried = carried + fit.predicted_state_cov[:, :, t] @ weights[:, t]
        carried = moves @ carried
    gap = float(np.mean(z[there]) - np.mean(expected)) * scale
    return Opinion(gap, float(ndtri(SURE) * np.sqrt(variance)) / len(there) * scale)


def placebo(x: Floats, at: int, slots: NDArray[np.int64], beside: Floats) -> Opinion:
    """What a plain fit expects from `at` on, and as an interval what it finds on windows before, of the same length."""
    from scipy.special import stdtrit

    length = len(x) - at
    columns = np.column_stack([np.eye(WEEK)[slots], beside])
    starts = range(LEVEL, at - length + 1, max(length // 4, 1))
    past = np.array([_gap(x[:at], columns[:at], start, length) for start in starts])
    spread = float(np.sqrt(np.nanmean(past**2)))
    windows = (at - LEVEL) / length
    return Opinion(_gap(x, columns, at, length), float(stdtrit(windows - 1, SURE)) * spread)


def _gap(x: Floats, columns: Floats, start: int, length: int) -> float:
    """By how much a window exceeds a ridge fit of all other days, at the level of the month before it."""
    inside = (np.arange(len(x)) >= start) & (np.arange(len(x)) < start + length)
    fitted = ~inside & ~np.isnan(x)
    penalty = np.diag([1e-6] * WEEK + [RIDGE] * (columns.shape[1] - WEEK))
    used = columns[fitted]
    rest = x - columns @ np.linalg.solve(used.T @ used + penalty, used.T @ x[fitted])
    window, before = rest[start : start + length], rest[start - LEVEL : start]
    if np.isnan(window).all() or np.isnan(before).all():
        return float("nan")
    return float(np.nanmean(window) - np.nanmean(before))


def _best(x: Floats, slots: NDArray[np.int64], at: int, controls: Sequence[Floats]) -> tuple[Floats, float | None]:
    """The controls that move most like `x` before the campaign, standardised, a column each; how like the best is."""
    found = []
    for control in controls:
        beside = np.log(control)
        known = ~np.isnan(beside[:at]) & ~np.isnan(x[:at])
        if known.sum() < BEFORE:
            continue
        one, other = (_without_weekdays(series[:at][known], slots[:at][known]) for series in (x, beside))
        if one.std() and other.std():
            middle, scale = float(np.nanmean(beside[:at])), float(np.nanstd(beside[:at]))
            found.append((float(np.corrcoef(one, other)[0, 1]), (beside - middle) / scale))
    found.sort(key=lambda pair: -pair[0])
    columns = [column for likeness, column in found[:BEST] if likeness > 0]
    return np.array(columns).T.reshape(len(x), len(columns)), found[0][0] if found else None


def _without_weekdays(x: Floats, slots: NDArray[np.int64]) -> Floats:
    means = np.array([x[slots == slot].mean() if (slots == slot).any() else 0.0 for slot in range(WEEK)])
    return x - means[slots]
