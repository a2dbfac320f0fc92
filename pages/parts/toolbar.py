"""What stands around every page: the brand, the period and the networks that the reader chooses."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from data.model import UserError, Window
from data.store import Brand, Store, create_brand
from i18n import Locale
from metrics.brand import proposed
from metrics.facts import spans
from metrics.reading import Scope
from metrics.windows import before, is_month, last_complete_week, month, week
from pages.parts.frame import MAX_DAYS, Frame, chosen, keep, parse_period, period_text, remind
from wording.names import SITES, network_name

DEMO = "demo"
MAX_CHOICES = 160  # three years of weeks
LAST_SHOWN = "_last_shown"


def welcome(locale: Locale) -> None:
    """The first page of all, when there is no brand yet."""
    st.write(locale.t("There are no figures yet. Name your organisation; then drop the files of your networks."))
    new_brand(locale)


def new_brand(locale: Locale) -> None:
    """Asks for the name of an organisation and begins its brand."""
    with st.form("new_brand", border=False, clear_on_submit=True):
        name = st.text_input(locale.t("Name of the organisation"), key="new_brand_name", width=460)
        if st.form_submit_button(locale.t("Begin"), type="primary") and name.strip():
            _begin_brand(locale, name)


def brand(locale: Locale, found: list[Brand]) -> Brand:
    """The brand whose figures are shown; from the demo to one's own is one click."""
    by_slug = {b.slug: b for b in found}
    own = next((b.slug for b in found if b.slug != DEMO), found[0].slug)
    slug = chosen(
        "brand",
        list(by_slug),
        own,
        st.selectbox,
        label=locale.t("Brand"),
        format_func=lambda s: by_slug[s].name,
    )
    if slug == DEMO:
        st.caption(locale.t("An invented organisation, to look around."))
    if list(by_slug) == [DEMO]:
        if st.button(locale.t("Start with my own figures"), type="primary", width="stretch"):
            _begin_brand(locale, locale.t("My organisation"))
    return by_slug[slug]


def _begin_brand(locale: Locale, name: str) -> None:
    try:
        store = create_brand(name.strip())
    except UserError as error:
        st.error(locale.t(error.message))
        return
    st.session_state.pop("brand", None)
    st.query_params["brand"] = store.folder.name
    st.switch_page("pages/sources.py", query_params={**st.query_params.to_dict(), "brand": store.folder.name})


def frame(locale: Locale, store: Store, brand: Brand, periods: bool, networks: bool) -> Frame:
    """The frame of the page, its choices drawn as a toolbar: the period and the networks, where it is about these."""
    with store.read() as cursor:
        known = spans(cursor)
    accounts = tuple(store.accounts())
    whole = Window(min(s.first for s in known.values()), max(s.last for s in known.values())) if known else None
    today = date.today()
    window = last_complete_week(min(whole.last, today - timedelta(days=1)) if whole else today, brand.week_start)
    words = store.words() or proposed(brand.name)
    scope = Scope(words=words)
    if periods and whole:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            window = st.session_state[LAST_SHOWN] = _window(locale, whole, window, brand.week_start)
            found = sorted({a.network for a in accounts} - set(SITES), key=network_name)
            if networks and len(found) > 1:
                kept = _networks(locale, found)
                if set(kept) != set(found):
                    scope = Scope(tuple(a.key for a in accounts if a.network in (*kept, *SITES)), words=words)
    elif whole:  # what was looked at before: on Sources its people can be asked for
        window = st.session_state.get(LAST_SHOWN, window)
    return Frame(store, store.version() or 0, brand, locale, accounts, window, scope, whole)


def _window(locale: Locale, whole: Window, default: Window, week_start: int) -> Window:
    asked = parse_period(st.query_params.get("period", "")) or default
    kinds = {"week": locale.t("Week"), "month": locale.t("Month"), "dates": locale.t("Dates")}
    kind = "week" if asked == week(asked.first, week_start) else "month" if is_month(asked) else "dates"
    st.session_state.setdefault("grain", kind)
    picked = st.segmented_control(
        locale.t("Period"), list(kinds), key="grain", format_func=kinds.__getitem__, required=True, width="content",
        persist_state="session",
    )  # fmt: skip
    grain = picked or kind
    if grain == "dates":
        window = _dates(locale, asked)
    else:
        last = default if grain == "week" else _last_month(default.last)
        choices = back_to(whole.first, last)
        if grain == kind and asked not in choices:  # a link may go back further, or to days that no export states
            choices.append(asked)
        texts = {period_text(w, week_start): w for w in choices}
        label = (
            (lambda t: f"{locale.week(texts[t].first)} · {locale.span(texts[t])}")
            if grain == "week"
            else (lambda t: locale.month(texts[t].first))
        )
        key = f"period_{grain}"
        if st.session_state.get(key) not in texts:
            st.session_state[key] = period_text(asked if asked in choices else last, week_start)
        remind(key, label)
        text = st.selectbox(kinds[grain], list(texts), format_func=label, key=key, width=340, persist_state="session")
        window = texts.get(text or "", last)
    keep("period", period_text(window, week_start), period_text(default, week_start))
    return window


def _dates(locale: Locale, asked: Window) -> Window:
    picked = st.date_input(
        locale.t("Dates"), (asked.first, asked.last), key="period_dates", format="DD/MM/YYYY", width=260,
        persist_state="session",
    )  # fmt: skip
    if not isinstance(picked, tuple) or len(picked) != 2:  # the second day is still to be chosen
        return asked
    first, last = picked
    return Window(max(first, last - timedelta(days=MAX_DAYS - 1)), last)


def _last_month(day: date) -> Window:
    current = month(day)
    return current if current.last <= day else before(current)


def back_to(first: date, last: Window) -> list[Window]:
    """The windows from the last one back to the first day known."""
    found = [last]
    while (earlier := before(found[-1])).first >= first and len(found) < MAX_CHOICES:
        found.append(earlier)
    return found


def _networks(locale: Locale, networks: list[str]) -> list[str]:
    asked = st.session_state.get("networks", st.query_params.get("networks", "").split(","))
    asked = [n for n in networks if n in asked] or networks  # none is all; another brand may have none of them
    if set(asked) != set(st.session_state.get("networks", ())):
        st.session_state["networks"] = asked
    kept = st.pills(
        locale.t("Networks"),
        networks,
        selection_mode="multi",
        key="networks",
        format_func=network_name,
        width="content",
        persist_state="session",
    )
    kept = [n for n in networks if n in kept] or networks
    keep("networks", ",".join(kept), ",".join(networks))
    return kept
