"""The hours of the week: how many visits each brings on average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.model import Window
from metrics.facts import within
from metrics.lists import value_sql
from metrics.model import Source
from metrics.reading import EVERYTHING, Scope
from metrics.sites import counting, same_sites
from metrics.traffic import sessions

HOURS = 24


@dataclass(frozen=True)
class Hours:
    """Mean visits by (weekday, hour), Monday being 1, over the days from the first to the last that state hours.

    A weekday of which no day is stated is left out.
    """

    means: Mapping[tuple[int, int], float] = field(default_factory=dict)
    window: Window | None = None


def hours(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> Hours:
    """The hours of the week over the days of a window that are stated by hour."""
    where, accounts = within(scope)
    days = f"slice = 'hour' and first_day = last_day and first_day between ? and ?{where} and hour is not null"
    counted = counting(Source.WEB.value, None, days, same_sites(cursor, Source.WEB, scope))
    query = (
        "with f as (select first_day as day, isodow(first_day) as weekday, hour, "
        f"({value_sql(sessions)})::double as visits from ({counted}) f) "
        "select weekday, hour, sum(visits), min(min(day)) over (), max(max(day)) over (), "
        "any_value(days) from f join (select weekday, count(distinct day) as days from f group by weekday) "
        "using (weekday) group by weekday, hour"
    )
    rows = cursor.execute(query, [window.first, window.last, *accounts]).fetchall()
    if not rows:
        return Hours()
    # Google lists no hour without a visit: in a day that is stated by hour, one that is not there is a zero.
    means = {(weekday, hour): 0.0 for weekday in {row[0] for row in rows} for hour in range(HOURS)}
    means |= {(weekday, hour): visits / days for weekday, hour, visits, _, _, days in rows if visits is not None}
    return Hours(means, Window(rows[0][3], rows[0][4]))
