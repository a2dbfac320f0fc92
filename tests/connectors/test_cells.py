"""What cells say: numbers in every writing, shares, durations, ids, pages, days; and what they do not say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.cells import DECIMAL, ID, PAGE, PERCENT, SECONDS, TEXT, WHOLE, Kind, Unreadable, missing, normalise
from connectors.dates import DATE, DMY, MDY, NAMED, YMD_STYLE, read_date, styles_that_read

KINDS = (DECIMAL, ID, PAGE, PERCENT, SECONDS, TEXT, WHOLE)
THIN, NO_BREAK = "\u202f", "\u00a0"


def refused(kind: Kind, cell: Any, comma: bool = False) -> str:
    with pytest.raises(Unreadable) as error:
        kind.parse(cell, comma)
    return str(error.value)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", 0), ("007", 7), (" 42 ", 42), ("825.0", 825), ("-3", -3), ("\u22123", -3), ("+5", 5),
        (".5", 0.5), ("1,234", 1234), ("12,345,678", 12345678), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("1,5", 1.5), ("1 234,5", 1234.5), (f"1{THIN}234", 1234), (f"1{NO_BREAK}234{NO_BREAK}567", 1234567),
        ("1'234", 1234), ("1\u2019234.5", 1234.5), ("1.2K", 1200), ("1,2 M", 1_200_000), ("3k", 3000),
        ("0.07k", 70), ("2e3", 2000), ("1E-2", 0.01), (7, 7), (2.5, 2.5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_and_networks_write_it(cell: Any, number: float) -> None:
    assert DECIMAL.parse(cell, False) == number


def test_a_comma_alone_is_a_decimal_mark_in_a_file_of_a_european_spreadsheet() -> None:
    assert DECIMAL.parse("1,234", True) == 1.234
    assert DECIMAL.parse("1.234,5", True) == 1234.5


@pytest.mark.parametrize("cell", ["< 1", "> 90", "<1%", "< 1 %"])
def test_a_bound_states_no_number(cell: str) -> None:
    assert PERCENT.parse(cell, False) is None


@pytest.mark.parametrize(
    "cell",
    ["abc", "3.апр", "12-Jan", "1.2.3", "1,2,3", "--1", "1e", "12 apples", "%", "$5", "9" * 19, "9" * 5000,
     "1e999", "1e18", 1e300, float("nan"), True, date(2025, 1, 2), datetime(2025, 1, 2), time(1, 2),
     timedelta(hours=3)],
)  # fmt: skip
def test_what_is_no_number_is_said_to_be_none(cell: Any) -> None:
    assert refused(DECIMAL, cell) == "a number"


def test_a_whole_number_is_not_rounded() -> None:
    assert WHOLE.parse("825.0", False) == 825
    assert type(WHOLE.parse(12.0, False)) is int
    assert WHOLE.parse("1.000", False) == 1 and WHOLE.parse("1.000", True) == 1000
    assert WHOLE.parse("12.345.678", True) == 12_345_678
    assert WHOLE.parse("< 10", False) is None
    assert refused(WHOLE, "2.5") == "a whole number"
    assert refused(WHOLE, 2.5) == "a whole number"


@pytest.mark.parametrize(
    ("cell", "share"),
    [("3.1%", 0.031), ("3,1 %", 0.031), ("1,234%", 0.01234), (f"2{NO_BREAK}%", 0.02), ("1,234.5%", 12.345),
     ("1.234,5 %", 12.345), ("0%", 0), ("0.0016", 0.0016), (0.25, 0.25)],
)  # fmt: skip
def test_a_percentage_is_read_as_a_fraction(cell: Any, share: float) -> None:
    assert PERCENT.parse(cell, False) == pytest.approx(share)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("0:04:34", 274), ("4:34", 274), ("30:00:00", 108000), ("12.5", 12.5), (90, 90),
     (time(0, 4, 34), 274), (timedelta(hours=30), 108000)],
)  # fmt: skip
def test_a_duration_is_read_in_seconds(cell: Any, seconds: float) -> None:
    assert SECONDS.parse(cell, False) == seconds


def test_an_id_is_kept_to_the_last_digit() -> None:
    assert ID.parse("1874078422043127856", False) == "1874078422043127856"
    assert ID.parse(123456789012.0, False) == "123456789012"
    assert ID.parse("'-4xAbC", False) == "-4xAbC"
    assert ID.parse(" -5ieRHw-6wI", False) == "-5ieRHw-6wI"


@pytest.mark.parametrize("cell", ["6.49E+17", "1,61121e15", 1.874078422043128e18])
def test_an_id_that_a_spreadsheet_rounded_is_refused(cell: Any) -> None:
    assert "a spreadsheet has rounded it" in refused(ID, cell)


@pytest.mark.parametrize("cell", ["#NAME?", "#REF!"])
def test_an_id_that_a_spreadsheet_replaced_is_refused(cell: str) -> None:
    assert "a spreadsheet has replaced it" in refused(ID, cell)


@pytest.mark.parametrize(
    ("cell", "page"),
    [
        ("/blog/", "/blog/"),
        (
            "/shop?email=a%40b.fr&utm_source=x&utm_campaign=mai&fbclid=IwAR",
            "/shop?utm_source=x&utm_campaign=mai",
        ),
        ("https://a.example/p?gclid=1&amp;utm_medium=cpc", "https://a.example/p?utm_medium=cpc"),
        ("https://a.example/p?cid=cross \nclimate#tires", "https://a.example/p#tires"),
        ("/p?", "/p"),
        ("(not set)", "(not set)"),
    ],
)
def test_a_page_keeps_nothing_of_its_query_but_the_campaign(cell: str, page: str) -> None:
    assert PAGE.parse(cell, False) == page


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "--", " --", "—", "–", "N/A", "NAN", "undefined", "null"])
def test_what_states_nothing_is_missing(cell: Any) -> None:
    assert missing(cell)


@pytest.mark.parametrize("cell", ["0", 0, 0.0, False, "no", "< 1%"])
def test_zero_is_not_missing(cell: Any) -> None:
    assert not missing(cell)


def test_in_a_column_of_text_null_and_nan_are_words() -> None:
    assert not missing("nan", text=True)
    assert not missing("null", text=True)
    assert missing("--", text=True)
    assert missing(" ", text=True)


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("Ge\u00adsamt", "gesamt"), ("Date\u00a0de  début ", "date de debut"), ("\ufeffDate", "date"),
        ("J\u2019aime", "j'aime"), ("J\x19 aime", "j'aime"), ("NIÈME JOUR", "nieme jour"),
        ("Straße", "strasse"), ("e\u0301te\u0301", "ete"),
    ],
)  # fmt: skip
def test_headers_are_compared_without_what_the_eye_does_not_see(printed: str, compared: str) -> None:
    assert normalise(printed) == compared


@pytest.mark.parametrize(
    ("cell", "style", "moment"),
    [
        ("2025-02-05", YMD_STYLE, datetime(2025, 2, 5)),
        ("20250205", YMD_STYLE, datetime(2025, 2, 5)),
        (20250205.0, YMD_STYLE, datetime(2025, 2, 5)),
        ("2025/11/01 18:01:24", YMD_STYLE, datetime(2025, 11, 1, 18, 1, 24)),
        ("2021-04-30 09:32 +0000", YMD_STYLE, datetime(2021, 4, 30, 9, 32, tzinfo=UTC)),
        ("2024-05-01T10:20:30.123Z", YMD_STYLE, datetime(2024, 5, 1, 10, 20, 30, tzinfo=UTC)),
        ("2024-05-01T10:20:30-05:30", YMD_STYLE,
         datetime(2024, 5, 1, 10, 20, 30, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("02/05/2025", MDY, datetime(2025, 2, 5)),
        ("02/05/2025", DMY, datetime(2025, 5, 2)),
        ("07/17/2017 03:00:13 PM", MDY, datetime(2017, 7, 17, 15, 0, 13)),
        ("12/1/2015 12:05 am", MDY, datetime(2015, 12, 1, 0, 5)),
        ("13.05.2025", DMY, datetime(2025, 5, 13)),
        ("Sep 2, 2019", NAMED, datetime(2019, 9, 2)),
        ("Tue, Feb 18, 2025", NAMED, datetime(2025, 2, 18)),
        ("Mon Feb 17 2025", NAMED, datetime(2025, 2, 17)),
        ("28 sept. 2026", NAMED, datetime(2026, 9, 28)),
        ("1er août 2025", NAMED, datetime(2025, 8, 1)),
        ("3 juin 2025", NAMED, datetime(2025, 6, 3)),
        ("3 juillet 2025", NAMED, datetime(2025, 7, 3)),
        ("3 décembre 2025", NAMED, datetime(2025, 12, 3)),
        ("3 avril 2025", NAMED, datetime(2025, 4, 3)),
        (date(2025, 2, 5), MDY, datetime(2025, 2, 5)),
        (datetime(2025, 2, 5, 7), DMY, datetime(2025, 2, 5, 7)),
    ],
)  # fmt: skip
def test_a_date_is_read_in_its_style(cell: Any, style: str, moment: datetime) -> None:
    assert read_date(cell, style) == moment


@pytest.mark.parametrize(
    ("cell", "style"),
    [("2025-02-30", YMD_STYLE), ("13/01/2025", MDY), ("01/13/2025", DMY), ("Foo 2, 2025", NAMED),
     ("", YMD_STYLE), ("12-Jan", NAMED), ("2025-02-05 25:00", YMD_STYLE),
     ("2025-02-05 10:00 +99:99", YMD_STYLE), ("0001-01-01 00:00 +1400", YMD_STYLE),
     ("9999-12-31", YMD_STYLE), (45000.0, YMD_STYLE)],
)  # fmt: skip
def test_what_is_no_date_is_none(cell: Any, style: str) -> None:
    assert read_date(cell, style) is None


@pytest.mark.parametrize(
    ("cells", "styles"),
    [
        (["2025-01-02", "2025-12-31"], [YMD_STYLE]),
        (["01/02/2025", "13/02/2025"], [DMY]),
        (["01/02/2025", "01/31/2025"], [MDY]),
        (["01/02/2025", "03/04/2025"], [MDY, DMY]),
        (["05/05/2025", "06/06/2025"], [MDY]),
        (["Jan 2, 2025", "02/03/2025", "Jan 4, 2025"], [NAMED]),
        ([], [YMD_STYLE]),
        ([datetime(2025, 1, 2)], [YMD_STYLE]),
    ],
)
def test_a_column_is_read_in_the_style_that_reads_all_of_it(cells: list[Any], styles: list[str]) -> None:
    assert styles_that_read(cells, DATE.styles) == styles


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@given(st.integers(-(10**17), 10**17), st.sampled_from(["", " ", NO_BREAK, THIN, ",", "'"]))
def test_whole_numbers_come_back_from_every_writing(number: int, mark: str) -> None:
    assert WHOLE.parse(grouped(number, mark), False) == number


@given(st.decimals(-(10**9), 10**9, places=2), st.booleans())
def test_decimals_come_back_from_both_marks(number: Any, comma: bool) -> None:
    printed = f"{number:,.2f}"
    if comma:
        printed = printed.translate(str.maketrans(",.", f"{NO_BREAK},"))
    assert DECIMAL.parse(printed, comma) == pytest.approx(float(number))


@given(st.integers(0, 10**6))
def test_durations_come_back(seconds: int) -> None:
    printed = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    assert SECONDS.parse(printed, False) == seconds


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_days_come_back_from_every_style(day: date) -> None:
    moment = datetime(day.year, day.month, day.day)
    printed = {YMD_STYLE: "%Y-%m-%d", MDY: "%m/%d/%Y", DMY: "%d/%m/%Y", NAMED: "%b %d, %Y"}
    assert {read_date(day.strftime(form), style) for style, form in printed.items()} == {moment}


@given(
    st.one_of(
        st.text(),
        st.text("0123456789.,-+ eEkMb%<>'\u00a0:/"),
        st.floats(),
        st.integers(-(2**63), 2**63),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
    st.booleans(),
)
def test_no_cell_breaks_the_reading(cell: Any, comma: bool) -> None:
    normalise(str(cell))
    for kind in KINDS:
        try:
            kind.parse(cell, comma)
        except Unreadable as error:
            assert str(error.expected)
    for style in DATE.styles:
        moment = read_date(cell, style)
        assert moment is None or isinstance(moment, datetime)


def test_a_number_that_a_spreadsheet_has_rounded_is_refused_and_one_that_a_program_prints_is_not() -> None:
    assert "rounded" in refused(WHOLE, "1.23457E+17")
    assert "rounded" in refused(DECIMAL, "1,23E+11", comma=True)
    assert [DECIMAL.parse(cell, False) for cell in ("1.0E7", "1.2E+01", "5e-05")] == [10_000_000, 12, 0.00005]


def test_an_id_of_more_digits_than_a_spreadsheet_keeps_is_refused() -> None:
    assert "rounded" in refused(ID, 5120000000000100.0)
    assert "rounded" in refused(ID, 1772630000000.0), "1.77263E+12, read as a number again"
    assert ID.parse(1772630123456.0, False) == "1772630123456"
