"""Where the figures of a report come from: the formula of each, and the rows of the files behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from i18n import Locale
from metrics.measures import MEASURES
from metrics.model import Metric
from metrics.origins import origins
from metrics.reading import Reading
from reports.model import SourceRow, Trace
from wording.figures import formula
from wording.names import network_name

MOST = 400  # rows for a figure


def traces(cursor: Any, locale: Locale, readings: Sequence[Reading], name: Callable[[str], str]) -> tuple[Trace, ...]:
    """What lies behind readings, in their order. `name` gives the name of an account."""
    return tuple(_trace(cursor, locale, reading, name) for reading in readings)


def _trace(cursor: Any, locale: Locale, reading: Reading, name: Callable[[str], str]) -> Trace:
    metric = reading.metric
    found = origins(cursor, metric, reading.window, reading.scope, MOST + 1).to_dict("records")
    below = _only_below(metric)
    rows = tuple(
        SourceRow(
            _day(row["first_day"]), _day(row["last_day"]), _account(row["account"], name), row["subject"],
            locale.t(MEASURES[metric.reads, row["column"]].name), row["column"] in below, stated(row["value"]),
            row["file"], row["sheet"], row["row"],
        )
        for row in found[:MOST]
    )  # fmt: skip
    return Trace(metric.key, locale.t(metric.name), formula(locale, metric), rows, len(found) > MOST)


def _only_below(metric: Metric) -> frozenset[str]:
    """The measures that a metric is divided by."""
    bottom = metric.bottom_formula
    return frozenset(bottom.names) - frozenset(metric.top_formula.names) if bottom else frozenset()


def _account(key: str, name: Callable[[str], str]) -> str:
    return f"{network_name(key.partition(':')[0])} · {name(key)}"


def stated(value: float) -> float | None:
    """What a row states; pandas has no other way to say that it states nothing."""
    return None if math.isnan(value) else value


def _day(moment: Any) -> date:
    return date(moment.year, moment.month, moment.day)
