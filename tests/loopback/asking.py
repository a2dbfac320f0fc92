"""How tests ask the loopback Google Analytics: through Google's own client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import grpc
from google.analytics.data_v1beta import BetaAnalyticsDataClient, types
from google.analytics.data_v1beta.services.beta_analytics_data.transports import BetaAnalyticsDataGrpcTransport

from loopback.ga4 import Served

PROPERTY = "properties/123456789"
TOTAL, MINIMUM, MAXIMUM = 1, 5, 6


def client(served: Served) -> BetaAnalyticsDataClient:
    """Google's client, connected to the server."""
    channel = grpc.insecure_channel(served.address, options=[("grpc.max_receive_message_length", -1)])
    return BetaAnalyticsDataClient(transport=BetaAnalyticsDataGrpcTransport(channel=channel))


def request(
    dimensions: Sequence[str], metrics: Sequence[str], first: str, last: str, order: bool = True, **more: Any
) -> types.RunReportRequest:
    """A report over one range, ordered by all of its dimensions."""
    more = {"date_ranges": [types.DateRange(start_date=first, end_date=last)], "property": PROPERTY} | more
    orders = [types.OrderBy(dimension=types.OrderBy.DimensionOrderBy(dimension_name=name)) for name in dimensions]
    return types.RunReportRequest(
        dimensions=[types.Dimension(name=name) for name in dimensions],
        metrics=[types.Metric(name=name) for name in metrics],
        **{"order_bys": orders if order else []} | more,  # pyright: ignore[reportArgumentType]
    )


def table(rows: Any) -> list[tuple[str, ...]]:
    """The rows of a response as texts."""
    return [tuple(value.value for value in (*row.dimension_values, *row.metric_values)) for row in rows]


def only(name: str, value: str, match: str = "EXACT") -> types.FilterExpression:
    """A filter of one dimension by a text."""
    kind = types.Filter.StringFilter.MatchType[match]
    text = types.Filter.StringFilter(match_type=kind, value=value)
    return types.FilterExpression(filter=types.Filter(field_name=name, string_filter=text))


def but(expression: types.FilterExpression) -> types.FilterExpression:
    """The contrary of a filter."""
    return types.FilterExpression(not_expression=expression)
