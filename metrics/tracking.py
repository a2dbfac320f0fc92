"""A fall of visits: did people stay away, or were they not counted?

An audience falls in some channels more than in others, and the networks see it as well. A tag that is broken loses all
channels alike, whole hours to nothing, or visits that the networks' own clicks still show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.causes import Explained, Why

FALL = 0.3  # of the visits expected: less is no matter of a tag
SAME = 0.25  # how far clicks may lie from what was expected, and be called usual
FEWEST = 20.0  # clicks expected, below which they say nothing
HOURS_OFF = 3  # in a row without a visit
SURPRISE = 12.0  # visits that these hours would have brought: none by chance once in 160,000


class Sign(StrEnum):
    """What speaks for a tag that is broken."""

    NOTHING = "nothing"  # not one visit in all the day
    HOURS = "hours"  # hours in a row without a visit
    CLICKS = "clicks"  # the networks and the search engine sent as many as usual
    ALIKE = "alike"  # all channels fell alike: so they do on a quiet day, too


@dataclass(frozen=True)
class Tracking:
    """The signs that visits were not counted, those that prove most first."""

    signs: tuple[Sign, ...] = ()
    hours: tuple[int, int] | None = None  # the first and the last without a visit

    @property
    def likely(self) -> bool:
        """Whether the visits were probably there. That all channels fell alike does not say so by itself."""
        return bool(set(self.signs) - {Sign.ALIKE})


def tracking(
    visits: float, expected: float, channels: Explained, hours: Sequence[float | None] = (),
    usual_hours: Sequence[float | None] = (), clicks: tuple[float, float] | None = None,
) -> Tracking:  # fmt: skip
    """What speaks for a broken tag on a day of fewer visits than expected.

    `hours`: the visits of each, and `usual_hours` those that were expected; `clicks`: those that networks and the
    search engine counted themselves, and those expected.
    """
    if expected <= 0 or visits > (1 - FALL) * expected:
        return Tracking()
    signs = []
    silent = _silent(hours, usual_hours)
    if visits == 0:
        signs.append(Sign.NOTHING)
    elif silent:
        signs.append(Sign.HOURS)
    if clicks and clicks[1] >= FEWEST and clicks[0] >= (1 - SAME) * clicks[1]:
        signs.append(Sign.CLICKS)
    if channels.why is Why.ACROSS:
        signs.append(Sign.ALIKE)
    return Tracking(tuple(signs), silent if visits else None)


def _silent(hours: Sequence[float | None], usual: Sequence[float | None]) -> tuple[int, int] | None:
    """The longest run of hours without a visit that would have brought enough."""
    best: tuple[float, int, int] | None = None
    begun: int | None = None
    for n, visits in enumerate([*hours, None]):
        if visits == 0 and begun is None:
            begun = n
        elif visits != 0 and begun is not None:
            missed = float(np.nansum([one if one is not None else np.nan for one in usual[begun:n]]))
            if n - begun >= HOURS_OFF and missed >= SURPRISE:
                best = max(filter(None, [best, (missed, begun, n - 1)]))
            begun = None
    return best[1:] if best else None
