"""What readers see, in their language: sentences, figures, dates and weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from numbers import Number
from typing import Any

from babel.lists import format_list

from data.model import Amount, Message, Window
from i18n.catalog import SOURCE, translations
from i18n.dates import Dates
from i18n.figures import ABSENT, Figures, cldr
from i18n.places import Places

__all__ = ["ABSENT", "LANGUAGES", "Locale", "locale", "negotiate"]

LANGUAGES = {"en": "English", "fr": "Français"}


@dataclass(frozen=True)
class Locale(Figures, Dates, Places):
    """One language: says texts and messages in it, writes figures and dates, and names countries."""

    code: str

    def t(self, text: str | Message, /, **values: Any) -> str:
        """`text` in this language, or in English where it has no translation, its `{names}` filled."""
        if isinstance(text, Message):
            text, values = text.text, {**text.values, **values}
        said = translations(self.code).get(text, text)
        return said.format_map({name: self._shown(value) for name, value in values.items()})

    def week(self, d: date) -> str:
        """The ISO week of a day: "Week 46, 2026"."""
        year, number, _ = d.isocalendar()
        return self.t("Week {number}, {year}", number=str(number), year=str(year))

    def short_week(self, window: Window) -> str:
        """The ISO week of a week's middle day, for an axis: "W46"."""
        middle = window.first + (window.last - window.first) / 2
        return self.t("W{number}", number=str(middle.isocalendar()[1]))

    def listing(self, items: Iterable[str]) -> str:
        """Names in a row: "a, b and c"."""
        return format_list(list(items), locale=cldr(self.code))

    def _shown(self, value: Any) -> str:
        match value:
            case None:
                return ABSENT
            case Message():
                return self.t(value)
            case Amount():
                return self.change(value.value) if value.unit == "change" else self.value(value.value, value.unit)
            case Window():
                return self.span(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case list() | tuple():
                return self.listing(self._shown(item) for item in value)
            case Number() if not isinstance(value, bool):
                return self.number(value)  # pyright: ignore[reportArgumentType]
        return str(value)


@lru_cache
def locale(code: str) -> Locale:
    """The locale of language `code`, one of LANGUAGES."""
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code!r}; there are {', '.join(LANGUAGES)}")
    return Locale(code)


def negotiate(accept_language: str | None) -> str:
    """The language to speak to a browser that sends this Accept-Language header; English if in doubt."""
    wishes = []
    for position, wish in enumerate((accept_language or "").split(",")):
        tag, _, parameter = wish.partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(parameter)
        if weight > 0 and (language in LANGUAGES or language == "*"):
            wishes.append((-weight, position, SOURCE if language == "*" else language))
    return min(wishes)[2] if wishes else SOURCE


def _weight(parameter: str) -> float:
    name, _, number = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0
