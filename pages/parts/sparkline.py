"""The recent past of a figure as a small picture. An image, since st.html takes drawings out of its text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from i18n import Locale
from metrics.reading import Reading
from pages.parts.palette import palette

WIDTH, HEIGHT = 200, 34


def sparkline(locale: Locale, past: Sequence[Reading]) -> str:
    """HTML of the readings as a line of equal length: gaps where nothing is known, a hollow end if provisional."""
    values = [reading.value for reading in past]
    stated = [value for value in values if value is not None]
    if len(stated) < 2:
        return '<div class="v-spark"></div>'
    colours, low, high = palette(), min(stated), max(stated)
    step, room = (WIDTH - 8) / (len(values) - 1), HEIGHT - 8

    def place(i: int, value: float) -> str:
        level = (value - low) / (high - low) if high > low else 0.5
        return f"{4 + i * step:.1f},{4 + room * (1 - level):.1f}"

    runs: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place(i, value))
    lines = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{colours.past}" stroke-width="1.6"/>'
        for run in runs if len(run) > 1
    )  # fmt: skip
    last = ""
    if values[-1] is not None:
        x, y = place(len(values) - 1, values[-1]).split(",")
        fill = colours.paper if past[-1].provisional_days else colours.ink
        last = f'<circle cx="{x}" cy="{y}" r="3" fill="{fill}" stroke="{colours.ink}" stroke-width="1.4"/>'
    unit = past[-1].metric.unit
    text = locale.t(
        "{name}, {count} periods: from {first} to {last}, lowest {low}, highest {high}.",
        name=locale.t(past[-1].metric.name), count=len(values), first=locale.value(stated[0], unit),
        last=locale.value(stated[-1], unit), low=locale.value(low, unit), high=locale.value(high, unit),
    )  # fmt: skip
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{lines}{last}</svg>"
    )
    source = b64encode(drawing.encode()).decode()
    return f'<img class="v-spark" src="data:image/svg+xml;base64,{source}" alt="{escape(text)}">'
