"""Of which days an export lists every post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from made_up import Post, x_posts

from connectors.reading import examine
from data.model import Answers, Statement, Window

EXPORTS = Path(__file__).parents[1] / "exports"
FACEBOOK = (EXPORTS / "meta_facebook_posts" / "Jan-05-2026_Feb-05-2026_1002003004.csv").read_bytes()
OLD_X = (EXPORTS / "x_posts" / "tweet_activity_metrics_Maison_Lumen_20220201_20220301_en.csv").read_bytes()
LINKEDIN = (EXPORTS / "linkedin_content" / "maison-lumen_content_1769500000000.xlsx").read_bytes()
X = x_posts([Post("a")])


@pytest.mark.parametrize(
    ("name", "content", "asked"),
    [
        ("Jan-05-2026_Feb-05-2026_1002003004.csv", FACEBOOK, Window(date(2026, 1, 5), date(2026, 2, 5))),
        ("Jan-05-2026_Feb-05-2026_1002003004 (1).csv", FACEBOOK, Window(date(2026, 1, 5), date(2026, 2, 5))),
        ("posts of January.csv", FACEBOOK, None),
        ("Feb-05-2026.csv", FACEBOOK, None),
        ("account_analytics_content_2026-08-01_2026-08-31.csv", X, Window(date(2026, 8, 1), date(2026, 8, 31))),
        # The last day in the name of the old file is the day after.
        ("tweet_activity_metrics_Maison_Lumen_20220201_20220301_en.csv", OLD_X,
         Window(date(2022, 2, 1), date(2022, 2, 28))),
    ],
)  # fmt: skip
def test_a_name_tells_the_days_an_export_was_asked_for(name: str, content: bytes, asked: Window | None) -> None:
    assert examine(name, content).export.asked == asked


def test_a_workbook_of_linkedin_was_asked_for_the_days_of_its_other_sheet() -> None:
    examined = examine("renamed.xlsx", LINKEDIN, Answers(account="linkedin:maison-lumen"))
    told = [one for one in examined.statements("Europe/Paris") if isinstance(one, Statement)]
    days = [one.values["day"] for one in told if one.table == "account_days"]
    assert examined.export.asked == Window(min(days), max(days))
