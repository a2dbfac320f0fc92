"""Windows of time: weeks, months, free spans, and the windows they are compared with."""

from __future__ import annotations

from datetime import date, timedelta

from data.model import Window

YEAR_OF_WEEKS = timedelta(days=364)  # the same weekdays a year earlier
SPARK_WEEKS = 13


def week(day: date, start: int = 1) -> Window:
    """The week that holds `day`; `start` is its first weekday, 1 for Monday (ISO) to 7 for Sunday."""
    first = day - timedelta(days=(day.isoweekday() - start) % 7)
    return Window(first, first + timedelta(days=6))


def last_complete_week(known_until: date, start: int = 1) -> Window:
    """The last week that has ended by `known_until`, that day included."""
    current = week(known_until, start)
    return current if current.last <= known_until else before(current)


def month(day: date) -> Window:
    """The calendar month that holds `day`."""
    first = day.replace(day=1)
    return Window(first, _next_month(first) - timedelta(days=1))


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def is_month(window: Window) -> bool:
    """Whether the window is one whole calendar month."""
    return window == month(window.first)


def before(window: Window) -> Window:
    """The window just before, of the same length; for a calendar month, the month before."""
    last = window.first - timedelta(days=1)
    if is_month(window):
        return month(last)
    return Window(last - timedelta(days=window.days - 1), last)


def year_before(window: Window) -> Window:
    """The same weekdays 364 days earlier; for a calendar month, the same month a year earlier."""
    if is_month(window):
        return month(window.first.replace(year=window.first.year - 1))
    return Window(window.first - YEAR_OF_WEEKS, window.last - YEAR_OF_WEEKS)


def without_last(window: Window, days: int) -> Window:
    """The window less its last days."""
    return Window(window.first, window.last - timedelta(days=days))


def run(window: Window, count: int) -> list[Window]:
    """The `count` successive windows that end with `window`, oldest first."""
    windows = [window]
    while len(windows) < count:
        windows.append(before(windows[-1]))
    return windows[::-1]


def days(window: Window) -> list[Window]:
    """Every day of the window, as a window of one day."""
    return [Window(d, d) for d in (window.first + timedelta(days=i) for i in range(window.days))]


MOST_DAYS, MOST_WEEKS = 92, 732  # days beyond which a chart is drawn by week, then by month


def grain(window: Window) -> str:
    """How finely a chart of the window is drawn: by "day", "week" or "month"."""
    return "day" if window.days <= MOST_DAYS else "week" if window.days <= MOST_WEEKS else "month"


def buckets(window: Window, grain: str, start: int = 1) -> list[Window]:
    """The whole days, weeks or months that lie within the window, oldest first."""
    if grain == "day":
        return days(window)
    step = (lambda d: week(d, start)) if grain == "week" else month
    found, day = [], window.first
    while (bucket := step(day)).last <= window.last:
        if bucket.first >= window.first:
            found.append(bucket)
        day = bucket.last + timedelta(days=1)
    return found


def quarter(day: date) -> Window:
    """The quarter of the year that holds `day`."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Window(first, month(first + timedelta(days=62)).last)


def year(day: date) -> Window:
    """The calendar year that holds `day`."""
    return Window(date(day.year, 1, 1), date(day.year, 12, 31))
