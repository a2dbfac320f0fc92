"""One fetching at a time for each brand: what was stopped ends before its figures are counted, or asked for again.

A click ends the run of the page, which goes on until it next says how far it is, while the page is drawn anew.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.model import UserError, says

PATIENCE = 60.0  # seconds; the days that are being asked when a run is stopped are kept first
_LOCKS: dict[Path, threading.Lock] = {}


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """For as long as the block runs nothing else is fetched for a brand. Raises UserError where something is."""
    lock = _lock(folder)
    if not lock.acquire(timeout=patience):
        raise UserError(
            says(
                "Figures of this brand are being fetched already, perhaps in another window. Wait until that is done, "
                "or stop it there."
            )
        )
    try:
        yield
    finally:
        lock.release()


def ended(folder: Path, patience: float = PATIENCE) -> bool:
    """Whether nothing is fetched for a brand any more, once what was stopped has had the time to end."""
    lock = _lock(folder)
    if lock.acquire(timeout=patience):
        lock.release()
        return True
    return False


def _lock(folder: Path) -> threading.Lock:
    return _LOCKS.setdefault(folder, threading.Lock())
