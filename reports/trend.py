"""The large chart of a report: six weeks and twelve months beside the year before, and its box of totals."""

from __future__ import annotations

from data.objectives import Period, Versions
from i18n import Locale
from metrics.model import N_
from metrics.sixtwelve import Pair, Since, SixTwelve, Total
from reports.figures import change, of_reading, point
from reports.model import Chart, Point
from reports.model import Total as Box

NAMES = {
    Since.WEEK: N_("This week"), Since.MONTH: N_("Month to date"), Since.QUARTER: N_("Quarter to date"),
    Since.YEAR: N_("Year to date"),
}  # fmt: skip


def chart(locale: Locale, one: SixTwelve, versions: Versions) -> Chart:
    """A metric's six weeks and twelve months as a report draws them."""
    t, metric = locale.t, one.metric
    weeks = tuple(_point(locale.short_week(pair.now.window), pair, versions, Period.WEEK) for pair in one.weeks)
    months = tuple(
        _point(locale.month_name(pair.now.window.first), pair, versions, Period.MONTH) for pair in one.months
    )
    name, currency = t(metric.name), one.totals[0].reading.currency
    return Chart(
        metric.key, name, t("six weeks, then twelve months"), metric.unit, currency, weeks, months, t("this year"),
        t("a year earlier"), t("target"), tuple(_box(locale, total) for total in one.totals),
        _words(locale, one, name, weeks, months),
    )  # fmt: skip


def _point(label: str, pair: Pair, versions: Versions, period: Period) -> Point:
    return point(label, pair.now, pair.then, versions, period)


def _box(locale: Locale, total: Total) -> Box:
    sides = ((total.before, locale.t("on the week before"), False), (total.year, locale.t("on a year earlier"), True))
    told = tuple(change(locale, total.reading, one, text, year) for one, text, year in sides if one is not None)
    return Box(locale.t(NAMES[total.since]), of_reading(locale, total.reading), told)


def _words(locale: Locale, one: SixTwelve, name: str, weeks: tuple[Point, ...], months: tuple[Point, ...]) -> str:
    """The chart in words: each week and month with its value, and that of the year before."""

    def value(of: float | None) -> str:
        return locale.value(of, one.metric.unit)

    def told(points: tuple[Point, ...]) -> str:
        text = N_("{label} {value} ({then} a year earlier)")
        stated = [p for p in points if p.value is not None]
        said = [locale.t(text, label=p.label, value=value(p.value), then=value(p.before)) for p in stated]
        return ", ".join(said) or locale.t("not known")

    return locale.t("{name}, by week: {weeks}. By month: {months}.", name=name, weeks=told(weeks), months=told(months))
