"""From the bytes of an answer, as they came, to columns.

The rows are not made into objects: their bytes are walked through together, field by field, and each column is cut
out of them at once. What is not laid out as expected is read by the official classes, which is slower.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from google.analytics.data_v1beta.types import RunReportResponse
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

WHOLE = 1  # MetricType.TYPE_INTEGER
RETENTION = 8  # DataTruncationType: days before the date are kept no longer
FEW = 200  # rows up to which the official classes are as quick
DIMENSION, METRIC = (0x0A, 0x0A), (0x12, 0x22)  # tags of a value in its row, and of the text in the value
SPARE = b"\0\0\0\0"  # so that a length can be looked at behind the last byte


class Unexpected(Exception):
    """The rows are not laid out as the walk expects."""


@dataclass(frozen=True)
class Page:
    """One page of an answer: its columns, the totals asked beside them, and what Google says of its worth."""

    table: pa.Table
    rows_in_all: int
    totals: tuple[Mapping[str, str], ...] = ()  # one for each span asked: dimensions and metrics by name
    other: bool = False
    withheld: bool = False
    sampled: float | None = None  # the share of the events that was read
    restricted: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()  # why days are lacking, as Google says it
    cut_before: str = ""
    currency: str = ""
    zone: str = ""
    empty_reason: str = ""
    quota: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # (consumed, remaining)


def decoded(content: bytes) -> Page:
    """A page of an answer. Raises ValueError where the bytes are none."""
    head, rows = split(content)
    dimensions = [header.name for header in head.dimension_headers]
    metrics = [(header.name, header.type_) for header in head.metric_headers]
    if len(rows) <= FEW:
        columns = columns_of(content)
    else:
        try:
            columns = walked(rows, len(dimensions), len(metrics))
        except Unexpected:
            columns = columns_of(content)
    return _page(head, _table(dimensions, metrics, columns))


def split(content: bytes) -> tuple[Any, list[bytes]]:
    """An answer without its rows, by the official class; and its rows, each as its bytes."""
    bare = _message(_bare(), content)
    rows = list(bare.rows)
    bare.ClearField("rows")
    return _message(RunReportResponse.pb(), bare.SerializeToString()), rows


def _message(kind: Any, content: bytes) -> Any:
    try:
        return kind.FromString(content)
    except DecodeError as error:
        raise ValueError("these bytes are no answer") from error


@cache
def _bare() -> Any:
    """A message that reads `rows`, the third field of an answer, as bytes, and keeps all else as it is."""
    file = descriptor_pb2.FileDescriptorProto(name="vigie_bare.proto", package="vigie", syntax="proto3")
    kinds = descriptor_pb2.FieldDescriptorProto
    message = file.message_type.add(name="Bare")
    message.field.add(name="rows", number=3, type=kinds.TYPE_BYTES, label=kinds.LABEL_REPEATED)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("vigie.Bare"))


def columns_of(content: bytes) -> list[pa.Array]:
    """The columns by the official classes: dimensions first, all of them text."""
    answer = _message(RunReportResponse.pb(), content)
    dimensions, metrics = len(answer.dimension_headers), len(answer.metric_headers)
    if any(len(r.dimension_values) != dimensions or len(r.metric_values) != metrics for r in answer.rows):
        raise ValueError("a row has not as many values as there are headers")
    told = [value.value for row in answer.rows for value in row.dimension_values]
    counted = [value.value for row in answer.rows for value in row.metric_values]
    return [
        *(pa.array(told[place::dimensions], pa.string()) for place in range(dimensions)),
        *(pa.array(counted[place::metrics], pa.string()) for place in range(metrics)),
    ]


def walked(rows: Sequence[bytes], dimensions: int, metrics: int) -> list[pa.Array]:
    """The same columns, by a walk through all rows together. Raises Unexpected."""
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    ends = np.cumsum(lengths)
    if ends[-1] > 2**31 - 64:  # what the offsets of a column can say
        raise Unexpected
    raw = np.frombuffer(b"".join([*rows, SPARE]), np.uint8)
    text = pa.py_buffer(raw)
    even = pa.array(np.arange(0, 2 * len(rows) - 1, 2, dtype=np.int32))
    place, columns = ends - lengths, []
    for tags in [DIMENSION] * dimensions + [METRIC] * metrics:
        start, place = _value(raw, place, ends, *tags)
        offsets = np.empty(2 * len(rows), np.int32)
        offsets[0::2], offsets[1::2] = start, place
        # Every second text is a value, and those between are what stands between two values.
        between = pa.Array.from_buffers(pa.string(), len(offsets) - 1, [None, pa.py_buffer(offsets), text])
        column = between.take(even)
        try:
            column.validate(full=True)
        except pa.ArrowInvalid as error:
            raise Unexpected from error  # the official classes say what is wrong
        columns.append(column)
    if (place != ends).any():
        raise Unexpected
    return columns


def _value(raw: Any, place: Any, ends: Any, outer: int, inner: int) -> tuple[Any, Any]:
    """Where the text of one value begins and ends in each row; an empty text has no field of its own."""
    if (raw[place] != outer).any() or (place >= ends).any():
        raise Unexpected
    length, start = _length(raw, place + 1)
    end = start + length
    if (end > ends).any():
        raise Unexpected
    full = length > 0
    if (raw[start][full] != inner).any():
        raise Unexpected
    inside, begin = _length(raw, np.where(full, start + 1, place))
    begin, inside = np.where(full, begin, end), np.where(full, inside, 0)
    if (begin + inside != end).any():
        raise Unexpected
    return begin, end


def _length(raw: Any, place: Any) -> tuple[Any, Any]:
    """The lengths that stand at the places, of two bytes at most, and the places behind them."""
    low = raw[place].astype(np.int64)
    more = low >= 0x80
    if not more.any():
        return low, place + 1
    high = raw[place + 1].astype(np.int64)
    if (more & (high >= 0x80)).any():
        raise Unexpected
    return np.where(more, (low & 0x7F) | (high << 7), low), place + np.where(more, 2, 1)


def _table(dimensions: Sequence[str], metrics: Sequence[tuple[str, int]], columns: Sequence[pa.Array]) -> pa.Table:
    counted = columns[len(dimensions) :]
    kinds = [pa.int64() if kind == WHOLE else pa.float64() for _, kind in metrics]
    arrays = [*columns[: len(dimensions)], *(c.cast(kind) for c, kind in zip(counted, kinds, strict=True))]
    return pa.table(arrays, names=[*dimensions, *(name for name, _ in metrics)])


def _page(head: Any, table: pa.Table) -> Page:
    said = head.metadata
    names = [header.name for header in head.dimension_headers], [header.name for header in head.metric_headers]
    totals = [
        dict(zip(names[0], (v.value for v in row.dimension_values), strict=False))
        | dict(zip(names[1], (v.value for v in row.metric_values), strict=False))
        for row in head.totals
    ]
    read = sum(each.samples_read_count for each in said.sampling_metadatas)
    space = sum(each.sampling_space_size for each in said.sampling_metadatas)
    lost = said.data_truncation_reasons
    return Page(
        table=table,
        rows_in_all=head.row_count,
        totals=tuple(totals),
        other=said.data_loss_from_other_row,
        withheld=said.subject_to_thresholding,
        sampled=read / space if space else None,
        restricted=tuple(r.metric_name for r in said.schema_restriction_response.active_metric_restrictions),
        cut=tuple(reason.data_truncation_message for reason in lost),
        cut_before=max((r.data_truncation_date for r in lost if r.data_truncation_type == RETENTION), default=""),
        currency=said.currency_code,
        zone=said.time_zone,
        empty_reason=said.empty_reason,
        quota={kind.name: (left.consumed, left.remaining) for kind, left in head.property_quota.ListFields()},
    )
