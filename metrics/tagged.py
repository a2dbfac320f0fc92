"""What came by the links of a campaign: visits, key events and other figures of the site, told by UTM values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.campaigns import Marks
from data.model import Window
from metrics.facts import within
from metrics.ground import ground
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Scope, Truths
from metrics.sites import counting
from metrics.slices import NAMED
from metrics.stated import Slice, cover_of, rows_of

ONE = timedelta(days=1)
WITH_BOTH = ("source", "utm", "source+campaign", "channel+source+campaign")
WITH_CAMPAIGN = ("campaign", "source", "utm", "channel+campaign", "source+campaign", "channel+source+campaign")
WITH_SOURCE = ("source", "channel+source", "utm", "source+campaign", "channel+source+campaign")
# Source and medium stand in one column, as Google Analytics prints them: google / organic.
PARTED = {
    "campaigns": "lower(campaign)", "sources": "lower(split_part(source, ' / ', 1))",
    "mediums": "lower(split_part(source, ' / ', 2))",
}  # fmt: skip


@dataclass(frozen=True)
class Tagged:
    """What came by some links over the days, or the period, that exports tell by UTM values.

    `days`: by metric key, each day from the first to the last of `window`, None where it is not stated; empty where
    only a period is told, and `totals` are of that. `provisional`: how many of the last days may still change.
    """

    window: Window
    daily: bool
    totals: Mapping[str, float | None]
    days: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    truths: Truths = field(default_factory=dict)
    provisional: int = 0


def tagged(
    cursor: Any, marks: Marks, metrics: Sequence[Metric], window: Window, until: date, scope: Scope = EVERYTHING
) -> Tagged | None:
    """What came by the links of a campaign in its days; None where no export tells visits by what its links carry."""
    if not marks.of_links:
        return None
    slice_ = _slice(marks, metrics)
    cover = cover_of(cursor, slice_, window, scope, until)
    if cover is None or not (cover.daily or _is_of(cover.window, window, marks)):
        return None
    span, under = cover.window, ground(cursor, Source.WEB, [cover.window], scope, cover.name)
    rows, (where, accounts) = rows_of(slice_, span, cover.daily), within(scope)
    counted = counting(Source.WEB.value, None, f"slice = ? and {rows.inside}{where}", under.sites)
    asked = {PARTED[name]: [one.lower() for one in getattr(marks, name)] for name in PARTED if getattr(marks, name)}
    mine = " and ".join(f"{sql} in (select unnest(?))" for sql in asked)
    tops = [f"({metric.top_formula.row_sql('m')})::double" for metric in metrics]
    query = (
        f"with c as ({counted}), m as (select *, {mine} as mine from c where ({slice_.of}) is not null) "
        f"select first_day, {', '.join(f'sum({top}) filter (mine), count({top})' for top in tops)} from m group by 1"
    )
    found = cursor.execute(query, [cover.name, *rows.parameters, *accounts, *asked.values()]).fetchall()
    by_day = {
        metric.key: {row[0]: _stated(*row[1 + 2 * n : 3 + 2 * n]) for row in found} for n, metric in enumerate(metrics)
    }
    truths, provisional = under.of_list(metrics, span, cover.daily), under.tail(span)
    if not cover.daily:
        totals = {key: next(iter(values.values()), None) for key, values in by_day.items()}
        return Tagged(span, False, totals, truths=truths, provisional=provisional)
    # A day within the cover that has no row is one on which nothing came by any link.
    days = {
        key: [values.get(span.first + n * ONE, 0.0) if any(v is not None for v in values.values()) else None
              for n in range(span.days)]
        for key, values in by_day.items()
    }  # fmt: skip
    return Tagged(span, True, {key: _sum(values) for key, values in days.items()}, days, truths, provisional)


def _slice(marks: Marks, metrics: Sequence[Metric]) -> Slice:
    """The slice that tells all the UTM values that are named."""
    by_source = bool(marks.sources or marks.mediums)
    if marks.campaigns and by_source:
        (first, *also), of = WITH_BOTH, "campaign || source"
    elif marks.campaigns:
        (first, *also), of = WITH_CAMPAIGN, "campaign"
    else:
        (first, *also), of = WITH_SOURCE, "source"
    return Slice(Source.WEB, first, of, tuple(metrics), tuple(also), of)


def _is_of(period: Window, days: Window, marks: Marks) -> bool:
    """Whether a period that is told as a whole tells of a campaign: one within its days, or one that holds them all
    where the name of the campaign, which no other days have, tells its visits."""
    inside = days.first <= period.first and period.last <= days.last
    return inside or bool(marks.campaigns and period.first <= days.first and days.last <= period.last)


def _stated(mine: float | None, stated: int) -> float | None:
    """The sum of what came by the links: none of it is a zero, where the day is told at all."""
    return None if not stated else 0.0 if mine is None else float(mine)


def _sum(values: Sequence[float | None]) -> float | None:
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


class Named(NamedTuple):
    """What exports name, the latest first: campaigns of links, campaigns in reports of ads, channels of visits."""

    campaigns: list[str]
    ads: list[str]
    channels: list[str]


def named(cursor: Any) -> Named:
    """What campaigns can be known by, as exports name it."""

    def names(query: str) -> list[str]:
        return [name for (name,) in cursor.execute(f"{query} group by 1 order by max(last_day) desc, 1").fetchall()]

    return Named(
        names(f"select {NAMED} from web where ({NAMED}) is not null"),
        names("select campaign from ads where campaign is not null"),
        names("select channel from web where channel is not null and first_day = last_day"),
    )
