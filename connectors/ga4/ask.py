"""One report over one span of days, whole: page by page, and in halves where Google folds rows or takes a sample."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from google.analytics.data_v1beta.types import (
    DateRange,
    Dimension,
    Filter,
    FilterExpression,
    FilterExpressionList,
    Metric,
    MetricAggregation,
    OrderBy,
    RunReportRequest,
)

from connectors.ga4.client import Client
from connectors.ga4.decode import Page, decoded, split
from connectors.ga4.reports import SPAN, Grain, Report
from connectors.services.pace import Kind, Refused
from data.model import Window

NAMED_AT_ONCE = 4  # spans in one request
UNKNOWN_YET = "(data not available)"
ABSENT = ("", "(not set)")
MONDAY = 1


@dataclass(frozen=True)
class Got:
    """What came for one report: its pages as they came, the first of them understood, and what each day holds."""

    report: Report
    spans: tuple[Window, ...]
    pages: tuple[bytes, ...]
    first: Page
    digests: Mapping[date, str]
    open: tuple[date, ...]
    rows: int


def ask(client: Client, report: Report, window: Window, hosts: Sequence[str] = ()) -> list[Got]:
    """The report over whole days. Where rows were folded into "(other)", or a sample was taken, each half is asked
    for itself, down to single days. Raises Refused and Pause."""
    got = ask_spans(client, report, (window,), hosts)
    if (
        window.days > 1
        and report.grain in (Grain.DAY, Grain.HOUR)
        and (got.first.other or got.first.sampled is not None)
    ):
        middle = window.first + timedelta(days=window.days // 2 - 1)
        halves = Window(window.first, middle), Window(middle + timedelta(days=1), window.last)
        return [each for half in halves for each in ask(client, report, half, hosts)]
    return [got]


def ask_spans(client: Client, report: Report, spans: Sequence[Window], hosts: Sequence[str] = ()) -> Got:
    """The report over spans that are told apart. Raises Refused where its rows moved twice while they were read."""
    for _ in range(2):
        pages, understood = _pages(client, report, spans, hosts)
        counts = {page.rows_in_all for page in understood}
        rows = sum(page.table.num_rows for page in understood)
        if report.top or (len(counts) == 1 and rows in counts):
            digests, unknown = _digests(report, spans, pages, understood)
            whole = _spans_of(report, spans)
            return Got(report, whole, tuple(pages), understood[0], digests, unknown, rows)
    raise Refused(Kind.PASSING, "The rows changed while they were read, and changed again.")


def _pages(
    client: Client, report: Report, spans: Sequence[Window], hosts: Sequence[str]
) -> tuple[list[bytes], list[Page]]:
    pages: list[bytes] = []
    understood: list[Page] = []
    got = 0
    while True:
        client.pace.may_go_on()
        content = client.report(request_for(report, spans, hosts, got))
        page = decoded(content)
        client.pace.note(page.quota)
        pages.append(content)
        understood.append(page)
        got += page.table.num_rows  # the step is what came: a limit above Google's own is cut without a word
        if report.top or not page.table.num_rows or got >= page.rows_in_all:
            return pages, understood


def request_for(report: Report, spans: Sequence[Window], hosts: Sequence[str], offset: int = 0) -> RunReportRequest:
    """The request for a page of a report."""
    orders = [OrderBy(dimension=OrderBy.DimensionOrderBy(dimension_name=name)) for name in report.dimensions]
    if report.top:
        orders.insert(0, OrderBy(metric=OrderBy.MetricOrderBy(metric_name=report.metrics[0]), desc=True))
    return RunReportRequest(
        dimensions=[Dimension(name=name) for name in report.dimensions],
        metrics=[Metric(name=name) for name in report.metrics],
        date_ranges=[_range(span, named=len(spans) > 1) for span in spans],
        dimension_filter=_filter(report, hosts),
        order_bys=orders,
        metric_aggregations=[MetricAggregation.TOTAL] if report.dimensions else [],
        limit=report.top or report.page,
        offset=offset,
        return_property_quota=True,
    )  # fmt: skip


def _range(span: Window, named: bool) -> DateRange:
    name = name_of(span) if named else ""
    return DateRange(start_date=span.first.isoformat(), end_date=span.last.isoformat(), name=name)


def name_of(span: Window) -> str:
    """What a span is called in a request for several, and in its answer."""
    return f"{span.first:%Y%m%d}-{span.last:%Y%m%d}"


def _filter(report: Report, hosts: Sequence[str]) -> FilterExpression | None:
    kinds = Filter.StringFilter.MatchType
    wanted: list[FilterExpression] = []
    if report.only:
        name, value = report.only
        exact = Filter.StringFilter(match_type=kinds.EXACT, value=value)
        wanted.append(FilterExpression(filter=Filter(field_name=name, string_filter=exact)))
    if report.filled:
        empty = Filter(field_name=report.filled, in_list_filter=Filter.InListFilter(values=ABSENT))
        wanted.append(FilterExpression(not_expression=FilterExpression(filter=empty)))
    for host in hosts if report.elsewhere else ():
        holds = Filter.StringFilter(match_type=kinds.CONTAINS, value=host)
        own = FilterExpression(filter=Filter(field_name=report.elsewhere, string_filter=holds))
        wanted.append(FilterExpression(not_expression=own))
    if len(wanted) > 1:
        return FilterExpression(and_group=FilterExpressionList(expressions=wanted))
    return wanted[0] if wanted else None


def first_day(report: Report, name: str) -> date | None:
    """The first day of what a row counts, by the value of its dimension of time; None where it is none."""
    try:
        match report.grain:
            case Grain.DAY | Grain.HOUR:
                return datetime.strptime(name[:8], "%Y%m%d").date()
            case Grain.WEEK:
                return date.fromisocalendar(int(name[:4]), int(name[4:]), MONDAY)
            case Grain.MONTH:
                return date(int(name[:4]), int(name[4:]), 1)
            case Grain.PERIOD:
                return datetime.strptime(name[:8], "%Y%m%d").date()
    except ValueError:  # "(other)" can stand in the place of a date too
        return None


def day_of(report: Report, name: str, spans: Sequence[Window]) -> date | None:
    """The same, by what was asked: a question about a single day has no rows of another."""
    only = len(spans) == 1 and (spans[0].days == 1 or not name)
    return spans[0].first if only else first_day(report, name)


def _digests(
    report: Report, spans: Sequence[Window], pages: Sequence[bytes], understood: Sequence[Page]
) -> tuple[dict[date, str], tuple[date, ...]]:
    """A digest of the rows of each day, and the days with a source that Google has yet to find out."""
    sums: dict[date, hashlib.blake2b] = {}
    unknown: set[date] = set()
    time = SPAN.get(report.grain, "dateRange")
    for content, page in zip(pages, understood, strict=True):
        _, rows = split(content)
        names = page.table.column(time).to_pylist() if time in page.table.column_names else [""] * len(rows)
        place = 0
        for name, group in groupby(names):
            day = day_of(report, name, spans)
            count = sum(1 for _ in group)
            if day:
                sums.setdefault(day, hashlib.blake2b(digest_size=12)).update(b"".join(rows[place : place + count]))
            place += count
        for name in (name for name in report.dimensions if "Source" in name):
            cells = page.table.column(name).to_pylist()
            unknown.update(
                day
                for text, when in zip(cells, names, strict=True)
                if text == UNKNOWN_YET and (day := day_of(report, when, spans))
            )
    return {day: digest.hexdigest() for day, digest in sums.items()}, tuple(sorted(unknown))


def _spans_of(report: Report, spans: Sequence[Window]) -> tuple[Window, ...]:
    """The spans that the rows count: of a report by week or month, each of the weeks or months asked."""
    if report.grain not in (Grain.WEEK, Grain.MONTH):
        return tuple(spans)
    found: list[Window] = []
    first = spans[0].first
    while first <= spans[0].last:
        following = (
            first + timedelta(days=7) if report.grain is Grain.WEEK else (first + timedelta(days=32)).replace(day=1)
        )
        found.append(Window(first, following - timedelta(days=1)))
        first = following
    return tuple(found)
