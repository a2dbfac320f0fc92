from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.model import Window
from metrics.audience import (
    follow_rate,
    followers,
    follows,
    growth_rate,
    net_follows,
    profile_visits,
    unfollow_rate,
    unfollows,
)
from metrics.engine import read
from metrics.leaving import weekly
from metrics.losses import losses
from metrics.model import N_
from metrics.tiles import tiles
from metrics.windows import buckets, days, grain, last_complete_week, run
from pages.parts.annotations import notes_here
from pages.parts.cards import cards, lead
from pages.parts.charts import gained_and_lost, running_total
from pages.parts.empty import when_empty
from pages.parts.frame import by_network, chosen
from pages.parts.limits import within_limits
from pages.parts.lists import networks_list
from pages.parts.losses import last_loss, losses_list, not_told
from pages.parts.watching import watching
from wording.names import network_name

FIGURES = (net_follows, follows, unfollows, followers, growth_rate, unfollow_rate, profile_visits)
BARS = {"period": N_("Period by period"), "day": N_("Day by day")}
SHOWN, LONGEST = 26, 31  # windows beside each other, of as many days at most
CURVE_DAYS = 800  # 26 months, day by day
DAYS = 42  # bars of a day each
JUDGED = 64  # weeks that limits rest on, of which the last are shown


def steps(window: Window) -> list[Window]:
    """The days, weeks or months that a window is drawn by."""
    return buckets(window, grain(window), here.brand.week_start)


def bars() -> list[Window]:
    """The days or periods of the bars, as the reader has chosen."""
    if here.window.days > LONGEST:
        return past
    by = chosen(
        "bars", list(BARS), "period", st.segmented_control, label=t("Bars"), label_visibility="collapsed",
        required=True, format_func=lambda key: t(BARS[key]),
    )  # fmt: skip
    return past if by == "period" else days(Window(here.window.last - timedelta(DAYS - 1), here.window.last))


def two_by_two(n: int) -> list[DeltaGenerator]:
    """The places of so many charts, two beside each other; a single one has the whole width."""
    rows = [st.columns(min(n, 2), gap="large") for _ in range(0, n, 2)]
    return [place for row in rows for place in row][:n]


when_empty(here)
t = here.locale.t
# Of a long period, what it is made of, rather than the periods before it.
past = run(here.window, SHOWN) if here.window.days <= LONGEST else steps(here.window)
span = Window(past[0].first, here.window.last)
curve = days(span) if span.days <= CURVE_DAYS else steps(span)
weeks = run(last_complete_week(here.window.last, here.brand.week_start), JUDGED)
series, notes = watching(here), here.store.annotations()
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
    found = read(cursor, (follows, unfollows, net_follows), past, here.scope)
    gains = read(cursor, (follows, net_follows), curve, here.scope)
    rates = read(cursor, (follows, unfollows, follow_rate, unfollow_rate), weeks, here.scope)
    lost = losses(cursor, series, span)
networks = by_network(
    {account for w in past for m in (follows, unfollows, net_follows) for account in found[m.key, w].parts}
)


def curve_metric(accounts: set[str]) -> str:
    """Net follows where the network states them, else follows: what it gained, its losses unknown."""
    net = any(account in gains["net_follows", w].parts for w in curve for account in accounts)
    return "net_follows" if net else "follows"


def curve_name(network: str, accounts: set[str]) -> str:
    """The network, with what its curve leaves out."""
    name = network_name(network)
    return name if curve_metric(accounts) == "net_follows" else t("{name} (gains)", name=name)


lead(here, figures, last_loss(here, [loss for loss in lost if loss.day >= here.window.first]))
cards(here, figures)
st.caption(t("What a network does not state is shown as —, never as zero."))
st.subheader(t("Gained up, lost down, network by network"))
drawn = bars()
with here.store.read() as cursor:
    found = found if drawn == past else read(cursor, (follows, unfollows, net_follows), drawn, here.scope)
for column, (network, accounts) in zip(two_by_two(len(networks)), networks.items(), strict=True):
    with column:
        st.markdown(f"**{network_name(network)}**")
        gained, gone, net = (
            [found[m.key, w].of_accounts(accounts.__contains__) for w in drawn]
            for m in (follows, unfollows, net_follows)
        )
        gained_and_lost(here.locale, drawn, gained, gone, net, key=f"gained_{network}", notes=notes)

st.subheader(t("Sudden losses"))
if lost:
    losses_list(here, lost, {(one.series, one.day): one for one in here.store.peak_causes()})
else:
    st.caption(t("No sudden loss of followers over {window}, where losses are known.", window=span))
silent = [n for n, a in networks.items() if not any(m.metric.key == "unfollows" and m.account in a for m in series)]
not_told(here, silent)

st.subheader(t("Who comes and who leaves, within the usual limits"))
st.caption(
    t(
        "By week, for each thousand followers at its beginning; in numbers of people where how many follow is not "
        "stated. The band is what the weeks before make usual; outside of it, a week is a signal."
    )
)
told = [
    (network, one)
    for network, accounts in networks.items()
    for count, rate in ((follows, follow_rate), (unfollows, unfollow_rate))
    if (one := weekly(rates, rate, count, weeks, accounts.__contains__))
]
for column, (network, one) in zip(two_by_two(len(told)), told, strict=True):
    with column:
        st.markdown(f"**{network_name(network)} · {t(one.metric.name)}**")
        within_limits(here.locale, one.last(SHOWN), key=f"limits_{network}_{one.metric.key}", notes=notes)
st.subheader(t("The curve of each audience"))
st.caption(t("Followers gained since the first day shown, as most networks no longer state how many there are."))
st.caption(t("Where losses are not stated, the curve shows gains only."))
running_total(
    here.locale,
    {
        curve_name(n, a): [gains[curve_metric(a), w].of_accounts(a.__contains__) for w in curve]
        for n, a in networks.items()
    },
    key="curve",
    notes=notes,
)
notes_here(here, span)
side_by_side = t("The period, network by network")
st.subheader(side_by_side)
networks_list(here, figures, networks, side_by_side)
