"""What a reading ought to give, worked out a second time in plain Python: the tests hold the engine against it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.model import Window
from metrics.model import Metric, Source

Row = Mapping[str, Any]
Pair = tuple[float | None, float | None]


class Worked(NamedTuple):
    """A value, the top and bottom of each complete account, and the accounts left out."""

    value: float | None
    parts: dict[str, Pair]
    partial: set[str]


def worth(formula: str, row: Row) -> float | None:
    """What a formula gives for a row; `row` holds the levels too, under start_…, end_… and change_…."""

    def of(node: ast.expr) -> float | None:
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id=name):
                return row.get(name)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                stated = [value for value in (of(left), of(right)) if value is not None]
                return sum(stated) if stated else None
            case ast.BinOp(left=left, op=op, right=right):
                a, b = of(left), of(right)
                if a is None or b is None:
                    return None
                if isinstance(op, ast.Div):
                    return a / b if b else None
                return a - b if isinstance(op, ast.Sub) else a * b
            case ast.Call(func=ast.Name(id="either"), args=arguments):
                return next((value for value in map(of, arguments) if value is not None), None)
            case ast.Call(func=ast.Name(id="count")):
                return 1
            case ast.Call(func=ast.Name(id="exact"), args=[argument]):
                return of(argument)
            case ast.Call(func=ast.Name(id=function), args=[ast.Name(id=name)]):
                return row.get(f"{function}_{name}")
        raise AssertionError(ast.dump(node))

    return of(ast.parse(formula, mode="eval").body)


def work_out(metric: Metric, rows: Sequence[Row], window: Window, as_of: date) -> Worked:
    """The reading of a metric over the known rows of its source."""
    parts: dict[str, Pair] = {}
    partial = set()
    for account in sorted({row["account"] for row in rows}):
        mine = [row for row in rows if row["account"] == account]
        pair, some = OF_SOURCE[metric.reads](metric, mine, window, as_of)
        if pair and pair[0] is not None and (metric.bottom is None or pair[1] is not None):
            parts[account] = pair
        elif some:
            partial.add(account)
    return Worked(_total(metric, list(parts.values())), parts, partial)


def _total(metric: Metric, pairs: list[Pair]) -> float | None:
    people = "exact(" in metric.top + (metric.bottom or "")
    if not pairs or (people and len(pairs) > 1):
        return None
    top = sum(top or 0 for top, _ in pairs)
    if metric.bottom is None:
        return top
    bottom = sum(bottom or 0 for _, bottom in pairs)
    return top / bottom if bottom else None


def _added(metric: Metric, rows: Sequence[Row]) -> tuple[Pair, int]:
    """Both sides added over the rows that state both, and how many those are."""
    pairs = [(worth(metric.top, row), worth(metric.bottom, row) if metric.bottom else 1) for row in rows]
    both = [(top, bottom) for top, bottom in pairs if top is not None and bottom is not None]
    if not both:
        return (None, None), 0
    return (sum(top for top, _ in both), sum(bottom for _, bottom in both)), len(both)


def _of_posts(metric: Metric, rows: list[Row], window: Window, as_of: date) -> tuple[Pair | None, bool]:
    inside = [row for row in rows if window.first <= row["day"] <= window.last]
    pair, count = _added(metric, inside)
    if not min(row["day"] for row in rows) <= window.last <= as_of:
        return None, count > 0
    return ((pair[0] or 0, pair[1]) if metric.top == "count()" else pair), count > 0


def _of_days(metric: Metric, rows: list[Row], window: Window, _: date) -> tuple[Pair | None, bool]:
    by_day = {row["day"]: row for row in rows}
    ends = {
        f"{edge}_followers": _last_level(rows, window.first - timedelta(days=400), day)
        for edge, day in (("start", window.first - timedelta(days=1)), ("end", window.last))
    }
    sides = [metric.top, *([metric.bottom] if metric.bottom else [])]
    levels = [worth(side, ends) if _of_levels(side) else None for side in sides]
    if all(map(_of_levels, sides)):
        return (levels[0], levels[-1]), False
    days = []
    for n in range(window.days):
        day = window.first + timedelta(days=n)
        before = by_day.get(day - timedelta(days=1), {}).get("followers")
        row = dict(by_day.get(day, {}))
        if row.get("followers") is not None and before is not None:
            row["change_followers"] = row["followers"] - before
        days.append(row)
    top, bottom = ("1" if _of_levels(side) else side for side in (metric.top, metric.bottom or "1"))
    (above, below), count = _added(replace(metric, top=top, bottom=bottom), days)
    pair = (levels[0] if _of_levels(sides[0]) else above, levels[-1] if _of_levels(sides[-1]) else below)
    known = ends["end_followers"] is not None or not any(map(_of_levels, sides))
    return (pair if count == window.days else None), count > 0 and known


def _of_levels(side: str) -> bool:
    return "start(" in side or "end(" in side


def _last_level(rows: list[Row], first: date, last: date) -> float | None:
    stated = {row["day"]: row["followers"] for row in rows if row.get("followers") is not None}
    days = [day for day in stated if first <= day <= last]
    return stated[max(days)] if days else None


def _of_slices(metric: Metric, rows: list[Row], window: Window, _: date) -> tuple[Pair | None, bool]:
    site = [row for row in rows if row["slice"] == "site"]
    if "query_clicks" in metric.top:
        site = _hidden(site, [row for row in rows if row["slice"] == "query"])
    daily = [r for r in site if r["first_day"] == r["last_day"] and window.first <= r["first_day"] <= window.last]
    whole = [r for r in site if (r["first_day"], r["last_day"]) == (window.first, window.last)]
    of_days, count = _added(metric, daily)
    of_whole, stated = _added(metric, whole)
    if "exact(" in metric.top:
        return (of_whole if stated else None), count > 0
    if count == window.days:
        return of_days, True
    return (of_whole if stated else None), count > 0


def _hidden(site: list[Row], queries: list[Row]) -> list[Row]:
    """A row a period of queries: their clicks, and the site's where it states every day of the period."""
    found = []
    for first, last in sorted({(row["first_day"], row["last_day"]) for row in queries}):
        days = [r["clicks"] for r in site if r["first_day"] == r["last_day"] and first <= r["first_day"] <= last]
        clicks = [r["clicks"] for r in queries if (r["first_day"], r["last_day"]) == (first, last)]
        whole = len(days) == (last - first).days + 1 and None not in days
        found.append(
            {
                "first_day": first,
                "last_day": last,
                "all_clicks": sum(days) if whole else None,
                "query_clicks": sum(c for c in clicks if c is not None) if any(c is not None for c in clicks) else None,
            }
        )
    return found


OF_SOURCE = {
    Source.POSTS: _of_posts,
    Source.DAYS: _of_days,
    Source.WEB: _of_slices,
    Source.SEARCH: _of_slices,
}
