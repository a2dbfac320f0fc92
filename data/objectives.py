"""Objectives: what people aim at, each version from the first day of a period on.

A version is never taken back by another: what was aimed at in a period that is over stays what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from data.cursor import Cursor
from data.model import UserError, Window, says


class Period(StrEnum):
    """What an objective is for: every week, month, quarter or year, or the days between two dates."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DATES = "dates"


class Direction(StrEnum):
    """On which side of the target a figure is to be."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Aim:
    """What an objective is about: a metric, of networks or accounts or, where none is named, of the brand."""

    metric: str
    scope: tuple[str, ...] = ()
    period: Period = Period.MONTH
    dates: Window | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """A version of what is aimed at: from `low` to `high`, or no bound on one side, from the day `since` on.

    Without a bound on either side the aim is given up from that day on.
    """

    aim: Aim
    since: date
    low: float | None = None
    high: float | None = None
    owner: str = ""

    @property
    def direction(self) -> Direction | None:
        """On which side of its bounds the figure is to be; None where the aim is given up."""
        if self.low is not None and self.high is not None:
            return Direction.WITHIN
        if self.low is not None:
            return Direction.AT_LEAST
        return None if self.high is None else Direction.AT_MOST

    def met(self, value: float) -> bool:
        """Whether a value lies where it is to be."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


Versions = Sequence[Objective]  # the oldest first; of one aim the later statement of the same day counts


def in_force(versions: Versions, aim: Aim, day: date) -> Objective | None:
    """The version of an aim that counts for a period that begins on `day`; None before the first, and once given up."""
    mine = [one for one in versions if one.aim == aim and one.since <= day]
    latest = max((one.since for one in mine), default=None)
    found = [one for one in mine if one.since == latest]
    return found[-1] if found and found[-1].direction else None


def checked(objective: Objective) -> Objective:
    """The objective, once it can be met and missed. Raises UserError."""
    aim, bounds = objective.aim, [one for one in (objective.low, objective.high) if one is not None]
    if (aim.period is Period.DATES) is (aim.dates is None):
        raise UserError(says("An objective is for a week, a month, a quarter, a year, or for two dates."))
    if aim.dates and aim.dates.first > aim.dates.last:
        raise UserError(
            says("The last day ({last}) is before the first ({first}).", first=aim.dates.first, last=aim.dates.last)
        )
    if not all(0 < bound < float("inf") for bound in bounds):
        raise UserError(says("A target is a number above zero."))
    if objective.low is not None and objective.high is not None and objective.low >= objective.high:
        raise UserError(
            says("The lower bound ({low}) is not below the upper one ({high}).", low=objective.low, high=objective.high)
        )
    return objective


def stated(cursor: Cursor) -> list[Objective]:
    """Every version, in the order in which they were stated."""
    rows = cursor.execute(
        "select metric, scope, period, first_day, last_day, since, low, high, owner from objectives order by rowid"
    ).fetchall()
    return [
        Objective(
            Aim(metric, tuple(scope), Period(period), Window(first, last) if first else None), since, low, high, owner
        )
        for metric, scope, period, first, last, since, low, high, owner in rows
    ]


def state(cursor: Cursor, objectives: Iterable[tuple[Objective, date]]) -> int:
    """Adds versions that say something new, and gives how many; with each comes the first day of its running period.

    What is known already can be said again, of any day. A change begins with the running period or later. Raises
    UserError for one that would change what was aimed at in a period that is over.
    """
    known = stated(cursor)
    before = {one.aim for one in known}
    now, added = datetime.now(UTC).replace(tzinfo=None), 0
    for objective, running in objectives:
        checked(objective)
        counts = in_force(known, objective.aim, objective.since)
        if (counts and _same(counts, objective)) or (not counts and not objective.direction):
            continue
        if objective.aim in before and objective.since < running:
            first = min(one.since for one in known if one.aim == objective.aim)
            raise UserError(
                says(
                    "This has been aimed at since {first}, and what was aimed at in periods that are over stays. "
                    "Let the change begin on {day} or later.",
                    first=first, day=running,
                )
            )  # fmt: skip
        aim = objective.aim
        first, last = (aim.dates.first, aim.dates.last) if aim.dates else (None, None)
        cursor.execute(
            "insert into objectives values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(aim.metric, list(aim.scope), aim.period.value, first, last),
                *(objective.since, objective.low, objective.high, objective.owner, now),
            ],
        )
        known.append(objective)
        added += 1
    return added


def forget(cursor: Cursor, aim: Aim) -> None:
    """Takes back all that was ever stated of an aim, as is right for one that was stated by mistake."""
    first, last = (aim.dates.first, aim.dates.last) if aim.dates else (None, None)
    cursor.execute(
        "delete from objectives where metric = ? and scope = ?::varchar[] and period = ? "
        "and first_day is not distinct from ?::date and last_day is not distinct from ?::date",
        [aim.metric, list(aim.scope), aim.period.value, first, last],
    )


def _same(one: Objective, other: Objective) -> bool:
    return (one.low, one.high, one.owner) == (other.low, other.high, other.owner)
