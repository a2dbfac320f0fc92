"""The command `objectives`: what is aimed at, from a file into a brand, and the list of it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.brands import some_brand
from commands.load import content_of
from commands.voice import Voice
from data.model import says
from data.objectives import Objective, Versions
from data.store import Store
from i18n import ABSENT, Locale
from metrics.aims import House, named
from metrics.doubts import Doubt, doubts
from metrics.objectives import progress
from metrics.progress import Progress
from metrics.registry import metrics
from metrics.stating import written
from metrics.writing import Reading


def load(args: Namespace, voice: Voice) -> int:
    """States the objectives of a file; the status is 1, and nothing is stated, where one cannot be read."""
    store, path = some_brand(args.brand), Path(args.file).expanduser()
    names = {voice.lang.t(metric.name): key for key, metric in metrics().items()}
    found = written(path.name, content_of(path), Reading(names, house(store), today(store)))
    if found.problems:
        voice.warn(*found.problems, says("Nothing of {file} is stated.", file=path.name))
        return 1
    new = store.state_objectives(found.objectives)
    voice.say(
        says(
            "Objectives in {file}: {count}; new or changed: {new}.",
            file=path.name,
            count=len(found.objectives),
            new=new,
        )
    )
    told = _progress(store, store.objectives())
    mine = {one.aim for one, _ in found.objectives}
    for one in told:
        if one.objective.aim in mine:
            for doubt in doubts(one, told, house(store)):
                voice.say(says("{objective}: {doubt}", objective=named(one.objective.aim, one.metric),
                               doubt=_said(voice.lang, doubt)))  # fmt: skip
    return 0


def show(args: Namespace, voice: Voice) -> int:
    """Lists what is aimed at, every version."""
    store, t = some_brand(args.brand), voice.lang.t
    versions = store.objectives()
    if not versions:
        voice.say(
            says("No objective is stated. State some on the page Objectives, or: python vigie.py objectives load FILE")
        )
        return 0
    heads = (t("objective"), t("from"), t("at least"), t("at most"), t("owner"))
    voice.table(heads, [_row(voice.lang, one) for one in versions])
    return 0


def house(store: Store) -> House:
    """The brand whose objectives these are."""
    return House(tuple(account.key for account in store.accounts()), store.words(), store.brand().week_start)


def today(store: Store) -> date:
    """The day it is where the brand lives."""
    return datetime.now(ZoneInfo(store.brand().zone)).date()


def _progress(store: Store, versions: Versions) -> list[Progress]:
    with store.read() as cursor:
        return progress(cursor, versions, today(store), house(store))


def _row(lang: Locale, one: Objective) -> tuple[str, ...]:
    metric = metrics().get(one.aim.metric)
    about = lang.t(named(one.aim, metric)) if metric else one.aim.metric
    unit = metric.unit if metric else "count"
    bounds = (lang.t("given up") if one.direction is None else ABSENT if bound is None else lang.value(bound, unit)
              for bound in (one.low, one.high))  # fmt: skip
    return about, one.since.isoformat(), *bounds, one.owner or ABSENT


def _said(lang: Locale, doubt: Doubt) -> str:
    figures = {name: lang.value(value, doubt.unit) for name, value in doubt.figures.items()}
    other = named(doubt.other.objective.aim, doubt.other.metric) if doubt.other else ""
    return lang.t(doubt.text, n=doubt.n, other=other, **figures)
