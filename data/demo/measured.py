"""What Google Analytics measured of the site, as it states it at the moment of an export."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from data.demo.cadence import Period
from data.demo.posts import Counts, settled
from data.demo.story import Story
from data.demo.traffic import Traffic


def deduplicated(users: int, days: int) -> int:
    """The people behind the users of several days, each counted once."""
    return int(users * days**-0.09)


def came_back(users: int, new: int) -> int:
    """The users who had been there before, some of the new ones among them, who came twice."""
    return max(users - new + new // 12, 0)


def decided(key_events: int, of: int) -> int:
    """The visits, or the people, behind key events: some of them have two."""
    return min(key_events - key_events // 12, of)


class Measured:
    """What Google Analytics states of a period, day by day, when asked at the moment of the export."""

    def __init__(self, story: Story, traffic: Traffic, period: Period) -> None:
        self.period, self.traffic = period, traffic
        self.days = [f"{period.first + timedelta(n):%Y%m%d}" for n in range(period.days)]
        self.by_source = settled(traffic.sessions, story, period)
        self.by_page = settled(traffic.views, story, period)
        self.purchases = settled(traffic.purchases, story, period)
        self.signups = settled(traffic.signups, story, period)
        self.revenue = traffic.revenue[story.at(period.first) : story.at(period.last) + 1]
        self.sessions: Counts = self.by_source.sum(axis=0)
        self.views: Counts = self.by_page.sum(axis=0)
        self.users = self.sessions * 100 // 117
        self.new_users = self.users * 52 // 100
        # The share of engaged sessions and the time they last vary a little, without any draw.
        ripple = np.sin(np.arange(story.at(period.first), story.at(period.last) + 1) * 1.7)
        self.engaged = np.floor(self.sessions * (0.57 + 0.03 * ripple)).astype(np.int64)
        self.seconds = np.floor(self.sessions * (52 + 6 * ripple)).astype(np.int64)
        self.key_events = self.purchases + self.signups
