"""Which accounts a week waits for: those still fed, and those late. Of ads it waits only while a campaign runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from data.campaigns import Campaign
from data.model import Window
from metrics.facts import spans
from metrics.freshness import Freshness, freshness

FED = timedelta(days=35)  # an account of which nothing newer is known is not fed any more
ADS = "ads"
GOES_ON = timedelta(days=7)  # ads that no stated campaign names may have gone on for so long after their last day


def fed(cursor: Any, week: Window, campaigns: Sequence[Campaign] = ()) -> list[Freshness]:
    """How far each account is known that had begun by the week's end, and was still fed around it."""
    tables: dict[str, set[str]] = {}
    for (table, account), span in spans(cursor).items():
        if span.first <= week.last:
            tables.setdefault(account, set()).add(table)
    names = _names(cursor) if any(ADS in told for told in tables.values()) else {}
    return [
        one
        for one in freshness(cursor)
        if one.account in tables
        and one.known > week.first - FED
        and (tables[one.account] != {ADS} or _awaited(one, week, names, campaigns))
    ]


def late(still: Sequence[Freshness], week: Window) -> list[Freshness]:
    """The accounts that are not known until the last day of the week."""
    return [one for one in still if one.known < week.last]


Names = dict[str, dict[str, date]]  # of ads, by account: the last day that each is told of


def _names(cursor: Any) -> Names:
    found: Names = {}
    query = "select account, lower(campaign), max(last_day) from ads group by all order by all"
    for account, name, last in cursor.execute(query).fetchall():
        found.setdefault(account, {})[name] = last
    return found


def _awaited(one: Freshness, week: Window, names: Names, campaigns: Sequence[Campaign]) -> bool:
    """Whether an account of ads states the week to its end, or ads of it may have run in days that it does not."""
    if one.known >= week.last:
        return True
    own, stated = names.get(one.account, {}), set[str]()
    for campaign in campaigns:
        said = {name.lower() for name in campaign.marks.ads}
        owners = [account for account, told in names.items() if said & told.keys()]
        if said and (one.account in owners or not owners):
            stated |= said
            if campaign.days.last > one.known and campaign.days.first <= week.last:
                return True
    unstated = [last for name, last in own.items() if name not in stated]
    return max(unstated, default=date.min) >= week.first - GOES_ON
