"""What lies behind a list: the formulas of its columns, and the rows of the files it was made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from i18n import ABSENT
from metrics.model import Metric
from pages.parts.frame import Frame
from wording.figures import formula
from pages.parts.tables import column, height, written


@st.fragment
def behind(frame: Frame, trace: Callable[[Any], pd.DataFrame], metrics: Sequence[Metric], key: str) -> None:
    """A button that opens the rows of the files behind a list; `trace` reads them from a cursor."""
    locale = frame.locale
    popover = st.popover(locale.t("Behind these figures"), type="tertiary", key=f"behind_{key}", on_change="rerun")
    if not popover.open:
        return
    with frame.store.read() as cursor:
        rows = trace(cursor)
    with popover:
        for metric in metrics:
            name = escape(locale.t(metric.name))
            st.html(f'<div class="v-note"><b>{name}</b> = {escape(formula(frame.locale, metric))}</div>')
        rows_table(frame, rows, metrics)


def rows_table(frame: Frame, rows: pd.DataFrame, metrics: Sequence[Metric]) -> None:
    """Statements as the files state them: file, sheet and row beside the values."""
    locale = frame.locale
    config = {
        "member": st.column_config.TextColumn(locale.t("Name"), width=170),
        "first_day": st.column_config.DateColumn(locale.t("From"), format="DD/MM/YYYY", width=95),
        "last_day": st.column_config.DateColumn(locale.t("To"), format="DD/MM/YYYY", width=95),
        "file": st.column_config.TextColumn(locale.t("File"), width=200),
        "sheet": st.column_config.TextColumn(locale.t("Sheet"), width=100),
        "row": st.column_config.NumberColumn(locale.t("Row"), format="%d", width=60),
        "as_of": st.column_config.DateColumn(locale.t("Export of"), format="DD/MM/YYYY", width=95),
        **{metric.key: column(frame, metric) for metric in metrics},
    }
    st.dataframe(
        written(locale, rows, {metric.key: metric.unit for metric in metrics}),
        hide_index=True, height=height(len(rows), 7), column_config=config, placeholder=ABSENT,
    )  # fmt: skip
