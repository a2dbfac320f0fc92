"""Campaigns in words: what each brought, what that cost and is worth, and what would have come anyway."""

from __future__ import annotations

from collections.abc import Sequence

from data.campaigns import Campaign
from i18n import ABSENT, Locale
from metrics.briefs import CHANNEL
from metrics.campaigns import Brought, cheapest
from metrics.effect import DOUBTS, Doubt, Effect
from metrics.model import N_, Metric, Source
from metrics.progress import BAD, GOOD, Progress, Standing
from metrics.registry import metrics
from metrics.spending import Cost, Gain, Spent
from wording.marks import sentence
from wording.objectives import VERDICTS

SPENT = {
    Spent.STATED: N_("{amount} as stated"),
    Spent.ADS: N_("{amount} by reports of ads"),
    Spent.HOURS: N_("{amount} for {hours} h worked"),
}


def lead(locale: Locale, told: Sequence[Brought], effect: Effect | None) -> str:
    """The answer in a few sentences: what the last campaign brought and changed, and whether one is surely cheaper."""
    said = [_in_short(locale, told[0])]
    metric = metrics().get(told[0].campaign.moves)
    if effect and effect.sure and metric:
        share, between = effect_in_short(locale, effect)
        said.append(
            locale.t("{figure}: {share} against what was expected ({between}).", figure=locale.t(metric.name),
                     share=share, between=between)
        )  # fmt: skip
    priced = [one for one in told if one.gain and one.gain.each is not None]
    if best := cheapest(told):
        each = _each(locale, best.gain)
        said.append(locale.t("{name} had the cheapest results, {each} each, and chance alone does not explain that.",
                             name=best.campaign.name, each=each))  # fmt: skip
    elif len(priced) > 1 and len({(one.campaign.result, one.cost.currency) for one in priced}) == 1:
        said.append(locale.t("No campaign is surely cheaper than the others: chance alone can make such differences."))
    return " ".join(said)


def _in_short(locale: Locale, one: Brought) -> str:
    name, days = one.campaign.name, one.campaign.days
    if one.until is None:
        return locale.t("{name} begins on {day}.", name=name, day=days.first)
    if one.result is None or one.results is None:
        return locale.t("{name}, {days}: its result is not known.", name=name, days=days)
    value = locale.value(one.results, one.result.unit)
    figure = locale.t("{name}: {value}", name=locale.t(one.result.name), value=value)
    if one.gain and one.gain.each is not None:
        return locale.t("{name}, {days}. {figure}, at {each} each.", name=name, days=days, figure=figure,
                        each=_each(locale, one.gain))  # fmt: skip
    return locale.t("{name}, {days}. {figure}.", name=name, days=days, figure=figure)


def came(locale: Locale, one: Brought, figures: Sequence[Metric]) -> list[str]:
    """What it has brought so far, and over which days that is told."""
    if one.until is None:
        return [locale.t("It begins on {day}.", day=one.campaign.days.first)]
    said = []
    for metric in figures:
        value, a_day = one.total(metric), one.a_day(metric)
        if value is None:
            continue
        text = N_("{figure}: {value} by its links, {day} a day.") if metric.reads is Source.WEB else (
            N_("{figure}: {value} of its posts, {day} a day.")
        )  # fmt: skip
        said.append(
            locale.t(text, figure=locale.t(metric.name), value=locale.value(value, metric.unit),
                     day=locale.number(a_day, 1))
        )  # fmt: skip
    if not one.over:
        said.append(
            locale.t("Days that are known so far: {n} of {of}.", n=one.known_days, of=one.campaign.days.days)
        )  # fmt: skip
    return said


def notes(locale: Locale, one: Brought) -> list[str]:
    """What has to be known of its figures."""
    said, links = [], one.tagged
    if one.campaign.marks.of_links and links is None and one.until:
        said.append(
            locale.t("No export tells visits by these UTM values in its days: what came by its links is not known.")
        )
    if not one.campaign.marks.of_links:
        said.append(locale.t("No UTM value is stated: what came by its links is not known."))
    if links and not links.daily:
        said.append(locale.t("Its links are told for a period as a whole: {window}.", window=links.window))
    if one.missing:
        said.append(locale.t("Days that no export tells by links, which are no zeros: {n}.", n=one.missing))
    if links and links.provisional:
        said.append(locale.t("The last days may still change at the source: {n}.", n=links.provisional))
    if links:
        said += [sentence(locale, mark, values) for mark, values in links.truths.items()]
    if (stating := one.of_posts) and stating[0] < stating[1]:
        said.append(locale.t("Posts that state it: {n} of {of}.", n=stating[0], of=stating[1]))
    if one.cost.outside:
        said.append(
            locale.t("Rows of reports of ads that reach beyond its days, and are not counted: {n}.", n=one.cost.outside)
        )
    if one.campaign.marks.ads and not any(item.spent is Spent.ADS for item in one.cost.items):
        said.append(locale.t("No report of ads states a cost under these names in its days."))
    return said


def paid(locale: Locale, cost: Cost) -> list[str]:
    """What it cost: every amount, and their sum where they are in one currency."""
    parts = [
        locale.t(SPENT[item.spent], amount=locale.money(item.amount, item.currency), hours=locale.number(cost.hours))
        for item in cost.items
    ]
    said = []
    if not parts:
        said.append(locale.t("What it cost is not stated."))
    elif cost.total is None:
        said.append(locale.t("Cost: {parts}. Several currencies are not added.", parts=locale.listing(parts)))
    elif len(parts) == 1:
        said.append(locale.t("Cost: {parts}.", parts=parts[0]))
    else:
        total = locale.money(cost.total, cost.currency)
        said.append(locale.t("Cost: {total}, of which {parts}.", total=total, parts=locale.listing(parts)))
    if cost.unpriced:
        said.append(locale.t("Hours worked: {hours}, whose cost is not stated and not counted.",
                             hours=locale.number(cost.hours)))  # fmt: skip
    return said


def worth(locale: Locale, gain: Gain | None, result: Metric | None) -> list[str]:
    """What a result cost; the return with both of its terms, or else what a result has to be worth."""
    if gain is None or result is None:
        return []
    cost, name = locale.money(gain.cost, gain.currency), locale.t(result.name)
    if gain.each is None:
        return [locale.t("No result so far for {cost}.", cost=cost)]
    said = [
        locale.t("Cost of a result: {cost} / {results} = {each} ({chance}).", cost=cost,
                 results=locale.number(gain.results), each=_each(locale, gain), chance=chance(locale, gain))
    ]  # fmt: skip
    if gain.value is None:
        said.append(
            locale.t("What a result is worth is not stated ({figure}): the campaign pays from {each} each on.",
                     figure=name, each=_each(locale, gain))
        )  # fmt: skip
    elif gain.roi is not None:
        value = locale.money(gain.value, gain.currency)
        said.append(
            locale.t("ROI: ({value} − {cost}) / {cost} = {roi}.", value=value, cost=cost, roi=locale.change(gain.roi))
        )
    return said


def chance(locale: Locale, gain: Gain) -> str:
    """Between which amounts the cost of a result may lie by chance alone; nothing where there is no result."""
    if gain.low is None or gain.high is None:
        return ""
    low, high = (locale.money(edge, gain.currency) for edge in (gain.low, gain.high))
    return locale.t("{low} to {high} by chance alone", low=low, high=high)


def effect_in_words(locale: Locale, one: Campaign, found: Effect | None) -> list[str]:
    """What it changed of what would have come anyway, in a sentence; and what more it would take to tell."""
    metric = metrics().get(one.moves)
    if found is None or metric is None:
        return []
    figure = locale.t(metric.name)
    if found.doubt is not None:
        return _doubt(locale, one, found, figure)
    numbers = {
        "net": locale.signed(round(found.net or 0)), "low": locale.signed(round(found.net_low or 0)),
        "high": locale.signed(round(found.net_high or 0)), "share": locale.change(found.share or 0),
    }  # fmt: skip
    if not found.sure:
        return [
            locale.t("{figure}: no difference from what was expected can be told. Observed: {share} ({low} to {high}); "
                     "an effect smaller than ±{reach} would not be visible here.", figure=figure,
                     share=locale.change(found.share or 0), low=locale.change(found.low or 0),
                     high=locale.change(found.high or 0), reach=locale.percent(found.reach, 0))
        ]  # fmt: skip
    said = [
        locale.t("{figure}: {net} compared with what was expected without it ({low} to {high}), {share}.",
                 figure=figure, **numbers)
    ]  # fmt: skip
    if found.controlled:
        names = locale.listing(control_name(locale, name) for name in one.untouched)
        said.append(locale.t("What moves all alike is taken out by figures it cannot have touched: {names}.",
                             names=names))  # fmt: skip
    else:
        said.append(_without_control(locale, one))
    return said


def _doubt(locale: Locale, one: Campaign, found: Effect, figure: str) -> list[str]:
    assert found.doubt
    if found.doubt is Doubt.AFTER and found.needed and one.days.days < found.needed:
        return [
            locale.t("Too little data to tell: a campaign shorter than {n} days cannot be told from ordinary "
                     "variation.", n=found.needed)
        ]  # fmt: skip
    values = {
        name: None if value is None else locale.number(value, 0)
        for name, value in (("known", found.known), ("needed", found.needed), ("more", found.more))
    }
    said = [locale.t(DOUBTS[found.doubt], reach=locale.percent(found.reach, 0), **values)]
    if found.doubt is Doubt.WIDE:
        said.append(locale.t("Observed, {figure}: {share}.", figure=figure, share=locale.change(found.share or 0)))
        said.append(_without_control(locale, one))
    return said


def _without_control(locale: Locale, one: Campaign) -> str:
    """Why nothing is laid to the campaign, and what would help."""
    if one.untouched:
        return locale.t(
            "The figures that it cannot have touched do not move alike enough, so nothing is laid to the campaign."
        )
    return locale.t(
        "No figure is stated that it cannot have touched, so nothing is laid to the campaign: naming one that usually "
        "moves alike would tell more."
    )


def effect_in_short(locale: Locale, found: Effect | None) -> tuple[str, str]:
    """The same in a few words, for a table, and what stands under them in small."""
    if found is None:
        return ABSENT, ""
    if found.doubt is not None and found.doubt is not Doubt.WIDE:
        return locale.t("too little data"), ""
    between = locale.t("{low} to {high}", low=locale.change(found.low or 0), high=locale.change(found.high or 0))
    if found.doubt is Doubt.WIDE:
        return locale.t("cannot be told"), between
    return locale.change(found.share or 0) if found.sure else locale.t("no difference told"), between


def aims_in_short(locale: Locale, told: Sequence[Progress]) -> str:
    """How its objectives stand, in a few words with a sign; a dash where it has none."""
    if not told:
        return ABSENT
    if all(one.standing is Standing.UNKNOWN for one in told):
        return locale.t(VERDICTS[Standing.UNKNOWN])
    met = sum(one.standing in GOOD for one in told)
    sign = "✓" if met == len(told) else "✗" if all(one.standing in BAD for one in told) else "◆"
    over = all(one.standing in (Standing.MET, Standing.MISSED) for one in told)
    text = N_("{sign} objectives met: {n} of {of}") if over else N_("{sign} objectives on target: {n} of {of}")
    return locale.t(text, sign=sign, n=met, of=len(told))


def control_name(locale: Locale, name: str) -> str:
    """What a campaign cannot have touched, as it is called."""
    if name.startswith(CHANNEL):
        return locale.t("visits by the channel {channel}", channel=name.removeprefix(CHANNEL))
    metric = metrics().get(name)
    return locale.t(metric.name) if metric else name


def known_by(locale: Locale, one: Campaign) -> str:
    """By what a campaign is known."""
    marks = one.marks
    named = {
        N_("utm_source: {names}"): marks.sources, N_("utm_medium: {names}"): marks.mediums,
        N_("utm_campaign: {names}"): marks.campaigns, N_("hashtags: {names}"): [f"#{tag}" for tag in marks.hashtags],
        N_("ads: {names}"): marks.ads,
    }  # fmt: skip
    parts = [locale.t(text, names=locale.listing(names)) for text, names in named.items() if names]
    if marks.posts:
        parts.append(locale.t("posts named: {n}", n=len(marks.posts)))
    return " · ".join(parts)


def _each(locale: Locale, gain: Gain | None) -> str:
    return locale.money(gain.each, gain.currency) if gain else ""
