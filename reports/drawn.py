"""All the charts of a report, drawn."""

from __future__ import annotations

from typing import Any

from i18n import locale
from reports.charts import bullet, six_twelve, sparkline
from reports.model import Chart, Report, Tile, Tone


def drawn(report: Report) -> dict[str, Any]:
    """Every chart of a report as SVG, by the part it stands in; `narrow`: the large ones for a phone."""
    to = locale(report.language)

    def large(chart: Chart, narrow: bool = False) -> str:
        return six_twelve(chart, lambda v: to.value(v, chart.unit, currency=chart.currency, compact=True), narrow)

    def tone(tile: Tile) -> Tone:
        return tile.verdict.tone if tile.verdict else Tone.NONE

    return {
        "tiles": [sparkline(one.series, one.words, tone(one)) for one in report.tiles],
        "aims": [bullet(one) for one in report.aims],
        "charts": [large(one) for one in report.charts],
        "narrow": [large(one, narrow=True) for one in report.charts],
        "lines": [[sparkline(line.series, line.words) for line in family.lines] for family in report.families],
    }
