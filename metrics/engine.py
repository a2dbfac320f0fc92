"""The engine: the one place that writes the SQL of metrics, adds and divides.

A reading is built from parts, one per account. An account takes part only when it states the whole window: a sum
over missing days would be too small. Numerator and denominator are added over the rows that state both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.model import Window
from metrics.facts import GROWING_DAYS, Span, Spans, facts, levels, settled_until, spans, values
from metrics.formula import Formula
from metrics.model import Metric, Source
from metrics.reading import EVERYTHING, Mark, Part, Reading, Scope, reading

Readings = Mapping[tuple[str, Window], Reading]


class Sums(NamedTuple):
    """What the rows of one account say of a metric in a window. A side about levels counts as 1 here."""

    top: float | None = None  # over the daily rows that state both sides
    bottom: float | None = None
    stated: int = 0  # how many rows that is
    whole_top: float | None = None  # of the row that states exactly this window
    whole_bottom: float | None = None
    estimated: int = 0  # rows whose value is a difference of levels
    rows: int = 0
    period_counts: int = 0  # rows whose counts cover a period only


class Level(NamedTuple):
    """What an account's levels at the ends of a window give: a value by formula, and the day last stated."""

    stated: date
    value: Mapping[str, float | None]


Key = tuple[int, str]  # window index, account key


def read(cursor: Any, metrics: Iterable[Metric], windows: Sequence[Window], scope: Scope = EVERYTHING) -> Readings:
    """The readings of metrics over windows, by (metric key, window): one query a source, whatever their number."""
    known = spans(cursor)
    unique = list(dict.fromkeys(windows))
    by_source: dict[Source, list[Metric]] = {}
    for metric in metrics:
        by_source.setdefault(metric.reads, []).append(metric)
    found: dict[tuple[str, Window], Reading] = {}
    for source, group in by_source.items():
        sums = _sums(cursor, source, group, unique, scope)
        for m, metric in enumerate(group):
            found |= _readings(cursor, metric, unique, scope, {key: each[m] for key, each in sums.items()}, known)
    return found


def provisional_days(known: Spans, source: Source, window: Window, scope: Scope) -> int:
    """How many of the window's last days may still change, in the accounts whose exports reach its end."""
    tails = [
        (window.last - settled_until(account, span)).days
        for (table, account), span in known.items()
        if table == source.value and span.last >= window.last and (not scope.accounts or account in scope.accounts)
    ]
    return min(max((0, *tails)), window.days)


def _sides(metric: Metric) -> list[Formula]:
    return [f for f in (metric.top_formula, metric.bottom_formula) if f]


def _sums(
    cursor: Any, source: Source, metrics: list[Metric], windows: list[Window], scope: Scope
) -> dict[Key, list[Sums]]:
    """The sums of each metric, by window and account, in one query."""
    span = Window(min(w.first for w in windows), max(w.last for w in windows))
    rows, parameters = facts(source, span, scope)
    columns = [column for metric in metrics for column in _columns(metric)]
    query = (
        f"with w as (from (values {values(windows)}) t(i, first, last)), f as ({rows}) "
        f"select w.i, f.account, {', '.join(columns)} "
        "from w join f on f.first_day >= w.first and f.last_day <= w.last group by w.i, f.account"
    )
    width = len(Sums._fields)
    return {
        (i, account): [Sums(*numbers[start : start + width]) for start in range(0, len(numbers), width)]
        for i, account, *numbers in cursor.execute(query, parameters).fetchall()
    }


def _columns(metric: Metric) -> list[str]:
    """SQL of the fields of `Sums`, in their order."""
    top, bottom = (f.row_sql("f") if f and not f.level else "1" for f in (metric.top_formula, metric.bottom_formula))
    stated = f"({top}) is not null and ({bottom}) is not null"
    daily, whole = "f.first_day = f.last_day", "f.first_day = w.first and f.last_day = w.last"
    estimated = f"({metric.top_formula.row_sql('f', estimates=False)}) is null" if metric.top_formula.estimates else "false"
    return [
        f"sum(({top})::double) filter ({stated} and {daily})",
        f"sum(({bottom})::double) filter ({stated} and {daily})",
        f"count(*) filter ({stated} and {daily})",
        f"max(({top})::double) filter ({stated} and {whole})",
        f"max(({bottom})::double) filter ({stated} and {whole})",
        f"count(*) filter ({stated} and {estimated})",
        "count(*)",
        "count(*) filter (f.partial)",
    ]


def _readings(
    cursor: Any, metric: Metric, windows: list[Window], scope: Scope, sums: Mapping[Key, Sums], known: Spans
) -> dict[tuple[str, Window], Reading]:
    level = _levels(cursor, metric, windows, scope)
    covered = {a: s for (t, a), s in known.items() if t == metric.reads.value and _within(scope, a)}
    stating = {account for (_, account), s in sums.items() if s.stated or s.whole_top is not None}
    accounts = {account for _, account in level} | (set(covered) if metric.top_formula.counts else stating)
    found = {}
    for i, window in enumerate(windows):
        parts, partial = {}, set()
        for account in sorted(accounts & covered.keys()):
            given = sums.get((i, account), Sums())
            part = _part(metric, window, given, level.get((i, account)), covered[account], account)
            if part:
                parts[account] = part
            elif given.stated:
                partial.add(account)
        found[metric.key, window] = reading(metric, window, scope, parts, frozenset(partial))
    return found


def _within(scope: Scope, account: str) -> bool:
    return not scope.accounts or account in scope.accounts


def _levels(cursor: Any, metric: Metric, windows: list[Window], scope: Scope) -> dict[Key, Level]:
    about = [f for f in _sides(metric) if f.level]
    if not about:
        return {}
    query, parameters = levels(about[0].names[0], [f.row_sql("l") for f in about], windows, scope)
    return {
        (i, account): Level(stated, dict(zip((f.text for f in about), numbers, strict=True)))
        for i, account, stated, *numbers in cursor.execute(query, parameters).fetchall()
    }


def _part(
    metric: Metric, window: Window, sums: Sums, level: Level | None, span: Span, account: str
) -> Part | None:
    """What an account gives to a reading, None unless it states the whole window."""
    top_side, bottom_side = metric.top_formula, metric.bottom_formula
    if all(side.level for side in _sides(metric)):
        top = bottom = None
    elif (over_rows := _over_rows(metric, window, sums, span)) is None:
        return None
    else:
        top, bottom = over_rows
    if level:
        top = level.value[top_side.text] if top_side.level else top
        bottom = level.value[bottom_side.text] if bottom_side and bottom_side.level else bottom
    elif any(side.level for side in _sides(metric)):
        return None
    if top is None or (bottom_side and not bottom):
        return None
    marks = _marks(metric, window, sums, level, span)
    if metric.reads is Source.POSTS:
        return Part(top, bottom if bottom_side else None, sums.stated, sums.rows, marks)
    tail = 0 if top_side.level else (window.last - settled_until(account, span)).days
    tail = min(max(0, tail), window.days)
    return Part(top, bottom if bottom_side else None, window.days, window.days, marks, tail)


def _over_rows(metric: Metric, window: Window, sums: Sums, span: Span) -> tuple[float | None, float | None] | None:
    """Top and bottom over the rows of the window, None unless the account states all of it."""
    if metric.reads is Source.POSTS:
        if not span.first <= window.last <= span.as_of.date():
            return None
        return (sums.top or 0.0, sums.bottom) if metric.top_formula.counts else (sums.top, sums.bottom)
    if sums.stated == window.days and not metric.top_formula.people:
        return sums.top, sums.bottom
    return None if sums.whole_top is None else (sums.whole_top, sums.whole_bottom)


def _marks(metric: Metric, window: Window, sums: Sums, level: Level | None, span: Span) -> frozenset[Mark]:
    growing = metric.reads is Source.POSTS and not metric.top_formula.counts
    young = window.last > span.as_of.date() - timedelta(days=GROWING_DAYS)
    told = {
        Mark.ESTIMATED: sums.estimated > 0,
        Mark.STALE: level is not None and level.stated < window.first,
        Mark.PERIOD_COUNTS: growing and sums.period_counts > 0,
        Mark.GROWING: growing and young,
    }
    return frozenset(mark for mark, holds in told.items() if holds)
