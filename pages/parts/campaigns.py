"""Campaigns as their reader meets them: side by side, and one of them with its cost, its objectives and its effect."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

import streamlit as st

from data.campaigns import Campaign
from data.objectives import stated
from data.store import Store
from i18n import ABSENT, Locale
from metrics.aims import House
from metrics.belonging import Post
from metrics.campaigns import Brought, after, aimed_at, brought, in_common, shown
from metrics.conversions import key_events
from metrics.doubts import doubts
from metrics.effect import Effect
from metrics.lift import lift
from metrics.model import N_, Metric
from metrics.progress import Progress
from metrics.traffic import sessions
from pages.parts.aligned import Course, aligned
from pages.parts.frame import Frame, chosen
from pages.parts.lists import post_cell
from pages.parts.objectives import objective_card
from pages.parts.verdicts import house as house_of
from wording.campaigns import (
    aims_in_short,
    came,
    chance,
    effect_in_short,
    effect_in_words,
    known_by,
    notes,
    paid,
    worth,
)

POSTS = 5
HUNDRED = 100
WHOLE, MONEY, HOURS = "whole", "money", "hours"
PER = {WHOLE: N_("In all"), MONEY: N_("For {amount}"), HOURS: N_("For an hour")}


class Told(NamedTuple):
    """All that is told of a campaign."""

    brought: Brought
    effect: Effect | None
    aims: tuple[Progress, ...]


def tell(frame: Frame, one: Campaign, until: date) -> Told:
    """All that is told of a campaign by a day, worked out once for what the brand knows."""
    return _told(frame.store, (str(frame.store.folder), frame.version), one, until, house_of(frame))


@st.cache_resource(
    max_entries=40, show_spinner=False, hash_funcs={Campaign: repr, House: repr}
)  # fmt: skip
def _told(_store: Store, known: tuple[str, int], one: Campaign, until: date, house: House) -> Told:
    with _store.read() as cursor:
        found = brought(cursor, one, until)
        effect = lift(cursor, one, until) if found.until else None
        return Told(found, effect, tuple(aimed_at(cursor, one, stated(cursor), until, house)))


def side_by_side(frame: Frame, told: Sequence[Told]) -> None:
    """Campaigns on days since the start: a chart of one figure, and a table of all."""
    locale, found = frame.locale, [one.brought for one in told]
    figures = {metric.key: metric for metric in shown(found)}
    if figures:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            key = chosen(
                "figure", list(figures), next(iter(figures)), st.segmented_control, label=locale.t("Figure"),
                format_func=lambda one: locale.t(figures[one].name), required=True,
            )  # fmt: skip
            per = _per(locale, found)
        courses = [
            Course(
                one.campaign.name, one.campaign.days.first,
                [value and value / over for value in one.cumulated(figures[key])],
            )
            for one in found
            if (over := _over(one, per))
        ]  # fmt: skip
        st.caption(locale.t("Added up since the start of each campaign, by day."))
        aligned(locale, courses, frame.store.annotations(), 0 if per == WHOLE else 1, "aligned")
    st.html(_table(locale, told))


def _per(locale: Locale, found: Sequence[Brought]) -> str:
    """By what the figures are divided: by nothing, or by what all of the campaigns state."""
    currencies = {one.cost.currency for one in found}
    ways = [WHOLE]
    if all(one.cost.total for one in found) and len(currencies) == 1:
        ways.append(MONEY)
    if all(one.cost.hours for one in found):
        ways.append(HOURS)
    amount = _hundred(locale, currencies)
    return chosen(
        "per", ways, WHOLE, st.segmented_control, label=locale.t("Side by side"), required=True,
        format_func=lambda way: locale.t(PER[way], amount=amount),
    )  # fmt: skip


def _over(one: Brought, per: str) -> float | None:
    return {WHOLE: 1.0, MONEY: one.cost.total and one.cost.total / HUNDRED, HOURS: one.cost.hours}[per]


class Cell(NamedTuple):
    """A cell of the table: its figure, and what stands under it in small."""

    figure: str
    under: str = ""


Row = tuple[str, Callable[[Told], Cell]]


def _table(locale: Locale, told: Sequence[Told]) -> str:
    """The figures of campaigns side by side, as HTML: a row a figure, a column a campaign."""
    heads = "".join(
        f'<th class="v-num">{escape(one.brought.campaign.name)}<br>'
        f'<span class="v-about">{escape(locale.span(one.brought.campaign.days))}</span></th>'
        for one in told
    )
    rows = [
        (locale.t("Days"), lambda one: Cell(_days(locale, one.brought))),
        (locale.t("Posts"), lambda one: Cell(locale.number(len(one.brought.posts)))),
        *_of_figures(locale, told),
        *_of_money(locale, told),
        (locale.t("Objectives"), lambda one: Cell(aims_in_short(locale, one.aims))),
        (locale.t("Against what was expected"), lambda one: Cell(*effect_in_short(locale, one.effect))),
    ]
    body = "".join(f"<tr><td>{escape(name)}</td>{''.join(map(_html, map(cell, told)))}</tr>" for name, cell in rows)
    return (
        f'<table class="v-list v-beside" style="--many: {len(told)}"><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _html(cell: Cell) -> str:
    under = f'<br><span class="v-about">{escape(cell.under)}</span>' if cell.under else ""
    return f'<td class="v-fig">{escape(cell.figure)}{under}</td>'


def _days(locale: Locale, found: Brought) -> str:
    if found.over:
        return locale.number(found.known_days)
    return locale.t("{n} of {of}", n=found.known_days, of=found.campaign.days.days)


def _of_figures(locale: Locale, told: Sequence[Told]) -> list[Row]:
    """Rows of visits, and of what counts as a result of some of the campaigns."""
    asked = [sessions, *(one.brought.result for one in told if one.brought.result)]
    figures = {metric.key: metric for metric in asked}
    days, lengths = in_common([one.brought for one in told]), {one.brought.known_days for one in told}

    def of(metric: Metric) -> Callable[[Told], Cell]:
        def cell(one: Told) -> Cell:
            under = []
            if (a_day := one.brought.a_day(metric)) is not None:
                under.append(locale.t("{n} a day", n=locale.number(a_day, 1)))
            if len(lengths) > 1 and one.brought.known_days > days:
                first = after(one.brought, metric, days)
                if first is not None:
                    under.append(locale.t("{value} in {n} days", value=locale.value(first, metric.unit), n=days))
            return Cell(locale.value(one.brought.total(metric), metric.unit), " · ".join(under))

        return cell

    return [(locale.t(metric.name), of(metric)) for metric in figures.values()]


def _of_money(locale: Locale, told: Sequence[Told]) -> list[Row]:
    """Rows of cost, and of results for it."""

    def total(one: Told) -> Cell:
        cost = one.brought.cost
        hours = locale.t("{n} h worked", n=locale.number(cost.hours)) if cost.hours is not None else ""
        if cost.total is None and cost.items:
            return Cell(" + ".join(locale.money(item.amount, item.currency) for item in cost.items), hours)
        return Cell(locale.money(cost.total, cost.currency), hours)

    def each(one: Told) -> Cell:
        gain = one.brought.gain
        return Cell(locale.money(gain.each, gain.currency), chance(locale, gain)) if gain else Cell(ABSENT)

    def results_for(over: Callable[[Brought], float | None]) -> Callable[[Told], Cell]:
        def cell(one: Told) -> Cell:
            found = one.brought
            return Cell(locale.number(found.rate(found.result, over(found)), 1) if found.result else ABSENT)

        return cell

    def roi(one: Told) -> Cell:
        gain = one.brought.gain
        return Cell(ABSENT if gain is None or gain.roi is None else locale.change(gain.roi))

    currencies = {one.brought.cost.currency for one in told if one.brought.cost.total is not None}
    rows: list[Row] = [(locale.t("Cost"), total)]
    if currencies:
        rows.append((locale.t("Cost of a result"), each))
        amount = _hundred(locale, currencies)
        rows.append((locale.t("Results for {amount}", amount=amount), results_for(lambda one: _over(one, MONEY))))
    if any(one.brought.cost.hours for one in told):
        rows.append((locale.t("Results for each hour worked"), results_for(lambda one: _over(one, HOURS))))
    if any(one.brought.gain and one.brought.gain.roi is not None for one in told):
        rows.append((locale.t("ROI"), roi))
    return rows


def _hundred(locale: Locale, currencies: Collection[str]) -> str:
    """A hundred of a currency, or of that of each."""
    return " ".join([locale.number(HUNDRED), *(currencies if len(currencies) == 1 else ())])


def campaign_card(frame: Frame, told: Told) -> None:
    """One campaign: what it brought, what that cost and is worth, its effect, its objectives and its posts."""
    locale, found, one = frame.locale, told.brought, told.brought.campaign
    about = " · ".join(filter(None, [locale.span(one.days), known_by(locale, one), one.owner]))
    sentences = [
        *came(locale, found, _card_figures(found)), *paid(locale, found.cost), *worth(locale, found.gain, found.result)
    ]  # fmt: skip
    effect = effect_in_words(locale, one, told.effect)
    left, right = st.columns((5, 4), gap="large")
    with left:
        st.html(
            f'<div class="v-aim"><div class="v-name">{escape(about)}</div>'
            f'<div class="v-verdict">{escape(one.name)}</div>{_paragraphs(sentences)}</div>'
        )
        if effect:
            head = escape(locale.t("Compared with what would have come anyway"))
            st.html(f'<div class="v-aim"><div class="v-name">{head}</div>{_paragraphs(effect)}</div>')
        for note in notes(locale, found):
            st.html(f'<p class="v-note">{escape(note)}</p>')
    with right:
        st.html(_posts(frame, found.posts))
    for n, aim in enumerate(told.aims):
        objective_card(frame, aim, doubts(aim, told.aims, house_of(frame)), f"campaign_aim_{n}")
    if not told.aims:
        st.caption(
            locale.t("It has no objective: what is aimed at between its two dates, under Objectives, is its own.")
        )
        st.page_link("pages/objectives.py", label=locale.t("Go to Objectives"))


def _card_figures(found: Brought) -> list[Metric]:
    asked = [found.result, sessions, key_events]
    return list({metric.key: metric for metric in asked if metric}.values())


def _paragraphs(sentences: Sequence[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _posts(frame: Frame, posts: Sequence[Post]) -> str:
    """The posts of a campaign that were seen most, as HTML."""
    locale = frame.locale
    if not posts:
        return f'<p class="v-note">{escape(locale.t("No post of its days is known to belong to it."))}</p>'
    rows = [
        f"<tr>{post_cell(frame, post.account, post.day, None, post.text, post.link)}"
        f'<td class="v-num">{escape(locale.number(post.seen))}</td></tr>'
        for post in posts[:POSTS]
    ]
    head = escape(locale.t("Posts: {n}; those seen most", n=len(posts)))
    seen = escape(locale.t("Seen"))
    return (
        f'<table class="v-list"><thead><tr><th>{head}</th><th class="v-num">{seen}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
