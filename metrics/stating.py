"""Objectives as people write them: rows of a CSV file, or tables of a TOML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.model import Message, UserError, Window, says
from data.objectives import Aim, Objective, Period, checked
from metrics.aims import period_of, running
from metrics.model import N_
from metrics.registry import metrics
from metrics.writing import Reading, Wrong, day_of, metric_of, number_of, rows_of, tables_of, text_of

MOST = 1000  # objectives in a file: more is no list that people wrote
COLUMNS = ("metric", "scope", "period", "from", "to", "at_least", "at_most", "start", "owner")
TITLES = {
    "metric": N_("Figure"), "scope": N_("Of what"), "period": N_("Period"), "from": N_("First day"),
    "to": N_("Last day"), "at_least": N_("At least"), "at_most": N_("At most"), "start": N_("From which day on"),
    "owner": N_("Who answers for it"),
}  # fmt: skip
FRENCH = {
    "indicateur": "metric", "périmètre": "scope", "période": "period", "du": "from", "au": "to", "au moins": "at_least",
    "au plus": "at_most", "début": "start", "responsable": "owner",
}  # fmt: skip
PERIODS = {
    "semaine": Period.WEEK, "mois": Period.MONTH, "trimestre": Period.QUARTER, "année": Period.YEAR,
} | {one.value: one for one in Period if one is not Period.DATES}  # fmt: skip


@dataclass
class Written:
    """What a file states, each objective with the first day of its running period, and what is wrong with it."""

    objectives: list[tuple[Objective, date]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)


def written(name: str, content: bytes, by: Reading) -> Written:
    """What a file states. Raises UserError where it is neither CSV nor TOML."""
    text = text_of(content)
    toml = name.lower().endswith(".toml")
    rows = tables_of(name, text, "objective", COLUMNS) if toml else rows_of(name, text, COLUMNS, "metric", FRENCH)
    found = Written()
    for line, row in rows:
        if len(found.objectives) + len(found.problems) >= MOST:
            raise UserError(says("{file} has more than {n} objectives.", file=name, n=MOST))
        try:
            found.objectives.append(objective(row, by))
        except Wrong as wrong:
            found.problems.append(wrong.at(name, line))
        except UserError as error:
            found.problems.append(
                says("{file}, line {line}: {problem}", file=name, line=str(line), problem=error.message)
            )
    if not found.objectives and not found.problems:
        raise UserError(says("{file} holds no objective. Its columns are: {columns}", file=name, columns=[*COLUMNS]))
    return found


def stated(row: Mapping[str, Any], by: Reading) -> tuple[Objective, date]:
    """What a form states, as a row of a file would. Raises UserError."""
    try:
        return objective(row, by)
    except Wrong as wrong:
        raise UserError(wrong.in_form(TITLES)) from wrong


def objective(row: Mapping[str, Any], by: Reading) -> tuple[Objective, date]:
    """The objective of a row, from the first day of its period on, and the first day of the running period."""
    metric = metric_of(row.get("metric") or "", by)
    aim = Aim(metric, _scope(row.get("scope") or "", by), *_period(row))
    unit = metrics()[metric].unit
    low, high = (number_of(column, row.get(column), unit) for column in ("at_least", "at_most"))
    if low is None and high is None:
        raise Wrong("at_least", "", says("a number, here or under at_most"))
    now = running(aim, by.today, by.house.week_start)
    start = day_of("start", row.get("start")) or (aim.dates.first if aim.dates else now)
    since = period_of(aim, start, by.house.week_start).first
    return checked(Objective(aim, since, low, high, str(row.get("owner") or "").strip())), now


def _scope(told: Any, by: Reading) -> tuple[str, ...]:
    parts = [str(one) for one in told] if isinstance(told, list) else re.split(r"[,+]", str(told))
    known = [*dict.fromkeys(one.partition(":")[0] for one in by.house.accounts), *by.house.accounts]
    found = []
    for part in filter(None, map(str.strip, parts)):
        exact = next((one for one in known if one.casefold() == part.casefold()), None)
        if exact is None:
            raise Wrong("scope", part, says("nothing for the whole brand, or some of {known}", known=", ".join(known)))
        found.append(exact)
    return tuple(sorted(set(found)))


def _period(row: Mapping[str, Any]) -> tuple[Period, Window | None]:
    first, last = (day_of(column, row.get(column)) for column in ("from", "to"))
    if first and last:
        return Period.DATES, Window(first, last)
    if first or last:
        raise Wrong("to" if first else "from", "", says("a day, as the other one is given"))
    text = str(row.get("period") or "").strip().casefold()
    if text not in PERIODS:
        raise Wrong("period", text, says("week, month, quarter or year, or two days under from and to"))
    return PERIODS[text], None
