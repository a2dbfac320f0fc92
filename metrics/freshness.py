"""How far each account is known, and which days between two exports no file tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.model import Window

DAILY = ("account_days", "web", "search")  # what is told day by day; posts are told as of an export
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Freshness:
    """How far an account is known: its last day told by day, its newest export, and that of its posts."""

    account: str
    until: date | None
    exported: date
    posts_exported: date | None
    gaps: tuple[Window, ...]

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
    found = [_of(account, rows) for account, rows in told.items()]
    return sorted(found, key=lambda one: (one.known, one.account))


def _of(account: str, rows: list[tuple[str, date, date, date]]) -> Freshness:
    daily = [Window(first, last) for table, first, last, _ in rows if table in DAILY and first]
    return Freshness(
        account,
        until=max((window.last for window in daily), default=None),
        exported=max(exported for *_, exported in rows),
        posts_exported=max((exported for table, *_, exported in rows if table == "posts"), default=None),
        gaps=gaps(daily),
    )


def gaps(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The spans of days between the first and the last that no window holds."""
    found: list[Window] = []
    last: date | None = None
    for window in sorted(windows, key=lambda w: w.first):
        if last and window.first > last + ONE:
            found.append(Window(last + ONE, window.first - ONE))
        last = max(last, window.last) if last else window.last
    return tuple(found)
