"""The verdict on a period in one sentence: the main fact, how many others there are, and how the objectives stand.

The rules, in order. Visits that were probably not counted come first, as they make other figures doubtful. Then a
figure of the whole period beyond its limits, one that is for the worse before one that is for the better. Then a new
level that the period has established: known a week after it began, it is news once, and neither before nor after. Then
the peak that stands out most, which goes before a new level of how often something was seen: that alone is no result.
Else nothing is unusual, and that is said of what could be judged, up to the last day that could be.
A cause is only named where people have stated it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.model import Amount, Message, Window, says
from metrics.dossier import Dossier
from metrics.engagement import impressions_in_period, views_in_period
from metrics.model import Good, Unit
from metrics.progress import BAD, GOOD, Progress, Standing
from metrics.said import Said, cause_of
from metrics.search import search_impressions
from metrics.signals import ENOUGH, Level
from metrics.tiles import Tile
from metrics.watched import Peak, Watched

LONGEST = 90  # characters of a cause that the sentence says again
WEEK = 7
SEEN = (views_in_period, impressions_in_period, search_impressions)

Named = Callable[[str], str]  # what a network is called


@dataclass(frozen=True)
class Facts:
    """What the verdict on a period rests on: figures of the period, the watched series, the peaks with what people
    said of them, and the objectives whose periods touch it."""

    window: Window
    tiles: Sequence[Tile] = ()
    series: Sequence[Watched] = ()
    cases: Sequence[Dossier] = ()
    said: Said = field(default_factory=dict)
    objectives: Sequence[Progress] = ()

    @property
    def out(self) -> list[Tile]:
        """The figures of the period beyond their limits, those that are for the worse first."""
        return sorted((tile for tile in self.tiles if tile.verdict), key=lambda tile: not _worse(tile))

    @property
    def levels(self) -> list[tuple[Watched, Level]]:
        """The lasting changes of level that the days of the period have established, those of mere views last."""
        inside = self.window.first, self.window.last
        found = [(one, level) for one in self.series for level in one.back.levels
                 if inside[0] <= level.established <= inside[1]]  # fmt: skip
        return sorted(found, key=lambda told: told[0].metric in SEEN)


def headline(facts: Facts, named: Named) -> Message:
    """The sentence."""
    fact, others = _fact(facts, named)
    if others:
        more = says("one other signal") if others == 1 else says("{n} other signals", n=others)
        fact = _and(fact, more)
    if rest := _objectives(facts.objectives):
        fact = _and(fact, rest)
    return says("{said}.", said=fact)


def unusual(tile: Tile) -> Message:
    """A figure of the period beyond its limits, in words."""
    metric, verdict = tile.reading.metric, tile.verdict
    assert verdict is not None
    never_negative = min(r.value for r in tile.past if r.value is not None) >= 0
    low = max(verdict.low, 0.0) if never_negative else verdict.low
    values = {"value": tile.reading.value, "low": low, "high": verdict.high}
    if metric.unit is Unit.COUNT:
        values = {key: None if value is None else round(value) for key, value in values.items()}
    told = {"name": Message(metric.name), **{key: Amount(value, metric.unit) for key, value in values.items()}}
    if verdict.up:
        return says("{name}: {value}, unusually high (usual: {low} to {high})", **told)
    return says("{name}: {value}, unusually low (usual: {low} to {high})", **told)


def shifted(one: Watched, level: Level, named: Named) -> Message:
    """A series that has settled on a new level, in words."""
    return says(
        "{name} ({network}): a new level since {day}, about {now} a day, {before} before",
        name=Message(one.metric.name), network=named(one.account.partition(":")[0]), day=level.since,
        now=round(level.now), before=round(level.before),
    )  # fmt: skip


def _and(one: Message, other: Message) -> Message:
    return says("{one}; {other}", one=one, other=other)


def _worse(tile: Tile) -> bool:
    good = tile.reading.metric.good
    return tile.verdict is not None and good is not Good.NEITHER and tile.verdict.up != (good is Good.UP)


def _fact(facts: Facts, named: Named) -> tuple[Message, int]:
    """The main fact, and how many other signals there are."""
    signals = len(facts.out) + len(facts.levels) + len(facts.cases)
    uncounted = [case for case in facts.cases if case.tracking.likely and not _cause(case.peak, facts.said)]
    if uncounted:
        return _peak(max(uncounted, key=_strength), facts.said, named, counted=False), signals - 1
    if facts.out:
        return unusual(facts.out[0]), signals - 1
    if facts.levels and not (facts.cases and facts.levels[0][0].metric in SEEN):
        return shifted(*facts.levels[0], named), signals - 1
    if facts.cases:
        return _peak(max(facts.cases, key=_strength), facts.said, named), signals - 1
    return _nothing(facts), 0


def _strength(case: Dossier) -> float:
    strength = case.peak.day.strength
    return abs(strength) if strength is not None else 0.0


def _cause(peak: Peak, said: Said) -> str:
    cause = cause_of(peak, said)
    text = ((cause and cause.cause) or "").rstrip(".")
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def _peak(case: Dossier, said: Said, named: Named, counted: bool = True) -> Message:
    peak, day = case.peak, case.peak.day
    unit = peak.watched.metric.unit
    value, expected = (None if one is None else round(one) for one in (day.value, day.expected))
    change = day.size / day.expected if day.size is not None and day.expected else None
    told = {
        "name": Message(peak.watched.metric.name), "network": named(peak.watched.account.partition(":")[0]),
        "when": _when(peak), "value": Amount(value, unit), "expected": Amount(expected, unit),
        "change": Amount(change, "change"),
    }  # fmt: skip
    if not counted:
        return says("{name} ({network}): probably not counted {when}, {value} for {expected} expected", **told)
    if peak.up:
        fact = says("{name} ({network}): a peak {when}, {value} for {expected} expected ({change})", **told)
    else:
        fact = says("{name} ({network}): a fall {when}, {value} for {expected} expected ({change})", **told)
    if cause := _cause(peak, said):
        return says("{fact}, put down to “{cause}”", fact=fact, cause=cause)
    return says("{fact}, not explained", fact=fact)


def _when(peak: Peak) -> Message:
    if peak.weekly:
        return says("in the week of {day}", day=peak.window.first)
    if peak.window.days > 1:
        return says("over {window}, most of all on {day}", window=peak.window, day=peak.day.day)
    return says("on {day}", day=peak.day.day)


def _nothing(facts: Facts) -> Message:
    """That nothing is unusual, of what could be judged; or that nothing could be."""
    if until := judged(facts):
        last = max(until)
        if last < facts.window.last:
            return says("Nothing unusual up to {day} (series watched: {n})", day=last, n=len(until))
        if facts.window.days == WEEK:
            return says("Nothing unusual this week (series watched: {n})", n=len(until))
        return says("Nothing unusual in this period (series watched: {n})", n=len(until))
    if whole := sum(tile.judged for tile in facts.tiles):
        return says("Nothing unusual in the figures of the whole period ({n}); no day could be judged", n=whole)
    return says("Too short a past to say what is unusual, which takes {n} complete periods", n=ENOUGH + 1)


def judged(facts: Facts) -> list[date]:
    """The last day of the period on which each series was judged, of those that were at all."""
    return [day for one in facts.series if (day := judged_until(one, facts.window))]


def judged_until(one: Watched, window: Window) -> date | None:
    """The last day of a window on which a series was judged, by day or by week; None where it was not."""
    if one.weeks:
        ends = [
            week.window.last for week in one.weeks
            if week.point.low is not None and week.window.first <= window.last and week.window.last >= window.first
        ]  # fmt: skip
        return min(max(ends), window.last) if ends else None
    for n in range(window.days):
        found = one.day(window.last - timedelta(n))
        if found and found.silence is None and found.expected is not None:
            return found.day
    return None


def _objectives(told: Sequence[Progress]) -> Message | None:
    known = [one for one in told if one.standing is not Standing.UNKNOWN]
    if not known:
        return None
    good, bad = ([one for one in known if one.standing in some] for some in (GOOD, BAD))
    if bad:
        names = [Message(name) for name in dict.fromkeys(one.metric.name for one in bad)]
        return says(
            "objectives missed, at risk or off target: {n} of {of} ({names})", n=len(bad), of=len(told), names=names
        )
    if len(good) == len(told):
        return says("all objectives on track ({n})", n=len(told))
    return says("objectives on track: {n} of {of}, none at risk so far", n=len(good), of=len(told))
