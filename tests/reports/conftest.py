"""A warehouse in memory, as the tests of metrics have it, and a brand to report on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
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

BRAND = Brand("lumen", "Maison Lumen", "Europe/Paris", 1)
WEEK = week(date(2026, 11, 9))
Make = Callable[..., Report]


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
