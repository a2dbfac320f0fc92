"""What a dropped file says, in few values: counts, days, first rows and problems; never the whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from data.model import Account, Answer, Check, Finding, Message, Problem, Statement, Statements, Window, rows_of
from metrics.gaps import Covered
from pages.parts.described import Proposal

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
    recognised by its shape alone. `mapping`: what its columns mean (TOML), where its user has said so. `asked`: the
    days of which it lists every post, where it says so. `offer`: what its columns seem to be, where nothing knows the
    file; `why`: why not even that can be told."""

    format: str | Message = ""
    accounts: tuple[Account, ...] = ()
    as_of: datetime | None = None
    questions: tuple[Question, ...] = ()
    tally: Tally | None = None
    refused: Message | None = None
    guessed: bool = False
    mapping: str | None = None
    asked: Window | None = None
    offer: Proposal | None = None
    why: Message | None = None

    @property
    def covers(self) -> list[Covered]:
        """The days that the file would cover, of each account and table."""
        days = self.asked or (self.tally and self.tally.days)
        if self.tally is None or days is None:
            return []
        return [
            Covered(account, table, days, self.asked is not None)
            for account in self.tally.accounts
            for table in self.tally.counts
        ]

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
    passed = 0
    for item in found:
        before, passed = passed, passed + rows_of(item)
        if before // every < passed // every:
            told(passed)
        if isinstance(item, Problem):
            wrong += 1
            if wrong <= FIRST_PROBLEMS:
                problems.append(item)
            continue
        if isinstance(item, Check):
            checks.append(item)
            continue
        if isinstance(item, Answer):
            continue
        some = item if isinstance(item, Statements) else [item]
        if counts[item.table] < FIRST_ROWS:
            rows[item.table] = (*rows.get(item.table, ()), *some)[:FIRST_ROWS]
        counts[item.table] += len(some)
        accounts.update(map(str, _column(item, "account")))
        days.update(day for name in DAYS for day in _column(item, name) if day is not None)
    span = Window(min(days), max(days)) if days else None
    return Tally(counts, accounts, span, wrong, rows, tuple(problems), tuple(checks))


def _column(item: Statement | Statements, name: str) -> Sequence[Any]:
    """The values of a column, one a row; nothing for a column that is not stated."""
    if isinstance(item, Statements):
        return item.values.get(name, ())
    return [item.values[name]] if name in item.values else ()
