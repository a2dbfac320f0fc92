"""What an export declares as its totals, beside what its rows come to, in words."""

from __future__ import annotations

from collections.abc import Sequence

from data.model import Check, Message, says

NAMED = 4  # totals that differ, named one by one before the rest is counted


def compared(checks: Sequence[Check]) -> list[Message]:
    """Whether the totals of an export agree with its rows, and where they do not; nothing where it declares none."""
    apart = [check for check in checks if not check.agrees]
    if not apart:
        return [says("All its totals are what its rows add up to: {n}.", n=len(checks))] if checks else []
    more = [says("{n} other totals differ.", n=len(apart) - NAMED)] if len(apart) > NAMED + 1 else []
    return [*map(_told, apart[: NAMED if more else NAMED + 1]), *more]


def _told(check: Check) -> Message:
    lacking = says("{what}: the file declares {declared}; its rows come to {read}, so {apart} stand in no row.")
    above = says("{what}: the file declares {declared}; its rows come to {read}, which is {apart} more.")
    told = {"declared": check.declared, "read": check.read, "apart": abs(check.declared - check.read)}
    values = {name: _short(number) for name, number in told.items()}
    return Message((lacking if check.declared > check.read else above).text, {"what": check.what, **values})


def _short(number: float) -> float:
    """A number with two decimals at most, none where it is whole."""
    return int(number) if number == int(number) else round(number, 2)
