"""How the visits of each day part: by source, landing page, country, device, hour, new or returning.

Whole numbers that add up to the day, without any draw: what a day's rounding leaves falls on other members each day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from data.demo.measured import Measured
from data.demo.posts import Counts

Weights = NDArray[Any]  # counts, or shares of them

COUNTRIES = {
    "France": 0.905, "Belgium": 0.028, "Switzerland": 0.014, "Canada": 0.011, "United Kingdom": 0.01,
    "Germany": 0.008, "United States": 0.008, "Spain": 0.006, "Italy": 0.005, "Netherlands": 0.005,
}  # fmt: skip
DEVICES = {"mobile": 0.63, "desktop": 0.33, "tablet": 0.04}
RETURNING = {"new": 0.58, "returning": 0.42}
NIGHT = (0.9, 0.4, 0.25, 0.2, 0.2, 0.3, 0.8)
OPEN = (1.8, 2.6, 3.2, 3.6, 3.9, 4.4, 5.0, 3.8, 3.4, 3.5, 3.9, 4.6)
EVENING = (5.4, 5.8, 5.2, 3.6, 2.0)
HOURS = np.array((*NIGHT, *OPEN, *EVENING))
LETTER = (3, 11)  # the weekday and the hour at which the letter is read
# How far the visits of a channel, or those that begin on a page, lead to key events, the average being 1.
WORTH = {
    "Email": 2.4, "Direct": 1.3, "Organic Search": 1.0, "Referral": 1.5, "Paid Social": 1.1, "Organic Social": 0.45,
    "Organic Video": 0.3,
    "/billetterie/": 3.2, "/festival-des-lucioles/": 2.2, "/lettre/": 2.0, "/agenda/": 1.1, "/recrutement/": 0.1,
}  # fmt: skip
CAMPAIGN = 1.7  # a visit by a campaign's link, beside another of its channel
ENTRANCES = {"/": 1.9, "/agenda/": 0.8, "/billetterie/": 0.4, "/infos-pratiques/": 0.7}


def allotted(wholes: Counts, weights: Weights) -> Counts:
    """Each day's whole among the members, by their weights of the day: members are rows, days columns."""
    days = np.arange(len(wholes))
    shares = weights / np.maximum(weights.sum(axis=0), 1e-9) * wholes
    edges = np.floor(np.cumsum(shares, axis=0) + (days * 0.618 + 0.31) % 1 + 1e-9).astype(np.int64)
    edges[-1] = np.floor(wholes + (days * 0.618 + 0.31) % 1 + 1e-9)
    return np.diff(edges, axis=0, prepend=np.zeros((1, len(wholes)), np.int64))


def quirk(member: str) -> float:
    """How a member stands against its like: always the same for one name, from 0.85 to 1.15."""
    return 0.85 + crc32(member.encode()) % 31 / 100


@dataclass(frozen=True, slots=True)
class Parted:
    """The visits of a period by member and day, those with engagement among them, and their key events."""

    members: Sequence[str]
    sessions: Counts
    engaged: Counts
    key_events: Counts


def parted(seen: Measured, members: Sequence[str], weights: Weights, worth: Sequence[float]) -> Parted:
    """The visits of the days among members, by weights, with the share of key events that each is worth."""
    return _with_results(seen, members, allotted(seen.sessions, weights), worth)


def _with_results(seen: Measured, members: Sequence[str], sessions: Counts, worth: Sequence[float]) -> Parted:
    quirks = np.array([quirk(member) for member in members])[:, None]
    engaged = np.floor(sessions * np.minimum(0.57 * quirks, 1)).astype(np.int64)
    key_events = np.where(sessions.sum(axis=0), seen.key_events, 0)  # else no visit is there to attach them to
    return Parted(members, sessions, engaged, allotted(key_events, sessions * np.array(worth)[:, None]))


def by_source(seen: Measured) -> Parted:
    """By source: the rows are those of the traffic."""
    sources = seen.traffic.sources
    worth = [
        WORTH[source.channel] * (1 if source.campaign.startswith("(") else CAMPAIGN) * quirk(source.name)
        for source in sources
    ]
    return _with_results(seen, [source.name for source in sources], seen.by_source, worth)


def by_landing(seen: Measured) -> Parted:
    """By the page on which visits begin."""
    pages = seen.traffic.pages
    weights = seen.by_page * np.array([ENTRANCES.get(page, 1.0) * quirk(page) for page in pages])[:, None]
    return parted(seen, pages, weights, [WORTH.get(page, 0.6) for page in pages])


def by_shares(seen: Measured, shares: Mapping[str, float]) -> Parted:
    """By members of which each has its share of every day."""
    weights = np.repeat(np.array(list(shares.values()))[:, None], len(seen.days), axis=1)
    return parted(seen, tuple(shares), weights, [quirk(member) for member in shares])


def by_hour(seen: Measured) -> Parted:
    """By hour: later at weekends, and a peak when the letter comes."""
    weekdays = [(seen.period.first + timedelta(n)).weekday() for n in range(seen.period.days)]
    weights = np.array([np.roll(HOURS, 1) if weekday > 4 else HOURS for weekday in weekdays]).T
    weekday, hour = LETTER
    weights[hour] = weights[hour] * np.where(np.array(weekdays) == weekday, 2.1, 1.0)
    return parted(seen, [f"{hour:02}" for hour in range(24)], weights, [1.0] * 24)
