"""A report's rows as Google writes them: all texts, people deduplicated in totals, marks of what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from google.analytics.data_v1beta import types

from loopback.ga4_fields import INTEGER
from loopback.ga4_query import RESTRICTED_REVENUE, Conditions, Rows
from loopback.ga4_requests import Asked
from loopback.ga4_site import Site

PROPERTY_RETENTION, REVENUE_DATA = 8, 2  # of DataTruncationType, of RestrictedMetricType


def answer(asked: Asked, found: Rows, site: Site, conditions: Conditions) -> Any:
    """The RunReportResponse (as protobuf) of what was found."""
    response = types.RunReportResponse.pb()()
    many = len(asked.ranges) > 1
    for name in [*asked.dimensions, *["dateRange"] * many]:
        response.dimension_headers.add(name=name)
    for name, head in zip(asked.metrics, asked.heads, strict=True):
        response.metric_headers.add(name=head, type_=asked.known[name].type)
    keys = len(asked.dimensions) + many
    whole = [asked.known[name].type == INTEGER for name in asked.metrics]
    _write(response.rows, ((row[:keys], row[keys:]) for row in found.page), whole)
    marks = ((response.totals, found.totals, "TOTAL"), (response.maximums, found.greatest, "MAX"),
             (response.minimums, found.least, "MIN"))  # fmt: skip
    for into, rows, word in marks:
        head = (f"RESERVED_{word}",) * len(asked.dimensions)
        _write(into, (((*head, *row[:many]), row[many:]) for row in rows), whole)
    response.row_count = found.count
    response.kind = "analyticsData#runReport"
    _mark(response.metadata, asked, found, site, conditions)
    return response


def _write(into: Any, rows: Iterable[tuple[Sequence[str], Sequence[Any]]], whole: Sequence[bool]) -> None:
    for keys, values in rows:
        row = into.add()
        for key in keys:
            row.dimension_values.add(value=key)
        for value, is_whole in zip(values, whole, strict=True):
            row.metric_values.add(value=figure(value, is_whole))


def figure(value: float | None, is_whole: bool) -> str:
    """A figure as the API prints it: Google has no empty figures, and prints the shortest that reads back the same."""
    if not value:
        return "0"
    if is_whole:
        return str(round(value))
    text = f"{value:.15g}"
    return text if float(text) == value else f"{value:.17g}"


def _mark(metadata: Any, asked: Asked, found: Rows, site: Site, conditions: Conditions) -> None:
    metadata.currency_code, metadata.time_zone = site.currency, site.zone
    metadata.data_loss_from_other_row = found.folded
    metadata.subject_to_thresholding = bool(conditions.threshold and asked.dimensions)
    for read, space in found.samples:
        metadata.sampling_metadatas.add(samples_read_count=read, sampling_space_size=space)
    kept = conditions.keeps_since
    cut = [each for each in asked.ranges if kept and each.first < kept]
    if kept and cut:
        reason = metadata.data_truncation_reasons.add(data_truncation_type=PROPERTY_RETENTION)
        reason.data_truncation_message = f"Data before {kept} is not kept by the property."
        reason.data_truncation_date = kept.isoformat()
        for each in cut:
            reason.data_truncation_date_ranges.add(start_date=str(each.first), end_date=str(each.last))
    for name in asked.metrics if conditions.no_revenue else ():
        if name in RESTRICTED_REVENUE:
            restriction = metadata.schema_restriction_response.active_metric_restrictions.add(metric_name=name)
            restriction.restricted_metric_types.append(REVENUE_DATA)
