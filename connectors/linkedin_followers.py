"""LinkedIn page, followers: the net gain of each day, and who the followers are.

`Total followers` beside a date is the gain or loss of that day, not the size of the audience: only the list of
competitors holds that. The breakdowns are of the day of the export and cut (100 places at most): their sums are
floors. Where the headers are in no language we know, as in French, the file is recognised by its shape.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import TEXT
from connectors.dates import DATE
from connectors.linkedin_page import BROKEN_DOWN, DAYS, MEMBER_HEADERS, WHO, Shape, adds_up, find_in, members
from connectors.rows import read_days, read_members
from data.model import Finding

TOTAL = ("Total followers", "Total de seguidores")
DAY_COLUMNS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("net_follows", TOTAL, required=True, may_be_empty=True),
)
WHO_COLUMNS = (
    Column("member", MEMBER_HEADERS, TEXT, required=True),
    Column("followers", TOTAL, required=True, may_be_empty=True),
)
SHAPES = {
    DAYS: (
        Shape(5, {"day": 0, "net_follows": 4}, adds_up((4, 1, 2, 3))),
        Shape(4, {"day": 0, "net_follows": 3}, adds_up((3, 1, 2))),  # 2020: nobody was invited automatically
    ),
    WHO: (members("followers"),),
}


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
        TableSpec("account_days", DAY_COLUMNS, read_days, key=DAYS, daily=True,
                  hints=("Organic followers", "Seguidores generales", "Seguidores orgânicos")),
        TableSpec("audience", WHO_COLUMNS, read_who, key=WHO, side=True),
    ),
    find=lambda book, specs: find_in(book, specs, BROKEN_DOWN, SHAPES),
    names=(r"^(?P<handle>.+)_followers_\d{13}",),
    seen=("en",),
    described=("es", "pt"),
    lacks=N_("How many followers there are in all, and how many left: only the net gain of each day is stated."),
)  # fmt: skip
