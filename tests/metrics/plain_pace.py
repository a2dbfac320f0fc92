"""The forecast of metrics/pace.py once more, day by day in plain Python: what the quick one has to agree with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import fmean, median

Stated = Mapping[date, float]  # a day that is not stated is not there
ONE = timedelta(days=1)


def outcomes(known: Stated, since: date, until: date, first: date, last: date) -> list[float]:
    """What the days from `first` to `last` may add up to, by what is stated from `since` until `until`, in order."""
    period = [first + n * ONE for n in range((last - first).days + 1)]
    missing = [day for day in period if day not in known]
    done = sum(known[day] for day in period if day in known)
    times = weekdays(known, until)
    wait, ahead = max((first - until).days - 1, 0), len(missing)
    found = {}
    day = since + 6 * ONE
    while day + (wait + ahead) * ONE <= until:
        if (error := off_by(known, times, day, wait, ahead)) is not None:
            found[day] = error
        day += ONE
    left, expected = with_year(found, until, (until - since).days + 1)
    wider = sqrt(1 + 2 * ahead / len(left)) * (1.25 if len(known) < 90 else 1)
    now = level(known, times, until)
    assert now is not None
    coming = now * sum(times[day.weekday()] for day in missing)
    middle = median(left)
    come = [(coming + ahead) * exp(expected + wider * (error - middle)) - ahead for error in left]
    return sorted(done + max(one, 0) for one in come)


def weekdays(known: Stated, until: date) -> list[float]:
    recent = {day: value for day, value in known.items() if day > until - 182 * ONE}
    means = [fmean([value for day, value in recent.items() if day.weekday() == n]) for n in range(7)]
    return [one / fmean(means) for one in means]


def level(known: Stated, times: list[float], day: date) -> float | None:
    week = [day - n * ONE for n in range(7) if day - n * ONE in known]
    if len(week) < 4:
        return None
    return sum(known[one] for one in week) / sum(times[one.weekday()] for one in week)


def off_by(known: Stated, times: list[float], day: date, wait: int, ahead: int) -> float | None:
    then = level(known, times, day)
    stated = [day + (wait + n) * ONE for n in range(1, ahead + 1) if day + (wait + n) * ONE in known]
    if then is None or len(stated) < 0.8 * ahead:
        return None
    came = sum(known[one] for one in stated) + len(stated)
    said = then * sum(times[one.weekday()] for one in stated) + len(stated)
    return max(-1.5, min(1.5, log(came / said)))


def with_year(found: Mapping[date, float], until: date, days: int) -> tuple[list[float], float]:
    """The errors that are left beside those of a year before, and what the latter say of now."""
    year = 364 * ONE
    both = [day for day in sorted(found) if day - year in found][-365:]
    if days >= 365 + 60 and until - year in found and len(both) >= 20:
        tried = {}
        for share in (0, 1 / 3, 2 / 3, 1):
            tried[share] = [found[day] - share * found[day - year] for day in both]
        off = {share: fmean(map(abs, left)) for share, left in tried.items()}
        best = min(off, key=lambda share: off[share])
        if best and off[best] <= 0.97 * off[0]:
            return tried[best], best * found[until - year]
    return [found[day] for day in sorted(found)][-365:], 0.0
