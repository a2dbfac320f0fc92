"""LinkedIn page, visitors: page views and unique visitors by day, and who viewed the page over these days.

The totals exceed the tabs listed, and unique visitors do not add up over tabs or days: both are as printed.
LinkedIn leaves small counts out of the breakdowns. Where the headers are in no language we know, as in French,
the file is recognised by its shape.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Source, Table, TableSpec
from connectors.cells import TEXT
from connectors.dates import DATE
from connectors.linkedin_page import BROKEN_DOWN, DAYS, MEMBER_HEADERS, WHO, Shape, adds_up, find_in, members
from connectors.periods import refuse_gaps
from connectors.rows import days_spanned, read_days, read_members
from data.model import Finding, Problem, says

DAY_COLUMNS = (
    Column("day", ("Date", "Fecha", "Data"), DATE, required=True),
    Column("profile_visits", ("Total page views (total)", "Total de visualizações da página (total)"),
           required=True, may_be_empty=True),
    Column("visitors", ("Total unique visitors (total)", "Total de visitantes únicos (total)"),
           required=True, may_be_empty=True),
)  # fmt: skip
WHO_COLUMNS = (
    Column("member", MEMBER_HEADERS, TEXT, required=True),
    Column("page_views", ("Total views", "Total de visualizações"), required=True, may_be_empty=True),
)
# Six columns a tab (views, then unique visitors: desktop, mobile, both), and six for all tabs.
VIEWS = ((3, 1, 2), (9, 7, 8), (15, 13, 14), (21, 19, 20))
SHAPES = {
    DAYS: (Shape(25, {"day": 0, "profile_visits": 21, "visitors": 24}, adds_up(*VIEWS)),),
    WHO: (members("page_views"),),
}


def read_who(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a member of a breakdown, over the days of the file."""
    main = next(table for table in source.tables if table.spec.daily)
    refuse_gaps(main, source)
    if span := days_spanned(main, "day", source):
        yield from read_members(table, source, *span)
    else:
        yield Problem(says("the days that these views are of"), "", table.sheet.name, table.header_row)


CONNECTOR = Connector(
    key="linkedin_visitors",
    networks=("linkedin",),
    title=N_("LinkedIn page: visitors"),
    where=N_("linkedin.com, then your page as admin, Analytics, Visitors, choose the dates, Export."),
    tables=(
        TableSpec("account_days", DAY_COLUMNS, read_days, key=DAYS, daily=True),
        TableSpec("audience", WHO_COLUMNS, read_who, key=WHO, side=True),
    ),
    find=lambda book, specs: find_in(book, specs, BROKEN_DOWN, SHAPES),
    names=(r"^(?P<handle>.+)_visitors_\d{13}",),
    seen=("en",),
    described=("pt",),
    lacks=N_("Who the visitors are by name, and any group of them too small for LinkedIn to list."),
)
