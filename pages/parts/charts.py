"""Charts: the only place that knows plotly. Lines labelled at their ends, no legends, one axis, zero-based bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from data.model import Window
from i18n import Locale
from metrics.engine import Readings
from metrics.hours import HOURS, Hours
from metrics.model import Metric, N_
from metrics.reading import Mark, Reading, Seam
from metrics.sites import seams_over
from metrics.windows import year_before
from pages.parts.apart import apart
from pages.parts.marks import sentence, tools
from pages.parts.palette import Palette, palette

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}
FONT = "Inter, sans-serif"
MONDAY = date(2024, 1, 1)
MARKED = 60  # points beyond which a line is drawn without a mark on each
NO_SEAMS: Mapping[date, Seam] = {}
AXIS, NAME = 44, 15  # pixels: what a chart's height has beside its plot, and what a name at the end of a line takes

OVER_TIME = {
    "day": N_("{name}, day by day"),
    "week": N_("{name}, week by week"),
    "month": N_("{name}, month by month"),
}


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
    then: Mapping[date, Seam] = NO_SEAMS,
) -> None:  # fmt: skip
    """Lines over time on one axis that begins at zero; `changes`: where another tool begins to measure, and `then`
    where one did a year earlier, by the days over which that year is drawn."""
    drawn = [line for line in drawn if any(v is not None for v in line.values)]
    if not drawn:
        st.caption(locale.t("No export states this for the period."))
        return
    colours = palette()
    figure = _figure(colours, height)
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
    _time_axis(locale, figure, [day for line in drawn for day in line.days])
    _count_axis(figure, [value for line in drawn for value in line.values])
    for day, change in then.items():
        _seam(figure, change, day, colours, str(change.day.year))
    for change in changes:
        _seam(figure, change, change.day, colours)
    told = {"seams": (*then.values(), *changes)}
    _show(locale, figure, key, f"{_lines_in_words(locale, drawn, unit)} {sentence(locale, Mark.SEAM, told)}".strip())


def over_time(locale: Locale, metric: Metric, found: Readings, windows: Sequence[Window], key: str) -> None:
    """A metric over successive windows, the same weekdays (or months) a year earlier in grey."""
    drawn, days, past_windows = [], [w.first for w in windows], [year_before(w) for w in windows]
    for asked, past in ((past_windows, True), (windows, False)):
        read = [found[metric.key, w] for w in asked]
        hollow = [bool(reading.provisional_days) for reading in read]
        drawn.append(Line(_years(asked), days, [r.value for r in read], past, hollow, [w.first for w in asked]))
    here, then = (seams_over([found[metric.key, w] for w in asked]) for asked in (windows, past_windows))
    over = {_this_year(seam.day, past_windows, windows): seam for seam in then}
    lines(locale, drawn, metric.unit, key, changes=here, then=over)


def gained_and_lost(
    locale: Locale, windows: Sequence[Window], gained: Sequence[Reading], lost: Sequence[Reading],
    net: Sequence[Reading], key: str, height: int = 220,
) -> None:  # fmt: skip
    """Follows upwards, unfollows downwards; net follows only where a network states nothing else."""
    colours = palette()
    figure = _figure(colours, height)
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
    _count_axis(figure, [reading.value for _, readings, *_ in shown for reading in readings])
    _time_axis(locale, figure, [w.first for w in windows])
    if figure.data:
        _show(locale, figure, key, ". ".join(words) + ".")
    if all(r.value is None for r in lost):
        st.caption(locale.t("This network does not state who left."))


def running_total(locale: Locale, series: Mapping[str, Sequence[Reading]], key: str) -> None:
    """Daily readings added up, a line a network. After a gap a line begins anew: what the gap held is unknown."""
    drawn = []
    for name, readings in series.items():
        total, values = 0.0, []
        for reading in readings:
            total = 0.0 if reading.value is None else total + reading.value
            values.append(None if reading.value is None else total)
        drawn.append(Line(name, [r.window.last for r in readings], values))
    lines(locale, drawn, "count", key, 300)


def hours_of_the_week(locale: Locale, found: Hours, week_start: int, key: str) -> None:
    """Visits by weekday and hour as a calm map: the more ink, the more visits. The busiest hours are said in words."""
    colours = palette()
    weekdays = [1 + (week_start - 1 + n) % 7 for n in range(7)]
    names = {n: locale.weekday(MONDAY + timedelta(days=n - 1)) for n in weekdays}
    grid = [[found.means.get((weekday, hour)) for hour in range(HOURS)] for weekday in weekdays]
    figure = _figure(colours, 290)
    figure.add_trace(
        go.Heatmap(
            z=grid, x=list(range(HOURS)), y=[names[n] for n in weekdays], xgap=2, ygap=2, zmin=0, showscale=False,
            colorscale=[(0, colours.line), (0.02, colours.line), (1, colours.ink)], hoverongaps=False,
            text=[
                [f"{names[n]} {_hour(locale, hour)}<br>{locale.number(value, 1)}" for hour, value in enumerate(row)]
                for n, row in zip(weekdays, grid, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    ticks = list(range(0, HOURS, 6))
    figure.update_xaxes(tickmode="array", tickvals=ticks, ticktext=[_hour(locale, n) for n in ticks], tickangle=0)
    figure.update_xaxes(ticks="")
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    figure.update_layout(margin_r=8)
    ordered = sorted(found.means, key=lambda cell: (-found.means[cell], cell))
    busiest = [
        locale.t("{weekday} {hour}", weekday=names[weekday], hour=_hour(locale, hour)) for weekday, hour in ordered[:3]
    ]
    words = locale.t(
        "Busiest: {hours}, with {n} visits in the first of these hours on average.",
        hours=busiest, n=locale.number(found.means[ordered[0]], 0),
    )  # fmt: skip
    _show(locale, figure, key, words)
    st.caption(words)


def _hour(locale: Locale, hour: int) -> str:
    return locale.t("{hour}:00", hour=str(hour))


def _figure(colours: Palette, height: int) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        height=height, margin={"l": 8, "r": 72, "t": 12, "b": 8}, showlegend=False, hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", dragmode=False,
        font={"family": FONT, "size": 13, "color": colours.ink},
        hoverlabel={"font": {"family": FONT}, "bgcolor": colours.paper},
    )  # fmt: skip
    axis = {
        "gridcolor": colours.line,
        "zeroline": False,
        "tickfont": {"color": colours.soft, "size": 12},
        "automargin": True,
    }
    figure.update_yaxes(**axis)
    figure.update_xaxes(**axis | {"showgrid": False})
    return figure


def _seam(figure: go.Figure, seam: Seam, day: date, colours: Palette, year: str = "") -> None:
    """A thin line where another tool begins to measure, with the names of both; dotted where it is of the grey line of
    an earlier `year`, whose words stand lower, clear of those of this one."""
    before, after = tools(seam)
    look = {"color": colours.past, "width": 1, "dash": "dot"} if year else {"color": colours.soft, "width": 1}
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=look)
    figure.add_annotation(
        x=day, y=1, yref="paper", yanchor="top" if year else "bottom", showarrow=False,
        text=_plain(f"{year} {before} → {after}".strip()), font={"color": colours.soft, "size": 12},
    )  # fmt: skip
    figure.update_layout(margin_t=26)  # room for the names, above the plot


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


def _count_axis(figure: go.Figure, values: Sequence[float | None]) -> None:
    """An axis that begins at zero and counts in whole numbers, short ones from a hundred thousand on."""
    top = max((abs(value) for value in values if value is not None), default=0)
    figure.update_yaxes(rangemode="tozero", tickformat="," if top < 100_000 else ",~s", dtick=1 if top <= 4 else None)


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
            x=day, y=value, text=_plain(line.name), showarrow=False, xanchor="left", xshift=8,
            yshift=place - value * pixels,
            font={"color": colours.soft if line.past else colours.ink, "size": 12},
        )  # fmt: skip


def _plain(text: str) -> str:
    """Text that plotly shows as it is: no tag of a caption is ever interpreted."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _hover(locale: Locale, day: date, value: float | None, unit: str) -> str:
    return f"{locale.weekday(day)} {locale.day(day)}<br>{locale.value(value, unit)}"


def _time_axis(locale: Locale, figure: go.Figure, dates: Sequence[date]) -> None:
    """About four ticks, written as the reader's language writes days or months."""
    unique = sorted(set(dates))
    step = max(1, -(-len(unique) // 4))
    if step > 7 and (unique[-1] - unique[0]).days == len(unique) - 1:
        step = -(-step // 7) * 7  # days: the ticks fall on one weekday
    first, last = (datetime.combine(day, time()) for day in (unique[0], unique[-1]))
    edge = max((last - first) * 0.02, timedelta(hours=12))  # a fixed range: plotly would make room for the labels
    figure.update_xaxes(range=[first - edge, last + edge])
    ticks = unique[::step]
    write = locale.short_day if (unique[-1] - unique[0]).days < 300 else locale.short_month
    figure.update_xaxes(
        tickmode="array", tickvals=ticks, ticktext=[write(day) for day in ticks], tickangle=0,
        ticklabelstandoff=8,  # pixels: clear of the axis' own zero
    )  # fmt: skip


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


def _show(locale: Locale, figure: go.Figure, key: str, words: str) -> None:
    written = locale.number(1234.5)
    figure.update_layout(separators=written[-2] + written[1])  # plotly's own axis labels know no language
    chart: Any = st.plotly_chart
    chart(figure, key=key, config={**CONFIG, "locale": locale.code}, theme=None, alt=words)
