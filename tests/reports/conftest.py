"""A warehouse in memory, as the tests of metrics have it, and a brand to report on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data.brand import Brand
from data.model import Account
from data.objectives import Aim, Objective, Period
from metrics.windows import week
from reports.build import report
from reports.given import Asked, Given
from reports.model import (
    AudienceLine,
    CampaignLine,
    Change,
    Figure,
    NoteLine,
    PeakLine,
    PostLine,
    Report,
    ReviewLine,
    Revision,
    Sentence,
    Tone,
    Verdict,
)
from tests.metrics.conftest import cursor, know

__all__ = ["cursor", "know"]

HOSTILE = (
    '#panic("x") $x^2$ *b* _i_ @ref <lab> `c` \\ // note #let a = 1 [#include "/etc/passwd"]',
    "<script>alert(1)</script> <b>&amp; ]] }} {{ {% =cmd|' /C calc'!A0",
    "𝗖𝗼𝗺𝗺𝗲𝗻𝘁 𝓮𝓽 🇫🇷 1️⃣ 👨‍👩‍👧‍👦 ☎️ ™️ 🙌🏽 ❤ e\u0301 ﬁn ½ №5 \u200bzero ‼️",
    "日本語の投稿 مرحبا بالعالم \u202eright to left\u202c שלום",
    "x" * 2000,
    "word " * 400,
    "https://example.org/" + "a" * 300,
    "",
)
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


def post(text: str) -> PostLine:
    figure = Figure(0.12, "12,3 %")
    return PostLine(1, "Instagram", "9 nov.", text, "", figure, Figure(1.2, "× 1,2"), figure, figure, "vues", True)


def full(found: Report, text: str) -> Report:
    """A report in which everything that people write is this text, and every list is long."""
    figure = Figure(123456.0, "123\u202f456")
    change = Change("+12\u202f%", "sur une semaine", True, Tone.GOOD)
    verdict = Verdict("✓", Tone.GOOD)
    aims = tuple(replace(found.aims[0], name=f"Objectif {n} {text}"[:40], owner=text) for n in range(7))
    return replace(
        found, brand=text[:60] or "Lumen", headline=text, comment=text, aims=aims,
        sentences=tuple(Sentence(one.label, text, one.tone) for one in found.sentences),
        peaks=(PeakLine("9 nov. 2026", "Visites · X", "▲ +400 (+80 %)", "900, pour 500", text, False, Tone.BAD),) * 9,
        best=(post(text),) * 5, weakest=(post(text),), notes=(NoteLine("9 nov.", "Crise", text),) * 9,
        revisions=(Revision("Visites", "2–8 nov.", figure, figure, change, "provisoire"),) * 9,
        audience=(AudienceLine("Instagram", text[:30], figure, figure, figure, figure, ()),) * 12,
        campaigns=(CampaignLine(text, "9 nov.", "Ventes", figure, figure, figure, verdict, "+6 %", text),) * 5,
        reviews=(ReviewLine("Google Play", text[:30], figure, figure, figure, figure),) * 2,
    )  # fmt: skip


@pytest.fixture
def long(make: Any, house: Given) -> Callable[[str], Report]:
    aims = (Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000),)
    found = make(replace(house, objectives=aims))
    return lambda text: full(found, text)
