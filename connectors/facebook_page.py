"""Facebook Insights, page level (until 2023): an .xls that is XML, an Excel workbook or a CSV file, a row a day.

Headers are English labels, or the keys of Facebook's interface for programs, which are the same in every language.
Figures of a week or of 28 days, printed beside those of the day, are left aside: days added up count them again. The
last day is often not counted yet and says 0 throughout; then only its likes are kept. Likes of the page stand for its
followers, a page that nobody likes states none, and visits are those of people who are logged in where no others are
told. The account is not named in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import normalise
from connectors.dates import DATE
from connectors.insights import counts, described, find_in, passed_over
from connectors.rows import records
from connectors.sheet import Book
from data.model import Finding, Origin, Problem, Statement, says

CONSUMPTIONS = "Daily Page Consumptions By Type"
STORIES = "Daily Page Stories By Story Type"
FEEDBACK = "Daily Positive Feedback From Users"
LIKES = {
    "gender and age": "Lifetime Likes by Gender and Age",
    "city": "Lifetime Likes by City",
    "country": "Lifetime Likes By Country",
    "language": "Lifetime Likes by Language",
}
BROKEN_DOWN = (CONSUMPTIONS, STORIES, FEEDBACK)
MEMBER = {
    dimension: re.compile(rf"{re.escape(normalise(title))}(?: \(unique users\))? - ")
    for dimension, title in LIKES.items()
}

DAY = Column("day", ("Date",), DATE, required=True)
OF_LIKES = replace(DAY, aside=True)
# fmt: off
FIGURES = (
    Column("followers", ("page_fans:lifetime", "Lifetime Total Likes")),
    Column("follows", ("page_fan_adds_unique:day", "Daily New Likes")),
    Column("unfollows", ("page_fan_removes_unique:day", "Daily Unlikes")),
    Column("impressions", ("page_impressions:day", "Daily Total Impressions")),
    Column("reach", ("page_impressions_unique:day", "Daily Total Reach")),
    Column("profile_visits", ("page_views_total:day", "Daily Total views count per Page")),
    Column("logged_in", ("page_views_logged_in_total:day", "Daily Total logged-in views count per Page",
                         "Daily Logged-in Page Views (Total Count)"), aside=True),
    Column("visitors", ("page_views_logged_in_unique:day", "Daily Logged-in Page Views (Unique Users)")),
    Column("clicks", ("page_consumptions:day", *counts("Daily Page Consumptions"))),
    Column("link_clicks", counts(f"{CONSUMPTIONS} - link clicks")),
    Column("video_views", ("page_video_views:day", *counts("Daily Total Video Views"))),
    Column("mentions", counts(f"{STORIES} - mention")),
    Column("reactions", counts(f"{FEEDBACK} - like")),
    Column("comments", counts(f"{FEEDBACK} - comment")),
)
# fmt: on
NOT_OF_THE_DAY = r"^(weekly|28 days)\b|:(week|days_28)\b"
OTHER_PARTS = rf"^(?!({'|'.join(normalise(title) for title in BROKEN_DOWN)}) - ).* - "


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """The tables of the days, and of what the likes are broken down by, in a workbook or in a CSV file."""
    days, likes, rest = specs
    found: list[Table] = []
    for table in find_in(book, (days, rest), (*BROKEN_DOWN, *LIKES.values())):
        of_likes = [
            replace(table, spec=likes, positions={"day": _day(table)}, note=dimension)
            for dimension in LIKES if any(_members(table, dimension))
        ]  # fmt: skip
        if table.spec.says == days.says or not of_likes:
            found.append(table)
        found += of_likes
    return found


def _day(table: Table) -> tuple[int, ...]:
    return tuple(place for place, header in enumerate(table.headers) if normalise(header) in DAY.headers)


def _members(table: Table, dimension: str) -> Iterator[tuple[int, str]]:
    """The places of the parts of a dimension, with their names."""
    for place, header in enumerate(table.headers):
        if match := MEMBER[dimension].match(normalise(header)):
            yield place, header[match.end() :]


def read_days(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day."""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        values, others = dict(record.values), dict(record.others)
        if "logged_in" in record.aside:
            if "profile_visits" in values:
                others[table.header("logged_in")] = record.aside["logged_in"]
            else:
                values["profile_visits"] = record.aside["logged_in"]
        if values.get("followers") == 0:
            del values["followers"]
        values |= {"account": source.account.key, "day": values["day"].date()}
        yield Statement("account_days", values, record.origin, others)


def read_likes(table: Table, source: Source) -> Iterator[Finding]:
    """One statement for each part of the likes on each day; a part that Facebook leaves empty is not stated."""
    members = list(_members(table, table.note))
    counted = TableSpec(
        "audience",
        (OF_LIKES, *(Column(f"{place}", (table.headers[place],), aside=True) for place, _ in members)),
        read_likes,
        others=False,
        drops=described,
    )
    positions = {**table.positions, **{f"{place}": (place,) for place, _ in members}}
    for record in records(replace(table, spec=counted, positions=positions), source):
        if not isinstance(record, Record):
            yield record
            continue
        day = record.aside["day"].date()
        for place, member in members:
            if (followers := record.aside.get(f"{place}")) is not None:
                told = {"account": source.account.key, "dimension": table.note, "member": member}
                told |= {"first_day": day, "last_day": day, "followers": followers}
                yield Statement("audience", told, Origin(table.sheet.name, record.origin.row))


def settle(tables: Sequence[Table], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, without the figures of a last day that is not counted yet."""
    everything = list(found)
    days = [item for item in everything if isinstance(item, Statement) and item.table == "account_days"]
    last = max((item.values["day"] for item in days), default=date.min)
    counted = {item.values["day"] for item in days if any(_figures(item))}
    uncounted = [item for item in days if counted and item.values["day"] == last and last not in counted]
    for item in uncounted[:1]:
        expected = says("figures of this day; all are 0, as it was not counted yet, so only the likes are kept")
        yield Problem(expected, "0", item.origin.sheet, item.origin.row)
    for item in everything:
        if item not in uncounted:
            yield item
        elif isinstance(item, Statement):
            kept = {key: item.values[key] for key in ("account", "day", "followers") if key in item.values}
            others = {header: number for header, number in item.others.items() if _is_lifetime(header)}
            if "followers" in kept or others:
                yield Statement("account_days", kept, item.origin, others)


def _is_lifetime(header: str) -> bool:
    return "lifetime" in normalise(header)


def _figures(item: Statement) -> Iterator[float]:
    stated = [value for key, value in item.values.items() if key not in ("account", "day", "followers")]
    yield from stated or (number for header, number in item.others.items() if not _is_lifetime(header))


CONNECTOR = Connector(
    key="facebook_page",
    networks=("facebook",),
    title=N_("Facebook Insights: page by day"),
    where=N_("Not offered any more since 2023. It stood under your page, Insights, Export data, Page data."),
    tables=(
        TableSpec("account_days", (DAY, *FIGURES), read_days, hints=tuple(h for c in FIGURES for h in c.headers),
                  ignores=f"{NOT_OF_THE_DAY}|{OTHER_PARTS}", daily=True),
        TableSpec("audience", (OF_LIKES,), read_likes, others=False, side=True, daily=True),
        passed_over("Date"),
    ),
    find=find,
    settle=settle,
    seen=("en",),
    lacks=N_("Figures of a week or of 28 days, and what reach, sources of likes and referrers are broken down by."),
)  # fmt: skip
