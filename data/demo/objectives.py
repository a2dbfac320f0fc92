"""What the invented house aims at: some of it within reach, some not, and a target that was raised on the way."""

from __future__ import annotations

from datetime import date, timedelta

from data.model import Window
from data.objectives import Aim, Objective, Period

BROUGHT = "Inès Caradec"
TOLD = "Malo Trévidic"


def objectives(today: date) -> list[tuple[Objective, date]]:
    """What is aimed at in the story told on `today`, each with the first day of its running period."""
    last = today - timedelta(days=today.isoweekday())  # the Sunday on which the story ends
    month = last.replace(day=1)
    quarter = date(last.year, 3 * ((last.month - 1) // 3) + 1, 1)
    monday = last - timedelta(days=last.weekday())
    half_year, year = month - timedelta(days=180), last - timedelta(days=364)
    festival = Window(last - timedelta(days=41), last - timedelta(days=21))  # of weeks 5 to 3, counted from the end
    return [
        (Objective(Aim("sessions"), year.replace(day=1), 15000, owner=BROUGHT), month),
        (Objective(Aim("sessions"), half_year.replace(day=1), 17000, owner=BROUGHT), month),
        (Objective(Aim("sessions"), month, 18500, owner=BROUGHT), month),
        (
            Objective(
                Aim("key_events", (), Period.QUARTER), quarter.replace(year=quarter.year - 1), 1700, owner=BROUGHT
            ),
            quarter,
        ),
        (Objective(Aim("posts_published", (), Period.WEEK), monday - timedelta(days=182), 12, 18, TOLD), monday),
        (Objective(Aim("engagement_rate"), half_year.replace(day=1), 0.085, owner=TOLD), month),
        (Objective(Aim("unfollows", ("x",)), half_year.replace(day=1), None, 30, TOLD), month),
        (Objective(Aim("sessions", (), Period.DATES, festival), festival.first, 17000, owner=BROUGHT), festival.first),
    ]
