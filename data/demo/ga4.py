"""Google Analytics 4, web interface, English: explorations by day, by week and by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import numpy as np

from data.demo.cadence import Period, closely, loosely
from data.demo.files import DemoExport, table
from data.demo.measured import Measured, deduplicated
from data.demo.story import Story
from data.demo.traffic import REFERRERS, Traffic
from data.demo.words import NAME
from data.model import Answers

RULE = "# ----------------------------------------"
TOP_PAGES, TOP_SOURCES = 12, 10
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Exploration:
    """A tab of the community manager's exploration.

    `totals` gives the grand totals, which count what the rows leave out, and people once; by default rows are
    added up.
    """

    tab: str
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    rows: Callable[[Measured], Iterable[Row]]
    totals: Callable[[Measured], Row] | None = None


def exports(story: Story, traffic: Traffic) -> Iterator[DemoExport]:
    """The explorations: the site by day closely, its slices loosely, its people by week and by month."""
    for period in closely(story):
        yield _download(DAYS, Measured(story, traffic, period.with_days_before(story)))
    for period in loosely(story):
        seen = Measured(story, traffic, period.with_days_before(story))
        yield from (_download(exploration, seen) for exploration in SLICES)
    whole = Period(story.first, story.last, loosely(story)[-1].made)
    yield _download(ISO_WEEKS, Measured(story, traffic, whole))
    yield _download(YEAR_MONTHS, Measured(story, traffic, _whole_months(whole)))


def last_month(period: Period) -> Period:
    """The last month that is over at the end of the period."""
    last = (period.last + timedelta(1)).replace(day=1) - timedelta(1)
    return Period(last.replace(day=1), last, period.made)


def _whole_months(period: Period) -> Period:
    first = (period.first.replace(day=1) + timedelta(31)).replace(day=1)
    return Period(first, last_month(period).last, period.made)


def _download(asked: Exploration, seen: Measured) -> DemoExport:
    width, period = len(asked.dimensions), seen.period
    rows = sorted(asked.rows(seen), key=lambda row: (-row[width], *row[:width]))
    totals = asked.totals(seen) if asked.totals else _sums(asked, rows, period)
    span = f"{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    preamble = "\n".join((RULE, f"# {NAME}", f"# Suivi-{asked.tab}", f"# {span}", RULE, "", ""))
    header = (*asked.dimensions, *asked.metrics)
    text = preamble + table([header, (*[""] * width, *totals, "Grand total"), *rows])
    return DemoExport("download.csv", text.removesuffix("\n").encode(), Answers(as_of=period.made))


def _sums(asked: Exploration, rows: Sequence[Row], period: Period) -> Row:
    columns = [sum(row[n] for row in rows) for n in range(len(asked.dimensions), len(rows[0]))]
    return [
        deduplicated(column, period.days) if metric == "Active users" else column
        for metric, column in zip(asked.metrics, columns, strict=True)
    ]


def _by_day(seen: Measured) -> Iterator[Row]:
    counts = np.stack((seen.users, seen.new_users, seen.sessions, seen.engaged, seen.seconds, seen.views))
    for n, day in enumerate(seen.days):
        users, new, sessions, engaged, seconds, views = counts[:, n].tolist()
        time = seconds / sessions if sessions else 0
        yield day, users, new, sessions, engaged, time, views, int(seen.key_events[n]), float(seen.revenue[n])


def _day_totals(seen: Measured) -> Row:
    users, new, sessions = _all_people(seen)
    engaged, seconds, views = (int(column.sum()) for column in (seen.engaged, seen.seconds, seen.views))
    results = int(seen.key_events.sum()), float(seen.revenue.sum())
    return users, new, sessions, engaged, seconds / sessions, views, *results


def _all_visits(seen: Measured) -> Row:
    users, _, sessions = _all_people(seen)
    return sessions, users, int(seen.engaged.sum()), int(seen.key_events.sum())


def _all_views(seen: Measured) -> Row:
    return int(seen.views.sum()), _all_people(seen)[0]


def _by_group(seen: Measured, names: Sequence[str], top: int, nowhere: str) -> Iterator[Row]:
    groups = sorted(set(names))
    members = np.array([[name == group for name in names] for group in groups], np.int64)
    grouped = members @ seen.by_source
    for n, day in enumerate(seen.days):
        column, sessions, key_events = grouped[:, n].tolist(), int(seen.sessions[n]), int(seen.key_events[n])
        for place in sorted(range(len(groups)), key=lambda m: -column[m])[:top]:
            if own := column[place]:
                users, engaged = max(own * 9 // 10, 1), own * 57 // 100
                yield day, groups[place], own, users, engaged, own * key_events // sessions
        if not sessions:  # sales sent by the ticket office, with no visit to attach them to
            yield day, nowhere, 0, 0, 0, key_events


def _by_channel(seen: Measured) -> Iterator[Row]:
    names = [source.channel for source in seen.traffic.sources]
    return _by_group(seen, names, len(names), "Unassigned")


def _by_source(seen: Measured) -> Iterator[Row]:
    return _by_group(seen, [source.name for source in seen.traffic.sources], TOP_SOURCES, "(not set)")


def _by_campaign(seen: Measured) -> Iterator[Row]:
    names = [source.campaign for source in seen.traffic.sources]
    return _by_group(seen, names, len(names), "(not set)")


def _by_page(seen: Measured) -> Iterator[Row]:
    for n, day in enumerate(seen.days):
        column = seen.by_page[:, n].tolist()
        for place in sorted(range(len(column)), key=lambda m: -column[m])[:TOP_PAGES]:
            if views := column[place]:
                yield day, seen.traffic.pages[place], views, max(views * 3 // 4, 1)


def _by_event(seen: Measured) -> Iterator[Row]:
    none = np.zeros(len(seen.days), np.int64)
    events = {
        "page_view": (seen.views, none),
        "session_start": (seen.sessions, none),
        "purchase": (seen.purchases, seen.purchases),
        "newsletter_sign_up": (seen.signups, seen.signups),
    }
    for name, (counts, key) in events.items():
        for day, count, keyed in zip(seen.days, counts.tolist(), key.tolist(), strict=True):
            if count:
                yield day, name, count, keyed


def _by_referrer(seen: Measured) -> Iterator[Row]:
    for source, sessions in zip(seen.traffic.sources, seen.by_source.tolist(), strict=True):
        if source.name in REFERRERS:
            for day, count in zip(seen.days, sessions, strict=True):
                if count:
                    yield day, REFERRERS[source.name], count, max(count * 9 // 10, 1)


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}{week:02}"


def _grouped_days(key: Callable[[date], str]) -> Callable[[Measured], Iterator[Row]]:
    def rows(seen: Measured) -> Iterator[Row]:
        days = range(seen.period.days)
        for name, group in groupby(days, lambda n: key(seen.period.first + timedelta(n))):
            yield name, *_people(seen, list(group))

    return rows


def _people(seen: Measured, span: Sequence[int]) -> Row:
    users, new, sessions = (int(column[span].sum()) for column in (seen.users, seen.new_users, seen.sessions))
    return deduplicated(users, len(span)), new, sessions


def _all_people(seen: Measured) -> Row:
    return _people(seen, range(seen.period.days))


SITE = (
    "Active users", "New users", "Sessions", "Engaged sessions", "Average engagement time per session",
    "Views", "Key events", "Total revenue",
)  # fmt: skip
SOURCE, PAGE = "Session source / medium", "Page path and screen class"
PEOPLE = ("Active users", "New users", "Sessions")
VISITS = ("Sessions", "Active users", "Engaged sessions", "Key events")
DAYS = Exploration("Jours", ("Date",), SITE, _by_day, _day_totals)
ISO_WEEKS = Exploration("Semaines", ("ISO week of ISO year",), PEOPLE, _grouped_days(_iso_week), _all_people)
YEAR_MONTHS = Exploration("Mois", ("Year month",), PEOPLE, _grouped_days(lambda day: f"{day:%Y%m}"), _all_people)
SLICES = (
    Exploration("Canaux", ("Date", "Session default channel group"), VISITS, _by_channel, _all_visits),
    Exploration("Sources", ("Date", SOURCE), VISITS, _by_source, _all_visits),
    Exploration("Campagnes", ("Date", "Session campaign"), VISITS, _by_campaign, _all_visits),
    Exploration("Pages", ("Date", PAGE), ("Views", "Active users"), _by_page, _all_views),
    Exploration("Événements", ("Date", "Event name"), ("Event count", "Key events"), _by_event),
    Exploration("Liens", ("Date", "Page referrer"), ("Sessions", "Active users"), _by_referrer),
)
