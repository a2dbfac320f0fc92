"""Campaigns: stated, stated again, taken back, and carried over by a rebuild."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.campaigns import Campaign, Marks, Price, checked
from data.model import UserError, Window
from data.objectives import Aim, Objective, Period
from data.store import Store

FAIR = Campaign(
    "Fair 2026", Window(date(2026, 11, 2), date(2026, 11, 15)),
    Marks(("news",), ("email", "social"), ("fair-26",), ("Fair26",), ("https://x.com/lumen/status/1",), ("Fair",)),
    Price("EUR", 850.5, 46, 32), "key_events", 12.5, "sessions", ("search_clicks", "channel:Organic Search"), "Ada",
)  # fmt: skip
OPEN_DAY = Campaign("Open day", Window(date(2026, 9, 5), date(2026, 9, 6)), Marks(hashtags=("OpenDay",)))


def test_what_is_stated_is_kept_whole_the_last_first(store: Store) -> None:
    assert store.state_campaigns([OPEN_DAY, FAIR]) == 2
    assert store.campaigns() == [FAIR, OPEN_DAY]


def test_the_same_again_changes_nothing_and_another_takes_its_place(store: Store) -> None:
    store.state_campaigns([FAIR, OPEN_DAY])
    version = store.version()
    assert store.state_campaigns([OPEN_DAY]) == 0 and store.version() == version
    longer = replace(FAIR, name="FAIR 2026", days=Window(FAIR.days.first, date(2026, 11, 20)))
    assert store.state_campaigns([longer]) == 1
    assert store.campaigns() == [longer, OPEN_DAY]


def test_a_campaign_is_forgotten_and_no_other(store: Store) -> None:
    store.state_campaigns([FAIR, OPEN_DAY])
    store.forget_campaign("fair 2026")
    store.forget_campaign("never stated")
    assert store.campaigns() == [OPEN_DAY]


def test_a_rebuild_keeps_them(store: Store) -> None:
    store.state_campaigns([FAIR, OPEN_DAY])
    store.rebuild(lambda export: (export, []))
    assert store.campaigns() == [FAIR, OPEN_DAY]


def test_what_is_aimed_at_in_its_days_comes_with_it_or_not_at_all(store: Store) -> None:
    aim = Objective(Aim("sessions", (), Period.DATES, FAIR.days), FAIR.days.first, 9000)
    with pytest.raises(UserError, match="known"):
        store.state_campaigns([FAIR, replace(OPEN_DAY, marks=Marks())], [(aim, FAIR.days.first)])
    assert store.campaigns() == [] and store.objectives() == []
    assert store.state_campaigns([FAIR], [(aim, FAIR.days.first)]) == 2
    assert store.objectives() == [aim]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(FAIR, name=""), "A campaign has a name."),
        (replace(FAIR, name="x" * 121), "At most 120 characters; this has 121."),
        (replace(FAIR, days=Window(date(2026, 11, 2), date(2026, 11, 1))), "is before the first"),
        (replace(FAIR, days=Window(date(2020, 1, 1), date(2026, 1, 1))), "lasts 1100 days at most; this one 2193"),
        (replace(FAIR, marks=Marks()), "Say by what Fair 2026 is known"),
        (replace(FAIR, price=Price("EUR", of_an_hour=30)), "without the hours worked"),
        (replace(FAIR, price=Price("", 850), value=None), "An amount needs its currency"),
        (replace(FAIR, price=Price("", hours=4), value=3), "An amount needs its currency"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_of_is_refused_in_words(wrong: Campaign, words: str) -> None:
    with pytest.raises(UserError, match=words):
        checked(wrong)
