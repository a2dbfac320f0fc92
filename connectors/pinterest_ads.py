"""Pinterest Ads Manager: the report of campaigns or ad groups by day.

The file does not say in which currency the account is. Clicks are outbound clicks, those that lead to the site; pin
clicks stay under their own name.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.campaigns import DERIVED, accounts, by_day, find_priced, money, name, read_ads
from connectors.cells import TEXT
from connectors.dates import DATE
from connectors.rows import records
from data.model import Finding

FIGURES = (
    Column("day", ("Date",), DATE, required=True, aside=True),
    Column("campaign", ("Campaign name",), TEXT, required=True),
    money("cost", "Spend in account currency", required=True, may_be_empty=True),
    Column("currency", ("Currency",), TEXT),
    Column("impressions", ("Impressions", "Impression")),
    Column("clicks", ("Outbound clicks",)),
    money("conversions", "Total conversions"),
    money("conversion_value", "Total conversion value"),
    name("account", "Account name"),
    name("group", "Ad group name"),
)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row."""
    yield from read_ads(table, source, records(table, source), by_day, ("group",))


CONNECTOR = Connector(
    key="pinterest_ads",
    networks=("pinterest_ads",),
    title=N_("Pinterest Ads Manager: campaigns"),
    where=N_("ads.pinterest.com, Reporting, the campaigns and the dates, by day, Export, CSV."),
    tables=(TableSpec("ads", FIGURES, read, ignores=DERIVED, daily=True),),
    find=find_priced,
    accounts=accounts("pinterest_ads"),
    described=("en",),
    lacks=N_("The currency, and other languages than English."),
)
