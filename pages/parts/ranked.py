"""Posts ranked fairly: the best and the weakest, how sure that is, and what another denominator would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from metrics.engagement import interactions
from metrics.model import N_
from metrics.ranking import GROWING_DAYS, RATES, Ranked, Ranking
from metrics.shrinkage import FEWEST
from pages.parts.frame import Frame
from pages.parts.lists import plain_table, post_cell
from wording.names import network_name
from pages.parts.plain import plain

SHOWN = 5
BY: Mapping[str, str] = {
    interactions.key: N_("{place} by number of interactions"),
    **dict(zip((rate.key for rate in RATES), (
        N_("{place} by reach"), N_("{place} by impressions"), N_("{place} by views"),
    ), strict=True)),
}  # fmt: skip


def ranked(frame: Frame, ranking: Ranking) -> None:
    """The best and the weakest posts, the rate to believe of each, and its place by other ways of dividing."""
    t = frame.locale.t
    st.subheader(t("Ranked fairly"))
    posts = ranking.posts
    if not posts:
        st.caption(f"{t('No post can be ranked yet.')} {_left_out(frame, ranking)}".strip())
        return
    first = posts[0]
    st.html(f'<p class="v-lead">{escape(_best(frame, first))}</p>')
    _list(frame, posts[:SHOWN], t("Best"))
    weakest = posts[max(SHOWN, len(posts) - SHOWN) :]
    if weakest:
        st.markdown(f"**{t('Weakest')}**")
        _list(frame, weakest[::-1], t("Weakest"))
    if ranking.depends:
        said = t(
            "Which post is the best depends on what its interactions are divided by: on {networks} another way names "
            "another one. Compare only posts that were ranked in the same way.",
            networks=_networks(ranking.depends),
        )
        st.caption(plain(said))
    how = t(
        "Each rate is drawn towards what posts seen as often usually get on their network, the more so the fewer "
        "saw it; four times in five the true rate lies in the interval. Counts are those of the first export made at "
        "least {days} days after publication.",
        days=GROWING_DAYS,
    )
    st.caption(f"{how} {_left_out(frame, ranking)}".strip())


def _best(frame: Frame, post: Ranked) -> str:
    t, locale = frame.locale.t, frame.locale
    network, day, times = network_name(post.account.split(":")[0]), post.day, locale.number(post.over_usual, 1)
    if post.over_median is not None and not post.small:
        return t(
            "Best post: {network}, {day}. It got {median} times what the median post there got, and {usual} times what "
            "a post seen as often usually gets.",
            network=network, day=day, median=locale.number(post.over_median, 1), usual=times,
        )  # fmt: skip
    return t(
        "No post stands out: the first, on {network} on {day}, got {usual} times what a post seen as often usually "
        "gets, too little to be sure.",
        network=network, day=day, usual=times,
    )  # fmt: skip


def _list(frame: Frame, posts: Sequence[Ranked], caption: str) -> None:
    t = frame.locale.t
    heads = {
        t("Rate to believe"): t(
            "Interactions for each person reached, or each impression or view where no reach is stated"
        ),
        t("Of the usual"): t("Times what a post seen as often usually gets on this network"),
        t("Of the median"): t("Times the median post of this account in the last 90 days"),
    }
    plain_table(t("Post"), heads, [_row(frame, post) for post in posts], caption)


def _row(frame: Frame, post: Ranked) -> str:
    locale, t = frame.locale, frame.locale.t
    places = ", ".join(t(BY[key], place=place) for key, place in post.ranks.items()) if len(post.ranks) > 2 else ""
    place = t("Place on its network: {places}.", places=places) if places else ""
    note = " ".join(filter(None, [t("Small sample.") if post.small else "", place]))
    interval = t("{low} to {high}", low=locale.percent(post.low), high=locale.percent(post.high))
    over = [post.over_usual, post.over_median]
    times = "".join(f'<td class="v-num">× {escape(locale.number(value, 1))}</td>' for value in over)
    rate = f'{escape(locale.percent(post.rate))}<br><span class="v-about">{escape(interval)}</span>'
    cell = post_cell(frame, post.account, post.day, post.kind, post.text, post.link, note)
    return f'{cell}<td class="v-num">{rate}</td>{times}'


def _left_out(frame: Frame, ranking: Ranking) -> str:
    t, said = frame.locale.t, []
    if ranking.growing:
        said.append(t("Not ranked, as they still grow or are known from one period only: {n}.", n=ranking.growing))
    if ranking.few:
        text = N_("{networks}: fewer than {n} posts are known at a like age, too few to say what is usual.")
        said.append(t(text, networks=_networks(ranking.few), n=FEWEST))
    return plain(" ".join(said))


def _networks(accounts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(network_name(account.split(":")[0]) for account in accounts))
