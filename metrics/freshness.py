"""How far each account is known, and which days between two exports no file tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.model import Window
from metrics.gaps import DAILY, POSTS, Covered, covered, days_missing, gaps_of


@dataclass(frozen=True)
class Freshness:
    """How far an account is known: its last day told by day, its newest export, and that of its posts.

    `gaps` and `posts_gaps`: the days between two exports that no file tells, and those whose posts none does.
    """

    account: str
    until: date | None
    exported: date
    posts_exported: date | None
    gaps: tuple[Window, ...] = ()
    posts_gaps: tuple[Window, ...] = ()

    @property
    def known(self) -> date:
        """The day until which it is known."""
        return self.until or self.exported


def freshness(cursor: Any) -> list[Freshness]:
    """Each account's freshness, the one furthest behind first."""
    rows = cursor.execute(
        """
        select account, "table", spans.first_day, spans.last_day,
               coalesce(exports.as_of::date, spans.last_day) as exported
        from ledger.spans as spans join exports using (export_id)
        where exported is not null order by account, spans.first_day
        """
    ).fetchall()
    told: dict[str, list[tuple[str, date, date, date]]] = {}
    for account, *row in rows:
        told.setdefault(account, []).append(tuple(row))
    known = covered(cursor)
    found = [_of(account, rows, known) for account, rows in told.items()]
    return sorted(found, key=lambda one: (one.known, one.account))


def _of(account: str, rows: list[tuple[str, date, date, date]], known: list[Covered]) -> Freshness:
    return Freshness(
        account,
        until=max((last for table, first, last, _ in rows if table in DAILY and first), default=None),
        exported=max(exported for *_, exported in rows),
        posts_exported=max((exported for table, *_, exported in rows if table == POSTS), default=None),
        gaps=days_missing(account, known),
        posts_gaps=gaps_of(account, known),
    )
