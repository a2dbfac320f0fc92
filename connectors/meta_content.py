"""What the content exports of Meta Business Suite have in common: posts, stories and videos, one a row.

Counts run since publication. Times are Pacific and months stand before days, in every language and country; the
headers alone are translated. Columns are those its user has chosen, in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from connectors.base import PACIFIC, Column, Record, Source, Table, TableSpec, find_tables
from connectors.cells import ID, TEXT, Kind, Unreadable, missing
from connectors.dates import MDY, Dates, read_date
from connectors.rows import by_day, in_utc, local_day, named_accounts, only_zeros, records
from connectors.sheet import Book
from data.model import Account, Finding, Problem, UserError, says

MONTH_FIRST = Dates(undecided=MDY)
MOMENT = replace(MONTH_FIRST, to_the_minute=True)
SEEN_BY = ("reach", "reactions", "comments")  # none of which a post has without a view
POST_ID = ("Post ID", "Identifiant de la publication", "Identificação do post", "Identificação da publicação")
VIDEO_ID = ("Video asset ID",)
PAGE_ID = ("Page ID", "ID de la Page", "Identificação da Página", "ID da Página")
PAGE_NAME = ("Page name", "Nom de la page", "Nome da Página")
PUBLISH_TIME = ("Publish time", "Heure de publication", "Horário de publicação")
DATES = ("Date", "Data")


def _digits(cell: Any, comma: bool) -> str:
    text: str = ID.parse(cell, comma)
    if not text.replace("_", "").isdecimal():  # a line of a text that was broken in the middle
        raise Unreadable(says("an id of digits"))
    return text


DIGITS = Kind("id", _digits)

# What every export of content has, to be read aside: the connector makes statements of them.
PUBLISHED = Column("published", PUBLISH_TIME, MOMENT, required=True, may_be_empty=True, aside=True)
PERIOD = Column("period", DATES, TEXT, aside=True)
REMARKS = Column("remarks", ("Data comment", "Commentaire des données", "Comentário de dados"), TEXT, aside=True)
PAGE = (
    Column("page_id", PAGE_ID, DIGITS, required=True, may_be_empty=True, aside=True),
    Column("page_name", PAGE_NAME, TEXT, required=True, may_be_empty=True, aside=True),
)

# Retention curves, views by audience and by country (hundreds of columns), flags, leaked keys.
IGNORED = (
    r"(interval|un intervalle de) \d+$|top audience|audience principale|by country|par pays \("
    r"|crosspost|^is share$|^est un partage$|:unique_users$|: hide all$"
)


def find_posts(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book. Raises UserError where a spreadsheet has taken months for days in some of the times.

    One that writes days first leaves 03/18 as the text it is, and makes the third of August of 03/08.
    """
    tables = find_tables(book, specs)
    for table in tables:
        cells = list(table.column("published"))
        texts = [cell for cell in cells if not isinstance(cell, date)]
        if len(texts) < len(cells) and any(read_date(text, MDY) for text in texts):
            raise UserError(
                says(
                    "{file}: a spreadsheet has taken months for days in some of the times under “{column}”, such as "
                    "{found}. Export it again, and do not open it before.",
                    file=book.name, column=table.header("published"),
                    found=str(next(cell for cell in cells if isinstance(cell, date))),
                )
            )  # fmt: skip
    return tables


def pages(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The pages that the rows name, the most frequent first."""
    return named_accounts(list(tables), "facebook", "page_id", "page_name")


def of_page(source: Source) -> Callable[[Record], str | None]:
    """What tells the page of a row: the one it names, else the only one of the file, else None."""
    printed = {str(cell).strip() for table in source.tables for cell in table.column("page_id")}  # damaged ones too
    named = [(t, row) for t in source.tables for _, row in t.rows() if not missing(row[t.positions["page_id"][0]])]
    called = {str(row[t.positions["page_name"][0]]).strip() for t, row in named if "page_name" in t.positions}
    only = source.account.key if len(printed) < 2 else None

    def told(record: Record) -> str | None:
        if page := record.aside.get("page_id"):
            return Account("facebook", page).key
        return only if record.aside.get("page_name") in called else None

    return told


def ownerless(record: Record) -> Problem:
    """The problem of a row that names none of the pages or accounts of its file."""
    expected = says("the id of a page or an account in each row, as this file is of several")
    return Problem(expected, "", record.origin.sheet, record.origin.row)


def read_posts(table: Table, source: Source, described: Callable[[Record], dict[str, Any]]) -> Iterator[Finding]:
    """One statement a post, with what `described` says of it; views of 0 under a reach are not stated.

    Meta prints 0 for the views of some exports that do not hold them: nobody is reached or reacts without a view. A
    post that it could not compute is a problem, with its reason.
    """
    if problem := by_day(table, "period"):
        yield problem
        return
    unmeasured = only_zeros(table, "views") and any(
        key in table.positions and not only_zeros(table, key) for key in SEEN_BY
    )
    if unmeasured:
        expected = says("views; here all are 0 though people were reached, so they are left out")
        yield Problem(expected, "0", table.sheet.name, table.header_row, table.header("views"))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        if "remarks" in record.aside and "published" not in record.aside:
            expected = says("a post; Meta could not compute this one, so it is left out")
            found = record.aside["remarks"][:80]
            yield Problem(expected, found, table.sheet.name, record.origin.row, table.header("remarks"))
            continue
        told = described(record)
        if told["account"] is None:
            yield ownerless(record)
            continue
        if unmeasured:
            told["views"] = None
        elif record.values.get("views") == 0 and any(record.values.get(key, 0) > 0 for key in SEEN_BY):
            expected = says("views; 0 is left out, as people were reached")
            yield Problem(expected, "0", table.sheet.name, record.origin.row, table.header("views"))
            told["views"] = None
        moment = in_utc(record.aside["published"], PACIFIC) if "published" in record.aside else None
        when = {"published_at": moment, "day": local_day(moment, source.zone) if moment else None}
        yield record.statement("posts", **{"account": told.pop("account"), **when, **told})
