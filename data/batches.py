"""Statements and problems, as they come, into Arrow tables of bounded size for the ledger."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa

from data.known import KEYS
from data.model import Check, Finding, Message, Problem, Statement

SIZE = 20_000


def batches(
    found: Iterable[Finding], columns: Mapping[str, pa.Schema], size: int = SIZE
) -> Iterator[tuple[str, pa.Table]]:
    """The rows to append, table by table, `size` items at a time; `columns` has the columns of each table."""
    items = iter(found)
    while taken := list(islice(items, size)):
        statements: dict[str, list[Statement]] = {}
        problems: list[Problem] = []
        checks: list[Check] = []
        for item in taken:
            if isinstance(item, Problem):
                problems.append(item)
            elif isinstance(item, Check):
                checks.append(item)
            else:
                statements.setdefault(item.table, []).append(item)
        for table, rows in statements.items():
            if table not in KEYS:
                raise ValueError(f"no ledger table is named {table!r}; there are {', '.join(KEYS)}")
            yield table, _stated(table, rows, columns[table])
        if problems:
            yield "problems", _problems(problems, columns["problems"])
        if checks:
            yield "checks", _checks(checks, columns["checks"])


def as_text(values: Mapping[str, Any]) -> str:
    """A message's values as JSON; days and moments keep their type."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, default=_marked)


def as_message(text: str, values: str) -> Message:
    """The message kept as its English text and its values as JSON."""
    return Message(text, json.loads(values, object_hook=_unmarked))


def _stated(table: str, rows: list[Statement], columns: pa.Schema) -> pa.Table:
    named = set().union(*(row.values for row in rows))
    if unknown := named - set(columns.names) | named & {"others"}:
        raise ValueError(f"{table} has no column named {', '.join(sorted(unknown))}")
    arrays = {"sheet": pa.array([row.origin.sheet for row in rows], pa.string())}
    arrays["row"] = pa.array([row.origin.row for row in rows], pa.int64())
    for name in columns.names:
        if name in named:
            arrays[name] = _column(table, columns.field(name), [row.values.get(name) for row in rows])
    for name in KEYS[table]:
        if name not in arrays or arrays[name].null_count:
            raise ValueError(f"a statement for {table} lacks {name}, which says what it is about")
    if any(row.others for row in rows):
        maps = [_pairs(table, row.others) for row in rows]
        arrays["others"] = _column(table, columns.field("others"), maps)
    return pa.table(arrays)


def _column(table: str, field: pa.Field, values: list[Any]) -> pa.Array:
    if pa.types.is_decimal(field.type):
        values = [None if value is None else round(Decimal(str(value)), field.type.scale) for value in values]
    if pa.types.is_integer(field.type):
        cut = next((value for value in values if isinstance(value, float) and not value.is_integer()), None)
        if cut is not None:  # Arrow would keep its whole part without a word
            raise TypeError(f"{table}.{field.name} holds {field.type}, not {cut}")
    try:
        array = pa.array(values, field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise TypeError(f"{table}.{field.name} holds {field.type}: {error}") from error
    if pa.types.is_floating(field.type):
        _only_numbers(f"{table}.{field.name}", values)
    return array


def _pairs(table: str, others: Mapping[str, float]) -> list[tuple[str, float]] | None:
    _only_numbers(f"{table}.others", others.values())
    return sorted((name, value) for name, value in others.items() if value is not None) or None


def _only_numbers(where: str, values: Iterable[float | None]) -> None:
    if any(value is not None and not math.isfinite(value) for value in values):
        raise ValueError(f"{where}: what is not a number is not stated, and is left out")


def _problems(problems: list[Problem], columns: pa.Schema) -> pa.Table:
    rows = [
        {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "found": problem.found,
            "expected": problem.expected.text,
            "expected_values": as_text(problem.expected.values),
        }
        for problem in problems
    ]
    names = [name for name in columns.names if name != "export_id"]
    return pa.Table.from_pylist(rows, pa.schema([columns.field(name) for name in names]))


def _checks(checks: list[Check], columns: pa.Schema) -> pa.Table:
    rows = [
        {"sheet": c.origin.sheet, "row": c.origin.row, "what": c.what, "declared": c.declared, "read": c.read}
        for c in checks
    ]
    return pa.Table.from_pylist(rows, pa.schema([field for field in columns if field.name != "export_id"]))


def _marked(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    return {"$day": value.isoformat()} if isinstance(value, date) else str(value)


def _unmarked(value: dict[str, Any]) -> Any:
    match value:
        case {"$moment": str(text)} if len(value) == 1:
            return datetime.fromisoformat(text)
        case {"$day": str(text)} if len(value) == 1:
            return date.fromisoformat(text)
    return value
