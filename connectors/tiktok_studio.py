"""TikTok Studio: one file a tab, alone or in the ZIP that TikTok makes of a page.

Days bear no year, and are named in the language of the browser: they are walked back from the day of the export.
`undefined` is what TikTok has not counted yet; viewers of such a day are printed as 0 and left aside. Likes and
comments can be negative. The difference in followers is that to the day before in some files and to the day after
in others: it counts as the net gain only where every row proves it. Of the videos only some fifteen are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import PAGE, PERCENT, TEXT, normalise
from connectors.rows import read_members, records
from connectors.sheet import Book
from connectors.tiktok_videos import owners, read_videos
from connectors.undated import dated, label, nearest
from data.model import Finding, Problem, Statement, UserError, says

DAY = Column("day", ("Date",), TEXT, required=True, aside=True)
OVERVIEW = (
    DAY,
    Column("views", ("Video Views",), required=True, may_be_empty=True),
    Column("profile_visits", ("Profile Views",), required=True, may_be_empty=True),
    Column("reactions", ("Likes",)),
    Column("comments", ("Comments",)),
    Column("shares", ("Shares",)),
)
VIEWERS = (DAY, Column("reach", ("Total Viewers",), required=True, may_be_empty=True))
HISTORY = (
    DAY,
    Column("followers", ("Followers",), required=True, may_be_empty=True),
    Column("difference", ("Difference in followers from previous day",), required=True, may_be_empty=True, aside=True),
)
ACTIVITY = (
    DAY,
    Column("hour", ("Hour",), required=True, aside=True),
    Column("active", ("Active followers",), required=True, may_be_empty=True, aside=True),
)
WHO = (
    Column("member", ("Gender", "Top territories"), TEXT, required=True),
    Column("share", ("Distribution",), PERCENT, required=True, may_be_empty=True),
)
CONTENT = (
    Column("text", ("Video title",), TEXT),
    Column("link", ("Video link",), PAGE, required=True),
    Column("posted", ("Post time",), TEXT, aside=True),
    Column("views", ("Total views",), required=True, may_be_empty=True),
    Column("reactions", ("Total likes",)),
    Column("comments", ("Total comments",)),
    Column("shares", ("Total shares",)),
)
OF_BUSINESS = ("Reached audience", "Net growth", "New followers", "Lost followers")
COUNTRIES = "top territories"
EPOCH = re.compile(r"_(1[5-9]\d{8})_")  # in the name of the ZIP of an overview: the end of its days


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day that states anything."""
    for record, day in _dated(table, source):
        if isinstance(record, Problem):
            yield record
        elif record.values:
            yield record.statement("account_days", account=source.account.key, day=day)


def read_history(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day: the followers, and the net gain where the difference to the day before is that."""
    rows: list[tuple[Record, date]] = []
    for record, day in _dated(table, source):
        if isinstance(record, Problem):
            yield record
        elif "followers" in record.values:
            rows.append((record, day))
    gains = [(row, _is_gain(before, row)) for (before, _), (row, _) in pairwise(rows)]
    proved = {told for _, told in gains if told is not None} == {True}
    if wrong := next((row for row, told in gains if told is False), None):
        expected = says(
            "the followers of the day less those of the day before; this column is kept aside under its own name"
        )
        yield Problem(expected, str(wrong.aside["difference"]), table.sheet.name, wrong.origin.row,
                      table.header("difference"))  # fmt: skip
    for record, day in rows:
        told = {"account": source.account.key, "day": day, **record.values}
        difference = record.aside.get("difference")
        if proved:
            yield Statement("account_days", {**told, "net_follows": difference}, record.origin, record.others)
        else:
            own = {} if difference is None else {table.header("difference"): float(difference)}
            yield Statement("account_days", told, record.origin, {**record.others, **own})


def _is_gain(before: Record, row: Record) -> bool | None:
    """Whether the difference of a row is that to the row before; None where it states none."""
    difference = row.aside.get("difference")
    return None if difference is None else row.values["followers"] - before.values["followers"] == difference


def read_activity(table: Table, source: Source) -> Iterator[Finding]:
    """One statement an hour of a day, for the followers who were there."""
    for record, day in _dated(table, source):
        if isinstance(record, Problem):
            yield record
        elif (active := record.aside.get("active")) is not None:
            told = {"dimension": "hour", "member": str(record.aside["hour"]), "first_day": day, "last_day": day}
            others = {table.header("active"): float(active)}
            yield Statement("audience", {"account": source.account.key, **told}, record.origin, others)


def _dated(table: Table, source: Source) -> Iterator[tuple[Record | Problem, date]]:
    """The rows with their days; a row whose day cannot be read is a problem. Raises UserError without a year."""
    assert source.as_of
    exported = source.as_of.date()
    problems: list[Problem] = []
    rows = []
    for record in records(table, source):
        if not isinstance(record, Record):
            problems += [record] if isinstance(record, Problem) else []
        elif named := label(record.aside["day"]):
            rows.append((record, named))
        else:
            found = record.aside["day"][:80]
            problems.append(Problem(says("a day and a month, such as April 12"), found, table.sheet.name,
                                    record.origin.row, table.header("day")))  # fmt: skip
    certain = source.as_of in (source.book.made, named_moment(source.book, []))
    days = dated([named for _, named in rows], exported, certain)
    if days is None:
        first, last = (rows[place][0].aside["day"] for place in (0, -1))
        raise UserError(
            says(
                "{file}: the days from {first} to {last} bear no year, and do not end shortly before {day}. Load the "
                "file as TikTok made it, its rows in their order, and say on which day it was exported.",
                file=source.book.name, first=first, last=last, day=exported,
            )
        )  # fmt: skip
    yield from ((problem, exported) for problem in problems)
    yield from ((record, day) for (record, _), day in zip(rows, days, strict=True))


def read_who(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a part of the followers, on the day of the export."""
    assert source.as_of
    named = replace(table, note="country") if normalise(table.header("member")) == COUNTRIES else table
    return read_members(named, source, source.as_of.date(), source.as_of.date())


def read_content(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a video."""
    return read_videos(table, source, _posted)


def _posted(record: Record, made: date) -> date | None:
    named = label(record.aside.get("posted", ""))
    return nearest(made, named) if named else None


def named_moment(book: Book, tables: list[Table]) -> datetime | None:
    """The end of the days, as the name of the ZIP of an overview says; the date in it is their beginning."""
    match = EPOCH.search(book.name)
    return datetime.fromtimestamp(int(match[1]), tz=UTC).replace(tzinfo=None) if match else None


CONNECTOR = Connector(
    key="tiktok_studio",
    networks=("tiktok",),
    title=N_("TikTok Studio: tabs"),
    where=N_("tiktok.com/tiktokstudio, Analytics, choose the tab and the dates, Download data, CSV."),
    tables=(
        TableSpec("account_days", OVERVIEW, read_days, refuses=OF_BUSINESS),
        TableSpec("account_days", VIEWERS, read_days),
        TableSpec("account_days", HISTORY, read_history),
        TableSpec("audience", ACTIVITY, read_activity),
        TableSpec("audience", WHO, read_who),
        TableSpec("posts", CONTENT, read_content, ignores=r"^time$"),
    ),
    accounts=owners,
    names=(
        r"^Overview_[\d-]+_\d{10}_(?P<handle>[\w.]+?)(?: \(\d+\))?\.zip$",
        r"^(?:Followers|Viewers|Content)_(?P<handle>[\w.]+?)(?: \(\d+\))?\.zip$",
    ),
    as_of=named_moment,
    seen=("en",),
    lacks=N_("The year of its days, who stopped following, and all but some fifteen of the videos."),
)
