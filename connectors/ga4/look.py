"""A first look at a property: whether it may be asked, its clock, its currency, its hosts and its first figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from google.analytics.data_v1beta.types import DateRange, Dimension, Metric, OrderBy, RunReportRequest

from connectors.ga4.ask import first_day
from connectors.ga4.client import Client
from connectors.ga4.decode import decoded
from connectors.ga4.names import told
from connectors.ga4.reports import BY_NAME
from connectors.services.keys import Identity
from connectors.services.pace import Pause, Refused
from data.model import UserError, Window

ADMIN = "https://analyticsadmin.googleapis.com/v1beta/properties/"
OWN_SHARE = 0.01  # of the page views: a host with less is a copy or a translation of the site
MOST_HOSTS = 5


@dataclass(frozen=True)
class Look:
    """What a property says of itself: figures are of the last 28 days."""

    zone: str
    currency: str
    name: str = ""
    hosts: tuple[str, ...] = ()
    sessions: int | None = None
    views: int | None = None
    quota: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def look(client: Client, name: str = "") -> Look:
    """One question to a property. Raises Refused and Pause."""
    views, sessions = "screenPageViews", "sessions"
    content = client.report(
        RunReportRequest(
            dimensions=[Dimension(name="hostName")],
            metrics=[Metric(name=views), Metric(name=sessions)],
            date_ranges=[DateRange(start_date="28daysAgo", end_date="yesterday")],
            order_bys=[
                OrderBy(metric=OrderBy.MetricOrderBy(metric_name=views), desc=True),
                OrderBy(dimension=OrderBy.DimensionOrderBy(dimension_name="hostName")),
            ],
            limit=50,
            return_property_quota=True,
        )
    )
    page = decoded(content)
    client.pace.note(page.quota)
    client.pace.may_go_on()
    rows = page.table.to_pylist()
    seen = sum(row[views] for row in rows)
    own = [row["hostName"] for row in rows if row[views] >= OWN_SHARE * seen and "." in row["hostName"]]
    return Look(
        zone=page.zone or "UTC",
        currency=page.currency,
        name=name,
        hosts=tuple(dict.fromkeys(host.removeprefix("www.") for host in own[:MOST_HOSTS])),
        sessions=sum(row[sessions] for row in rows) if rows else None,
        views=seen if rows else None,
        quota=page.quota,
    )


def first_counted(client: Client, window: Window) -> date | None:
    """The first of some days on which the property counted a visit, None where there is none. Raises Refused and
    Pause."""
    content = client.report(
        RunReportRequest(
            dimensions=[Dimension(name="date")],
            metrics=[Metric(name="sessions")],
            date_ranges=[DateRange(start_date=window.first.isoformat(), end_date=window.last.isoformat())],
            order_bys=[OrderBy(dimension=OrderBy.DimensionOrderBy(dimension_name="date"))],
            limit=1,
            return_property_quota=True,
        )
    )
    page = decoded(content)
    client.pace.note(page.quota)
    found = page.table.column("date").to_pylist() if page.table.num_rows else []
    return first_day(BY_NAME["site_day"], found[0]) if found else None


def tested(client: Client, name: str = "") -> Look:
    """The first look, for someone who wants to know whether all is set up. Raises UserError with what to do."""
    try:
        return look(client, name)
    except Refused as refused:
        raise told(refused, client.number, client.email) from refused
    except Pause as pause:
        raise UserError(pause.message) from pause


def name_of(identity: Identity | None, number: str, admin: str = ADMIN) -> str:
    """What the property is called, where the Admin API is switched on too; empty where it does not say."""
    if identity is None:
        return ""
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import AuthorizedSession

    try:
        answer: Any = AuthorizedSession(identity.credentials).get(f"{admin}{number}", timeout=10)
        return str(answer.json().get("displayName", "")) if answer.status_code == 200 else ""
    except (OSError, ValueError, GoogleAuthError):  # a name is a convenience: the figures are asked all the same
        return ""
