"""What came into a list and what left it: two windows of a list beside each other, and when each member was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from data.model import Window
from metrics.facts import within
from metrics.lists import NO_MEMBERS, Members, Slice, members, value_sql
from metrics.reading import EVERYTHING, Scope
from metrics.sites import counting, same_sites
from metrics.windows import before

LOOK_BACK = timedelta(days=400)  # beyond it nothing is read: what was there then may be called new
SILENT = timedelta(days=56)  # eight weeks without a visit: a site that linked no longer does


@dataclass(frozen=True)
class Turnover:
    """The first of a list now and of the period before: `new` stand now and did not, `gone` stood and no longer do.

    Where no earlier period is stated `then` has no window, and nothing is new or gone.
    """

    now: Members
    then: Members
    new: pd.DataFrame
    gone: pd.DataFrame


def turnover(cursor: Any, slice_: Slice, window: Window, scope: Scope = EVERYTHING, top: int = 20) -> Turnover:
    """The first `top` of a list, and those of the period before the one that it covers.

    Days are compared with as many days only. The periods of two exports may differ in length, not overlap: what
    is compared is who stands among the first.
    """
    now = members(cursor, slice_, window, scope, top)
    if now.window is None:
        return Turnover(now, NO_MEMBERS, now.rows, now.rows)
    earlier = now.window.first - timedelta(days=1)
    then = members(cursor, slice_, before(now.window), scope, top, until=earlier)
    if then.window is None or then.rows.empty or (now.daily and then.window.days != before(now.window).days):
        return Turnover(now, NO_MEMBERS, now.rows.head(0), now.rows.head(0))
    return Turnover(now, then, _beside(now.rows, then.rows), _beside(then.rows, now.rows))


def _beside(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[~rows["member"].isin(others["member"])]


@dataclass(frozen=True)
class Seen:
    """When the members of a list were there: member, first and last day, the first metric of all days looked at.

    `span` are the days that the exports state, None where they state none.
    """

    rows: pd.DataFrame
    span: Window | None

    def new(self, window: Window) -> pd.DataFrame:
        """Those first seen in the window; none where the eight weeks before it are not known."""
        if self.span is None or self.span.first > window.first - SILENT:
            return self.rows.head(0)
        return self._within("first", window)

    def lost(self, since: date) -> pd.DataFrame:
        """Those last seen since that day, and silent in the last eight weeks that are known; the largest first."""
        if self.span is None:
            return self.rows
        return self._within("last", Window(since, self.span.last - SILENT))

    def _within(self, column: str, window: Window) -> pd.DataFrame:
        days = self.rows[column].dt.date
        return self.rows.loc[(days >= window.first) & (days <= window.last)]


def seen(cursor: Any, slice_: Slice, until: date, scope: Scope = EVERYTHING) -> Seen:
    """When each member of a slice that is stated by day was seen in the last 400 days, the largest first."""
    where, accounts = within(scope)
    metric = slice_.metrics[0]
    days = f"slice = ? and first_day = last_day and first_day between ? and ?{where}"
    counted = counting(slice_.source.value, None, days, same_sites(cursor, slice_.source, scope))
    # Of one slice only: another that holds the same members would count each visit twice.
    for name in slice_.names:
        asked = [name, until - LOOK_BACK, until, *accounts]
        stated = f"{days} and ({slice_.of or slice_.by}) is not null"
        span = f"select min(first_day), max(first_day) from {slice_.source.value} where {stated}"
        first, last = cursor.execute(span, asked).fetchone()
        if first is None:
            continue
        query = (
            f"select {slice_.by} as member, min(first_day) as first, max(first_day) as last, "
            f'sum(({value_sql(metric)})::double) as "{metric.key}" from ({counted}) f '
            f'where ({slice_.by}) is not null group by 1 order by "{metric.key}" desc nulls last, member'
        )
        return Seen(cursor.execute(query, asked).df(), Window(first, last))
    return Seen(pd.DataFrame(columns=["member", "first", "last", metric.key]), None)
