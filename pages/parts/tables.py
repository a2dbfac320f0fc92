"""Tables that a reader sorts and searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from i18n import ABSENT, Locale
from metrics.model import Metric, Unit
from pages.parts.frame import Frame
from pages.parts.lists import safe_link
from wording.names import SHORT_NAMES, kind_name, network_name

ROW_HEIGHT = 35  # pixels
ROWS = 18  # rows shown at once, so that what one has chosen is read below them


def column(frame: Frame, metric: Metric) -> object:
    """How a metric's column is titled, explained and written; `written` writes it in the reader's language."""
    locale = frame.locale
    says = f"{locale.t(metric.says)} {locale.t(metric.careful)}".strip()
    name = locale.t(SHORT_NAMES.get(metric.key, metric.name))
    return st.column_config.NumberColumn(name, help=says, width=max(95, 20 + 7 * len(name)))


def written(locale: Locale, table: pd.DataFrame, units: Mapping[str, Unit]) -> Styler:
    """A table whose figures are written as the cards write them; they sort as the numbers they are."""
    style = table.style
    style.format({name: partial(locale.value, unit=unit) for name, unit in units.items()}, na_rep=ABSENT)
    return style


def posts_table(
    frame: Frame, rows: pd.DataFrame, metrics: Sequence[Metric], key: str, histories: Sequence[Sequence[float]] = ()
) -> int | None:
    """Posts as a table: day, network, kind, text, link, a column a metric, their growth; the row chosen, if any."""
    locale = frame.locale
    if rows.empty:
        st.caption(locale.t("No export states a post for this period."))
        return None
    shown = pd.DataFrame(
        {
            "day": rows["day"],
            "network": [network_name(a.split(":")[0]) for a in rows["account"]],
            "kind": [kind_name(locale, kind) if isinstance(kind, str) else ABSENT for kind in rows["kind"]],
            "text": rows["text"],
            **{metric.key: rows[metric.key] for metric in metrics},
            "link": [safe_link(link) for link in rows["link"]],
        }
    )
    config = {
        "day": st.column_config.DateColumn(locale.t("Day"), format="DD/MM/YYYY", width=95),
        "network": st.column_config.TextColumn(locale.t("Network"), width=90),
        "kind": st.column_config.TextColumn(locale.t("Kind"), width=92),
        "text": st.column_config.TextColumn(locale.t("Text"), width=300),
        **{metric.key: column(frame, metric) for metric in metrics},
        "link": st.column_config.LinkColumn(locale.t("Link"), display_text=locale.t("open"), width=60),
    }
    if histories:
        shown.insert(len(shown.columns) - 1, "growth", [list(h) if len(h) > 1 else None for h in histories])
        config["growth"] = st.column_config.LineChartColumn(
            locale.t("Growth"),
            help=locale.t("What the post had at each export that stated it."),
            width="small",
        )
    event = st.dataframe(
        written(locale, shown, {metric.key: metric.unit for metric in metrics}),
        hide_index=True, height=height(len(rows), ROWS), key=key, column_config=config, placeholder=ABSENT,
        on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    chosen = event["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(rows) else None


def height(rows: int, most: int) -> int | Literal["content"]:
    """The height of a table: that of its rows, and no more than `most` of them at once."""
    return "content" if rows <= most else ROW_HEIGHT * (most + 1)
