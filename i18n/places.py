"""Countries as readers of one language name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from i18n.figures import CLDR, cldr


@dataclass(frozen=True)
class Places:
    """Names countries in language `code`."""

    code: str

    def country(self, name: str) -> str:
        """A country that a file names in any of our languages, or by its code of two letters; others as they stand."""
        code = _codes().get(name.strip().casefold())
        return cldr(self.code).territories[code] if code else name


@lru_cache
def _codes() -> Mapping[str, str]:
    """The code of each country by its names in our languages, and by itself."""
    found: dict[str, str] = {}
    for language in CLDR:
        countries = {
            code: name for code, name in cldr(language).territories.items() if code.isalpha() and len(code) == 2
        }
        for code, name in countries.items():
            found |= {code.casefold(): code, name.casefold(): code, name.replace("\u2019", "'").casefold(): code}
    return found
