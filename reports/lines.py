"""The lists of a report: peaks, posts, audience, reviews and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.model import Annotation, Window
from i18n import Locale
from metrics.audience import followers, follows, net_follows, unfollows
from metrics.dossier import Dossier
from metrics.engagement import engagement_rate, engagement_rate_by_impressions, interactions
from metrics.engine import read
from metrics.model import N_, Metric, Unit
from metrics.ranking import Ranked, Ranking, ranking
from metrics.reading import Mark, Reading
from metrics.reviews import Reviews
from metrics.said import Said, explained
from metrics.windows import run
from reports.figures import figure
from reports.given import Given
from reports.model import AudienceLine, Figure, NoteLine, PeakLine, PostLine, ReviewLine
from reports.sentences import peak_tone
from wording.marks import short_name
from wording.names import CATEGORY_NAMES, network_name
from wording.peaks import cause_told, of_expected, series_name, size, when

BEST, WEAKEST = 5, 1
CAME = (follows, unfollows, net_follows, followers)
SEEN = {
    engagement_rate.key: N_("people reached"), engagement_rate_by_impressions.key: N_("impressions"),
}  # fmt: skip


def peak_lines(locale: Locale, cases: Sequence[Dossier], said: Said) -> tuple[PeakLine, ...]:
    """The peaks of a week, each with its cause or that it is not explained."""
    return tuple(
        PeakLine(
            when(locale, case.peak), series_name(locale, case.peak.watched), size(locale, case.peak),
            of_expected(locale, case.peak), cause_told(locale, case, said), explained(case.peak, said),
            peak_tone(case),
        )
        for case in cases
    )  # fmt: skip


def ranked(cursor: Any, week: Window, given: Given) -> tuple[Window, Ranking]:
    """The newest week, of the last three, most of whose posts are known at a like age, and their ranking.

    Posts of last week are too young to be compared; most of those of the week before are not.
    """
    found = (week, Ranking())
    for window in run(week, 3)[::-1]:
        told = ranking(cursor, window, given.scope)
        if len(told.posts) > len(found[1].posts):
            found = window, told
        if told.posts and len(told.posts) >= told.growing:
            break
    return found


def post_lines(locale: Locale, found: Ranking) -> tuple[tuple[PostLine, ...], tuple[PostLine, ...]]:
    """The best posts, and the weakest of the others."""
    lines = [_post(locale, place, post) for place, post in enumerate(found.posts, 1)]
    return tuple(lines[:BEST]), tuple(lines[max(BEST, len(lines) - WEAKEST) :][::-1])


def _post(locale: Locale, place: int, post: Ranked) -> PostLine:
    text = " ".join((post.text or "").split()) or locale.t("(no text)")
    times = Figure(post.over_median, "" if post.over_median is None else f"× {locale.number(post.over_median, 1)}",
                   Unit.DECIMAL)  # fmt: skip
    return PostLine(
        place, network_name(post.account.partition(":")[0]), locale.short_day(post.day), text, post.link or "",
        figure(locale, post.rate, post.by), times, figure(locale, post.events, interactions),
        Figure(post.seen, locale.number(post.seen, 0)), locale.t(SEEN.get(post.by.key, N_("views"))), not post.small,
    )  # fmt: skip


def audience_lines(cursor: Any, locale: Locale, week: Window, given: Given) -> tuple[AudienceLine, ...]:
    """Who came and who left, account by account; accounts that state none of it are left out."""
    found = read(cursor, CAME, [week], given.scope)
    readings = [found[metric.key, week] for metric in CAME]
    accounts = sorted({account for reading in readings for account in reading.parts})
    return tuple(_of_account(locale, account, readings, given) for account in accounts)


def _of_account(locale: Locale, account: str, readings: Sequence[Reading], given: Given) -> AudienceLine:
    mine = [reading.of_accounts(lambda key: key == account) for reading in readings]
    marked = {mark for reading in mine for mark in reading.marks} & {Mark.ESTIMATED, Mark.TYPED, Mark.STALE}
    gained, lost, net, level = (figure(locale, reading.value, reading.metric) for reading in mine)
    notes = tuple(short_name(locale, mine[0], mark) for mark in Mark if mark in marked)
    return AudienceLine(
        network_name(account.partition(":")[0]), given.name(account), gained, lost,
        Figure(net.value, locale.signed(net.value)), level, notes,
    )  # fmt: skip


def review_lines(locale: Locale, found: Sequence[Reviews], given: Given) -> tuple[ReviewLine, ...]:
    """The reviews of the week, account by account."""

    def count(value: int | None) -> Figure:
        return Figure(value, locale.number(value))

    return tuple(
        ReviewLine(
            network_name(one.account.partition(":")[0]), given.name(one.account), count(one.received),
            Figure(one.mean, locale.number(one.mean, 1), Unit.DECIMAL), count(one.poor), count(one.answered),
        )
        for one in found
    )  # fmt: skip


def notes_of(notes: Sequence[Annotation], week: Window) -> list[Annotation]:
    """What people have noted of the days of a week."""
    return [note for note in notes if note.window.first <= week.last and week.first <= note.window.last]


def note_lines(locale: Locale, notes: Sequence[Annotation]) -> tuple[NoteLine, ...]:
    """Annotations as a report writes them."""
    return tuple(
        NoteLine(locale.span(note.window), locale.t(CATEGORY_NAMES[note.category]), note.text) for note in notes
    )


def metric_names(locale: Locale, metrics: Sequence[Metric]) -> str:
    """Metrics by their names, in a row."""
    return locale.listing(locale.t(metric.name) for metric in metrics)
