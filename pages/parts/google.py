"""Google Analytics connected: which property, what it says of itself, and what is fetched of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pandas as pd
import streamlit as st

from data.model import Account, Message
from data.store import ExportInfo
from i18n import ABSENT
from metrics.model import Unit
from pages.parts.frame import Frame
from pages.parts.fresh import account as named
from pages.parts.plain import plain
from pages.parts.questions import DAY_FORMAT, EARLIEST
from pages.parts.tables import height, written

WIDTH = 460


@dataclass(frozen=True)
class Wish:
    """What the reader wants of a property: only to try the connection, or its figures since a day."""

    number: str
    account: str | None
    since: date | None
    only_try: bool


class Seen(Protocol):
    """What a property says of itself."""

    @property
    def name(self) -> str:
        """What it is called; empty where it does not say."""
        ...

    @property
    def zone(self) -> str:
        """Its time zone."""
        ...

    @property
    def currency(self) -> str:
        """Its currency."""
        ...

    @property
    def sessions(self) -> int | None:
        """The visits of the last 28 days."""
        ...

    @property
    def views(self) -> int | None:
        """The pages that were shown in these days."""
        ...


def google_form(frame: Frame, number: str, accounts: Sequence[Account], today: date) -> Wish | None:
    """What the reader has just asked for; `accounts`: those of files, which may be of the same property."""
    t = frame.locale.t
    st.caption(
        t(
            "Vigie asks the property itself, keeps what it answers, and asks again until the figures have settled. "
            "The guide docs/google-analytics.md shows how to make the key that this needs, click by click."
        )
    )
    with st.form("google", border=False):
        typed = st.text_input(
            t("Number of the property"), number, key="google_number", width=WIDTH,
            help=t("In Google Analytics: Admin, Property, Property details, at the top right."),
        )  # fmt: skip
        account = None
        if accounts:
            own = t("another property: an account of its own")
            choices = {own: None, **{named(frame, one.key): one.key for one in accounts}}
            account = choices[st.selectbox(t("These figures continue those of"), list(choices), width=WIDTH)]
            account = account or f"ga4:{typed.strip().removeprefix('properties/')}"
        since = st.date_input(
            t("Since which day? Nothing stands for 25 months"), None, min_value=EARLIEST, max_value=today,
            format=DAY_FORMAT, width=WIDTH, key="google_since",
        )  # fmt: skip
        with st.container(horizontal=True):
            tried = st.form_submit_button(t("Test the connection"))
            fetched = st.form_submit_button(t("Fetch what is missing"), type="primary")
    if not (tried or fetched):
        return None
    return Wish(typed, account, since if isinstance(since, date) else None, tried)


def looked(frame: Frame, seen: Seen, quota: Message) -> None:
    """What a property that was tried says of itself."""
    t = frame.locale.t
    st.success(
        plain(
            t(
                "The property answers: {name}. Its time zone is {zone}, its currency {currency}.",
                name=seen.name or ABSENT, zone=seen.zone, currency=seen.currency or ABSENT,
            )
        )
    )  # fmt: skip
    if seen.sessions is None:
        st.caption(t("It has no visit in the last 28 days."))
    else:
        st.caption(
            t("In the last 28 days: visits {visits}, page views {views}.", visits=seen.sessions, views=seen.views)
        )
    st.caption(t(quota))


def fetching(frame: Frame) -> Callable[[int, int, Message], None]:
    """A bar that says how far the fetching is, with a button to end it."""
    t = frame.locale.t
    bar = st.progress(0.0, t("Connecting"))
    st.caption(
        t("You can stop at any moment, or close this page: what was fetched is kept, and the rest comes next time.")
    )
    st.button(t("Stop"), key="google_stop")  # a click ends the run of the page where it next says how far it is

    def tell(done: int, of: int, message: Message) -> None:
        bar.progress(min(done / of, 1.0), t("{done} of {of}: {message}", done=done, of=of, message=message))

    return tell


def answers_table(frame: Frame, groups: Mapping[str, Sequence[ExportInfo]]) -> None:
    """The answers of Google Analytics, one line for each property."""
    locale = frame.locale
    t = locale.t
    rows = []
    for key, infos in groups.items():
        days = [day for info in infos for day in (info.first_day, info.last_day) if day]
        moments = [info.as_of for info in infos if info.as_of]
        rows.append(
            {
                "account": named(frame, key),
                "first": min(days, default=None),
                "last": max(days, default=None),
                "as_of": max(moments, default=None),
                "answers": len(infos),
                "rows": sum(info.statements for info in infos),
                "problems": sum(info.problems for info in infos),
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
        alt=t("The answers of Google Analytics, a line for each property."),
    )  # fmt: skip


def forgetting(frame: Frame, groups: Mapping[str, Sequence[ExportInfo]]) -> str | None:
    """The property whose answers its reader now wants forgotten, said twice."""
    t = frame.locale.t
    key = st.selectbox(t("Account"), list(groups), format_func=lambda key: named(frame, key), width=WIDTH,
                       key="google_forget_account")  # fmt: skip
    sure = st.checkbox(t("Forget all answers of this property, and their kept copies"), key="google_sure")
    return key if st.button(t("Forget them"), key="google_forget", disabled=not sure) and sure else None
