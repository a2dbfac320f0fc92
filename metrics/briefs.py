"""Campaigns as people write them: tables of a TOML file, or a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from data.campaigns import Campaign, Marks, Price, checked, same_name
from data.model import Message, UserError, Window, says
from data.objectives import Objective
from metrics.aims import Kind, kind_of
from metrics.model import N_, Metric, Source
from metrics.registry import metrics
from metrics.stating import COLUMNS as OF_AIMS
from metrics.stating import objective
from metrics.writing import Reading, Wrong, day_of, metric_of, number_of, tables_of, text_of

MOST = 200  # campaigns in a file
TITLES = {
    "name": N_("Name"), "from": N_("First day"), "to": N_("Last day"), "utm_campaign": N_("utm_campaign of its links"),
    "utm_source": N_("utm_source of its links"), "utm_medium": N_("utm_medium of its links"),
    "hashtags": N_("Hashtags"), "posts": N_("Posts, by link or id"), "ads": N_("Campaigns in reports of ads"),
    "cost": N_("Cost, beside what reports of ads state"), "currency": N_("Currency"), "hours": N_("Hours worked"),
    "hour_cost": N_("Cost of an hour"), "result": N_("What counts as its result"),
    "value": N_("What one result is worth"), "moves": N_("Figure of the brand that it is to move"),
    "untouched": N_("Figures that it cannot have touched"), "owner": N_("Who answers for it"),
    "objective": N_("Objectives"),
}  # fmt: skip
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
CODE = re.compile(r"[A-Z]{3}")
HASHTAG = re.compile(r"\w+")
CHANNEL = "channel:"
# Of an objective: the days are those of its campaign.
AIMED = tuple(one for one in OF_AIMS if one not in ("period", "from", "to", "start"))


@dataclass
class Briefs:
    """What a file states: campaigns, what is aimed at in their days with its running period, and what is wrong."""

    campaigns: list[Campaign] = field(default_factory=list)
    aims: list[tuple[Objective, date]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)


@cache
def results() -> dict[str, Metric]:
    """What can be the result of a campaign: sums that can be told for its links, or for its posts."""
    return {
        key: one for key, one in metrics().items()
        if kind_of(one) in (Kind.FLOW, Kind.POSTS) and one.reads in (Source.WEB, Source.POSTS)
        and not one.money and not one.top_formula.counts
    }  # fmt: skip


@cache
def movable() -> dict[str, Metric]:
    """What a campaign can be seen to move: sums of days that do not fall below zero."""
    return {
        key: one for key, one in metrics().items()
        if kind_of(one) is Kind.FLOW and not one.money and not one.top_formula.estimates
    }  # fmt: skip


def briefs(name: str, content: bytes, by: Reading) -> Briefs:
    """What a file states. Raises UserError where it is no TOML of campaigns."""
    found = Briefs()
    for line, row in tables_of(name, text_of(content), "campaign", tuple(TITLES)):
        if len(found.campaigns) + len(found.problems) >= MOST:
            raise UserError(says("{file} has more than {n} campaigns.", file=name, n=MOST))
        try:
            one, aims = campaign(row, by)
            if any(same_name(one.name, other.name) for other in found.campaigns):
                raise Wrong("name", one.name, says("a name that no other campaign of the file has"))
        except Wrong as wrong:
            found.problems.append(wrong.at(name, line))
        except UserError as error:
            found.problems.append(
                says("{file}, line {line}: {problem}", file=name, line=str(line), problem=error.message)
            )
        else:
            found.campaigns.append(one)
            found.aims += aims
    return found


def typed(row: Mapping[str, Any], by: Reading) -> tuple[Campaign, list[tuple[Objective, date]]]:
    """What a form states, as a table of a file would. Raises UserError."""
    try:
        return campaign(row, by)
    except Wrong as wrong:
        raise UserError(wrong.in_form(TITLES)) from wrong


def campaign(row: Mapping[str, Any], by: Reading) -> tuple[Campaign, list[tuple[Objective, date]]]:
    """The campaign of a table, and what is aimed at in its days. Raises Wrong and UserError."""
    first, last = (day_of(column, row.get(column)) for column in ("from", "to"))
    if first is None or last is None:
        raise Wrong("to" if first else "from", "", says("a day as YYYY-MM-DD"))
    marks = Marks(
        _listed(row, "utm_source"), _listed(row, "utm_medium"), _listed(row, "utm_campaign"),
        tuple(_hashtag(one) for one in _listed(row, "hashtags")), _listed(row, "posts"), _listed(row, "ads", ";\n"),
    )  # fmt: skip
    cost, hours, of_an_hour = (number_of(column, row.get(column)) for column in ("cost", "hours", "hour_cost"))
    price = Price(_currency(row), cost, hours, of_an_hour)
    one = Campaign(
        " ".join(str(row.get("name") or "").split()), Window(first, last), marks, price,
        metric_of(row.get("result") or "key_events", by, results(), "result"), number_of("value", row.get("value")),
        metric_of(row.get("moves") or "sessions", by, movable(), "moves"), _untouched(row, by),
        str(row.get("owner") or "").strip(),
    )  # fmt: skip
    return checked(one), [_aim(aim, one, by) for aim in _aims(row)]


def as_row(one: Campaign) -> dict[str, Any]:
    """A campaign as a table of a file."""
    marks, price = one.marks, one.price
    return {
        "name": one.name, "from": one.days.first, "to": one.days.last, "utm_source": list(marks.sources),
        "utm_medium": list(marks.mediums), "utm_campaign": list(marks.campaigns), "hashtags": list(marks.hashtags),
        "posts": list(marks.posts), "ads": list(marks.ads), "cost": price.amount, "currency": price.currency,
        "hours": price.hours, "hour_cost": price.of_an_hour, "result": one.result, "value": one.value,
        "moves": one.moves, "untouched": list(one.untouched), "owner": one.owner,
    }  # fmt: skip


def _listed(row: Mapping[str, Any], column: str, between: str = ",;\n") -> tuple[str, ...]:
    """Texts of a list, or of one text with marks between them; each once."""
    told = row.get(column)
    if told is not None and not isinstance(told, (str, list)):
        raise Wrong(column, told, says("a text, or a list of texts"))
    if isinstance(told, list):
        if wrong := [one for one in told if not isinstance(one, str)]:
            raise Wrong(column, wrong[0], says("a text, or a list of texts"))
        parts = told
    else:
        parts = re.split(f"[{between}]", told or "")
    return tuple(dict.fromkeys(filter(None, (one.strip() for one in parts))))


def _hashtag(told: str) -> str:
    plain = told.lstrip("#＃").strip()
    if not HASHTAG.fullmatch(plain):
        raise Wrong("hashtags", told, says("a hashtag in one word, such as #OpenDays"))
    return plain


def _currency(row: Mapping[str, Any]) -> str:
    told = str(row.get("currency") or "").strip()
    code = SIGNS.get(told, told.upper())
    if code and not CODE.fullmatch(code):
        raise Wrong("currency", told, says("three letters, such as EUR"))
    return code


def _untouched(row: Mapping[str, Any], by: Reading) -> tuple[str, ...]:
    found = []
    for one in _listed(row, "untouched"):
        if one.lower().startswith(CHANNEL):
            found.append(CHANNEL + one[len(CHANNEL) :].strip())
        else:
            found.append(metric_of(one, by, movable(), "untouched"))
    return tuple(dict.fromkeys(found))


def _aims(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = row.get("objective") or []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise Wrong("objective", told, says("tables that begin with [[campaign.objective]]"))
    for one in told:
        if unknown := one.keys() - set(AIMED):
            raise Wrong("objective", ", ".join(sorted(unknown)), says("some of {keys}", keys=", ".join(AIMED)))
    return told


def _aim(row: Mapping[str, Any], one: Campaign, by: Reading) -> tuple[Objective, date]:
    return objective({"owner": one.owner} | dict(row) | {"from": one.days.first, "to": one.days.last}, by)
