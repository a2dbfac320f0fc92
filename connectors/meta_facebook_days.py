"""Facebook pages by day: the export of pages of Meta Business Suite, one row a page and day.

It has neither posts nor times of publication. Its columns are those its user has chosen, of people who engaged and of
negative feedback for instance: they stand under Meta's own headers. Days are printed month first in every language.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.meta_content import (
    DATES,
    MONTH_FIRST,
    PAGE,
    POST_ID,
    PUBLISH_TIME,
    REMARKS,
    VIDEO_ID,
    of_page,
    ownerless,
    pages,
)
from connectors.rows import records
from data.model import Finding

DAY = (*PAGE, REMARKS, Column("day", DATES, MONTH_FIRST, required=True))


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day that says something, for the page its row names."""
    page = of_page(source)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        elif record.others and (account := page(record)) is None:
            yield ownerless(record)
        elif record.others:
            yield record.statement("account_days", account=account, day=record.values["day"].date())


CONNECTOR = Connector(
    key="meta_facebook_days",
    networks=("facebook",),
    title=N_("Facebook: pages by day"),
    where=N_(
        "business.facebook.com, then Insights, Content, Export data: choose the level Page, the dates, Daily, Generate."
    ),
    tables=(
        TableSpec("account_days", DAY, read, hints=("remarks",), refuses=(*POST_ID, *VIDEO_ID, *PUBLISH_TIME),
                  daily=True, remarks="remarks"),
    ),
    accounts=pages,
    seen=("en",),
    described=("fr",),
    lacks=N_("Followers, reach and views by day: the Results cards hold them."),
)  # fmt: skip
