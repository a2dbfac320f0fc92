"""Short lists as plain tables: they read well on a phone, in any language, and by a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from html import escape

import pandas as pd
import streamlit as st

from i18n.figures import NO_BREAK
from metrics.lists import Members
from metrics.model import Metric
from metrics.tiles import Tile
from pages.parts.frame import Frame
from pages.parts.marks import sentence
from pages.parts.names import KINDS, SHORT_NAMES, network_name
from pages.parts.plain import plain

SHOWN_TEXT = 140


def members_list(frame: Frame, members: Members, title: str, metrics: Sequence[Metric]) -> None:
    """The members of a slice; says so when they cover another period than the page."""
    locale = frame.locale
    metrics = _stated(members.rows, metrics)
    if members.window is None or members.rows.empty or not metrics:
        st.caption(locale.t("No export states this. Sources tells which one to get."))
        return
    if members.window != frame.window:
        st.caption(locale.t("For {window}: the exports state this by period, not by day.", window=members.window))
    if members.marks:
        told = (sentence(locale, mark, members.truths[mark]) for mark in sorted(members.marks))
        st.caption(plain(" ".join(told)))
    values = members.rows[metrics[0].key]
    rows = []
    for row, value in zip(members.rows.to_dict("records"), values, strict=True):
        share = 100 * value / values.max() if value > 0 else 0  # the length of the bar
        member = escape(row["member"])
        name = f'<td class="v-bar" style="--share:{share:.0f}%" title="{member}">{member}</td>'
        rows.append(name + _figures(frame, row, metrics))
    _table(title, _heads(frame, metrics), rows, title)


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
        day = locale.day(row["day"]).replace(" ", NO_BREAK)
        about = " · ".join(filter(None, [network, kind, day]))
        text = row["text"] if isinstance(row["text"], str) and row["text"].strip() else locale.t("(no text)")
        short = escape(text if len(text) <= SHOWN_TEXT else text[:SHOWN_TEXT].rsplit(" ", 1)[0] + "…")
        if link := safe_link(row["link"]):
            short = f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{short}</a>'
        rows.append(
            f'<td><span class="v-about">{escape(about)}</span><br><span class="v-text">{short}</span></td>'
            + _figures(frame, row, metrics)
        )
    _table(locale.t("Post"), _heads(frame, metrics), rows, locale.t("Posts"))


def networks_list(frame: Frame, figures: Sequence[Tile], networks: Mapping[str, Set[str]], title: str) -> None:
    """The readings of each network side by side; what one of them does not state is a dash."""
    locale, rows = frame.locale, []
    for figure in figures:
        metric = figure.reading.metric
        found = [figure.reading.of_accounts(accounts.__contains__).value for accounts in networks.values()]
        if any(value is not None for value in found):
            values = "".join(f'<td class="v-num">{escape(locale.value(value, metric.unit))}</td>' for value in found)
            rows.append(f"<td>{escape(locale.t(metric.name))}</td>{values}")
    if not rows:
        st.caption(locale.t("No export states this for the period."))
        return
    _table(locale.t("Figure"), {network_name(network): "" for network in networks}, rows, title)


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


def _heads(frame: Frame, metrics: Sequence[Metric]) -> dict[str, str]:
    """The titles of columns of figures, each with what it says."""
    t = frame.locale.t
    return {t(SHORT_NAMES.get(m.key, m.name)): f"{t(m.says)} {t(m.careful)}".strip() for m in metrics}


def _table(first: str, heads: Mapping[str, str], rows: Sequence[str], caption: str) -> None:
    titles = f'<th scope="col">{escape(first)}</th>' + "".join(
        f'<th scope="col" class="v-num" title="{escape(says)}">{escape(name)}</th>' for name, says in heads.items()
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    st.html(
        f'<table class="v-list"><caption class="v-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
    )
