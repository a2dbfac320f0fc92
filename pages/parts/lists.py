"""Short lists as plain tables: they read well on a phone, in any language, and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from html import escape
from urllib.parse import SplitResult, urlsplit

import pandas as pd
import streamlit as st

from i18n.figures import NO_BREAK
from metrics.lists import Members, Slice
from metrics.model import N_, Metric
from metrics.tiles import Tile
from pages.parts.frame import Frame
from wording.marks import sentence
from wording.names import SHORT_NAMES, kind_name, member_name, network_name, short
from pages.parts.plain import plain
from pages.parts.wanted import wanted

POST = ("account", "day", "kind", "text", "link")
SHOWN_TEXT = 140
MANY = 3  # figures for which a telephone has no room beside a name: they stand below it
NO_NOTES: Mapping[str, str] = {}


def members_list(
    frame: Frame, members: Members, title: str, slice_: Slice, notes: Mapping[str, str] = NO_NOTES
) -> None:
    """The members of a slice; says so when they cover another period than the page, and where to get them."""
    locale = frame.locale
    metrics = _stated(members.rows, slice_.metrics)
    if members.window is None or (not metrics and not members.rows.empty):
        st.caption(wanted(locale, slice_))
        return
    if members.rows.empty:
        st.caption(locale.t("Nothing in this period ({window}).", window=members.window))
        return
    if members.window != frame.window:
        text = (
            N_("For {window}, the days that the exports state.")
            if members.daily
            else N_("For {window}: the exports state this by period, not by day.")
        )
        st.caption(locale.t(text, window=members.window))
    if members.marks:
        told = (sentence(locale, mark, members.truths[mark]) for mark in sorted(members.marks))
        st.caption(plain(" ".join(told)))
    rows_list(frame, members.rows, title, slice_.name, metrics, notes)


def rows_list(
    frame: Frame, rows: pd.DataFrame, title: str, slice_: str, metrics: Sequence[Metric],
    notes: Mapping[str, str] = NO_NOTES,
) -> None:  # fmt: skip
    """Members of a slice with their figures, and a note each; a bar under each says how its first figure compares."""
    values, common = rows[metrics[0].key], _one_site(rows["member"])
    written = []
    for row, value in zip(rows.to_dict("records"), values, strict=True):
        share = 100 * value / values.max() if value > 0 else 0  # the length of the bar
        named = member_name(frame.locale, slice_, row["member"].removeprefix(common) or row["member"])
        member, said = escape(named), notes.get(row["member"])
        note = f'<br><span class="v-about">{escape(said)}</span>' if said else ""
        name = f'<td class="v-bar" style="--share:{share:.0f}%" title="{member}">{member}{note}</td>'
        written.append(name + _figures(frame, row, metrics))
    plain_table(title, _heads(frame, metrics), written, title)


def posts_list(frame: Frame, posts: pd.DataFrame, metrics: Sequence[Metric]) -> None:
    """Posts, each with its network, day and the beginning of its text, linked to where it stands."""
    locale = frame.locale
    if posts.empty:
        st.caption(locale.t("No export states a post for this period."))
        return
    metrics = _stated(posts, metrics)
    rows = [
        post_cell(frame, *(row[name] for name in POST)) + _figures(frame, row, metrics)
        for row in posts.to_dict("records")
    ]
    plain_table(locale.t("Post"), _heads(frame, metrics), rows, locale.t("Posts"))


def post_cell(frame: Frame, account: str, day: date, kind: object, text: object, link: object, note: str = "") -> str:
    """The cell of a post: its network, kind and day, the beginning of its text, linked, and a note below it."""
    locale = frame.locale
    named = kind_name(locale, kind) if isinstance(kind, str) else ""
    when = locale.day(day).replace(" ", NO_BREAK)
    about = " · ".join(filter(None, [network_name(account.split(":")[0]), named, when]))
    words = text if isinstance(text, str) and text.strip() else locale.t("(no text)")
    begun = escape(short(words, SHOWN_TEXT))
    if web := safe_link(link):
        begun = f'<a href="{escape(web)}" target="_blank" rel="noopener noreferrer">{begun}</a>'
    below = f'<br><span class="v-about">{escape(note)}</span>' if note else ""
    return f'<td><span class="v-about">{escape(about)}</span><br><span class="v-text">{begun}</span>{below}</td>'


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
    plain_table(locale.t("Figure"), {network_name(network): "" for network in networks}, rows, title)


def safe_link(link: object) -> str | None:
    """A link that a file states, None unless it is one of the web: a file may hold anything."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else None


def _one_site(members: Iterable[str]) -> str:
    """What the addresses of one site have in common, which is not repeated in a list of them; else nothing."""
    sites = {f"{url.scheme}://{url.netloc}" for url in map(_address, members)}
    return sites.pop() if len(sites) == 1 and "://" not in sites else ""


def _address(member: str) -> SplitResult:
    try:
        return urlsplit(member)
    except ValueError:  # no address, whatever it looks like
        return SplitResult("", "", member, "", "")


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


def plain_table(first: str, heads: Mapping[str, str], rows: Sequence[str], caption: str) -> None:
    """A table of rows of cells; `heads` are the columns after the first, each with what it says."""
    titles = f'<th scope="col">{escape(first)}</th>' + "".join(
        f'<th scope="col" class="v-num" title="{escape(says)}">{escape(name)}</th>' for name, says in heads.items()
    )
    body = "".join(f'<tr role="row">{row}</tr>' for row in rows)
    many = f' v-many" style="--figures:{len(heads)}' if len(heads) >= MANY else ""
    st.html(
        f'<table class="v-list{many}"><caption class="v-hidden">{escape(caption)}</caption>'
        f'<thead><tr role="row">{titles}</tr></thead><tbody>{body}</tbody></table>'
    )
