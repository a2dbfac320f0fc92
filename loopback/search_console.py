"""A Search Console API on this computer: sites and searchAnalytics.query over HTTP, with the tokens they ask for.

    with serve(site) as served:
        key = served.account.key_file(folder, served.address)

It validates, pages, hides rare queries, counts quotas and fails as Google's does.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from loopback.oauth import Account
from loopback.search_console_site import DIMENSIONS, FINAL_AFTER, PACIFIC, SearchSite, all_filters, grouped_by_page

MOST_ROWS, USUAL_ROWS = 25_000, 1_000
TYPES = ("web", "image", "video", "news", "discover", "googleNews")
STATES = ("final", "all")
AGGREGATIONS = ("auto", "byPage", "byProperty")
SITES = "/webmasters/v3/sites"


class Refusal(Exception):
    """A request that is refused: its status, Google's word for the reason, and the sentence."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status, self.reason, self.message = status, reason, message


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal of `times` requests, once `after` were let through; `only` chooses among them by what they ask.

    Without a status the connection is cut.
    """

    status: int = 0
    reason: str = "backendError"
    message: str = "Backend Error"
    times: int = 1
    after: int = 0
    only: Callable[[Mapping[str, Any]], bool] | None = None
    later: timedelta = timedelta()

    def but(self, **changes: Any) -> Fault:
        """The same fault at another time."""
        return replace(self, **changes)


ALWAYS = 1_000_000
BACKEND = Fault(503)
INTERNAL = Fault(500, "internalError", "Internal Error")
CUT = Fault()
TOO_FAST = Fault(
    429, "rateLimitExceeded", "Quota exceeded for quota metric 'Search Analytics queries' and limit "
    "'Search Analytics queries per minute per site' of service 'searchconsole.googleapis.com'.",
)  # fmt: skip
LOAD = Fault(
    403, "quotaExceeded", "Search Analytics load quota exceeded. Learn about usage limits: "
    "https://developers.google.com/webmaster-tools/v3/limits.", times=ALWAYS,
)  # fmt: skip
DAILY = Fault(403, "dailyLimitExceeded", "Daily Limit Exceeded", times=ALWAYS)
UNAUTHENTICATED = Fault(401, "authError", "Invalid Credentials", times=ALWAYS)
DISABLED = Fault(
    403, "accessNotConfigured", "Google Search Console API has not been used in project 123456 before or it is "
    "disabled. Enable it by visiting https://console.developers.google.com/apis/api/searchconsole.googleapis.com/"
    "overview?project=123456 then retry.", times=ALWAYS,
)  # fmt: skip


class Served:
    """The running server: where it listens, what it was asked, and what can be changed."""

    def __init__(self, site: SearchSite, now: datetime | None, latency: float, to_anyone: bool) -> None:
        self.site, self.now, self.latency, self.to_anyone = site, now or site.now, latency, to_anyone
        self.account = Account()
        self.queries: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.address = ""
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def fail(self, *faults: Fault) -> None:
        """Lets requests to come fail."""
        with self._lock:
            self._faults += faults

    def answer(self, method: str, path: str, header: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """The status and the content of the answer to a request. Raises ConnectionError where it is to be cut."""
        if (method, path) == ("POST", "/token"):
            return self.account.token(body)
        try:
            answer = self._answered(method, path, header, body)
        except Refusal as refusal:
            self.statuses.append(refusal.status)
            told = {"message": refusal.message, "domain": "global", "reason": refusal.reason}
            return refusal.status, {"error": {"code": refusal.status, "message": refusal.message, "errors": [told]}}
        self.statuses.append(200)
        return 200, answer

    def _answered(self, method: str, path: str, header: str, body: bytes) -> dict[str, Any]:
        if not self.to_anyone and not self.account.knows(header):
            raise Refusal(401, "authError", "Request had invalid authentication credentials.")
        asked = _json(body) if method == "POST" else {}
        self._fail(asked)
        time.sleep(self.latency)
        if method == "GET" and path == SITES:
            return {"siteEntry": [{"siteUrl": self.site.name, "permissionLevel": self.site.permission}]}
        match = re.fullmatch(f"{SITES}/([^/]+)(/searchAnalytics/query)?", path)
        if not match or (method == "POST") != bool(match[2]):
            raise Refusal(404, "notFound", "Not Found")
        name = unquote(match[1])
        if name != self.site.name or self.site.permission == "siteUnverifiedUser":
            raise Refusal(
                403, "forbidden", f"User does not have sufficient permission for site '{name}'. "
                "See also: https://support.google.com/webmasters/answer/2451999.",
            )  # fmt: skip
        if method == "GET":
            return {"siteUrl": self.site.name, "permissionLevel": self.site.permission}
        return self._query(asked)

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        asked = checked(told)
        with self._lock:
            self.queries.append(asked)
            salt, now = len(self.queries), self.now
        rows = self.site.rows(asked, now, salt)
        kind = "byPage" if grouped_by_page(asked) else "byProperty"
        answer: dict[str, Any] = {"responseAggregationType": kind}
        if rows:
            answer["rows"] = rows
        open_day = now.astimezone(PACIFIC).date() - timedelta(FINAL_AFTER - 1)
        if asked["dataState"] == "all" and "date" in asked["dimensions"] and asked["endDate"] >= open_day:
            answer["metadata"] = {"first_incomplete_date": max(open_day, asked["startDate"]).isoformat()}
        return answer

    def _fail(self, asked: Mapping[str, Any]) -> None:
        with self._lock:
            fault = next((each for each in self._faults if not each.only or each.only(asked)), None)
            if fault is None:
                return
            place = self._faults.index(fault)
            if fault.after:
                self._faults[place] = fault.but(after=fault.after - 1)
                return
            if fault.times > 1:
                self._faults[place] = fault.but(times=fault.times - 1)
            else:
                del self._faults[place]
            self.now += fault.later
        if fault.later:
            return
        if not fault.status:
            raise ConnectionError("cut")
        raise Refusal(fault.status, fault.reason, fault.message)


def checked(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a query asks for, with Google's defaults. Raises a Refusal."""
    asked: dict[str, Any] = {
        "type": told.get("type", told.get("searchType", "web")),
        "dataState": told.get("dataState", "final").lower(),
        "aggregationType": told.get("aggregationType", "auto"),
        "rowLimit": told.get("rowLimit", USUAL_ROWS),
        "startRow": told.get("startRow", 0),
        "dimensions": [str(name) for name in told.get("dimensions", ())],
        "dimensionFilterGroups": told.get("dimensionFilterGroups", []),
    }
    for key in ("startDate", "endDate"):
        try:
            asked[key] = date.fromisoformat(told.get(key, ""))
        except (TypeError, ValueError) as error:
            raise _invalid(f"Invalid value for {key}: {told.get(key)!r}. Use YYYY-MM-DD.") from error
    if asked["startDate"] > asked["endDate"]:
        raise _invalid("startDate must not be later than endDate.")
    for key, known in (("type", TYPES), ("dataState", STATES), ("aggregationType", AGGREGATIONS)):
        if asked[key] not in known:
            raise _invalid(f"Invalid value at '{key}': {asked[key]!r}")
    if not 1 <= asked["rowLimit"] <= MOST_ROWS or asked["startRow"] < 0:
        raise _invalid(f"Invalid value at 'row_limit': it must be between 1 and {MOST_ROWS}.")
    by = asked["dimensions"]
    filtered = [each.get("dimension") for each in all_filters(asked)]
    if unknown := next((name for name in (*by, *filtered) if name not in DIMENSIONS), None):
        raise _invalid(f"Invalid value at 'dimensions': {unknown!r}")
    if len(set(by)) < len(by):
        raise _invalid("Duplicate dimension in the request.")
    if "searchAppearance" in by and len(by) > 1:
        raise _invalid("searchAppearance cannot be grouped with other dimensions.")
    if asked["aggregationType"] == "byProperty" and "page" in (*by, *filtered):
        raise _invalid("aggregationType byProperty cannot be used when grouping or filtering by page.")
    if asked["type"] in ("discover", "googleNews") and {"query", "device"} & {*by, *filtered}:
        raise _invalid(f"The type {asked['type']} has neither queries nor devices.")
    return asked


def _invalid(message: str) -> Refusal:
    return Refusal(400, "invalidParameter", message)


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body or b"{}")
    except ValueError as error:
        raise Refusal(400, "parseError", "Parse Error") from error
    return told


@contextmanager
def serve(
    site: SearchSite,
    *faults: Fault,
    now: datetime | None = None,
    latency: float = 0.0,
    port: int = 0,
    to_anyone: bool = False,
) -> Iterator[Served]:
    """A server of a property on 127.0.0.1, for as long as the block runs; `to_anyone`: no token is asked for."""
    served = Served(site, now, latency, to_anyone)
    served.fail(*faults)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer in one packet, or the next request on the connection waits for an acknowledgement.
        wbufsize = -1

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = urlsplit(self.path).path
            try:
                status, told = served.answer(method, path, self.headers.get("Authorization", ""), body)
            except ConnectionError:
                self.close_connection = True
                return
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: what was asked is in `queries`."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    served.address = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
