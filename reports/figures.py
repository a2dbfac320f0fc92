"""Figures of the week as a report writes them: tiles, changes, series, and the lines of the full edition."""

from __future__ import annotations

from collections.abc import Sequence

from data.model import Window
from data.objectives import Aim, Objective, Period, Versions, in_force
from i18n import Locale
from metrics.model import N_, Good, Metric
from metrics.reading import Change as Compared
from metrics.reading import Reading
from metrics.registry import families
from metrics.tiles import Tile as Told
from reports.model import Change, Family, Figure, MetricLine, Point, Tile, Tone, Verdict
from reports.sentences import verdict_tone
from wording.figures import against_before, formula, told
from wording.marks import WORST_FIRST, short_name
from wording.objectives import target

MARKS = 2  # of trust beside a figure: the worst


def figure(locale: Locale, value: float | None, metric: Metric, currency: str = "") -> Figure:
    """A number of a metric, and as it is written."""
    return Figure(value, locale.value(value, metric.unit, currency=currency), metric.unit, currency)


def of_reading(locale: Locale, reading: Reading) -> Figure:
    """The figure of a reading."""
    return figure(locale, reading.value, reading.metric, reading.currency)


def tone_of(difference: float, good: Good) -> Tone:
    """Whether a difference is good news."""
    if not difference or good is Good.NEITHER:
        return Tone.NONE
    return Tone.GOOD if (difference > 0) == (good is Good.UP) else Tone.BAD


def change(locale: Locale, reading: Reading, compared: Compared, against: str, year: bool) -> Change:
    """A change in words: against what, a year earlier or not, over which days, and by whom it was told."""
    said = against
    if compared.window != reading.window:
        said += f" ({locale.span(compared.window)})"
    if not compared.matched:
        said += " " + locale.t("(accounts in both)")
    if compared.tools:
        said += " " + locale.t("(by another tool)")
    relative = not reading.metric.rate and compared.ratio is not None
    value = compared.ratio if relative else compared.difference
    up = None if not compared.difference else compared.difference > 0
    tone = tone_of(compared.difference, reading.metric.good)
    return Change(told(locale, reading, compared), said, up, tone, value, year)


def changes(locale: Locale, tile: Told) -> tuple[Change, ...]:
    """The changes of a tile: on the week before, and on a year earlier."""
    sides = ((tile.before, against_before(tile.reading), False), (tile.year, N_("on a year earlier"), True))
    return tuple(change(locale, tile.reading, one, locale.t(text), y) for one, text, y in sides if one is not None)


def verdict(locale: Locale, tile: Told) -> Verdict | None:
    """That a figure is out of its usual range, with its sign."""
    if tile.verdict is None:
        return None
    words = locale.t("▲ unusually high") if tile.verdict.up else locale.t("▼ unusually low")
    return Verdict(words, verdict_tone(tile))


def marks(locale: Locale, reading: Reading) -> tuple[str, ...]:
    """The marks of trust of a reading in a word or two, the most serious first."""
    return tuple([short_name(locale, reading, mark) for mark in WORST_FIRST if mark in reading.marks][:MARKS])


def series(locale: Locale, past: Sequence[Reading], versions: Versions) -> tuple[Point, ...]:
    """Readings of successive weeks, each with what was aimed at then for a week."""
    return tuple(point(locale.short_week(r.window), r, None, versions, Period.WEEK) for r in past)


def point(label: str, now: Reading, then: Reading | None, versions: Versions, period: Period) -> Point:
    """A value of a series."""
    aimed = aimed_at(versions, now.metric, now.window, period)
    low, high = (aimed.low, aimed.high) if aimed else (None, None)
    return Point(label, now.window.first, now.value, then.value if then else None, low, high)


def aimed_at(versions: Versions, metric: Metric, window: Window, period: Period) -> Objective | None:
    """What the brand aims at for exactly a week or a month."""
    return in_force(versions, Aim(metric.key, (), period), window.first)


def words_of(locale: Locale, past: Sequence[Reading]) -> str:
    """A sparkline in words."""
    stated = [reading.value for reading in past if reading.value is not None]
    if not stated:
        return locale.t("{name}: nothing is known of these weeks.", name=locale.t(past[-1].metric.name))
    unit = past[-1].metric.unit
    return locale.t(
        "{name}, {count} periods: from {first} to {last}, lowest {low}, highest {high}.",
        name=locale.t(past[-1].metric.name), count=len(past), first=locale.value(stated[0], unit),
        last=locale.value(stated[-1], unit), low=locale.value(min(stated), unit),
        high=locale.value(max(stated), unit),
    )  # fmt: skip


def tile(locale: Locale, one: Told, versions: Versions) -> Tile:
    """A figure of the week as a tile."""
    reading, metric = one.reading, one.reading.metric
    aimed = aimed_at(versions, metric, reading.window, Period.WEEK)
    met = None
    if aimed and reading.value is not None:
        reached = aimed.met(reading.value)
        met = Verdict(locale.t("✓ met") if reached else locale.t("✗ missed"), Tone.GOOD if reached else Tone.BAD)
    return Tile(
        metric.key, locale.t(metric.name), of_reading(locale, reading), changes(locale, one), verdict(locale, one),
        locale.t("target: {target}", target=target(locale, aimed, metric.unit)) if aimed else "", met,
        marks(locale, reading), series(locale, one.past, versions), words_of(locale, one.past),
    )  # fmt: skip


def metric_line(locale: Locale, one: Told, versions: Versions) -> MetricLine:
    """A metric of the full edition."""
    reading, metric = one.reading, one.reading.metric
    return MetricLine(
        metric.key, locale.t(metric.name), of_reading(locale, reading), changes(locale, one), verdict(locale, one),
        marks(locale, reading), locale.t(metric.says), formula(locale, metric), series(locale, one.past, versions),
        words_of(locale, one.past),
    )  # fmt: skip


def sections_of(locale: Locale, told: Sequence[Told], versions: Versions) -> tuple[Family, ...]:
    """The metrics by family, in the order of the glossary; those that nothing states are left out."""
    by_key = {one.reading.metric.key: one for one in told}
    found = []
    for name, group in families():
        mine = [by_key[metric.key] for metric in group if metric.key in by_key]
        lines = [metric_line(locale, one, versions) for one in mine if one.reading.value is not None]
        if lines:
            found.append(Family(locale.t(name), tuple(lines)))
    return tuple(found)
