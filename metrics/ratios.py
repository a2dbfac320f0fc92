"""Why a ratio changed: its parts have other ratios, or other weights; together they come to the whole change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """What a part adds to the change of a ratio: by its own ratio (`rate`), and by its weight among all (`mix`)."""

    rate: float
    mix: float

    @property
    def change(self) -> float:
        """Both together."""
        return self.rate + self.mix


Sides = Mapping[str, tuple[float, float]]  # by part: the top and the bottom of its ratio


def rate_and_mix(before: Sides, after: Sides) -> dict[str, Share]:
    """What each part adds to the change of the whole ratio, which is the sum of tops over that of bottoms.

    Midpoints of both sides leave nothing between rate and mix. A part that is in one side alone has changed no ratio of
    its own. Nothing where a side has no bottom.
    """
    wholes = [sum(bottom for _, bottom in side.values()) for side in (before, after)]
    if not all(wholes):
        return {}
    means = [sum(top for top, _ in side.values()) / whole for side, whole in zip((before, after), wholes, strict=True)]
    middle = sum(means) / 2
    found = {}
    for part in before.keys() | after.keys():
        (top, bottom), (new_top, new_bottom) = before.get(part, (0.0, 0.0)), after.get(part, (0.0, 0.0))
        weights = bottom / wholes[0], new_bottom / wholes[1]
        own = top / bottom if bottom else None, new_top / new_bottom if new_bottom else None
        then, now = (one if one is not None else next((r for r in own if r is not None), 0.0) for one in own)
        rate = sum(weights) / 2 * (now - then)
        # What stands in no bottom and yet in a top, as sales without a visit do, is of the ratio alone.
        rate += (new_top / wholes[1] if not new_bottom else 0.0) - (top / wholes[0] if not bottom else 0.0)
        found[part] = Share(rate, ((then + now) / 2 - middle) * (weights[1] - weights[0]))
    return dict(sorted(found.items(), key=lambda item: (-abs(item[1].change), item[0])))
