"""Mailchimp: the report of all campaigns, a mailing a row.

A mailing stands among the posts, under the kind `email`: its subject is its text, and the people it was delivered to
are its reach. Opens stay under their own names: mail programs open messages by themselves, and no other network
counts such a thing. A list of people, with their addresses, is refused. Send dates have no time zone; the brand's is
taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from connectors.base import HEADER_WITHIN, N_, Column, Connector, Record, Source, Table, TableSpec, find_tables
from connectors.cells import ID, TEXT, missing, normalise
from connectors.dates import DATE
from connectors.rows import in_utc, local_day, records
from connectors.sheet import Book
from data.model import Finding, UserError, says

MAILINGS = (
    Column("post_id", ("Unique Id",), ID, required=True),
    Column("campaign", ("Title",), TEXT),
    Column("text", ("Subject",), TEXT, required=True, may_be_empty=True),
    Column("sent", ("Send Date",), DATE, required=True, aside=True),
    Column("reach", ("Successful Deliveries",), adds=False, required=True, may_be_empty=True),
    Column("link_clicks", ("Total Clicks",)),
)
# Rates, and what a shop or Google Analytics says of visits.
IGNORED = r"\brate$|\broi\b|^(average|per visit|pages/visit|time on site)|\bid$"
PEOPLE = {"email address", "email", "e-mail", "adresse e-mail", "adresse email", "adresse mail", "e-mail address"}
LISTS = {"member_rating", "optin_time", "confirm_time", "last_changed", "leid", "euid", "opens", "clicks"}


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The reports of a book. Raises UserError for a list of recipients."""
    for sheet in book.sheets:
        for _, cells in sheet.head(HEADER_WITHIN):
            headers = {normalise(str(cell)) for cell in cells if not missing(cell, text=True)}
            if headers & PEOPLE and headers & LISTS:
                raise UserError(
                    says(
                        "{file} is a list of people with their addresses. Vigie keeps no such list: "
                        "load the report of all campaigns instead.",
                        file=book.name,
                    )
                )  # fmt: skip
    return find_tables(book, specs)


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a mailing."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        sent = in_utc(record.aside["sent"], source.zone)
        yield record.statement(
            "posts",
            account=source.account.key,
            published_at=sent,
            day=local_day(sent, source.zone),
            kind="email",
        )


CONNECTOR = Connector(
    key="mailchimp",
    networks=("mailchimp",),
    title=N_("Mailchimp: campaigns"),
    where=N_(
        "mailchimp.com, Analytics, Reports, Export reports, then the campaigns.csv in the ZIP file, or all of it."
    ),
    tables=(TableSpec("posts", MAILINGS, read, refuses=tuple(PEOPLE), ignores=IGNORED),),
    find=find,
    described=("en",),
    lacks=N_("The time zone of send dates, and who received or opened a mailing."),
)
