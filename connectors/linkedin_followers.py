"""LinkedIn page, followers: the net gain of each day, and who the followers are.

`Total followers` beside a date is the gain or loss of that day, not the size of the audience: no export of
a page holds that. The breakdowns are of the day of the export and cut (100 places at most): their sums are
floors. The French headers of this file are not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import TEXT
from connectors.dates import DATE
from connectors.rows import read_days, read_members
from data.model import Finding

DAYS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("net_follows", ("Total followers", "Total de seguidores"), required=True, may_be_empty=True),
)

WHO = (
    Column("member", ("Location", "Job function", "Seniority", "Industry", "Company size"), TEXT,
           required=True),
    Column("followers", ("Total followers", "Total de seguidores"), required=True, may_be_empty=True),
)  # fmt: skip


def read_who(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a member of a breakdown, on the day of the export."""
    assert source.as_of
    return read_members(table, source, source.as_of.date(), source.as_of.date())


CONNECTOR = Connector(
    key="linkedin_followers",
    networks=("linkedin",),
    title=N_("LinkedIn page: followers"),
    where=N_("linkedin.com, then your page as admin, Analytics, Followers, choose the dates, Export."),
    tables=(
        TableSpec("account_days", DAYS, read_days, daily=True,
                  hints=("Organic followers", "Seguidores orgânicos")),
        TableSpec("audience", WHO, read_who, side=True),
    ),
    names=(r"^(?P<handle>.+)_followers_\d{13}",),
)  # fmt: skip
