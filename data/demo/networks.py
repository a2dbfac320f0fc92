"""The networks the house is on, and how each treats what it publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of post: its share of the posts, and its views and link clicks against the average."""

    name: str
    share: float
    views: float
    clicks: float = 1.0


@dataclass(frozen=True, slots=True)
class Network:
    """How a network treats the house. `rates` are per view; `days` is how long a post mostly lives."""

    key: str
    followers: int
    per_week: float
    views: float
    days: float
    gains: float
    losses: float
    kinds: tuple[Kind, ...]
    rates: Mapping[str, float]


FACEBOOK = Network(
    "facebook", 14_200, 4.2, 0.19, 1.3, 1.3, 0.6,
    (Kind("photo", 0.5, 1.0), Kind("reel", 0.22, 1.5, 0.4), Kind("link", 0.28, 0.6, 3.5)),
    {"reach": 0.74, "reactions": 0.028, "comments": 0.0034, "shares": 0.0045, "clicks": 0.024,
     "link_clicks": 0.008, "follows": 0.0004, "profile_visits": 0.011},
)  # fmt: skip
INSTAGRAM = Network(
    "instagram", 21_500, 4.5, 0.29, 1.8, 1.9, 0.9,
    (Kind("image", 0.36, 0.9), Kind("reel", 0.34, 1.6), Kind("carousel", 0.3, 1.1)),
    {"reach": 0.72, "reactions": 0.05, "comments": 0.0023, "shares": 0.0075, "saves": 0.006,
     "link_clicks": 0.002, "follows": 0.0006, "profile_visits": 0.012},
)  # fmt: skip
X = Network(
    "x", 6_800, 4.8, 0.16, 0.6, 0.9, 0.7,
    (Kind("photo", 0.45, 1.1), Kind("link", 0.35, 0.9, 2.5), Kind("reply", 0.2, 0.08, 0.1)),
    {"reactions": 0.014, "comments": 0.0016, "shares": 0.004, "saves": 0.0015, "sent": 0.0008,
     "link_clicks": 0.006, "details": 0.02, "hashtags": 0.001, "permalinks": 0.001, "follows": 0.0005,
     "profile_visits": 0.006},
)  # fmt: skip
LINKEDIN = Network(
    "linkedin", 3_900, 2.6, 0.42, 2.8, 1.8, 0.5,
    (Kind("image", 0.6, 1.0), Kind("video", 0.15, 1.3), Kind("link", 0.25, 0.8, 2.0)),
    {"reach": 0.62, "reactions": 0.022, "comments": 0.0017, "shares": 0.002, "clicks": 0.026,
     "link_clicks": 0.012, "follows": 0.0009, "profile_visits": 0.02},
)  # fmt: skip
NETWORKS = (FACEBOOK, INSTAGRAM, X, LINKEDIN)
