"""The campaigns of a report: those under way in the week, and those that ended not long before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from data.campaigns import Campaign
from data.model import Window
from i18n import ABSENT, Locale
from metrics.campaigns import Brought, aimed_at, brought
from metrics.effect import Effect
from metrics.lift import lift
from metrics.model import Unit
from metrics.progress import BAD, GOOD, Progress
from metrics.registry import metrics
from reports.figures import figure
from reports.given import Given
from reports.model import CampaignLine, Figure, Tone, Verdict
from wording.campaigns import aims_in_short, came, effect_in_short, effect_in_words, notes, paid, worth

RECENT = timedelta(weeks=4)  # how long after its last day a campaign is still told of


def running(campaigns: Sequence[Campaign], week: Window) -> list[Campaign]:
    """The campaigns that had begun by the end of a week, and were not over for more than four weeks."""
    return [one for one in campaigns if one.days.first <= week.last and one.days.last >= week.first - RECENT]


def campaign_lines(cursor: Any, locale: Locale, week: Window, given: Given) -> tuple[CampaignLine, ...]:
    """Each of these campaigns as it stood at the end of the week."""
    found = []
    for one in running(given.campaigns, week):
        told = brought(cursor, one, week.last, given.scope)
        effect = lift(cursor, one, week.last, given.scope) if told.until else None
        aims = aimed_at(cursor, one, given.objectives, week.last, given.house)
        found.append(_line(locale, told, effect, aims))
    return tuple(found)


def _line(locale: Locale, told: Brought, effect: Effect | None, aims: Sequence[Progress]) -> CampaignLine:
    one, result, gain, cost = told.campaign, told.result, told.gain, told.cost
    when = locale.span(one.days)
    if not told.over:
        when += " · " + locale.t("{n} of {of} days known", n=told.known_days, of=one.days.days)
    words = [*came(locale, told, [result] if result else []), *notes(locale, told), *paid(locale, cost),
             *worth(locale, gain, result), *effect_in_words(locale, one, effect)]  # fmt: skip
    return CampaignLine(
        one.name, when, locale.t(result.name) if result else "",
        figure(locale, told.results, result) if result else Figure(None, ABSENT),
        _money(locale, cost.total, cost.currency), _money(locale, gain.each if gain else None, cost.currency),
        Verdict(aims_in_short(locale, aims), _tone(aims)) if aims else None,
        moved(locale, one, effect), " ".join(words),
    )  # fmt: skip


def moved(locale: Locale, one: Campaign, effect: Effect | None) -> str:
    """How far the figure that it is to move differs, under the name of that figure: it need not be the result."""
    share, between = effect_in_short(locale, effect)
    metric = metrics().get(one.moves)
    if not between or metric is None:
        return share
    return locale.t("{name}: {value}", name=locale.t(metric.name), value=f"{share} ({between})")


def _money(locale: Locale, amount: float | None, currency: str) -> Figure:
    return Figure(amount, locale.money(amount, currency) if amount is not None else ABSENT, Unit.MONEY, currency)


def _tone(aims: Sequence[Progress]) -> Tone:
    if all(one.standing in GOOD for one in aims):
        return Tone.GOOD
    return Tone.BAD if all(one.standing in BAD for one in aims) else Tone.NONE
