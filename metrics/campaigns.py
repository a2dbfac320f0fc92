"""Campaigns: what each has brought, over which days and at which cost; several side by side from their first day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from data.campaigns import Campaign
from data.model import Window
from data.objectives import Versions
from metrics.aims import House
from metrics.belonging import Post, posts_of
from metrics.briefs import results as possible
from metrics.conversions import key_events
from metrics.model import Metric, Source
from metrics.objectives import progress
from metrics.progress import Progress
from metrics.reading import EVERYTHING, Scope
from metrics.spending import Cost, Gain, ad_rows, cost_of, gain_of
from metrics.tagged import Tagged, tagged
from metrics.traffic import sessions


@dataclass(frozen=True)
class Brought:
    """What a campaign has brought.

    `result`: the metric that counts as its result, None where Vigie knows it no more. `tagged`: what came by its links,
    None where nothing tells. `until`: the last of its days that is known, by its links or else by its posts.
    """

    campaign: Campaign
    result: Metric | None
    tagged: Tagged | None
    posts: tuple[Post, ...]
    cost: Cost
    until: date | None

    @property
    def known_days(self) -> int:
        """How many of its days are known."""
        return (self.until - self.campaign.days.first).days + 1 if self.until else 0

    @property
    def over(self) -> bool:
        """Whether all of its days are known."""
        return self.until == self.campaign.days.last

    @property
    def missing(self) -> int:
        """How many of the known days its links are not told for, which are no zeros."""
        if self.tagged is None or not self.tagged.daily:
            return 0
        return self.known_days - self.tagged.window.days

    @property
    def results(self) -> float | None:
        """How many results it has brought."""
        return self.total(self.result) if self.result else None

    @property
    def of_posts(self) -> tuple[int, int] | None:
        """How many of its posts state the result, of how many; None where it is no figure of posts."""
        if self.result is None or self.result.reads is not Source.POSTS:
            return None
        return sum(post.figures[self.result.key] is not None for post in self.posts), len(self.posts)

    @property
    def gain(self) -> Gain | None:
        """What its results cost and are worth."""
        return gain_of(self.campaign, self.cost, self.results)

    def total(self, metric: Metric) -> float | None:
        """What it has come to of a figure: by its links, or of its posts."""
        if metric.reads is Source.WEB:
            return self.tagged.totals.get(metric.key) if self.tagged else None
        stated = [value for post in self.posts if (value := post.figures.get(metric.key)) is not None]
        return sum(stated) if stated else None

    def cumulated(self, metric: Metric) -> list[float | None]:
        """What it had come to by the end of each known day; None from the first day on that is not told."""
        return _cumulated(self.by_day(metric))

    def by_day(self, metric: Metric) -> list[float | None]:
        """A figure on each known day, the first one first; that of a post stands on the day of the post."""
        if metric.reads is Source.WEB:
            if self.tagged is None or not self.tagged.daily:
                return []
            before = (self.tagged.window.first - self.campaign.days.first).days
            return [*[None] * before, *self.tagged.days.get(metric.key, ())][: self.known_days]
        found: list[float | None] = [0.0] * self.known_days
        if not any(post.figures.get(metric.key) is not None for post in self.posts):
            return []
        for post in self.posts:
            n, value = (post.day - self.campaign.days.first).days, post.figures.get(metric.key)
            if 0 <= n < len(found) and value is not None:
                found[n] = (found[n] or 0.0) + value
        return found

    def rate(self, metric: Metric, over: float | None) -> float | None:
        """A figure for each of something: a day, a euro, an hour."""
        value = self.total(metric)
        return value / over if value is not None and over else None

    def a_day(self, metric: Metric) -> float | None:
        """A figure for each day that it is told for."""
        if metric.reads is Source.WEB and self.tagged:
            return self.rate(metric, self.tagged.window.days if self.tagged.daily else None)
        return self.rate(metric, self.known_days)


def brought(cursor: Any, one: Campaign, until: date, scope: Scope = EVERYTHING) -> Brought:
    """What a campaign has brought by a day."""
    result = possible().get(one.result)
    of_site = [one for one in _each([sessions, key_events, result]) if one.reads is Source.WEB]
    of_posts = [one for one in _each([result]) if one.reads is Source.POSTS]
    last = min(one.days.last, until)
    span = Window(one.days.first, max(last, one.days.first))
    links = tagged(cursor, one.marks, of_site, span, last, scope) if last >= one.days.first else None
    posts = posts_of(cursor, one.marks, span, of_posts)
    cost = cost_of(one.price, ad_rows(cursor, one.marks.ads, one.days) if one.marks.ads else (), one.days)
    known = None if last < one.days.first else min(links.window.last, last) if links and links.daily else last
    return Brought(one, result, links, posts, cost, known)


def aimed_at(cursor: Any, one: Campaign, versions: Versions, until: date, house: House) -> list[Progress]:
    """How far the objectives of a campaign are: those for exactly its days."""
    own = [version for version in versions if version.aim.dates == one.days]
    return progress(cursor, own, min(until, one.days.last), house) if own else []


def in_common(told: Iterable[Brought]) -> int:
    """The days since the start that all campaigns have behind them: over these they can be compared."""
    return min((one.known_days for one in told), default=0)


def after(one: Brought, metric: Metric, days: int) -> float | None:
    """What a campaign had come to so many days after its start."""
    found = one.cumulated(metric)
    return found[days - 1] if 0 < days <= len(found) else None


def shown(told: Sequence[Brought]) -> list[Metric]:
    """The figures that can be drawn for some campaign: their results first, then visits and key events."""
    asked = _each([*(one.result for one in told), sessions, key_events])
    return [metric for metric in asked if any(any(v for v in one.by_day(metric)) for one in told)]


def cheapest(told: Sequence[Brought]) -> Brought | None:
    """The campaign whose results cost least, where chance alone does not explain it: of one kind, in one currency."""
    priced = [(gain.each, one, gain) for one in told if (gain := one.gain) and gain.each is not None]
    kinds = {(one.campaign.result, gain.currency) for _, one, gain in priced}
    if len(priced) < 2 or len(kinds) > 1:
        return None
    priced.sort(key=lambda found: found[0])
    (_, best, least), *others = priced
    sure = all(gain.low is not None and least.high is not None and least.high < gain.low for _, _, gain in others)
    return best if sure else None


def last_known(days: Window | None, today: date) -> date:
    """Until which day campaigns are told of."""
    return min(days.last, today) if days else today - timedelta(days=1)


def _each(found: Iterable[Metric | None]) -> list[Metric]:
    """Each metric once, in their order."""
    return list({metric.key: metric for metric in found if metric}.values())


def _cumulated(values: Sequence[float | None]) -> list[float | None]:
    whole = next((n for n, value in enumerate(values) if value is None), len(values))
    stated = [value for value in values[:whole] if value is not None]
    return [*accumulate(stated), *[None] * (len(values) - whole)]
