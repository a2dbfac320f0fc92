"""Bullet graphs: an objective in one bar, on an axis that begins at zero."""

from __future__ import annotations

from math import floor, log10

import plotly.graph_objects as go

from i18n import Locale
from metrics.pace import Forecast
from metrics.progress import Progress
from pages.parts.palette import palette
from pages.parts.plot import as_it_is, blank, show

HEIGHT = 92  # pixels


def bullet(locale: Locale, told: Progress, key: str, words: str) -> None:
    """An objective in one bar: what is reached, what it may come to, what would be even by now, and the target.

    Behind it stands what earlier periods came to, from the least to the most.
    """
    colours, aim, unit = palette(), told.objective, told.metric.unit
    past = [one.value for one in told.before if one.value is not None]
    ahead = told.forecast.interval if isinstance(told.forecast, Forecast) and told.forecast.ahead else ()
    targets = [bound for bound in (aim.low, aim.high) if bound is not None]
    actual = told.actual
    top = 1.06 * max(*targets, *past, *ahead, actual or 0.0)
    figure = blank(colours, HEIGHT)
    if past:
        _block(figure, min(past), max(past), 0.5, colours.line)
    if ahead and actual is not None:
        low, high = ahead
        _bar(figure, 0, low, 0.3, colours.past, "")
        _bar(figure, low, high - low, 0.3, colours.past, "/")
    if actual is not None:
        _bar(figure, 0, actual, 0.14, colours.ink, "")
    for even in told.even or ():
        if even is not None:
            _block(figure, even, even, 0.3, colours.soft, 1.5)
    for target in targets:
        _block(figure, target, target, 0.5, colours.ink, 3.5)
        figure.add_annotation(
            x=target, y=0.5, yanchor="bottom", showarrow=False, font={"color": colours.ink, "size": 12},
            text=as_it_is(locale.value(target, unit)), xanchor="right" if target > 0.7 * top else "center",
        )  # fmt: skip
    for value in _ticks(top):  # not as ticks: plotly writes a point for each comma in their texts
        figure.add_annotation(
            x=value, y=-0.55, yanchor="top", showarrow=False, font={"color": colours.soft, "size": 12},
            text=as_it_is(locale.value(value, unit)),
        )  # fmt: skip
    figure.update_layout(barmode="overlay", margin={"l": 16, "r": 16, "t": 22, "b": 24})
    figure.update_yaxes(visible=False, range=[-0.55, 0.55])
    figure.update_xaxes(range=[min(0.0, actual or 0.0, *past), top], showticklabels=False)
    show(locale, figure, key, words)


def _bar(figure: go.Figure, base: float, length: float, half: float, colour: str, pattern: str) -> None:
    figure.add_trace(
        go.Bar(
            x=[length], y=[0], base=[base], width=[2 * half], orientation="h", hoverinfo="skip",
            marker={"color": colour, "line_width": 0, "pattern": {"shape": pattern, "size": 5, "solidity": 0.45}},
        )
    )  # fmt: skip


def _block(figure: go.Figure, low: float, high: float, half: float, colour: str, line: float = 0) -> None:
    """A range as a block behind the bars, or a mark across them where it is one value."""
    figure.add_shape(
        type="rect", x0=low, x1=high, y0=-half, y1=half, fillcolor=colour, layer="above" if line else "below",
        line={"color": colour, "width": line},
    )  # fmt: skip


def _ticks(top: float) -> list[float]:
    """About four round numbers from zero up."""
    size = 10.0 ** floor(log10(top / 4))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= top / 4)
    return [n * step for n in range(int(top / step) + 1)]
