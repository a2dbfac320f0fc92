"""The parts of a day as exports state them: by channel and source, campaign, landing page, country, device, query …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics.causes import Parts
from metrics.facts import within
from metrics.lists import value_sql
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Scope
from metrics.sites import counting, same_sites
from metrics.slices import NAMED

Columns = tuple[tuple[str, str], ...]  # dimensions, each with SQL that names its member


@dataclass(frozen=True)
class Table:
    """A way of parting a figure: by one dimension or two, in the first of some slices that states the day."""

    dimensions: Columns
    slices: tuple[str, ...]


_CHANNEL, _SOURCE, _PAGE = ("channel", "channel"), ("source", "source"), ("page", "coalesce(page, title)")
_EVENT, _LANDING, _DEVICE = ("event", "event"), ("landing", "landing_page"), ("device", "device")
_COUNTRY, _QUERY, _CAMPAIGN = ("country", "country"), ("query", "query"), ("campaign", NAMED)
BY_SOURCE = ("channel+source", "source", "channel+source+campaign")
OF_VISITS = (
    Table((_CHANNEL, _SOURCE), BY_SOURCE),
    Table((_CHANNEL,), ("channel",)),
    Table((_CAMPAIGN,), ("campaign", "source", "utm", "channel+campaign")),
    Table((_LANDING,), ("landing", "channel+landing")),
    Table((_COUNTRY,), ("geo",)),
    Table((_DEVICE,), ("device",)),
)
TABLES: dict[str, tuple[Table, ...]] = {
    "sessions": OF_VISITS,
    "page_views": (Table((_PAGE,), ("page",)), *OF_VISITS),
    "key_events": (Table((_CHANNEL, _EVENT), ("channel+event",)), Table((_EVENT,), ("event",)), *OF_VISITS),
    "search_clicks": tuple(Table((one,), (one[0],)) for one in (_QUERY, _COUNTRY, _DEVICE)),
    "search_impressions": tuple(Table((one,), (one[0],)) for one in (_QUERY, _COUNTRY, _DEVICE)),
}


def parts(
    cursor: Any, metric: Metric, account: str, day: date, weeks: Sequence[date], scope: Scope = EVERYTHING
) -> list[tuple[Parts, list[date]]]:
    """A day by its parts in every way that exports state, beside those of `weeks` that it is stated for.

    A slice without a row for a day does not state it.
    """
    if metric.reads not in (Source.WEB, Source.SEARCH):
        return []
    found = (_table(cursor, metric, table, account, day, weeks, scope) for table in TABLES.get(metric.key, ()))
    return [one for one in found if one is not None]


def _table(
    cursor: Any, metric: Metric, table: Table, account: str, day: date, weeks: Sequence[date], scope: Scope
) -> tuple[Parts, list[date]] | None:
    where, accounts = within(scope)
    inside = f"slice = ? and first_day = last_day and first_day in (select unnest(?::date[])){where}"
    counted = counting(metric.reads.value, None, inside, same_sites(cursor, metric.reads, scope))
    members = ", ".join(f"{sql} as m{n}" for n, (_, sql) in enumerate(table.dimensions))
    named = [f"m{n}" for n in range(len(table.dimensions))]
    query = (
        f"with p as (select first_day, {members}, ({value_sql(metric)})::double as value from ({counted}) f "
        f"where account = ?) select {', '.join(named)}, first_day, sum(value) from p "
        f"where value is not null and ({' and '.join(f'{name} is not null' for name in named)}) group by all"
    )
    for slice_ in table.slices:
        rows = cursor.execute(query, [slice_, [day, *weeks], *accounts, account]).fetchall()
        made = _made(tuple(name for name, _ in table.dimensions), rows, day, weeks)
        if made is not None:
            return made
    return None


def _made(
    dimensions: tuple[str, ...], rows: Sequence[tuple], day: date, weeks: Sequence[date]
) -> tuple[Parts, list[date]] | None:
    stated = {row[-2] for row in rows}
    past = [one for one in weeks if one in stated]
    if day not in stated or not past:
        return None
    columns = {one: n for n, one in enumerate([day, *past])}
    members = sorted({row[:-2] for row in rows})
    places = {member: n for n, member in enumerate(members)}
    values = np.zeros((len(members), len(columns)))  # a slice that states a day states all that was there
    for *member, when, value in rows:
        values[places[tuple(member)], columns[when]] = value
    return Parts(dimensions, members, values[:, 0], values[:, 1:]), past
