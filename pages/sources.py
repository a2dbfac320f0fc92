from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from connectors import typed
from connectors.reading import all_connectors, describe, examine, read_kept, title_of
from data.model import Account, Message, UserError, says
from data.store import Brand
from metrics.facts import spans
from metrics.freshness import freshness
from pages.parts.connected import SERVICES, by_account, google_analytics, search_console
from pages.parts.directions import directions
from pages.parts.dropped import waiting
from pages.parts.fresh import freshness_lead, freshness_list
from pages.parts.intake import Reader, load, look_at_all, read_again
from pages.parts.loaded import loaded_table, one_loaded
from pages.parts.mapping import kept_mappings
from pages.parts.plain import plain
from pages.parts.services import answers_table, wait_for_the_end
from pages.parts.settings import another_brand, brand_form, words_form
from pages.parts.sites import Said, named, same_site_form
from pages.parts.style import uploader_words
from pages.parts.toolbar import DEMO, new_brand
from pages.parts.tray import tray
from pages.parts.typing import followers_form

wait_for_the_end(here)
t, store, brand = here.locale.t, here.store, here.brand
own, drop = brand.slug != DEMO, tray(brand.slug)
today = datetime.now(ZoneInfo(brand.zone)).date()
exports = store.exports()
loaded = {export.id: export for export in exports}
answers = by_account(exports, *SERVICES)  # of services: many, and shown as one line for each account
files = [export for export in exports if export.connector not in SERVICES]
formats = {export.connector: title_of(export.connector) for export in exports}
read = Reader(examine, describe, store.mappings())


def change(action: Callable[[], Message], link: bool = False) -> None:
    """Makes a change and starts the page anew with what came of it; what goes wrong is said here and now."""
    try:
        st.session_state["sources_said"] = (action(), link)
    except UserError as error:
        st.error(plain(t(error.message)))
    else:
        st.rerun()


def reread() -> Message:
    """Reads all again, by the brand's clock as it is now."""
    zone = store.brand().zone
    return read_again(here, lambda export: read_kept(export, zone))


def note(account: Account, day: date, followers: int) -> Message:
    """Keeps a number of followers that was typed in, as the file that it is."""
    name, content = typed.typed_in(account, day, followers, datetime.now(ZoneInfo(brand.zone)).replace(tzinfo=None))
    examined = examine(name, content)
    store.add_export(examined.export, examined.findings(brand.zone))
    return says(
        "Noted: {n} followers of {account} on {day}.", n=followers, account=account.name or account.handle, day=day
    )


def forget(export_id: str, name: str) -> Message:
    """Takes a file back."""
    store.forget_export(export_id)
    return says("Forgotten: {file}.", file=name)


def one_site(said: Said) -> Message:
    """Says that two accounts measure one site, or takes it back."""
    if said.lead is None:
        store.part_site(said.account)
        return says("{account} counts by itself again.", account=named(here, said.account))
    store.join_site(said.account, said.lead)
    account, lead = named(here, said.account), named(here, said.lead)
    return says("{account} goes with {lead}.", account=account, lead=lead)


def forget_mapping(name: str) -> Message:
    """Forgets how a table was described."""
    store.forget_mapping(name)
    return says("Forgotten: {file}.", file=name)


def restate(now: Brand) -> Message:
    """Changes the brand; in another time zone, posts and visits fall on other days, so all is read again."""
    store.set_brand(now.name, now.zone, now.week_start)
    if not exports or now.zone == brand.zone:
        return says("Saved.")
    try:
        return reread()
    except UserError as error:
        advice = says("The time zone is changed; the files are still read by the old one. Read everything again.")
        raise UserError(says("{problem} {advice}", problem=error.message, advice=advice)) from error


def restate_words(words: list[str]) -> Message:
    """Changes the words by which a search is told to be for the brand."""
    store.set_words(words)
    return says("Saved.")


with store.read() as cursor:
    known = freshness(cursor)
    measuring = sorted({account for table, account in spans(cursor) if table in ("web", "search")})
if known:
    freshness_lead(here, known, today)
if said := st.session_state.pop("sources_said", None):
    st.success(plain(t(said[0])))
    if said[1]:
        st.page_link("pages/week.py", label=t("See This week"))
if own:
    uploader_words(here.locale)
    dropped = st.file_uploader(
        t("Drop the files of your networks here: CSV, Excel or ZIP. Vigie finds out what each of them is."),
        accept_multiple_files=True, key=f"drop_{drop.round}",
    )  # fmt: skip
    if dropped:
        for file in dropped:
            drop.add(file.name, file.getvalue())
        drop.round += 1  # an empty uploader: from here on each file has a card
        st.rerun()
    work = st.container()  # above the cards: where one looks after a click on "Load all"
    with work:
        look_at_all(here, drop, loaded, formats, read)
    if drop.files and (wanted := waiting(here, drop, loaded, today, read)):
        with work:
            change(partial(load, here, drop, wanted, read), link=True)
else:
    st.info(
        t(
            "This is an invented organisation: its figures are made up, to look around. "
            "Files are loaded into a brand of your own, and the two never mix."
        )
    )
    new_brand(here.locale)

if exports:
    st.subheader(t("What is loaded"))
    if answers:
        answers_table(here, answers)
    selected = loaded_table(here, files, formats) if files else None
    if files and not selected:
        st.caption(t("Select a line to see what could not be read of the file, and to forget a wrong one."))
    if selected and one_loaded(here, selected, own):
        change(partial(forget, selected.id, selected.name))
    if known:  # an export may hold no row
        st.subheader(t("Until when each account is known"))
        freshness_list(here, known, today)
directions(here.locale, [c for c in all_connectors() if c is not typed.CONNECTOR], expanded=not exports)
if own:
    if social := [account for account in here.accounts if account.network in typed.NETWORKS]:
        with st.expander(t("Type in a number of followers"), key="followers_settings"):
            if told := followers_form(here, social, today):
                change(partial(note, *told))
    if len(measuring) > 1:
        with st.expander(t("One site, several sources"), key="same_site_settings"):
            if (joined := same_site_form(here, measuring, store.same_sites())) is not None:
                change(partial(one_site, joined))
    with st.expander(t("Connect Google Analytics"), key="google_settings"):
        google_analytics(here, exports, today, change)
    with st.expander(t("Connect Search Console"), key="search_settings"):
        search_console(here, exports, today, change)
    if read.mappings:
        with st.expander(t("Tables that you have described"), key="mappings_settings"):
            if unwanted := kept_mappings(here, read.mappings):
                change(partial(forget_mapping, unwanted))
    with st.expander(t("The brand: name, time zone, week"), key="brand_settings"):
        if now := brand_form(here.locale, brand):
            change(partial(restate, now))
    with st.expander(t("The brand's own words in searches"), key="words_settings"):
        if (words := words_form(here.locale, brand, store.words(), here.scope.words)) is not None:
            change(partial(restate_words, words))
    if exports:
        with st.expander(t("Read every file again"), key="rebuild_settings"):
            st.caption(t("Vigie keeps every file. After an update it can read them all anew."))
            if st.button(t("Read everything again"), key="rebuild"):
                change(reread)
    with st.expander(t("Begin another brand"), key="another_brand"):
        another_brand(here.locale)
