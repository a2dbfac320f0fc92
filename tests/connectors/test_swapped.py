"""Days whose day and month a spreadsheet has swapped, without a day beyond the twelfth to betray it."""

from __future__ import annotations

from datetime import datetime

import pytest
from reading_help import read_file, workbook

from data.model import Answers, UserError

HEADER = [
    "Date",
    "Impressions",
    "Likes",
    "Engagements",
    "New follows",
    "Unfollows",
    "Replies",
    "Reposts",
    "Create Post",
]
ME = Answers("x:maison_lumen", datetime(2026, 9, 1))


def _days(*days: datetime) -> bytes:
    return workbook(("Sheet1", [HEADER, *([day.isoformat()[:10], 100, 5, 9, 2, 1, 0, 3, 1] for day in days)]))


def test_days_that_follow_each_other_only_when_swapped_back_are_refused() -> None:
    swapped = [datetime(2026, month, 3) for month in range(1, 6)]
    with pytest.raises(UserError) as error:
        read_file("a.xlsx", _days(*swapped), ME)
    assert "Date" in str(error.value) and "2026-01-03" in str(error.value)


@pytest.mark.parametrize(
    "days",
    [
        [datetime(2026, 3, day) for day in range(1, 6)],
        [datetime(2026, 1, 3), datetime(2026, 2, 3), datetime(2026, 3, 3)],  # too few to tell
        [datetime(2026, 1, 3), datetime(2026, 2, 3), datetime(2026, 5, 3), datetime(2026, 6, 3)],
    ],
)
def test_other_days_are_read(days: list[datetime]) -> None:
    assert len(read_file("a.xlsx", _days(*days), ME).statements) == len(days)
