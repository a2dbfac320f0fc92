"""The files that wait, a card each: what was recognised, what is still asked, and the first rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Literal

import streamlit as st

from data.checks import compared
from data.model import Account
from data.store import ExportInfo
from metrics.gaps import Covered, beside, covered, lacking
from metrics.model import N_
from pages.parts.factsheet import facts
from pages.parts.frame import Frame
from pages.parts.intake import Reader
from pages.parts.mapping import columns_form, correct_button, describe_button, remember_answers
from wording.names import network_name
from pages.parts.plain import plain
from pages.parts.preview import AnotherAccount, Preview, Tally
from pages.parts.questions import account_name, ask
from pages.parts.samples import TABLES, first_rows, problems_table
from pages.parts.tray import Dropped, Tray, answer_alike

READY, ASKS, REFUSED, UNKNOWN, KNOWN, EMPTY = (
    N_("ready"), N_("to be answered"), N_("not readable"), N_("to be described"), N_("already loaded"),
    N_("nothing to load"),
)  # fmt: skip
NEW = N_("new account for this brand")
MANY = 3  # accounts named before the rest is counted


def waiting(frame: Frame, tray: Tray, loaded: Mapping[str, ExportInfo], today: date, read: Reader) -> list[Dropped]:
    """Draws the files that wait and gives those that the user wants loaded now."""
    t, files = frame.locale.t, list(tray.files.values())
    ready = [file for file in files if file.preview.ready]
    with frame.store.read() as cursor:
        known = [*covered(cursor), *(one for file in ready for one in file.preview.covers)]
    wanted: list[Dropped] = []
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(t("Files that wait"), width="content")
        if len(ready) > 1:
            label = t("Load all {n} that are ready", n=len(ready))
            if st.button(label, type="primary", key="load_all"):
                wanted = ready
    for file in files:
        with st.container(border=True, key=f"file_{file.id[:12]}"):
            if _card(frame, tray, file, loaded.get(file.id), today, read, known, alone=len(ready) == 1):
                wanted = [file]
    return wanted


def _state(file: Dropped, info: ExportInfo | None) -> str:
    preview = file.preview
    if preview.refused:
        return UNKNOWN if preview.offer or file.proposal else REFUSED
    if preview.questions:
        return ASKS
    if preview.tally:
        return READY if preview.ready else EMPTY
    return KNOWN if info else ASKS


def _card(
    frame: Frame, tray: Tray, file: Dropped, info: ExportInfo | None, today: date, read: Reader,
    known: Sequence[Covered], alone: bool,
) -> bool:  # fmt: skip
    t, preview, key = frame.locale.t, file.preview, file.id[:12]
    state = _state(file, info)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        marks = [state, *([NEW] if preview.tally and _new(frame, preview.tally.accounts) else [])]
        said = " ".join(f'<span class="v-mark">{escape(t(mark))}</span>' for mark in marks)
        st.html(f'<div class="v-file"><b>{escape(file.name)}</b> {said}</div>')
        if st.button(t("Set aside"), key=f"aside_{key}", type="tertiary"):
            del tray.files[file.id]
            st.rerun()
    if file.proposal:
        columns_form(frame, file, read.describe, read.mappings)
    if preview.refused:
        (st.info if preview.offer else st.error)(plain(t(preview.refused)))
    if preview.why:
        st.caption(plain(t(preview.why)))
    describe_button(frame, file)
    if preview.format:
        st.html(facts(_facts(frame, preview, known)))
    if state == KNOWN and info:
        st.caption(
            t(
                "Loaded on {day}: nothing would change. To give it another account or date, forget it below, "
                "then drop it again.",
                day=info.loaded_at.date(),
            )
        )
    elif state == EMPTY:
        st.warning(t("No row of this file states anything that can be kept."))
    _questions(frame, tray, file, today)
    if file.proposal:
        remember_answers(frame, file)
    if preview.guessed:
        st.warning(
            t(
                "Recognised by its shape: its headers are in a language that Vigie does not know yet. "
                "Please check its first rows before you load it."
            )
        )
    if preview.tally:
        _details(frame, preview.tally, key, preview.guessed or file.proposal is not None)
    if preview.ready:
        return _load_button(frame, file, read, "primary" if alone else "secondary")
    correct_button(frame, file, read.describe)
    return False


def _questions(frame: Frame, tray: Tray, file: Dropped, today: date) -> None:
    answers = ask(frame, file, today)
    if answers != file.answers:
        file.turn += answers.account not in (
            None,
            file.answers.account,
        )  # what was typed is shown as understood
        file.answers = answers
        st.rerun()
    t = frame.locale.t
    for about in file.asked:
        others = list(tray.asking_like(file, about)) if getattr(answers, about) else []
        if others:
            label = (
                t("Answer the same for the other file that asks this")
                if len(others) == 1
                else t("Answer the same for the {n} other files that ask this", n=len(others))
            )
            if st.button(label, key=f"alike_{about}_{file.id[:12]}", type="tertiary", icon=":material/done_all:"):
                answer_alike(file, others, about)
                st.rerun()


def _details(frame: Frame, tally: Tally, key: str, open_rows: bool) -> None:
    t = frame.locale.t
    if tally.problems:
        label = t("Problems: {n}", n=tally.problems)
        with st.expander(label, key=f"problems_{key}"):
            st.caption(t("These cells or rows are left out; the rest is read."))
            problems_table(frame.locale, tally.first_problems, f"problems_table_{key}")
            if tally.problems > len(tally.first_problems):
                st.caption(t("The first {n} are shown.", n=len(tally.first_problems)))
    if tally.rows:
        with st.expander(t("First rows, as they will be read"), key=f"rows_{key}", expanded=open_rows):
            for table, rows in tally.first_rows.items():
                st.caption(t("{name}: {value}", name=t(TABLES[table]), value=tally.counts[table]))
                first_rows(frame.locale, table, rows)


def _load_button(frame: Frame, file: Dropped, read: Reader, kind: Literal["primary", "secondary"]) -> bool:
    t, key = frame.locale.t, file.id[:12]
    with st.container(horizontal=True):
        pressed = st.button(t("Load"), key=f"load_{key}", type=kind)
        one = len(file.preview.accounts) == 1 and "account" not in file.asked
        if one and st.button(t("Another account"), key=f"other_{key}", type="tertiary"):
            file.asked["account"] = AnotherAccount((file.preview.accounts[0].network,))
            st.rerun()
        correct_button(frame, file, read.describe)
    return pressed


def _facts(frame: Frame, preview: Preview, known: Sequence[Covered]) -> dict[str, str]:
    locale, tally = frame.locale, preview.tally
    t = locale.t
    told = {t("Format"): t(preview.format)}
    if names := _accounts(frame, preview):
        told[t("Account")] = names
    if tally:
        told[t("Days")] = locale.span(tally.days)
        counts = [t("{name}: {value}", name=t(TABLES[name]), value=n) for name, n in tally.counts.items()]
        told[t("Rows")] = ", ".join(counts)
    if preview.as_of:
        told[t("Exported on")] = locale.day(preview.as_of)
    if tally:
        told[t("Problems")] = locale.number(tally.problems) if tally.problems else t("none")
        if tally.checks:
            told[t("Totals")] = " ".join(map(t, compared(tally.checks)))
        if missing := lacking(*beside(preview.covers, known)):
            told[t("Beside your other files")] = " ".join(map(t, missing))
    return told


def _accounts(frame: Frame, preview: Preview) -> str:
    named = {account.key: account for account in (*preview.accounts, *frame.accounts)}
    stated = preview.tally.accounts if preview.tally else [account.key for account in preview.accounts]
    shown = [named.get(key) or Account(*key.split(":", 1)) for key in stated]
    texts = [f"{network_name(a.network)} · {account_name(a)}" for a in shown[:MANY]]
    if len(shown) > MANY:
        texts.append(frame.locale.t("{n} more", n=len(shown) - MANY))
    return frame.locale.listing(texts)


def _new(frame: Frame, accounts: Iterable[str]) -> bool:
    return not {account.key for account in frame.accounts}.issuperset(accounts)
