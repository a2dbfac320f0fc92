"""A warehouse in memory, as the tests of metrics have it, and a brand to report on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data.brand import Brand
from data.model import Account
from metrics.windows import week
from reports.build import report
from reports.given import Asked, Given
from reports.model import Report
from tests.metrics.conftest import cursor, know

__all__ = ["cursor", "know"]

Make = Callable[..., Report]
BRAND = Brand("lumen", "Maison Lumen", "Europe/Paris", 1)
WEEK = week(date(2026, 11, 9))
FIRST = date(2024, 10, 7)
SITE, X, LINKEDIN, PLAY = "ga4:lumen", "x:lumen", "linkedin:lumen", "google_play:lumen"
LATER = WEEK.last + timedelta(7)


def visits(day: date) -> int:
    """Visits that differ from weekday to weekday, and grow by the year."""
    return 400 + 20 * day.isoweekday() + (day - FIRST).days // 10


@pytest.fixture
def house() -> Given:
    """A brand of which nothing is stated yet."""
    accounts = tuple(map(Account.parse, ("ga4:lumen", "x:lumen", "linkedin:lumen", "google_play:lumen")))
    return Given(BRAND, tuple(account for account in accounts if account))


@pytest.fixture
def make(cursor: Any, house: Given) -> Make:
    """`make(…)` is the report of what the warehouse knows: words of `Asked`, and `given=` for what people state."""

    def made(given: Given = house, **asked: Any) -> Report:
        return report(cursor, given, replace(Asked(WEEK, "en"), **asked))

    return made


@pytest.fixture
def known(know: Any) -> None:
    """Two years of a site and of two networks, up to the week's end."""
    days = [FIRST + timedelta(n) for n in range((WEEK.last - FIRST).days + 1)]
    site = {"account": SITE, "slice": "site"}
    know("web", *(site | {"first_day": d, "last_day": d, "sessions": visits(d)} for d in days), until=LATER)
    know("account_days", *({"account": X, "day": d, "follows": 5, "unfollows": 2} for d in days[-200:]), until=LATER)
    know("account_days", *({"account": LINKEDIN, "day": d, "net_follows": 3} for d in days[-200:]), until=LATER)
    review = {"account": PLAY, "day": WEEK.first, "answered_at": None}
    answered = review | {"review_id": "1", "rating": 2, "answered_at": datetime(2026, 11, 10)}
    know("reviews", answered, review | {"review_id": "2", "rating": 1}, until=LATER)
