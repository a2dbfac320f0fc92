"""A service connected: what of it is asked, how far its fetching is, and what it has answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from data.model import Account, Message, Window, says
from data.store import ExportInfo
from i18n import ABSENT
from metrics.model import N_, Unit
from pages.parts.frame import Frame
from pages.parts.fresh import account as named
from pages.parts.questions import DAY_FORMAT, EARLIEST
from pages.parts.running import ended
from pages.parts.tables import height, written

WIDTH = 460
STOPPED = "fetching_stopped"


@dataclass(frozen=True)
class Words:
    """What the section of a service says; `key` tells its widgets from those of another."""

    key: str
    about: str
    named: str
    where: str
    own: str
    since: str
    sure: str


GOOGLE = Words(
    key="google",
    about=N_(
        "Vigie asks the property itself, keeps what it answers, and asks again until the figures have settled. "
        "The guide docs/google-analytics.md shows how to make the key that this needs, click by click."
    ),
    named=N_("Number of the property"),
    where=N_("In Google Analytics: Admin, Property, Property details, at the top right."),
    own=N_("another property: an account of its own"),
    since=N_("Since which day? Nothing stands for 25 months"),
    sure=N_("Forget all answers of this property, and their kept copies"),
)
SEARCH = Words(
    key="search",
    about=N_(
        "Vigie asks Search Console itself, keeps what it answers, and asks again until the days are final. "
        "The guide docs/search-console.md shows how to make the key that this needs."
    ),
    named=N_("Name of the site"),
    where=N_("As Search Console names it: sc-domain:example.org for a domain, https://www.example.org/ for a site."),
    own=N_("another site: an account of its own"),
    since=N_("Since which day? Nothing stands for 16 months, all that Google keeps"),
    sure=N_("Forget all answers of this site, and their kept copies"),
)


@dataclass(frozen=True)
class Wish:
    """What the reader wants of a service: only to try the connection, or its figures since a day.

    `account`: that whose figures these continue; None where they have one of their own.
    """

    name: str
    account: Account | None
    since: date | None
    only_try: bool


def begin_anew(frame: Frame, words: Words) -> None:
    """Forgets what was typed and chosen for another brand."""
    of = f"_{words.key}_of"
    if st.session_state.get(of, frame.brand.slug) != frame.brand.slug:
        st.session_state.pop(f"{words.key}_name", None)
        for name, nothing in (("since", None), ("sites", None), ("sure", False)):
            if f"{words.key}_{name}" in st.session_state:
                st.session_state[f"{words.key}_{name}"] = nothing
    st.session_state[of] = frame.brand.slug


def service_form(frame: Frame, words: Words, name: str, accounts: Sequence[Account], today: date) -> Wish | None:
    """What the reader has just asked for; `accounts`: those of files, which may be of the same property."""
    t = frame.locale.t
    with st.form(words.key, border=False):
        st.session_state.setdefault(f"{words.key}_name", name)
        typed = st.text_input(t(words.named), key=f"{words.key}_name", width=WIDTH, help=t(words.where))
        account = None
        if accounts:
            choices = {t(words.own): None, **{named(frame, one.key): one for one in accounts}}
            account = choices[st.selectbox(t("These figures continue those of"), list(choices), width=WIDTH)]
        since = st.date_input(
            t(words.since), None, min_value=EARLIEST, max_value=today, format=DAY_FORMAT, width=WIDTH,
            key=f"{words.key}_since",
        )  # fmt: skip
        with st.container(horizontal=True):
            tried = st.form_submit_button(t("Test the connection"), key=f"{words.key}_test")
            fetched = st.form_submit_button(t("Fetch what is missing"), type="primary", key=f"{words.key}_fetch")
    if not (tried or fetched):
        return None
    return Wish(typed, account, since if isinstance(since, date) else None, tried)


def sites_list(frame: Frame, sites: Sequence[str]) -> bool:
    """The sites that the key may see, one of which is taken over by a click; whether the reader asks for them now."""
    t = frame.locale.t

    def taken() -> None:
        if site := st.session_state["search_sites"]:
            st.session_state["search_name"] = site

    if sites:
        st.pills(t("Sites that the key may see"), sites, key="search_sites", on_change=taken)
    return st.button(t("Which sites may the key see?"), key="search_list", type="tertiary")


def fetching(frame: Frame) -> Callable[[int, int, Message], None]:
    """A bar that says how far the fetching is, with a button to end it."""
    t = frame.locale.t
    bar = st.progress(0.0, t("Connecting"))
    st.caption(
        t("You can stop at any moment, or close this page: what was fetched is kept, and the rest comes next time.")
    )
    # A click ends the run of the page where it next says how far it is: between two windows.
    st.button(t("Stop"), key="fetching_stop", on_click=_stopped)

    def tell(done: int, of: int, message: Message) -> None:
        bar.progress(min(done / of, 1.0), t("{done} of {of}: {message}", done=done, of=of, message=message))

    return tell


def wait_for_the_end(frame: Frame) -> None:
    """After a click on Stop: waits until the days that are being asked are kept, and begins the page anew."""
    if st.session_state.pop(STOPPED, False):
        with st.spinner(frame.locale.t("Stopping: the days that are being asked are kept first")):
            ended(frame.store.folder)
        st.rerun()


def _stopped() -> None:
    st.session_state[STOPPED] = True
    st.session_state["sources_said"] = says("Stopped. What was fetched is kept, and the rest comes next time."), True


def people_form(frame: Frame, properties: Mapping[str, str], today: date) -> tuple[str, Window] | None:
    """The dates whose people the reader has just asked for, and of which account; `properties` by account."""
    t = frame.locale.t
    st.markdown(f"**{t('People of any dates')}**")
    st.caption(
        t(
            "People cannot be added over days, so they are asked for the very dates that a page shows. The answer "
            "counts for these dates alone."
        )
    )
    with st.form("people", border=False):
        account = next(iter(properties))
        if len(properties) > 1:
            account = st.selectbox(
                t("Account"), list(properties), format_func=lambda key: named(frame, key), width=WIDTH,
                key="people_account",
            )  # fmt: skip
        with st.container(horizontal=True):
            bounds = {"min_value": EARLIEST, "max_value": today, "format": DAY_FORMAT, "width": WIDTH // 2 - 8}
            first = st.date_input(t("From"), min(frame.window.first, today), key="people_first", **bounds)
            last = st.date_input(t("To"), min(frame.window.last, today), key="people_last", **bounds)
        asked = st.form_submit_button(t("Ask for the people of these dates"), key="people_ask")
    return (account, Window(first, last)) if asked and isinstance(first, date) and isinstance(last, date) else None


def answers_table(frame: Frame, groups: Mapping[str, Sequence[ExportInfo]]) -> None:
    """The answers of services, one line for each account."""
    locale = frame.locale
    t = locale.t
    rows = []
    for key, infos in groups.items():
        days = [day for info in infos for day in (info.first_day, info.last_day) if day]
        moments = [info.as_of for info in infos if info.as_of]
        rows.append(
            {
                "account": named(frame, key),
                "answers": len(infos),  # what stands first is seen on a telephone
                "problems": sum(info.problems for info in infos),
                "as_of": max(moments, default=None),
                "first": min(days, default=None),
                "last": max(days, default=None),
                "rows": sum(info.statements for info in infos),
            }
        )
    config = {
        "account": st.column_config.TextColumn(t("Account")),
        "first": st.column_config.DateColumn(t("From"), format=DAY_FORMAT),
        "last": st.column_config.DateColumn(t("To"), format=DAY_FORMAT),
        "as_of": st.column_config.DateColumn(t("Last asked on"), format=DAY_FORMAT),
        "answers": st.column_config.NumberColumn(t("Answers")),
        "rows": st.column_config.NumberColumn(t("Rows")),
        "problems": st.column_config.NumberColumn(t("Problems")),
    }
    counts = {"answers": Unit.COUNT, "rows": Unit.COUNT, "problems": Unit.COUNT}
    st.dataframe(
        written(locale, pd.DataFrame(rows), counts), hide_index=True, height=height(len(rows), 10),
        column_config=config, key=f"answers_{frame.version}", placeholder=ABSENT,
        alt=t("The answers of services, a line for each account."),
    )  # fmt: skip


def forgetting(frame: Frame, words: Words, groups: Mapping[str, Sequence[ExportInfo]]) -> str | None:
    """The account whose answers its reader now wants forgotten, said twice."""
    t = frame.locale.t
    key = st.selectbox(t("Account"), list(groups), format_func=lambda key: named(frame, key), width=WIDTH,
                       key=f"{words.key}_forget_account")  # fmt: skip
    sure = st.checkbox(t(words.sure), key=f"{words.key}_sure")
    return key if st.button(t("Forget them"), key=f"{words.key}_forget", disabled=not sure) and sure else None
