"""The report as one slide whose charts and tables PowerPoint draws itself, so that its reader can change them."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Mm

from reports.drawable import brief, readable
from reports.model import Aim, Report, Tile
from reports.slide.brush import Brush, ink, soft, toned
from reports.slide.plots import large, sparkline
from reports.zipped import of_moment

WIDE, HIGH = 338.67, 190.5  # millimetres, 16 to 9
LEFT, ROOM = 10.0, 318.67
CHARTS = 150.0  # how wide the charts are together
WRAPPED = 2.2  # by how much a row of two lines is higher
LINE = 180  # characters that fit under the headline
AIMS, POSTS, CAMPAIGNS = 6, 4, 2
NAMED = 35  # characters of the name of a campaign and its days, in a row of one line
ROW, FLOOR = 6.0, 177.0  # millimetres: of a table, and where the right half ends
TITLE_ONLY = 5


def pptx(report: Report) -> bytes:
    """The report as PPTX; the same report makes the same bytes."""
    deck, out = Presentation(), io.BytesIO()
    deck.slide_width, deck.slide_height = Mm(WIDE), Mm(HIGH)
    said = deck.core_properties
    said.title, said.language = readable(f"{report.title}, {report.week}"), report.language
    said.author = said.last_modified_by = readable(report.brand)
    said.created = said.modified = report.made
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    brush = Brush(slide, report.language)
    _head(brush, report)
    _tiles(brush, report)
    _charts(brush, report)
    _aims(brush, report)
    _posts(brush, report)
    _campaigns(brush, report)
    _quality(brush, report)
    deck.save(out)
    return of_moment(out.getvalue(), report.made)


def _head(brush: Brush, report: Report) -> None:
    """The headline, which is the title of the slide, and the sentences under it."""
    title, headline = brush.slide.shapes.title, brief(report.headline, 260) or report.title
    title.left, title.top, title.width, title.height = map(Mm, (LEFT, 10.5, ROOM, 12))
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    brush.frame(
        title.text_frame,
        [[ink(headline, bold=True)]],
        19 if len(headline) <= 80 else 14 if len(headline) <= 150 else 12,
    )
    brush.text((LEFT, 4.5, 200, 5), [[soft(f"{brief(report.brand, 60)} · {report.title}")]], 11)
    when = [ink(report.week, bold=True), soft(f" · {report.span}")]
    brush.text((LEFT + 200, 4.5, ROOM - 200, 5), [when], 11, right=True)
    brush.rule(LEFT, 10.2, ROOM)
    lines = [[soft(f"{one.label}  "), ink(brief(one.text, LINE))] for one in report.sentences]
    if report.comment:
        lines.append([soft(f"{report.words['comment']}  "), ink(brief(report.comment, LINE))])
    brush.text((LEFT, 22.5, ROOM, 20), lines, 10)


def _tiles(brush: Brush, report: Report) -> None:
    """Six figures in a row, each with its weeks."""
    gap, count = 3.0, max(1, len(report.tiles))
    wide, top, high = (ROOM - gap * (max(count, 6) - 1)) / max(count, 6), 43.5, 36.5
    for n, tile in enumerate(report.tiles):
        left = LEFT + n * (wide + gap)
        brush.edge((left, top, wide, high))
        brush.text((left + 1, top + 1, wide - 2, 9), [[soft(tile.name)]], 9.5)
        brush.text((left + 1, top + 10, wide / 2, 9), [[ink(tile.figure.shown, bold=True)]], 17)
        sparkline(brush.slide, (left + wide * 0.54, top + 8, wide * 0.44, 12), tile)
        brush.text((left + 1, top + 19.5, wide - 2, 17), _under(tile), 8.5)


def _under(tile: Tile) -> list[list[Any]]:
    """What stands under a figure: its changes, its target, what is unusual, and how far it is known."""
    lines = [
        [toned(("" if one.up is None else "▲ " if one.up else "▼ ") + one.shown, one.tone), soft(f" {one.against}")]
        for one in tile.changes
    ]
    if tile.aimed:
        lines.append([soft(f"{tile.aimed} "), *([toned(tile.aim.shown, tile.aim.tone)] if tile.aim else [])])
    if tile.verdict:
        lines.append([toned(tile.verdict.shown, tile.verdict.tone)])
    if tile.marks:
        lines.append([soft(" · ".join(tile.marks))])
    return lines[:4]


def _charts(brush: Brush, report: Report) -> None:
    """Six weeks and twelve months of the first chart, and its totals under them."""
    if not report.charts:
        return
    chart, top = report.charts[0], 82.0
    title = [ink(report.sections["charts"].title, bold=True), soft(f"  {chart.name} · {chart.about}")]
    brush.text((LEFT, top, CHARTS, 6), [title], 11)
    weeks, months = CHARTS * 0.4, CHARTS * 0.6
    large(brush.slide, (LEFT, top + 6, weeks, 58), chart, chart.weeks)
    large(brush.slide, (LEFT + weeks, top + 6, months, 58), chart, chart.months)
    rows = [[[soft("")], [soft(report.words["value"])], [soft("")]]]
    for one in chart.totals:
        changes = [run for c in one.changes for run in (toned(c.shown, c.tone), soft(f" {c.against}  "))]
        rows.append([[soft(one.name)], [ink(one.figure.shown, bold=True)], changes])
    brush.table(LEFT, top + 65, (34, 26, CHARTS - 60), rows, chart.name, right=(1,), height=5)


def _aims(brush: Brush, report: Report) -> None:
    """The objectives, each with its verdict."""
    left, wide, words = LEFT + CHARTS + 6, ROOM - CHARTS - 6, report.words
    brush.text((left, 82, wide, 6), [[ink(report.sections["aims"].title, bold=True)]], 11)
    if not report.aims:
        brush.text((left, 88, wide, 6), [[soft(report.sections["aims"].empty)]], 9.5)
        return
    heads = ("objective", "actual", "target", "share", "verdict")
    rows = [[[soft(words[head])] for head in heads]]
    for one in report.aims[:AIMS]:
        name = [ink(brief(one.name, 34)), soft(f"  {one.period}")]
        rows.append([name, [ink(one.actual.shown, bold=True)], [soft(one.target)], [ink(one.share_shown)],
                     [toned(one.verdict.shown, one.verdict.tone)]])  # fmt: skip
    brush.table(left, 88, (64, 18, 25, 17, wide - 124), rows, report.sections["aims"].title, right=(1, 3), height=ROW)


def _wraps(aim: Aim) -> bool:
    """Whether an objective takes two lines in the table."""
    return len(brief(aim.name, 34)) + len(aim.period) > 42 or len(aim.verdict.shown) > 26


def _posts(brush: Brush, report: Report) -> None:
    """The posts ranked highest, and the weakest."""
    left, wide, words, section = LEFT + CHARTS + 6, ROOM - CHARTS - 6, report.words, report.sections["posts"]
    top = 98 + ROW * min(len(report.aims), AIMS) + WRAPPED * sum(map(_wraps, report.aims[:AIMS]))
    brush.text((left, top, wide, ROW), [[ink(section.title, bold=True), soft(f"  {brief(section.about, 46)}")]], 11)
    if not report.best:
        brush.text((left, top + 6, wide, 6), [[soft(section.empty)]], 9.5)
        return
    rows = [[[soft(words["place"])], [soft(words["post"])], [soft(words["rate"])], [soft(words["times"])]]]
    room = int((_campaigns_top(report) - top) / ROW) - 2  # rows below the title and the heads
    weakest = report.weakest[:1] if room > 1 else ()
    for one in (*report.best[: min(POSTS, room - len(weakest))], *weakest):
        post = [soft(f"{one.network}, {one.day}  "), ink(brief(one.text, 44))]
        rows.append([[ink(str(one.place))], post, [ink(one.rate.shown)], [ink(one.times.shown, bold=True)]])
    brush.table(left, top + ROW, (11, wide - 57, 24, 22), rows, section.title, right=(2, 3), height=ROW)


def _campaigns_top(report: Report) -> float:
    """Where the campaigns begin: as low as they fit."""
    shown = min(len(report.campaigns), CAMPAIGNS)
    return FLOOR - (ROW * (shown + 1) if shown else 0)


def _campaigns(brush: Brush, report: Report) -> None:
    """The campaigns of the week, each with its results, their cost and how its objectives stand."""
    if not report.campaigns:
        return
    left, wide, top = LEFT + CHARTS + 6, ROOM - CHARTS - 6, _campaigns_top(report)
    section = report.sections["campaigns"]
    brush.text((left, top, wide, ROW), [[ink(section.title, bold=True), soft(f"  {brief(section.about, 60)}")]], 11)
    rows = []
    for one in report.campaigns[:CAMPAIGNS]:
        brought = [soft(f"{brief(one.result, 24)}  "), ink(one.results.shown, bold=True), soft(f"  {one.cost.shown}")]
        verdict = toned(one.aims.shown, one.aims.tone) if one.aims else soft("")
        days, _, _ = one.when.partition(" · ")  # how many of them are known has no room in a row of one line
        name = brief(one.name, max(NAMED - len(days), 14))
        rows.append([[ink(name), soft(f"  {days}")], brought, [verdict]])
    brush.table(left, top + ROW, (wide - 105, 50, 55), rows, section.title, height=ROW)


def _quality(brush: Brush, report: Report) -> None:
    """How far the figures can be trusted."""
    said = " ".join([report.quality.summary, *report.quality.lines])
    lines = [[ink(f"{report.sections['quality'].title}  ", bold=True), soft(brief(said, 260))], [soft(report.compared)]]
    brush.text((LEFT, 178, ROOM, 10), lines, 8.5)
