"""Rows of a file as they are read, and the cells that could not be: tables in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from data.model import Problem, Statement
from i18n import ABSENT, Locale
from metrics.measures import MEASURES
from metrics.model import N_, Unit
from wording.names import kind_name
from pages.parts.tables import height, written

TABLES = {
    "posts": N_("Posts"),
    "account_days": N_("Days of the account"),
    "audience": N_("Rows on the audience"),
    "web": N_("Rows on visits of the site"),
    "search": N_("Rows on searches"),
    "ads": N_("Rows on ads"),
    "reviews": N_("Reviews"),
    "conversations": N_("Conversations"),
}
# Columns that are no measure.
COLUMNS = {
    "account": N_("Account"), "post_id": N_("Id"), "published_at": N_("Published, in UTC"), "day": N_("Day"),
    "kind": N_("Kind"), "text": N_("Text"), "link": N_("Link"), "campaign": N_("Campaign"),
    "counted_from": N_("Counted from"), "dimension": N_("Broken down by"), "member": N_("Part"), "part": N_("Part"),
    "first_day": N_("First day"), "last_day": N_("Last day"), "share": N_("Share"),
    "page_views": N_("Page views"), "slice": N_("Broken down by"), "channel": N_("Channel"),
    "source": N_("Source"), "landing_page": N_("Landing page"), "page": N_("Page"),
    "title": N_("Title"), "referrer": N_("Referrer"),
    "country": N_("Country"), "city": N_("City"), "device": N_("Device"), "event": N_("Event"),
    "hour": N_("Hour"), "query": N_("Query"), "appearance": N_("Appearance"),
    "currency": N_("Currency"), "cost": N_("Cost"),
    "conversions": N_("Conversions"), "conversion_value": N_("Value of the conversions"),
    "review_id": N_("Id"), "rating": N_("Rating"), "answered_at": N_("Answered"),
}  # fmt: skip
NAMES = {measure.key: measure.name for measure in MEASURES.values()} | COLUMNS
FIRST = ("day", "first_day", "last_day", "kind", "text", "dimension", "slice", "member")
LAST = ("published_at", "link", "post_id", "review_id", "account")
SPECIFIC = {(source.value, key): measure.name for (source, key), measure in MEASURES.items()}


def first_rows(locale: Locale, table: str, rows: Sequence[Statement]) -> None:
    """The first rows of a table as they will be read; a column that none of them states is left out."""
    stated: dict[str, list[Any]] = {}
    for place, row in enumerate(rows):
        for name, value in (*row.values.items(), *row.others.items()):
            if value is not None:
                stated.setdefault(name, [None] * len(rows))[place] = _shown(locale, name, value)
    if len(set(stated["account"])) == 1:
        del stated["account"]
    order = [*(n for n in FIRST if n in stated), *(n for n in stated if n not in FIRST + LAST)]
    order += [n for n in LAST if n in stated]
    config = {name: _column(locale, table, name, cells) for name, cells in stated.items()}
    shown = pd.DataFrame(stated)
    figures = dict.fromkeys(shown.select_dtypes("number"), Unit.COUNT)
    st.dataframe(
        written(locale, shown, figures), hide_index=True, column_config=config, column_order=order, placeholder=ABSENT
    )


def _shown(locale: Locale, name: str, value: Any) -> Any:
    return kind_name(locale, str(value)) if name == "kind" else value


def _column(locale: Locale, table: str, name: str, cells: Sequence[Any]) -> ColumnConfig:
    known = SPECIFIC.get((table, name)) or NAMES.get(name)
    label = locale.t(known) if known else name
    example = next(cell for cell in cells if cell is not None)
    match example:
        case datetime():
            return st.column_config.DatetimeColumn(label, format="DD/MM/YYYY HH:mm")
        case date():
            return st.column_config.DateColumn(label, format="DD/MM/YYYY")
        case int() | float():
            return st.column_config.NumberColumn(label)
    return st.column_config.TextColumn(label, width="medium" if name in ("text", "link") else None)


def problems_table(locale: Locale, problems: Sequence[Problem], key: str) -> None:
    """Cells and rows that could not be read: where, what was found, what was expected."""
    told = {
        "sheet": [p.sheet for p in problems],
        "row": [p.row for p in problems],
        "column": [p.column for p in problems],
        "found": [p.found for p in problems],
        "expected": [locale.t(p.expected) for p in problems],
    }
    if len(set(told["sheet"])) == 1 and len(problems) > 1:
        del told["sheet"]
    config = {
        "sheet": locale.t("Sheet"),
        "row": st.column_config.NumberColumn(locale.t("Row"), format="%d", width="small"),
        "column": locale.t("Column"),
        "found": locale.t("Found"),
        "expected": st.column_config.TextColumn(locale.t("Expected"), width="large"),
    }
    st.dataframe(
        pd.DataFrame(told), hide_index=True, height=height(len(problems), 8), column_config=config, key=key,
        placeholder=ABSENT,
    )  # fmt: skip
