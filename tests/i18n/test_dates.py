from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from data.model import Window
from i18n import locale

EN, FR = locale("en"), locale("fr")
MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 15)


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        (MONDAY, SUNDAY, "9–15 Nov 2026", "9–15 nov. 2026"),
        (MONDAY, MONDAY, "9 Nov 2026", "9 nov. 2026"),
        (date(2026, 10, 29), SUNDAY, "29 Oct – 15 Nov 2026", "29 oct. – 15 nov. 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 – 4 Jan 2026", "29 déc. 2025 – 4 janv. 2026"),
        (date(2026, 8, 1), date(2026, 8, 31), "1–31 Aug 2026", "1er–31 août 2026"),
        (date(2026, 8, 31), date(2026, 9, 1), "31 Aug – 1 Sept 2026", "31 août – 1er sept. 2026"),
    ],
)
def test_a_span_says_month_and_year_once(first, last, english, french):
    window = Window(first, last)
    assert (EN.span(window), FR.span(window)) == (english, french)


def test_days_months_and_weekdays_are_named():
    assert (EN.day(MONDAY), FR.day(MONDAY)) == ("9 Nov 2026", "9 nov. 2026")
    assert (EN.month(MONDAY), FR.month(MONDAY)) == ("November 2026", "novembre 2026")
    assert (EN.weekday(MONDAY), FR.weekday(MONDAY)) == ("Monday", "lundi")


def test_the_first_of_a_month_is_an_ordinal_in_french_and_the_eleventh_is_not():
    assert FR.day(date(2026, 1, 1)) == "1er janv. 2026"
    assert FR.day(date(2026, 1, 11)) == "11 janv. 2026"


def test_weeks_are_iso_weeks_with_their_own_year():
    assert (EN.week(MONDAY), FR.week(MONDAY)) == ("Week 46, 2026", "Semaine 46, 2026")
    assert EN.week(date(2027, 1, 1)) == "Week 53, 2026"


def test_a_moment_is_brought_to_its_zone_from_utc():
    assert EN.moment(datetime(2026, 7, 9, 22, 30), "Europe/Paris") == "10 Jul 2026, 00:30"
    assert FR.moment(datetime(2026, 7, 9, 22, 30, tzinfo=UTC), "Europe/Paris") == "10 juil. 2026, 00:30"
    assert EN.moment(datetime(2026, 7, 9, 22, 30), timezone(timedelta(hours=-5))) == "9 Jul 2026, 17:30"


def test_a_moment_without_a_zone_stands_as_it_is():
    assert EN.moment(datetime(2026, 7, 9, 22, 30)) == "9 Jul 2026, 22:30"


def test_an_absent_date_is_a_dash():
    assert {EN.day(None), FR.month(None), EN.weekday(None), EN.span(None), FR.moment(None)} == {"—"}
