"""Countries by language."""

from __future__ import annotations

import pytest

from i18n import locale


@pytest.mark.parametrize(
    ("stated", "english", "french"),
    [
        ("Germany", "Germany", "Allemagne"),
        ("Allemagne", "Germany", "Allemagne"),
        ("DE", "Germany", "Allemagne"),
        ("états-unis", "United States", "États-Unis"),
        ("Côte d'Ivoire", "Côte d’Ivoire", "Côte d’Ivoire"),
        ("(not set)", "(not set)", "(not set)"),
        ("Atlantis", "Atlantis", "Atlantis"),
        ("001", "001", "001"),
    ],
)
def test_a_country_is_named_in_the_language_of_the_reader(stated: str, english: str, french: str) -> None:
    assert (locale("en").country(stated), locale("fr").country(stated)) == (english, french)
