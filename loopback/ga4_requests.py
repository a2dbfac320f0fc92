"""What a report asks for, checked as Google checks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import grpc

from loopback.ga4_fields import DIMENSIONS, ORGANIC_METRICS, Metric, current, incompatible, metrics_of
from loopback.ga4_site import Site

MOST_DIMENSIONS, MOST_METRICS, MOST_RANGES, MOST_ROWS, USUAL_ROWS = 9, 10, 4, 250_000, 10_000
EARLIEST, LATEST = date(2015, 8, 14), date(2999, 12, 31)
SCHEMA = (
    "For a list of valid dimensions and metrics, see "
    "https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema"
)
PROPERTY_ID = (
    "To learn more about Property ID, see "
    "https://developers.google.com/analytics/devguides/reporting/data/v1/property-id."
)


class Refusal(Exception):
    """A call that is refused: the gRPC status, and Google's words."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def invalid(message: str) -> Refusal:
    """A refusal of the request as it is."""
    return Refusal(grpc.StatusCode.INVALID_ARGUMENT, message)


@dataclass(frozen=True, slots=True)
class Range:
    """Days of a report, both included, and the name of that range."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        """How many days they are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that can be answered; `metrics` have the names of today, `heads` those that were asked."""

    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    heads: tuple[str, ...]
    known: dict[str, Metric]
    ranges: tuple[Range, ...]
    filtered: tuple[str, ...]
    offset: int
    limit: int
    request: Any

    @property
    def organic(self) -> bool:
        """Whether it is of the linked Search Console."""
        return bool(self.metrics) and self.metrics[0] in ORGANIC_METRICS


def check_property(name: str, site: Site) -> None:
    """Raises a Refusal for what is no property id, and for a property one may not see."""
    number = name.removeprefix("properties/")
    if not re.fullmatch(r"\d+", number):
        text = f"Invalid property ID: {number}. A numeric Property ID is required. {PROPERTY_ID}"
        raise Refusal(grpc.StatusCode.PERMISSION_DENIED, text)
    if number != site.number:
        text = f"User does not have sufficient permissions for this property. {PROPERTY_ID}"
        raise Refusal(grpc.StatusCode.PERMISSION_DENIED, text)


def checked(request: Any, site: Site, now: datetime) -> Asked:
    """The report that a RunReportRequest asks for. Raises a Refusal."""
    check_property(request.property, site)
    for name, unserved in (("cohort_spec", request.HasField("cohort_spec")), ("comparisons", request.comparisons)):
        if unserved:
            raise Refusal(grpc.StatusCode.UNIMPLEMENTED, f"The loopback server does not answer {name}.")
    if request.currency_code and request.currency_code != site.currency:
        raise Refusal(grpc.StatusCode.UNIMPLEMENTED, "The loopback server converts no currencies.")
    dimensions, heads = [each.name for each in request.dimensions], [each.name for each in request.metrics]
    _check_sizes(request, dimensions, heads)
    known = metrics_of(site.key_events)
    metrics = [current(name, known) for name in heads]
    filtered = list(dict.fromkeys(fields(request.dimension_filter)))
    check_fields(dimensions + filtered, metrics, site)
    for name in fields(request.metric_filter):
        if name not in heads:
            raise invalid(f"The metric {name} of the metricFilter has to be one of the metrics of the request.")
    _check_orders(request, dimensions, heads)
    ranges = tuple(
        Range(_day(each.start_date, now), _day(each.end_date, now), each.name or f"date_range_{n}")
        for n, each in enumerate(request.date_ranges)
    )
    if wrong := next((each for each in ranges if each.first > each.last), None):
        raise invalid(f"Invalid date range: startDate {wrong.first} is after endDate {wrong.last}.")
    limit = min(request.limit or USUAL_ROWS, MOST_ROWS)
    return Asked(
        tuple(dimensions), tuple(metrics), tuple(heads), known, ranges,
        tuple(name for name in filtered if name not in dimensions), request.offset, limit, request,
    )  # fmt: skip


def check_fields(dimensions: list[str], metrics: list[str], site: Site) -> None:
    """Raises a Refusal for names that are unknown, or that do not go together."""
    known = metrics_of(site.key_events)
    for kind, names, valid in (("dimension", dimensions, DIMENSIONS), ("metric", metrics, known)):
        for name in names:
            if name not in valid:
                raise invalid(f"Field {name} is not a valid {kind}. {SCHEMA}")
    if site.searches is None and any(name in ORGANIC_METRICS for name in metrics):
        raise invalid("Search Console fields require an active link to be used.")
    if offender := incompatible(dimensions, metrics):
        raise invalid(
            f"Please remove {offender} to make the request compatible. "
            "The request's dimensions & metrics are incompatible. To learn more, see "
            "https://ga-dev-tools.google/ga4/dimensions-metrics-explorer/"
        )


def _check_sizes(request: Any, dimensions: list[str], metrics: list[str]) -> None:
    for number, most, word in (
        (len(dimensions), MOST_DIMENSIONS, "dimensions"),
        (len(metrics), MOST_METRICS, "metrics"),
        (len(request.date_ranges), MOST_RANGES, "dateRanges"),
    ):
        if number > most:
            raise invalid(
                f"Requests are limited to {most} {word} within a nested request. This request is for {number} {word}."
            )
    for names in (dimensions, metrics):
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise invalid(f"Duplicate field {twice} in the request.")
    if not request.date_ranges:
        raise invalid("The request must specify at least one dateRange.")
    if not dimensions and not metrics:
        raise invalid("The request must specify at least one dimension or metric.")
    if request.limit < 0 or request.offset < 0:
        raise invalid("The limit and the offset must not be negative.")
    if any(each.name.startswith(("date_range_", "RESERVED_")) for each in request.date_ranges):
        raise invalid("The name of a dateRange must not begin with date_range_ or RESERVED_.")


def _check_orders(request: Any, dimensions: list[str], metrics: list[str]) -> None:
    known = [*dimensions, "dateRange"] if len(request.date_ranges) > 1 else dimensions
    for order in request.order_bys:
        kind = order.WhichOneof("one_order_by")
        name = order.metric.metric_name if kind == "metric" else order.dimension.dimension_name
        if kind not in ("metric", "dimension") or name not in (metrics if kind == "metric" else known):
            raise invalid(f"Invalid orderBy: the field {name or kind} has to be in the request.")


def fields(expression: Any) -> Iterator[str]:
    """The fields a FilterExpression speaks of."""
    kind = expression.WhichOneof("expr")
    if kind == "filter":
        yield expression.filter.field_name
    elif kind == "not_expression":
        yield from fields(expression.not_expression)
    elif kind:
        for each in getattr(expression, kind).expressions:
            yield from fields(each)


def _day(text: str, now: datetime) -> date:
    today = now.date()
    if match := re.fullmatch(r"today|yesterday|(\d+)daysAgo", text):
        return today - timedelta({"today": 0, "yesterday": 1}.get(text) if match[1] is None else int(match[1]))  # type: ignore[arg-type]
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise invalid(f"Invalid date {text!r}: write YYYY-MM-DD after 2015-08-13, NdaysAgo, yesterday or today.")
    return day
