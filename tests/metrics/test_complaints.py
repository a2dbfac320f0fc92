"""Reviews of a week: how many, how good, how many answered; and what is not known of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from metrics.reading import Scope
from metrics.reviews import Reviews, reviews
from metrics.windows import week

WEEK = week(date(2026, 11, 9))
PLAY, PILOT = "google_play:lumen", "trustpilot:lumen"


def review(account: str, n: int, rating: float | None, day: int = 0, answered: bool = False) -> dict[str, object]:
    when = WEEK.first + timedelta(day)
    at = datetime(when.year, when.month, when.day, 12) if answered else None
    return {"account": account, "review_id": str(n), "day": when, "rating": rating, "answered_at": at}


def test_reviews_are_counted_account_by_account(cursor, know) -> None:
    know("reviews", *(review(PLAY, 1, 5, answered=True), review(PLAY, 2, 2, 6), review(PLAY, 3, None, 3),
                      review(PLAY, 4, 1, 7), review(PLAY, 5, 1, -1), review(PLAY, 6, 1, 2, True)))  # fmt: skip
    know("reviews", review(PILOT, 1, 3))
    assert reviews(cursor, WEEK) == [
        Reviews(PLAY, 4, (5 + 2 + 1) / 3, 2, 2, 1),
        Reviews(PILOT, 1, 3.0, 0, None, None),
    ]
    assert [one.account for one in reviews(cursor, WEEK, Scope((PILOT,)))] == [PILOT]


def test_a_week_without_a_review_has_none_and_a_week_that_is_not_exported_is_not_known(cursor, know) -> None:
    know("reviews", review(PLAY, 1, 5, -30), until=WEEK.last)
    know("reviews", review(PILOT, 1, 5, -30), until=WEEK.last - timedelta(1))
    assert reviews(cursor, WEEK) == [Reviews(PLAY, 0, None, 0, None, None), Reviews(PILOT, None)]
