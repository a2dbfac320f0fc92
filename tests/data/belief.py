"""What ought to be known, worked out a second time in plain Python: the tests hold the SQL against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from statements import sorted_rows

from data.model import Answer, Export, Statement

KEYS = {
    "posts": ("account", "post_id"),
    "account_days": ("account", "day"),
    "reviews": ("account", "review_id"),
    "web": ("account", "slice", "first_day", "last_day"),
    "search": ("account", "slice", "first_day", "last_day"),
    "audience": ("account", "dimension", "first_day", "last_day"),
    "ads": ("account", "first_day", "last_day"),
}
LABELS = (str, date, datetime)
Row = dict[str, Any]


def believed(exports: Iterable[tuple[Export, list[Statement | Answer]]]) -> dict[str, list[Row]]:
    """The rows of every table, each without what is not stated."""
    order = sorted(exports, key=lambda pair: (pair[0].as_of or datetime.min, pair[0].id))
    found: dict[str, list[Row]] = {table: [] for table in KEYS}
    by_key: dict[tuple, list[tuple[int, Statement]]] = {}
    for rank, (_, findings) in enumerate(order):
        for answer in findings:
            if isinstance(answer, Answer):
                for key in [key for key in by_key if _speaks_of(answer, key)]:
                    del by_key[key]  # whatever older exports state there
        for statement in findings:
            if isinstance(statement, Statement):
                key = (statement.table, *(statement.values[name] for name in KEYS[statement.table]))
                by_key.setdefault(key, []).append((rank, statement))
    for (table, *_), ranked in by_key.items():
        statements = [statement for _, statement in ranked]
        if table == "posts":
            found[table].append(_post(statements))
        elif table in ("account_days", "reviews") or statements[0].values.get("slice") == "site":
            found[table].append(_merged(statements))
        else:
            newest = [statement for rank, statement in ranked if rank == ranked[-1][0]]
            found[table] += _members(newest)
    return {table: sorted_rows(some) for table, some in found.items()}


def _speaks_of(answer: Answer, key: tuple) -> bool:
    if key[:3] != (answer.table, answer.account, answer.slice):
        return False
    _, _, _, first, last = key
    if answer.by_day:
        return first == last and answer.first_day <= first <= answer.last_day
    return (first, last) == (answer.first_day, answer.last_day)


def _merged(statements: list[Statement]) -> Row:
    row: Row = {}
    others: dict[str, float] = {}
    for statement in statements:
        row |= {name: value for name, value in statement.values.items() if value is not None}
        others |= statement.others
    return row | ({"others": others} if others else {})


def _members(statements: list[Statement]) -> list[Row]:
    members: dict[tuple, list[Statement]] = {}
    for statement in statements:
        labels = {
            name: value for name, value in statement.values.items() if isinstance(value, LABELS) or name == "hour"
        }
        members.setdefault(tuple(sorted(labels.items())), []).append(statement)
    return [_merged(same) for same in members.values()]


def _post(statements: list[Statement]) -> Row:
    counting = [statement for statement in statements if _counts(statement) or statement.others]
    words = _merged([Statement(s.table, _without(s, _counts(s)), s.origin) for s in statements])
    if not counting:
        return words
    sinces = [statement.values.get("counted_from") for statement in counting]
    since = None if None in sinces else sinces[-1]
    chosen = [s for s in counting if s.values.get("counted_from") == since]
    figures = _merged([Statement(s.table, _counts(s), s.origin, s.others) for s in chosen])
    return words | figures | ({"counted_from": since} if since else {})


def _counts(statement: Statement) -> Row:
    return {name: value for name, value in statement.values.items() if isinstance(value, int | float)}


def _without(statement: Statement, counts: Row) -> Row:
    return {n: v for n, v in statement.values.items() if n not in counts and n != "counted_from"}
