"""What readings stand on: which accounts cover a source, who measures on which day, and what the sources say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.model import Window
from metrics.answers import Answered, Told, answered, marks, may_change
from metrics.facts import OF_QUERIES, RETURNING, Span, settled_until, spans
from metrics.model import Metric, Source
from metrics.reading import Mark, Scope, Teller, Truths, merged
from metrics.sites import OF_SITES, Owners, Sites, Turn, in_turn, owners, same_sites, seams
from metrics.tellers import Tellers, of_several_forms, tellers

ONE = timedelta(days=1)
BESIDE = ((OF_QUERIES, "query"), ((RETURNING,), "new_returning"))  # measures, and the slice that states them
WHY_NOT = (Mark.RESTRICTED, Mark.WITHHELD, Mark.CUT, Mark.SEAM)  # what may be why an account is left out


@dataclass(frozen=True)
class Ground:
    """What the accounts of a scope cover of a source, in account order. Of a site that several tools measure, one
    account stands for all, and what is said of a day is said of the tool that counts on it."""

    covered: Mapping[str, Span]
    settled: Mapping[str, date]  # the last final day, where no answer says which it is
    sites: Sites
    tellers: Tellers  # who states each day and period
    answered: Answered
    slice: str = "site"

    def told_by(self, metric: Metric, account: str, window: Window, whole: bool) -> tuple[Teller, ...]:
        """Who states a figure over a window in turn, by its days or as a whole; nobody where one alone ever does."""
        if whole:
            stated = self.tellers.get(account, {}).get((window.first, window.last))
            return (_of(stated, metric),) if stated else ()
        return tuple(turn.teller for turn in self._turns(metric, account, window))

    def _turns(self, metric: Metric, account: str, window: Window) -> list[Turn]:
        mine = self.tellers.get(account, {})
        days = (day for day in _days(window) if (day, day) in mine) if mine else ()
        return in_turn((day, _of(mine[day, day], metric)) for day in days)

    def provisional(self, account: str, window: Window, whole: bool) -> int:
        """How many of the window's last days may still change."""
        settled, days = self.settled[account], self.answered.days.get((account, self.slice), {})
        period = self.answered.periods.get((account, self.slice, window)) if whole else None
        day = window.last
        while day >= window.first and may_change(period or days.get(day), day, settled):
            day -= ONE
        return (window.last - day).days

    def tail(self, window: Window) -> int:
        """How many of the window's last days may still change, in the accounts whose exports reach its end."""
        reaching = (account for account, span in self.covered.items() if span.last >= window.last)
        return max((self.provisional(account, window, False) for account in reaching), default=0)

    def of_list(self, metrics: Sequence[Metric], window: Window, daily: bool) -> Truths:
        """What the sources say of a list over a window, account by account the worse."""
        told = [self.truths(metric, account, window, not daily) for account in self.covered for metric in metrics]
        return merged(told)

    def truths(self, metric: Metric, account: str, window: Window, whole: bool) -> Truths:
        """What the sources say of a figure over a window."""
        if not self.answered.days and not self.answered.periods and not self.tellers:
            return {}
        found = marks(self._told(metric, account, window, whole), window, metric.measures())
        days = self.answered.days.get((account, self.slice), {})
        if not whole and any(day in days and may_change(days[day], day, day) for day in _days(window)):
            found[Mark.PROVISIONAL] = {}
        if not whole and (changes := seams(self._turns(metric, account, window))):
            found[Mark.SEAM] = {"seams": changes}
        return found

    def currencies(self, metric: Metric, account: str, window: Window, whole: bool) -> frozenset[str]:
        """The currencies of the amounts of a figure over a window."""
        told = self._told(metric, account, window, whole) if metric.money else ()
        return frozenset(one.currency for one in told if one.currency)

    def _told(self, metric: Metric, account: str, window: Window, whole: bool) -> set[Told]:
        slices = (self.slice, *(beside for of, beside in BESIDE if set(metric.measures()) & set(of)))
        of = self.answered.of_period if whole else self.answered.of_days
        return {told for slice_ in slices for told in of(account, slice_, window)}


def ground(cursor: Any, source: Source, windows: Sequence[Window], scope: Scope, slice_: str = "site") -> Ground:
    """What readings of a source over windows stand on, or those of one of its slices."""
    span = Window(min(w.first for w in windows), max(w.last for w in windows))
    return grounds(cursor, source, [(slice_, span)], scope)[slice_, span]


def grounds(
    cursor: Any, source: Source, asked: Collection[tuple[str, Window]], scope: Scope
) -> dict[tuple[str, Window], Ground]:
    """The same for several slices, each over its window: what they have in common is asked once."""
    sites = same_sites(cursor, source, scope)
    mine: dict[str, dict[str, Span]] = {}
    for (_, account), span in sorted(spans(cursor, source.value).items()):
        if not scope.accounts or account in scope.accounts:
            mine.setdefault(sites.lead(account), {})[account] = span
    covered, settled = {}, {}
    for lead, theirs in sorted(mine.items()):
        latest = max(theirs, key=lambda account: theirs[account].last)  # its last days are those that may change
        first = min(span.first for span in theirs.values())
        covered[lead] = replace(theirs[latest], first=first)
        settled[lead] = settled_until(latest, theirs[latest])
    if source not in OF_SITES:
        return {(name, span): Ground(covered, settled, sites, {}, Answered(), name) for name, span in asked}
    several = of_several_forms(cursor, source)
    slices = {name for name, _ in asked} | {"query" if source is Source.SEARCH else "new_returning"}
    whole = Window(min(span.first for _, span in asked), max(span.last for _, span in asked))
    told = answered(cursor, source.value, sorted(slices), whole)
    found = {}
    for name, span in asked:
        counted = owners(cursor, source, name, span, sites)
        stating = tellers(cursor, source, name, span, sites, counted, several)
        found[name, span] = Ground(covered, settled, sites, stating, _joined(told, sites, counted), name)
    return found


def _of(stated: Mapping[str, Teller], metric: Metric) -> Teller:
    """Who states a figure: the first of its measures that is stated, or whatever is."""
    return next(stated[name] for name in (*metric.measures(), "") if name in stated)


def _joined(told: Answered, sites: Sites, counted: Owners) -> Answered:
    """What is told, under the account that stands for its site: of each day and period, of the tool that counts."""
    days: dict[tuple[str, str], dict[date, Told]] = {}
    periods: dict[tuple[str, str, Window], Told] = {}
    accounts = {account for account, *_ in (*told.days, *told.periods)}
    for account in sorted(accounts, key=lambda one: -sites.place(one)):  # the first that counts is put last
        lead = sites.lead(account)
        for slice_, mine in ((slice_, mine) for (one, slice_), mine in told.days.items() if one == account):
            counts = {d: t for d, t in mine.items() if counted.get((lead, d, d), account) == account}
            days.setdefault((lead, slice_), {}).update(counts)
        for (one, slice_, window), said in told.periods.items():
            if one == account and counted.get((lead, window.first, window.last), account) == account:
                periods[lead, slice_, window] = said
    return Answered(days, periods)


def _days(window: Window) -> Iterator[date]:
    return (window.first + n * ONE for n in range(window.days))
