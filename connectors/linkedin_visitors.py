"""LinkedIn page, visitors: page views and unique visitors by day, and who viewed the page over these days.

The totals exceed the tabs listed, and unique visitors do not add up over tabs or days: both are as printed.
LinkedIn leaves small counts out of the breakdowns. The French headers of this file are not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import TEXT
from connectors.dates import DATE
from connectors.rows import days_spanned, read_days, read_members
from data.model import Finding, Problem, says

DAYS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("profile_visits", ("Total page views (total)", "Total de visualizações da página (total)"),
           required=True, may_be_empty=True),
    Column("visitors", ("Total unique visitors (total)", "Total de visitantes únicos (total)"),
           required=True, may_be_empty=True),
)  # fmt: skip

WHO = (
    Column("member", ("Location", "Job function", "Seniority", "Industry", "Company size"), TEXT,
           required=True),
    Column("page_views", ("Total views",), required=True, may_be_empty=True),
)  # fmt: skip


def read_who(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a member of a breakdown, over the days of the file."""
    main = next(table for table in source.tables if table.spec.daily)
    if span := days_spanned(main, "day", source):
        yield from read_members(table, source, *span)
    else:
        yield Problem(says("the days that these views are of"), "", main.sheet.name, None, main.header("day"))


CONNECTOR = Connector(
    key="linkedin_visitors",
    networks=("linkedin",),
    title=N_("LinkedIn page: visitors"),
    where=N_("linkedin.com, then your page as admin, Analytics, Visitors, choose the dates, Export."),
    tables=(
        TableSpec("account_days", DAYS, read_days, daily=True),
        TableSpec("audience", WHO, read_who, side=True),
    ),
    names=(r"^(?P<handle>.+)_visitors_\d{13}",),
)
