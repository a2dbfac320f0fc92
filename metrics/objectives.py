"""Objectives: how far each is, what would be even by now, what it may come to, and what it takes from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.model import Window
from data.objectives import Aim, Objective, Versions, in_force
from metrics.aims import LOOK_BACK, House, Kind, earlier, in_order, kind_of, period_of
from metrics.engine import Readings, read
from metrics.history import History, history, known_until
from metrics.model import Metric
from metrics.pace import NoForecast, flow_forecast, level_forecast, shape, usual
from metrics.progress import Before, Bounds, Progress
from metrics.reading import Scope, total
from metrics.registry import metrics
from metrics.windows import days

HISTORY = timedelta(days=800)  # a year of past errors, the year before them, and a month
STAYS = timedelta(days=92)  # after its last day, what was aimed at between two dates is told for a quarter
RECENT = timedelta(days=100)  # a figure that was last known before is not known
OF_DAYS = (Kind.FLOW, Kind.LEVEL)
WHY_NOT = {Kind.RATE: NoForecast.RATE, Kind.PEOPLE: NoForecast.PEOPLE, Kind.POSTS: NoForecast.POSTS}
Running = tuple[Objective, Window]


def progress(cursor: Any, versions: Versions, day: date, house: House) -> list[Progress]:
    """How far each objective is that is in force on `day`, or that begins later."""
    wanted: dict[tuple[str, ...], list[Running]] = {}
    aims = in_order(one.aim for one in versions)
    for aim in aims:
        if found := _current(versions, aim, day, house.week_start):
            wanted.setdefault(aim.scope, []).append(found)
    made: dict[Aim, Progress] = {}
    for named, group in wanted.items():
        scope = house.scope(named)
        for one in _of_scope(cursor, versions, group, day, scope, house):
            made[one.objective.aim] = one
    return [made[aim] for aim in aims if aim in made]


def _current(versions: Versions, aim: Aim, day: date, week_start: int) -> Running | None:
    """What is aimed at in the period of a day, else what will be next."""
    window = period_of(aim, day, week_start)
    if aim.dates and aim.dates.last < day - STAYS:
        return None
    if found := in_force(versions, aim, window.first):
        return found, window
    later = [one.since for one in versions if one.aim == aim and one.since > window.first and one.direction]
    if not later or not (found := in_force(versions, aim, min(later))):
        return None
    return found, period_of(aim, min(later), week_start)


def _of_scope(
    cursor: Any, versions: Versions, group: Sequence[Running], day: date, scope: Scope | None, house: House
) -> list[Progress]:  # fmt: skip
    known = metrics()
    group = [(one, window) for one, window in group if one.aim.metric in known]
    if scope is None:
        return [Progress(one, known[one.aim.metric], window) for one, window in group]
    span = days(Window(day - HISTORY, day))
    by_day = {key: known[key] for key in (one.aim.metric for one, _ in group) if kind_of(known[key]) in OF_DAYS}
    found = read(cursor, by_day.values(), span, scope)
    histories = {key: history(found, metric, span) for key, metric in by_day.items()}
    made = []
    for one, window in group:
        metric = known[one.aim.metric]
        own = histories.get(metric.key)
        if own and kind_of(metric) is Kind.FLOW:
            last = own.daily.last if own.daily.days else None
        else:
            last = known_until(cursor, metric, Window(day - RECENT, day), scope)
        if last and last < window.first:  # the period of today has no day yet: the one before it says more
            one, window = _current(versions, one.aim, last, house.week_start) or (one, window)
        until = min(last, window.last) if last and last >= window.first else None
        past = earlier(one.aim, window, LOOK_BACK[one.aim.period], house.week_start)
        edges = [Window(window.first - timedelta(days=1), window.first - timedelta(days=1))]
        asked = [*past, *edges, *([Window(window.first, until)] if until else [])]
        readings = read(cursor, [metric], asked, scope)
        before = tuple(
            Before(w, _value(readings, metric, w, own), in_force(versions, one.aim, w.first)) for w in past
        )  # fmt: skip
        told = Progress(one, metric, window, until, before=before, left_out=own.left_out if own else frozenset())
        if until:
            told = _told(told, own, readings, edges[0])
        made.append(told)
    return made


def _value(found: Readings, metric: Metric, window: Window, own: History | None) -> float | None:
    """What a period came to, over the same accounts as now where these are known by day."""
    reading = found[metric.key, window]
    if own is None or metric.levels:
        return reading.value
    return total(metric, reading.parts, own.accounts) if own.accounts and own.accounts <= reading.parts.keys() else None


def _told(told: Progress, own: History | None, found: Readings, edge: Window) -> Progress:
    """What is told of an objective of which some days are known."""
    assert told.known
    metric, window = told.metric, told.window
    to_date = Window(window.first, told.known)
    told = replace(told, reading=found[metric.key, to_date])
    match told.kind:
        case Kind.FLOW:
            assert own
            return _flow(told, own, to_date)
        case Kind.LEVEL:
            assert own
            return _level(told, own, to_date, found[metric.key, edge].value)
    value, forecast = found[metric.key, to_date].value, None if told.over else WHY_NOT[told.kind]
    told = replace(told, actual=value, forecast=forecast)
    if told.kind is not Kind.POSTS or value is None:
        return told
    return replace(told, even=_part(told.objective, to_date.days / window.days), needed=_needed(told))


def _flow(told: Progress, own: History, to_date: Window) -> Progress:
    stated = np.isfinite(own.daily.within(to_date))
    if not stated.any():
        return replace(told, known=None)
    actual = float(np.nansum(own.daily.within(to_date)))
    told = replace(told, actual=actual, missing=int((~stated).sum()))
    share = float(shape(own.daily, told.window)[: to_date.days][stated].sum())
    told = replace(told, even=_part(told.objective, share), forecast=flow_forecast(own.daily, told.window))
    return replace(told, needed=_needed(told), usual=usual(own.daily, told.left) if told.left else None)


def _level(told: Progress, own: History, to_date: Window, base: float | None) -> Progress:
    assert told.reading
    value = told.reading.value
    told = replace(told, actual=value, forecast=NoForecast.SHORT)
    if value is None:
        return told
    if base is not None:
        share, aim = to_date.days / told.window.days, told.objective
        even = (None if bound is None else base + (bound - base) * share for bound in (aim.low, aim.high))
        told = replace(told, even=Bounds(*even))
    if own.daily.last == told.known:
        told = replace(told, forecast=level_forecast(own.daily, told.window.last))
    return replace(told, needed=_needed(told), usual=usual(own.daily.changes(), told.left) if told.left else None)


def _part(aim: Objective, share: float) -> Bounds:
    return Bounds(*(None if bound is None else bound * share for bound in (aim.low, aim.high)))


def _needed(told: Progress) -> Bounds | None:
    aim, actual = told.objective, told.actual
    if not told.left or actual is None:
        return None
    low = None if aim.low is None else max(aim.low - actual, 0.0) / told.left
    return Bounds(low, None if aim.high is None else (aim.high - actual) / told.left)
