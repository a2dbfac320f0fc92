"""Tiles: a reading with its two comparisons and its recent past, worked out together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.model import Window
from metrics.engine import read
from metrics.ground import ground
from metrics.model import Metric
from metrics.reading import EVERYTHING, Change, Mark, Reading, Scope, change
from metrics.signals import ENOUGH, Verdict, verdict
from metrics.windows import SPARK_WEEKS, before, run, without_last, year_before


@dataclass(frozen=True)
class Tile:
    """A reading, its change against the window before and against a year before, and the windows that led to it.

    Provisional days are left out of both sides of a change; `change.window` says what was compared. Counts of
    posts that still grow are compared with nothing: the older posts had more time. `verdict` is None when the
    reading is routine variation of its own past.
    """

    reading: Reading
    before: Change | None
    year: Change | None
    past: tuple[Reading, ...]
    verdict: Verdict | None

    @property
    def judged(self) -> bool:
        """Whether it could be judged: its past is long enough, and its own figure is known and will not change."""
        settled = self.reading.value is not None and not self.reading.provisional_days
        past = sum(value is not None for value in _of_the_same(self.past))
        return settled and past >= ENOUGH and Mark.GROWING not in self.reading.marks


def tiles(
    cursor: Any, metrics: Sequence[Metric], window: Window, scope: Scope = EVERYTHING, past: int = SPARK_WEEKS
) -> list[Tile]:
    """A tile for each metric, in order."""
    recent = run(window, past)
    every = [*recent, *_compared(window, window)]
    grounds = {source: ground(cursor, source, every, scope) for source in {m.reads for m in metrics}}
    tails = {source: under.tail(window) for source, under in grounds.items()}
    compared = {source: without_last(window, tail) for source, tail in tails.items() if tail < window.days}
    others = [w for source in compared for w in _compared(window, compared[source])]
    found = read(cursor, metrics, [*recent, *others], scope, grounds)
    made = []
    for metric in metrics:
        earlier: Change | None = None
        year: Change | None = None
        growing = Mark.GROWING in found[metric.key, window].marks
        if metric.reads in compared and (metric.rate or not growing):
            now, *thens = (found[metric.key, w] for w in _compared(window, compared[metric.reads]))
            earlier, year = (change(now, then) for then in thens)
        series = tuple(found[metric.key, w] for w in recent)
        settled = None if growing or series[-1].provisional_days else series[-1].value
        signal = verdict(_of_the_same(series), settled)
        made.append(Tile(series[-1], earlier, year, series, signal))
    return made


def _of_the_same(past: Sequence[Reading]) -> list[float | None]:
    """What the windows before the last came to, of the accounts that it is of; None where not all of them stated it."""
    told = past[-1].parts
    return [one.of_accounts(told.__contains__).value if told.keys() <= one.parts.keys() else None for one in past[:-1]]


def _compared(window: Window, settled: Window) -> list[Window]:
    """The settled part of a window, and the same part of the window before and of a year before."""
    tail = window.days - settled.days
    return [settled, without_last(before(window), tail), without_last(year_before(window), tail)]
