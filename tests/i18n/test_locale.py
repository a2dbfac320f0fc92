from datetime import date, datetime

import pytest

from data.model import Window, says
from i18n import LANGUAGES, locale, negotiate

EN, FR = locale("en"), locale("fr")


def test_a_text_is_said_in_its_language_and_its_names_are_filled():
    assert EN.t("Week {number}, {year}", number="46", year="2026") == "Week 46, 2026"
    assert FR.t("Week {number}, {year}", number="46", year="2026") == "Semaine 46, 2026"


def test_a_text_without_a_translation_is_said_in_english():
    assert FR.t("not in the catalogue: {x}", x="y") == "not in the catalogue: y"


def test_a_message_writes_its_values_in_the_language():
    message = says(
        "{count} / {share} / {day} / {at} / {window} / {names} / {inner} / {name} / {none}",
        count=12345,
        share=0.5,
        day=date(2026, 8, 1),
        at=datetime(2026, 8, 1, 9, 5),
        window=Window(date(2026, 8, 1), date(2026, 8, 9)),
        names=["a", "b", "c"],
        inner=says("Week {number}, {year}", number="3", year="2026"),
        name="1234",
        none=None,
    )
    assert EN.t(message) == (
        "12,345 / 0.5 / 1 Aug 2026 / 1 Aug 2026, 09:05 / 1–9 Aug 2026 / a, b and c / Week 3, 2026 / 1234 / —"
    )
    assert FR.t(message) == (
        "12\u202f345 / 0,5 / 1er août 2026 / 1er août 2026, 09:05 / 1er–9 août 2026 / a, b et c"
        " / Semaine 3, 2026 / 1234 / —"
    )


def test_braces_in_a_value_are_left_alone():
    assert FR.t("Found {cell}.", cell="{x}") == "Found {x}."


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a et b"),
        (["a", "b", "c"], "a, b and c", "a, b et c"),
    ],
)
def test_a_listing_ends_with_and(items, english, french):
    assert (EN.listing(items), FR.listing(items)) == (english, french)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de-DE,de;q=0.9,fr;q=0.5,en;q=0.4", "fr"),
        ("en;q=0.4, FR ; q=0.5", "fr"),
        ("fr;q=0,en;q=0.1", "en"),
        ("*,fr;q=0.5", "en"),
        ("de", "en"),
        ("fr;q=much", "en"),
        ("frisian", "en"),
    ],
)
def test_the_language_a_browser_prefers_is_spoken(header, code):
    assert negotiate(header) == code


def test_a_locale_is_made_once_and_only_for_a_known_language():
    assert locale("fr") is FR and set(LANGUAGES) == {"en", "fr"}
    with pytest.raises(ValueError, match="de"):
        locale("de")
