"""What the posts that did well have in common, and the best time to publish, as far as the data bears it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from data.model import Window
from data.store import Store
from i18n import Locale
from metrics.common import BAND, FEWEST_POSTS, FEWEST_WITH, InCommon, Shared, Trait, in_common, published, times
from metrics.model import N_
from metrics.ranking import PAST, ranking
from metrics.reading import Scope
from pages.parts.frame import Frame
from pages.parts.lists import plain_table
from pages.parts.plain import plain
from wording.names import kind_name

MONDAY = date(2024, 1, 1)
NAMED = {
    ("length", "short"): N_("short texts, the shortest third"),
    ("length", "long"): N_("long texts, the longest third"),
    ("hashtags", "any"): N_("with a hashtag"),
    ("link", "any"): N_("with a link"),
}


def shared(frame: Frame, scope: Scope) -> None:
    """Both findings over the settled posts of the year that ends with the period."""
    told, best = _found(
        frame.store, str(frame.store.folder), frame.version, frame.window.last, scope.accounts, scope.kinds,
        frame.brand.zone,
    )  # fmt: skip
    t = frame.locale.t
    st.subheader(t("What the best posts have in common"))
    if told.posts < FEWEST_POSTS:
        text = N_("Too few posts to tell: {n} are known at a like age over the year, and it takes {least}.")
        st.caption(t(text, n=told.posts, least=FEWEST_POSTS))
        return
    if told.told:
        _table(frame.locale, told.told, t("Trait"), t("What the best posts have in common"))
        st.caption(
            t(
                "Times the rate of posts seen as often that lack it, in the same account and quarter; each interval "
                "holds in 95 of 100 cases. {of} traits were tested at once over {posts} posts. What goes with a trait "
                "need not come from it.",
                of=len(told.traits), posts=told.posts,
            )
        )  # fmt: skip
    else:
        st.write(
            t(
                "Nothing that could be told from chance: {of} traits (kind, weekday, hour, length, hashtags, links) "
                "were tested at once over the {posts} posts of the year.",
                of=len(told.traits), posts=told.posts,
            )
        )  # fmt: skip
    st.subheader(t("The best time to publish"))
    st.write(plain(_best(frame.locale, best)))
    with st.expander(t("Each weekday and time of day, with its uncertainty"), key="times"):
        _table(frame.locale, best.traits, t("Time"), t("The best time to publish"))
        missing = _missing(frame.locale, best)
        few = t("Too few posts to tell, fewer than {n}: {times}.", n=FEWEST_WITH, times=missing) if missing else ""
        how = t("Times the interactions of the other posts of the same account and quarter, at a like age.")
        st.caption(plain(f"{how} {few}".strip()))


@st.cache_data(max_entries=8, show_spinner=False)
def _found(
    _store: Store, folder: str, version: int, last: date, accounts: tuple[str, ...], kinds: tuple[str, ...], zone: str
) -> tuple[InCommon, InCommon]:
    with _store.read() as cursor:
        ranked = ranking(cursor, Window(last - PAST, last), Scope(accounts, kinds)).posts
        posts = published(cursor, ranked, zone)
    return in_common(posts), times(posts)


def _table(locale: Locale, traits: Sequence[Shared], head: str, caption: str) -> None:
    heads = {
        locale.t("Posts"): locale.t("How many posts have it"),
        locale.t("Times"): locale.t("Times what the others bring, and between what it lies in 95 of 100 cases"),
    }
    rows = []
    for one in traits:
        interval = locale.t("{low} to {high}", low=locale.number(one.low, 2), high=locale.number(one.high, 2))
        tone = ("v-good" if one.times > 1 else "v-bad") if one.told else ""
        sign = ("▲" if one.times > 1 else "▼") if one.told else "×"
        rows.append(
            f'<td>{escape(name(locale, one.trait))}</td><td class="v-num">{escape(locale.number(one.posts))}</td>'
            f'<td class="v-num"><span class="{tone}">{sign} {escape(locale.number(one.times, 2))}</span><br>'
            f'<span class="v-about">{escape(interval)}</span></td>'
        )
    plain_table(head, heads, rows, caption)


def _best(locale: Locale, best: InCommon) -> str:
    """The answer: the times that bring more, those that bring less, or that none can be told from the others."""
    said = []
    for more in (True, False):
        some = [one for one in best.told if (one.times > 1) is more]
        if not some:
            continue
        text = N_("More interactions: {times}.") if more else N_("Fewer interactions: {times}.")
        said.append(locale.t(text, times=locale.listing([_measured(locale, one) for one in some])))
    if not said:
        said.append(
            locale.t(
                "No weekday and no time of day brings reliably more interactions than the others: over {posts} posts, "
                "the differences are those of chance.",
                posts=best.posts,
            )
        )  # fmt: skip
    return " ".join(said)


def _measured(locale: Locale, one: Shared) -> str:
    return locale.t(
        "{when} (× {times}, between {low} and {high})", when=name(locale, one.trait), times=locale.number(one.times, 2),
        low=locale.number(one.low, 2), high=locale.number(one.high, 2),
    )  # fmt: skip


def _missing(locale: Locale, best: InCommon) -> str:
    """The times of which too few posts are known."""
    every = [Trait("weekday", n) for n in range(1, 8)] + [Trait("hours", n) for n in range(0, 24, BAND)]
    tested = {one.trait for one in best.traits}
    missing = [name(locale, one) for one in every if one not in tested]
    return locale.listing(missing) if missing else ""


def name(locale: Locale, trait: Trait) -> str:
    """A trait in words."""
    value = trait.value
    match trait.of:
        case "weekday":
            return locale.weekday(MONDAY + timedelta(int(value) - 1))
        case "hours":
            return locale.t("{first}:00 to {last}:00", first=str(value), last=str(int(value) + BAND))
        case "kind":
            return kind_name(locale, str(value))
        case "hashtag":
            return f"#{value}"
    return locale.t(NAMED[trait.of, str(value)])
