"""Where names stand beside what they name, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def apart(wanted: Sequence[float], room: float, floor: float) -> list[float]:
    """Heights for names, the highest first, each as near to the one wanted as `room` and the floor allow."""
    places: list[float] = []
    for height in wanted:
        places.append(min(height, (places[-1] if places else inf) - room))
    for place in reversed(range(len(places))):
        places[place] = max(places[place], floor)
        floor = places[place] + room
    return places
