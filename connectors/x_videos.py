"""X videos: days and videos, two tables in one file, each under a line that names it (late 2024 on).

Only the labels are translated: dates stay English, both durations end in `(ms)`, and columns keep their places, so
that the file is known in any language. Without videos it holds the days alone. Views of a video count for the post
that its link names; X leaves that link empty in some files, and what belongs to no post is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec, match_header
from connectors.cards import and_left_aside
from connectors.cells import DECIMAL, ID, TEXT, missing, normalise, printed
from connectors.dates import NAMED, YMD_STYLE, Dates
from connectors.rows import local_day, records
from connectors.sheet import Book, Cells, Sheet, blank
from connectors.x_links import accounts, named, published_at
from data.model import Account, Finding, Problem, says

PRINTED = Dates((NAMED, YMD_STYLE))
DAYS = (
    Column("day", ("Date", "Data"), PRINTED, required=True),
    Column("video_views", ("Views", "Visualizações"), required=True, may_be_empty=True),
    Column("watched", ("Watch time (ms)", "Tempo de exibição (ms)"), DECIMAL, aside=True),
    Column("completed", ("Completion rate", "Taxa de conclusões"), DECIMAL, aside=True),
    Column("average", ("Average watch time (ms)", "Tempo médio de exibição (ms)"), DECIMAL, aside=True),
    Column("revenue", ("Estimated revenue", "Receita estimada"), DECIMAL, aside=True),
)
VIDEOS = (
    Column("uploaded", ("Uploaded on",), PRINTED, aside=True),
    Column("video", ("Video id",), ID, required=True, aside=True),
    Column("title", ("Video title", "Title"), TEXT, aside=True),
    Column("video_views", ("Views", "Visualizações"), required=True, may_be_empty=True),
    Column("duration", ("Duration",), TEXT, aside=True),
    Column("file", ("Video link",), TEXT, aside=True),
    Column("monetized", ("Monetized", "Monetizado"), TEXT, aside=True),
    Column("revenue", ("Estimated revenue", "Receita estimada"), DECIMAL, aside=True),
    Column("published", ("Published date", "Data de publicação"), PRINTED, aside=True),
    Column("link", ("Post link", "Postar link"), TEXT),
)
HEADER_AMONG = 5  # rows
WIDTHS = (5, 6)  # of the days, whose revenue is not always told
IN_MS = (2, 4)  # the places of the durations of a day


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The days of each sheet and the videos below them, by the places of their columns."""
    return [table for sheet in book.sheets for table in _tables(sheet, *specs)]


def _tables(sheet: Sheet, of_days: TableSpec, of_videos: TableSpec) -> Iterator[Table]:
    head = [(number, _filled(cells)) for number, cells in sheet.head(HEADER_AMONG)]
    start = next(((number, headers) for number, headers in head if _are_days(headers)), None)
    if start is None:
        return
    rows = ((n, _filled(cells)) for n, cells in sheet.rows() if n > start[0])
    title = next((n for n, row in rows if len(row) == 1 or (len(row) > len(start[1]) and _heads(row))), None)
    yield replace(_table(of_days, sheet, *start), last_row=title and title - 1)
    if videos := next(_videos(of_videos, sheet, start[0]), None):
        yield videos


def _heads(row: list[str]) -> bool:
    """Whether a row is a header, as nothing in it holds a figure: that of the videos, which has lost its title."""
    return not any(letter.isdigit() for text in row for letter in text)


def _are_days(headers: list[str]) -> bool:
    return len(headers) in WIDTHS and all(normalise(headers[place]).endswith("(ms)") for place in IN_MS)


def _videos(spec: TableSpec, sheet: Sheet, after: int) -> Iterator[Table]:
    alone = False  # whether the row above holds one cell, the title of a table
    for number, cells in sheet.rows():
        if number > after and not blank(cells):
            headers = _filled(cells)
            if alone and len(headers) == len(VIDEOS) and _heads(headers):
                yield _table(spec, sheet, number, headers)
            alone = len(headers) == 1


def _filled(cells: Cells) -> list[str]:
    """The texts of a row up to the last that says something."""
    texts = ["" if missing(cell, text=True) else printed(cell) for cell in cells]
    return texts[: max((place for place, text in enumerate(texts, 1) if text), default=0)]


def _table(spec: TableSpec, sheet: Sheet, number: int, headers: list[str]) -> Table:
    known = match_header(spec, headers) or {}
    if len(known) == len(headers):
        return Table(spec, sheet, number, tuple(headers), known)
    places = {column.key: (place,) for place, column in enumerate(spec.columns[: len(headers)])}
    return Table(spec, sheet, number, tuple(headers), places, guessed=True)


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day; the average duration is that of the whole, by views."""
    yield from _headless(table, source)
    wide = {n for n, cells in table.rows() if len(_filled(cells)) > len(table.headers)}
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        if record.origin.row in wide:
            expected = says("a row of {n} cells at most, as its header has", n=len(table.headers))
            yield Problem(expected, "", table.sheet.name, record.origin.row)
            continue
        others = _revenue(table, record)
        if (completed := record.aside.get("completed")) is not None:
            others[table.header("completed")] = float(completed)
        watched = record.aside.get("watched")
        yield replace(record, others=others).statement(
            "account_days",
            account=source.account.key,
            day=record.values["day"].date(),
            watch_seconds=None if watched is None else watched / 1000,
        )


def _headless(table: Table, source: Source) -> Iterator[Problem]:
    """The problem of rows below the days that no header of videos stands above."""
    if any(other.spec.read is read_videos and other.sheet.name == table.sheet.name for other in source.tables):
        return
    below = (n for n, cells in table.sheet.rows() if table.last_row and n > table.last_row and len(_filled(cells)) > 1)
    if row := next(below, 0):
        expected = says("a row of headers above the figures; this table was left aside")
        yield Problem(expected, "", table.sheet.name, row)


def read_videos(table: Table, source: Source) -> Iterator[Finding]:
    """One statement for each post that the link of a video names."""
    apart = []
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        owner, post_id = named(record.values.get("link"))
        if not post_id:
            apart.append(record)
            continue
        moment = published_at(post_id, record.aside.get("published"))
        yield replace(record, others=_revenue(table, record)).statement(
            "posts",
            account=Account("x", owner.casefold()).key if owner else source.account.key,
            post_id=post_id,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else None,
        )
    if apart:
        expected = says("the link of its post; the views of videos without one are left aside: {n}", n=len(apart))
        yield Problem(expected, "", table.sheet.name, apart[0].origin.row, table.header("link"))


def _revenue(table: Table, record: Record) -> dict[str, float]:
    """The estimated revenue, but for 0, which X prints as well where it knows of none."""
    revenue = record.aside.get("revenue")
    return {table.header("revenue"): float(revenue)} if revenue else {}


CONNECTOR = Connector(
    key="x_videos",
    networks=("x",),
    title=N_("X: videos"),
    where=N_("x.com, then Analytics (Premium), Videos, choose the dates, Download."),
    tables=(
        TableSpec("account_days", DAYS, read_days, daily=True),
        TableSpec("posts", VIDEOS, read_videos),
    ),
    find=find,
    settle=and_left_aside,
    accounts=accounts,
    described=("en", "pt"),
    lacks=N_("How long each video was watched, and the views of videos whose post X does not name."),
)
