"""What people have said of peaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from data.model import PeakCause, Stated
from metrics.watched import Peak

Said = Mapping[tuple[str, date], PeakCause]  # by series and day


def cause_of(peak: Peak, said: Said) -> PeakCause | None:
    """What people have said of a peak: of any of its days."""
    days = (peak.window.first + timedelta(n) for n in range(peak.window.days))
    return next((one for day in days if (one := said.get((peak.watched.key, day)))), None)


def explained(peak: Peak, said: Said) -> bool:
    """Whether people have said what a peak was."""
    cause = cause_of(peak, said)
    return cause is not None and cause.status is not Stated.UNEXPLAINED
