"""The daily series of a brand that are worth watching, account by account, and the peaks among their days.

Accounts are never added here: on a day that one of them does not state, the sum would fall by itself. Tools that
measure one site make one series. A day of the site without one visit is told, and teaches nothing of the days after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.model import Window
from metrics.audience import follows, net_follows, unfollows
from metrics.conversions import key_events
from metrics.engagement import impressions_in_period, interactions_in_period, mentions, views_in_period
from metrics.facts import facts
from metrics.ground import ground
from metrics.judging import MATERIAL_EVENTS
from metrics.lists import value_sql
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Scope
from metrics.search import search_clicks, search_impressions
from metrics.signals import Day, Judged, Point, Rule, Series, Silence, Week, by_week, judge_all, public_holidays
from metrics.sites import same_sites
from metrics.traffic import page_views, sessions, visitors

ONE = timedelta(days=1)
LOOK_BACK = timedelta(days=730)
OUTAGE = 30.0  # visits expected on a day: that none came is no chance
WATCHED = (
    sessions, visitors, page_views, key_events, search_clicks, search_impressions, views_in_period,
    impressions_in_period, interactions_in_period, mentions, follows, unfollows, net_follows,
)  # fmt: skip
# Of an account that states both, the first alone is watched: the second rises and falls with it, or is made of it.
INSTEAD = ((sessions, visitors), (follows, net_follows))


@dataclass(frozen=True)
class Watched:
    """A metric of one account day by day, as it is judged from both sides, and as each day was seen on its evening.

    `weeks`: the same by week, where too few events come in a day to judge it; else none.
    """

    metric: Metric
    account: str
    series: Series
    back: Judged
    online: Judged
    weeks: tuple[Week, ...] = ()

    @property
    def key(self) -> str:
        """What names it, in addresses and where people state the cause of a peak."""
        return f"{self.metric.key}@{self.account}"

    @property
    def newest(self) -> Day | None:
        """The newest day that is complete, as it was seen on its evening."""
        silent = (Silence.PROVISIONAL, Silence.UNKNOWN)
        return next((day for day in reversed(self.online.days) if day.silence not in silent), None)

    def day(self, day: date) -> Day | None:
        """A day as it is judged: the newest by the days before it alone, any other from both sides."""
        if self.newest is not None and day == self.newest.day:
            return self.newest
        n = (day - self.series.first).days
        return self.back.days[n] if 0 <= n < len(self.back.days) else None


@dataclass(frozen=True)
class Peak:
    """Days in a row on which a series stands out on one side; `day` is the one that stands out most.

    Of a series that is judged by week: a week, whose first day stands for all of it.
    """

    watched: Watched
    window: Window
    day: Day
    weekly: bool = False

    @property
    def key(self) -> str:
        """What names it, in addresses."""
        return f"{self.watched.key}.{self.day.day}"

    @property
    def up(self) -> bool:
        """Whether it stands out upwards."""
        return bool(self.day.peak)


def watched(
    cursor: Any, until: date, scope: Scope = EVERYTHING, week_start: int = 1, metrics: Iterable[Metric] = WATCHED
) -> tuple[Watched, ...]:
    """Every series that is stated by day, over two years that end with a day; those of zeros alone are left out.

    `week_start`: the first day of a week, 1 for Monday to 7 for Sunday.
    """
    span = Window(until - LOOK_BACK, until)
    found: list[tuple[Metric, str, Series]] = []
    by_source: dict[Source, list[Metric]] = {}
    for metric in metrics:
        by_source.setdefault(metric.reads, []).append(metric)
    for source, group in by_source.items():
        found += _series(cursor, source, group, span, scope)
    order = [metric.key for metric in WATCHED]
    stated = {(metric.key, account) for metric, account, _ in found}
    found = [
        one for one in found
        if not any(one[0] is other and (first.key, one[1]) in stated for first, other in INSTEAD)
    ]  # fmt: skip
    found.sort(key=lambda one: (order.index(one[0].key), one[1]))
    off = public_holidays(span.first, span.last)
    backs, onlines = (_judged(found, off, back) for back in (True, False))
    return tuple(
        Watched(*one, back, online, by_week(one[-1], week_start) if back.silence is Silence.FEW else ())
        for one, back, online in zip(found, backs, onlines, strict=True)
    )


def _judged(found: Sequence[tuple[Metric, str, Series]], off: frozenset[date], back: bool) -> list[Judged]:
    """Each series as it is judged. One with days without a visit is judged again as if these were not known."""
    judged = judge_all([series for *_, series in found], off, back)
    silent = {
        n: days for n, (metric, _, series) in enumerate(found)
        if metric.reads is Source.WEB and (days := _outages(judged[n]))
    }  # fmt: skip
    again = [replace(found[n][2], values=_without(found[n][2], days)) for n, days in silent.items()]
    for (n, days), other in zip(silent.items(), judge_all(again, off, back), strict=True):
        kept = tuple(days.get(day.day, day) for day in other.days)
        judged[n] = replace(other, days=kept)
    return judged


def _outages(judged: Judged) -> dict[date, Day]:
    return {
        day.day: day for day in judged.days
        if day.value == 0 and day.expected is not None and day.expected >= OUTAGE and day.silence is None
    }  # fmt: skip


def _without(series: Series, days: Collection[date]) -> list[float | None]:
    return [None if series.first + n * ONE in days else value for n, value in enumerate(series.values)]


def _series(
    cursor: Any, source: Source, metrics: Sequence[Metric], span: Window, scope: Scope
) -> list[tuple[Metric, str, Series]]:
    under = ground(cursor, source, [span], scope)
    columns = sorted({name for metric in metrics for side in metric.sides for name in side.columns()})
    rows, parameters = facts(source, columns, span, scope, same_sites(cursor, source, scope))
    values = ", ".join(f"({value_sql(metric)})::double" for metric in metrics)
    query = (
        f"select account, first_day, {values} from ({rows}) f where first_day = last_day order by account, first_day"
    )
    days: dict[tuple[str, str], dict[date, float]] = {}
    for account, day, *stated in cursor.execute(query, parameters).fetchall():
        for metric, value in zip(metrics, stated, strict=True):
            if value is not None:
                days.setdefault((metric.key, account), {})[day] = value
    found = []
    for metric in metrics:
        for account in under.covered:
            if known := days.get((metric.key, account)):
                if any(known.values()):
                    found.append((metric, account, _made(metric, known, under.provisional, account)))
    return found


def _made(metric: Metric, known: dict[date, float], provisional: Any, account: str) -> Series:
    first, last = min(known), max(known)
    whole = Window(first, last)
    tail = provisional(account, whole, False)
    values = [known.get(first + n * ONE) for n in range(whole.days)]
    may_change = frozenset(last - n * ONE for n in range(tail))
    return Series(first, values, may_change, signed=metric is net_follows)


def peaks(series: Iterable[Watched], window: Window) -> tuple[Peak, ...]:
    """The peaks of a window that are worth telling, the newest first, those of one day in the order of the series."""
    found: list[Peak] = []
    for one in series:
        found += _runs(one, window)
    return tuple(sorted(found, key=lambda peak: peak.window.last, reverse=True))


def _runs(one: Watched, window: Window) -> list[Peak]:
    """The peaks of a series that touch a window: days in a row on one side are one."""
    if one.weeks:
        return [
            Peak(one, week.window, _as_day(week), weekly=True) for week in one.weeks
            if _tells(week.point) and week.window.first <= window.last and week.window.last >= window.first
        ]  # fmt: skip
    newest = one.newest.day if one.newest else None
    days = [
        *(day for day in one.back.alerts if day.day != newest),
        *(day for day in one.online.alerts if day.day == newest),
    ]
    runs: list[list[Day]] = []
    for day in days:
        if runs and day.day - runs[-1][-1].day == ONE and day.peak == runs[-1][-1].peak:
            runs[-1].append(day)
        else:
            runs.append([day])
    spans = ((Window(run[0].day, run[-1].day), max(run, key=_strength)) for run in runs)
    return [
        Peak(one, span, top) for span, top in spans if span.first <= window.last and span.last >= window.first
    ]  # fmt: skip


def _tells(point: Point) -> bool:
    """Whether a week lies beyond a limit, and by enough events."""
    if point.rule is not Rule.LIMIT or point.value is None or point.expected is None:
        return False
    return abs(point.value - point.expected) >= MATERIAL_EVENTS


def _as_day(week: Week) -> Day:
    point = week.point
    return Day(week.window.first, point.value, point.expected, point.low, point.high, peak=point.up, material=True)


def _strength(day: Day) -> float:
    return abs(day.strength) if day.strength is not None else 0.0
