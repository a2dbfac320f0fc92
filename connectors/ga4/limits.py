"""How Google Analytics is asked without wearing it out: what its errors mean, and what it says is left.

A property that gives ten server errors within an hour is closed to everyone for that hour, and ten questions at once
is all that everybody who looks at it shares.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping

from connectors.services import pace
from connectors.services.pace import AT_ONCE, Kind, Pause, reasons
from data.model import Message, says

ERRORS_LEFT = 3  # at which no more is asked
# What the server of keys says of a key. Anything else that keeps a key from being renewed is an outage.
REFUSED_KEY = re.compile(r"\b(invalid|unauthorized|disabled|deleted)_[a-z]+\b|\baccess_denied\b")
TOKENS_LEFT = 1_400  # a tenth of what a project may spend in an hour


def kind_of(error: Exception) -> Kind:
    """What an error of the official client means."""
    from google.api_core import exceptions as google

    text = str(getattr(error, "message", "") or error).lower()
    if "getting metadata from plugin failed" in text:  # a key that is not accepted comes as an outage
        return Kind.KEY if REFUSED_KEY.search(text) else Kind.PASSING
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


class Pace(pace.Pace):
    """One run's way of asking a property, with the tokens that it spends and what is left."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(kind_of, reason, at_once, sleep, chance)
        self.quota: dict[str, tuple[int, int]] = {}
        self.spent = 0  # tokens

    def note(self, quota: Mapping[str, tuple[int, int]]) -> None:
        """Takes note of what an answer says is left. Raises Pause where it is too little to go on."""
        if not quota:
            return
        with self.changed:
            self.quota = dict(quota)
            self.spent += quota.get("tokens_per_hour", (0, 0))[0]

    def may_go_on(self) -> None:
        """Raises Pause where too little is left to ask more."""
        if self.quota.get("server_errors_per_project_per_hour", (0, ERRORS_LEFT + 1))[1] <= ERRORS_LEFT:
            raise Pause(TOO_MANY_ERRORS, Kind.HOUR)
        if self.quota.get("tokens_per_project_per_hour", (0, TOKENS_LEFT))[1] < TOKENS_LEFT:
            raise Pause(HOUR_NEARLY_SPENT, Kind.HOUR)


def reason(kind: Kind, text: str) -> Message:
    """Why a run stops."""
    return TOO_MANY_ERRORS if "server errors" in text.lower() else ANY(kind, text)


ANY = reasons("Google Analytics", says("tokens"))
HOUR_NEARLY_SPENT = says(
    "Nearly all tokens that Google Analytics gives for an hour are used up, and the rest is left to others. "
    "What was fetched is kept; run it again in an hour."
)
TOO_MANY_ERRORS = says(
    "Google Analytics has had too many errors of its own within this hour, and a few more would close the property "
    "to everyone. What was fetched is kept; run it again in an hour."
)


def spent_and_left(spent: int, left: Mapping[str, tuple[int, int]]) -> Message:
    """What was spent and what remains of the tokens that Google gives."""
    hour, day = (left.get(f"tokens_per_{span}", (0, None))[1] for span in ("project_per_hour", "day"))
    return says(
        "Tokens spent: {spent}. Left: {hour} this hour, {day} today.",
        spent=spent, hour="—" if hour is None else hour, day="—" if day is None else day,
    )  # fmt: skip
