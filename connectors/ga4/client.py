"""The line to Google Analytics: the official client, with answers as the bytes that came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
from google.analytics.data_v1beta import BetaAnalyticsDataClient
from google.analytics.data_v1beta.services.beta_analytics_data.transports import BetaAnalyticsDataGrpcTransport
from google.analytics.data_v1beta.types import (
    CheckCompatibilityRequest,
    Compatibility,
    Dimension,
    GetMetadataRequest,
    Metric,
    RunReportRequest,
)
from google.api_core import gapic_v1

from connectors.ga4.credentials import ANALYTICS
from connectors.ga4.limits import Pace
from connectors.services.keys import Identity, loopback

RUN_REPORT = "/google.analytics.data.v1beta.BetaAnalyticsData/RunReport"
TIMEOUT = 180.0  # seconds; a page of 250,000 rows can take longer than the client's own 60
# A channel refuses messages above 4 MiB unless told otherwise, and says so as if a quota were exhausted.
UNBOUNDED = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))


class Client:
    """What can be asked about one property."""

    def __init__(self, number: str, identity: Identity | None, pace: Pace) -> None:
        self.number, self.property, self.pace = number, f"properties/{number}", pace
        self.email = identity.email if identity else ""
        way = _way(identity)
        self._line, self._run = BetaAnalyticsDataClient(transport=way), _raw(way)

    def report(self, request: RunReportRequest) -> bytes:
        """One page of an answer, as it came. Raises Refused and Pause."""
        request.property = self.property
        return self.pace.ask(lambda: self._run(request))

    def names(self) -> tuple[frozenset[str], frozenset[str]]:
        """The dimensions and the metrics that the property has, by every name they go by."""
        request = GetMetadataRequest(name=f"{self.property}/metadata")
        found = self.pace.ask(lambda: self._line.get_metadata(request, timeout=TIMEOUT))
        dimensions, metrics = (
            frozenset(name for each in fields for name in (each.api_name, *each.deprecated_api_names))
            for fields in (found.dimensions, found.metrics)
        )
        return dimensions, metrics

    def apart(self, dimensions: tuple[str, ...], metrics: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the names that Google says cannot be asked together. Raises Refused, which says so too."""
        request = CheckCompatibilityRequest(
            property=self.property,
            dimensions=[Dimension(name=name) for name in dimensions],
            metrics=[Metric(name=name) for name in metrics],
        )
        found = self.pace.ask(lambda: self._line.check_compatibility(request, timeout=TIMEOUT))
        asked = {*dimensions, *metrics}
        said = [
            *((one.dimension_metadata.api_name, one.compatibility) for one in found.dimension_compatibilities),
            *((one.metric_metadata.api_name, one.compatibility) for one in found.metric_compatibilities),
        ]
        return tuple(name for name, how in said if name in asked and how == Compatibility.INCOMPATIBLE)

    def close(self) -> None:
        """Ends the line."""
        self._line.transport.close()


def _way(identity: Identity | None) -> BetaAnalyticsDataGrpcTransport:
    if endpoint := loopback(ANALYTICS):
        return BetaAnalyticsDataGrpcTransport(channel=grpc.insecure_channel(endpoint, options=UNBOUNDED))
    assert identity, "Google answers nobody who does not say who asks"
    channel = BetaAnalyticsDataGrpcTransport.create_channel(credentials=identity.credentials, options=UNBOUNDED)
    return BetaAnalyticsDataGrpcTransport(channel=channel)


def _raw(way: BetaAnalyticsDataGrpcTransport) -> Callable[[RunReportRequest], bytes]:
    """The call for a report that gives its bytes; its channel, its key and its errors are those of the client."""
    call: Any = way.grpc_channel.unary_unary(
        RUN_REPORT, request_serializer=RunReportRequest.serialize, response_deserializer=None
    )
    wrapped = gapic_v1.method.wrap_method(call)

    def run(request: RunReportRequest) -> bytes:
        whose = gapic_v1.routing_header.to_grpc_metadata((("property", request.property),))
        return wrapped(request, retry=None, timeout=TIMEOUT, metadata=(whose,))

    return run
