"""The objectives of a report: five to seven, those that ask for attention among them."""

from __future__ import annotations

from collections.abc import Sequence

from data.model import Window
from i18n import Locale
from metrics.model import Unit
from metrics.progress import BAD, GOOD, Progress
from reports.figures import figure
from reports.model import Aim, Change, Tone, Verdict
from wording.objectives import VERDICTS, Name, period_name, scope_name, target
from wording.progress import ahead, reached, takes

MOST = 7


def running(told: Sequence[Progress], week: Window) -> list[Progress]:
    """The objectives whose period touches the week."""
    return [one for one in told if one.window.first <= week.last and week.first <= one.window.last]


def chosen(told: Sequence[Progress]) -> list[Progress]:
    """Seven objectives at most, in the order in which they were stated: those that stand badly before the rest."""
    if len(told) <= MOST:
        return list(told)
    bad = [one for one in told if one.standing in BAD][:MOST]
    rest = [one for one in told if one.standing not in BAD][: MOST - len(bad)]
    return [one for one in told if one in bad or one in rest]


def aims(locale: Locale, told: Sequence[Progress], name: Name) -> tuple[Aim, ...]:
    """Objectives as a report writes them."""
    return tuple(_aim(locale, one, name) for one in told)


def _aim(locale: Locale, one: Progress, name: Name) -> Aim:
    objective, metric = one.objective, one.metric
    scope = scope_name(locale, objective.aim, name)
    title = " · ".join(filter(None, [locale.t(metric.name), scope]))
    period = period_name(locale, objective.aim.period, one.window)
    said, pace = " ".join(reached(locale, one)), (*ahead(locale, one), *takes(locale, one))
    share = one.attainment
    verdict = locale.t(VERDICTS[one.standing])
    aimed = target(locale, objective, metric.unit)
    words = locale.t("{aim}: {verdict}. {sentences}", aim=title, verdict=verdict, sentences=" ".join([said, *pace]))
    tone = Tone.GOOD if one.standing in GOOD else Tone.BAD if one.standing in BAD else Tone.NONE
    return Aim(
        title, period, objective.owner, figure(locale, one.actual, metric), aimed,
        figure(locale, objective.low, metric), figure(locale, objective.high, metric), _difference(locale, one),
        share, locale.percent(share, 0), _even_share(one), Verdict(verdict, tone), said, pace, words,
    )  # fmt: skip


def _difference(locale: Locale, one: Progress) -> Change | None:
    """By how much it is above or below what would be even by now, or the target."""
    value = one.variance
    if value is None:
        return None
    if one.metric.unit is Unit.COUNT:
        value = round(value)
    shown = locale.points(value) if one.metric.rate else locale.signed(value)
    against = locale.t("on even by now") if one.even and not one.over else locale.t("on the target")
    upper_only = one.objective.low is None
    good = (value <= 0) if upper_only else (value >= 0)
    return Change(shown, against, None if not value else value > 0, Tone.GOOD if good else Tone.BAD, value)


def _even_share(one: Progress) -> float | None:
    """The part of the target that would be even by now."""
    if one.even is None:
        return None
    low, high = one.even
    bound, target = (low, one.objective.low) if low is not None else (high, one.objective.high)
    return bound / target if bound is not None and target else None
