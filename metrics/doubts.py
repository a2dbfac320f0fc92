"""Doubts about what is aimed at: targets outside what has ever been, and objectives that work against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from data.objectives import Direction, Objective, Period
from metrics.aims import House, Kind
from metrics.model import N_, Metric, Unit
from metrics.progress import Progress

ENOUGH = 4  # earlier periods from which it is said what has ever been
DAYS = {Period.WEEK: 7, Period.MONTH: 365.25 / 12, Period.QUARTER: 365.25 / 4, Period.YEAR: 365.25}
NEVER_ABOVE = N_("In {n} periods it never came to more than {edge}: {target} takes something new.")
NEVER_BELOW = N_("In {n} periods it never came to less than {edge}: {target} takes something new.")
ALWAYS = N_("Each of the {n} periods before would have met it ({edge} at the worst): it asks for nothing new.")
NEVER_GREW = N_(
    "In {n} periods it never grew by more than {edge}, and is to grow by {target}: that takes something new."
)
AT_ODDS = N_("At an even pace, at least {low} here and at most {high} there cannot both be met: {other}.")
PULLING = N_("It falls by itself when this one rises, unless people do as much more: {other}.")


@dataclass(frozen=True)
class Doubt:
    """A doubt in words: `text` with figures in `unit`, a count `n`, and the `other` objective where there is one."""

    text: str
    figures: Mapping[str, float] = field(default_factory=dict)
    unit: Unit = Unit.COUNT
    n: int = 0
    other: Progress | None = None


def doubts(told: Progress, all_told: Sequence[Progress], house: House) -> list[Doubt]:
    """The doubts about an objective, by its past and beside the others."""
    return [
        *_outside(told),
        *(doubt for other in all_told if other is not told for doubt in _beside(told, other, house)),
    ]


def _outside(told: Progress) -> Iterator[Doubt]:
    past, aim, unit = [one.value for one in told.before if one.value is not None], told.objective, told.metric.unit
    if told.kind is Kind.LEVEL:
        grown = [b - a for a, b in pairwise(past)]
        if aim.low is not None and len(grown) >= ENOUGH and aim.low - past[-1] > max(grown):
            yield Doubt(NEVER_GREW, {"edge": max(grown), "target": aim.low - past[-1]}, unit, len(grown))
        return
    if len(past) < ENOUGH:
        return
    if aim.low is not None and aim.low > max(past):
        yield Doubt(NEVER_ABOVE, {"edge": max(past), "target": aim.low}, unit, len(past))
    if aim.high is not None and aim.high < min(past):
        yield Doubt(NEVER_BELOW, {"edge": min(past), "target": aim.high}, unit, len(past))
    if all(map(aim.met, past)) and aim.direction is not Direction.WITHIN:
        yield Doubt(ALWAYS, {"edge": min(past) if aim.low is not None else max(past)}, unit, len(past))


def _beside(told: Progress, other: Progress, house: House) -> Iterator[Doubt]:
    one, two = told.objective, other.objective
    if told.metric.key == other.metric.key:
        for lower, upper in permutations((one, two)):
            if lower.low is not None and upper.high is not None and _at_odds(told, lower, upper, house):
                yield Doubt(AT_ODDS, {"low": lower.low, "high": upper.high}, told.metric.unit, other=other)
    elif one.low is not None and two.low is not None and _pulls(other.metric, told.metric):
        if house.covers(one.aim.scope, two.aim.scope) or house.covers(two.aim.scope, one.aim.scope):
            yield Doubt(PULLING, other=other)


def _at_odds(told: Progress, lower: Objective, upper: Objective, house: House) -> bool:
    """Whether the lower bound of one exceeds the upper bound of another that has at least as much to hold it."""
    assert lower.low is not None and upper.high is not None
    a, b = lower.aim, upper.aim
    if told.kind in (Kind.FLOW, Kind.POSTS):
        if not house.covers(b.scope, a.scope):
            return False
        if a.dates or b.dates:
            within = a.dates and b.dates and b.dates.first <= a.dates.first and a.dates.last <= b.dates.last
            return bool(within) and lower.low > upper.high
        return lower.low / DAYS[a.period] > upper.high / DAYS[b.period]
    return sorted(a.scope) == sorted(b.scope) and lower.low > upper.high


def _pulls(base: Metric, rate: Metric) -> bool:
    """Whether a rate falls by construction when another figure rises: what it is divided by is that figure."""
    if rate.bottom_formula is None or base.bottom is not None or base.reads is not rate.reads:
        return False
    names = set(base.top_formula.names)
    return bool(names) and names <= set(rate.bottom_formula.names) and not names & set(rate.top_formula.names)
