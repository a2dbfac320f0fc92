"""The report as plain text, for readers that show nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n import locale
from reports.drawable import brief, readable
from reports.model import Change, PostLine, Report, Tile, Total


def plain(report: Report) -> str:
    """The report in lines of text, one part below the other."""
    return readable("\n".join(line.rstrip() for line in _lines(report)) + "\n")


def _lines(report: Report) -> Iterator[str]:
    sections, words, t = report.sections, report.words, locale(report.language).t

    def named(name: str, said: str) -> str:
        return t("{name}: {value}", name=name, value=said)

    yield f"{report.brand} · {report.title} · {report.week}, {report.span}"
    yield from ("", report.headline, "")
    for one in report.sentences:
        yield named(one.label, brief(one.text, 600))
    if report.comment:
        yield from ("", words["comment"], brief(report.comment, 1500))
    yield from _titled(sections["aims"].title)
    for aim in report.aims:
        yield f"- {aim.words}"
    if not report.aims:
        yield sections["aims"].empty
    yield from _titled(sections["tiles"].title)
    yield from (f"- {named(one.name, figure(one))}" for one in report.tiles)
    for chart in report.charts[:1]:
        yield from _titled(f"{sections['charts'].title} · {chart.name}")
        yield chart.words
        yield from (f"- {named(one.name, _total(one))}" for one in chart.totals)
    listed = {
        "peaks": [f"{p.when} · {p.series} {p.size}, {p.figures}. {brief(p.cause, 300)}" for p in report.peaks],
        "posts": [named(*_post(one, words)) for one in (*report.best, *report.weakest)],
        "audience": [
            named(
                f"{a.network} {a.account}",
                f"{words['gained']} {a.gained.shown}, {words['lost']} {a.lost.shown}, {words['net']} {a.net.shown}, "
                f"{words['followers']} {a.followers.shown}",
            )
            for a in report.audience
        ],
        "campaigns": [
            named(f"{c.name}, {c.when}", " ".join(filter(None, [c.aims.shown if c.aims else "", brief(c.words, 600)])))
            for c in report.campaigns
        ],
        "reviews": [
            named(
                f"{r.network} {r.account}",
                f"{words['received']} {r.received.shown}, {words['mean']} {r.mean.shown}, "
                f"{words['poor']} {r.poor.shown}, {words['answered']} {r.answered.shown}",
            )
            for r in report.reviews
        ],
        "notes": [named(f"{n.when} · {n.category}", brief(n.text, 300)) for n in report.notes],
        "revisions": [
            named(f"{r.name}, {r.period}", f"{r.old.shown} → {r.new.shown} ({r.change.shown}) {r.why}")
            for r in report.revisions
        ],
    }
    for key, lines in listed.items():
        yield from _titled(sections[key].title)
        yield from (f"- {line}" for line in lines)
        if not lines:
            yield sections[key].empty
    yield from _titled(sections["quality"].title)
    yield from (report.quality.summary, *report.quality.lines)


def _post(post: PostLine, words: Mapping[str, str]) -> tuple[str, str]:
    """A post: its place and day, and its text with how it did."""
    did = f"{post.times.shown}, {words['rate']} {post.rate.shown}"
    return f"{post.place}. {post.network}, {post.day}", f"{brief(post.text, 160)} ({did})"


def figure(tile: Tile) -> str:
    """A figure of the page, with its changes and its target."""
    said = [tile.figure.shown, _changes(tile.changes), tile.verdict.shown if tile.verdict else ""]
    said += [" ".join(filter(None, [tile.aimed, tile.aim.shown if tile.aim else ""])), *tile.marks]
    return ", ".join(filter(None, said))


def _total(one: Total) -> str:
    return ", ".join(filter(None, [one.figure.shown, _changes(one.changes)]))


def _changes(changes: tuple[Change, ...]) -> str:
    return ", ".join(f"{one.shown} {one.against}" for one in changes)


def _titled(title: str) -> Iterator[str]:
    yield from ("", title.upper(), "")
