"""The quotas of a property: tokens, calls at once, server errors; they return with the hour and the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import grpc

from loopback.ga4_requests import Asked, Refusal

PACIFIC = ZoneInfo("America/Los_Angeles")
HOUR = "These quota tokens will return in under an hour."
# What is told when a bucket is empty. Those of the hour and the day are not attested word by word.
EMPTY = {
    "tokens_per_project_per_hour": f"Exhausted property tokens for a project per hour. {HOUR}",
    "tokens_per_hour": f"Exhausted property tokens per hour. {HOUR}",
    "tokens_per_day": "Exhausted property tokens per day. These quota tokens will return in less than 24 hours.",
    "server_errors_per_project_per_hour": "Exhausted server errors quota. This quota will return in under an hour.",
    "potentially_thresholded_requests_per_hour": (f"Exhausted potentially thresholded requests quota. {HOUR}"),
    "concurrent_requests": "Exhausted concurrent requests quota. Please send fewer requests concurrently.",
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """How much a property may be asked; a standard one by default."""

    tokens_per_day: int = 200_000
    tokens_per_hour: int = 40_000
    tokens_per_project_per_hour: int = 14_000
    concurrent_requests: int = 10
    server_errors_per_project_per_hour: int = 10
    potentially_thresholded_requests_per_hour: int = 120


def tokens(asked: Asked) -> int:
    """What a report costs, by the formula that others fitted to what they were charged."""
    days = sum(each.days for each in asked.ranges)
    return 1 + days // 60 + -(-max(0, len(asked.dimensions) * len(asked.metrics) - 3) // 32)


def refused(bucket: str) -> Refusal:
    """The refusal of a call for which a bucket has nothing left."""
    return Refusal(grpc.StatusCode.RESOURCE_EXHAUSTED, EMPTY[bucket])


@dataclass(slots=True)
class Quota:
    """What is left in each bucket."""

    allowed: Allowed
    left: dict[str, int] = field(init=False)
    spent: int = 0  # tokens, since the server started
    hour: datetime | None = None
    day: datetime | None = None

    def __post_init__(self) -> None:
        self.left = {name: getattr(self.allowed, name) for name in Allowed.__slots__}

    def refill(self, now: datetime) -> None:
        """Gives back what returns with a new hour, and with a new day in California."""
        hour = now.astimezone(PACIFIC).replace(minute=0, second=0, microsecond=0)
        day = hour - timedelta(hours=hour.hour)
        for name in self.left:
            past = self.day if name == "tokens_per_day" else self.hour
            if past is not None and (day if name == "tokens_per_day" else hour) > past:
                self.left[name] = getattr(self.allowed, name)
        self.hour, self.day = hour, day

    def check(self, at_once: int) -> None:
        """Raises a Refusal where a bucket is empty; a property without anything left answers nothing."""
        if at_once > self.allowed.concurrent_requests:
            raise refused("concurrent_requests")
        for name, left in self.left.items():
            if left <= 0 and name != "concurrent_requests":
                raise refused(name)

    def take(self, name: str, number: int = 1) -> None:
        """Takes from a bucket; below nothing there is nothing."""
        self.left[name] = max(0, self.left[name] - number)

    def spend(self, cost: int) -> None:
        """Takes the tokens of a report."""
        self.spent += cost
        for name in ("tokens_per_day", "tokens_per_hour", "tokens_per_project_per_hour"):
            self.take(name, cost)

    def state(self, into: Any, cost: int, thresholded: bool, at_once: int) -> None:
        """Writes what a report consumed and what is left into its PropertyQuota."""
        for name, left in self.left.items():
            consumed = cost if name.startswith("tokens") else int(thresholded and name.startswith("potentially"))
            status = getattr(into, name)
            status.consumed = consumed
            status.remaining = max(0, left - at_once) if name == "concurrent_requests" else left
