"""How many came and left week by week, for each follower where their number is known, with process limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.model import Window
from metrics.engine import Readings
from metrics.judging import MATERIAL_EVENTS
from metrics.model import Metric
from metrics.reading import Mark
from metrics.signals import FIRST_RULE, Point, Rule, chart


@dataclass(frozen=True)
class Weekly:
    """Weeks of a metric on a process behaviour chart. `metric` is the rate, or the count where no rate is known.

    A week that is not stated as a whole, or may still change, has no value. `counts` are the people behind the values.
    """

    metric: Metric
    weeks: tuple[Window, ...]
    points: tuple[Point, ...]
    counts: tuple[float | None, ...]
    typed: bool = False  # the number of followers was typed in

    @property
    def signals(self) -> tuple[int, ...]:
        """The places of the weeks that are signals; one value beyond a limit takes ten people more or fewer, too."""
        return tuple(n for n, point in enumerate(self.points) if point.rule is not None and self._material(n))

    def _material(self, n: int) -> bool:
        point, count = self.points[n], self.counts[n]
        if point.rule is not Rule.LIMIT:
            return True
        if point.value is None or point.expected is None or count is None:
            return False
        each = 1.0 if self.metric.bottom is None else count / point.value if point.value else 0.0
        return each * abs(point.value - point.expected) >= MATERIAL_EVENTS

    def last(self, count: int) -> Weekly:
        """The last weeks alone, judged by all that went before."""
        return Weekly(self.metric, self.weeks[-count:], self.points[-count:], self.counts[-count:], self.typed)


def weekly(
    found: Readings, rate: Metric, count: Metric, weeks: Sequence[Window], keep: Callable[[str], bool]
) -> Weekly | None:
    """The weeks of some accounts; None where nobody states how many. The rate is told where it is known of enough weeks
    to have limits, and of the last one."""
    rates, counts = ([_settled(found, metric, week, keep) for week in weeks] for metric in (rate, count))
    known = [n for n, value in enumerate(counts) if value is not None]
    if not known:
        return None
    by_followers = rates[known[-1]] is not None and sum(value is not None for value in rates) > FIRST_RULE
    metric, values = (rate, rates) if by_followers else (count, counts)
    typed = any(Mark.TYPED in found[metric.key, week].of_accounts(keep).marks for week in weeks)
    return Weekly(metric, tuple(weeks), chart(values), tuple(counts), typed)


def _settled(found: Readings, metric: Metric, week: Window, keep: Callable[[str], bool]) -> float | None:
    reading = found[metric.key, week].of_accounts(keep)
    return None if reading.provisional_days else reading.value
