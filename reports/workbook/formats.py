"""The number formats of a workbook: a cell looks as the report writes its figure, and stays a number.

Separators are those of the reader's own spreadsheet; signs, units and the number of decimals are the report's.
"""

from __future__ import annotations

import re

from i18n.figures import MINUS

DAY = "dd/mm/yyyy"
WRITTEN = re.compile(r"(?P<before>\D*)(?P<number>\d[\d\s.,]*\d|\d)(?P<after>.*)", re.DOTALL)


def number_format(shown: str, language: str) -> str:
    """The format under which a number is seen as a report writes it: "+14,2 %" gives a sign, a decimal and the unit."""
    found = WRITTEN.fullmatch(shown)
    if found is None:
        return "General"
    before, number, after = found["before"], found["number"], found["after"]
    _, point, decimals = number.rpartition("," if language == "fr" else ".")
    body = "#,##0" + ("." + "0" * len(decimals) if point else "")
    body = _literal(before.lstrip("+" + MINUS)) + body + _literal(after)
    if before.startswith("+") or before.startswith(MINUS):
        return f'"+"{body};"{MINUS}"{body};{body}'
    return f'{body};"{MINUS}"{body};{body}'


def duration_format(seconds: float) -> str:
    """The format under which a length in days is seen in its two largest units."""
    space = "\u00a0"
    if abs(seconds) < 60:
        return f'[s]"{space}s"' if abs(seconds) >= 10 or not seconds % 1 else f's.0"{space}s"'
    if abs(seconds) < 3600:
        return f'[m]"{space}min{space}"ss"{space}s"'
    return f'[h]"{space}h{space}"mm"{space}min"'


def _literal(text: str) -> str:
    """A text within a number format; the per cent sign stands bare, as it multiplies what is shown."""
    text = text.replace("\u202f", "\u00a0").replace('"', "")
    return "".join("%" if part == "%" else f'"{part}"' for part in re.split("(%)", text) if part)
