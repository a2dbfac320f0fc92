"""How a service is asked without wearing it out: what an error means, when to ask again, when to stop.

Whoever looks at the same figures shares what a service allows, and some services close to everyone after a few errors
of their own. So few questions are asked at once, and server errors are spent from a budget.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from data.model import Message, says

T = TypeVar("T")

AT_ONCE = 3
ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds
SERVER_ERRORS = 6  # in a run


class Kind(Enum):
    """What an error of a service means for who asks."""

    PASSING = "passing"  # ask again
    CROWDED = "crowded"  # ask again, and less at once
    HOUR = "hour"  # nothing more within this hour
    DAY = "day"  # nothing more before midnight in California
    QUESTION = "question"  # the question cannot be asked
    RIGHT = "right"  # who asks may not
    KEY = "key"  # the service does not know who asks
    BUG = "bug"  # ours


class Pause(Exception):
    """Nothing more may be asked for now; what was kept stays, and the next run goes on from there."""

    def __init__(self, message: Message, kind: Kind) -> None:
        super().__init__(str(message))
        self.message, self.kind = message, kind


class Refused(Exception):
    """A service does not answer a question, and would not if it were asked again."""

    def __init__(self, kind: Kind, text: str) -> None:
        super().__init__(text)
        self.kind, self.text = kind, text

    @property
    def stops_all(self) -> bool:
        """Whether no other question would be answered either."""
        return self.kind in (Kind.KEY, Kind.RIGHT)


class Pace:
    """One run's way of asking a service: how many at once, how often again, and when no more.

    `kind_of` says what an error of its client means, `reasons` why a run stops for it. `sleep` and `chance` are those
    of the system, but for tests.
    """

    def __init__(
        self,
        kind_of: Callable[[Exception], Kind],
        reasons: Callable[[Kind, str], Message],
        at_once: int = AT_ONCE,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.at_once, self.errors_left = at_once, SERVER_ERRORS
        self._kind_of, self._reasons = kind_of, reasons
        self._sleep, self._chance = sleep, chance
        self._asking, self.changed = 0, threading.Condition()
        self._ended: Pause | None = None  # what ended the run for all who ask

    def ask(self, question: Callable[[], T]) -> T:
        """What the question gives, asked again where that helps. Raises Refused, and Pause where all has to stop."""
        for attempt in range(ATTEMPTS):
            try:
                with self._turn():
                    return question()
            except Pause:
                raise
            except Exception as error:
                kind = self._kind_of(error)
                if kind is Kind.BUG:
                    raise
                try:
                    self._weigh(kind, error, last=attempt == ATTEMPTS - 1)
                except Pause as pause:
                    self._ended = pause
                    raise
            self._sleep(min(LONGEST_WAIT, FIRST_WAIT * 2**attempt) * self._chance())
        raise AssertionError("the last attempt gives an answer or raises")

    def _weigh(self, kind: Kind, error: Exception, last: bool) -> None:
        """Raises where asking again would not help, or would harm."""
        text = str(getattr(error, "message", "") or error)
        if kind in (Kind.QUESTION, Kind.RIGHT, Kind.KEY):
            raise Refused(kind, text) from error
        with self.changed:
            if kind is Kind.CROWDED:
                self.at_once = max(1, self.at_once // 2)
            elif kind is Kind.PASSING:
                self.errors_left -= 1
        if kind in (Kind.HOUR, Kind.DAY) or last or self.errors_left < 0:
            raise Pause(self._reasons(kind, text), kind) from error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self.changed:
            self.changed.wait_for(lambda: self._asking < self.at_once)
            if self._ended:
                raise self._ended
            self._asking += 1
        try:
            yield
        finally:
            with self.changed:
                self._asking -= 1
                self.changed.notify_all()


def reasons(service: str, unit: Message) -> Callable[[Kind, str], Message]:
    """Why a run stops, in words about a service; `unit` is what it counts what is asked in."""

    def reason(kind: Kind, text: str) -> Message:
        return says(WHY[kind].text, service=service, unit=unit)

    return reason


WHY = {
    Kind.HOUR: says(
        "{service} allows no more within this hour: its {unit} are used up. "
        "What was fetched is kept; run it again in an hour."
    ),
    Kind.DAY: says(
        "{service} allows no more today: its {unit} are used up. What was fetched is kept; run it again after "
        "midnight in California, which is 9 in the morning in Paris."
    ),
    Kind.CROWDED: says(
        "Too many ask {service} at the same time. What was fetched is kept; run it again in a few minutes."
    ),
    Kind.PASSING: says(
        "{service} does not answer, which is an outage on its side or of the network. What was fetched is kept; "
        "run it again later."
    ),
}  # fmt: skip
