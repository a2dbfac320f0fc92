"""Sudden losses of followers: when, how many, what was published in the 72 hours before, and whether it was a purge.

A loss is a peak of unfollows, or net follows that fall below zero and below what was expected; that fewer came is no
loss. Where a series is judged by week, the loss is dated to the day of that week on which most left. When all accounts
of a network lose at once, the network has probably removed accounts: that takes at least two whose losses are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.model import Window
from metrics.dossier import LOSS
from metrics.reading import Scope
from metrics.remarkable import Remarkable, remarkable
from metrics.watched import ONE, Peak, Watched, peaks

LOST = ("unfollows", "net_follows")  # the first that stands out tells the loss of an account
AT_ONCE = ONE  # between the days on which accounts lose in one purge
FEWEST = 2  # accounts, below which nothing is all of a network


@dataclass(frozen=True)
class Loss:
    """A sudden loss: the peak it is, the day on which most left, and how many then.

    `net`: only the difference of gains and losses is stated, so that more may have left. `posts`: those of the account
    on that day and in the 72 hours before, the most remarkable first. `purge`: the accounts of the network, where all
    of them lost at once.
    """

    peak: Peak
    day: date
    lost: float
    net: bool
    posts: tuple[Remarkable, ...] = ()
    purge: tuple[str, ...] = ()

    @property
    def account(self) -> str:
        """Whose followers left."""
        return self.peak.watched.account


def losses(cursor: Any, series: Sequence[Watched], window: Window) -> tuple[Loss, ...]:
    """The sudden losses of a window, the newest first."""
    around = dated(peaks(series, Window(window.first - AT_ONCE, window.last + AT_ONCE)))
    found = []
    for loss in around:
        if window.first <= loss.day <= window.last:
            posts = remarkable(cursor, Window(loss.day - LOSS, loss.day), Scope((loss.account,)))
            found.append(Loss(loss.peak, loss.day, loss.lost, loss.net, posts, purge(loss, around, series)))
    return tuple(sorted(found, key=lambda loss: loss.day, reverse=True))


def dated(found: Iterable[Peak]) -> list[Loss]:
    """The losses among some peaks, each with its day; of an account that tells one in two ways, the first way."""
    told: list[Loss] = []
    for peak in sorted((peak for peak in found if peak.watched.metric.key in LOST), key=_way):
        net = peak.watched.metric.key == "net_follows"
        if net and (peak.up or peak.day.value is None or peak.day.value >= 0):
            continue
        if not net and not peak.up:
            continue
        lost = {day: -value if net else value for day, value in _days(peak)}
        day = max(lost, key=lost.__getitem__)
        if not any(one.account == peak.watched.account and _meet(one.peak.window, peak.window) for one in told):
            told.append(Loss(peak, day, lost[day], net))
    return told


def purge(loss: Loss, found: Iterable[Loss], series: Iterable[Watched]) -> tuple[str, ...]:
    """The accounts of the network of a loss, where all whose losses are known lost at once; else none."""
    network = loss.account.partition(":")[0]
    known = {
        one.account for one in series
        if one.metric.key in LOST and one.account.partition(":")[0] == network and _value(one, loss.day) is not None
    }  # fmt: skip
    hit = {one.account for one in found if abs(one.day - loss.day) <= AT_ONCE}
    return tuple(sorted(known)) if len(known) >= FEWEST and known <= hit else ()


def _way(peak: Peak) -> int:
    return LOST.index(peak.watched.metric.key)


def _days(peak: Peak) -> list[tuple[date, float]]:
    """The days of a peak with their values."""
    days = [peak.window.first + n * ONE for n in range(peak.window.days)]
    return [(day, value) for day in days if (value := _value(peak.watched, day)) is not None]


def _value(one: Watched, day: date) -> float | None:
    n = (day - one.series.first).days
    return one.series.values[n] if 0 <= n < len(one.series.values) else None


def _meet(one: Window, other: Window) -> bool:
    return one.first <= other.last and one.last >= other.first
