"""The two invented years: their calendar, what happened in them, and how lively each day was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]

WEEKS = 104
WEEKDAYS = (0.72, 0.94, 1.08, 1.02, 1.06, 1.2, 1.0)  # the house is closed on Mondays
MONTHS = (0.95, 0.96, 1.02, 1.04, 1.06, 1.0, 0.8, 0.62, 1.14, 1.12, 1.08, 0.98)
YEARLY_GROWTH = 0.15

RISE = (1.0, 0.8, 0.45, 0.25, 0.15, 0.08)  # how a stir fades, day after day


@dataclass(frozen=True, slots=True)
class Campaign:
    """A span of promotion; `slug` is what its links carry in `utm_campaign`."""

    slug: str
    hashtag: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A post unlike the others: where, when, and by how much its views and its comments exceed the usual."""

    network: str
    day: date
    views: float
    comments: float
    words: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened between `first` and `last`; `interest` is 1 on an ordinary day at the beginning."""

    first: date
    last: date
    today: date
    interest: Series
    campaigns: tuple[Campaign, ...]
    moments: tuple[Moment, ...]
    buzz: date
    press: date
    outage: tuple[date, ...]

    @property
    def days(self) -> list[date]:
        """Every day of the story."""
        return [self.first + timedelta(n) for n in range(7 * WEEKS)]

    def at(self, day: date) -> int:
        """The place of a day in the daily series."""
        return (day - self.first).days

    def wave(self, day: date, heights: Sequence[float] = RISE) -> Series:
        """A daily series of zeros with `heights` from `day` on."""
        series = np.zeros(7 * WEEKS)
        for n, height in enumerate(heights):
            if 0 <= self.at(day) + n < len(series):
                series[self.at(day) + n] = height
        return series

    def campaign(self, day: date) -> Campaign | None:
        """The campaign that runs on a day, if any."""
        return next((each for each in self.campaigns if each.first <= day <= each.last), None)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def public_holiday(day: date) -> bool:
    """Whether a day is a public holiday in France."""
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    return (day.month, day.day) in fixed or (day - easter(day.year)).days in (1, 39, 50)


def school_holiday(day: date) -> bool:
    """Whether schools are on holiday, near enough: a fortnight from a Saturday, and the summer."""
    if date(day.year, 7, 5) <= day <= date(day.year, 8, 31):
        return True
    starts = [date(day.year, *start) for start in ((2, 10), (4, 8), (10, 17), (12, 18))]
    starts.append(date(day.year - 1, 12, 18))
    saturdays = [start + timedelta((5 - start.weekday()) % 7) for start in starts]
    return any(0 <= (day - saturday).days < 16 for saturday in saturdays)


def closed(day: date) -> bool:
    """Whether the house is shut for its summer or for Christmas."""
    return (day.month == 8 and day.day <= 24) or (day.month, day.day) in {(12, 24), (12, 25), (1, 1)}


def booking_opens(year: int) -> tuple[date, date]:
    """The first Tuesdays of June and of September."""
    june, september = date(year, 6, 1), date(year, 9, 1)
    return june + timedelta((1 - june.weekday()) % 7), september + timedelta((1 - september.weekday()) % 7)


def _interest(days: list[date], rng: np.random.Generator) -> Series:
    opened = dict.fromkeys(days, 0.0)
    for year in range(days[0].year, days[-1].year + 1):
        for opening in booking_opens(year):
            for n, height in enumerate((1.1, 0.6, 0.35, 0.2, 0.1)):
                opened[opening + timedelta(n)] = height
    mid_months = [30.4 * month + 15 for month in range(-1, 13)]
    levels = [MONTHS[-1], *MONTHS, MONTHS[0]]
    series = np.empty(len(days))
    swell = 0.0
    for n, day in enumerate(days):
        swell = 0.55 * swell + rng.normal(0, 0.07)
        level = np.interp(day.timetuple().tm_yday, mid_months, levels) * WEEKDAYS[day.weekday()]
        level *= 1.12 if school_holiday(day) and not closed(day) else 1.0
        level *= 0.8 if public_holiday(day) else 1.0
        level *= 0.6 if closed(day) else 1.0
        series[n] = level * (1 + opened[day]) * np.exp(swell + YEARLY_GROWTH * n / 364)
    return series


def tell(today: date, seed: int) -> Story:
    """The story that ends on the Sunday before the week of `today`."""
    last = today - timedelta(today.weekday() + 1)
    first = last - timedelta(7 * WEEKS - 1)

    def moment(weeks: int, weekday: int) -> date:
        day = last - timedelta(7 * weeks + 6 - weekday)
        while closed(day):  # nothing is launched while the house is shut
            day -= timedelta(28)
        return day

    def campaign(slug: str, hashtag: str, weeks: int, length: int) -> Campaign:
        start = moment(weeks, 0)
        return Campaign(f"{slug}-{start.year}", hashtag, start, start + timedelta(7 * length - 1))

    buzz = moment(17, 2)
    outage = moment(7, 1)
    return Story(
        first=first,
        last=last,
        today=today,
        interest=_interest([first + timedelta(n) for n in range(7 * WEEKS)], np.random.default_rng([seed, 0])),
        campaigns=(
            campaign("festival-lucioles", "#FestivalDesLucioles", 57, 3),
            campaign("carte-bruissiere", "#CarteBruissière", 26, 4),
            campaign("festival-lucioles", "#FestivalDesLucioles", 5, 3),
        ),
        moments=(
            Moment("facebook", moment(70, 5), 11, 6, "tempête"),
            Moment("x", moment(31, 1), 16, 5, "héron"),
            Moment("instagram", moment(11, 3), 13, 7, "mille lampes"),
            *(Moment(network, buzz, 3.2, 34, "tarifs") for network in ("facebook", "instagram", "x", "linkedin")),
        ),
        buzz=buzz,
        press=moment(0, 2),
        outage=tuple(outage + timedelta(n) for n in range(3)),
    )
