"""Statements and problems, as they come, into Arrow tables of bounded size for the ledger."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data.known import ANSWERED, KEYS
from data.model import Answer, Check, Coded, Finding, Message, Problem, Statement, Statements

SIZE = 20_000
PLAIN = ("problems", "checks", "answers")  # what is kept of each export as it is, and is no statement


def batches(
    found: Iterable[Finding], columns: Mapping[str, pa.Schema], size: int = SIZE
) -> Iterator[tuple[str, pa.Table]]:
    """The rows to append, table by table, in the order of reading; `columns` has the columns of each table.

    What comes one by one is put together, `size` at a time; blocks of statements stay as they are.
    """
    waiting: list[Statement | Problem | Check | Answer] = []
    for item in found:
        if isinstance(item, Statements):
            yield from _tables(waiting, columns)
            waiting = []
            sheets = Coded.same(item.sheet, len(item.rows))
            yield item.table, _rows(item.table, item.values, sheets, item.rows, item.others, columns)
        else:
            waiting.append(item)
            if len(waiting) == size:
                yield from _tables(waiting, columns)
                waiting = []
    yield from _tables(waiting, columns)


def _tables(
    items: Iterable[Statement | Problem | Check | Answer], columns: Mapping[str, pa.Schema]
) -> Iterator[tuple[str, pa.Table]]:
    statements: dict[str, list[Statement]] = {}
    problems: list[Problem] = []
    checks: list[Check] = []
    answers: list[Answer] = []
    for item in items:
        match item:
            case Problem():
                problems.append(item)
            case Check():
                checks.append(item)
            case Answer():
                answers.append(item)
            case Statement():
                statements.setdefault(item.table, []).append(item)
    for table, rows in statements.items():
        names = dict.fromkeys(name for row in rows for name in row.values)
        values = {name: [row.values.get(name) for row in rows] for name in names}
        sheets, numbers = [row.origin.sheet for row in rows], [row.origin.row for row in rows]
        yield table, _rows(table, values, sheets, numbers, [row.others for row in rows], columns)
    if problems:
        yield "problems", _problems(problems, columns["problems"])
    if checks:
        yield "checks", _checks(checks, columns["checks"])
    if answers:
        yield "answers", _answers(answers, columns["answers"])


def as_text(values: Mapping[str, Any]) -> str:
    """A message's values as JSON; days and moments keep their type."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, default=_marked)


def as_message(text: str, values: str) -> Message:
    """The message kept as its English text and its values as JSON."""
    return Message(text, json.loads(values, object_hook=_unmarked))


def _rows(
    table: str, values: Mapping[str, Sequence[Any]], sheets: Sequence[str], numbers: Sequence[int],
    others: Sequence[Mapping[str, float]] | None, schemas: Mapping[str, pa.Schema],
) -> pa.Table:  # fmt: skip
    if table not in KEYS:
        raise ValueError(f"no ledger table is named {table!r}; there are {', '.join(KEYS)}")
    columns = schemas[table]
    if unknown := values.keys() - set(columns.names) | values.keys() & {"others"}:
        raise ValueError(f"{table} has no column named {', '.join(sorted(unknown))}")
    arrays = {"sheet": _any(table, pa.field("sheet", pa.string()), sheets), "row": _numbers(numbers)}
    for name in columns.names:
        if name in values:
            arrays[name] = _any(table, columns.field(name), values[name])
    for name in KEYS[table]:
        if name not in arrays or arrays[name].null_count:
            raise ValueError(f"a statement for {table} lacks {name}, which says what it is about")
    if others and any(others):
        maps = [_pairs(table, pairs) for pairs in others]
        arrays["others"] = _column(table, columns.field("others"), maps)
    return pa.table(arrays)


def _numbers(numbers: Sequence[int]) -> pa.Array:
    return pa.arange(numbers.start, numbers.stop) if isinstance(numbers, range) else pa.array(numbers, pa.int64())


def _any(table: str, field: pa.Field, values: Sequence[Any]) -> pa.Array:
    if not isinstance(values, Coded):
        return _column(table, field, values)
    distinct = _column(table, field, values.distinct)
    codes = pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(values.codes)])
    if pa.types.is_string(field.type) and not distinct.null_count:
        return pa.DictionaryArray.from_arrays(codes, distinct)  # the database copies each text once
    return distinct.take(codes)


def _column(table: str, field: pa.Field, values: Sequence[Any] | pa.Array) -> pa.Array:
    if isinstance(values, pa.Array):
        return _cast(table, field, values)
    if pa.types.is_decimal(field.type):
        values = [None if value is None else round(Decimal(str(value)), field.type.scale) for value in values]
    if pa.types.is_integer(field.type) and float in set(map(type, values)):
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


def _cast(table: str, field: pa.Field, values: pa.Array) -> pa.Array:
    """A column that came as an array, with the same refusals as one that came as a list."""
    try:
        array = values.cast(field.type)
    except pa.ArrowInvalid as error:
        raise TypeError(f"{table}.{field.name} holds {field.type}: {error}") from error
    finite = pc.call_function("is_finite", [array]) if pa.types.is_floating(array.type) else None
    if finite is not None and finite.false_count:
        raise ValueError(f"{table}.{field.name}: what is not a number is not stated, and is left out")
    return array


def _pairs(table: str, others: Mapping[str, float]) -> list[tuple[str, float]] | None:
    _only_numbers(f"{table}.others", others.values())
    return sorted((name, value) for name, value in others.items() if value is not None) or None


def _only_numbers(where: str, values: Iterable[float | None]) -> None:
    if not all(map(math.isfinite, [value for value in values if value is not None])):
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
    return _plain(rows, columns)


def _checks(checks: list[Check], columns: pa.Schema) -> pa.Table:
    rows = [
        {"sheet": c.origin.sheet, "row": c.origin.row, "what": c.what, "declared": c.declared, "read": c.read}
        for c in checks
    ]
    return _plain(rows, columns)


def _answers(answers: list[Answer], columns: pa.Schema) -> pa.Table:
    rows = []
    for answer in answers:
        if answer.table not in ANSWERED:
            raise ValueError(f"an answer is of {' or '.join(ANSWERED)}, not of {answer.table!r}")
        if answer.last_day < answer.first_day:
            raise ValueError(f"an answer ends on {answer.last_day}, before it begins on {answer.first_day}")
        shares = {"sampled": answer.sampled, "other": answer.other}
        for name, share in shares.items():
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"answers.{name} is a share from 0 to 1, not {share}")
        own = {name: getattr(answer, name) for name in columns.names if hasattr(answer, name)}
        totals = _pairs("answers", answer.totals)
        rows.append({"sheet": answer.origin.sheet, "row": answer.origin.row, **own, "totals": totals or []})
    return _plain(rows, columns)


def _plain(rows: list[dict[str, Any]], columns: pa.Schema) -> pa.Table:
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
