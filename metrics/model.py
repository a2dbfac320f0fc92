"""The words of a definition: Measure, Metric, and how a measure adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any

from metrics.formula import Formula


def N_(text: str) -> str:
    """Marks a text for translation where it is defined; it is translated where it is shown."""
    return text


class Adds(Enum):
    """How a measure adds up."""

    FLOW = "flow"  # days add, accounts add
    LEVEL = "level"  # the last known per account; accounts add, days never
    MEAN = "mean"  # never added: weigh it by what it is the mean of
    PEOPLE = "people"  # never added over days or accounts: the same person may be in both


class Source(Enum):
    """The rows a metric reads: one fact table of the warehouse each."""

    POSTS = "posts"
    DAYS = "account_days"
    WEB = "web"
    SEARCH = "search"


class Good(Enum):
    """The direction in which a figure is good news."""

    UP = 1
    DOWN = -1
    NEITHER = 0


class Unit(StrEnum):
    """How a value is written."""

    COUNT = "count"
    PERCENT = "percent"
    SECONDS = "seconds"
    DECIMAL = "ratio"
    POSITION = "position"
    MONEY = "money"


@dataclass(frozen=True)
class Measure:
    """A number that sources state, and how it adds up."""

    key: str
    source: Source
    adds: Adds
    name: str


@dataclass(frozen=True)
class Example:
    """A worked example: rows as the source states them, and what the metric gives over a window of `days` days.

    Rows of one account stand for successive days. `account` names another account, `before` the day before the
    window, `whole_window` a row stated for the window as a whole, `query` a row of the slice of queries. `words` are
    those by which a query names the brand.
    """

    rows: tuple[Mapping[str, Any], ...]
    gives: float | None
    days: int = 7
    words: tuple[str, ...] = ()


MONEY = frozenset({"revenue"})  # measures that are in a currency


@dataclass(frozen=True)
class Metric:
    """A defined figure: the sum of `top`, or the sum of `top` over the sum of `bottom`, where both are stated.

    `careful` is what a sceptic should know; `theirs` links the networks' own definitions.
    """

    key: str
    name: str
    reads: Source
    unit: Unit
    good: Good
    top: str
    says: str
    example: Example
    bottom: str | None = None
    careful: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def top_formula(self) -> Formula:
        """The formula of `top`."""
        return Formula.parse(self.top)

    @cached_property
    def bottom_formula(self) -> Formula | None:
        """The formula of `bottom`, None for a plain sum."""
        return Formula.parse(self.bottom) if self.bottom else None

    @cached_property
    def sides(self) -> tuple[Formula, ...]:
        """Its top, and its bottom if it is a ratio."""
        return (self.top_formula, self.bottom_formula) if self.bottom_formula else (self.top_formula,)

    @cached_property
    def levels(self) -> bool:
        """Whether a side of it is about levels at the window's ends."""
        return any(side.level for side in self.sides)

    @cached_property
    def people(self) -> bool:
        """Whether it is stated for exactly one window of one account, and never added."""
        return any(side.people for side in self.sides)

    @cached_property
    def money(self) -> bool:
        """Whether it is an amount in a currency, and never added over several."""
        return not MONEY.isdisjoint(self.measures())

    @property
    def rate(self) -> bool:
        """Whether changes are told in points rather than in percent."""
        return self.unit is Unit.PERCENT

    def measures(self) -> list[str]:
        """The measures its formula names, in order."""
        return list(dict.fromkeys(name for side in self.sides for name in side.names))
