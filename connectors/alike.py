"""Rows of a slice of the web that nothing tells apart: numbered, or one would take the place of another.

The query of an address is cut, which makes one page of two; and some tools print the same thing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable


class Alike:
    """What the rows of one table were told by so far."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[Hashable, str | None]] = Counter()

    def member(self, told: Hashable, member: str | None = None) -> str | None:
        """The member of a row, with its number where an earlier row was `told` by the same words."""
        self._seen[told, member] += 1
        number = self._seen[told, member]
        return member if number == 1 else f"{member or ''} ({number})".strip()
