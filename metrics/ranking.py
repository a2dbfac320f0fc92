"""Posts ranked fairly: at a like age, each against what a post seen as often usually gets on its network.

A post is told by the first export made seven days after it was published or later, where counts have settled, so that
a long-lived one is not put before a recent one for its age alone. Within an account the rate to believe decides; over
accounts, how many times the account's usual one it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from data.model import Window
from metrics.engagement import (
    INTERACTIONS,
    engagement_rate,
    engagement_rate_by_impressions,
    engagement_rate_by_views,
    interactions,
)
from metrics.facts import GROWING_DAYS, within
from metrics.formula import Formula
from metrics.model import Metric
from metrics.reading import EVERYTHING, Scope
from metrics.shrinkage import FEWEST, prior, shrunk

RATES = (engagement_rate, engagement_rate_by_impressions, engagement_rate_by_views)  # the first that is stated counts
UNTOLD = (None,) * len(RATES)
PAST = timedelta(364)  # the posts that say what is usual
RECENT = timedelta(89)  # before the last day, for the median of 90 days


class _Post(NamedTuple):
    account: str
    post_id: str
    day: Any
    kind: str | None
    text: str | None
    link: str | None
    age: float  # days, at the export that is taken; NaN where there is none old enough
    events: float
    seen: tuple[float, ...]  # what each of RATES divides by


@dataclass(frozen=True)
class Ranked:
    """A post with the rate to believe of it, its interval of 80 %, and what that is a multiple of.

    `over_usual`: times what a post seen as often usually gets. `over_median`: times the median post of the account in
    the last 90 days; None where there are too few. `small`: the interval is wider than the way to that median.
    `ranks`: its place among the account's posts under each way of dividing, by metric.
    """

    account: str
    post_id: str
    day: Any
    kind: str | None
    text: str | None
    link: str | None
    by: Metric
    age: float
    events: float
    seen: float
    rate: float
    low: float
    high: float
    over_usual: float
    over_median: float | None
    small: bool
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranking:
    """The posts of a window, the best first; how many still grow, and the accounts with too few to say what is usual.

    Where accounts have no recent median, their posts stand last, by what is usual of a post seen as often.
    """

    posts: tuple[Ranked, ...] = ()
    growing: int = 0
    few: tuple[str, ...] = ()

    @property
    def depends(self) -> tuple[str, ...]:
        """The accounts whose best post is another one when something else divides, or nothing."""
        best: dict[str, set[str]] = {}
        for post in self.posts:
            if 1 in post.ranks.values():
                best.setdefault(post.account, set()).add(post.post_id)
        return tuple(sorted(account for account, posts in best.items() if len(posts) > 1))


def ranking(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> Ranking:
    """The posts of a window, ranked fairly by what is known of each account's year up to its end."""
    found: list[Ranked] = []
    few, growing = [], 0
    for account, group in groupby(_posts(cursor, window, scope), key=attrgetter("account")):
        told = list(group)
        mine = {post.post_id for post in told if window.first <= post.day <= window.last and _asked(post, scope)}
        growing += sum(post.post_id in mine and np.isnan(post.age) for post in told)
        settled = [post for post in told if not np.isnan(post.age)]
        ways = {by.key: rates for by in RATES if (rates := _by(settled, by))}
        if not ways:
            few += [account] if mine else []
            continue
        ranks = _ranks(settled, mine, ways)
        by = next(one for one in RATES if one.key in ways)
        found += _ranked(settled, mine, by, ways[by.key], ranks, window)
    return Ranking(tuple(sorted(found, key=_place)), growing, tuple(few))


def _place(post: Ranked) -> tuple[bool, float, Any, str]:
    over = post.over_usual if post.over_median is None else post.over_median
    return post.over_median is None, -over, post.day, post.post_id


def _asked(post: _Post, scope: Scope) -> bool:
    return not scope.kinds or post.kind in scope.kinds


def _posts(cursor: Any, window: Window, scope: Scope) -> list[_Post]:
    """The posts of the year up to the window's end, each as the first export that is old enough states it."""
    where, accounts = within(scope)
    events = Formula.parse(INTERACTIONS).row_sql("l")
    seen = ", ".join(by.bottom_formula.row_sql("l") for by in RATES if by.bottom_formula)
    # An export is not older than the last day that it states. Of those that are old enough, the first that says most.
    query = (
        "with made as (select export_id, account, coalesce(as_of, last_day) as made from ledger.spans "
        """where "table" = 'posts'), """
        f"stated as (select l.account, l.post_id, ({events}) as events, [{seen}] as seen, made, export_id, "
        "epoch(made - coalesce(p.published_at, p.day)) / 86400 as age "
        "from ledger.posts l join made using (export_id, account) "
        "join posts p on p.account = l.account and p.post_id = l.post_id where l.counted_from is null), "
        f"told as (from stated where events is not null and age >= {GROWING_DAYS} "
        "qualify row_number() over (partition by account, post_id "
        "order by len(list_filter(seen, lambda one: one > 0)) desc, made, export_id) = 1) "
        "select account, post_id, day, kind, text, link, age, events, seen from posts "
        f"left join told using (account, post_id) where counted_from is null and day between ? and ?{where} "
        "order by account, day, post_id"
    )
    rows = cursor.execute(query, [window.last - PAST, window.last, *accounts]).fetchall()
    return [
        _Post(
            account, post_id, day, kind, text, link, _number(age), _number(events), tuple(map(_number, seen or UNTOLD))
        )
        for account, post_id, day, kind, text, link, age, events, seen in rows
    ]


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _by(posts: Sequence[_Post], by: Metric) -> dict[str, _Rated] | None:
    """The rates to believe of the posts that state one, by post; None where too few do."""
    at = RATES.index(by)
    stated = [post for post in posts if post.seen[at] > 0]
    if len(stated) < FEWEST:
        return None
    events, seen = np.array([post.events for post in stated]), np.array([post.seen[at] for post in stated])
    rates = shrunk(events, seen, prior(events, seen))
    found = zip(seen, rates.rate, rates.low, rates.high, rates.usual, strict=True)
    return {post.post_id: _Rated(*map(float, one)) for post, one in zip(stated, found, strict=True)}


class _Rated(NamedTuple):
    seen: float
    rate: float
    low: float
    high: float
    usual: float


def _ranks(posts: Sequence[_Post], mine: set[str], ways: Mapping[str, dict[str, _Rated]]) -> dict[str, dict[str, int]]:
    """The place of each post of the window by every way, the plain count first, among those that state all of them."""
    shared = [p for p in posts if p.post_id in mine and all(p.post_id in rates for rates in ways.values())]
    values = {interactions.key: {p.post_id: p.events for p in shared}}
    values |= {key: {p.post_id: rates[p.post_id].rate for p in shared} for key, rates in ways.items()}
    found: dict[str, dict[str, int]] = {p.post_id: {} for p in shared}
    for key, of in values.items():
        for place, post_id in enumerate(sorted(of, key=lambda one: (-of[one], one)), 1):
            found[post_id][key] = place
    return found


def _ranked(
    posts: Sequence[_Post], mine: set[str], by: Metric, rates: Mapping[str, _Rated],
    ranks: Mapping[str, Mapping[str, int]], window: Window,
) -> list[Ranked]:  # fmt: skip
    recent = [rates[p.post_id].rate for p in posts if p.post_id in rates and p.day >= window.last - RECENT]
    median = float(np.median(recent)) if len(recent) >= FEWEST else None
    found = []
    for post in posts:
        if post.post_id not in mine or post.post_id not in rates:
            continue
        one = rates[post.post_id]
        small = median is None or one.high - one.low > abs(one.rate - median)
        multiples = one.rate / one.usual, one.rate / median if median else None
        told = one.seen, one.rate, one.low, one.high, *multiples, small, ranks.get(post.post_id, {})
        found.append(Ranked(*post[:6], by, post.age, post.events, *told))
    return found
