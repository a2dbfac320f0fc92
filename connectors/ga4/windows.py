"""Which days have to be asked, by what the kept answers say; all of it in the time zone of the property.

The last days are asked at every sync, those that Google still attributes anew once a day, and each day for the last
time when it is thirteen days old. What was never asked follows, the newest first. Once a week all days are looked at
by one question, and only those that changed are asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from connectors.ga4.known import DAY, Known, days_of
from connectors.ga4.reports import PAIR, Report
from data.model import Window

HOT = 3  # days before today that are asked at every sync
SETTLED = 13  # days after which Google attributes nothing anew
CHUNK = 30  # days asked at a time
BACK = 25  # months that are fetched unless told otherwise
CANARY = 7  # days between two looks at all days
CANARY_DAYS = 400
RETRY = 7  # days after which a report that could not be answered is tried again
OPEN_FOR = 60  # days for which a day with sources that Google has yet to find out is asked again
WEEKS, MONTHS = 66, 25  # how far back whole weeks and months are asked
EARLIEST = date(2015, 8, 14)  # the first day that Google answers for


def first_wanted(today: date, since: date | None) -> date:
    """The first day that is wanted: as asked, or so many months back."""
    if since:
        return max(min(since, today), EARLIEST)
    year, month = divmod(today.year * 12 + today.month - 1 - BACK, 12)
    return date(year, month + 1, 1)


def recent(known: Known, today: date, since: date) -> Window:
    """The days to be asked first: those of the last fortnight once a day, and else the last few, if all are known."""
    first = min(since, today)
    fortnight, kept = Window(max(today - SETTLED * DAY, first), today), known.kept.get("site_day", {})
    if known.recent == today and all(day in kept for day in days_of(fortnight)):
        return Window(max(today - HOT * DAY, first), today)
    return fortnight


def chunks(known: Known, reports: Sequence[Report], today: date, since: date) -> Iterator[tuple[Window, list[Report]]]:
    """The older days that were not asked, or for the last time before they had settled: the newest first, with the
    reports that lack any of them."""
    lacking: dict[date, list[Report]] = {}
    for day in days_of(Window(since, today - (SETTLED + 1) * DAY)) if since < today - SETTLED * DAY else ():
        settled = day + SETTLED * DAY
        lacks = [
            r
            for r in reports
            if _within(r, day, today)
            and (
                known.asked.get(r.name, {}).get(day, date.min) < settled
                or day not in known.kept.get(r.name, {})  # the answer that told it was forgotten
            )
        ]
        if any(r.name in PAIR for r in lacks):
            lacks = [r for r in reports if r in lacks or r.name in PAIR]
        if lacks:
            lacking[day] = lacks
    while lacking:
        last = max(lacking)
        first = max(min(lacking), last - (CHUNK - 1) * DAY)
        inside = [day for day in lacking if first <= day <= last]
        first = min(inside)
        yield Window(first, last), [r for r in reports if any(r in lacking[day] for day in inside)]
        for day in inside:
            del lacking[day]


def _within(report: Report, day: date, today: date) -> bool:
    return report.recent is None or day > today - report.recent * DAY


def clipped(report: Report, window: Window, today: date) -> Window | None:
    """The days of a window that a report goes back to."""
    first = window.first if report.recent is None else max(window.first, today - (report.recent - 1) * DAY)
    return Window(first, window.last) if first <= window.last else None


def canary_is_due(known: Known, today: date) -> bool:
    """Whether all days are to be looked at for changes."""
    return known.canary is None or (today - known.canary).days >= CANARY


def spans(days: Iterable[date]) -> list[Window]:
    """The days as spans without gaps, the newest first, none longer than is asked at a time."""
    found: list[Window] = []
    for day in sorted(set(days), reverse=True):
        if found and found[-1].first - DAY == day and found[-1].days < CHUNK:
            found[-1] = Window(day, found[-1].last)
        else:
            found.append(Window(day, day))
    return found


def week_of(day: date, start: int = 1) -> Window:
    """The week of a day; `start` is its first weekday, 1 for Monday."""
    first = day - ((day.isoweekday() - start) % 7) * DAY
    return Window(first, first + 6 * DAY)


def month_of(day: date) -> Window:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Window(first, (first + 32 * DAY).replace(day=1) - DAY)


def whole(step: str, today: date, since: date) -> list[Window]:
    """The whole weeks or months that have ended, the oldest first."""
    of = week_of if step == "week" else month_of
    most = WEEKS if step == "week" else MONTHS
    found: list[Window] = []
    window = of(of(today).first - DAY)
    while len(found) < most and window.first >= since:
        found.append(window)
        window = of(window.first - DAY)
    return found[::-1]


def shown(today: date, week_start: int, since: date) -> list[Window]:
    """The spans whose people are asked by name, as pages show them: the last 28 days, those before and those of a
    year ago; and the weeks of a brand whose weeks begin on another day than Monday."""
    last = Window(today - 28 * DAY, today - DAY)
    found = [Window(last.first - n * DAY, last.last - n * DAY) for n in (0, 28, 364)]
    if week_start != 1:
        week = week_of(week_of(today, week_start).first - DAY, week_start)
        found += [Window(week.first - n * 7 * DAY, week.last - n * 7 * DAY) for n in (*range(14), 52)]
    return [window for window in dict.fromkeys(found) if window.first >= since]


def due(
    known: Known, report: str, windows: Iterable[Window], today: date, changed: Iterable[Window] = ()
) -> list[Window]:
    """The periods that were not asked yet, or not since they have settled, once a day at most; and those with days
    that have `changed`."""
    found = []
    for window in windows:
        asked = known.periods.get((report, window))
        unsettled = asked is None or (asked < today and asked < window.last + SETTLED * DAY)
        forgotten = (report, window) not in known.told
        if unsettled or forgotten or any(s.first <= window.last and s.last >= window.first for s in changed):
            found.append(window)
    return found


def switched_off(known: Known, today: date) -> set[str]:
    """The reports that could not be answered lately, and are not tried today."""
    return {name for name, (_, day) in known.off.items() if (today - day).days < RETRY}
