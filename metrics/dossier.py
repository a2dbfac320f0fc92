"""The dossier of a peak: what may have made it, gathered from all that is known of its days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from data.model import Annotation, Window
from metrics.causes import WEEKS, Cause, Explained, Parts, Why, explain
from metrics.days_off import PUBLIC, DayOff, days_off
from metrics.model import Source
from metrics.parted import parts
from metrics.reading import EVERYTHING, Scope
from metrics.remarkable import Remarkable, remarkable
from metrics.sites import counting, same_sites
from metrics.tracking import Tracking, tracking
from metrics.watched import ONE, Peak, Watched

WEEK = timedelta(days=7)
LOOKS_BACK = 13  # weeks in which earlier same weekdays are looked for
LOSS = timedelta(days=3)  # before unfollows, within which a post may be the reason
BEGAN = timedelta(days=3)  # before a peak, within which what people noted may be the reason
MOSTLY = 0.5  # of the difference: parts that make it up go before what was only going on at the time
MOST = 3  # candidates
CAME = ("follows", "unfollows", "net_follows")
CLICKS = "search_clicks"
REFERS = {"x": ("t.co", "twitter"), "linkedin": ("lnkd.in",), "youtube": ("youtu.be",)}  # how visits from it are named
OF_VISITS = ("page_views", "visitors", "key_events")  # what visits bring: where its own parts tell nothing, theirs may


class Kind(StrEnum):
    """What a candidate cause is."""

    TRACKING = "tracking"
    ANNOTATION = "annotation"
    PARTS = "parts"
    POST = "post"
    HOLIDAY = "holiday"
    ACROSS = "across"


@dataclass(frozen=True)
class Candidate:
    """Something that may have made a peak: what stands for its kind, and the share of the peak that it makes up."""

    kind: Kind
    tracking: Tracking | None = None
    annotation: Annotation | None = None
    cause: Cause | None = None
    post: Remarkable | None = None
    day_off: DayOff | None = None

    @property
    def share(self) -> float | None:
        """Of the difference; None where it cannot be known."""
        return self.cause.share if self.cause else None


@dataclass(frozen=True)
class Dossier:
    """What is known of a peak: the candidates, three at most, and all that they were chosen from."""

    peak: Peak
    explained: Explained
    of_visits: bool  # the explanation is that of the visits of the same day
    tracking: Tracking
    posts: tuple[Remarkable, ...]
    annotations: tuple[Annotation, ...]
    days_off: tuple[DayOff, ...]
    beside: tuple[Peak, ...]  # other series that stand out on the same days
    followers: tuple[tuple[Watched, float], ...]  # who came and who left on these days

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What may have made it, the likeliest first."""
        found: list[Candidate] = []
        if self.tracking.likely:
            found.append(Candidate(Kind.TRACKING, tracking=self.tracking))
        parted = [Candidate(Kind.PARTS, cause=one) for one in self.explained.causes]
        began = [Candidate(Kind.ANNOTATION, annotation=one) for one in self.annotations if self._began(one)]
        going_on = [Candidate(Kind.ANNOTATION, annotation=one) for one in self.annotations if not self._began(one)]
        found += began + (parted + going_on if self.explained.share >= MOSTLY else going_on + parted)
        found += [Candidate(Kind.POST, post=one) for one in self.posts if one.stands_out and self._may_come_from(one)]
        if not found or not (self.peak.up or self.tracking.likely):
            found += [Candidate(Kind.HOLIDAY, day_off=one) for one in self._holidays]
        if not found and self.explained.why is Why.ACROSS:
            found.append(Candidate(Kind.ACROSS))
        return tuple(found[:MOST])

    def _began(self, note: Annotation) -> bool:
        """Whether what people noted began with the peak, rather than having gone on for long."""
        return note.window.first >= self.peak.window.first - BEGAN

    @property
    def _holidays(self) -> list[DayOff]:
        """Public holidays of the day or beside it, those of the day first; a week holds too much for one to matter."""
        if self.peak.weekly:
            return []
        public = [one for one in self.days_off if one.kind == PUBLIC]
        return sorted(public, key=lambda one: abs((one.day - self.peak.day.day).days))

    def _may_come_from(self, post: Remarkable) -> bool:
        """Whether a post can have moved it: a rise of its own account, a loss of followers, or visits from there."""
        metric = self.peak.watched.metric
        if metric.reads is Source.DAYS:
            return self.peak.up or metric.key == "net_follows"
        network = post.account.partition(":")[0]
        members = " ".join(member.lower() for cause in self.explained.causes for _, member in cause.where)
        return self.peak.up and any(word in members for word in (network, *REFERS.get(network, ())))


def dossier(
    cursor: Any, peak: Peak, series: Sequence[Watched], found: Iterable[Peak], annotations: Iterable[Annotation],
    scope: Scope = EVERYTHING, country: str = "FR", language: str = "fr",
) -> Dossier:  # fmt: skip
    """All that is known of a peak. `found`: the peaks of all series; `annotations`: those of people."""
    span, around = peak.window, Window(peak.window.first - ONE, peak.window.last + ONE)
    explained, by_channel = _explained(cursor, peak, scope)
    told = _tracked(cursor, peak, series, by_channel, scope)
    beside = tuple(one for one in found if one.watched.key != peak.watched.key and _meet(one.window, span))
    visits = None
    if peak.watched.metric.key in OF_VISITS and explained.why is not Why.PARTS:
        same = (one for one in beside if one.watched.metric.key == "sessions" and one.up == peak.up)
        visits = next((one for one in same if one.watched.account == peak.watched.account), None)
        explained = _explained(cursor, visits, scope)[0] if visits else explained
    since = span.first - (LOSS if peak.watched.metric.key in CAME else ONE)
    mine = (peak.watched.account,) if peak.watched.metric.reads is Source.DAYS else scope.accounts
    posts = remarkable(cursor, Window(since, span.last), Scope(mine, scope.kinds))
    return Dossier(
        peak, explained, visits is not None, told, posts,
        tuple(one for one in annotations if _may_tell(one.window, peak)),
        tuple(days_off(around.first, around.last, country, language)),
        beside,
        tuple((one, total) for one in series if one.metric.key in CAME and (total := _total(one, span)) is not None),
    )  # fmt: skip


def weekdays_before(one: Watched, day: date) -> list[date]:
    """The last same weekdays before a day that are known and stood out on no side, the nearest first."""
    found = []
    for n in range(1, LOOKS_BACK + 1):
        judged = one.day(day - n * WEEK)
        if judged and judged.value is not None and judged.peak is None:
            found.append(judged.day)
    return found[:WEEKS]


def _explained(cursor: Any, peak: Peak, scope: Scope) -> tuple[Explained, Explained]:
    """What explains the day of a peak by its parts; and by its channels alone."""
    one, day = peak.watched, peak.day
    unknown = Explained(Why.UNKNOWN)
    if peak.weekly or day.expected is None or day.value is None:
        return unknown, unknown
    weeks = weekdays_before(one, day.day)
    if day.value == 0:  # nothing is not parted
        return Explained(Why.ACROSS), Explained(Why.ACROSS)
    found = parts(cursor, one.metric, one.account, day.day, weeks, scope)
    tables = [table for table, _ in found]
    wholes = [_whole(one, table, when, day.expected) for table, when in found]
    channels = [n for n, table in enumerate(tables) if table.dimensions[0] == "channel"]
    return explain(tables, wholes), explain([tables[n] for n in channels], [wholes[n] for n in channels])


def _whole(one: Watched, table: Parts, weeks: Sequence[date], expected: float) -> float:
    """What was expected of all that a table states: as much of the figure as it stated before."""
    days = [one.series.values[(day - one.series.first).days] for day in weeks]
    usual = sum(value for value in days if value is not None)
    return expected * float(table.past.sum()) / usual if usual else expected


def _tracked(cursor: Any, peak: Peak, series: Sequence[Watched], channels: Explained, scope: Scope) -> Tracking:
    one, day = peak.watched, peak.day
    if peak.up or peak.weekly or one.metric.key not in ("sessions", "page_views", "visitors"):
        return Tracking()
    if day.value is None or day.expected is None:
        return Tracking()
    searched = [other.day(day.day) for other in series if other.metric.key == CLICKS]
    clicks = [(other.value, other.expected) for other in searched if other and other.value is not None]
    stated = [(value, expected) for value, expected in clicks if expected is not None]
    sides = (sum(value for value, _ in stated), sum(expected for _, expected in stated)) if stated else None
    hours, usual = _hours(cursor, one, day.day, scope)
    return tracking(day.value, day.expected, channels, hours, usual, sides)


def _hours(cursor: Any, one: Watched, day: date, scope: Scope) -> tuple[list[float | None], list[float | None]]:
    """The visits of each hour of a day, and their mean on the same weekdays before; nothing where it is not stated."""
    weeks = weekdays_before(one, day)
    counted = counting(
        Source.WEB.value, None,
        "slice = 'hour' and first_day = last_day and first_day in (select unnest(?::date[])) and hour is not null",
        same_sites(cursor, Source.WEB, scope),
    )  # fmt: skip
    query = f"select first_day, hour, sum(sessions) from ({counted}) f where account = ? group by all"
    rows = cursor.execute(query, [[day, *weeks], one.account]).fetchall()
    days = {row[0] for row in rows}
    if day not in days or len(days) < 2:
        return [], []
    found = {(when, hour): float(visits) for when, hour, visits in rows if visits is not None}
    # A day that is stated by hour lists no hour without a visit.
    hours: list[float | None] = [found.get((day, hour), 0.0) for hour in range(24)]
    past = sorted(days - {day})
    usual: list[float | None] = [sum(found.get((when, hour), 0.0) for when in past) / len(past) for hour in range(24)]
    return hours, usual


def _total(one: Watched, span: Window) -> float | None:
    """The sum over the days of a span; None where one of them is not known."""
    at = (span.first - one.series.first).days
    values = one.series.values[max(at, 0) : at + span.days]
    stated = [value for value in values if value is not None]
    return sum(stated) if at >= 0 and len(stated) == span.days else None


def _may_tell(noted: Window, peak: Peak) -> bool:
    """Whether what people noted of some days may have made a peak: it began with it, or held its day, or its week."""
    held = peak.window if peak.weekly else Window(peak.day.day, peak.day.day)
    began = peak.window.first - BEGAN <= noted.first <= peak.window.last
    return began or (noted.first <= held.first and noted.last >= held.last)


def _meet(one: Window, other: Window) -> bool:
    return one.first <= other.last and one.last >= other.first
