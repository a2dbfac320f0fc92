"""The scan of a day's parts, by one dimension and by two: which of them changed otherwise than the rest.

A part is compared with what the same weekdays gave before, brought to the whole that was expected, and with how much
its share of the whole varies from week to week.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from metrics.smoothing import Floats

WEEKS = 8  # earlier same weekdays that parts are compared with
FEWEST_WEEKS = 3
MOST = 3  # causes that are named
EVIDENCE = 4.0  # that a part changed otherwise than the rest, in logarithms, beyond what chance gives the best of all
ANOTHER, ENOUGH = 0.15, 0.85  # of the whole difference: for one more part, and for no more
SOME_SIZE = 0.05  # of the whole: parts that could bear a change of it
ALIKE = 0.6  # of the change of a part: the rest of what holds it changed as well
HALF = 0.5  # added to counts: what was never there before has no ratio


@dataclass(frozen=True)
class Parts:
    """A day by its parts: a row a part, named by a member of each dimension.

    `past` are the same weekdays of earlier weeks, a column each. A part without a figure had none of that day's events.
    """

    dimensions: tuple[str, ...]
    members: Sequence[tuple[str, ...]]
    actual: Floats
    past: Floats


@dataclass(frozen=True)
class Cause:
    """A part by its dimensions and members: what it was, what was expected, its share of the whole difference."""

    where: tuple[tuple[str, str], ...]
    actual: float
    expected: float
    share: float

    @property
    def times(self) -> float | None:
        """How many times what was expected; None where next to nothing was."""
        return self.actual / self.expected if self.expected >= 1 else None


@dataclass(frozen=True)
class Block:
    """The parts of a table by one dimension, or by two: what they were, and what was expected.

    `excess`: the variance of a part's share of the whole beyond chance, in shares of the part. `weeks`: how many
    earlier weeks it rests on.
    """

    dimensions: tuple[str, ...]
    names: Sequence[tuple[str, ...]]
    actual: Floats
    expected: Floats
    excess: Floats
    weeks: int
    table: int = 0

    @property
    def whole(self) -> float:
        """What all parts were."""
        return float(self.actual.sum())

    @property
    def expected_whole(self) -> float:
        """What all parts were expected to be."""
        return float(self.expected.sum())

    @property
    def shares(self) -> Floats:
        """Of the whole difference; nothing where there is none."""
        difference = self.whole - self.expected_whole
        return (self.actual - self.expected) / difference if difference else np.zeros(len(self.actual))

    def evidence(self, of: Floats | None = None) -> Floats:
        """How much likelier each part's own ratio makes the day than one ratio for all, in logarithms.

        Less what the best of so many candidates gains by chance. `of` asks it of other actual figures, each part alone.
        """
        a = (self.actual if of is None else of) + HALF
        f, whole, expected = self.expected + HALF, self.whole + 2 * HALF, self.expected_whole + 2 * HALF
        rest, other = np.maximum(whole - a, HALF), np.maximum(expected - f, HALF)
        gain = a * np.log(a / f) + rest * np.log(rest / other) - whole * np.log(whole / expected)
        spread = (1 + 1 / self.weeks) * (1 + self.excess * f * whole / expected)
        return np.maximum(gain, 0.0) / spread - np.log(len(a))

    def standing_out(self, least: float) -> Floats:
        """The evidence for each part that makes up `least` of the difference and changed more than the rest."""
        beside = self.actual * self.expected_whole - self.expected * self.whole
        able = (self.shares >= least) & (beside * (self.whole - self.expected_whole) > 0)
        found = np.where(able, self.evidence(), -np.inf)
        return np.where(found >= EVIDENCE, found, -np.inf)

    def set_from(self, first: int) -> tuple[Cause, ...]:
        """A part, and others of its dimension as long as they add enough of the difference: the largest first."""
        chosen = [first]
        while len(chosen) < MOST and self.shares[chosen].sum() < ENOUGH:
            rest = [n for n in range(len(self.actual)) if n not in chosen]
            if not rest:
                break
            left = Block(self.dimensions, (), self.actual[rest], self.expected[rest], self.excess[rest], self.weeks)
            adds = np.where(self.shares[rest] >= ANOTHER, left.standing_out(0.0), -np.inf)
            if adds.max() == -np.inf:
                break
            chosen.append(rest[int(adds.argmax())])
        return tuple(sorted(map(self.cause, chosen), key=lambda cause: -cause.share))

    def cause(self, n: int) -> Cause:
        """A part as a cause."""
        where = tuple(zip(self.dimensions, self.names[n], strict=True))
        return Cause(where, float(self.actual[n]), float(self.expected[n]), float(self.shares[n]))

    def could_tell(self) -> bool:
        """Whether the whole difference, had it been of one part alone, would stand out in most parts of some size."""
        large = self.expected >= SOME_SIZE * self.expected_whole
        if len(self.dimensions) > 1 or large.sum() < 2:
            return False
        alone = np.maximum(self.expected + self.whole - self.expected_whole, 0.0)
        return bool(np.median(self.evidence(alone)[large]) >= EVIDENCE)


def widest(block: Block, n: int, others: Sequence[Block]) -> tuple[Block, int]:
    """A part, or the one of a single dimension that holds it, where the rest of that changed as much or nearly so."""
    found = block, n
    if len(block.dimensions) == 1:
        return found
    a, f = block.actual[n] + HALF, block.expected[n] + HALF
    for place, dimension in enumerate(block.dimensions):
        wide = next(one for one in others if one.dimensions == (dimension,))
        m = wide.names.index((block.names[n][place],))
        rest, usual = wide.actual[m] - block.actual[n] + HALF, wide.expected[m] - block.expected[n] + HALF
        alike = np.log(rest / usual) / np.log(a / f) >= ALIKE
        if alike and wide.shares[m] > found[0].shares[found[1]]:
            found = wide, m
    return found


def blocks(parts: Parts, whole: float, table: int = 0) -> Iterator[Block]:
    """The parts by each dimension and by each two, brought to the whole that was expected."""
    past = parts.past[:, parts.past.sum(axis=0) > 0] if parts.past.size else parts.past
    if past.ndim != 2 or past.shape[1] < FEWEST_WEEKS:
        return
    codes = [np.unique(names, return_inverse=True) for names in zip(*parts.members, strict=True)]
    for chosen in (*combinations(range(len(codes)), 1), *combinations(range(len(codes)), 2)):
        joined = np.zeros(len(parts.members), np.int64)
        for one in chosen:
            joined = joined * len(codes[one][0]) + codes[one][1]
        there, place = np.unique(joined, return_inverse=True)
        first = dict(zip(place[::-1].tolist(), range(len(place) - 1, -1, -1), strict=True))
        names = [tuple(parts.members[first[n]][one] for one in chosen) for n in range(len(there))]
        actual, *past_weeks = (_added(place, day, len(there)) for day in (parts.actual, *past.T))
        weeks = np.stack(past_weeks, axis=1)
        share = weeks.sum(axis=1) / weeks.sum()
        dimensions = tuple(parts.dimensions[one] for one in chosen)
        yield Block(dimensions, names, actual, share * whole, _excess(weeks, share), weeks.shape[1], table)


def _added(places: NDArray[np.int64], day: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(places, day, size), dtype=float)


def _excess(weeks: Floats, share: Floats) -> Floats:
    """How much more the shares of parts vary from week to week than chance makes them, half of it that of all parts."""
    wholes = weeks.sum(axis=0)
    usual = share[:, None] * wholes
    left = 1 - wholes / wholes.sum()  # a week is part of the mean that it is compared with
    chance = usual * (1 - share[:, None]) * left
    beyond = ((weeks - usual) ** 2 - chance).sum(axis=1)
    base = (usual**2 * left).sum(axis=1)
    own = np.divide(beyond, base, out=np.zeros(len(share)), where=base > 0)
    return np.maximum((own + max(beyond.sum() / base.sum(), 0.0)) / 2, 0.0)
