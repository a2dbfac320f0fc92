"""Sudden losses of followers in words: when, how many, and what was published in the 72 hours before."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from metrics.losses import Loss
from metrics.said import Said, cause_of
from pages.parts.frame import Frame
from pages.parts.plain import plain
from wording.names import network_name, short

MOST_POSTS = 3
SHORT = 90  # characters of a post


def losses_list(frame: Frame, losses: Sequence[Loss], said: Said) -> None:
    """Each sudden loss with what is known of its days; that posts stand beside it says nothing of why people left."""
    locale = frame.locale
    rows = []
    for loss in losses:
        about = [f'<span class="v-about">{escape(line)}</span>' for line in _beside(frame, loss)]
        cause = cause_of(loss.peak, said)
        if cause and cause.cause:
            about.insert(0, escape(cause.cause))
        name = network_name(loss.account.partition(":")[0])
        rows.append(
            f'<tr role="row"><td><span class="v-about">{escape(locale.day(loss.day))} · {escape(name)} · '
            f"{escape(frame.name(loss.account))}</span><br>{escape(_size(frame, loss))}<br>{'<br>'.join(about)}</td>"
            f'<td class="v-num"><span class="v-bad">▼ {escape(locale.signed(-round(loss.lost)))}</span></td></tr>'
        )
    st.html(
        f'<table class="v-list"><caption class="v-hidden">{escape(locale.t("Sudden losses"))}</caption><thead>'
        f'<tr role="row"><th scope="col">{escape(locale.t("Loss, and what was published in the 72 hours before"))}</th>'
        f'<th scope="col" class="v-num">{escape(locale.t("That day"))}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def last_loss(frame: Frame, losses: Sequence[Loss]) -> str:
    """The newest loss in a sentence; nothing where there is none."""
    if not losses:
        return ""
    loss, locale = losses[0], frame.locale
    return locale.t(
        "Sudden loss: {network}, {day}, {n}.", network=network_name(loss.account.partition(":")[0]), day=loss.day,
        n=locale.signed(-round(loss.lost)),
    )  # fmt: skip


def not_told(frame: Frame, networks: Sequence[str]) -> None:
    """Which networks do not state who leaves, so that a loss there may hide behind those who come."""
    if networks:
        names = [network_name(network) for network in networks]
        text = frame.locale.t(
            "{networks}: who leaves is not stated. A loss shows there only where more leave than come.", networks=names
        )
        st.caption(plain(text))


def _size(frame: Frame, loss: Loss) -> str:
    """How many left, and what was usual: of the day, or of the week where days are too few to be judged."""
    locale, day = frame.locale, loss.peak.day
    value, expected = (None if one is None else round(one) for one in (day.value, day.expected))
    if loss.net:
        if loss.peak.weekly:
            return locale.t(
                "Net follows in the week of {day}: {value}, for {expected} expected. Gains may hide further losses.",
                day=day.day, value=value, expected=expected,
            )  # fmt: skip
        return locale.t(
            "Net follows: {value}, for {expected} expected. Gains may hide further losses.", value=value,
            expected=expected,
        )  # fmt: skip
    if loss.peak.weekly:
        return locale.t(
            "Unfollows in the week of {day}: {value}, for {expected} expected.", day=day.day, value=value,
            expected=expected,
        )  # fmt: skip
    return locale.t("Unfollows: {value}, for {expected} expected.", value=value, expected=expected)


def _beside(frame: Frame, loss: Loss) -> list[str]:
    """That it was a purge, or the posts of the 72 hours before."""
    locale = frame.locale
    if loss.purge:
        return [
            locale.t(
                "All {n} accounts on {network} whose losses are known lost at once: probably a purge by the network, "
                "and no answer to what was published.",
                n=len(loss.purge), network=network_name(loss.account.partition(":")[0]),
            )
        ]  # fmt: skip
    said = []
    for post in loss.posts[:MOST_POSTS]:
        text = short(post.text or "", SHORT) or locale.t("(no text)")
        line = locale.t("{day}: “{text}”", day=post.day, text=text)
        if post.talked_of:
            line += " " + locale.t(
                "({times} times the usual comments)", times=locale.value(post.times_comments, "ratio")
            )
        elif post.stands_out:
            line += " " + locale.t(
                "(seen {times} times as often as usual)", times=locale.value(post.times_seen, "ratio")
            )
        said.append(line)
    if len(loss.posts) > MOST_POSTS:
        said.append(locale.t("and {n} more", n=len(loss.posts) - MOST_POSTS))
    return said or [locale.t("No post of this account is known of the 72 hours before.")]
