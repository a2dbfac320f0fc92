"""The brand's own words in searches: what its name proposes, and whether a query holds one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ARTICLES = {"a", "an", "the", "l", "la", "le", "les", "un", "une", "des", "du", "de", "d"}
WHOLE = 4  # letters: a shorter word counts only where it stands alone


def proposed(name: str) -> tuple[str, ...]:
    """The words by which a brand of this name is looked for: the name without its article and what stands in brackets
    behind it, and that in one word."""
    words = re.findall(r"\w+", plain(re.sub(r"\s\(.*\)$", "", name)))
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return tuple(dict.fromkeys([" ".join(words), "".join(words)])) if words else ()


def plain(text: str) -> str:
    """A text in small letters without accents, as queries are compared."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in parts if not unicodedata.combining(char)).strip()


def names_brand(words: Iterable[str], column: str = "query") -> str:
    """SQL that says of a query whether it holds one of the words; NULL where no word is known."""
    patterns = [_pattern(word) for word in map(plain, words) if word]
    if not patterns:
        return "null::boolean"
    pattern = "|".join(patterns).replace("'", "''")
    return f"regexp_matches(strip_accents(lower({column})), '{pattern}')"


def _pattern(word: str) -> str:
    text = r"\s+".join(_literal(part) for part in word.split())
    return rf"(^|[^\pL\pN]){text}($|[^\pL\pN])" if len(word) < WHOLE else text


def _literal(text: str) -> str:
    """A text that a regular expression takes as it is; DuckDB's knows fewer escapes than Python's."""
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", text)
