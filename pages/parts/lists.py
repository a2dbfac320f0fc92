"""Short lists as plain tables: they read well on a phone, in any language, and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from metrics.lists import Members
from metrics.model import Metric
from pages.parts.frame import Frame
from pages.parts.names import KINDS, SHORT_NAMES, network_name

SHOWN_TEXT = 140


def members_list(frame: Frame, members: Members, title: str, metrics: Sequence[Metric]) -> None:
    """The members of a slice; says so when they cover another period than the page."""
    locale = frame.locale
    if members.window is None or members.rows.empty:
        st.caption(locale.t("No export states this. Sources tells which one to get."))
        return
    if members.window != frame.window:
        st.caption(locale.t("For {window}: the exports state this by period, not by day.", window=members.window))
    metrics = _stated(members.rows, metrics)
    values = members.rows[metrics[0].key]
    rows = []
    for row, value in zip(members.rows.to_dict("records"), values, strict=True):
        share = 100 * value / values.max() if value > 0 else 0  # the length of the bar
        member = escape(row["member"])
        name = f'<td class="v-bar" style="--share:{share:.0f}%" title="{member}">{member}</td>'
        rows.append(name + _figures(frame, row, metrics))
    _table(frame, [title], metrics, rows, title)


def posts_list(frame: Frame, posts: pd.DataFrame, metrics: Sequence[Metric]) -> None:
    """Posts, each with its network, day and the beginning of its text, linked to where it stands."""
    locale = frame.locale
    if posts.empty:
        st.caption(locale.t("No export states a post for this period."))
        return
    metrics = _stated(posts, metrics)
    rows = []
    for row in posts.to_dict("records"):
        network = network_name(row["account"].split(":")[0])
        kind = locale.t(KINDS.get(row["kind"], row["kind"])) if isinstance(row["kind"], str) else ""
        about = " · ".join(filter(None, [network, kind, locale.day(row["day"])]))
        text = row["text"] if isinstance(row["text"], str) and row["text"].strip() else locale.t("(no text)")
        short = escape(text if len(text) <= SHOWN_TEXT else text[:SHOWN_TEXT] + "…")
        if link := safe_link(row["link"]):
            short = f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{short}</a>'
        rows.append(
            f'<td><span class="v-about">{escape(about)}</span><br><span class="v-text">{short}</span></td>'
            + _figures(frame, row, metrics)
        )
    _table(frame, [locale.t("Post")], metrics, rows, locale.t("Posts"))


def safe_link(link: object) -> str | None:
    """A link that a file states, None unless it is one of the web: a file may hold anything."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else None


def _stated(rows: pd.DataFrame, metrics: Sequence[Metric]) -> list[Metric]:
    """The metrics that some row has a value of."""
    stated = rows.dropna(axis="columns", how="all").columns
    return [metric for metric in metrics if metric.key in stated]


def _figures(frame: Frame, row: dict, metrics: Sequence[Metric]) -> str:
    values = ((None if pd.isna(row[m.key]) else row[m.key], m) for m in metrics)
    return "".join(f"<td class='v-num'>{escape(frame.locale.value(value, m.unit))}</td>" for value, m in values)


def _table(frame: Frame, titles: Sequence[str], metrics: Sequence[Metric], rows: Sequence[str], caption: str) -> None:
    locale = frame.locale
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    for metric in metrics:
        says = f"{locale.t(metric.says)} {locale.t(metric.careful)}".strip()
        name = locale.t(SHORT_NAMES.get(metric.key, metric.name))
        heads += f'<th scope="col" class="v-num" title="{escape(says)}">{escape(name)}</th>'
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    st.html(
        f'<table class="v-list"><caption class="v-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
