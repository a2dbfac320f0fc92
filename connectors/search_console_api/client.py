"""The line to Search Console: questions over HTTPS, with answers as the bytes that came."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import AuthorizedSession

from connectors.search_console_api.names import SEARCH_CONSOLE
from connectors.search_console_api.reports import Report
from connectors.services.keys import Identity, identify, loopback
from connectors.services.pace import Kind, Pace, reasons
from data.model import says

GOOGLE = "https://www.googleapis.com"
MOST_ROWS = 25_000
TIMEOUT = 60  # seconds
CROWDED = {"rateLimitExceeded", "userRateLimitExceeded"}
SPENT = {"quotaExceeded": Kind.HOUR, "dailyLimitExceeded": Kind.DAY}


class Answered(Exception):
    """An answer that is a refusal: its status, Google's word for the reason, and the sentence."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status, self.reason, self.message = status, reason, message


def kind_of(error: Exception) -> Kind:
    """What an error of the line means."""
    match error:
        case Answered(status=401):
            return Kind.KEY
        case Answered(status=429):
            return SPENT.get(error.reason, Kind.CROWDED)
        case Answered(status=403):
            return Kind.CROWDED if error.reason in CROWDED else SPENT.get(error.reason, Kind.RIGHT)
        case Answered(status=status):
            return Kind.PASSING if status >= 500 or status == 408 else Kind.QUESTION
        case TransportError():
            return Kind.PASSING
        case GoogleAuthError():
            return Kind.KEY
        case OSError():  # those of the connection are
            return Kind.PASSING
    return Kind.BUG


def pace() -> Pace:
    """The pace of a run."""
    return Pace(kind_of, reasons(SEARCH_CONSOLE.name, says("queries")))


def connect(site: str, key: str = "") -> Client:
    """The line to a property, its key tried; to none, where only the list of them is wanted. Raises UserError."""
    own_server = loopback(SEARCH_CONSOLE) and not key
    return Client(site, None if own_server else identify(SEARCH_CONSOLE, key), pace())


class Client:
    """What can be asked about one property."""

    def __init__(self, site: str, identity: Identity | None, pace: Pace) -> None:
        self.site, self.pace = site, pace
        self.email = identity.email if identity else ""
        endpoint = loopback(SEARCH_CONSOLE)
        self._base = f"http://{endpoint}" if endpoint else GOOGLE
        self._credentials = identity.credentials if identity else AnonymousCredentials()
        self._own = threading.local()  # a session is no place for several threads

    def rows(self, report: Report, first: date, last: date, start: int = 0) -> bytes:
        """A page of a report, as it came. Raises Refused and Pause."""
        by_day = () if report.daily else ("date",)
        asked = {
            "startDate": first.isoformat(), "endDate": last.isoformat(), "type": report.type, "dataState": "all",
            "dimensions": [*by_day, *([report.dimension] if report.dimension else [])],
            "rowLimit": MOST_ROWS, "startRow": start,
        }  # fmt: skip
        path = f"{quote(self.site, safe='')}/searchAnalytics/query"
        return self.pace.ask(lambda: self._asked("POST", path, asked))

    def sites(self) -> dict[str, str]:
        """The properties that may be looked at, and by which right. Raises Refused and Pause."""
        told = json.loads(self.pace.ask(lambda: self._asked("GET", "")))
        return {each["siteUrl"]: each["permissionLevel"] for each in told.get("siteEntry", ())}

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> bytes:
        session = getattr(self._own, "session", None) or AuthorizedSession(self._credentials)
        self._own.session = session
        address = f"{self._base}/webmasters/v3/sites{'/' if path else ''}{path}"
        answer = session.request(method, address, json=body, timeout=TIMEOUT)
        if answer.status_code == 200:
            return answer.content
        try:
            told = answer.json()["error"]
            reason = next((each.get("reason", "") for each in told.get("errors", ())), "")
            message = str(told.get("message", ""))
        except (ValueError, KeyError, TypeError, AttributeError):  # a page of some server on the way
            reason, message = "", answer.reason
        raise Answered(answer.status_code, reason, message)
