"""What the house publishes on each network, how each post does, and what its accounts gain from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.demo.cadence import Period
from data.demo.networks import Kind, Network
from data.demo.story import WEEKS, Campaign, Moment, Series, Story, closed
from data.demo.words import REPLIES, SITE, UNUSUAL, compose

PARIS = ZoneInfo("Europe/Paris")
HOURS = ((9, 5), (12, 10), (12, 35), (17, 30), (18, 45), (20, 15))
WEIGHTS = np.array((0.09, 0.2, 0.16, 0.2, 0.18, 0.11, 0.06))  # of the days of the week

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Post:
    """A post and the counts it will have once nobody sees it any more."""

    network: Network
    published: datetime
    salt: int  # makes the identifiers that the network would have drawn
    kind: str
    text: str
    link: str
    boosted: bool
    seconds: int
    final: Mapping[str, float]

    @property
    def day(self) -> date:
        """The day of publication at the house."""
        return self.published.astimezone(PARIS).date()

    @property
    def milliseconds(self) -> int:
        """The moment of publication as identifiers hold it, in Unix milliseconds."""
        return int(self.published.timestamp() * 1000) + self.salt % 1000

    def counts(self, made: datetime) -> dict[str, int]:
        """The counts as they stood when an export was made."""
        age = (made.replace(tzinfo=UTC) - self.published).total_seconds() / 86400
        grown = float(growth(np.array([max(age, 0.0)]), self.network.days)[0])
        return {measure: int(count * grown) for measure, count in self.final.items()}


@dataclass(frozen=True, slots=True)
class Presence:
    """A network's posts and, per measure, what its account gathers day after day."""

    network: Network
    posts: tuple[Post, ...]
    daily: Mapping[str, Counts]

    def posts_of(self, period: Period) -> list[Post]:
        """The posts published in a period, oldest first."""
        return [post for post in self.posts if period.first <= post.day <= period.last]


def growth(age: Series, days: float) -> Series:
    """The share of its final counts that a post has at an age in days."""
    return 1 - np.exp(-((age / days) ** 0.75))


def settled(values: Counts, story: Story, period: Period) -> Counts:
    """The days of a period as an export states them: the freshest are not complete yet."""
    first, last = story.at(period.first), story.at(period.last)
    since = (period.made.date() - period.last).days + np.arange(last - first, -1, -1)
    return np.rint(values[..., first : last + 1] * (1 - 0.25 * 0.4**since)).astype(np.int64)


def _schedule(story: Story, network: Network, rng: np.random.Generator) -> list[date]:
    days: list[date] = []
    for week in range(WEEKS):
        monday = story.first + timedelta(7 * week)
        busy = network.per_week * (0.3 if closed(monday + timedelta(2)) else 1.0)
        busy *= 1.25 if story.campaign(monday) else 1.0
        number = int(np.clip(rng.poisson(busy), 1, 7))
        days += [monday + timedelta(int(n)) for n in rng.choice(7, number, replace=False, p=WEIGHTS)]
    for moment in story.moments:
        if moment.network == network.key:
            nearest = min(range(len(days)), key=lambda n: abs((days[n] - moment.day).days))
            days[nearest] = moment.day
    return sorted(days)


def _final_counts(
    views: float, network: Network, kind: Kind, comments: float, rng: np.random.Generator
) -> dict[str, float]:
    """What a post of so many views ends up with; `comments` multiplies the usual number."""
    final = {"views": views}
    for measure, rate in network.rates.items():
        rate *= {"link_clicks": kind.clicks, "comments": comments}.get(measure, 1.0)
        spread = 0.06 if measure == "reach" else 0.3
        final[measure] = views * min(rate * float(rng.lognormal(0, spread)), 0.97)
    if "clicks" in final:
        final["clicks"] += final["link_clicks"]
    return final


def _publish(
    story: Story,
    network: Network,
    day: date,
    kind: Kind,
    moment: Moment | None,
    boosted: bool,
    rng: np.random.Generator,
) -> Post:
    campaign = story.campaign(day)
    text, path = compose(rng, network.key, story.at(day) // 7, campaign)
    if moment:
        text = UNUSUAL[moment.words]
    elif kind.name == "reply":
        text = REPLIES[int(rng.integers(len(REPLIES)))]
    link = SITE + path if kind.clicks > 1 else ""
    if link and campaign:
        link += f"?utm_source={network.key}&utm_medium=social&utm_campaign={campaign.slug}"
    hour, minute = HOURS[int(rng.integers(len(HOURS)))]
    clock = time(hour, minute + int(rng.integers(0, 14)), int(rng.integers(60)))
    seen_by = network.followers * 1.2 ** (story.at(day) / 364) * story.interest[story.at(day)] ** 0.5
    views = seen_by * network.views * kind.views * float(rng.lognormal(0, 0.4)) * (moment.views if moment else 1)
    comments = moment.comments / moment.views if moment else 1
    return Post(
        network=network,
        published=datetime.combine(day, clock, PARIS).astimezone(UTC),
        salt=int(rng.integers(1 << 22)),
        kind=kind.name,
        text=text,
        link=link,
        boosted=boosted,
        seconds=int(rng.integers(12, 75)) if kind.name in ("reel", "video") else 0,
        final=_final_counts(views, network, kind, comments, rng),
    )


def publish(story: Story, network: Network, rng: np.random.Generator) -> tuple[Post, ...]:
    """The posts of two years, oldest first."""
    kinds = rng.choice(len(network.kinds), 7 * WEEKS, p=[kind.share for kind in network.kinds])
    unusual = {moment.day: moment for moment in story.moments if moment.network == network.key}
    posts: list[Post] = []
    promoted: set[Campaign | None] = {None}
    for n, day in enumerate(_schedule(story, network, rng)):
        moment = unusual.pop(day, None)  # the first post of an unusual day carries it
        kind = network.kinds[0 if moment else int(kinds[n])]
        campaign = story.campaign(day)
        posts.append(_publish(story, network, day, kind, moment, campaign not in promoted, rng))
        promoted.add(campaign)  # only its first post is boosted
    return tuple(sorted(posts, key=lambda post: post.published))


def follow_life(story: Story, network: Network, seed: int) -> Presence:
    """Two years of a network: its posts, and its account's days."""
    rng = np.random.default_rng([seed, 1, network.followers])
    posts = publish(story, network, rng)
    midnights = [datetime.combine(day, time(), PARIS).timestamp() for day in story.days]
    midnights.append(midnights[-1] + 86400)
    published = np.array([post.published.timestamp() for post in posts])
    ages = np.clip((np.array(midnights) - published[:, None]) / 86400, 0, None)
    shares = np.diff(growth(ages, network.days), axis=1)
    old = network.followers * 0.03 * story.interest
    expected = {
        measure: np.array([post.final[measure] for post in posts]) @ shares + old * network.rates.get(measure, 1)
        for measure in ("views", *network.rates)
    }
    expected["follows"] += network.gains * story.interest
    anger = story.wave(story.buzz)
    expected["unfollows"] = network.losses * (1 + 34 * anger) * np.sqrt(story.interest)
    expected["profile_visits"] += network.followers * 0.0008 * anger
    daily = {measure: rng.poisson(values) for measure, values in expected.items()}
    if "reach" in daily:  # not its own draw: a day's reach keeps below its views
        daily["reach"] = np.floor(daily["views"] * rng.uniform(0.62, 0.78, len(story.days))).astype(np.int64)
    daily["posts"] = np.bincount([story.at(post.day) for post in posts], minlength=len(story.days))
    return Presence(network, posts, daily)
