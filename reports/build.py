"""The report of a week: asks metrics for all that it says, once, and writes it in its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data.model import Printed, UserError, Window, says
from i18n import Locale, locale
from metrics.audience import follows, net_follows
from metrics.conversions import key_events
from metrics.dossier import Dossier, dossier
from metrics.engagement import (
    engagement_rate,
    engagement_rate_by_impressions,
    impressions_in_period,
    interactions_in_period,
    views_in_period,
)
from metrics.model import Metric
from metrics.objectives import progress
from metrics.posts import posts_published
from metrics.reading import Mark
from metrics.registry import metrics
from metrics.reviews import reviews
from metrics.search import search_clicks
from metrics.sixtwelve import six_twelve
from metrics.tiles import Tile, tiles
from metrics.traffic import sessions, time_per_visit, visitors
from metrics.verdict import Facts, judged
from metrics.watched import Watched, peaks, watched
from metrics.windows import year_before
from reports import aims, lines, quality
from reports.campaigns import campaign_lines
from reports.fed import fed, late
from reports.figures import sections_of, tile
from reports.given import Asked, Given, key_of
from reports.heads import heads, sections
from reports.model import Edition, Report
from reports.sentences import Found, headline, sentences
from reports.traces import traces
from reports.trend import chart

USUAL = (
    visitors, sessions, interactions_in_period, engagement_rate, net_follows, key_events, search_clicks,
    views_in_period, time_per_visit, posts_published, impressions_in_period, engagement_rate_by_impressions, follows,
)  # fmt: skip
ON_THE_PAGE = 6  # figures, and charts of the full edition


def report(cursor: Any, given: Given, asked: Asked, series: Sequence[Watched] | None = None) -> Report:
    """The report of a week. `series`: the watched series, up to its end or later, where they are known already."""
    to, week, full = locale(asked.language), asked.week, asked.edition is Edition.FULL
    wanted = _named(asked.metrics)
    known = list(metrics().values())
    told = {one.reading.metric.key: one for one in tiles(cursor, known if full else wanted or USUAL, week, given.scope)}
    shown = _shown(told, wanted)
    charted = _charted(shown, asked)
    drawn = six_twelve(cursor, charted if full else charted[:1], week, given.scope)
    running = aims.running(progress(cursor, given.objectives, week.last, given.house), week)
    said = {(one.series, one.day): one for one in given.causes}
    notes = lines.notes_of(given.annotations, week)
    if series is None:
        series = watched(cursor, week.last, given.scope, given.brand.week_start)
    cases = _peaks(cursor, given, week, series, to)
    told_reviews = reviews(cursor, week, given.scope)
    still = fed(cursor, week, given.campaigns)
    behind = late(still, week)
    facts = Facts(week, shown, series, cases, said, running)
    found = Found(facts, notes, told_reviews, len(behind), asked.decision)
    posts_of, ranking = lines.ranked(cursor, week, given)
    best, weakest = lines.post_lines(to, ranking)
    picked = running if full else aims.chosen(running)
    on_page = [one.reading for one in (told.values() if full else shown)]
    return Report(
        brand=given.brand.name,
        slug=given.brand.slug,
        language=asked.language,
        edition=asked.edition,
        key=key_of(week),
        first=week.first,
        last=week.last,
        title=to.t("Weekly report"),
        week=to.week(_middle(week)),
        span=to.span(week),
        compared=to.t("Compared with the week before and with the same weekdays a year earlier ({window}).",
                      window=year_before(week)),
        made=_made(cursor),
        complete=bool(still) and not behind,
        headline=headline(to, found),
        sentences=sentences(to, found, given.name),
        comment=asked.comment.strip(),
        aims=aims.aims(to, picked, given.name),
        tiles=tuple(tile(to, one, given.objectives) for one in shown),
        charts=tuple(chart(to, one, given.objectives) for one in drawn),
        peaks=lines.peak_lines(to, cases, said),
        best=best,
        weakest=weakest,
        audience=lines.audience_lines(cursor, to, week, given),
        campaigns=campaign_lines(cursor, to, week, given),
        reviews=lines.review_lines(to, told_reviews, given),
        notes=lines.note_lines(to, notes),
        revisions=quality.revisions(cursor, to, given, week),
        quality=quality.quality(to, still, week, shown, given),
        families=sections_of(to, list(told.values()), given.objectives) if full else (),
        traces=traces(cursor, to, [one.reading for one in shown], given.name),
        printed=tuple(
            Printed(r.metric.key, r.window, r.value, Mark.PROVISIONAL not in r.marks and Mark.GROWING not in r.marks)
            for r in on_page if r.value is not None
        ),
        sections=sections(
            to, posts_of, ranking, len(running) - len(picked), quality.last_published(given, week),
            judged=bool(judged(facts)),
        ),
        words=heads(to),
    )  # fmt: skip


def _named(keys: Sequence[str]) -> list[Metric]:
    """The metrics of some keys. Raises UserError for one that there is not."""
    known = metrics()
    if unknown := [key for key in keys if key not in known]:
        raise UserError(says("There is no metric {key}. There are: {known}.", key=unknown[0], known=", ".join(known)))
    return [known[key] for key in dict.fromkeys(keys)]


def _shown(told: dict[str, Tile], wanted: Sequence[Metric]) -> list[Tile]:
    """The figures that stand on the page: those asked for, else the usual ones, those that are stated first.

    One that no account of the brand could state says nothing, and is left out where anything else stands there.
    """
    if wanted:
        return [told[metric.key] for metric in wanted][:ON_THE_PAGE]
    usual = [told[metric.key] for metric in USUAL]
    stated = [one for one in usual if one.reading.value is not None]
    lacking = [one for one in usual if one.reading.value is None and one.reading.coverage.of_accounts]
    return ([*stated, *lacking] or usual)[:ON_THE_PAGE]


def _charted(shown: Sequence[Tile], asked: Asked) -> list[Metric]:
    """What is charted, the figure asked for first; people are charted only where that is asked, as no month adds up."""
    own = [one.reading.metric for one in shown if one.reading.value is not None and not one.reading.metric.people]
    first = _named([asked.charted]) if asked.charted else []
    found = {metric.key: metric for metric in (*first, *own)}
    return list(found.values()) or [sessions]


def _peaks(cursor: Any, given: Given, week: Window, series: Sequence[Watched], to: Locale) -> list[Dossier]:
    """The peaks of the week, the largest first, each with what may have made it."""
    found = peaks(series, week)
    cases = [dossier(cursor, one, series, found, given.annotations, given.scope, language=to.code) for one in found]
    return sorted(cases, key=lambda case: abs(case.peak.day.strength or 0.0), reverse=True)


def _made(cursor: Any) -> datetime:
    """The moment of the newest export; of a warehouse without any, the beginning of time."""
    ((made,),) = cursor.execute("select max(coalesce(as_of, loaded_at)) from exports").fetchall()
    return made or datetime(1970, 1, 1)


def _middle(week: Window):
    return week.first + (week.last - week.first) / 2
