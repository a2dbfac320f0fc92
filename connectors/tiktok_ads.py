"""TikTok Ads Manager: the table of campaigns, ad groups or ads, by day.

The currency stands in the header of the cost. Clicks are those that lead to the destination; clicks of all kinds and
conversions, which count whatever each campaign is set to, stay under their own names.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.campaigns import DERIVED, accounts, by_day, find_priced, money, name, read_ads
from connectors.cells import TEXT, missing, normalise
from connectors.dates import DATE
from connectors.rows import records
from connectors.sheet import Cells
from data.model import Finding

FIGURES = (
    Column("day", ("Date", "By Day", "Day"), DATE, required=True, aside=True),
    Column("campaign", ("Campaign name",), TEXT, required=True),
    money("cost", "Cost", "Total cost", required=True, may_be_empty=True),
    Column("currency", ("Currency",), TEXT),
    Column("impressions", ("Impressions",)),
    Column("clicks", ("Clicks (destination)",)),
    money("conversions", "Complete payment"),
    money("conversion_value", "Complete payment value", "Total complete payment value"),
    name("account", "Account name"),
    name("group", "Ad group name"),
    name("ad", "Ad name"),
)
HINTS = ("clicks", "conversions", "Clicks (all)", "CTR (destination)", "CPC (destination)", "2-second video views",
         "6-second video views")  # fmt: skip


def total(cells: Cells) -> bool:
    """Whether a row is the total of the others."""
    return not missing(cells[0]) and normalise(str(cells[0])).split()[:1] == ["total"]


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row."""
    yield from read_ads(table, source, records(table, source), by_day, ("group", "ad"))


CONNECTOR = Connector(
    key="tiktok_ads",
    networks=("tiktok_ads",),
    title=N_("TikTok Ads Manager: campaigns"),
    where=N_("ads.tiktok.com, Campaign, Breakdown, By day, the dates, Export, CSV or XLSX."),
    tables=(TableSpec("ads", FIGURES, read, hints=HINTS, ignores=DERIVED, daily=True, total=total),),
    find=find_priced,
    accounts=accounts("tiktok_ads"),
    described=("en",),
    lacks=N_("Other languages than English, and reports that are not by day."),
)
