"""What the address of a LinkedIn post holds: its id, and in the id the moment it was published."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

POST_ID = re.compile(r"(?:activity|share|ugcPost)[:-](\d{10,20})(?!\d)", re.IGNORECASE)


def post_id_in(link: str) -> str | None:
    """The id of the post that a link leads to."""
    match = POST_ID.search(link)
    return match[1] if match else None


def published_at(post_id: str, created: date | None) -> datetime | None:
    """When a post was published, in UTC, as its id says; None where the file prints another day.

    Some ids are days away from their post: the printed day is right then, and the time is not known.
    """
    moment = datetime.fromtimestamp((int(post_id) >> 22) / 1000, tz=UTC).replace(tzinfo=None, microsecond=0)
    return moment if created in (None, moment.date()) else None
