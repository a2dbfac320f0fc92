"""When the community manager of the story made exports, and which days each of them covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from data.demo.story import WEEKS, Story

HOUR = time(7, 40)


@dataclass(frozen=True, slots=True)
class Period:
    """The days an export covers, both included, and when it was made (UTC)."""

    first: date
    last: date
    made: datetime

    @property
    def days(self) -> int:
        """How many days are covered."""
        return (self.last - self.first).days + 1

    def reaching_back(self, days: int, story: Story) -> Period:
        """The same export asked for some days more of the past."""
        return replace(self, first=max(story.first, self.first - timedelta(days)))

    def with_days_before(self, story: Story) -> Period:
        """A week with the week before it, which restates its last days; any other period as it is."""
        return self.reaching_back(7, story) if self.days == 7 else self

    def with_posts_before(self, story: Story) -> Period:
        """The last four weeks for a week, the month before as well for a month: older posts go on growing."""
        if self.days == 7:
            return self.reaching_back(21, story)
        if self.days > 60:
            return self
        return self.reaching_back((self.first - timedelta(1)).day, story)


def _periods(story: Story, starts: list[date]) -> list[Period]:
    ends = [start - timedelta(1) for start in starts[1:]] + [story.last]
    # Networks take about three days to close a day; nobody exports tomorrow.
    return [
        Period(start, end, datetime.combine(min(end + timedelta(3), story.today), HOUR))
        for start, end in zip(starts, ends, strict=True)
    ]


def _weeks(story: Story) -> list[date]:
    return [story.first + timedelta(7 * (WEEKS - n)) for n in (4, 3, 2, 1)]


def _months(first: date, before: date) -> list[date]:
    months, month = [], (first.replace(day=1) + timedelta(31)).replace(day=1)
    while month < before - timedelta(6):
        months.append(month)
        month = (month + timedelta(31)).replace(day=1)
    return months


def closely(story: Story) -> list[Period]:
    """Half-years, then the months of the last half-year, then the last four weeks."""
    weeks = _weeks(story)
    halves = [story.first + timedelta(182 * n) for n in range(3)]
    return _periods(story, [*halves, *_months(story.last - timedelta(182), weeks[0]), *weeks])


def loosely(story: Story) -> list[Period]:
    """A year and a half at once, then what follows, then the last four weeks."""
    return _periods(story, [story.first, story.first + timedelta(546), *_weeks(story)])


def quarterly(story: Story) -> list[Period]:
    """Quarters of thirteen weeks, then the last half-year by months."""
    quarters = [story.first + timedelta(91 * n) for n in range(6)]
    return _periods(story, [*quarters, *_months(story.last - timedelta(182), story.last)])
