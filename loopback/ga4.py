"""A Google Analytics Data API on this computer: BetaAnalyticsData over gRPC, answered from an event store.

    with serve(site) as served:
        channel = grpc.insecure_channel(served.address)

It validates, pages, deduplicates people, counts quotas and fails as Google's does. Everything that varies can be
changed while it runs: `served.now` (late data arrives, sources settle, quotas return), `served.conditions`,
`served.quota`, and faults by `served.fail(…)`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import grpc
from google.analytics.data_v1beta import types

from loopback.ga4_answers import answer
from loopback.ga4_faults import Fault, is_server_error
from loopback.ga4_fields import DIMENSIONS, ORGANIC_METRICS, Dimension, Metric, metrics_of
from loopback.ga4_query import Conditions, answered
from loopback.ga4_quota import Allowed, Quota, refused, tokens
from loopback.ga4_requests import Asked, Refusal, check_fields, check_property, checked, fields, invalid
from loopback.ga4_site import Site

SERVICE = "google.analytics.data.v1beta.BetaAnalyticsData"
MOST_IN_BATCH = 5
METHODS = {
    "RunReport": types.RunReportRequest,
    "BatchRunReports": types.BatchRunReportsRequest,
    "GetMetadata": types.GetMetadataRequest,
    "CheckCompatibility": types.CheckCompatibilityRequest,
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in: its method, its request (protobuf), how it ended."""

    method: str
    request: Any
    status: str


class Served:
    """The running server: where it listens, what it was asked, and what can be changed."""

    def __init__(self, site: Site, now: datetime | None, allowed: Allowed, conditions: Conditions) -> None:
        self.site, self.now, self.conditions = site, now or site.clock, conditions
        self.quota = Quota(allowed)
        self.calls: list[Call] = []
        self.most_at_once = 0
        self.address = ""
        self._faults: list[Fault] = []
        self._at_once = 0
        self._lock = threading.Lock()

    @property
    def reports(self) -> list[Any]:
        """The requests of the reports that were answered."""
        return [call.request for call in self.calls if call.method == "RunReport" and call.status == "OK"]

    def fail(self, *faults: Fault) -> None:
        """Lets calls to come fail, each fault in its own calls."""
        with self._lock:
            self._faults += faults

    def handle(self, method: str, request: Any, context: grpc.ServicerContext) -> Any:
        """Answers a call, or ends it as Google would."""
        status, refusal, response = "OK", None, None
        with self._lock:
            self._at_once += len(request.requests) if method == "BatchRunReports" else 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            response = self._answered(method, request)
        except Refusal as raised:
            refusal, status = raised, raised.code.name
        finally:
            with self._lock:
                self._at_once -= len(request.requests) if method == "BatchRunReports" else 1
                self.calls.append(Call(method, request, status))
        if refusal:
            context.abort(refusal.code, refusal.message)
        return response

    def _answered(self, method: str, request: Any) -> Any:
        fault = self._fault(method, request)
        if delay := self.conditions.latency + (fault.delay if fault else 0):
            time.sleep(delay)
        if fault and fault.code:
            if is_server_error(fault):
                self.quota.take("server_errors_per_project_per_hour")
            raise Refusal(fault.code, fault.message)
        if method == "GetMetadata":
            return metadata(request.name, self.site)
        if method == "CheckCompatibility":
            return compatibility(request, self.site)
        if method == "BatchRunReports":
            return self._batch(request)
        return self._report(request, fault.drift if fault else 0)

    def _fault(self, method: str, request: Any) -> Fault | None:
        """The fault of this call, if any, once the quota lets it in."""
        with self._lock:
            self.quota.refill(self.now)
            fault = next(
                (each for each in self._faults if each.method == method and (not each.only or each.only(request))), None
            )
            if fault:
                place = self._faults.index(fault)
                if fault.after:
                    self._faults[place], fault = replace(fault, after=fault.after - 1), None
                elif fault.times > 1:
                    self._faults[place] = replace(fault, times=fault.times - 1)
                else:
                    del self._faults[place]
            if fault:
                self.now += fault.later
                self.quota.refill(self.now)
            if fault and fault.empties:
                self.quota.left[fault.empties] = 0
            if method in ("RunReport", "BatchRunReports"):
                self.quota.check(self._at_once)
            return fault

    def _batch(self, request: Any) -> Any:
        if len(request.requests) > MOST_IN_BATCH:
            raise invalid(f"Requests are limited to {MOST_IN_BATCH} nested requests.")
        response = types.BatchRunReportsResponse.pb()()
        for each in request.requests:
            if each.property not in ("", request.property):
                raise invalid("The property of a nested request has to be that of the batch.")
            each.property = request.property
            response.reports.append(self._report(each, 0))
        response.kind = "analyticsData#batchRunReports"
        return response

    def _report(self, request: Any, drift: int) -> Any:
        local = self.now.astimezone(ZoneInfo(self.site.zone)).replace(tzinfo=None)
        asked = checked(request, self.site, local)
        cost = tokens(asked)
        thresholded = bool(self.conditions.threshold and asked.dimensions)
        with self._lock:
            if cost > self.quota.left["tokens_per_project_per_hour"]:
                raise refused("tokens_per_project_per_hour")
            self.quota.spend(cost)
            if thresholded:
                self.quota.take("potentially_thresholded_requests_per_hour")
            salt = len(self.calls)
        response = answer(asked, self._found(asked, local, salt), self.site, self.conditions)
        response.row_count += drift
        if request.return_property_quota:
            with self._lock:
                self.quota.state(response.property_quota, cost, thresholded, self._at_once)
        return response

    def _found(self, asked: Asked, now: datetime, salt: int) -> Any:
        with self.site.changing:
            cursor = self.site.con.cursor()
        return answered(lambda sql: cursor.execute(sql).fetchall(), asked, now, self.conditions, salt)


@contextmanager
def serve(
    site: Site,
    *faults: Fault,
    now: datetime | None = None,
    allowed: Allowed | None = None,
    conditions: Conditions | None = None,
    port: int = 0,
) -> Iterator[Served]:
    """A server of a site on 127.0.0.1, for as long as the block runs."""
    served = Served(site, now, allowed or Allowed(), conditions or Conditions())
    served.fail(*faults)
    options = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1), ("grpc.so_reuseport", 0)]
    server = grpc.server(futures.ThreadPoolExecutor(24), options=options)
    handlers = {
        name: grpc.unary_unary_rpc_method_handler(
            _handler(served, name),
            request_deserializer=asked.pb().FromString,
            response_serializer=_serialized,
        )
        for name, asked in METHODS.items()
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
    served.address = f"127.0.0.1:{server.add_insecure_port(f'127.0.0.1:{port}')}"
    server.start()
    try:
        yield served
    finally:
        server.stop(None).wait()


def _serialized(response: Any) -> bytes:
    return response.SerializeToString()


def _handler(served: Served, method: str) -> Callable[[Any, grpc.ServicerContext], Any]:
    return lambda request, context: served.handle(method, request, context)


def metadata(name: str, site: Site) -> Any:
    """The Metadata of a property, or of all properties for `properties/0/metadata`."""
    owner = name.removesuffix("/metadata")
    if owner != "properties/0":
        check_property(owner, site)
    response = types.Metadata.pb()(name=name)
    for key, dimension in DIMENSIONS.items():
        _describe(response.dimensions.add(), key, dimension)
    for key, metric in metrics_of(() if owner == "properties/0" else site.key_events).items():
        _describe_metric(response.metrics.add(), key, metric)
    return response


def _describe(into: Any, name: str, field: Dimension | Metric) -> None:
    into.api_name, into.category = name, field.category
    into.ui_name = "".join(f" {letter}" if letter.isupper() else letter for letter in name).strip().capitalize()


def _describe_metric(into: Any, name: str, metric: Metric) -> None:
    _describe(into, name, metric)
    into.type_ = metric.type
    into.deprecated_api_names.extend(metric.replaces)


def compatibility(request: Any, site: Site) -> Any:
    """Which fields could be added to those of a request. Raises a Refusal where these do not go together."""
    check_property(request.property, site)
    dimensions = [each.name for each in request.dimensions] + list(fields(request.dimension_filter))
    metrics = [each.name for each in request.metrics]
    check_fields(dimensions, metrics, site)
    response = types.CheckCompatibilityResponse.pb()()
    wanted, known = request.compatibility_filter, metrics_of(site.key_events)
    for key, dimension in DIMENSIONS.items():
        verdict = _goes([*dimensions, key], metrics, site)
        if wanted in (0, verdict):
            one = response.dimension_compatibilities.add(compatibility=verdict)
            _describe(one.dimension_metadata, key, dimension)
    for key, metric in known.items():
        verdict = _goes(dimensions, [*metrics, key], site) if key not in ORGANIC_METRICS or site.searches else 2
        if wanted in (0, verdict):
            one = response.metric_compatibilities.add(compatibility=verdict)
            _describe_metric(one.metric_metadata, key, metric)
    return response


def _goes(dimensions: list[str], metrics: list[str], site: Site) -> int:
    try:
        check_fields(dimensions, metrics, site)
    except Refusal:
        return 2
    return 1
