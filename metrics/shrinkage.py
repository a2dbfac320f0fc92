"""Rates of posts, each drawn towards what a post seen as often usually gets: empirical Bayes.

The usual rate follows the logarithm of how often a post was seen, as on real pages it falls with reach: a prior that is
the same for all punishes small posts for nothing. What can happen once for each time seen is beta-binomial; where a
count exceeds that, because people act more than once, it is gamma-Poisson.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST = 10  # posts, below which nobody can say what is usual
TAIL = 0.1  # on each side of an interval of 80 %
ENDS = 2  # posts seen least and most: further out, one post alone would say what is usual of itself
SLOPE = 1.0  # how far the slope may plausibly lie from none; tames what few posts seem to say
STRENGTHS = (0.1, 1e7)  # the least and the most that a prior may weigh, in times seen


@dataclass(frozen=True)
class Prior:
    """What is usual: a rate that follows how often a post was seen, and the weight of it in times seen."""

    level: float
    slope: float
    bulk: tuple[float, float]  # logarithms of times seen: beyond them the usual rate stays what it is there
    strength: float
    repeated: bool  # people may act more than once

    def usual(self, seen: Floats) -> Floats:
        """The usual rate of posts seen so often."""
        x = self.level + self.slope * (np.clip(np.log(seen), *self.bulk) - sum(self.bulk) / 2)
        return np.exp(x) if self.repeated else _share(x)


@dataclass(frozen=True)
class Rates:
    """Of each post: the rate to believe, its interval of 80 %, and the usual rate of posts seen as often."""

    rate: Floats
    low: Floats
    high: Floats
    usual: Floats


def prior(events: Floats, seen: Floats) -> Prior:
    """What the posts say of the usual rate, by maximum likelihood; each has to be seen at least once."""
    from scipy.optimize import minimize

    repeated = bool((events > seen).any())
    logs = np.log(seen)
    ordered = np.sort(logs)
    bulk = float(ordered[ENDS]), float(ordered[-1 - ENDS])
    x = np.clip(logs, *bulk) - sum(bulk) / 2
    mean = (events.sum() + 0.5) / (seen.sum() + 1)
    start = np.log(mean) if repeated else np.log(mean) - np.log1p(-mean)
    found = minimize(
        _repeated if repeated else _once, [start, 0.0, np.log(5 / mean)], args=(events, seen, x), jac=True,
        method="L-BFGS-B", bounds=[(-15, 15), (-2, 2), tuple(np.log(STRENGTHS))],
    )  # fmt: skip
    level, slope, strength = map(float, found.x)
    return Prior(level, slope, bulk, float(np.exp(strength)), repeated)


def shrunk(events: Floats, seen: Floats, usual: Prior) -> Rates:
    """The rates to believe of posts, by what is usual and by how often each was seen."""
    from scipy.special import betaincinv, gammaincinv

    middle = usual.usual(seen)
    a, total = events + middle * usual.strength, seen + usual.strength
    if usual.repeated:
        low, high = (gammaincinv(a, tail) / total for tail in (TAIL, 1 - TAIL))
    else:
        low, high = (betaincinv(a, total - a, tail) for tail in (TAIL, 1 - TAIL))
    return Rates(a / total, low, high, middle)


def _share(x: Floats) -> Floats:
    """What a logit says, kept off 0 and 1, where nothing could be said any more."""
    return np.clip(1 / (1 + np.exp(-x)), 1e-9, 1 - 1e-9)


def _once(at: Floats, events: Floats, seen: Floats, x: Floats) -> tuple[float, Floats]:
    """How unlikely the counts are, and which way it rises: beta-binomial."""
    from scipy.special import betaln, digamma

    middle, strength = _share(at[0] + at[1] * x), np.exp(at[2])
    a, b = middle * strength, (1 - middle) * strength
    likely = betaln(events + a, seen - events + b) - betaln(a, b)
    both = digamma(a + b) - digamma(seen + a + b)
    by_a, by_b = digamma(events + a) - digamma(a) + both, digamma(seen - events + b) - digamma(b) + both
    by_level = (by_a - by_b) * strength * middle * (1 - middle)
    return _tamed(at, likely, by_level, x, a * by_a + b * by_b)


def _repeated(at: Floats, events: Floats, seen: Floats, x: Floats) -> tuple[float, Floats]:
    """How unlikely the counts are, and which way it rises: gamma-Poisson."""
    from scipy.special import digamma, gammaln

    middle, strength = np.exp(at[0] + at[1] * x), np.exp(at[2])
    a, total = middle * strength, seen + strength
    share = np.log(strength / total)
    likely = gammaln(events + a) - gammaln(a) + a * share - events * np.log(total)
    by_level = a * (digamma(events + a) - digamma(a) + share)
    return _tamed(at, likely, by_level, x, by_level + a - strength * (events + a) / total)


def _tamed(at: Floats, likely: Floats, by_level: Floats, x: Floats, by_strength: Floats) -> tuple[float, Floats]:
    rises = np.array([by_level.sum(), (by_level * x).sum() - at[1] / SLOPE**2, by_strength.sum()])
    return -float(likely.sum() - (at[1] / SLOPE) ** 2 / 2), -rises
