"""Which accounts a week waits for: of ads only while a campaign runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.campaigns import Campaign, Marks
from data.model import Window
from reports.fed import fed, late
from reports.given import Given
from tests.reports.conftest import WEEK

META, GOOGLE = "meta_ads:lumen", "google_ads:lumen"
OVER = date(2026, 10, 25)  # three weeks before the week's end
DAY = timedelta(1)


def told_until(cursor: Any, last: date, name: str = "fair", account: str = META) -> None:
    """An export of ads that states a campaign up to a day, and does not say when it was made."""
    first = last - 20 * DAY
    cursor.execute("insert into exports (export_id, loaded_at) values (?, ?)", [f"{account} {last}", last])
    for table in ("ledger.spans (export_id,", "spans ("):
        own = [f"{account} {last}"] if "ledger" in table else []
        cursor.execute(
            f'insert into {table} account, "table", first_day, last_day) values ({"?, " * len(own)}?, ?, ?, ?)',
            [*own, account, "ads", first, last],
        )
    cursor.execute(
        "insert into ads (account, campaign, first_day, last_day, cost) values (?, ?, ?, ?, 9)",
        [account, name, last, last],
    )


def campaign(first: date, last: date, *ads: str) -> Campaign:
    return Campaign("Fair", Window(first, last), Marks(ads=ads, campaigns=("fair",)))


RAN = campaign(OVER - 20 * DAY, OVER, "Fair")
CASES = {
    "a stated campaign is over": (OVER, [RAN], False),
    "it ended within the week": (WEEK.first + DAY, [campaign(OVER, WEEK.first + DAY, "Fair")], False),
    "it goes on": (OVER, [campaign(OVER, WEEK.last + DAY, "Fair")], True),
    "it ran on after what is known": (OVER, [campaign(OVER - DAY, WEEK.first, "Fair")], True),
    "the next one has begun": (OVER, [RAN, campaign(WEEK.first, WEEK.last, "not seen yet")], True),
    "the next one is yet to come": (OVER, [RAN, campaign(WEEK.last + DAY, WEEK.last + DAY, "not seen yet")], False),
    "one without ads goes on": (OVER, [RAN, campaign(WEEK.first, WEEK.last)], False),
    "nobody stated it, and its last day is long ago": (OVER, [], False),
    "nobody stated it, and it ran until the week began": (WEEK.first - DAY, [], True),
    "nobody stated it, and it ran in the week": (WEEK.last - DAY, [], True),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_account_of_ads_is_late_only_while_a_campaign_may_run(case: str, cursor: Any) -> None:
    until, campaigns, awaited = CASES[case]
    told_until(cursor, until)
    assert [one.account for one in late(fed(cursor, WEEK, campaigns), WEEK)] == [META] * awaited


def test_ads_that_are_known_to_the_end_of_the_week_count_as_a_source(cursor: Any) -> None:
    told_until(cursor, WEEK.last)
    assert [one.account for one in fed(cursor, WEEK, [])] == [META]


def test_a_campaign_is_awaited_of_the_account_that_its_ads_stand_in(cursor: Any) -> None:
    told_until(cursor, OVER)
    told_until(cursor, OVER, "search", GOOGLE)
    still = fed(cursor, WEEK, [RAN, campaign(OVER, WEEK.last, "Search")])
    assert [one.account for one in late(still, WEEK)] == [GOOGLE]


def test_the_report_of_a_week_after_a_campaign_is_complete(cursor: Any, make: Any, house: Given, known: None) -> None:
    told_until(cursor, OVER)
    told_until(cursor, WEEK.last, account=GOOGLE)
    found = make(replace(house, campaigns=(RAN,)))
    assert found.complete and (found.quality.up_to_date, found.quality.sources) == (1, 1)
