"""How far an objective is, what it may come to and what it takes, in sentences."""

from __future__ import annotations

from i18n import Locale
from metrics.aims import Kind
from metrics.model import N_, Unit
from metrics.pace import NoForecast
from metrics.progress import Progress, Standing
from wording.objectives import period_name

WHY_NOT = {
    NoForecast.FEW: N_("Less than ten a day: chance alone is as large, so no day is forecast. Compare whole periods."),
    NoForecast.SHORT: N_("Too short a past, day by day, to forecast so many days."),
    NoForecast.SIGNED: N_("It can fall below zero, which is not forecast; what was usual says more."),
    NoForecast.RATE: N_("A rate is told to date and not forecast: it moves with both figures that it is made of."),
    NoForecast.PEOPLE: N_("People are never added: it is known once they have been counted over exactly this period."),
    NoForecast.POSTS: N_("Posts gain for days after they were published: what is told is what they have so far."),
}
SURE = 0.01  # no chance is told to be less, nor its counterpart more


def reached(locale: Locale, told: Progress) -> list[str]:
    """What is reached, and what would be even by now."""
    period = period_name(locale, told.objective.aim.period, told.window)
    if told.known is None:
        return [locale.t("{period}: no day of it is known yet.", period=period)]
    if told.actual is None:
        return [locale.t("{period}: not stated until {day}.", period=period, day=told.known)]
    actual = locale.value(told.actual, told.metric.unit)
    if told.over:
        return [locale.t("{period}: {actual}.", period=period, actual=actual)]
    if told.even is None:
        return [locale.t("{period}: {actual} until {day}.", period=period, actual=actual, day=told.known)]
    even = [locale.value(_whole(bound, told), told.metric.unit) for bound in told.even if bound is not None]
    if len(even) == 2:
        return [
            locale.t("{period}: {actual} until {day}; {low} to {high} would be even by then.", period=period,
                     actual=actual, day=told.known, low=even[0], high=even[1])
        ]  # fmt: skip
    said = locale.t(
        "{period}: {actual} until {day}; {even} would be even by then ({variance}).", period=period, actual=actual,
        day=told.known, even=even[0], variance=locale.signed(_whole(told.variance, told)),
    )  # fmt: skip
    return [said]


def ahead(locale: Locale, told: Progress) -> list[str]:
    """What it may come to, and how likely it is to be met; or why nothing is forecast."""
    found = told.forecast
    if told.over or found is None:
        return []
    if isinstance(found, NoForecast):
        return [locale.t(WHY_NOT[found])]
    low, high = (locale.value(_whole(edge, told), told.metric.unit) for edge in found.interval)
    coming = locale.t("By {day}: {low} to {high}, four times in five.", day=told.window.last, low=low, high=high)
    said = [f"{coming} {_chance(locale, told.chance or 0.0)}"]
    if found.provisional:
        said.append(locale.t("Provisional: fewer than 90 days are known, so the range is a rough one."))
    return said


def _chance(locale: Locale, chance: float) -> str:
    """How likely it is to be met; never a certainty."""
    if chance > 1 - SURE:
        return locale.t("The chance of meeting it is over {chance}.", chance=locale.percent(1 - SURE, 0))
    if chance < SURE:
        return locale.t("The chance of meeting it is under {chance}.", chance=locale.percent(SURE, 0))
    return locale.t("The chance of meeting it is {chance}.", chance=locale.percent(chance, 0))


def takes(locale: Locale, told: Progress) -> list[str]:
    """What each day left takes, and whether usual days reach it."""
    if told.needed is None or told.standing in (Standing.MET, Standing.MISSED):
        return []
    low, high = told.needed
    usual = {"low": _a_day(locale, told.usual[0]), "high": _a_day(locale, told.usual[1])} if told.usual else {}
    if low and high is not None:
        need, room = _a_day(locale, low), _a_day(locale, max(high, 0))
        said = locale.t("Each day left takes {need} to {room}; days left: {n}.", need=need, room=room, n=told.left)
    elif low:
        said = locale.t("It takes {need} a day; days left: {n}.", need=_a_day(locale, low), n=told.left)
    elif high is not None and told.kind is not Kind.LEVEL:
        said = locale.t("It leaves {room} a day; days left: {n}.", room=_a_day(locale, max(high, 0)), n=told.left)
    else:
        return []
    if not told.usual:
        return [said]
    text = N_("Usual spans of that length bring {low} to {high} a day.")
    if low:
        text = (
            N_("Usual spans of that length bring {low} to {high} a day: they reach it.")
            if low <= told.usual[1]
            else N_("Usual spans of that length bring {low} to {high} a day: they do not reach it.")
        )
    return [f"{said} {locale.t(text, **usual)}"]


def _whole(value: float | None, told: Progress) -> float | None:
    """A figure without the fractions that a share or a forecast has, where the figure itself has none."""
    return round(value) if value is not None and told.metric.unit is Unit.COUNT else value


def _a_day(locale: Locale, value: float) -> str:
    return locale.number(value, 0 if abs(value) >= 10 else 1)
