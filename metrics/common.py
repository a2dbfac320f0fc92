"""What the posts that did well have in common, and when it is best to publish: only where the data bears it.

Each post counts by the logarithm of its multiple: of the rate to believe over what posts seen as often usually get, or,
for the time, of its interactions. Posts are compared within one account and one quarter of the year, so that neither a
network nor a season makes a difference. Every trait is tested at once: the values of the posts are dealt out anew
within account and quarter, and a trait is told only where its difference exceeds the largest of all traits in 95 of
100 deals. With nothing in common, something is thus told in one case of twenty at most, however many traits there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from metrics.ranking import Ranked
from metrics.shrinkage import Floats

FEWEST_POSTS = 30  # settled posts, below which nothing is asked
FEWEST_WITH = 10  # posts with a trait, and as many without
QUARTER = 91  # days
LEVEL = 0.05  # how often something is told where there is nothing
DEALS = 1999
BAND = 3  # hours of a day that count as one time
SURE = 1.96  # spreads on each side of an interval of 95 %
HASHTAG = re.compile(r"[#＃](\w+)")
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


class Trait(NamedTuple):
    """Something that a post may have: `of` is kind, weekday, hours, length, hashtags, hashtag or link."""

    of: str
    value: str | int


@dataclass(frozen=True)
class Published:
    """A settled post as it is compared: what it is, when it was published by the brand's clock, what it brought."""

    account: str
    day: date
    hour: int | None
    kind: str | None
    text: str
    events: float
    seen: float
    over_usual: float


@dataclass(frozen=True)
class Shared:
    """A trait, how many posts have it, and how many times as much they bring as the others, with its interval of 95 %.

    `chance`: how often nothing in common makes the largest difference of all as large. `told`: that is rare enough.
    """

    trait: Trait
    posts: int
    times: float
    low: float
    high: float
    chance: float

    @property
    def told(self) -> bool:
        """Whether the data bears it."""
        return self.chance <= LEVEL


@dataclass(frozen=True)
class InCommon:
    """The traits that could be tested, those that raise most first, and of how many posts; none where these are few."""

    posts: int
    traits: tuple[Shared, ...] = ()

    @property
    def told(self) -> tuple[Shared, ...]:
        """The traits that the data bears."""
        return tuple(one for one in self.traits if one.told)


def published(cursor: Any, ranked: Iterable[Ranked], zone: str) -> list[Published]:
    """Ranked posts as they are compared, with the hour of the brand's clock at which each was published."""
    posts = list(ranked)
    query = (
        "select account, post_id, published_at from posts "
        "semi join (select unnest(?) as account, unnest(?) as post_id) using (account, post_id)"
    )
    rows = cursor.execute(query, [[p.account for p in posts], [p.post_id for p in posts]]).fetchall()
    clock, utc = ZoneInfo(zone), ZoneInfo("UTC")
    hours = {(a, p): at.replace(tzinfo=utc).astimezone(clock).hour for a, p, at in rows if at is not None}
    return [
        Published(
            p.account, p.day, hours.get((p.account, p.post_id)), p.kind, p.text or "", p.events, p.seen, p.over_usual
        )
        for p in posts
    ]


def in_common(posts: Sequence[Published]) -> InCommon:
    """What sets apart the posts that did well for how often they were seen."""
    values = np.log([post.over_usual for post in posts]) if posts else np.zeros(0)
    return _tested(posts, values, _traits(posts), [np.log(post.seen) for post in posts])


def times(posts: Sequence[Published]) -> InCommon:
    """Which weekdays and hours bring more interactions than the others of the same account and quarter."""
    values = np.log([post.events + 1 for post in posts]) if posts else np.zeros(0)
    return _tested(posts, values, {key: has for key, has in _traits(posts).items() if key.of in ("weekday", "hours")})


def _traits(posts: Sequence[Published]) -> dict[Trait, list[bool]]:
    """Every trait that some posts have, and which do."""
    tags = [{tag.casefold() for tag in HASHTAG.findall(post.text)} for post in posts]
    found: dict[Trait, Callable[[int], bool]] = {
        Trait("hashtags", "any"): lambda n: bool(tags[n]),
        Trait("link", "any"): lambda n: bool(LINK.search(posts[n].text)) or posts[n].kind == "link",
    }
    for kind in dict.fromkeys(post.kind for post in posts if post.kind):
        found[Trait("kind", kind)] = lambda n, kind=kind: posts[n].kind == kind
    for weekday in range(1, 8):
        found[Trait("weekday", weekday)] = lambda n, weekday=weekday: posts[n].day.isoweekday() == weekday
    for first in range(0, 24, BAND):
        found[Trait("hours", first)] = lambda n, first=first: first <= _hour(posts[n]) < first + BAND
    thirds = _thirds(posts)
    found[Trait("length", "short")] = lambda n: len(posts[n].text) <= thirds[posts[n].account][0]
    found[Trait("length", "long")] = lambda n: len(posts[n].text) > thirds[posts[n].account][1]
    for tag, count in Counter(tag for some in tags for tag in some).items():
        if count >= FEWEST_WITH:
            found[Trait("hashtag", tag)] = lambda n, tag=tag: tag in tags[n]
    return {trait: [has(n) for n in range(len(posts))] for trait, has in found.items()}


def _hour(post: Published) -> int:
    return -1 if post.hour is None else post.hour


def _thirds(posts: Sequence[Published]) -> dict[str, tuple[float, float]]:
    """The lengths that part the posts of an account into thirds."""
    lengths: dict[str, list[int]] = {}
    for post in posts:
        lengths.setdefault(post.account, []).append(len(post.text))
    return {account: tuple(np.quantile(some, (1 / 3, 2 / 3))) for account, some in lengths.items()}


def _tested(
    posts: Sequence[Published], values: Floats, traits: dict[Trait, list[bool]], beside: Sequence[float] = ()
) -> InCommon:
    if len(posts) < FEWEST_POSTS:
        return InCommon(len(posts))
    groups = _groups(posts)
    y = _rid(_centred(values, groups), np.array(beside), groups)
    names, columns = [], []
    for trait, has in traits.items():
        x = _centred(np.array(has, dtype=float), groups)
        apart = np.abs(x) > 1e-12  # in a group where all have it or none has, nothing is compared
        with_it = int(np.sum(np.array(has) & apart))
        if min(with_it, int(apart.sum()) - with_it) >= FEWEST_WITH:
            names.append((trait, with_it))
            columns.append(x)
    if not names:
        return InCommon(len(posts))
    x = np.array(columns)
    norms = np.sqrt((x**2).sum(axis=1))
    largest = np.abs(_dealt(y, groups) @ (x.T / norms)).max(axis=1)
    found = []
    for n, (trait, with_it) in enumerate(names):
        slope = float(x[n] @ y) / norms[n] ** 2
        spread = float(np.sqrt((x[n] ** 2) @ (y - slope * x[n]) ** 2)) / norms[n] ** 2
        chance = float(1 + (largest >= abs(x[n] @ y) / norms[n] - 1e-12).sum()) / (len(largest) + 1)
        low, middle, high = (float(np.exp(slope + side * SURE * spread)) for side in (-1, 0, 1))
        found.append(Shared(trait, with_it, middle, low, high, chance))
    return InCommon(len(posts), tuple(sorted(found, key=lambda one: -one.times)))


def _groups(posts: Sequence[Published]) -> np.ndarray:
    """The number of the account and quarter of each post."""
    last = max(post.day for post in posts)
    numbers: dict[tuple[str, int], int] = {}
    keys = ((post.account, (last - post.day).days // QUARTER) for post in posts)
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def _centred(values: Floats, groups: np.ndarray) -> Floats:
    return values - (np.bincount(groups, values) / np.bincount(groups))[groups]


def _rid(values: Floats, beside: Floats, groups: np.ndarray) -> Floats:
    """Values less what follows another figure, by a parabola: of posts seen seldom, none can lie far from the usual."""
    if not len(beside):
        return values
    at = beside - beside.mean()
    other = np.column_stack([_centred(at, groups), _centred(at**2, groups)])
    return values - other @ np.linalg.lstsq(other, values, rcond=None)[0]


def _dealt(values: Floats, groups: np.ndarray) -> Floats:
    """The values dealt out anew within their groups, a row a deal; the same at each call."""
    chance = np.random.default_rng(len(values))
    order = np.argsort(groups, kind="stable")
    keys = groups[order] + chance.random((DEALS, len(values)))
    deals = np.empty((DEALS, len(values)))
    deals[:, order] = values[order][np.argsort(keys, axis=1)]
    return deals
