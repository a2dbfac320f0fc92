"""How Google Analytics is asked without wearing it out: what an error means, when to ask again, when to stop.

A property that gives ten server errors within an hour is closed to everyone for that hour, and ten questions at once
is all that everybody who looks at it shares. So few are asked at once, and server errors are spent from a budget.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from data.model import Message, says

T = TypeVar("T")

AT_ONCE = 3
ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds
SERVER_ERRORS = 6  # of the ten that a property forgives in an hour
ERRORS_LEFT = 3  # at which no more is asked
TOKENS_LEFT = 1_400  # a tenth of what a project may spend in an hour


class Kind(Enum):
    """What an error of Google means for who asks."""

    PASSING = "passing"  # ask again
    CROWDED = "crowded"  # ask again, and less at once
    HOUR = "hour"  # nothing more within this hour
    DAY = "day"  # nothing more before midnight in California
    QUESTION = "question"  # the question cannot be asked of this property
    RIGHT = "right"  # who asks may not
    KEY = "key"  # Google does not know who asks
    BUG = "bug"  # ours


class Pause(Exception):
    """Nothing more may be asked for now; what was kept stays, and the next run goes on from there."""

    def __init__(self, message: Message, kind: Kind) -> None:
        super().__init__(str(message))
        self.message, self.kind = message, kind


class Refused(Exception):
    """Google does not answer a question, and would not if it were asked again."""

    def __init__(self, kind: Kind, text: str) -> None:
        super().__init__(text)
        self.kind, self.text = kind, text


def kind_of(error: Exception) -> Kind:
    """What an error of the official client means."""
    from google.api_core import exceptions as google

    text = str(getattr(error, "message", "") or error).lower()
    if "getting metadata from plugin failed" in text:  # a key that is not accepted comes as an outage
        return Kind.KEY
    match error:
        case google.ResourceExhausted() | google.TooManyRequests():
            if "larger than max" in text:  # said by our own side of the line
                return Kind.BUG
            return Kind.CROWDED if "concurrent" in text else Kind.DAY if "per day" in text else Kind.HOUR
        case google.Unauthenticated() | google.Unauthorized():
            return Kind.KEY
        case google.Forbidden():
            return Kind.RIGHT
        case google.BadRequest() | google.NotFound():
            return Kind.QUESTION
        case google.ServerError() | google.Aborted() | google.Cancelled() | google.RetryError():
            return Kind.PASSING
    return Kind.BUG


class Pace:
    """One run's way of asking: how many at once, how often again, and when no more.

    `sleep` and `chance` are those of the system, but for tests.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.at_once, self.errors_left = at_once, SERVER_ERRORS
        self.quota: dict[str, tuple[int, int]] = {}
        self.spent = 0  # tokens
        self._sleep, self._chance = sleep, chance
        self._asking, self._changed = 0, threading.Condition()
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
                kind = kind_of(error)
                if kind is Kind.BUG:
                    raise
                try:
                    self._weigh(kind, error, last=attempt == ATTEMPTS - 1)
                except Pause as pause:
                    self._ended = pause
                    raise
            self._sleep(min(LONGEST_WAIT, FIRST_WAIT * 2**attempt) * self._chance())
        raise AssertionError("the last attempt gives an answer or raises")

    def note(self, quota: Mapping[str, tuple[int, int]]) -> None:
        """Takes note of what an answer says is left. Raises Pause where it is too little to go on."""
        if not quota:
            return
        with self._changed:
            self.quota = dict(quota)
            self.spent += quota.get("tokens_per_hour", (0, 0))[0]

    def may_go_on(self) -> None:
        """Raises Pause where too little is left to ask more."""
        if self.quota.get("server_errors_per_project_per_hour", (0, ERRORS_LEFT + 1))[1] <= ERRORS_LEFT:
            raise Pause(TOO_MANY_ERRORS, Kind.HOUR)
        if self.quota.get("tokens_per_project_per_hour", (0, TOKENS_LEFT))[1] < TOKENS_LEFT:
            raise Pause(HOUR_NEARLY_SPENT, Kind.HOUR)

    def _weigh(self, kind: Kind, error: Exception, last: bool) -> None:
        """Raises where asking again would not help, or would harm."""
        text = str(getattr(error, "message", "") or error)
        if kind is Kind.HOUR:
            raise Pause(TOO_MANY_ERRORS if "server errors" in text.lower() else HOUR_SPENT, kind) from error
        if kind is Kind.DAY:
            raise Pause(DAY_SPENT, kind) from error
        if kind in (Kind.QUESTION, Kind.RIGHT, Kind.KEY):
            raise Refused(kind, text) from error
        if kind is Kind.CROWDED:
            with self._changed:
                self.at_once = max(1, self.at_once // 2)
            if last:
                raise Pause(CROWDED, kind) from error
            return
        with self._changed:
            self.errors_left -= 1
            spent = self.errors_left < 0
        if spent or last:
            raise Pause(OUTAGE, kind) from error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._asking < self.at_once)
            if self._ended:
                raise self._ended
            self._asking += 1
        try:
            yield
        finally:
            with self._changed:
                self._asking -= 1
                self._changed.notify_all()


HOUR_SPENT = says(
    "The tokens that Google Analytics gives for an hour are used up. What was fetched is kept; run it again in an hour."
)
HOUR_NEARLY_SPENT = says(
    "Nearly all tokens that Google Analytics gives for an hour are used up, and the rest is left to others. "
    "What was fetched is kept; run it again in an hour."
)
DAY_SPENT = says(
    "The tokens that Google Analytics gives for a day are used up. What was fetched is kept; run it again after "
    "midnight in California, which is 9 in the morning in Paris."
)
TOO_MANY_ERRORS = says(
    "Google Analytics has had too many errors of its own within this hour, and a few more would close the property "
    "to everyone. What was fetched is kept; run it again in an hour."
)
CROWDED = says("Too many ask this property at the same time. What was fetched is kept; run it again in a few minutes.")
OUTAGE = says(
    "Google Analytics does not answer, which is an outage on its side or of the network. What was fetched is kept; "
    "run it again later."
)


def spent_and_left(spent: int, left: Mapping[str, tuple[int, int]]) -> Message:
    """What was spent and what remains of the tokens that Google gives."""
    hour, day = (left.get(f"tokens_per_{span}", (0, None))[1] for span in ("project_per_hour", "day"))
    return says(
        "Tokens spent: {spent}. Left: {hour} this hour, {day} today.",
        spent=spent, hour="—" if hour is None else hour, day="—" if day is None else day,
    )  # fmt: skip
