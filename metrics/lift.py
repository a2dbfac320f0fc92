"""The series of a brand around a campaign: what it is to move, and what it cannot have touched; and its effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.campaigns import Campaign
from data.model import Window
from metrics.briefs import CHANNEL
from metrics.effect import LONGEST, Effect, effect
from metrics.engine import read
from metrics.facts import within
from metrics.history import history
from metrics.model import Source
from metrics.pace import Daily
from metrics.reading import EVERYTHING, Scope
from metrics.registry import metrics
from metrics.sites import counting, same_sites
from metrics.slices import channels
from metrics.stated import cover_of, rows_of
from metrics.traffic import sessions
from metrics.windows import days

Values = Sequence[float | None]


def lift(cursor: Any, one: Campaign, until: date, scope: Scope = EVERYTHING) -> Effect | None:
    """What a campaign changed of the figure that it is to move; None where that figure is none that Vigie knows."""
    if one.moves not in metrics():
        return None
    span = Window(one.days.first - timedelta(days=LONGEST), min(one.days.last, max(until, one.days.first)))
    own = _daily(cursor, one.moves, span, scope)
    if own is None:
        return effect(span.first, [], 0)
    first, last = own.first, min(own.last, span.last)
    values = _over(own, Window(first, last))
    controls = [
        _over(other, Window(first, last))
        for name in one.untouched
        if (other := _daily(cursor, name, span, scope)) is not None
    ]
    return effect(first, values, max(min((one.days.first - first).days, len(values)), 0), controls)


def _daily(cursor: Any, name: str, span: Window, scope: Scope) -> Daily | None:
    """A figure day by day, as far as it is final: of the brand, or of one of its channels."""
    if name.startswith(CHANNEL):
        return _of_channel(cursor, name.removeprefix(CHANNEL), span, scope)
    metric = metrics().get(name)
    if metric is None:
        return None
    windows = days(span)
    found = history(read(cursor, [metric], windows, scope), metric, windows).daily
    return found if found.days else None


def _of_channel(cursor: Any, channel: str, span: Window, scope: Scope) -> Daily | None:
    """The visits of a channel, day by day."""
    slice_ = channels(sessions)
    cover = cover_of(cursor, slice_, span, scope, span.last)
    if cover is None or not cover.daily:
        return None
    rows, (where, accounts) = rows_of(slice_, cover.window, True), within(scope)
    counted = counting(
        Source.WEB.value, None, f"slice = ? and {rows.inside}{where}", same_sites(cursor, Source.WEB, scope)
    )
    query = (
        f"select first_day, sum(sessions)::double from ({counted}) f "
        "where lower(channel) = lower(?) and sessions is not null group by 1"
    )
    found = dict(cursor.execute(query, [cover.name, *rows.parameters, *accounts, channel]).fetchall())
    if not found:
        return None
    whole = [cover.window.first + timedelta(days=n) for n in range(cover.window.days)]
    return Daily(whole[0], np.array([found.get(day, 0.0) for day in whole], dtype=float))


def _over(series: Daily, window: Window) -> Values:
    """The values of some days; None where one is not known."""
    at = (window.first - series.first).days
    values = [series.values[n] if 0 <= n < series.days else np.nan for n in range(at, at + window.days)]
    return [None if np.isnan(value) else float(value) for value in values]
