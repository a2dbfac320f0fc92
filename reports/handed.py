"""What is kept of a report once it is handed over, so that the next one can say what has changed since."""

from __future__ import annotations

from data.model import Publication
from reports.given import Asked
from reports.model import Report


def publication(made: Report, asked: Asked, way: str) -> Publication:
    """What is kept of a report. `way`: file, mail, slack or teams."""
    return Publication(
        asked.week, asked.edition.value, asked.language, way, made.headline, asked.comment, asked.decision,
        figures=made.printed,
    )  # fmt: skip
