"""What the community manager of the invented house has noted: some of what happened, and not all of it.

The article of the last week is left to be found by whoever looks at its peak.
"""

from __future__ import annotations

from datetime import date

from data.demo.story import booking_opens, tell
from data.model import Noted


def noted(today: date) -> list[Noted]:
    """What is noted in the story told on `today`, the oldest day first."""
    story = tell(today, 0)
    openings = [opening for year in (story.last.year, story.last.year - 1) for opening in booking_opens(year)[:1]]
    closings = [date(year, 8, 1) for year in (story.last.year, story.last.year - 1)]
    opened = next(day for day in openings if day <= story.last)
    shut = next(day for day in closings if day <= story.last)
    return sorted([
        Noted(story.outage[0], story.outage[-1], "technical", "Mesure du site en panne"),
        Noted(shut, shut, "other", "Fermée jusqu’au 24 août"),
        Noted(story.buzz, story.buzz, "crisis", "L’entrée passe à 9 €"),
        Noted(opened, opened, "event", "Réservations ouvertes"),
    ])  # fmt: skip
