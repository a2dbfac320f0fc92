"""Plausible: the export of a site (files named `imported_…`, by day) and that of a dashboard.

Both come as a ZIP, and each file of it can be loaded alone. Of a dashboard only `visitors.csv` is by day; the other
files are of its period, which the name of the ZIP or these days tell, and what some of them list is told by their
name alone. Bounces and seconds keep Plausible's names: Google's engaged sessions and engagement time are other
things. Regions are codes and cities GeoName ids. Rows that Plausible prints twice are numbered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from connectors.alike import Alike
from connectors.base import N_, Connector, Source, Table, TableSpec, find_tables
from connectors.blocks import Block
from connectors.cells import PAGE, TEXT, normalise
from connectors.periods import Period, period_of, period_unknown
from connectors.plausible_tables import DIRECT, LISTED, SITE, TELLING, specs
from connectors.repeated import and_repeated
from connectors.rows import blocks
from connectors.sheet import Book, Sheet
from connectors.whole_days import refuse_other_spans
from data.model import Account, Finding, Problem, UserError, says

NOWHERE = ("city", "0")  # what Plausible writes of a city that is not known
BY_LENGTH = sorted(LISTED, key=len, reverse=True)  # utm_sources before sources
NAMED_PERIOD = re.compile(r"(20\d\d-[01]\d-[0-3]\d) +to (20\d\d-[01]\d-[0-3]\d)")


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row: of its day, or of the period of the dashboard."""
    alike, found = Alike(), list(blocks(table, source))
    if table.spec.key == SITE:
        refuse_other_spans(
            table.sheet.name, [day for block in found if isinstance(block, Block) for day in _days(block)]
        )
    whole = None if "day" in table.positions else period_of(source, named_period(source.book.name))
    for block in found:
        if not isinstance(block, Block):
            yield block
            continue
        yield from (untold := _untold(table, block))
        first, last = whole or (_days(block),) * 2
        told: dict[str, Any] = {"slice": table.spec.key, "first_day": first, "last_day": last}
        if table.spec.key != SITE:
            told["member"] = list(_members(table, block, alike))
        if untold:
            rows = {problem.row for problem in untold}
            sources = zip(block.rows, block.values["source"], strict=True)
            told["source"] = [None if row in rows else source for row, source in sources]
        yield block.statements("web", account=source.account.key, **told)


def _untold(table: Table, block: Block) -> list[Problem]:
    """The rows of which the source is empty and the referrer is not: they are not direct."""
    nothing = [None] * len(block.rows)
    sources, referrers = (block.stated(key) or nothing for key in ("source", "referrer"))
    return [
        Problem(says("a source, as this row states a referrer"), referrer[:80], table.sheet.name, row, "source")
        for row, source, referrer in zip(block.rows, sources, referrers, strict=True)
        if source == DIRECT and referrer
    ]


def _days(block: Block) -> list[date]:
    return [day.date() for day in block.aside["day"]]


def _members(table: Table, block: Block, alike: Alike) -> Iterator[str | None]:
    """What tells the rows of a block apart beside the columns of the ledger, numbered where nothing does."""
    texts = [c.key for c in table.spec.columns if c.kind in (TEXT, PAGE) and c.key in table.positions]
    beside = [key for key in texts if key in block.aside or key == "member"]
    days = _days(block) if "day" in block.aside else None
    columns = {key: block.stated(key) or [] for key in texts}
    for row in range(len(block.rows)):
        parts = (columns[key][row] for key in beside if (key, columns[key][row]) != NOWHERE)
        member = " / ".join(str(part) for part in parts if part is not None) or None
        told = (days and days[row], *(columns[key][row] for key in texts if key not in beside))
        yield alike.member(told, member)


def named_period(name: str) -> Period | None:
    """The first and last day that the name of the ZIP of a dashboard holds."""
    match = NAMED_PERIOD.search(name)
    try:
        first, last = (date.fromisoformat(day) for day in match.groups()) if match else (date.max, date.min)
    except ValueError:  # digits that only look like dates
        return None
    return (first, last) if first <= last else None


def find(book: Book, declared: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book. Raises UserError for those of one goal, and for a list that does not say of what it is."""
    found: list[Table] = []
    for sheet in book.sheets:
        headers = {str(cell) for _, cells in sheet.head(1) for cell in cells if cell is not None}
        listed = LISTED.get(_file(sheet, headers))
        known = tuple(
            spec for spec in declared if "name" not in _names(spec) or (spec.key, spec.columns[0].key) == listed
        )
        tables = find_tables(replace(book, sheets=(sheet,)), known)
        found += [table for table in tables if all(header == header.casefold() for header in table.headers)]
        if not found and {"name", "visitors", "bounce_rate", "visit_duration"} == headers:
            raise UserError(
                says(
                    "{file} does not say what it lists. Give it back the name it had in Plausible's ZIP file, such as "
                    "sources.csv, or load that ZIP file.",
                    file=book.name,
                )
            )  # fmt: skip
        if found and "conversion_rate" in headers:
            raise UserError(
                says(
                    "{file} counts the visitors of one goal. Remove the filter in Plausible and export it again.",
                    file=book.name,
                )
            )  # fmt: skip
    return found


def _file(sheet: Sheet, headers: set[str]) -> str:
    """Which file of a dashboard a sheet is: by its headers, else by its name; "" for none."""
    told = next((TELLING[header] for header in headers if header in TELLING), None)
    name = normalise(sheet.name)
    return told or next((file for file in BY_LENGTH if re.search(rf"(?<![a-z]){file}(?![a-z])", name)), "")


def _names(spec: TableSpec) -> tuple[str, ...]:
    return spec.columns[0].headers if not spec.daily else ()


def accounts(book: Book, tables: Sequence[Table]) -> list[Account]:
    """The site that the name of its export holds, else the host that most pages are of."""
    if match := re.match(r"(?!imported_)(\S+?)_20\d{6}_20\d{6}\b.*\.zip$", book.name):
        site = match[1].replace("_", ".")  # no host has a "_"
        return [Account("plausible", site, site)]
    hosts: Counter[str] = Counter()
    for table in tables:
        if "hostname" in table.positions:
            hosts.update(str(cell).strip().removeprefix("www.") for cell in table.column("hostname"))
    return [Account("plausible", host, host) for host, _ in hosts.most_common(1)]


CONNECTOR = Connector(
    key="plausible",
    networks=("plausible",),
    title=N_("Plausible: a site or a dashboard"),
    where=N_(
        "plausible.io, the site, a period by day and no filter, then the arrow above the graph. "
        "For all days: Site settings, Imports and exports, Export data."
    ),
    tables=specs(read),
    find=find,
    settle=and_repeated,
    accounts=accounts,
    needs_since=lambda book, tables: (
        any("day" not in table.positions for table in tables) and period_unknown(tables, named_period(book.name))
    ),
    names=(r"^Plausible export (?P<handle>\S+) ",),
    seen=("en",),
    lacks=N_("Whether a filter was set when a dashboard was exported, and how many people came in the whole period."),
)
