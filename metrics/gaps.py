"""Which days each export covers, and which days between two of them no file tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.model import Message, Window, says

ONE = timedelta(days=1)
POSTS = "posts"
MANY = 4  # gaps named before the rest is counted
DAILY = ("account_days", "web", "search")  # what is told day by day


@dataclass(frozen=True)
class Covered:
    """The days that an export covers of an account, in one table.

    One of posts covers every day it was `asked` for. One that does not say what it was asked for covers its posts at
    least: a day beside them may have none, or may not be in it.
    """

    account: str
    table: str
    days: Window
    asked: bool = False


def covered(cursor: Any, tables: Iterable[str] = (POSTS, *DAILY)) -> list[Covered]:
    """What every export that states days covers, in some tables."""
    rows = cursor.execute(
        'select account, "table", first_day, last_day, asked from ledger.spans '
        'where first_day is not null and "table" in (select unnest(?))',
        [list(tables)],
    ).fetchall()
    return [Covered(account, table, Window(first, last), asked) for account, table, first, last, asked in rows]


def gaps_of(account: str, told: Iterable[Covered]) -> tuple[Window, ...]:
    """The days of an account between two exports of posts that lie in neither, as far as both say what they cover."""
    posts = [one for one in told if one.account == account and one.table == POSTS]
    firsts = {one.days.first for one in posts if one.asked}
    lasts = {one.days.last for one in posts if one.asked}
    found = gaps(one.days for one in posts)
    return tuple(gap for gap in found if gap.first - ONE in lasts and gap.last + ONE in firsts)


def days_missing(account: str, told: Iterable[Covered]) -> tuple[Window, ...]:
    """The days of an account, of those told day by day, that lie between two exports."""
    return gaps(one.days for one in told if one.account == account and one.table in DAILY)


def beside(new: Iterable[Covered], known: Iterable[Covered]) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    """The days, and the days of posts, that would still lie in no file next to what `new` exports cover."""
    new = list(new)
    together = [*known, *new]
    accounts = dict.fromkeys(one.account for one in new)
    edges = {edge for one in new for edge in (one.days.first - ONE, one.days.last + ONE)}

    def next_to(found: Iterable[Window]) -> tuple[Window, ...]:
        return tuple(dict.fromkeys(gap for gap in found if {gap.first, gap.last} & edges))

    return (
        next_to(gap for account in accounts for gap in days_missing(account, together)),
        next_to(gap for account in accounts for gap in gaps_of(account, together)),
    )


def lacking(days: Sequence[Window], posts: Sequence[Window]) -> list[Message]:
    """In words: the days that no file tells, and those whose posts none does."""
    told = [says("In no file: {spans}.", spans=_named(days))] if days else []
    return told + ([says("Posts in no file: {spans}.", spans=_named(posts))] if posts else [])


def _named(found: Sequence[Window]) -> list[Window | Message]:
    named = found if len(found) <= MANY + 1 else found[-MANY:]  # what is counted is several
    return [says("{n} earlier spans", n=len(found) - len(named)), *named] if len(named) < len(found) else [*named]


def gaps(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The spans of days between the first and the last that no window holds."""
    found: list[Window] = []
    last: date | None = None
    for window in sorted(windows, key=lambda w: w.first):
        if last and window.first > last + ONE:
            found.append(Window(last + ONE, window.first - ONE))
        last = max(last, window.last) if last else window.last
    return tuple(found)
