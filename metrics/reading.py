"""The words of a figure read: Reading, its coverage and marks of trust, and Change between two readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from data.model import Window
from metrics.model import N_, Metric, Source, Unit


class Mark(StrEnum):
    """A mark of trust, carried from the rows to the page; MARKS says each in words."""

    PROVISIONAL = "provisional"
    GROWING = "growing"
    ESTIMATED = "estimated"
    INCOMPLETE = "incomplete"
    PART = "part"
    STALE = "stale"
    TYPED = "typed"
    TOOLS = "tools"
    NOT_ADDED = "not_added"
    PERIOD_COUNTS = "period_counts"
    SEAM = "seam"
    SAMPLED = "sampled"
    WITHHELD = "withheld"
    OTHER = "other"
    CUT = "cut"
    RESTRICTED = "restricted"
    CURRENCIES = "currencies"


MARKS: Mapping[Mark, str] = {
    Mark.PROVISIONAL: N_("Provisional: the last days may still change at the source."),
    Mark.GROWING: N_("Some of these posts are less than a week old: their counts still grow."),
    Mark.ESTIMATED: N_("Estimated: a difference of totals, where the network states no gains and losses."),
    Mark.INCOMPLETE: N_("Days are missing: a sum over them would be too small, so none is shown."),
    Mark.PART: N_("Not every account or post states it: see the coverage."),
    Mark.STALE: N_("The last known value is older than the period."),
    Mark.TYPED: N_("Rests on a number of followers that was typed in by hand."),
    Mark.TOOLS: N_("Several tools measure visits here: if they measure the same site, the same visit counts twice."),
    Mark.NOT_ADDED: N_("People are not added over days or accounts: the same person would be counted twice."),
    Mark.PERIOD_COUNTS: N_("Some counts cover a period only, not the whole life of the post."),
    Mark.SEAM: N_("Until {until}: {before}; from {since}: {after}."),
    Mark.SAMPLED: N_("Sampled: the source worked it out, for some days at least, from {share} of the data."),
    Mark.WITHHELD: N_("The source may leave out small numbers, so that nobody can be made out."),
    Mark.OTHER: N_("Too many rows for the source: up to {share} stands in “(other)”, not told apart."),
    Mark.CUT: N_("The source keeps nothing from before {day}."),
    Mark.RESTRICTED: N_("Who connected Vigie may not see this at the source, which prints zeros: it is not shown."),
    Mark.CURRENCIES: N_("Amounts are in several currencies ({currencies}), which are not added."),
}


@dataclass(frozen=True)
class Scope:
    """Whose figures: the accounts named, or all when none is. `kinds` narrows posts; `words` are the brand's own."""

    accounts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


EVERYTHING = Scope()


# What a service is asked, and the files of the same tool, by the keys of their connectors.
SERVICES = {"ga4": "ga4_report", "search_console_api": "search_console"}


class Teller(NamedTuple):
    """Who states figures of a site: an account, and by which format (a connector) where several state its figures."""

    account: str
    form: str = ""

    @property
    def tool(self) -> tuple[str, str]:
        """What measured: a service that is asked is the tool whose files its user also exports."""
        return self.account, SERVICES.get(self.form, self.form)

    @property
    def asked(self) -> bool:
        """Whether a service was asked, and no file was loaded."""
        return self.form in SERVICES


class Seam(NamedTuple):
    """That from a day on figures of the same site are stated by another; `until` is said where days lie between."""

    day: date
    before: Teller
    after: Teller
    until: date | None = None


Truths = dict[Mark, dict[str, Any]]  # what the sources say of their figures, with the values that a sentence names


class Part(NamedTuple):
    """What one account gives to a reading: `rows` of its `of_rows` rows (posts or days) state the figure.

    `tellers`: who stated it in turn, where several measure one site or several formats state an account;
    `currencies`: of its amounts.
    """

    top: float
    bottom: float | None
    rows: int
    of_rows: int
    marks: frozenset[Mark] = frozenset()
    provisional_days: int = 0
    tellers: tuple[Teller, ...] = ()
    currencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Coverage:
    """How much of what was asked states the figure: accounts, and rows (posts or days) of those accounts."""

    accounts: int
    of_accounts: int
    rows: int
    of_rows: int

    @property
    def whole(self) -> bool:
        """Whether everything that was asked states it."""
        return self.accounts == self.of_accounts and self.rows == self.of_rows


@dataclass(frozen=True)
class Reading:
    """A metric over a window: value, coverage, marks of trust, and the question itself.

    `value` is None when nothing complete states it. `parts`: what each complete account gives, by account key.
    `partial`: accounts that state some of the window only, which are left out of the value. `silent`: accounts
    with exports of this kind that state nothing of it. `truths`: what the sources say, by account key.
    """

    metric: Metric
    window: Window
    scope: Scope
    value: float | None
    coverage: Coverage
    marks: frozenset[Mark] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    truths: Mapping[str, Truths] = field(default_factory=dict)

    @property
    def said(self) -> Truths:
        """What the sentences of its marks name."""
        found = merged(self.truths.values())
        if Mark.CURRENCIES in self.marks:
            found[Mark.CURRENCIES] = {"currencies": currencies(self.parts.values())}
        return found

    @property
    def currency(self) -> str:
        """The one currency of its amounts, empty where none is stated."""
        return next(iter(currencies(self.parts.values())), "") if Mark.CURRENCIES not in self.marks else ""

    @property
    def provisional_days(self) -> int:
        """How many of the window's last days may still change at the source."""
        return max((part.provisional_days for part in self.parts.values()), default=0)

    def of_accounts(self, keep: Callable[[str], bool]) -> Reading:
        """The same reading for some of its accounts only."""
        parts = {key: part for key, part in self.parts.items() if keep(key)}
        partial, silent = (frozenset(filter(keep, keys)) for keys in (self.partial, self.silent))
        truths = {key: told for key, told in self.truths.items() if keep(key)}
        return reading(self.metric, self.window, self.scope, parts, partial, silent, truths)


NOTHING_TOLD: Mapping[str, Truths] = {}


def reading(
    metric: Metric, window: Window, scope: Scope, parts: Mapping[str, Part], partial: frozenset[str] = frozenset(),
    silent: frozenset[str] = frozenset(), truths: Mapping[str, Truths] = NOTHING_TOLD,
) -> Reading:  # fmt: skip
    """The reading that the parts of complete accounts give, `partial` and `silent` naming the others."""
    accounts = len(parts) + len(partial) + len(silent)
    rows, of_rows = sum(p.rows for p in parts.values()), sum(p.of_rows for p in parts.values())
    coverage = Coverage(len(parts), accounts, rows, of_rows)
    marks = {mark for part in parts.values() for mark in part.marks}
    marks |= {mark for told in truths.values() for mark in told}
    if any(part.provisional_days for part in parts.values()):
        marks.add(Mark.PROVISIONAL)
    if partial and not metric.people:
        marks.add(Mark.INCOMPLETE)
    if not coverage.whole:
        marks.add(Mark.PART)
    if metric.people and (partial or len(parts) > 1):
        marks.add(Mark.NOT_ADDED)
    if metric.reads is Source.WEB and len({account.partition(":")[0] for account in parts}) > 1:
        marks.add(Mark.TOOLS)
    if metric.money and len(currencies(parts.values())) > 1:
        marks.add(Mark.CURRENCIES)
    value = total(metric, parts)
    return Reading(metric, window, scope, value, coverage, frozenset(marks), parts, partial, silent, truths)


def currencies(parts: Iterable[Part]) -> list[str]:
    """The currencies of the amounts of some parts."""
    return sorted({currency for part in parts for currency in part.currencies})


def merged(told: Iterable[Truths]) -> Truths:
    """What is told of several figures together: of each mark the worse."""
    found: Truths = {}
    for truths in told:
        for mark, values in truths.items():
            found[mark] = _worse(mark, found[mark], values) if mark in found else values
    return found


def _worse(mark: Mark, one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What the sentence of a mark names for two accounts together: the worse of both."""
    match mark:
        case Mark.SAMPLED:
            return min(one, other, key=itemgetter("share"))
        case Mark.OTHER:
            return max(one, other, key=itemgetter("share"))
        case Mark.CUT:
            return max(one, other, key=itemgetter("day"))
        case Mark.SEAM:
            return {"seams": tuple(dict.fromkeys((*one["seams"], *other["seams"])))}
    return one


@dataclass(frozen=True)
class Change:
    """A reading against another window, over the accounts complete in both.

    `ratio` is the relative change (None when the base is below 20 or zero), `difference` the absolute one.
    `matched` says whether every account of the reading could be compared, `tools` whether another tool than now
    measured the other window.
    """

    difference: float
    ratio: float | None
    base: float
    matched: bool
    window: Window
    against: Window
    tools: bool = False


SMALL_BASE = 20  # below it a percentage says more than the count it hides


def change(now: Reading, then: Reading) -> Change | None:
    """How `now` differs from `then`, None when they have no account in common."""
    common = now.parts.keys() & then.parts.keys()
    first, second = total(now.metric, now.parts, common), total(then.metric, then.parts, common)
    if first is None or second is None:
        return None
    too_small = not second or (now.metric.unit is Unit.COUNT and abs(second) < SMALL_BASE)
    ratio = None if too_small else (first - second) / abs(second)
    matched = len(common) == max(len(now.parts), len(then.parts))
    tools = any(in_use(now.parts[key].tellers) != in_use(then.parts[key].tellers) for key in common)
    return Change(first - second, ratio, second, matched, now.window, then.window, tools)


def in_use(tellers: Iterable[Teller]) -> list[tuple[str, str]]:
    """The tools that measured in turn."""
    return [tool for tool, _ in groupby(teller.tool for teller in tellers)]


def total(metric: Metric, parts: Mapping[str, Part], keys: Iterable[str] | None = None) -> float | None:
    """The value over some parts: the sum of tops, over the sum of bottoms where the metric is a ratio."""
    chosen = [parts[key] for key in (parts if keys is None else keys)]
    if not chosen or (len(chosen) > 1 and metric.people) or (metric.money and len(currencies(chosen)) > 1):
        return None
    top = sum(part.top for part in chosen)
    if metric.bottom is None:
        return top
    bottom = sum(part.bottom for part in chosen if part.bottom is not None)
    return top / bottom if bottom else None
