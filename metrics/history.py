"""A figure day by day, over the accounts that state it day by day: what a forecast stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from data.model import Window
from metrics.engine import Readings
from metrics.facts import Span
from metrics.gaps import POSTS, Covered, covered
from metrics.ground import ground
from metrics.model import Metric, Source
from metrics.pace import Daily
from metrics.reading import Mark, Part, Scope, total

BEHIND = 31  # days after which an account that says nothing more holds back no other
RECENT, SELDOM = 56, 0.8  # an account that states less of its last days is told apart: it states no days


class History(NamedTuple):
    """A figure up to its last final day, the accounts it is of, and those that had to be left out."""

    daily: Daily
    accounts: frozenset[str]
    left_out: frozenset[str]


def history(found: Readings, metric: Metric, days: Sequence[Window]) -> History:
    """The history of a metric in the readings of successive days."""
    parts = [_stated(found[metric.key, day].parts) for day in days]
    stating: dict[str, list[int]] = {}
    for n, of_day in enumerate(parts):
        for account in of_day:
            stating.setdefault(account, []).append(n)
    newest = max((own[-1] for own in stating.values()), default=-1)
    taking = frozenset(account for account, own in stating.items() if newest - own[-1] <= BEHIND and _daily(own))
    values = np.full(len(days), np.nan)
    final = -1
    for n, of_day in enumerate(parts):
        value = total(metric, of_day, taking) if taking and taking <= of_day.keys() else None
        if value is None:
            continue
        values[n] = value
        if not any(of_day[account].provisional_days for account in taking):
            final = n
    first = int(np.isfinite(values).argmax()) if np.isfinite(values).any() else 0
    return History(Daily(days[first].first, values[first : final + 1]), taking, frozenset(stating) - taking)


def _stated(parts: Mapping[str, Part]) -> dict[str, Part]:
    """The parts that are of the day, and no level carried forward from an earlier one."""
    return {account: part for account, part in parts.items() if Mark.STALE not in part.marks}


def _daily(own: Sequence[int]) -> bool:
    """Whether an account states nearly all of its last days."""
    span = min(RECENT, own[-1] - own[0] + 1)
    return sum(n > own[-1] - span for n in own) >= SELDOM * span


def known_until(cursor: Any, metric: Metric, window: Window, scope: Scope) -> date | None:
    """The last day of a window that all accounts know, and that no longer changes; None before the first."""
    under = ground(cursor, metric.reads, [window], scope)
    posts = metric.reads is Source.POSTS
    ends = _posts_until(cursor, under.covered) if posts else {key: span.last for key, span in under.covered.items()}
    newest = max(ends.values(), default=None)
    if newest is None:
        return None
    taking = [key for key, end in ends.items() if end >= newest - timedelta(days=BEHIND)]
    until = min(window.last, *(ends[key] for key in taking))
    if until < window.first:
        return None
    if not posts and not metric.levels:
        known = Window(window.first, until)
        until -= timedelta(days=max(under.provisional(key, known, False) for key in taking))
    return until if until >= window.first else None


def _posts_until(cursor: Any, spans: Mapping[str, Span]) -> dict[str, date]:
    """The last day whose posts each account knows: that of the day before its newest export, where that does not say
    which days it was asked for."""
    newest: dict[str, Covered] = {}
    for one in covered(cursor, [POSTS]):
        if one.account not in newest or one.days.last > newest[one.account].days.last:
            newest[one.account] = one
    return {
        account: newest[account].days.last if account in newest and newest[account].asked
        else span.as_of.date() - timedelta(days=1)
        for account, span in spans.items()
    }  # fmt: skip
