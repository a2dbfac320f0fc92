"""What a dropped file says, in few values: counts, days, first rows and problems; never the whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from data.model import Account, Check, Finding, Message, Problem, Statement, Window

FIRST_ROWS, FIRST_PROBLEMS = 5, 100
DAYS = ("day", "first_day", "last_day")


class Question(Protocol):
    """What only the user knows of a file, as connectors ask it."""

    @property
    def about(self) -> str:
        """The answer that is wanted: account, date_order, as_of or since."""
        ...

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks whose account is wanted."""
        ...

    @property
    def suggestion(self) -> Any:
        """The last day the file states, where it is about when it was exported."""
        ...

    @property
    def example(self) -> str:
        """A cell that can be read in two ways."""
        ...

    @property
    def each(self) -> bool:
        """Whether an account of every network is wanted, not of one of them."""
        ...


@dataclass(frozen=True)
class AnotherAccount:
    """The question of a user who wants to give a file to another account than the one it names."""

    networks: tuple[str, ...]
    about: str = "account"
    suggestion: Any = None
    example: str = ""
    each: bool = False


@dataclass(frozen=True)
class Tally:
    """What the rows of a file come to; `first_rows` are of each ledger table, `checks` all totals it declares."""

    counts: Mapping[str, int]
    accounts: Mapping[str, int]
    days: Window | None
    problems: int
    first_rows: Mapping[str, tuple[Statement, ...]]
    first_problems: tuple[Problem, ...]
    checks: tuple[Check, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows state something."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Preview:
    """What is known of a file before it is loaded. `tally` is there once no question is open; `guessed`: it was
    recognised by its shape alone."""

    format: str = ""
    accounts: tuple[Account, ...] = ()
    as_of: datetime | None = None
    questions: tuple[Question, ...] = ()
    tally: Tally | None = None
    refused: Message | None = None
    guessed: bool = False

    @property
    def ready(self) -> bool:
        """Whether the file can be loaded."""
        return self.refused is None and self.tally is not None and self.tally.rows > 0


def tally(found: Iterable[Finding], told: Callable[[int], None], every: int) -> Tally:
    """Counts what is found and keeps its first rows; `told` hears how many have passed, `every` so many."""
    counts: Counter[str] = Counter()
    accounts: Counter[str] = Counter()
    days: set[date] = set()
    rows: dict[str, tuple[Statement, ...]] = {}
    problems: list[Problem] = []
    checks: list[Check] = []
    wrong = 0
    for count, item in enumerate(found, 1):
        if count % every == 0:
            told(count)
        if isinstance(item, Problem):
            wrong += 1
            if wrong <= FIRST_PROBLEMS:
                problems.append(item)
            continue
        if isinstance(item, Check):
            checks.append(item)
            continue
        counts[item.table] += 1
        if counts[item.table] <= FIRST_ROWS:
            rows[item.table] = (*rows.get(item.table, ()), item)
        accounts[str(item.values.get("account"))] += 1
        days.update(day for name in DAYS if (day := item.values.get(name)) is not None)
    span = Window(min(days), max(days)) if days else None
    return Tally(counts, accounts, span, wrong, rows, tuple(problems), tuple(checks))
