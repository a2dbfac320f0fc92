"""What sources say of their own answers: sampled, withheld, restricted, provisional … for which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from data.model import Window
from metrics.reading import Mark, Truths

ONE = timedelta(days=1)
RANKED = "with ranked as (select export_id, rank from exports)"


class Told(NamedTuple):
    """What a source says of one of its answers; `rank` is that of the export."""

    rank: int
    provisional_from: date | None
    sampled: float | None
    withheld: bool
    other: float | None
    cut_before: date | None
    restricted: tuple[str, ...]
    currency: str


Days = Mapping[date, Told]
NEVER = Told(0, None, None, False, None, None, (), "")


@dataclass(frozen=True)
class Answered:
    """The newest answers that are believed, of each day and of each period, by account and slice."""

    days: Mapping[tuple[str, str], Days] = field(default_factory=dict)
    periods: Mapping[tuple[str, str, Window], Told] = field(default_factory=dict)

    def of_days(self, account: str, slice_: str, window: Window) -> set[Told]:
        """What is told of the days of a window."""
        days = self.days.get((account, slice_), {})
        return {told for day, told in days.items() if window.first <= day <= window.last}

    def of_period(self, account: str, slice_: str, window: Window) -> set[Told]:
        """What is told of a window as a whole."""
        told = self.periods.get((account, slice_, window))
        return {told} if told else set()


def answered(cursor: Any, table: str, slices: Sequence[str], span: Window) -> Answered:
    """What the newest answers about slices say of the days and periods that touch a span."""
    rows = cursor.execute(
        f"{RANKED} select account, slice, first_day, last_day, by_day, rank, provisional_from, sampled, withheld, "
        'other, cut_before, restricted, currency from answers join ranked using (export_id) where "table" = ? '
        "and slice in (select unnest(?)) and last_day >= ? and first_day <= ? order by rank",
        [table, list(slices), span.first, span.last],
    ).fetchall()
    days: dict[tuple[str, str], dict[date, Told]] = {}
    periods: dict[tuple[str, str, Window], Told] = {}
    for account, slice_, first, last, by_day, *said in rows:
        told = Told._make((*said[:-2], tuple(said[-2]), said[-1]))
        if by_day:
            first, last = max(first, span.first), min(last, span.last)
            mine = days.setdefault((account, slice_), {})
            mine.update({first + n * ONE: told for n in range((last - first).days + 1)})
        else:
            periods[account, slice_, Window(first, last)] = told
    # Of the whole site each export states some measures, but for searches, where every one states all.
    lists = sorted({slice_ for _, slice_, *_ in rows} - ({"site"} if table == "web" else set()))
    for account, slice_, first, last, rank in _newest(cursor, table, lists, span):  # a list that is newer goes first
        if first == last and days.get((account, slice_), {}).get(first, NEVER).rank < rank:
            days.get((account, slice_), {}).pop(first, None)
        if periods.get((account, slice_, Window(first, last)), NEVER).rank < rank:
            periods.pop((account, slice_, Window(first, last)), None)
    return Answered(days, periods)


def _newest(cursor: Any, table: str, slices: Sequence[str], span: Window) -> list[tuple]:
    if not slices:
        return []
    query = (
        f"{RANKED} select account, slice, first_day, last_day, max(rank) "
        f"from ledger.{table} join ranked using (export_id) "
        "where slice in (select unnest(?)) and last_day >= ? and first_day <= ? group by all"
    )
    return cursor.execute(query, [list(slices), span.first, span.last]).fetchall()


def marks(told: Iterable[Told], window: Window, measures: Iterable[str]) -> Truths:
    """The marks that answers give to a figure over a window, each with what its sentence names."""
    told = list(told)
    found: Truths = {}
    if shares := [one.sampled for one in told if one.sampled is not None and one.sampled < 1]:
        found[Mark.SAMPLED] = {"share": min(shares)}
    if any(one.withheld for one in told):
        found[Mark.WITHHELD] = {}
    if shares := [one.other for one in told if one.other]:
        found[Mark.OTHER] = {"share": max(shares)}
    if days := [one.cut_before for one in told if one.cut_before and window.first < one.cut_before]:
        found[Mark.CUT] = {"day": max(days)}
    if set(measures) & {name for one in told for name in one.restricted}:
        found[Mark.RESTRICTED] = {}
    return found


def may_change(told: Told | None, day: date, settled: date) -> bool:
    """Whether the figures of a day may still change: as its newest answer says, else where it is after `settled`."""
    return told.provisional_from <= day if told and told.provisional_from else day > settled
