"""What can go wrong with a call to Google Analytics, in Google's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import grpc

from loopback.ga4_quota import EMPTY
from loopback.ga4_requests import PROPERTY_ID

RUN_REPORT = "RunReport"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of `times` calls of a method, once `after` calls were let through; `only` chooses among calls.

    A `code` refuses the call. Else it is answered once the clock has moved by `later` (late data arrives between two
    pages), and its row count differs from the truth by `drift`.
    """

    code: grpc.StatusCode | None = None
    message: str = ""
    times: int = 1
    after: int = 0
    method: str = RUN_REPORT
    only: Callable[[Any], bool] | None = None
    later: timedelta = timedelta()
    drift: int = 0
    delay: float = 0.0  # seconds before it is answered or refused
    empties: str = ""  # the bucket of the quota that is found empty from then on

    def but(self, **changes: Any) -> Fault:
        """The same fault at another time."""
        return replace(self, **changes)


UNAVAILABLE = Fault(grpc.StatusCode.UNAVAILABLE, "The service is currently unavailable.")
INTERNAL = Fault(grpc.StatusCode.INTERNAL, "Internal error encountered.")
UNKNOWN = Fault(grpc.StatusCode.UNKNOWN, "Unknown Error.")
ABORTED = Fault(grpc.StatusCode.ABORTED, "The operation was aborted.")
DEADLINE = Fault(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
CONCURRENT = Fault(grpc.StatusCode.RESOURCE_EXHAUSTED, EMPTY["concurrent_requests"])
HOURLY = Fault(empties="tokens_per_project_per_hour")
DAILY = Fault(empties="tokens_per_day")
SERVER_ERRORS = Fault(empties="server_errors_per_project_per_hour")
THRESHOLDED = Fault(empties="potentially_thresholded_requests_per_hour")
ALWAYS = 1_000_000
# A key that was revoked looks like an outage: gRPC reports the failure of its credentials so.
REVOKED_KEY = Fault(
    grpc.StatusCode.UNAVAILABLE,
    "Getting metadata from plugin failed with error: ('invalid_grant: Invalid JWT Signature.', "
    "{'error': 'invalid_grant', 'error_description': 'Invalid JWT Signature.'})",
    times=ALWAYS,
)
NO_PERMISSION = Fault(
    grpc.StatusCode.PERMISSION_DENIED,
    f"User does not have sufficient permissions for this property. {PROPERTY_ID}",
    times=ALWAYS,
)
API_DISABLED = Fault(
    grpc.StatusCode.PERMISSION_DENIED,
    "Google Analytics Data API has not been used in project 123456 before or it is disabled. Enable it by visiting "
    "https://console.developers.google.com/apis/api/analyticsdata.googleapis.com/overview?project=123456 then retry.",
    times=ALWAYS,
)
UNAUTHENTICATED = Fault(
    grpc.StatusCode.UNAUTHENTICATED,
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential.",
    times=ALWAYS,
)


def _is_later_page(request: Any) -> bool:
    return request.offset > 0


DRIFT = Fault(drift=1, only=_is_later_page)
LATE_BETWEEN_PAGES = Fault(later=timedelta(hours=12), only=_is_later_page)

TRANSIENT = {
    grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.ABORTED, grpc.StatusCode.DEADLINE_EXCEEDED,
}  # fmt: skip


def is_server_error(fault: Fault) -> bool:
    """Whether it counts among the server errors of the property; refused credentials never reach it."""
    return fault.code in TRANSIENT and fault.message != REVOKED_KEY.message
