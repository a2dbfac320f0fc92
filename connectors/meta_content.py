"""What the content exports of Meta Business Suite have in common: posts, stories and videos, one a row.

Counts run since publication. Times are Pacific and months stand before days, in every language and country; the
headers alone are translated. Columns are those its user has chosen, in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from connectors.base import PACIFIC, Column, Record, Source, Table, TableSpec, find_tables
from connectors.cells import ID, TEXT, Kind, Unreadable
from connectors.dates import MDY, Dates, read_date
from connectors.rows import by_day, in_utc, local_day, only_zeros, records
from connectors.sheet import Book
from data.model import Finding, Problem, UserError, says

MONTH_FIRST = Dates(undecided=MDY)
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
PUBLISHED = Column("published", PUBLISH_TIME, MONTH_FIRST, required=True, may_be_empty=True, aside=True)
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


def read_posts(table: Table, source: Source, described: Callable[[Record], dict[str, Any]]) -> Iterator[Finding]:
    """One statement a post, with what `described` says of it; views of 0 under a reach are not stated.

    Meta prints 0 for the views of some exports that do not hold them: nobody is reached without a view. A post that
    it could not compute is a problem, with its reason.
    """
    if problem := by_day(table, "period"):
        yield problem
        return
    unmeasured = only_zeros(table, "views") and "reach" in table.positions and not only_zeros(table, "reach")
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
        if unmeasured:
            told["views"] = None
        elif record.values.get("views") == 0 and record.values.get("reach", 0) > 0:
            expected = says("views; 0 is left out, as people were reached")
            yield Problem(expected, "0", table.sheet.name, record.origin.row, table.header("views"))
            told["views"] = None
        moment = in_utc(record.aside["published"], PACIFIC) if "published" in record.aside else None
        when = {"published_at": moment, "day": local_day(moment, source.zone) if moment else None}
        yield record.statement("posts", **{"account": told.pop("account"), **when, **told})
