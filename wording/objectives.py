"""Objectives in words: what is aimed at, of what and for when, and how it stands."""

from __future__ import annotations

from collections.abc import Callable

from data.model import Window
from data.objectives import Aim, Direction, Objective, Period
from i18n import Locale
from metrics.aims import EVERY
from metrics.model import N_, Metric, Unit
from metrics.progress import Standing
from wording.names import network_name

Name = Callable[[str], str]  # the name of an account, by its key
VERDICTS = {
    Standing.MET: N_("✓ Met"),
    Standing.MISSED: N_("✗ Missed"),
    Standing.ON_TRACK: N_("▲ On track"),
    Standing.OPEN: N_("◆ May go either way"),
    Standing.AT_RISK: N_("▼ At risk"),
    Standing.AHEAD: N_("▲ On target so far"),
    Standing.BEHIND: N_("▼ Off target so far"),
    Standing.UNKNOWN: N_("○ Not known yet"),
}


def about(locale: Locale, objective: Objective, metric: Metric, name: Name) -> str:
    """An objective in a line: figure, target, of what, how often, and who answers for it."""
    aim = objective.aim
    parts = [
        locale.t(metric.name),
        target(locale, objective, metric.unit),
        scope_name(locale, aim, name),
        every(locale, aim),
    ]
    return " · ".join(filter(None, [*parts, objective.owner]))


def target(locale: Locale, objective: Objective, unit: Unit) -> str:
    """What is aimed at, in words."""
    low, high = (locale.value(bound, unit) for bound in (objective.low, objective.high))
    match objective.direction:
        case Direction.AT_LEAST:
            return locale.t("at least {low}", low=low)
        case Direction.AT_MOST:
            return locale.t("at most {high}", high=high)
        case Direction.WITHIN:
            return locale.t("{low} to {high}", low=low, high=high)
    return locale.t("given up")


def scope_name(locale: Locale, aim: Aim, name: Name) -> str:
    """Of what an aim is: the names of networks and accounts; of the brand, nothing is said."""
    return locale.listing(member_of(one, name) for one in aim.scope) if aim.scope else ""


def member_of(named: str, name: Name) -> str:
    """A network, or an account with its network."""
    network, colon, _ = named.partition(":")
    return f"{network_name(network)} ({name(named)})" if colon else network_name(network)


def every(locale: Locale, aim: Aim) -> str:
    """How often an aim is to be reached, or its dates."""
    return locale.span(aim.dates) if aim.dates else locale.t(EVERY[aim.period])


def period_name(locale: Locale, period: Period, window: Window) -> str:
    """A period as one says it."""
    match period:
        case Period.MONTH:
            return locale.month(window.first)
        case Period.QUARTER:
            year, quarter = str(window.first.year), str((window.first.month + 2) // 3)
            return locale.t("Q{quarter} {year}", quarter=quarter, year=year)
        case Period.YEAR:
            return str(window.first.year)
    return locale.span(window)
