"""What an objective is about: the periods it runs over, the accounts it is for, and how its figure comes together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from data.model import Message, Window, says
from data.objectives import Aim, Period
from metrics import windows
from metrics.model import N_, Metric, Source
from metrics.reading import Scope

LOOK_BACK = {Period.WEEK: 52, Period.MONTH: 24, Period.QUARTER: 8, Period.YEAR: 3, Period.DATES: 8}


class Kind(Enum):
    """How the figure of a period comes together, which says what can be told before it is over."""

    FLOW = "flow"  # the sum of its days
    POSTS = "posts"  # the sum of what its posts have come to so far
    LEVEL = "level"  # what stands at its end
    RATE = "rate"  # one sum over another
    PEOPLE = "people"  # counted over exactly these dates, never added


@dataclass(frozen=True)
class House:
    """Whose objectives: the accounts there are, the brand's own words, and the day its weeks begin on."""

    accounts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    week_start: int = 1

    def scope(self, named: Sequence[str]) -> Scope | None:
        """The accounts of what is named, networks or accounts; None where there is none yet. Nothing named is all."""
        if not named:
            return Scope(words=self.words)
        found = tuple(one for one in self.accounts if one in named or one.partition(":")[0] in named)
        return Scope(found, words=self.words) if found else None

    def covers(self, whole: Sequence[str], part: Sequence[str]) -> bool:
        """Whether all that `part` names is of what `whole` names."""
        mine, theirs = self.scope(whole), self.scope(part)
        if not whole or tuple(whole) == tuple(part):
            return True
        return bool(part and mine and theirs and set(theirs.accounts) <= set(mine.accounts))


def kind_of(metric: Metric) -> Kind:
    """How the figure of a period comes together."""
    if metric.people:
        return Kind.PEOPLE
    if metric.bottom is not None:
        return Kind.RATE
    if metric.levels:
        return Kind.LEVEL
    return Kind.POSTS if metric.reads is Source.POSTS else Kind.FLOW


def period_of(aim: Aim, day: date, week_start: int = 1) -> Window:
    """The period of an aim that holds `day`; that between two dates is always the same."""
    match aim.period:
        case Period.WEEK:
            return windows.week(day, week_start)
        case Period.MONTH:
            return windows.month(day)
        case Period.QUARTER:
            return windows.quarter(day)
        case Period.YEAR:
            return windows.year(day)
    assert aim.dates
    return aim.dates


def running(aim: Aim, today: date, week_start: int = 1) -> date:
    """The first day of the period that a change made today may concern."""
    window = period_of(aim, today, week_start)
    return window.first if today <= window.last else today + timedelta(days=1)


def earlier(aim: Aim, window: Window, count: int, week_start: int = 1) -> list[Window]:
    """The periods before one, the oldest first; before two dates, spans as long."""
    found: list[Window] = []
    for _ in range(count):
        if aim.period is Period.DATES:
            window = Window(window.first - timedelta(days=window.days), window.first - timedelta(days=1))
        else:
            window = period_of(aim, window.first - timedelta(days=1), week_start)
        found.append(window)
    return found[::-1]


def in_order(aims: Iterable[Aim]) -> list[Aim]:
    """Each aim once, in the order in which it was first stated."""
    return list(dict.fromkeys(aims))


EVERY = {
    Period.WEEK: N_("each week"), Period.MONTH: N_("each month"), Period.QUARTER: N_("each quarter"),
    Period.YEAR: N_("each year"),
}  # fmt: skip


def named(aim: Aim, metric: Metric, name: Callable[[str], str] = str) -> Message:
    """An aim in a few words; `name` writes the networks and accounts that it is of."""
    when = aim.dates or Message(EVERY[aim.period])
    if not aim.scope:
        return says("{metric}, {when}", metric=Message(metric.name), when=when)
    return says("{metric}, {scope}, {when}", metric=Message(metric.name), scope=[*map(name, aim.scope)], when=when)
