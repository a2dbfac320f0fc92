from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import ABSENT, locale

EN, FR = locale("en"), locale("fr")


@pytest.mark.parametrize(
    ("x", "digits", "english", "french"),
    [
        (0, None, "0", "0"),
        (1234567, None, "1,234,567", "1\u202f234\u202f567"),
        (-1234.5, None, "−1,234.5", "−1\u202f234,5"),
        (2.0, None, "2", "2"),
        (2, 1, "2.0", "2,0"),
        (2.345, 1, "2.3", "2,3"),
        (0.125, 2, "0.13", "0,13"),  # halves go up, as in a spreadsheet
        (1.005, 2, "1.01", "1,01"),  # as written, not as stored in binary
        (-0.001, None, "0", "0"),  # no minus zero
        (Decimal("12.340000"), None, "12.34", "12,34"),
    ],
)
def test_numbers_are_grouped_and_rounded_as_each_language_does(x, digits, english, french):
    assert (EN.number(x, digits), FR.number(x, digits)) == (english, french)


@pytest.mark.parametrize(
    ("x", "english", "french"),
    [
        (9_999, "9,999", "9\u202f999"),
        (12_345, "12.3K", "12,3\u00a0k"),
        (-12_345, "−12.3K", "−12,3\u00a0k"),
        (123_456, "123K", "123\u00a0k"),
        (999_950, "1M", "1\u00a0M"),  # never "1000K"
        (1_234_567, "1.2M", "1,2\u00a0M"),
    ],
)
def test_compact_numbers_are_full_below_ten_thousand(x, english, french):
    assert (EN.number(x, compact=True), FR.number(x, compact=True)) == (english, french)


def test_percent_has_a_narrow_no_break_space_in_french():
    assert (EN.percent(0.042), FR.percent(0.042)) == ("4.2%", "4,2\u202f%")
    assert (EN.percent(0.5, 0), FR.percent(-0.0731, 2)) == ("50%", "−7,31\u202f%")


def test_a_percentage_is_rounded_as_it_is_written():
    assert EN.percent(0.0485, 1) == "4.9%"  # 0.0485 * 100 is 4.8500000000000005 or 4.85 by luck of binary
    assert EN.percent(1.15, 0) == "115%"


@pytest.mark.parametrize(
    ("ratio", "english", "french"),
    [
        (0.12, "+12%", "+12\u202f%"),
        (-0.034, "−3.4%", "−3,4\u202f%"),
        (0.0996, "+10%", "+10\u202f%"),
        (0.0994, "+9.9%", "+9,9\u202f%"),
        (0, "0%", "0\u202f%"),
        (0.0004, "0%", "0\u202f%"),
        (-0.0004, "0%", "0\u202f%"),
        (12.5, "+1,250%", "+1\u202f250\u202f%"),
    ],
)
def test_a_change_is_signed_with_a_real_minus(ratio, english, french):
    assert (EN.change(ratio), FR.change(ratio)) == (english, french)


@pytest.mark.parametrize(
    ("diff", "english", "french"),
    [
        (0.012, "+1.2\u00a0pts", "+1,2\u00a0pt"),
        (-0.02, "−2.0\u00a0pts", "−2,0\u00a0pts"),
        (0, "0.0\u00a0pts", "0,0\u00a0pt"),
        (0.01999, "+2.0\u00a0pts", "+2,0\u00a0pts"),
    ],
)
def test_points_take_the_plural_of_each_language(diff, english, french):
    assert (EN.points(diff), FR.points(diff)) == (english, french)


def test_signed_says_plus_minus_or_nothing():
    assert [EN.signed(x) for x in (1234, -3, 0)] == ["+1,234", "−3", "0"]
    assert [FR.signed(x, 1) for x in (0.25, -0.04)] == ["+0,3", "0,0"]


@pytest.mark.parametrize(
    ("x", "english", "french"),
    [
        (0, "0 s", "0 s"),
        (4.5, "4.5 s", "4,5 s"),
        (32.4, "32 s", "32 s"),
        (59.6, "1 min 00 s", "1 min 00 s"),
        (92, "1 min 32 s", "1 min 32 s"),
        (3599.7, "1 h 00 min", "1 h 00 min"),
        (7500, "2 h 05 min", "2 h 05 min"),
        (4_500_000, "1,250 h", "1\u202f250 h"),
        (-92, "−1 min 32 s", "−1 min 32 s"),
    ],
)
def test_durations_are_in_their_two_largest_units(x, english, french):
    assert (EN.seconds(x), FR.seconds(x)) == (english.replace(" ", "\u00a0"), french.replace(" ", "\u00a0"))


def test_money_stands_in_its_currency():
    assert (EN.money(1234.5, "EUR"), FR.money(1234.5, "EUR")) == ("€1,234.50", "1\u202f234,50\u00a0€")
    assert (EN.money(-2, "USD"), FR.money(Decimal("-2.005"), "EUR")) == ("−US$2.00", "−2,01\u00a0€")
    assert EN.money(1234.5, "JPY") == "JP¥1,235"
    assert EN.money(1234.5, None) == "1,234.50"


@pytest.mark.parametrize(
    ("unit", "x", "shown"),
    [
        ("count", 1234, "1\u202f234"),
        ("percent", 0.042, "4,2\u202f%"),
        ("seconds", 92, "1\u00a0min\u00a032\u00a0s"),
        ("ratio", 1.5, "1,5"),
        ("money", 3, "3,00"),
        ("position", 4.26, "4,3"),
    ],
)
def test_a_value_is_written_in_its_unit(unit, x, shown):
    assert FR.value(x, unit) == shown


def test_a_value_may_be_compact_and_have_a_currency():
    assert EN.value(12_345, "count", compact=True) == "12.3K"
    assert EN.value(12, "money", currency="EUR") == "€12.00"


def test_an_unknown_unit_is_a_bug():
    with pytest.raises(ValueError, match="furlongs"):
        EN.value(1, "furlongs")


@pytest.mark.parametrize("absent", [None, float("nan"), Decimal("nan")])
@pytest.mark.parametrize("language", [EN, FR])
def test_absent_is_a_dash_and_never_zero(language, absent):
    units = ["count", "percent", "seconds", "ratio", "money", "position"]
    written = [language.value(absent, unit) for unit in units]
    written += [language.signed(absent), language.change(absent), language.points(absent)]
    assert set(written) == {ABSENT} == {"—"}


@given(st.integers(-(2**63), 2**63 - 1) | st.floats(-1e12, 1e12))
def test_a_number_written_in_french_reads_back_as_the_number_in_english(x):
    french = FR.number(x, 2).replace("\u202f", "").replace(",", ".")
    assert french == EN.number(x, 2).replace(",", "")
    assert abs(Decimal(french.replace("−", "-")) - Decimal(str(x))) <= Decimal("0.005")
