"""Tables that a reader sorts and searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import pandas as pd
import streamlit as st

from i18n import ABSENT
from metrics.model import Metric, Unit
from metrics.tiles import Tile
from pages.parts.frame import Frame
from pages.parts.lists import safe_link
from pages.parts.names import KINDS, SHORT_NAMES, network_name


def column(frame: Frame, metric: Metric) -> object:
    """How a metric's column is titled, explained and written."""
    locale = frame.locale
    formats = {Unit.PERCENT: "percent", Unit.COUNT: "localized", Unit.SECONDS: "%d s"}
    says = f"{locale.t(metric.says)} {locale.t(metric.careful)}".strip()
    name = locale.t(SHORT_NAMES.get(metric.key, metric.name))
    return st.column_config.NumberColumn(
        name, help=says, format=formats.get(metric.unit, "%.1f"),
        width=max(105, 20 + 7 * len(name)),
    )  # fmt: skip


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
            "kind": [locale.t(KINDS.get(kind, kind)) if isinstance(kind, str) else ABSENT for kind in rows["kind"]],
            "text": rows["text"],
            **{metric.key: rows[metric.key] for metric in metrics},
            "link": [safe_link(link) for link in rows["link"]],
        }
    )
    config = {
        "day": st.column_config.DateColumn(locale.t("Day"), format="DD/MM/YYYY", width=95),
        "network": st.column_config.TextColumn(locale.t("Network"), width=90),
        "kind": st.column_config.TextColumn(locale.t("Kind"), width=80),
        "text": st.column_config.TextColumn(locale.t("Text"), width=380),
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
        shown, hide_index=True, height="content", key=key, column_config=config, placeholder=ABSENT,
        on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    chosen = event["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(rows) else None


def networks_table(frame: Frame, figures: Sequence[Tile], networks: Mapping[str, Set[str]], key: str) -> None:
    """The readings of each network side by side; what it does not state is a dash."""
    locale = frame.locale
    table = {locale.t("Network"): [network_name(network) for network in networks]}
    for figure in figures:
        found = [figure.reading.of_accounts(accounts.__contains__) for accounts in networks.values()]
        table[locale.t(figure.reading.metric.name)] = [locale.value(r.value, r.metric.unit) for r in found]
    st.dataframe(pd.DataFrame(table), hide_index=True, key=key)
