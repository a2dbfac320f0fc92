"""Short ways for the tests of the warehouse to write exports and statements, and to see what is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from data.model import Account, Answer, Answers, Export, Origin, Statement
from data.store import Store

ACCOUNT = "mastodon:lumen"
DAY = date(2026, 3, 2)
NO_ANSWERS = Answers()


def day(n: int) -> date:
    return DAY + timedelta(n)


def made(n: int) -> datetime:
    """A moment at which an export was made; the larger `n`, the later."""
    return datetime(2026, 6, 1, 12) + timedelta(n)


def export(
    name: str,
    as_of: datetime | None = None,
    accounts: tuple[Account, ...] = (),
    answers: Answers = NO_ANSWERS,
) -> Export:
    """An export whose bytes are its name."""
    content = name.encode()
    return Export(hashlib.sha256(content).hexdigest(), name, content, "tests", as_of, answers, accounts)


def said(
    table: str, *, sheet: str = "", row: int = 1, others: dict[str, float] | None = None, **values: Any
) -> Statement:
    """A statement for a table, of the same account unless `account` says otherwise."""
    return Statement(table, {"account": ACCOUNT, **values}, Origin(sheet, row), others or {})


def post(post_id: str = "p", **values: Any) -> Statement:
    return said("posts", post_id=post_id, **values)


def of_day(n: int = 0, **values: Any) -> Statement:
    return said("account_days", day=day(n), **values)


def web(slice_: str = "site", n: int = 0, **values: Any) -> Statement:
    return said("web", slice=slice_, first_day=day(n), last_day=day(n), **values)


def answer(slice_: str, first: int, last: int, **values: Any) -> Answer:
    """That an export answers a slice of the site by day, from day to day, unless `values` say otherwise."""
    given = {"table": "web", "account": ACCOUNT, "by_day": True, "origin": Origin("", 1), **values}
    return Answer(slice=slice_, first_day=day(first), last_day=day(last), **given)


def rows(store: Store, query: str, *parameters: Any) -> list[tuple]:
    with store.read() as cursor:
        return cursor.execute(query, list(parameters)).fetchall()


def one(store: Store, query: str) -> Any:
    """The only value a query answers."""
    ((value,),) = rows(store, query)
    return value


def known(store: Store, table: str) -> list[dict[str, Any]]:
    """The known rows of a table, each without what it does not state, in an order of their own."""
    with store.read() as cursor:
        answer = cursor.execute(f"select * from {table}")
        names = [column[0] for column in answer.description]
        found = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return sorted_rows({name: value for name, value in row.items() if value is not None} for row in found)


def sorted_rows(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in an order that depends on what they say alone."""

    def plain(value: Any) -> Any:
        return sorted((name, plain(inner)) for name, inner in value.items()) if isinstance(value, dict) else value

    return sorted(found, key=lambda row: repr(plain(row)))
