"""The sections of the services on the page Sources: each tried, fetched, asked and forgotten.

Google's clients are imported when they are needed, and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial, reduce
from typing import Any

import streamlit as st

from connectors import ga4, search_console_api
from connectors.ga4.credentials import ANALYTICS
from connectors.ga4.limits import spent_and_left
from connectors.ga4.names import property_id
from connectors.ga4.names import report_name as ga4_report
from connectors.reading import examine
from connectors.search_console_api.names import SEARCH_CONSOLE, property_name, right_name
from connectors.search_console_api.names import report_name as search_report
from connectors.services.keys import Service, secrets
from data.model import Account, Answers, Message, UserError, Window, says
from data.store import ExportInfo
from pages.parts.frame import Frame
from pages.parts.looked import property_looked, site_looked
from pages.parts.plain import plain
from pages.parts.running import alone
from pages.parts.services import (
    GOOGLE, SEARCH, Wish, begin_anew, fetching, forgetting, people_form, service_form, sites_list,
)  # fmt: skip

SERVICES = (ga4.KEY, search_console_api.KEY)
Change = Callable[[Callable[[], Message], bool], None]  # makes a change, and starts the page anew with what it says


def by_account(exports: Iterable[ExportInfo], *connectors: str) -> dict[str, list[ExportInfo]]:
    """The answers of services, which are many, by account."""
    found: dict[str, list[ExportInfo]] = {}
    for export in exports:
        if export.connector in connectors and export.accounts:
            found.setdefault(export.accounts[0].key, []).append(export)
    return found


def google_analytics(frame: Frame, exports: Sequence[ExportInfo], today: date, change: Change) -> None:
    """The section of Google Analytics."""
    begin_anew(frame, GOOGLE)
    answers = by_account(exports, ga4.KEY)
    kept = ga4.kept_answers([infos[-1] for infos in answers.values()], frame.store.content)
    properties = {account.key: asked.number for asked, account in kept}
    st.caption(frame.locale.t(GOOGLE.about))
    before = _told_before(frame, ANALYTICS, "property") or next(iter(properties.values()), "")
    others = [one for one in frame.accounts if one.network == ga4.NETWORK and one.key not in answers]
    if wish := service_form(frame, GOOGLE, before, others, today):
        _tried(frame, partial(_property, frame, wish, change))
    if properties and (asked := people_form(frame, properties, today)):
        account, span = asked
        change(partial(_people, frame, properties[account], span), False)
    if answers and (unwanted := forgetting(frame, GOOGLE, answers)):
        change(partial(_forgotten, frame, unwanted, answers), False)


def search_console(frame: Frame, exports: Sequence[ExportInfo], today: date, change: Change) -> None:
    """The section of Search Console."""
    begin_anew(frame, SEARCH)
    answers = by_account(exports, search_console_api.KEY)
    kept = search_console_api.kept_answers([infos[-1] for infos in answers.values()], frame.store.content)
    st.caption(frame.locale.t(SEARCH.about))
    if sites_list(frame, st.session_state.get("search_seen", ())):
        _tried(frame, _sites)
    before = _told_before(frame, SEARCH_CONSOLE, "site") or next((asked.site for asked, _ in kept), "")
    others = [one for one in frame.accounts if one.network == search_console_api.NETWORK and one.key not in answers]
    if wish := service_form(frame, SEARCH, before, others, today):
        _tried(frame, partial(_site, frame, wish, change))
    if answers and (unwanted := forgetting(frame, SEARCH, answers)):
        change(partial(_forgotten, frame, unwanted, answers), False)


def _told_before(frame: Frame, service: Service, key: str) -> str:
    """What the secrets say; a file of them that cannot be read is told."""
    try:
        return str(secrets(service).get(key, ""))
    except UserError as error:
        st.error(plain(frame.locale.t(error.message)))
        return ""


def _tried(frame: Frame, action: Callable[[], None]) -> None:
    """Does what may fail by what its user can mend, and says so."""
    try:
        action()
    except UserError as error:
        st.error(plain(frame.locale.t(error.message)))


def _keeping(frame: Frame, account: Account) -> Callable[[str, bytes], None]:
    """Keeps an answer as an export."""

    def keep(file: str, content: bytes) -> None:
        one = examine(file, content, Answers(account=account.key))
        frame.store.add_export(one.export, one.findings(frame.brand.zone))

    return keep


def _property(frame: Frame, wish: Wish, change: Change) -> None:
    """Tries the connection to a property, or fetches what is missing of it."""
    from connectors.ga4.connect import connect
    from connectors.ga4.look import tested

    line = connect(property_id(wish.name))
    if not wish.only_try:
        change(partial(_visits, frame, wish, line.client, line.name), True)
        return
    seen = tested(line.client, line.name)
    property_looked(frame, seen, spent_and_left(line.client.pace.spent, seen.quota))


def _visits(frame: Frame, wish: Wish, client: Any, name: str) -> Message:
    """Fetches what is missing of a property, window by window, and says what came of it."""
    from connectors.ga4.connect import account_of
    from connectors.ga4.sync import sync

    tell = fetching(frame)
    with alone(frame.store.folder):
        kept = ga4.kept_answers(frame.store.exports(), frame.store.content)
        mine = [asked for asked, _ in kept if asked.number == client.number]
        own = None if mine else Account(ga4.NETWORK, client.number, name)
        account = account_of(client.number, name, kept, frame.accounts, wish.account or own)
        came = sync(
            client, mine, _keeping(frame, account), tell,
            since=wish.since, week_start=frame.brand.week_start, name=name,
        )  # fmt: skip
    return says(
        "New answers of Google Analytics: {n}. {quota} {left}",
        n=came.kept, quota=spent_and_left(came.spent, came.seen.quota),
        left=_left(map(ga4_report, came.off), map(ga4_report, came.failed), came.paused),
    )  # fmt: skip


def _people(frame: Frame, number: str, span: Window) -> Message:
    """Asks for the people of some dates, and says whether they are known."""
    from connectors.ga4.connect import account_of, connect
    from connectors.ga4.sync import people

    line = connect(number)
    with st.spinner(frame.locale.t("Connecting")), alone(frame.store.folder):
        kept = ga4.kept_answers(frame.store.exports(), frame.store.content)
        account = account_of(number, line.name, kept, frame.accounts, None)
        mine = [asked for asked, _ in kept if asked.number == number]
        came = people(line.client, mine, [span], _keeping(frame, account), name=line.name)
    if came.off or came.failed or came.paused:
        left = _left(map(ga4_report, came.off), map(ga4_report, came.failed), came.paused)
        return says("The people of {days} are not known: {left}", days=span, left=left)
    return says("The people of {days} are known: choose these dates on the page Traffic.", days=span)


def _sites() -> None:
    """Asks which sites the key may see, for the section to show."""
    from connectors.search_console_api.client import connect
    from connectors.search_console_api.look import sites_of

    seen = sorted(sites_of(connect("")))
    if not seen:
        raise UserError(says("The key may see no site yet: in Search Console, Settings, Users and permissions."))
    st.session_state["search_seen"] = seen
    st.rerun()


def _site(frame: Frame, wish: Wish, change: Change) -> None:
    """Tries the connection to a site of Search Console, or fetches what is missing of it."""
    from connectors.search_console_api.client import connect
    from connectors.search_console_api.look import tested

    client = connect(property_name(wish.name))
    seen = tested(client)
    if wish.only_try:
        site_looked(frame, seen, right_name(seen.right))
    else:
        change(partial(_searches, frame, wish, client), True)


def _searches(frame: Frame, wish: Wish, client: Any) -> Message:
    """Fetches what is missing of a site, span by span, and says what came of it."""
    from connectors.search_console_api.sync import sync

    tell = fetching(frame)
    with alone(frame.store.folder):
        kept = search_console_api.kept_answers(frame.store.exports(), frame.store.content)
        account = search_console_api.account_for(client.site, kept, wish.account)
        mine = [asked for asked, _ in kept if asked.site == client.site]
        came = sync(client, mine, _keeping(frame, account), tell, since=wish.since)
    left = _left(map(search_report, came.off), map(search_report, came.failed), came.paused)
    return says("New answers of Search Console: {n}. {left}", n=came.kept, left=left)


def _left(off: Iterable[Message | str], failed: Iterable[Message | str], paused: Message | None) -> Message | str:
    """What a property cannot answer, what is left to ask, and why."""
    said = []
    if off := list(off):
        said.append(says("This property cannot answer: {reports}. They are tried again later.", reports=off))
    if failed := list(failed):
        said.append(says("Not answered this time, and asked again next time: {reports}.", reports=failed))
    said += [paused] if paused else []
    return reduce(lambda one, other: says("{problem} {advice}", problem=one, advice=other), said) if said else ""


def _forgotten(frame: Frame, key: str, answers: Mapping[str, Sequence[ExportInfo]]) -> Message:
    """Takes back all answers of an account."""
    frame.store.add_exports((), instead_of=[info.id for info in answers[key]])
    return says("Forgotten: {file}.", file=key)
