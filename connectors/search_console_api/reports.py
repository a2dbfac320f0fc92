"""What is asked of Search Console: each report with its dimensions, and the slice it is kept under.

Queries and pages are asked a day at a time, as one question returns so many rows and puts those of equal clicks in any
order. Appearances in the results are not asked, as Google tells them for a span of days only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """A question: its dimension beside the day, the kind of results it is about, whether each day is asked alone."""

    name: str
    slice: str
    dimension: str = ""
    type: str = "web"
    daily: bool = False


SITE = Report("site", "site")
QUERY = Report("query", "query", "query", daily=True)
DISCOVER = Report("discover", "discover", type="discover")
REPORTS = (
    SITE,
    Report("country", "country", "country"),
    Report("device", "device", "device"),
    QUERY,
    Report("page", "page", "page", daily=True),
    DISCOVER,
    Report("discover page", "discover page", "page", type="discover"),
)
