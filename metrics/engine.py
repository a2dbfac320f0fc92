"""The engine: readings of metrics over windows.

A reading is built from parts, one per account. An account takes part only when it states the whole window: a sum
over missing days would be too small. Numerator and denominator are added over the rows that state both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from data.model import Window
from metrics.facts import GROWING_DAYS, Span
from metrics.ground import WHY_NOT, Ground, ground
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Mark, Part, Reading, Scope, Truths, reading
from metrics.sums import Level, LevelKey, RowsKey, Sums, levels, sums

Readings = Mapping[tuple[str, Window], Reading]
NOTHING = Sums()
NO_GROUNDS: Mapping[Source, Ground] = {}


def read(
    cursor: Any, metrics: Iterable[Metric], windows: Sequence[Window], scope: Scope = EVERYTHING,
    grounds: Mapping[Source, Ground] = NO_GROUNDS,
) -> Readings:  # fmt: skip
    """The readings of metrics over windows, by (metric key, window): one query a source, whatever their number.

    `grounds`: what they stand on, by source, where that is known already for all of the days.
    """
    unique = list(dict.fromkeys(windows))
    if not unique:
        return {}
    by_source: dict[Source, list[Metric]] = {}
    for metric in metrics:
        by_source.setdefault(metric.reads, []).append(metric)
    found: dict[tuple[str, Window], Reading] = {}
    for source, group in by_source.items():
        under = grounds.get(source) or ground(cursor, source, unique, scope)
        rows = sums(cursor, source, group, unique, scope, under.sites)
        edges = levels(cursor, group, unique, scope)
        for metric in group:
            found |= _readings(metric, unique, scope, rows.get(metric.key, {}), edges, under)
    return found


def _readings(
    metric: Metric,
    windows: Sequence[Window],
    scope: Scope,
    rows: Mapping[RowsKey, Sums],
    edges: Mapping[LevelKey, Level],
    under: Ground,
) -> dict[tuple[str, Window], Reading]:
    stating = _stating(metric, rows, edges)
    accounts = [account for account in under.covered if stating is None or account in stating]
    found = {}
    for i, window in enumerate(windows):
        parts, partial = {}, set()
        truths: dict[str, Truths] = {}
        for account in accounts:
            days, whole = rows.get((i, account, True), NOTHING), rows.get((i, account, False), NOTHING)
            part, by_days = _part(metric, window, account, days, whole, edges.get((i, account)), under)
            if part:
                parts[account] = part
            elif days.stated or under.covered[account].misses(window):
                partial.add(account)
            truths[account] = under.truths(metric, account, window, not by_days)
        silent = frozenset(under.covered.keys() - parts.keys() - partial)
        for account in silent - truths.keys():
            truths[account] = under.truths(metric, account, window, False)
        for account in truths.keys() - parts.keys():
            truths[account] = {mark: said for mark, said in truths[account].items() if mark in WHY_NOT}
        told = {account: said for account, said in truths.items() if said}
        found[metric.key, window] = reading(metric, window, scope, parts, frozenset(partial), silent, told)
    return found


def _stating(metric: Metric, rows: Mapping[RowsKey, Sums], edges: Mapping[LevelKey, Level]) -> set[str] | None:
    """The accounts that state every side of a metric in some window; None for all, as any may have no post."""
    about_levels = [side.level for side in metric.sides]
    found = []
    if any(about_levels):
        found.append({account for _, account in edges})
    if not all(about_levels) and not metric.top_formula.counts:
        found.append({account for (_, account, _), given in rows.items() if given.stated})
    return set.intersection(*found) if found else None


def _part(
    metric: Metric, window: Window, account: str, days: Sums, whole: Sums, level: Level | None, under: Ground
) -> tuple[Part | None, bool]:
    """What an account gives to a reading, None unless it states the whole window; and whether by its single days."""
    span = under.covered[account]
    given = _over_rows(metric, window, days, whole, span)
    by_days = given is not whole
    owners = under.owners(account, window, not by_days)
    if metric.people and not by_days and under.owners(account, window, False) not in ((), owners):
        return None, True  # some of the days are another tool's: nobody has counted the people of all of them
    if given is None or (level is None and metric.levels):
        return None, True
    top, bottom = given.top, given.bottom
    if level and metric.levels:
        sides = zip(metric.sides, given, strict=False)
        top, bottom, *_ = *(level.value[side.text] if side.level else value for side, value in sides), None
    if top is None or (metric.bottom and bottom is None):
        return None, by_days
    marks = _marks(metric, window, given, level, span)
    if metric.reads is Source.POSTS:
        return Part(top, bottom, given.stated, given.rows, marks), by_days
    tail = 0 if metric.top_formula.level else under.provisional(account, window, not by_days)
    currencies = under.currencies(metric, account, window, not by_days)
    return Part(top, bottom, window.days, window.days, marks, tail, owners, currencies), by_days


def _over_rows(metric: Metric, window: Window, days: Sums, whole: Sums, span: Span) -> Sums | None:
    """The sums over the rows of the window, None unless the account states all of it."""
    if metric.levels and all(side.level for side in metric.sides):
        return NOTHING
    if metric.reads is Source.POSTS:
        if not span.first <= window.last <= span.as_of.date() or span.misses(window):
            return None
        return days._replace(top=days.top or 0.0) if metric.top_formula.counts else days
    if days.stated == window.days and not (metric.people and window.days > 1):
        return days
    return whole if whole.stated else None


def _marks(metric: Metric, window: Window, given: Sums, level: Level | None, span: Span) -> frozenset[Mark]:
    marks = set()
    if given.estimated:
        marks.add(Mark.ESTIMATED)
    if level and level.stated < window.first:
        marks.add(Mark.STALE)
    if level and any(level.typed & side.calls for side in metric.sides):
        marks.add(Mark.TYPED)
    if metric.reads is Source.POSTS and not metric.top_formula.counts:
        if given.period_counts:
            marks.add(Mark.PERIOD_COUNTS)
        if window.last > span.as_of.date() - timedelta(days=GROWING_DAYS):
            marks.add(Mark.GROWING)
    return frozenset(marks)
