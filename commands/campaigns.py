"""The command `campaigns`: what people state of their campaigns, from a file into a brand, and the list of it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from commands.brands import some_brand
from commands.load import content_of
from commands.objectives import house, today
from commands.voice import Voice
from data.campaigns import Campaign
from data.model import says
from i18n import ABSENT, Locale
from metrics.briefs import briefs
from metrics.registry import metrics
from metrics.writing import Reading


def load(args: Namespace, voice: Voice) -> int:
    """States the campaigns of a file; the status is 1, and nothing is stated, where one cannot be read."""
    store, path = some_brand(args.brand), Path(args.file).expanduser()
    names = {voice.lang.t(metric.name): key for key, metric in metrics().items()}
    found = briefs(path.name, content_of(path), Reading(names, house(store), today(store)))
    if found.problems:
        voice.warn(*found.problems, says("Nothing of {file} is stated.", file=path.name))
        return 1
    new = store.state_campaigns(found.campaigns, found.aims)
    voice.say(
        says(
            "Campaigns in {file}: {count}, with objectives: {aims}; new or changed: {new}.", file=path.name,
            count=len(found.campaigns), aims=len(found.aims), new=new,
        )
    )  # fmt: skip
    return 0


def show(args: Namespace, voice: Voice) -> int:
    """Lists the campaigns."""
    store, t = some_brand(args.brand), voice.lang.t
    stated = store.campaigns()
    if not stated:
        voice.say(
            says("No campaign is stated. State some on the page Campaigns, or: python vigie.py campaigns load FILE")
        )
        return 0
    heads = (t("campaign"), t("from"), t("to"), t("known by"), t("result"), t("cost"), t("hours"), t("owner"))
    voice.table(heads, [_row(voice.lang, one) for one in stated])
    return 0


def _row(lang: Locale, one: Campaign) -> tuple[str, ...]:
    marks, price = one.marks, one.price
    links = (*marks.campaigns, *marks.sources, *marks.mediums)
    known_by = ", ".join((*links, *(f"#{tag}" for tag in marks.hashtags), *marks.posts, *marks.ads))
    result = metrics().get(one.result)
    return (
        one.name, one.days.first.isoformat(), one.days.last.isoformat(), known_by,
        lang.t(result.name) if result else one.result, lang.money(price.amount, price.currency),
        lang.number(price.hours), one.owner or ABSENT,
    )  # fmt: skip
