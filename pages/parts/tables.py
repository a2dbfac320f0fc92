"""Tables: posts, and the members of a slice, with figures written as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.lists import Members
from metrics.model import Metric, N_, Unit
from pages.parts.frame import Frame
from pages.parts.toolbar import network_name

KINDS = {
    "photo": N_("photo"), "video": N_("video"), "reel": N_("reel"), "story": N_("story"), "carousel": N_("carousel"),
    "link": N_("link"), "text": N_("text"), "reply": N_("reply"), "post": N_("post"), "short": N_("short"),
    "document": N_("document"), "poll": N_("poll"), "live": N_("live"), "other": N_("other"),
}  # fmt: skip


def column(frame: Frame, metric: Metric) -> object:
    """How a metric's column is titled, explained and written."""
    locale = frame.locale
    formats = {Unit.PERCENT: "percent", Unit.COUNT: "localized", Unit.SECONDS: "%d s"}
    says = f"{locale.t(metric.says)} {locale.t(metric.careful)}".strip()
    return st.column_config.NumberColumn(locale.t(metric.name), help=says, format=formats.get(metric.unit, "%.1f"))


def posts_table(
    frame: Frame, rows: pd.DataFrame, metrics: Sequence[Metric], key: str, histories: Sequence[Sequence[float]] = (),
    height: int | str = "content",
) -> None:  # fmt: skip
    """Posts as a table: day, network, kind, text, link, a column a metric, and their growth where exports tell it."""
    locale = frame.locale
    if rows.empty:
        st.caption(locale.t("No export states a post for this period."))
        return
    shown = pd.DataFrame(
        {
            "day": rows["day"],
            "network": [network_name(a.split(":")[0]) for a in rows["account"]],
            "kind": [locale.t(KINDS.get(kind, kind)) if isinstance(kind, str) else None for kind in rows["kind"]],
            "text": rows["text"],
            **{metric.key: rows[metric.key] for metric in metrics},
            "link": rows["link"],
        }
    )
    config = {
        "day": st.column_config.DateColumn(locale.t("Day"), format="DD/MM/YYYY", width="small"),
        "network": st.column_config.TextColumn(locale.t("Network"), width="small"),
        "kind": st.column_config.TextColumn(locale.t("Kind"), width="small"),
        "text": st.column_config.TextColumn(locale.t("Text"), width="large"),
        **{metric.key: column(frame, metric) for metric in metrics},
        "link": st.column_config.LinkColumn(locale.t("Link"), display_text=locale.t("open"), width="small"),
    }
    if histories:
        shown.insert(len(shown.columns) - 1, "growth", [list(h) if len(h) > 1 else None for h in histories])
        config["growth"] = st.column_config.LineChartColumn(
            locale.t("Growth"), help=locale.t("What the post had at each export that stated it."), width="small"
        )
    st.dataframe(shown, hide_index=True, height=height, key=key, column_config=config)


def members_table(
    frame: Frame, members: Members, title: str, metrics: Sequence[Metric], key: str, height: int | str = "content"
) -> None:
    """The members of a slice as a table; says so when they cover another period than the page."""
    locale = frame.locale
    if members.window is None or members.rows.empty:
        st.caption(locale.t("No export states this. Sources tells which one to get."))
        return
    if members.window != frame.window:
        st.caption(locale.t("For {window}: the exports state this by period, not by day.", window=members.window))
    config = {"member": st.column_config.TextColumn(title, width="large")}
    config |= {metric.key: column(frame, metric) for metric in metrics}
    st.dataframe(members.rows, hide_index=True, height=height, key=key, column_config=config)
