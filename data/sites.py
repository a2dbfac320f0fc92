"""Which accounts measure one site, as people have said: never worked out from exports."""

from __future__ import annotations

from data.cursor import Cursor
from data.model import UserError, says

Links = list[tuple[str, str]]  # an account, and the one that it goes with and that goes before it


def links(cursor: Cursor) -> Links:
    """Which account goes with which, those of one site in the order in which they are asked."""
    return cursor.execute("select account, lead from same_site order by lead, place").fetchall()


def join(cursor: Cursor, account: str, lead: str) -> None:
    """States that an account measures the same site as `lead`; whoever went with it comes along."""
    if account == lead:
        raise UserError(says("An account goes with another one, not with itself: {account}", account=account))
    tables = {key: _measured(cursor, key) for key in (account, lead)}
    if not tables[account] & tables[lead]:
        raise UserError(
            says("{account} and {other} do not both measure visits, nor both searches.", account=account, other=lead)
        )
    found = dict(links(cursor))
    lead = found.get(lead, lead)
    if account == lead:
        raise UserError(says("{account} goes before the others of its site. Take them apart first.", account=account))
    coming = [account, *(one for one, its in found.items() if its == account)]
    others = [one for one, its in found.items() if its == lead and one not in coming]
    for one in (*others, *coming):
        cursor.execute("delete from same_site where account = ?", [one])
    for place, one in enumerate((*others, *coming), 1):
        cursor.execute("insert into same_site values (?, ?, ?)", [one, lead, place])


def part(cursor: Cursor, account: str) -> None:
    """Takes back that an account measures the same site as another."""
    if account not in dict(links(cursor)):
        raise UserError(says("{account} goes with no other account.", account=account))
    cursor.execute("delete from same_site where account = ?", [account])


def _measured(cursor: Cursor, account: str) -> set[str]:
    """The tables of slices that the exports of an account state."""
    query = """select "table" from spans where account = ? and "table" in ('web', 'search')"""
    return {table for (table,) in cursor.execute(query, [account]).fetchall()}
