"""Campaigns of unequal length on one axis: what each had come to so many days after its start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from data.model import Annotation
from i18n import Locale
from pages.parts.apart import apart
from pages.parts.palette import palette
from pages.parts.plot import HALF_WAY, as_it_is, blank, count_axis, mark, show

HEIGHT, AXIS, LINE = 320, 44, 17  # pixels: of the chart, of what is not its plot, of a line of a name
WIDE = 16  # letters of a line of a name
DASHES = ("solid", "dash", "dot", "dashdot")


class Course(NamedTuple):
    """What a campaign had come to by the end of each day since its `first`; None where it is not known."""

    name: str
    first: date
    values: Sequence[float | None]


def aligned(
    locale: Locale, courses: Sequence[Course], notes: Sequence[Annotation], digits: int, key: str
) -> None:  # fmt: skip
    """A line a campaign from the first day on, its name at its end; the first one in ink. `digits` of a value.

    What people noted of its days is marked where these stand on the axis.
    """
    drawn = [course for course in courses if any(value is not None for value in course.values)]
    if not drawn:
        st.caption(locale.t("No export tells this day by day."))
        return
    colours, figure = palette(), blank(palette(), HEIGHT)
    longest = max(len(course.values) for course in drawn)
    values = [value for course in drawn for value in course.values if value is not None]
    ends = []
    for n, course in enumerate(drawn):
        colour = colours.ink if n == 0 else colours.soft
        days = list(range(1, len(course.values) + 1))
        said = [
            locale.t("Day {n}", n=day) + f"<br>{locale.number(value, digits)}"
            for day, value in zip(days, course.values, strict=True)
        ]
        figure.add_trace(
            go.Scatter(
                x=days, y=list(course.values), mode="lines+markers", name=course.name, text=said,
                line={"color": colour, "width": 2.4 if n == 0 else 1.6, "dash": DASHES[n % len(DASHES)]},
                marker={"size": [0] * (len(days) - 1) + [6], "color": colour},
                hovertemplate="%{text}<extra>" + course.name.replace("<", "&lt;") + "</extra>",
            )
        )  # fmt: skip
        day, value = [(d, v) for d, v in zip(days, course.values, strict=True) if v is not None][-1]
        ends.append((value, day, course.name, colour))
    count_axis(figure, values)
    pixels = (HEIGHT - AXIS) / (max(values) or 1)
    ends.sort(key=lambda end: -end[0])
    names = {name: wrap(name, WIDE, max_lines=2, placeholder="…") or [""] for _, _, name, _ in ends}
    room = LINE * max(map(len, names.values()))
    heights = apart([value * pixels for value, *_ in ends], room, 0)
    for height, (value, day, name, colour) in zip(heights, ends, strict=True):
        figure.add_annotation(
            x=day, y=value, yshift=height - value * pixels, text="<br>".join(map(as_it_is, names[name])), align="left",
            showarrow=False, xanchor="left", xshift=8, bgcolor=colours.paper, borderpad=1,
            font={"color": colour, "size": 12},
        )  # fmt: skip
    step = next(n for n in (1, 2, 7, 14, 28, 91, 365) if longest / n <= 7 or n == 365)
    ticks = [1, *range(1 + step, longest + 1, step)] if step < 7 else [1, *range(step, longest + 1, step)]
    letters = max(len(line) for lines in names.values() for line in lines)
    figure.update_layout(margin={"l": 8, "r": 14 + 7 * letters, "t": 18, "b": 8})
    figure.update_xaxes(
        range=[0.5, longest + 0.5],
        tickvals=ticks,
        ticktext=[locale.t("Day {n}", n=day) for day in ticks],
        tickangle=0,
        ticklabelstandoff=8,  # pixels: clear of the axis' own zero
    )
    said = _noted(locale, figure, drawn, notes, longest)
    show(locale, figure, key, " ".join([_in_words(locale, drawn, digits), *said]))


def _noted(
    locale: Locale, figure: go.Figure, drawn: Sequence[Course], notes: Sequence[Annotation], longest: int
) -> list[str]:  # fmt: skip
    """The marks of the notes that touch the days of each campaign; what they say, and of which."""
    found = [
        (course, note, (max(first, 1), min(last, len(course.values))))
        for course in drawn for note in notes
        for first, last in [((day - course.first).days + 1 for day in (note.window.first, note.window.last))]
        if last >= 1 and first <= len(course.values)
    ]  # fmt: skip
    for course, note, span in found:
        mark(locale, figure, note, span, palette(), len(found) == 1, span[0] > HALF_WAY * longest, course.name)
    return [
        locale.t("{name}, noted: {text} ({window}).", name=course.name, text=note.text, window=note.window)
        for course, note, _ in found
    ]


def _in_words(locale: Locale, drawn: Sequence[Course], digits: int) -> str:
    said = []
    for course in drawn:
        known = [(n, value) for n, value in enumerate(course.values, 1) if value is not None]
        day, value = known[-1]
        said.append(
            locale.t("{name}: {value} after {n} days.", name=course.name, value=locale.number(value, digits), n=day)
        )
    return " ".join(said)
