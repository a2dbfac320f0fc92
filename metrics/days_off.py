"""Days off: public holidays, and the school holidays of each zone, as the library `holidays` knows them.

Where it knows none of a country (school holidays: France since 2017, Germany, Belgium), there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics.model import N_

COUNTRY, LANGUAGE = "FR", "fr"
ZONES: Mapping[str, tuple[str, ...]] = {"FR": ("Zone A", "Zone B", "Zone C")}
PUBLIC, SCHOOL = "public", "school"
KINDS: Mapping[str, str] = {PUBLIC: N_("Public holiday"), SCHOOL: N_("School holidays")}


@dataclass(frozen=True)
class DayOff:
    """A day off by its name; `zones` are those whose schools are closed, none for a public holiday of everyone."""

    day: date
    name: str
    kind: str
    zones: tuple[str, ...] = ()


def days_off(first: date, last: date, country: str = COUNTRY, language: str = LANGUAGE) -> tuple[DayOff, ...]:
    """The days off from `first` to `last`, in order: public ones first, then school holidays by name."""
    years = range(first.year, last.year + 1)
    found = [DayOff(day, name, PUBLIC) for day, name in _known(country, language, PUBLIC, None, years)]
    zones: dict[tuple[date, str], list[str]] = {}
    for zone in ZONES.get(country, ()):
        for day, name in _known(country, language, SCHOOL, zone, years):
            zones.setdefault((day, name), []).append(zone)
    found += [DayOff(day, name, SCHOOL, tuple(where)) for (day, name), where in zones.items()]
    return tuple(
        sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.kind, one.name))
    )


def public_holidays(first: date, last: date, country: str = COUNTRY) -> frozenset[date]:
    """The public holidays from `first` to `last`, as expectations need them."""
    return frozenset(one.day for one in days_off(first, last, country) if one.kind == PUBLIC)


def _known(
    country: str, language: str, kind: str, zone: str | None, years: Iterable[int]
) -> Iterable[tuple[date, str]]:
    return [one for year in years for one in _year(country, language, kind, zone, year)]


@lru_cache(maxsize=512)
def _year(country: str, language: str, kind: str, zone: str | None, year: int) -> tuple[tuple[date, str], ...]:
    import holidays

    home = holidays.country_holidays(country)
    if kind not in home.supported_categories:
        return ()
    spoken = next((one for one in home.supported_languages if one.split("_")[0] == language), home.default_language)
    found = holidays.country_holidays(country, subdiv=zone, years=year, language=spoken, categories=kind)
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))
