"""A first look at a property: by which right it may be looked at, the days that Google has, its first figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from connectors.search_console_api import COUNTS, ZONE
from connectors.search_console_api.client import Client
from connectors.search_console_api.names import told
from connectors.search_console_api.reports import SITE
from connectors.search_console_api.windows import first_kept
from connectors.services.pace import Kind, Pause, Refused
from data.model import UserError, Window

COUNTED = 28  # days, up to the last that Google has


@dataclass(frozen=True)
class Look:
    """What a property says of itself: the days that it has, and the clicks and impressions of the last of them."""

    site: str
    right: str
    days: Window | None = None
    counted: Window | None = None
    clicks: int | None = None
    impressions: int | None = None


def tested(client: Client, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Look:
    """The first look, for someone who wants to know whether all is set up. Raises UserError with what to do."""
    right = right_of(client)
    today = now().astimezone(ZoneInfo(ZONE)).date()
    try:
        rows = json.loads(client.rows(SITE, first_kept(today), today)).get("rows", ())
    except Refused as refused:
        raise told(refused, client.site, client.email) from refused
    except Pause as pause:
        raise UserError(pause.message) from pause
    by_day = {date.fromisoformat(row["keys"][0]): row for row in rows}
    if not by_day:
        return Look(client.site, right)
    days = Window(min(by_day), max(by_day))
    counted = Window(max(days.first, days.last - timedelta(COUNTED - 1)), days.last)
    clicks, impressions = (sum(int(row[key]) for day, row in by_day.items() if day >= counted.first) for key in COUNTS)
    return Look(client.site, right, days, counted, clicks, impressions)


def right_of(client: Client) -> str:
    """By which right the property may be looked at. Raises UserError where it may not."""
    sites = sites_of(client)
    if right := sites.get(client.site):
        return right
    raise told(Refused(Kind.RIGHT, "not among the properties"), client.site, client.email, sorted(sites))


def sites_of(client: Client) -> Mapping[str, str]:
    """The properties that may be looked at, and by which right. Raises UserError."""
    try:
        return client.sites()
    except Refused as refused:
        raise told(refused, client.site or "—", client.email) from refused
    except Pause as pause:
        raise UserError(pause.message) from pause
