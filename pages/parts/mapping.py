"""What the columns of a table are, said by its user: a row for each column, with its first values beside it."""

from __future__ import annotations

from collections.abc import Mapping as Named
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from data.model import UserError
from metrics.model import N_
from pages.parts.described import Column, Describe, Look, Mapping, Proposal
from pages.parts.frame import Frame
from wording.names import network_name
from pages.parts.plain import plain
from pages.parts.samples import NAMES, SPECIFIC
from pages.parts.tray import Dropped

ROWS = {"posts": N_("one post"), "account_days": N_("one day of an account"), "web": N_("one day of a site")}
MEANINGS = {"aside": N_("left out"), "others": N_("kept under its own name"), "network": N_("Network")}
HEADERS_WITHIN = 25  # rows
TOLD_WIDTH, ASKED_WIDTH = 470, 330  # pixels: beside each other on a laptop, below each other on a telephone


def describe_button(frame: Frame, file: Dropped) -> None:
    """Offers to say what the columns of a file that nothing knows are."""
    if file.proposal is None and file.preview.offer:
        label = frame.locale.t("Tell Vigie what its columns are")
        if st.button(label, key=f"describe_{file.id[:12]}", type="primary"):
            file.describe(file.preview.offer)
            st.rerun()


def correct_button(frame: Frame, file: Dropped, describe: Describe) -> None:
    """Offers to correct what was said of the files with the same headers."""
    if file.proposal is None and file.preview.mapping:
        label = frame.locale.t("Correct its columns")
        if st.button(label, key=f"correct_{file.id[:12]}", type="tertiary"):
            file.describe(describe(file.name, file.content, file.preview.mapping))
            st.rerun()


def columns_form(frame: Frame, file: Dropped, describe: Describe, kept: Named[str, str]) -> None:
    """Asks what the columns of a table are; each answer counts at once, so that the first rows show what it does."""
    assert file.proposal
    proposal, t = file.proposal, frame.locale.t
    with st.container(key=f"columns_{file.id[:12]}", gap="small"):
        st.markdown(f"**{t('What its columns are')}**")
        now = _whole(frame, file, proposal, describe, kept)
        for remark in proposal.remarks:
            st.caption(plain(t(remark)))
        pairs = zip(now.columns, proposal.looks, strict=True)
        now = replace(now, columns=tuple(_column(frame, file, now, column, look) for column, look in pairs))
        if now.says == "posts":
            said = N_(
                "Counts are read as running since publication; times as those of {zone}, unless a header says UTC."
            )
            st.caption(t(said, zone=frame.brand.zone))
        if kept.get(now.name, now.toml()) != now.toml():
            said = t("“{name}” is described already. Loading this file replaces what was said.", name=now.name)
            st.caption(plain(said))
    if now != proposal.mapping:
        file.describe(replace(proposal, mapping=now))
        st.rerun()


def remember_answers(frame: Frame, file: Dropped) -> None:
    """Keeps with the table what was answered, so that it is not asked next time; the account only if that is wanted."""
    assert file.proposal
    mapping: Mapping = file.proposal.mapping
    told = tuple(file.answers.account.split(",")) if file.answers.account else mapping.accounts
    always = False
    if told and not any(column.means == "account" for column in mapping.columns):
        label = frame.locale.t("Files with these headers are always about this account")
        always = st.checkbox(label, bool(mapping.accounts), key=_key(file, "always"))
    order = file.answers.date_order or mapping.date_order
    now = replace(mapping, accounts=told if always else (), date_order=order)
    if now != mapping:
        file.describe(replace(file.proposal, mapping=now))
        st.rerun()


def kept_mappings(frame: Frame, names: Named[str, str]) -> str | None:
    """The tables that were described, and the name of the one that is to be forgotten now."""
    t = frame.locale.t
    st.caption(t("A file with the same headers is read in the same way. What was loaded stays when one is forgotten."))
    for name in names:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(name, width="stretch")
            if st.button(t("Forget"), key=f"forget_mapping_{name}", help=plain(t("Forget “{name}”", name=name))):
                return name
    return None


def _whole(frame: Frame, file: Dropped, proposal: Proposal, describe: Describe, kept: Named[str, str]) -> Any:
    """What is said of the whole table. Another kind of row, sheet or row of headers means other columns."""
    t, mapping = frame.locale.t, proposal.mapping
    others = [name for name in kept if name != mapping.name]
    if others and (name := _like(frame, file, others)):
        _anew(frame, file, describe, kept[name])
    says = st.radio(
        t("Each row is"), list(ROWS), list(ROWS).index(mapping.says), horizontal=True, key=_key(file, "says"),
        format_func=lambda key: t(ROWS[key]),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("Name of this table"), mapping.name, key=_key(file, "name"), width=260, max_chars=80)
        network, sheet = mapping.network, mapping.sheet
        if not any(column.means == "network" for column in mapping.columns):
            networks = ["", *mapping.networks]
            network = st.selectbox(
                t("Network"), networks, networks.index(network) if network in networks else 0,
                key=_key(file, "network"), width=220,
                format_func=lambda key: network_name(key) if key else t("asked for each file"),
            )  # fmt: skip
        if len(proposal.sheets) > 1:
            sheets = ["", *proposal.sheets]
            sheet = st.selectbox(
                t("Sheet"), sheets, sheets.index(sheet) if sheet in sheets else 0, key=_key(file, "sheet"), width=260,
                format_func=lambda key: key or t("every sheet with these headers"),
            )  # fmt: skip
        row = st.number_input(
            t("Row of the headers"), 1, HEADERS_WITHIN, mapping.header_row, key=_key(file, "row"), width=150
        )
    now = replace(mapping, name=(name or "").strip(), network=network, sheet=sheet)
    if (says, sheet, row) != (mapping.says, mapping.sheet, mapping.header_row):
        same = says == mapping.says
        chosen = replace(now, says=says, header_row=int(row), columns=(), network=network if same else "")
        _anew(frame, file, describe, replace(chosen, accounts=mapping.accounts if same else ()).toml())
    return now


def _like(frame: Frame, file: Dropped, names: list[str]) -> str | None:
    t = frame.locale.t
    return st.selectbox(
        t("Like a table described before"), names, index=None, key=_key(file, "like"), width=260,
        placeholder=t("none"),
    )  # fmt: skip


def _anew(frame: Frame, file: Dropped, describe: Describe, toml: str) -> None:
    """Describes the table again by what was chosen; where that cannot be, what stood there stays."""
    try:
        proposal = describe(file.name, file.content, toml)
    except UserError as error:
        st.error(plain(frame.locale.t(error.message)))
    else:
        file.describe(proposal)
        file.turn += 1
        st.rerun()


def _column(frame: Frame, file: Dropped, mapping: Mapping, column: Any, look: Look) -> Column:
    """One column: its header, its first values, and what it means."""
    if not look.header and not look.examples:
        return column
    t = frame.locale.t
    name = look.header or t("Column {letter}", letter=_letter(look.place))
    values = escape(" · ".join(look.examples) or t("empty"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = f'<div class="v-file"><b>{escape(name)}</b> <span class="v-about">{values}</span></div>'
        st.html(about, width=TOLD_WIDTH)
        means = st.selectbox(
            plain(t("What “{header}” is", header=name)), mapping.meanings, mapping.meanings.index(column.means),
            key=_key(file, f"column_{look.place}"), label_visibility="collapsed", width=ASKED_WIDTH,
            format_func=lambda meaning: t(_meaning(mapping.says, meaning)),
        )  # fmt: skip
    return replace(column, means=means)


def _meaning(table: str, meaning: str) -> str:
    if table == "posts" and meaning == "day":
        return N_("Day or time of publication")
    return MEANINGS.get(meaning) or SPECIFIC.get((table, meaning)) or NAMES[meaning]


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def _key(file: Dropped, name: str) -> str:
    return f"map_{name}_{file.id[:12]}_{file.turn}"
