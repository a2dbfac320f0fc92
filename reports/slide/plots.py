"""The charts of a slide, which PowerPoint draws and its reader can change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.util import Mm, Pt

from reports.model import Chart, Point, Tile
from reports.slide.brush import TONES, describe, rgb
from wording.colours import PRINT

Place = tuple[float, float, float, float]
FORMATS = {"percent": "0 %", "money": "#,##0", "count": "#,##0"}


def sparkline(slide: Any, place: Place, tile: Tile) -> None:
    """The weeks of a figure as a line, the last one marked; none where nothing is known."""
    stated = [point.value for point in tile.series if point.value is not None]
    if not stated:
        return
    shape = _lines(slide, place, tile.series, [(tile.name, [point.value for point in tile.series], PRINT.ink, 1.5)])
    describe(shape, tile.words)
    chart = shape.chart
    chart.has_legend = chart.value_axis.visible = chart.category_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    pad = (max(stated) - min(stated)) * 0.12 or 1
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = min(stated) - pad, max(stated) + pad
    last = chart.plots[0].series[0].points[len(tile.series) - 1]
    _mark(last.marker, TONES[tile.verdict.tone] if tile.verdict else PRINT.ink, XL_MARKER_STYLE.CIRCLE, 6)


def large(slide: Any, place: Place, chart: Chart, points: Sequence[Point]) -> None:
    """The weeks or the months of a chart beside the year before; targets are dashes."""
    series = [
        (chart.then, [point.before for point in points], PRINT.past, 1.5),
        (chart.now, [point.value for point in points], PRINT.ink, 2.5),
    ]
    aims = [point.low if point.low is not None else point.high for point in points]
    if any(aim is not None for aim in aims):
        series.append((chart.aimed, aims, PRINT.ink, 0))
    shape = _lines(slide, place, points, series)
    describe(shape, chart.words)
    drawn = shape.chart
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    drawn.legend.font.size, drawn.legend.font.name = Pt(9), "Arial"
    axis = drawn.value_axis
    axis.major_gridlines.format.line.color.rgb = rgb(PRINT.line)
    axis.format.line.fill.background()
    axis.major_tick_mark = drawn.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = FORMATS.get(chart.unit, "General")
    axis.tick_labels.number_format_is_linked = False
    if all(value is None or value >= 0 for _, values, _, _ in series for value in values):
        axis.minimum_scale = 0


def _lines(
    slide: Any, place: Place, points: Sequence[Point], series: Sequence[tuple[str, list[float | None], str, float]]
) -> Any:
    """A chart of lines; one without width is marks alone."""
    data = CategoryChartData()
    data.categories = [point.label for point in points]
    for name, values, _, _ in series:
        data.add_series(name, values)
    shape = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Mm, place), data)
    chart = shape.chart
    chart.has_title = False
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(9), "Arial", rgb(PRINT.soft)
    for one, (_, _, colour, width) in zip(chart.plots[0].series, series, strict=True):
        one.smooth = False
        one.marker.style = XL_MARKER_STYLE.NONE
        if width:
            one.format.line.color.rgb, one.format.line.width = rgb(colour), Pt(width)
            if width > 2:  # a value alone between two that are not known has no line
                _mark(one.marker, colour, XL_MARKER_STYLE.CIRCLE, 4)
        else:
            one.format.line.fill.background()
            _mark(one.marker, colour, XL_MARKER_STYLE.DASH, 9)
    return shape


def _mark(marker: Any, colour: str, style: Any, size: int) -> None:
    marker.style, marker.size = style, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(colour)
    marker.format.line.fill.background()
