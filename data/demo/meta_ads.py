"""What the house's Meta Ads Manager states of its paid posts: an export for each campaign, by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from data.demo.files import MONTHS, DemoExport, table
from data.demo.story import Campaign, Story
from data.demo.traffic import Traffic
from data.model import Answers

ACCOUNT = "meta_ads:la-bruissiere"
HEADERS = (
    "Reporting starts",
    "Reporting ends",
    "Day",
    "Campaign name",
    "Amount spent (EUR)",
    "Impressions",
    "Link clicks",
)
PRICE = 0.19  # euros a click


def ad_name(campaign: Campaign) -> str:
    """A campaign as its paid posts are named in Ads Manager."""
    return f"{campaign.slug} | trafic"


def exports(story: Story, traffic: Traffic) -> Iterator[DemoExport]:
    """The exports of the story, the oldest campaign first: each once it is over."""
    for campaign in story.campaigns:
        first, last = campaign.first, campaign.last
        rows = "".join(table([HEADERS, *_rows(story, traffic, campaign)]))
        days = "-".join(f"{day.day}-{MONTHS[day.month - 1]}-{day.year}" for day in (first, last))
        name = f"La-Bruissiere-Campaigns-{days}.csv"
        yield DemoExport(name, ("\ufeff" + rows).encode(), Answers(account=ACCOUNT))


def _rows(story: Story, traffic: Traffic, campaign: Campaign) -> Iterator[tuple[object, ...]]:
    """A row a day. Some clicks never reach the page; the price of a click rises as its best readers have seen it."""
    paid = [n for n, source in enumerate(traffic.sources)
            if source.channel == "Paid Social" and source.campaign == campaign.slug]  # fmt: skip
    visits = traffic.sessions[paid].sum(axis=0)
    for n in range((campaign.last - campaign.first).days + 1):
        day = campaign.first + timedelta(n)
        clicks = int(visits[story.at(day)] * 1.14)
        cost = round(clicks * PRICE * (1 + 0.008 * n + 0.05 * np.sin(n * 1.3)), 2)
        yield day, day, day, ad_name(campaign), f"{cost:.2f}", int(clicks * (61 + 3 * np.cos(n))), clicks
