"""Process behaviour charts: which weeks or months are signals, and which are routine variation.

What is charted is not the value but how far it lies from what was expected, in shares: raw totals of traffic follow
each other, and textbook limits on them call every second week a signal. The limits are restated in the units of the
value. They rest on medians, which an old spike does not move, and on earlier values alone: 3.145 median moving ranges
(Wheeler), or three standard deviations as the median deviation tells them where these reach further, since deviations
that lean the same way for weeks move less from one to the next than they vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from metrics.smoothing import Floats

FACTOR = 3.145  # limits of individual values, over the median moving range (Wheeler)
SPREADS = 4.448  # the same three standard deviations, over the median absolute deviation
FIRST_RULE, ALL_RULES = 12, 20  # known earlier values that the rules need
RUN, NEAR, OF = 8, 3, 4
FOLLOWS = 0.5  # of a deviation that the expectation takes over
SEED = 4  # values whose median is the first expectation
LOOKS_BACK = 52
SMALL = 0.01  # of the usual value, added before logarithms: a week of none has one, too


class Rule(IntEnum):
    """Which of the three rules makes a signal, the strongest first."""

    LIMIT = 1  # one value beyond a limit
    RUN = 2  # eight in a row on one side of what was expected
    NEAR = 3  # three of four nearer to a limit than to the middle


@dataclass(frozen=True)
class Point:
    """A value, what was expected, its limits in the same units, and the rule that makes it a signal, if one does."""

    value: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    rule: Rule | None = None
    up: bool | None = None


def chart(values: Sequence[float | None], enough: int = FIRST_RULE, signed: bool = False) -> tuple[Point, ...]:
    """Each value against what the earlier ones make expected; None is not known and is passed over.

    Limits begin after `enough` known values, the rules of runs after 20. A past that never moved judges nothing.
    `signed`: the values may be below zero, and are charted in units instead of shares.
    """
    known = [value for value in values if value is not None]
    usual = max(float(np.median(known[:SEED])), 0.0) if known else 0.0
    add = None if signed else SMALL * usual or 1.0
    x = [value if add is None else float(np.log(max(value, 0.0) + add)) for value in known]
    judged = iter(_judge(x, enough))
    points = []
    for value in values:
        if value is None:
            points.append(Point(None))
            continue
        expected, reach, centre, rule, up = next(judged)
        middle, low, high = (
            None if at is None else at if add is None else max(float(np.exp(at)) - add, 0.0)
            for at in (expected + centre, *((None, None) if reach is None else _ends(expected + centre, reach)))
        )
        points.append(Point(value, middle, low, high, rule, up))
    return tuple(points)


def _ends(middle: float, reach: float) -> tuple[float, float]:
    return middle - reach, middle + reach


def _judge(x: list[float], enough: int) -> list[tuple[float, float | None, float, Rule | None, bool | None]]:
    """Of each value: expectation, reach of the limits, their middle off the expectation, rule, side."""
    found: list[tuple[float, float | None, float, Rule | None, bool | None]] = []
    deviations: list[float] = []
    places: list[float] = []  # deviations since the last signal, in reaches from the middle
    expected = float(np.median(x[:SEED])) if x else 0.0
    for n, value in enumerate(x):
        past = np.array(deviations[-LOOKS_BACK:])
        centre = float(np.median(past)) if n >= SEED else 0.0
        reach = _reach(past, centre) if n >= SEED else None
        deviation = value - expected
        rule = up = None
        if reach and n >= enough:
            places.append((deviation - centre) / reach)
            rule = _rule(places, all_rules=n >= ALL_RULES)
            if rule:
                up = places[-1] > 0
                places.clear()
        found.append((expected, reach if n >= enough else None, centre if n >= enough else 0.0, rule, up))
        deviations.append(deviation)
        expected += FOLLOWS * (deviation if not reach else float(np.clip(deviation, centre - reach, centre + reach)))
    return found


def _reach(past: Floats, centre: float) -> float:
    moves = FACTOR * float(np.median(np.abs(np.diff(past))))
    return max(moves, SPREADS * float(np.median(np.abs(past - centre)))) if moves else 0.0


def _rule(places: list[float], all_rules: bool) -> Rule | None:
    last = places[-1]
    if abs(last) > 1:
        return Rule.LIMIT
    if not all_rules or not last:
        return None
    side = [place * np.sign(last) for place in places]
    if len(side) >= RUN and min(side[-RUN:]) > 0:
        return Rule.RUN
    if side[-1] > 0.5 and len(side) >= OF and sum(place > 0.5 for place in side[-OF:]) >= NEAR:
        return Rule.NEAR
    return None
