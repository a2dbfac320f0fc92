"""Each metric's worked example, run by the engine that the pages use."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from data.model import Window
from metrics.engine import read
from metrics.model import Metric, Source
from metrics.reading import Scope
from metrics.registry import metrics

MONDAY = date(2026, 11, 9)


@pytest.mark.parametrize("metric", metrics().values(), ids=lambda m: m.key)
def test_the_worked_example_gives_what_it_says(metric: Metric, cursor, know) -> None:
    window = Window(MONDAY, MONDAY + timedelta(days=metric.example.days - 1))
    next_day: Counter[str] = Counter()
    rows = []
    for number, example in enumerate(metric.example.rows):
        row = {"account": "x:brand", **{k: v for k, v in example.items() if k not in ("before", "whole_window")}}
        span = window
        if not example.get("whole_window"):
            day = MONDAY + timedelta(days=-1 if example.get("before") else next_day[row["account"]])
            next_day[row["account"]] += 0 if example.get("before") else 1
            span = Window(day, day)
        match metric.reads:
            case Source.POSTS:
                rows.append({**row, "post_id": str(number), "day": MONDAY})
            case Source.DAYS:
                rows.append({**row, "day": span.first})
            case _:
                slice_ = "query" if "query" in row else "site"
                rows.append({**row, "slice": slice_, "first_day": span.first, "last_day": span.last})
    know(metric.reads.value, *rows)
    found = read(cursor, [metric], [window], Scope(words=metric.example.words))[metric.key, window]
    assert found.value == pytest.approx(metric.example.gives)
