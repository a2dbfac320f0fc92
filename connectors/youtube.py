"""YouTube Studio, advanced mode: a ZIP of a table, a chart and totals, or one of these files alone.

A table counts a period that it does not name: it is that of the chart or the totals beside it, that of the
name of the ZIP, or it is asked. Rows do not add up to the `Total` row, which also counts what YouTube does
not list; it is no row of ours. `Subscribers` is gained less lost. Days are Pacific days. A table of several
channels repeats itself under the name of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from connectors.base import N_, Connector, Record, Source, Table, TableSpec, find_tables, table_at
from connectors.blocks import Block, each
from connectors.cells import missing, normalise, printed
from connectors.periods import Period, period_of, period_unknown
from connectors.rows import blocks, records
from connectors.sheet import Book, Cells
from connectors.youtube_columns import (
    BESIDE,
    CHANNEL,
    DAY,
    DAYS,
    DIMENSION_OF,
    HOURS,
    MEMBER,
    PERCENT,
    POST,
    VIDEO_ID,
    VIEWS,
)  # fmt: skip
from data.model import Account, Coded, Finding, Problem, UserError, says

TOTAL = {"total", "gesamt", "totale", "totaal"}
WORD, LOOKED_AT = re.compile(r"[^\W\d_]{2}"), 20  # rows
NAMED_PERIOD = re.compile(r"(20\d\d-[01]\d-[0-3]\d)_(20\d\d-[01]\d-[0-3]\d)")


def total(cells: Cells) -> bool:
    """Whether a row is the total, wherever it stands."""
    words = [cell for cell in cells if isinstance(cell, str) and any(c.isalpha() for c in cell)]
    return bool(words) and normalise(words[0]) in TOTAL and (len(words) == 1 or words[0] is cells[0])


def footer(cells: Cells) -> bool:
    """Whether a row is the line that says how many rows are listed."""
    return _footer(cells) is not None


def _footer(cells: Cells) -> str | None:
    filled = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
    return filled[0] if len(set(filled)) == 1 and re.search(r"\D \d+ \D", filled[0]) else None


def read_posts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a video; its counts run from the first day of the period if it is older than that."""
    first, _ = period_of(source, named_period(source.book.name))
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        video = record.values["post_id"]
        published = record.aside.get("published")
        day = published.date() if published else None
        yield record.statement(
            "posts",
            account=_account(table, source),
            day=day,
            kind="video",
            link=f"https://www.youtube.com/watch?v={video}",
            counted_from=None if day and day >= first else first,
            watch_seconds=_seconds(record.aside.get("hours")),
        )
    yield from _cut_short(table)


def read_channel(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day of the channel."""
    for block in blocks(table, source):
        if isinstance(block, Block):
            told = {"day": _days(block), "watch_seconds": _watched(block)}
            yield block.statements("account_days", account=_account(table, source), **told)
        else:
            yield block
    yield from _cut_short(table)


def read_members(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a country, an age or a video: by day in a chart, for the period in a table."""
    whole = None if "day" in table.positions else period_of(source, named_period(source.book.name))
    dimension = DIMENSION_OF[normalise(table.header("member"))]
    for block in blocks(table, source):
        if not isinstance(block, Block):
            yield block
            continue
        first, last = whole or (_days(block),) * 2
        yield block.statements(
            "audience", account=_account(table, source), dimension=dimension, first_day=first, last_day=last,
            watch_seconds=_watched(block), share=_shares(block),
        )  # fmt: skip
    yield from _cut_short(table)


def _cut_short(table: Table) -> Iterator[Problem]:
    """The problem of a list that YouTube has cut, as the line below it says."""
    if table.spec.drops is not footer:
        return
    for number, cells in table.sheet.rows():
        inside = number > table.header_row and (table.last_row is None or number <= table.last_row)
        if inside and (said := _footer(cells)):
            expected = says("all rows; YouTube cuts a long list, so those with the fewest views are missing")
            yield Problem(expected, said, table.sheet.name, number, table.headers[0])


def _days(block: Block) -> list[date] | Coded:
    return each(block.aside["day"], datetime.date)


def _watched(block: Block) -> list[float | None] | Coded | None:
    hours = block.stated("hours")
    return None if hours is None else each(hours, _seconds)


def _shares(block: Block) -> list[float | None] | Coded | None:
    percent = block.stated("percent")
    return None if percent is None else each(percent, _share)


def _share(percent: float | None) -> float | None:
    return None if percent is None else round(percent / 100, 6)


def _seconds(hours: float | None) -> float | None:
    return None if hours is None else round(hours * 3600, 3)


def named_period(name: str) -> Period | None:
    """The first and last day that the name of a native ZIP holds."""
    match = NAMED_PERIOD.search(name)
    try:
        return (date.fromisoformat(match[1]), date.fromisoformat(match[2])) if match else None
    except ValueError:  # digits that only look like dates
        return None


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of a book, those of several channels apart; days alone are YouTube's only if all their columns are."""
    tables = find_tables(book, specs)
    if all(table.spec.read is read_channel for table in tables):
        known = BESIDE.union(*(column.headers for column in CHANNEL))
        tables = [table for table in tables if {normalise(header) for header in table.headers} <= known]
    tables = [table for table in tables if table.spec.read is not read_channel or not _is_of_parts(table)]
    tables = [table for table in tables if table.spec.read is not read_posts or _lists_videos(table)]
    return [table for found in tables for table in _by_channel(book, found, specs)]


def _lists_videos(table: Table) -> bool:
    """Whether a table that tells no titles is of videos all the same: by the ids of most of its rows."""
    if "text" in table.positions:
        return True
    ids = [str(cell).strip() for cell in islice(table.column("post_id"), LOOKED_AT)]
    return sum(bool(VIDEO_ID.fullmatch(text)) for text in ids) * 2 > len(ids)


def _is_of_parts(table: Table) -> bool:
    """Whether a column of words stands beside the days, such as videos under a header in no language we know."""
    (day,) = table.positions["day"][:1]
    known = {place for places in table.positions.values() for place in places}
    rows = [cells for _, cells in islice(table.rows(), LOOKED_AT)]
    words = (place for place in range(len(table.headers)) if place not in known and place != day)
    return any(WORD.search(str(cells[place] or "")) for place in words for cells in rows)


def _by_channel(book: Book, table: Table, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The table, or one for each channel where its header is repeated under their names.

    Raises UserError when it is repeated and a name is missing, or a header that cannot be read.
    """
    if table.spec.total is not total:  # a chart, of one channel
        return [table]
    header, above = {name for name in table.headers if name}, ""
    starts: list[Table] = []
    for number, cells in table.sheet.rows():
        if len(header.intersection(map(printed, cells))) > 1:
            found = (table_at(spec, table.sheet, number, cells, note=above) for spec in specs)
            starts.append(next((start for start in found if start), replace(table, header_row=number, note="")))
        filled = [str(cell).strip() for cell in cells if not missing(cell, text=True)]
        above = filled[0] if len(filled) == 1 else ""
    if len(starts) < 2:
        return [table]
    if not all(start.note for start in starts):
        raise UserError(
            says(
                "{file} holds several tables of {columns}, and one does not say of which channel. Export each channel "
                "by itself.",
                file=book.name, columns=", ".join(table.headers[:3]),
            )
        )  # fmt: skip
    ends = [start.header_row - 2 for start in starts[1:]] + [None]
    return [replace(start, last_row=end) for start, end in zip(starts, ends, strict=True)]


def channels(book: Book, tables: list[Table]) -> list[Account]:
    """The channels that a table of several of them names."""
    return [Account("youtube", name.casefold(), name) for name in dict.fromkeys(t.note for t in tables) if name]


def _account(table: Table, source: Source) -> str:
    return Account("youtube", table.note.casefold()).key if table.note else source.account.key


MEASURES = ("views", "hours")

CONNECTOR = Connector(
    key="youtube",
    networks=("youtube",),
    title=N_("YouTube Studio: tables"),
    where=N_("YouTube Studio, Analytics, Advanced mode, choose a table and the dates, then the arrow, CSV."),
    tables=(
        TableSpec("audience", (DAY, MEMBER, VIEWS, HOURS), read_members, daily=True, hints=MEASURES,
                  ignores=r"^dur[ae]"),
        TableSpec("posts", POST, read_posts, refuses=DAYS, total=total, drops=footer,
                  hints=(*MEASURES, "impressions", "published")),
        TableSpec("audience", (MEMBER, VIEWS, HOURS, PERCENT), read_members, refuses=DAYS,
                  total=total, drops=footer, hints=("hours", "percent")),
        TableSpec("account_days", CHANNEL, read_channel, daily=True, total=total, drops=footer, hints=MEASURES),
    ),
    find=find,
    accounts=channels,
    needs_since=lambda book, tables: period_unknown(tables, named_period(book.name)),
    names=(r"\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d (?P<handle>.+?)(?: \(\d+\))?\.zip$",),
    seen=("en",),
    described=("fr", "de", "pt", "es"),
    lacks=N_("How many subscribers there are in all. Days are those of California."),
)  # fmt: skip
