"""Every page, in every language, whatever Vigie knows: it stands, and speaks the reader's language only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import available_timezones

import pytest
import streamlit as st
from reader import ABOUT_A_PERIOD, STATES, TITLES, WITH_FIGURES, cards, lead, look_behind, open_page, visible

import i18n
from data.store import brands, open_brand
from i18n import LANGUAGES, locale
from i18n.extract import marked_texts
from i18n.figures import cldr
from metrics.registry import metrics
from wording.names import NETWORK_NAMES

SPANS = (
    "2025-W03", "2025-03", "2026-11-15..2026-11-15", "2021-12-01..2022-09-30", "2019-06-01..2019-06-29",
    "2016-11-20..2026-11-15",
)  # fmt: skip
ACCIDENTS = re.compile(r"\b(None|nan|NaN|NaT|null|undefined|inf|Infinity)\b")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
CALENDAR = re.compile(
    r"\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
    r"|janvier|février|avril|juillet|septembre|octobre|novembre|décembre|\d+er|DD/MM/YYYY|h|min|s|pts?)\b"
)
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = sorted(NETWORK_NAMES.values(), key=len, reverse=True)
OURS = {"Langue · Language", *LANGUAGES.values()}  # said in every language
CUT = 100  # longer texts are compared by their beginning: lists cut them

every_page = pytest.mark.parametrize("page", TITLES)
in_every_state = pytest.mark.parametrize("state", STATES, indirect=True)


@every_page
@pytest.mark.parametrize("lang", LANGUAGES)
@in_every_state
def test_a_page_stands_in_every_state(page: str, lang: str, state: str) -> None:
    at = open_page(page, lang)
    assert not at.exception and not at.error
    assert [title.value for title in at.title] == [locale(lang).t(TITLES[page])]
    assert not [text for text in visible(at) if ACCIDENTS.search(text)]
    if page in ABOUT_A_PERIOD:
        assert bool(cards(at)) is (state in WITH_FIGURES)


@pytest.mark.parametrize("page", ABOUT_A_PERIOD)
@pytest.mark.parametrize("period", SPANS)
@pytest.mark.parametrize("state", WITH_FIGURES, indirect=True)
def test_a_page_stands_for_every_kind_of_period(page: str, period: str, state: str) -> None:
    at = open_page(page, "fr", period=period)
    assert not at.exception
    assert len(cards(at)) >= 4 and lead(at)
    assert not [text for text in visible(at) if ACCIDENTS.search(text)]


def texts_of_the_data() -> set[str]:
    """Every text that is not the program's own: of exports, of worked examples, names of brands and of time zones."""
    found = {*available_timezones(), *OURS, *cldr("fr").territories.values()}
    for metric in metrics().values():
        found |= {value for row in metric.example.rows for value in row.values() if isinstance(value, str)}
    for brand in brands():
        store = open_brand(brand.slug)
        found |= {brand.name, *(account.handle for account in store.accounts())}
        with store.read() as cursor:
            columns = cursor.execute(
                "select table_schema, table_name, column_name from information_schema.columns "
                "where data_type = 'VARCHAR'"
            ).fetchall()
            for schema, table, column in columns:
                rows = cursor.execute(f'select distinct "{column}" from {schema}."{table}"').fetchall()
                found |= {line for (text,) in rows if text for line in (text, *text.splitlines())}
    found |= {re.sub(r"^https?://[^/]+", "", text) for text in found}  # pages of one site are listed without it
    return {bare(text) for text in found} | {bare(text)[:CUT].strip() for text in found}


def bare(text: str) -> str:
    return " ".join(text.split()).strip(" ·*,.:;()…")  # lists show a text in one line


def left_over(texts: Iterable[str], data: set[str]) -> list[str]:
    """What is neither marked as translated, nor said by an export, nor a name, a number or a date."""
    found = []
    for text in texts:
        rest = text
        while rest != (rest := MARKED.sub("", rest)):
            pass
        if {bare(rest), bare(rest)[:CUT].strip()} & data:
            continue
        for name in NAMES:
            rest = rest.replace(name, "")
        parts = {bare(part) for part in re.split(r" · | et ", rest)} - data
        if any(LETTERS.search(CALENDAR.sub("", part)) for part in parts):
            found.append(text)
    return found


@cache
def marks() -> dict[str, str]:
    """Each text of the program, marked."""
    return {text: f"⟦{text}⟧" for text in marked_texts()}


@pytest.fixture
def marking(page: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In French, each text of the program is marked. What is kept in words, a report, is not kept across this."""
    monkeypatch.setattr(i18n, "translations", lambda code: marks() if code == "fr" else {})
    forget = st.cache_resource.clear if page == "report" else lambda: None
    forget()
    yield
    forget()


@every_page
@in_every_state
@pytest.mark.usefixtures("marking")
def test_nothing_that_the_program_says_escapes_translation(page: str, state: str) -> None:
    at = look_behind(open_page(page, "fr"))
    assert not at.exception
    assert any(MARKED.search(text) for text in visible(at))
    assert not left_over(visible(at), texts_of_the_data())
    assert not [text for text in visible(at) if ACCIDENTS.search(text)]


def test_a_text_that_is_not_translated_is_found() -> None:
    said = ["⟦Loaded: ⟦2 files⟧⟧", "YouTube · Maison Lumen", "12 nov. 2026", "Sorted by", "net_follows", "1 min 32 s"]
    assert left_over(said, {"Maison Lumen"}) == ["Sorted by", "net_follows"]
