"""The translations, read from the .po file of a language when the program runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCE = "en"


def catalog_path(code: str) -> Path:
    """Where the translations into language `code` are kept."""
    return Path(__file__).parent / f"{code}.po"


def read_catalog(code: str) -> Catalog:
    """The catalogue of language `code` as it is written."""
    with catalog_path(code).open("rb") as file:
        return read_po(file, locale=code)


@lru_cache
def translations(code: str) -> Mapping[str, str]:
    """The text in language `code` for each English text that has one; none are needed for English."""
    if code == SOURCE:
        return {}
    return {str(entry.id): str(entry.string) for entry in read_catalog(code) if entry.id and entry.string}
