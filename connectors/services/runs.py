"""What a run over a service is given, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from data.model import Message

Keep = Callable[[str, bytes], None]  # keeps an answer under a name, as one transaction
Tell = Callable[[int, int, Message], None]  # how many spans are done, of how many, and what is being asked


@dataclass
class Came:
    """What came of a run: how many answers were kept, what could not be answered and why, why it stopped before the
    end."""

    kept: int = 0
    off: dict[str, str] = field(default_factory=dict)  # reports that this property cannot answer
    failed: dict[str, str] = field(default_factory=dict)  # reports that were not answered this time
    paused: Message | None = None

    @property
    def has_left(self) -> bool:
        """Whether anything is left that the next run asks for."""
        return bool(self.failed or self.paused)
