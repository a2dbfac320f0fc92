"""How exports, questions and problems are put in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectors import reading
from connectors.base import Question
from data.model import Account, Message, Problem, Window, says
from data.store import ExportInfo, Store
from metrics.freshness import freshness
from metrics.gaps import lacking

FIRST_PROBLEMS = 5


def title_of(info: ExportInfo) -> Message:
    """The format of an export."""
    return reading.title_of(info.connector)


def accounts_of(info: ExportInfo) -> list[str]:
    """The accounts an export states, with their names where these say more."""
    return [
        account.key if account.name.casefold() in ("", account.handle) else f"{account.name} ({account.key})"
        for account in info.accounts
    ]


def days_of(info: ExportInfo) -> Window | None:
    """The days an export states."""
    return Window(info.first_day, info.last_day) if info.first_day and info.last_day else None


def asked(question: Question, accounts: Iterable[Account]) -> Message:
    """A question with the options that answer it; `accounts` are those already known."""
    match question.about:
        case "account":
            known = [account.key for account in accounts if account.network in question.networks]
            new = [f"{network}:…" for network in question.networks]
            if question.each:
                return says("Whose figures are these? Add --account {accounts}", accounts=",".join(new))
            choices = [f"--account {key}" for key in (*known, *new)]
            return says("Whose figures are these? Add one of: {choices}", choices="  ".join(choices))
        case "date_order":
            return says(
                "Is {example} written day first or month first? Add --date-order dmy or --date-order mdy",
                example=question.example,
            )
        case "since":
            return says("Since which day do its figures count? Add --since YYYY-MM-DD")
    if question.suggestion is None:
        return says("When was it exported? Add --as-of YYYY-MM-DD")
    return says(
        "When was it exported? Add --as-of YYYY-MM-DD; the last day it holds is {day}.",
        day=question.suggestion.date(),
    )


def problem_lines(store: Store, info: ExportInfo, everything: bool) -> Iterator[Message]:
    """The problems of an export, or the first of them and how many more there are."""
    shown = info.problems if everything else FIRST_PROBLEMS
    yield from map(_told, store.problems(info.id)[:shown])
    if info.problems > shown:
        yield says("and {count} more: --all-problems", count=info.problems - shown)


def missing_lines(store: Store, accounts: Iterable[str]) -> Iterator[Message]:
    """The days of accounts that no export tells, and those whose posts none does."""
    wanted = set(accounts)
    with store.read() as cursor:
        known = [one for one in freshness(cursor) if one.account in wanted]
    for one in sorted(known, key=lambda one: one.account):
        for told in lacking(one.gaps, one.posts_gaps):
            yield says("{account}: {told}", account=one.account, told=told)


def _told(problem: Problem) -> Message:
    """Where it is, what was found, what was expected."""
    places = []
    if problem.sheet:
        places.append(says("sheet {sheet}", sheet=problem.sheet))
    if problem.row is not None:
        places.append(says("row {row}", row=str(problem.row)))
    if problem.column:
        places.append(says("column {column}", column=problem.column))
    if not places:
        return problem.expected
    found, expected = problem.found, problem.expected
    if not found:
        return says("{place}: expected {expected}", place=places, expected=expected)
    return says("{place}: found “{found}”, expected {expected}", place=places, found=found, expected=expected)
