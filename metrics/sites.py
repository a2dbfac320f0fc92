"""One site that several tools measure, at once or one after the other: whose figures count on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from data.model import Window
from metrics.model import Source
from metrics.reading import Mark, Reading, Scope, Seam, Teller

ONE = timedelta(days=1)
OF_SITES = (Source.WEB, Source.SEARCH)
Owners = Mapping[tuple[str, date, date], str]  # (lead, first day, last day) -> the account whose figures count


class Place(NamedTuple):
    """Where an account stands among those of its site: whose part it gives, and how many go before it."""

    lead: str
    place: int


class Turn(NamedTuple):
    """Who states the figures of a site from one day to another."""

    first: date
    last: date
    teller: Teller


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


def in_turn(told: Iterable[tuple[date, Teller]]) -> list[Turn]:
    """Who states days that follow each other, each with the days on which nobody else does."""
    found: list[Turn] = []
    for day, teller in told:
        if found and found[-1].teller == teller:
            found[-1] = found[-1]._replace(last=day)
        else:
            found.append(Turn(day, day, teller))
    return found


def seams(turns: Sequence[Turn]) -> tuple[Seam, ...]:
    """Where one follows another."""
    return tuple(_seam(one.last, one.teller, other.first, other.teller) for one, other in pairwise(turns))


def seams_over(readings: Sequence[Reading]) -> tuple[Seam, ...]:
    """Where one follows another, within the windows of successive readings of one metric and between them."""
    found: list[Seam] = []
    for account in sorted({account for one in readings for account in one.parts}):
        before: Reading | None = None
        for one in readings:
            part = one.parts.get(account)
            if part is None or not part.tellers:
                continue
            if before and (last := before.parts[account].tellers[-1]) != part.tellers[0]:
                found.append(_seam(before.window.last, last, one.window.first, part.tellers[0]))
            within = one.truths.get(account, {}).get(Mark.SEAM, {"seams": ()})
            found += within["seams"]
            before = one
    return tuple(sorted(found, key=lambda seam: seam.day))


def _seam(last: date, before: Teller, first: date, after: Teller) -> Seam:
    return Seam(first, before, after, last if last < first - ONE else None)


def _text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"
