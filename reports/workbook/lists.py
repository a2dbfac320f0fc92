"""The sheets of lists: peaks, posts, audience, campaigns, reviews, notes, and every figure of the full edition."""

from __future__ import annotations

from collections.abc import Sequence

from reports.model import Change, Figure, Report
from reports.workbook.pen import Cell, Pen, height


def lists(pen: Pen, report: Report) -> None:
    """A sheet for each list that says something."""
    words, sections = report.words, report.sections
    posts = [
        (p.place, p.network, p.day, p.text, p.rate, p.times, p.interactions, p.seen, p.by, p.link)
        for p in (*report.best, *report.weakest)
    ]
    tables: tuple[tuple[str, Sequence[str], Sequence[Sequence[Cell]], Sequence[int]], ...] = (
        ("peaks", ("day", "peak", "size", "value", "cause"),
         [(p.when, p.series, p.size, p.figures, p.cause) for p in report.peaks], (18, 38, 22, 34, 70)),
        ("posts", ("place", "network", "day", "post", "rate", "times", "interactions", "seen", "", ""), posts,
         (8, 14, 14, 70, 16, 14, 14, 14, 14, 50)),
        ("audience", ("network", "account", "gained", "lost", "net", "followers", ""),
         [(a.network, a.account, a.gained, a.lost, a.net, a.followers, " · ".join(a.marks)) for a in report.audience],
         (16, 30, 12, 12, 12, 14, 40)),
        ("campaigns", ("campaign", "when", "result", "results", "cost", "each", "verdict", "effect", ""),
         [(c.name, c.when, c.result, c.results, c.cost, c.each, c.aims, c.effect, c.words) for c in report.campaigns],
         (34, 30, 20, 14, 14, 16, 24, 34, 90)),
        ("reviews", ("network", "account", "received", "mean", "poor", "answered"),
         [(r.network, r.account, r.received, r.mean, r.poor, r.answered) for r in report.reviews],
         (16, 30, 14, 14, 18, 14)),
        ("notes", ("when", "category", "text"), [(n.when, n.category, n.text) for n in report.notes], (24, 20, 90)),
        ("revisions", ("figure", "period", "old", "new", "difference", "why"),
         [(r.name, r.period, r.old, r.new, r.change, r.why) for r in report.revisions], (30, 26, 14, 14, 14, 60)),
    )  # fmt: skip
    for key, heads, rows, widths in tables:
        if rows:
            _table(pen, sections[key].title, sections[key].about, [words.get(head, "") for head in heads], rows, widths)


def _table(
    pen: Pen, title: str, about: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> None:
    sheet = pen.sheet(title)
    pen.text(sheet, 0, 0, f"{title} · {about}" if about else title, len(heads) - 1, bold=True)
    pen.heads(sheet, 1, heads, {n for n, cell in enumerate(rows[-1]) if isinstance(cell, Figure | Change)})
    for n, row in enumerate(rows, 2):
        for column, cell in enumerate(row):
            pen.cell(sheet, n, column, cell)
        texts = [(cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str)]
        sheet.set_row(n, max((height(text, width) for text, width in texts), default=height("", 1)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 0)


def all_figures(pen: Pen, report: Report) -> None:
    """Every metric of the full edition, with its formula in words; no sheet in the leadership edition."""
    if not report.families:
        return
    words, section = report.words, report.sections["families"]
    heads = [words["figure"], words["value"], words["week_before"], words["year_before"], words["verdict"], "",
             words["formula"]]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for family in report.families:
        rows.append((family.name,))
        for line in family.lines:
            before, year = (next((c for c in line.changes if c.year is past), None) for past in (False, True))
            marks = " · ".join(line.marks)
            rows.append((line.name, line.figure, before, year, line.verdict, marks, f"{line.formula}. {line.says}"))
    _table(pen, section.title, section.about, heads, rows, (34, 14, 18, 18, 20, 30, 90))
