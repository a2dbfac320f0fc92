"""One site that several tools measure, at once or one after the other: whose figures count on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from data.model import Window
from metrics.model import Source
from metrics.reading import Mark, Reading, Scope, Seam

OF_SITES = (Source.WEB, Source.SEARCH)
Owners = Mapping[tuple[str, date, date], str]  # (lead, first day, last day) -> the account whose figures count


class Place(NamedTuple):
    """Where an account stands among those of its site: whose part it gives, and how many go before it."""

    lead: str
    place: int


@dataclass(frozen=True)
class Sites:
    """The accounts of a scope that measure one site with others; in a reading, `lead` stands for all of them."""

    places: Mapping[str, Place]

    def lead(self, account: str) -> str:
        """The account that stands for this one."""
        return self.places[account].lead if account in self.places else account

    def place(self, account: str) -> int:
        """How many accounts of its site go before this one."""
        return self.places[account].place if account in self.places else 0

    def of(self, lead: str) -> list[str]:
        """The accounts that measure the site of `lead`, the first that counts first."""
        return [account for account, place in self.places.items() if place.lead == lead] or [lead]


ALONE = Sites({})


def same_sites(cursor: Any, source: Source, scope: Scope) -> Sites:
    """What people have said of the accounts of a scope: which of them measure one site."""
    if source not in OF_SITES:
        return ALONE
    chains: dict[str, list[str]] = {}
    for account, lead in cursor.execute("select account, lead from same_site order by lead, place").fetchall():
        chains.setdefault(lead, [lead]).append(account)
    places = {}
    for chain in chains.values():
        kept = [account for account in chain if not scope.accounts or account in scope.accounts]
        if len(kept) > 1:
            places |= {account: Place(kept[0], n) for n, account in enumerate(kept)}
    return Sites(places)


def counting(table: str, columns: Iterable[str] | None, where: str, sites: Sites) -> str:
    """SQL of the rows of slices that count, with some columns or all.

    Of a site that several tools measure, those of the first that states a day or period of a slice: `account` is then
    the one that stands for the site, `owner` whose row it is.
    """
    named = "* exclude (account)" if columns is None else ", ".join(["slice, first_day, last_day", *columns])
    if not sites.places:
        return f"select account, account as owner, {named} from {table} f where {where}"
    if columns is None:
        named = f"f.{named}"
    listed = ", ".join(f"({_text(a)}, {_text(p.lead)}, {p.place})" for a, p in sites.places.items())
    return (
        f"select coalesce(same.lead, f.account) as account, f.account as owner, {named} "
        f"from {table} f left join (values {listed}) same(member, lead, place) on same.member = f.account "
        f"where {where} qualify same.place is null "
        "or same.place = min(same.place) over (partition by same.lead, slice, first_day, last_day)"
    )


def owners(cursor: Any, source: Source, slice_: str, span: Window, sites: Sites) -> Owners:
    """Whose figures of a slice count on each day and in each period, where several tools measure it."""
    if not sites.places:
        return {}
    where = "slice = ? and first_day >= ? and last_day <= ? and f.account in (select unnest(?))"
    query = f"select distinct account, first_day, last_day, owner from ({counting(source.value, (), where, sites)})"
    rows = cursor.execute(query, [slice_, span.first, span.last, list(sites.places)]).fetchall()
    return {(lead, first, last): owner for lead, first, last, owner in rows}


def in_turn(days: Mapping[date, str], window: Window) -> list[tuple[date, str]]:
    """Who measures the days of a window, each with the first day on which it follows another."""
    found: list[tuple[date, str]] = []
    for day in sorted(day for day in days if window.first <= day <= window.last):
        if not found or found[-1][1] != days[day]:
            found.append((day, days[day]))
    return found


def seams(turns: Sequence[tuple[date, str]]) -> tuple[Seam, ...]:
    """Where one tool follows another."""
    return tuple(Seam(day, one, other) for (_, one), (day, other) in pairwise(turns))


def seams_over(readings: Sequence[Reading]) -> tuple[Seam, ...]:
    """Where one tool follows another, within the windows of successive readings of one metric and between them."""
    found: list[Seam] = []
    for account in sorted({account for one in readings for account in one.parts}):
        before = ""
        for one in readings:
            part = one.parts.get(account)
            if part is None or not part.owners:
                continue
            if before and before != part.owners[0]:
                found.append(Seam(one.window.first, before, part.owners[0]))
            within = one.truths.get(account, {}).get(Mark.SEAM, {"seams": ()})
            found += within["seams"]
            before = part.owners[-1]
    return tuple(sorted(found))


def _text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"
