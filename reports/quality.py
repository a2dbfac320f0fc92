"""How far the figures of a week can be trusted, and what of an earlier report has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.model import Printed, Publication, Window
from i18n import Locale
from metrics.engine import read
from metrics.freshness import Freshness
from metrics.gaps import lacking
from metrics.reading import Reading
from metrics.registry import metrics
from metrics.tiles import Tile
from reports.fed import late
from reports.figures import figure, tone_of
from reports.given import Given
from reports.model import Change, Quality, Revision
from wording.marks import SHORT_MARKS, WORST_FIRST
from wording.names import network_name


def quality(locale: Locale, still: Sequence[Freshness], week: Window, told: Sequence[Tile], given: Given) -> Quality:
    """The data in a few lines: what is late, which days are missing, and the marks of trust of the figures."""
    behind = late(still, week)
    current = len(still) - len(behind)
    summary = locale.t("Sources known until {day}: {n} of {of}.", day=week.last, n=current, of=len(still))
    if not still:
        summary = locale.t("No source is known for this week.")
    lines = [
        locale.t("{account}: known until {day} only.", account=_account(one, given), day=one.known) for one in behind
    ]
    for one in still:
        gaps, posts = (tuple(filter(None, (_within(gap, week) for gap in of))) for of in (one.gaps, one.posts_gaps))
        lines += [
            locale.t("{account}: {sentence}", account=_account(one, given), sentence=message)
            for message in lacking(gaps, posts)
        ]
    lines += _marked(locale, [one.reading for one in told])
    return Quality(current, len(still), summary, tuple(lines))


def _marked(locale: Locale, readings: Sequence[Reading]) -> list[str]:
    """Each mark of trust with the figures that bear it."""
    found = []
    for mark in WORST_FIRST:
        names = [locale.t(reading.metric.name) for reading in readings if mark in reading.marks]
        if names:
            found.append(
                locale.t("{mark}: {names}.", mark=locale.t(SHORT_MARKS[mark]).capitalize(), names=locale.listing(names))
            )
    return found


def _account(one: Freshness, given: Given) -> str:
    return f"{network_name(one.account.partition(':')[0])} · {given.name(one.account)}"


def _within(gap: Window, week: Window) -> Window | None:
    first, last = max(gap.first, week.first), min(gap.last, week.last)
    return Window(first, last) if first <= last else None


def last_published(given: Given, week: Window) -> Publication | None:
    """What was last published of an earlier week."""
    earlier = [one for one in given.published if one.week.first < week.first]
    return max(earlier, key=lambda one: (one.week.first, one.published_at), default=None)


def revisions(cursor: Any, locale: Locale, given: Given, week: Window) -> tuple[Revision, ...]:
    """The figures published last time that are written otherwise today."""
    last = last_published(given, week)
    known = metrics()
    printed = [one for one in last.figures if one.metric in known] if last else []
    if not printed:
        return ()
    found = read(
        cursor, [known[key] for key in dict.fromkeys(one.metric for one in printed)], [one.window for one in printed],
        given.scope,
    )  # fmt: skip
    return tuple(revision for one in printed if (revision := _revision(locale, one, found[one.metric, one.window])))


def _revision(locale: Locale, one: Printed, now: Reading) -> Revision | None:
    old, new = (figure(locale, value, now.metric, now.currency) for value in (one.value, now.value))
    if old.shown == new.shown:
        return None
    difference = None if one.value is None or now.value is None else now.value - one.value
    why = locale.t("a newer export") if one.settled else locale.t("it was provisional")
    return Revision(
        locale.t(now.metric.name), locale.span(one.window), old, new, _by(locale, now, one.value, difference), why
    )


def _by(locale: Locale, now: Reading, then: float | None, difference: float | None) -> Change:
    """By how much a published figure has changed."""
    against = locale.t("on what was published")
    if difference is None or then is None:
        return Change("", against, None, tone_of(0, now.metric.good))
    shown = locale.points(difference) if now.metric.rate else locale.signed(difference)
    return Change(shown, against, difference > 0, tone_of(difference, now.metric.good), difference)
