"""What a campaign cost, by currency, and what a result came to: cost of one, return, break-even."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from typing import Any, NamedTuple

from data.campaigns import Campaign, Price
from data.model import Window

SURE = 1.959964  # standard deviations on each side of an interval of 95 %


class Spent(StrEnum):
    """What money went to."""

    STATED = "stated"
    ADS = "ads"
    HOURS = "hours"


class Item(NamedTuple):
    """An amount, and what it went to."""

    spent: Spent
    amount: float
    currency: str


@dataclass(frozen=True)
class Cost:
    """What a campaign cost. `hours`: those worked, `unpriced` where what one costs is not stated.

    `outside`: how many rows of reports of ads are of periods that reach beyond its days, and cannot be counted.
    """

    items: tuple[Item, ...] = ()
    hours: float | None = None
    unpriced: bool = False
    outside: int = 0

    @property
    def currencies(self) -> list[str]:
        """The currencies of its amounts."""
        return sorted({item.currency for item in self.items})

    @property
    def total(self) -> float | None:
        """All of it; None where nothing is stated, and where it is in several currencies, which are not added."""
        return sum(item.amount for item in self.items) if len(self.currencies) == 1 else None

    @property
    def currency(self) -> str:
        """The one currency of the total."""
        return self.currencies[0] if len(self.currencies) == 1 else ""


class AdRow(NamedTuple):
    """What reports of ads state of a campaign over a period, all parts of it added."""

    account: str
    campaign: str
    first: date
    last: date
    currency: str
    cost: float


@dataclass(frozen=True)
class Gain:
    """What the results of a campaign cost and are worth. `low` and `high`: between which the cost of one lies, were as
    many results to come by chance again and again: in 95 of 100."""

    cost: float
    results: float
    currency: str
    value: float | None = None  # of all results
    low: float | None = None
    high: float | None = None

    @property
    def each(self) -> float | None:
        """What a result cost, which is also what one has to be worth to pay for the campaign."""
        return self.cost / self.results if self.results else None

    @property
    def roi(self) -> float | None:
        """(value − cost) / cost."""
        return None if self.value is None or not self.cost else (self.value - self.cost) / self.cost


def cost_of(price: Price, rows: Iterable[AdRow], window: Window) -> Cost:
    """What a campaign cost: as stated, as reports of ads state for its days, and its hours."""
    items = [] if price.amount is None else [Item(Spent.STATED, price.amount, price.currency)]
    spent: dict[str, float] = {}
    outside = 0
    for row in _told_once(rows):
        if window.first <= row.first and row.last <= window.last:
            spent[row.currency] = spent.get(row.currency, 0.0) + row.cost
        else:
            outside += 1
    items += [Item(Spent.ADS, amount, currency) for currency, amount in sorted(spent.items())]
    unpriced = price.hours is not None and price.of_an_hour is None
    if price.hours is not None and price.of_an_hour is not None:
        items.append(Item(Spent.HOURS, price.hours * price.of_an_hour, price.currency))
    return Cost(tuple(items), price.hours, unpriced, outside)


def ad_rows(cursor: Any, names: Iterable[str], window: Window) -> list[AdRow]:
    """What reports of ads state of campaigns over days or periods that touch a window.

    Rows of the campaign as a whole go before those of its parts, which add up to it.
    """
    query = (
        "select account, campaign, first_day, last_day, coalesce(currency, ''), "
        "coalesce(sum(cost) filter (part is null), sum(cost))::double as cost from ads "
        "where lower(campaign) in (select unnest(?)) and first_day <= ? and last_day >= ? and cost is not null "
        "group by all order by all"
    )
    rows = cursor.execute(query, [[name.lower() for name in names], window.last, window.first]).fetchall()
    return [AdRow(*row) for row in rows]


def gain_of(one: Campaign, cost: Cost, results: float | None) -> Gain | None:
    """What its results cost and are worth; None where the cost or the results are not known."""
    if cost.total is None or results is None:
        return None
    value = one.value * results if one.value is not None and one.price.currency == cost.currency else None
    low, high = by_chance(results)
    return Gain(cost.total, results, cost.currency, value, cost.total / high, cost.total / low if low else None)


def by_chance(count: float) -> tuple[float, float]:
    """Between which numbers the mean of a count lies in 95 of 100 cases: Poisson's limits, as Byar nears them."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - SURE / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(low, 0.0), more * (1 - 1 / (9 * more) + SURE / (3 * sqrt(more))) ** 3


def _told_once(rows: Iterable[AdRow]) -> list[AdRow]:
    """Each day of a campaign once: where days and longer periods are both told, the shorter ones."""
    taken: dict[tuple[str, str], set[date]] = {}
    kept = []
    for row in sorted(rows, key=lambda row: ((row.last - row.first).days, row)):
        mine = taken.setdefault((row.account, row.campaign), set())
        days = {row.first + timedelta(n) for n in range((row.last - row.first).days + 1)}
        if mine.isdisjoint(days) or _same_days(row, kept):
            mine |= days
            kept.append(row)
    return kept


def _same_days(row: AdRow, kept: list[AdRow]) -> bool:
    """Whether the same days are told in another currency, which is another row of them."""
    return any(row[:4] == other[:4] and row.currency != other.currency for other in kept)
