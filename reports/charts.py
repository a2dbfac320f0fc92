"""The charts of a report as SVG, drawn by hand: the same numbers give the same bytes, for print and for a page.

What is not stated is a gap. This year is ink, the year before grey, a target a short bar.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

from i18n import ABSENT
from reports.model import Aim, Chart, Point, Tone
from wording.colours import PRINT

FONT = "Inter, Arial, sans-serif"
BANDS = ("#CBC8C0", "#DDDAD3", "#EFEDE8")  # up to half of a target, to four fifths, and beyond
INK, SOFT, PAST, LINE = PRINT.ink, PRINT.soft, PRINT.past, PRINT.line
COLOURS = {Tone.GOOD: PRINT.good, Tone.BAD: PRINT.bad, Tone.NONE: PRINT.ink}
EDGES = (34.0, 62.0, 16.0, 16.0)  # of a chart: left, right, above and below what is drawn
GAP = 46.0  # between weeks and months
Place = Callable[[float], float]


def sparkline(series: Sequence[Point], words: str, tone: Tone = Tone.NONE, width: int = 120, height: int = 26) -> str:
    """A figure's recent weeks as a line, its last point marked and its target dashed. Each has a scale of its own."""
    stated = [p.value for p in series if p.value is not None]
    aimed = next((bound for bound in (series[-1].low, series[-1].high) if bound is not None), None) if series else None
    every = [*stated, *([aimed] if aimed is not None else [])]
    if not stated:
        return _svg(width, height, "", words)
    low, high = min(every), max(every)
    pad = 3.0
    across = _across(len(series), pad, width - pad - 2)
    down = _down(low, high, pad, height - pad)
    body = ""
    if aimed is not None:
        body += _line(0, down(aimed), width, down(aimed), SOFT, 0.7, "2.2 1.8")
    body += _runs([p.value for p in series], across, down, INK, 1.2)
    if (last := series[-1].value) is not None:
        body += f'<circle cx="{_n(across(len(series) - 1))}" cy="{_n(down(last))}" r="2.3" fill="{COLOURS[tone]}"/>'
    return _svg(width, height, body, words)


def six_twelve(chart: Chart, write: Callable[[float], str], narrow: bool = False) -> str:
    """Six weeks and twelve months, side by side, or on a narrow page one above the other; each from zero.

    `write` writes the values on the axes.
    """
    width, height, left, end, top, foot = (260.0, 124.0, 34.0, 58.0, 16.0, 16.0) if narrow else (520.0, 122.0, *EDGES)
    split = left + (width - left - GAP - end) * 0.36
    spans = (
        ((0.0, left, width - end), (height, left, width - end)) if narrow
        else ((0.0, left, split), (0.0, split + GAP, width - end))
    )  # fmt: skip
    whole = chart.unit == "count"
    body, shared = "", _shared(chart, whole)
    for points, (at, first, last) in zip((chart.weeks, chart.months), spans, strict=True):
        low, high = shared or _ends_of(points, whole)
        down = _down(low, high, at + top, at + height - foot)
        across = _across(len(points), first + 8, last - 8)
        if _values(points):
            body += _grid(low, high, _step(high - low, whole), first, last, down, write)
        else:  # an axis of nothing has no figures
            body += _line(first, down(low), last, down(low), SOFT, 0.5)
            body += _text((first + last) / 2, down((low + high) / 2), ABSENT, 10, "middle", SOFT)
        body += _labels(points, across, at + height, narrow)
        body += _runs([p.before for p in points], across, down, PAST, 1.1)
        body += _runs([p.value for p in points], across, down, INK, 1.9)
        body += _targets(points, across, down)
        body += _dots(points, across, down, write)
        if narrow or points is chart.months:
            body += _ends(chart, points, last, down)
    return _svg(width, spans[-1][0] + height, body, chart.words)


def bullet(aim: Aim, width: int = 190, height: int = 15) -> str:
    """An objective in a bar, in shares of its target: bands behind, a tick at the target, a triangle at even by now."""
    most = 1.25
    deep = 10.0

    def across(share: float) -> float:
        return min(max(share, 0.0), most) / most * width

    edges = (0.0, 0.5, 0.8, most)
    body = "".join(
        f'<rect x="{_n(across(a))}" y="0" width="{_n(across(b) - across(a))}" height="{_n(deep)}" fill="{colour}"/>'
        for a, b, colour in zip(edges, edges[1:], BANDS, strict=False)
    )
    if aim.share is not None:
        body += (
            f'<rect x="0" y="{_n(deep / 3)}" width="{_n(across(aim.share))}" height="{_n(deep / 3)}" '
            f'fill="{COLOURS[aim.verdict.tone]}"/>'
        )
    for share in _bounds(aim):
        x = across(share)
        body += f'<rect x="{_n(x - 0.9)}" y="{_n(deep * 0.1)}" width="1.8" height="{_n(deep * 0.8)}" fill="{INK}"/>'
    if aim.even_share is not None:
        x = across(aim.even_share)
        body += f'<path d="M{_n(x)} {_n(deep + 0.6)}l2.6 4h-5.2z" fill="{SOFT}"/>'
    return _svg(width, height, body, aim.words)


def _bounds(aim: Aim) -> list[float]:
    """The bounds of an objective, as shares of the first of them."""
    bounds = [one.value for one in (aim.low, aim.high) if one.value]
    return [bound / bounds[0] for bound in bounds]


def _values(points: Iterable[Point]) -> list[float]:
    stated = (value for p in points for value in (p.value, p.before, p.low, p.high))
    return [value for value in stated if value is not None]


def _ends_of(points: Sequence[Point], whole: bool) -> tuple[float, float]:
    """The ends of an axis that holds zero: round numbers beyond all that is drawn, and `whole` ones on the way."""
    values = _values(points)
    low, high = min([0.0, *values]) * 1.04, max([0.0, *values]) * 1.04
    step = _step(high - low, whole)
    return step * math.floor(low / step), step * max(math.ceil(high / step), 1)


def _shared(chart: Chart, whole: bool) -> tuple[float, float] | None:
    """One axis for both where weeks and months are of one size, as rates and levels are."""
    weeks, months = (max(map(abs, _values(points)), default=0.0) for points in (chart.weeks, chart.months))
    alike = weeks and months and max(weeks, months) < 2 * min(weeks, months)
    return _ends_of([*chart.weeks, *chart.months], whole) if alike else None


def _step(span: float, whole: bool) -> float:
    """How far apart the lines of an axis are: a fourth of it, rounded up."""
    step = _round_up(span / 4 * (1 - 1e-9))
    return float(math.ceil(step)) if whole and step < 10 else step


def _round_up(value: float) -> float:
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(step * size for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if value <= step * size * (1 + 1e-9))


def _grid(
    low: float, high: float, step: float, first: float, last: float, down: Place, write: Callable[[float], str]
) -> str:  # fmt: skip
    body = ""
    for n in range(round(low / step), round(high / step) + 1):
        value = n * step
        body += _line(first, down(value), last, down(value), LINE if n else SOFT, 0.5)
        body += _text(first - 5, down(value) + 2.6, write(value), 7.2, "end", SOFT)
    return body


def _labels(points: Sequence[Point], across: Place, foot: float, narrow: bool) -> str:
    """What stands under the points: on a narrow page, under every other one of many."""
    end, step = len(points) - 1, 2 if narrow and len(points) > 6 else 1
    return "".join(
        _text(across(n), foot - 4, p.label, 7.2, "middle", INK if n == end else SOFT, 700 if n == end else 400)
        for n, p in enumerate(points) if (end - n) % step == 0
    )  # fmt: skip


def _targets(points: Sequence[Point], across: Place, down: Place) -> str:
    bounds = [(n, b) for n, p in enumerate(points) for b in (p.low, p.high) if b is not None]
    return "".join(_line(across(n) - 5, down(b), across(n) + 5, down(b), INK, 2.2) for n, b in bounds)


def _dots(points: Sequence[Point], across: Place, down: Place, write: Callable[[float], str]) -> str:
    """A dot at each value, and the last one written beside it."""
    body = "".join(
        f'<circle cx="{_n(across(n))}" cy="{_n(down(p.value))}" r="1.9" fill="{INK}"/>'
        for n, p in enumerate(points) if p.value is not None
    )  # fmt: skip
    end = len(points) - 1
    if end >= 0 and (value := points[end].value) is not None:
        body += _text(across(end), down(value) - 5.5, write(value), 8, "middle", INK, 700, halo=True)
    return body


def _ends(chart: Chart, points: Sequence[Point], last: float, down: Place) -> str:
    """The lines called by their names, at their ends, kept apart from each other."""
    end = points[-1] if points else None
    if end is None:
        return ""
    names = [(end.value, chart.now, INK, 700), (end.before, chart.then, SOFT, 400)]
    aimed = next((bound for p in reversed(points) for bound in (p.low, p.high) if bound is not None), None)
    names.append((aimed, chart.aimed, INK, 400))
    placed = sorted((down(value), name, colour, weight) for value, name, colour, weight in names if value is not None)
    body, before = "", -99.0
    for y, name, colour, weight in placed:
        y = max(y, before + 9)
        before = y
        body += _text(last + 3, y + 2.6, name, 7.6, "start", colour, weight)
    return body


def _runs(values: Sequence[float | None], across: Place, down: Place, colour: str, thick: float) -> str:
    """A line through what is stated, broken where nothing is; a value alone is a point."""
    runs: list[list[str]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_n(across(n))} {_n(down(value))}")
    style = f'fill="none" stroke="{colour}" stroke-width="{thick}" stroke-linejoin="round" stroke-linecap="round"'
    return "".join(f'<path d="M{"L".join(run if len(run) > 1 else run * 2)}" {style}/>' for run in runs if run)


def _across(count: int, first: float, last: float) -> Place:
    return lambda n: first + n * (last - first) / max(count - 1, 1)


def _down(low: float, high: float, top: float, bottom: float) -> Place:
    if high <= low:
        return lambda _: (top + bottom) / 2
    return lambda value: bottom - (value - low) / (high - low) * (bottom - top)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, thick: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}" stroke="{colour}" '
        f'stroke-width="{thick}"{dashed}/>'
    )


def _text(
    x: float, y: float, text: str, size: float, anchor: str, colour: str, weight: int = 400, halo: bool = False
) -> str:  # fmt: skip
    where = f'x="{_n(x)}" y="{_n(y)}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}"'
    said = escape(text)
    under = (
        f'<text {where} fill="none" stroke="#fff" stroke-width="2.6" aria-hidden="true">{said}</text>' if halo else ""
    )
    return f'{under}<text {where} fill="{colour}">{said}</text>'


def _svg(width: float, height: float, body: str, words: str) -> str:
    said = escape(words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
        f'height="{_n(height)}" role="img" aria-label="{said}" font-family="{FONT}">{body}</svg>'
    )


def _n(value: float) -> str:
    """A coordinate with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
