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
from data.demo.measured import Measured, came_back, decided, deduplicated
from data.demo.parted import (
    COUNTRIES,
    DEVICES,
    RETURNING,
    Parted,
    allotted,
    by_hour,
    by_landing,
    by_shares,
    by_source,
)  # fmt: skip
from data.demo.story import Story
from data.demo.traffic import REFERRERS, Traffic
from data.demo.words import NAME
from data.model import Answers

RULE = "# ----------------------------------------"
TOP_PAGES = 12
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
    for number, period in enumerate(loosely(story)):
        seen = Measured(story, traffic, period.with_days_before(story))
        asked = SLICES if number else [each for each in SLICES if each is not HOURS]  # hours were thought of later
        yield from (_download(exploration, seen) for exploration in asked)
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
    columns = dict(zip(asked.metrics, list(zip(*rows, strict=True))[len(asked.dimensions) :], strict=True))

    def total(metric: str) -> float:
        if metric in PEOPLE_COUNTED:
            return deduplicated(sum(columns[metric]), period.days)
        over = OVER.get(metric)
        if over is None:
            return sum(columns[metric])
        parts = zip(columns[metric], columns[over], strict=True)
        return sum(mean * weight for mean, weight in parts) / max(sum(columns[over]), 1)

    return [total(metric) for metric in asked.metrics]


def _by_day(seen: Measured) -> Iterator[Row]:
    counts = np.stack((seen.users, seen.new_users, seen.sessions, seen.engaged, seen.seconds, seen.views))
    for n, day in enumerate(seen.days):
        users, new, sessions, engaged, seconds, views = counts[:, n].tolist()
        key_events = int(seen.key_events[n])
        yield (
            day, users, new, sessions, engaged, _over(seconds, sessions), views, key_events, float(seen.revenue[n]),
            came_back(users, new), _over(decided(key_events, sessions), sessions),
            _over(decided(key_events, users), users),
        )  # fmt: skip


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0


def _day_totals(seen: Measured) -> Row:
    users, new, sessions, returning, user_rate = _all_people(seen)
    engaged, seconds, views = (int(column.sum()) for column in (seen.engaged, seen.seconds, seen.views))
    key_events = int(seen.key_events.sum())
    results = key_events, float(seen.revenue.sum())
    rates = _over(decided(key_events, sessions), sessions), user_rate
    return users, new, sessions, engaged, seconds / sessions, views, *results, returning, *rates


def _all_views(seen: Measured) -> Row:
    return int(seen.views.sum()), _all_people(seen)[0]


def _visits(seen: Measured, found: Parted, nowhere: Row = ("(not set)",)) -> Iterator[Row]:
    """The rows of visits that part by one thing, or by the several that `found` names."""
    for n, day in enumerate(seen.days):
        columns = (found.sessions[:, n], found.engaged[:, n], found.key_events[:, n])
        for member, own, engaged, key_events in zip(found.members, *(c.tolist() for c in columns), strict=True):
            if own:
                named = (member,) if isinstance(member, str) else member
                yield day, *named, *_results(own, engaged, key_events)
        if not seen.sessions[n]:  # sales sent by the ticket office, with no visit to attach them to
            yield day, *nowhere, *_results(0, 0, int(seen.key_events[n]))


def _results(sessions: int, engaged: int, key_events: int) -> Row:
    users = max(sessions * 9 // 10, 1) if sessions else 0
    seconds = 12 + 74 * _over(engaged, sessions)
    return sessions, users, engaged, key_events, _over(decided(key_events, sessions), sessions), seconds


def _grouped(seen: Measured, names: Sequence[Any]) -> Parted:
    """The visits by source, those of one name together."""
    found, groups = by_source(seen), sorted(set(names))
    together = np.array([[name == group for name in names] for group in groups], np.int64)
    return Parted(groups, *(together @ each for each in (found.sessions, found.engaged, found.key_events)))


def _by_channel(seen: Measured) -> Iterator[Row]:
    return _visits(seen, _grouped(seen, [source.channel for source in seen.traffic.sources]), ("Unassigned",))


def _by_source(seen: Measured) -> Iterator[Row]:
    names = [(source.channel, source.name) for source in seen.traffic.sources]
    return _visits(seen, _grouped(seen, names), ("Unassigned", "(not set)"))


def _by_campaign(seen: Measured) -> Iterator[Row]:
    return _visits(seen, _grouped(seen, [source.campaign for source in seen.traffic.sources]))


def _by(parts: Callable[[Measured], Parted]) -> Callable[[Measured], Iterator[Row]]:
    return lambda seen: _visits(seen, parts(seen))


def _by_channel_and_event(seen: Measured) -> Iterator[Row]:
    """The key events of each channel by name: the letters of those who sign up, the rest bought."""
    found = _grouped(seen, [source.channel for source in seen.traffic.sources])
    signed = allotted(np.where(seen.sessions, seen.signups, 0), found.key_events + 1e-6)
    signed = np.minimum(signed, found.key_events)
    for n, day in enumerate(seen.days):
        for channel, all_of_them, signups in zip(found.members, found.key_events[:, n], signed[:, n], strict=True):
            for name, count in (("purchase", int(all_of_them - signups)), ("newsletter_sign_up", int(signups))):
                if count:
                    yield day, channel, name, count, count


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
    users, new, sessions, key_events = (
        int(column[span].sum()) for column in (seen.users, seen.new_users, seen.sessions, seen.key_events)
    )
    people = deduplicated(users, len(span))
    return people, new, sessions, came_back(people, new), _over(decided(key_events, people), people)


def _all_people(seen: Measured) -> Row:
    return _people(seen, range(seen.period.days))


SITE = (
    "Active users", "New users", "Sessions", "Engaged sessions", "Average engagement time per session",
    "Views", "Key events", "Total revenue", "Returning users", "Session key event rate", "User key event rate",
)  # fmt: skip
CHANNEL, SOURCE = "Session default channel group", "Session source / medium"
PEOPLE = ("Active users", "New users", "Sessions", "Returning users", "User key event rate")
VISITS = (
    "Sessions", "Active users", "Engaged sessions", "Key events", "Session key event rate",
    "Average engagement time per session",
)  # fmt: skip
PEOPLE_COUNTED = ("Active users", "Returning users")
OVER = {
    "Session key event rate": "Sessions", "Average engagement time per session": "Sessions",
    "User key event rate": "Active users",
}  # fmt: skip
DAYS = Exploration("Jours", ("Date",), SITE, _by_day, _day_totals)
ISO_WEEKS = Exploration("Semaines", ("ISO week of ISO year",), PEOPLE, _grouped_days(_iso_week), _all_people)
YEAR_MONTHS = Exploration("Mois", ("Year month",), PEOPLE, _grouped_days(lambda day: f"{day:%Y%m}"), _all_people)
HOURS = Exploration("Heures", ("Date", "Hour"), VISITS, _by(by_hour))
SLICES = (
    Exploration("Canaux", ("Date", CHANNEL), VISITS, _by_channel),
    Exploration("Sources", ("Date", CHANNEL, SOURCE), VISITS, _by_source),
    Exploration("Campagnes", ("Date", "Session campaign"), VISITS, _by_campaign),
    Exploration("Arrivées", ("Date", "Landing page"), VISITS, _by(by_landing)),
    Exploration("Pages", ("Date", "Page path and screen class"), ("Views", "Active users"), _by_page, _all_views),
    Exploration("Événements", ("Date", "Event name"), ("Event count", "Key events"), _by_event),
    Exploration("Résultats", ("Date", CHANNEL, "Event name"), ("Event count", "Key events"), _by_channel_and_event),
    Exploration("Liens", ("Date", "Page referrer"), ("Sessions", "Active users"), _by_referrer),
    Exploration("Pays", ("Date", "Country"), VISITS, _by(lambda seen: by_shares(seen, COUNTRIES))),
    Exploration("Appareils", ("Date", "Device category"), VISITS, _by(lambda seen: by_shares(seen, DEVICES))),
    Exploration("Fidélité", ("Date", "New / returning"), VISITS, _by(lambda seen: by_shares(seen, RETURNING))),
    HOURS,
)
