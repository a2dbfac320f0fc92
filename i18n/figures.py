"""Figures as readers of one language write them: grouping, decimals, signs and units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from numbers import Integral

import babel
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_precision

ABSENT = "—"
MINUS = "\u2212"
NO_BREAK = "\u00a0"  # no-break space
NARROW = "\u202f"  # narrow no-break space

# British English, for days before months and no comma before "and".
CLDR = {"en": "en_GB", "fr": "fr"}

Figure = int | float | Decimal | None


@lru_cache
def cldr(code: str) -> babel.Locale:
    """What Unicode's locale data says of language `code`."""
    return babel.Locale.parse(CLDR[code])


def exact(x: Figure) -> Decimal | None:
    """`x` as the decimal that a reader sees written; None when it is absent or not a number."""
    if x is None or x != x:
        return None
    if isinstance(x, Decimal):
        return x
    return Decimal(int(x)) if isinstance(x, Integral) else Decimal(repr(float(x)))


def rounded(x: Decimal, digits: int) -> Decimal:
    """`x` with `digits` decimals, halves away from zero as in spreadsheets, and never "minus zero"."""
    return x.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) + 0


@dataclass(frozen=True)
class Figures:
    """Writes figures in language `code`. An absent figure is written "—"."""

    code: str

    def number(self, x: Figure, digits: int | None = None, compact: bool = False) -> str:
        """`x` grouped, with `digits` decimals or at most two; compact is "12.3K", from ten thousand on."""
        value = exact(x)
        if value is None:
            return ABSENT
        if compact and abs(value) >= 10_000:
            short = rounded(value, 2 - value.adjusted())
            return self._typeset(format_compact_decimal(short, locale=cldr(self.code), fraction_digits=1))
        pattern = "#,##0.##" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        value = rounded(value, 2 if digits is None else digits)
        return self._typeset(format_decimal(value, format=pattern, locale=cldr(self.code)))

    def percent(self, ratio: Figure, digits: int = 1) -> str:
        """A ratio as a percentage: 0.042 is "4.2%"."""
        value = exact(ratio)
        if value is None:
            return ABSENT
        return self.number(value * 100, digits) + (f"{NARROW}%" if self.code == "fr" else "%")

    def signed(self, x: Figure, digits: int | None = None) -> str:
        """`x` with its sign, plus included; zero has none."""
        value = exact(x)
        if value is None:
            return ABSENT
        plus = "+" if rounded(value, 2 if digits is None else digits) > 0 else ""
        return plus + self.number(value, digits)

    def change(self, ratio: Figure) -> str:
        """A relative change: "+12%"; one decimal below ten per cent, "−3.4%"."""
        value = exact(ratio)
        if value is None:
            return ABSENT
        digits = 1 if 0 < abs(rounded(value, 3)) < Decimal("0.1") else 0
        return ("+" if rounded(value, digits + 2) > 0 else "") + self.percent(value, digits)

    def points(self, diff: Figure) -> str:
        """The difference of two ratios in percentage points: 0.012 is "+1.2 pts"."""
        value = exact(diff)
        if value is None:
            return ABSENT
        shown = rounded(value * 100, 1)
        unit = "pt" if cldr(self.code).plural_form(abs(shown)) == "one" else "pts"
        return f"{self.signed(shown, 1)}{NO_BREAK}{unit}"

    def seconds(self, x: Figure) -> str:
        """A duration in its two largest units: "4.5 s", "1 min 32 s", "2 h 05 min", "1,250 h"."""
        value = exact(x)
        if value is None:
            return ABSENT
        sign, length = (MINUS if rounded(value, 1) < 0 else ""), abs(value)
        if length < 10:
            text = f"{self.number(length, 1 if length % 1 else 0)} s"
        elif (whole := int(rounded(length, 0))) < 60:
            text = f"{whole} s"
        elif whole < 3600:
            text = f"{whole // 60} min {whole % 60:02d} s"
        elif (minutes := int(rounded(length / 60, 0))) < 6000:
            text = f"{minutes // 60} h {minutes % 60:02d} min"
        else:
            text = f"{self.number(length / 3600, 0)} h"
        return sign + text.replace(" ", NO_BREAK)

    def money(self, x: Figure, currency: str | None) -> str:
        """An amount in `currency` (an ISO 4217 code), or without one when the source states none."""
        value = exact(x)
        if value is None:
            return ABSENT
        if not currency:
            return self.number(value, 2)
        amount = rounded(value, get_currency_precision(currency))
        return self._typeset(format_currency(amount, currency, locale=cldr(self.code)))

    def value(self, x: Figure, unit: str, *, currency: str | None = None, compact: bool = False) -> str:
        """`x` in its unit: count, percent, seconds, ratio, money or position."""
        match unit:
            case "count":
                return self.number(x, compact=compact)
            case "percent":
                return self.percent(x)
            case "seconds":
                return self.seconds(x)
            case "ratio":
                value = exact(x)
                return self.number(x, 0 if value is not None and abs(value) >= 100 else 1)
            case "money":
                return self.money(x, currency)
            case "position":
                return self.number(x, 1)
        raise ValueError(f"no such unit: {unit!r}")

    @staticmethod
    def _typeset(text: str) -> str:
        return text.replace("-", MINUS)
