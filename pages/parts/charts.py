"""Charts of figures over time: lines labelled at their ends, no legends, one axis, zero-based bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go
import streamlit as st

from data.model import Annotation, Window
from i18n import Locale
from metrics.engine import Readings
from metrics.model import Metric
from metrics.reading import Mark, Reading, Seam
from metrics.sites import seams_over
from metrics.windows import year_before
from pages.parts.apart import apart
from wording.marks import sentence, sides
from pages.parts.palette import palette
from wording.colours import Palette
from pages.parts.plot import as_it_is, blank, count_axis, noted, show, time_axis

MARKED = 60  # points beyond which a line is drawn without a mark on each
NO_SEAMS: Mapping[date, Seam] = {}
NARROW, LETTER = 260, 6.5  # pixels: the width of a plot on a telephone, and that of a letter of a name
AXIS, NAME = 44, 15  # pixels: what a chart's height has beside its plot, and what a name at the end of a line takes


@dataclass(frozen=True)
class Line:
    """A line over days: its name stands at its end. `past` is drawn grey; hollow points are provisional.

    `told` are the days that it is about, where it is drawn over the days of another year.
    """

    name: str
    days: Sequence[date]
    values: Sequence[float | None]
    past: bool = False
    hollow: Sequence[bool] = ()
    told: Sequence[date] = ()


def lines(
    locale: Locale, drawn: Sequence[Line], unit: str, key: str, height: int = 280, changes: Sequence[Seam] = (),
    then: Mapping[date, Seam] = NO_SEAMS, notes: Sequence[Annotation] = (), spans: Sequence[Window] = (),
) -> None:  # fmt: skip
    """Lines over time on one axis that begins at zero; `changes`: where the figures begin to come from another
    tool, file or service, and `then` where they did a year earlier, by the days over which that year is drawn.
    `notes`: what people noted; `spans`: the periods that the points stand for, where these are more than a day."""
    drawn = [line for line in drawn if any(v is not None for v in line.values)]
    if not drawn:
        st.caption(locale.t("No export states this for the period."))
        return
    colours = palette()
    figure = blank(colours, height)
    for line in drawn:
        colour = colours.past if line.past else colours.ink
        figure.add_trace(
            go.Scatter(
                x=list(line.days), y=list(line.values), mode="lines+markers", name=line.name,
                line={"color": colour, "width": 1.4 if line.past else 2.2, "dash": "solid"},
                marker={
                    "size": [_size(line, hollow) for hollow in _hollow(line)],
                    "color": [colours.paper if hollow else colour for hollow in _hollow(line)],
                    "line": {"color": colour, "width": 1.4},
                },
                text=[_hover(locale, day, value, unit) for day, value in zip(_told(line), line.values, strict=True)],
                hovertemplate="%{text}<extra>" + line.name.replace("<", "&lt;") + "</extra>",
            )
        )  # fmt: skip
    _end_labels(figure, drawn, colours)
    days = [day for line in drawn for day in line.days]
    time_axis(locale, figure, days)
    count_axis(figure, [value for line in drawn for value in line.values])
    said = noted(locale, figure, notes, sorted(set(days)), colours, spans, beside=not (changes or then))
    _seams(locale, figure, then, days, colours, past=True)
    _seams(locale, figure, {change.day: change for change in changes}, days, colours)
    told = {"seams": (*then.values(), *changes)}
    words = (_lines_in_words(locale, drawn, unit), sentence(locale, Mark.SEAM, told), said)
    show(locale, figure, key, " ".join(filter(None, words)))


def over_time(
    locale: Locale, metric: Metric, found: Readings, windows: Sequence[Window], key: str,
    notes: Sequence[Annotation] = (),
) -> None:  # fmt: skip
    """A metric over successive windows, the same weekdays (or months) a year earlier in grey; and what people noted."""
    drawn, days, past_windows = [], [w.first for w in windows], [year_before(w) for w in windows]
    for asked, past in ((past_windows, True), (windows, False)):
        read = [found[metric.key, w] for w in asked]
        hollow = [bool(reading.provisional_days) for reading in read]
        drawn.append(Line(_years(asked), days, [r.value for r in read], past, hollow, [w.first for w in asked]))
    if all(value is None for value in drawn[-1].values):
        drawn = []  # a year earlier alone is beside nothing
    here, then = (seams_over([found[metric.key, w] for w in asked]) for asked in (windows, past_windows))
    over = {_this_year(seam.day, past_windows, windows): seam for seam in then}
    lines(locale, drawn, metric.unit, key, changes=here, then=over, notes=notes, spans=windows)


def gained_and_lost(
    locale: Locale, windows: Sequence[Window], gained: Sequence[Reading], lost: Sequence[Reading],
    net: Sequence[Reading], key: str, height: int = 220, notes: Sequence[Annotation] = (),
) -> None:  # fmt: skip
    """Follows upwards, unfollows downwards; net follows only where a network states nothing else; what people noted."""
    colours = palette()
    figure = blank(colours, height)
    shown = [
        (locale.t("Gained"), gained, colours.ink, "", 1),
        (locale.t("Lost"), lost, colours.bad, "/", -1),
    ]
    if all(reading.value is None for reading in gained):
        shown = [(locale.t("Net"), net, colours.soft, "", 1)]
    words = []
    for name, readings, colour, pattern, sign in shown:
        values = [reading.value for reading in readings]
        if all(value is None for value in values):
            words.append(locale.t("{name}: not stated by this network", name=name))
            continue
        words.append(locale.t("{name}: {value}", name=name, value=sum(v for v in values if v is not None)))
        figure.add_trace(
            go.Bar(
                x=[w.first for w in windows], y=[None if v is None else sign * v for v in values], name=name,
                marker={"color": colour, "pattern": {"shape": pattern, "size": 5, "solidity": 0.5}},
                text=[f"{locale.span(w)}<br>{locale.value(v, 'count')}" for w, v in zip(windows, values, strict=True)],
                textposition="none", hovertemplate="%{text}<extra>" + name + "</extra>",
            )
        )  # fmt: skip
        stated = [(w.first, sign * v) for w, v in zip(windows, values, strict=True) if v is not None]
        figure.add_annotation(
            x=stated[-1][0], y=stated[-1][1], text=name, showarrow=False, xanchor="left", xshift=16,
            font={"color": colour, "size": 12}, yshift=sign * NAME / 2,
        )  # fmt: skip
    figure.update_layout(barmode="relative", bargap=0.25)
    figure.update_yaxes(zeroline=True, zerolinecolor=colours.ink, zerolinewidth=1)
    count_axis(figure, [reading.value for _, readings, *_ in shown for reading in readings])
    time_axis(locale, figure, [w.first for w in windows])
    if figure.data:
        said = noted(locale, figure, notes, [w.first for w in windows], colours, windows)
        show(locale, figure, key, f"{'. '.join(words)}. {said}".strip())
    if all(r.value is None for r in lost):
        st.caption(locale.t("This network does not state who left."))


def running_total(
    locale: Locale, series: Mapping[str, Sequence[Reading]], key: str, notes: Sequence[Annotation] = ()
) -> None:
    """Daily readings added up, a line a network, and what people noted.

    After a gap a line begins anew: what the gap held is unknown.
    """
    drawn = []
    for name, readings in series.items():
        total, values = 0.0, []
        for reading in readings:
            total = 0.0 if reading.value is None else total + reading.value
            values.append(None if reading.value is None else total)
        drawn.append(Line(name, [r.window.last for r in readings], values))
    lines(locale, drawn, "count", key, 300, notes=notes)


def _seams(
    locale: Locale, figure: go.Figure, seams: Mapping[date, Seam], days: Sequence[date], colours: Palette,
    past: bool = False,
) -> None:  # fmt: skip
    """Thin lines where the figures begin to come from another tool, file or service, with the names of both; dotted
    where they are of the grey line of an earlier year, whose words stand lower, clear of those of this one."""
    look = {"color": colours.past, "width": 1, "dash": "dot"} if past else {"color": colours.soft, "width": 1}
    rows: list[float] = []  # how far the words in each reach to the right
    for day, seam in sorted(seams.items()):
        before, after = sides(locale, seam)
        text = f"{seam.day.year if past else ''} {before} → {after}".strip()
        left, anchor, width = _beside(day, min(days), max(days), len(text))
        row = next((n for n, end in enumerate(rows) if end < left), len(rows))
        rows[row : row + 1] = [left + width]
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=look)
        figure.add_annotation(
            x=day, y=1, yref="paper", xanchor=anchor, yanchor="top" if past else "bottom", showarrow=False,
            yshift=(-NAME if past else NAME) * row, text=as_it_is(text), font={"color": colours.soft, "size": 12},
        )  # fmt: skip
    if rows and not past:
        figure.update_layout(margin_t=11 + NAME * len(rows))  # room for the words, above the plot


def _beside(day: date, first: date, last: date, letters: int) -> tuple[float, str, float]:
    """Where words over a day begin, how they are held there so that no edge cuts them, and how wide they are: in
    widths of the plot on a telephone, where they have the least room."""
    place, width = (day - first) / max(last - first, timedelta(1)), letters * LETTER / NARROW
    if place < width / 2:
        return place, "left", width
    return (place - width, "right", width) if place > 1 - width / 2 else (place - width / 2, "center", width)


def _this_year(day: date, past: Sequence[Window], windows: Sequence[Window]) -> date:
    """The day over which a day of the year before is drawn."""
    return next(now.first + (day - then.first) for then, now in zip(past, windows, strict=True) if day <= then.last)


def _size(line: Line, hollow: bool) -> int:
    if line.past or len(line.values) > MARKED:
        return 0
    return 6 if hollow else 4


def _hollow(line: Line) -> Sequence[bool]:
    return line.hollow or [False] * len(line.values)


def _told(line: Line) -> Sequence[date]:
    return line.told or line.days


def _years(windows: Sequence[Window]) -> str:
    """The year that windows are of, or the two: "2026", "2025–2026"."""
    first, last = windows[0].first.year, windows[-1].last.year
    return str(last) if first == last else f"{first}–{last}"


def _end_labels(figure: go.Figure, drawn: Sequence[Line], colours: Palette) -> None:
    """The name of each line at its end, moved only as far as is needed for none to cover another."""
    ends = []
    for line in drawn:
        day, value = [(d, v) for d, v in zip(line.days, line.values, strict=True) if v is not None][-1]
        ends.append((value, day, line))
    ends.sort(key=lambda end: -end[0])
    longest = max(len(line.name) for line in drawn)
    figure.update_layout(margin_r=14 + 7 * longest)  # pixels: a name is never cut
    stated = [value for line in drawn for value in line.values if value is not None]
    bottom, top = min(0.0, *stated), max(0.0, *stated)
    pixels = (figure.layout.height - AXIS) / (top - bottom or 1)
    places = apart([value * pixels for value, _, _ in ends], NAME, bottom * pixels)
    for place, (value, day, line) in zip(places, ends, strict=True):
        figure.add_annotation(
            x=day, y=value, text=as_it_is(line.name), showarrow=False, xanchor="left", xshift=8,
            yshift=place - value * pixels,
            font={"color": colours.soft if line.past else colours.ink, "size": 12},
        )  # fmt: skip


def _hover(locale: Locale, day: date, value: float | None, unit: str) -> str:
    return f"{locale.weekday(day)} {locale.day(day)}<br>{locale.value(value, unit)}"


def _lines_in_words(locale: Locale, drawn: Sequence[Line], unit: str) -> str:
    said = []
    for line in drawn:
        stated = [(v, d) for v, d in zip(line.values, _told(line), strict=True) if v is not None]
        (low, low_day), (high, high_day) = min(stated), max(stated)
        said.append(
            locale.t(
                "{name}: lowest {low} on {low_day}, highest {high} on {high_day}.", name=line.name,
                low=locale.value(low, unit), low_day=low_day, high=locale.value(high, unit), high_day=high_day,
            )
        )  # fmt: skip
    return " ".join(said)
