"""What only the user knows of a file, asked in plain words beside its preview."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import streamlit as st

from data.model import Account, Answers
from pages.parts.frame import Frame
from wording.names import network_name
from pages.parts.preview import Question
from pages.parts.tray import Dropped

TODAY, LAST, OTHER = "today", "last", "other"
EARLIEST = date(2004, 1, 1)  # before any of the networks
DAY_FORMAT = "DD/MM/YYYY"


def ask(frame: Frame, file: Dropped, today: date) -> Answers:
    """Asks all that a file has asked so far, and gives the answers as they now stand."""
    answers = file.answers
    for about, widget in WIDGETS.items():
        if about in file.asked:
            answers = replace(answers, **{about: widget(frame, file, file.asked[about], today)})
    return answers


def _key(file: Dropped, name: str, start: Any) -> str:
    """The key of a widget, which starts from the answer once given."""
    key = f"ask_{name}_{file.id[:12]}_{file.turn}"
    if key not in st.session_state and start is not None:
        st.session_state[key] = start
    return key


def _account(frame: Frame, file: Dropped, question: Question, today: date) -> str | None:
    found = ",".join(account.key for account in file.preview.accounts)
    stands = {part.partition(":")[0]: part for part in (file.answers.account or found).split(",") if part}
    networks: Sequence[str] = question.networks
    if len(networks) > 1 and not question.each:
        network = st.segmented_control(
            frame.locale.t("Of which network are these figures?"), networks, format_func=network_name,
            key=_key(file, "network", next(iter(stands), None)),
        )  # fmt: skip
        networks = (network,) if network else ()
    picked = [_account_on(frame, file, network, stands.get(network)) for network in networks]
    if not picked or not all(picked):
        return None
    text = ",".join(str(key) for key in picked)
    if file.answers.account is None:
        return None if text == found else text
    return file.answers.account if text.casefold() == file.answers.account.casefold() else text


def _account_on(frame: Frame, file: Dropped, network: str, stands: str | None) -> str | None:
    t = frame.locale.t
    names = {a.key: a for a in (*file.preview.accounts, *frame.accounts) if a.network == network}
    stands = next((key for key in names if stands and key.casefold() == stands.casefold()), stands)
    options: list[str] = [*names, *([stands] if stands and stands not in names else [])]
    hint = t("Choose an account or type a new one") if options else t("Type the name of the account")
    typed: str | None = st.selectbox(
        t("Whose figures are these? The account on {network}", network=network_name(network)),
        options, index=None, key=_key(file, f"account_{network}", stands), accept_new_options=True,
        format_func=lambda key: account_name(names[key]) if key in names else key.removeprefix(f"{network}:"),
        placeholder=hint, width=460,
    )  # fmt: skip
    if not typed or not typed.strip(" @:"):
        return None
    return typed if typed.startswith(f"{network}:") else f"{network}:{typed.strip().lstrip('@')}"


def account_name(account: Account) -> str:
    """An account as people know it, with its handle where that is something else."""
    if not account.name or account.name.casefold() == account.handle.casefold():
        return account.name or account.handle
    return f"{account.name} ({account.handle})"


def _date_order(frame: Frame, file: Dropped, question: Question, today: date) -> str | None:
    first, second, year = (int(digits) for digits in re.findall(r"\d+", question.example)[:3])
    t = frame.locale.t
    labels = {
        "dmy": t("{day}: the day comes first", day=_date(year, second, first)),
        "mdy": t("{day}: the month comes first", day=_date(year, first, second)),
    }
    return st.radio(
        t("Its dates can be read in two ways. Which day is {example}?", example=question.example),
        list(labels), format_func=labels.__getitem__, index=None,
        key=_key(file, "date_order", file.answers.date_order),
    )  # fmt: skip


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_of(frame: Frame, file: Dropped, question: Question, today: date) -> datetime | None:
    t, last = frame.locale.t, question.suggestion
    labels = {TODAY: t("Today, {day}", day=today)}
    if last:
        labels[LAST] = t("On its last day, {day}", day=last.date())
    labels[OTHER] = t("On another day")
    given = file.answers.as_of
    stands = given and (LAST if given == last else TODAY if given.date() == today else OTHER)
    choice = st.radio(
        t("When was this file exported?"), list(labels), format_func=labels.__getitem__, index=None,
        horizontal=True, key=_key(file, "as_of", stands),
        help=t("Where two files state the same day or post, the one exported last is believed."),
    )  # fmt: skip
    if choice == OTHER:
        first = min(last.date(), today) if last else EARLIEST
        start = given.date() if given and stands == OTHER and given.date() >= first else None
        day = _day(t("Day of the export"), _key(file, "as_of_day", start), first, today)
    else:
        day = {TODAY: today, LAST: last and last.date()}.get(choice or "")
    return datetime.combine(day, time()) if day else None


def _since(frame: Frame, file: Dropped, question: Question, today: date) -> date | None:
    label = frame.locale.t("From which day on are its figures counted?")
    return _day(label, _key(file, "since", file.answers.since), EARLIEST, today)


def _day(label: str, key: str, first: date, last: date) -> date | None:
    return st.date_input(label, None, key=key, min_value=first, max_value=last, format=DAY_FORMAT, width=460)  # pyright: ignore[reportReturnType] - one day, not a range


WIDGETS: dict[str, Callable[[Frame, Dropped, Question, date], Any]] = {
    "account": _account,
    "date_order": _date_order,
    "as_of": _as_of,
    "since": _since,
}
