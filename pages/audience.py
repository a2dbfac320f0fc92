from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from data.model import Window
from metrics.audience import (
    followers,
    follows,
    growth_rate,
    net_follows,
    profile_visits,
    unfollow_rate,
    unfollows,
)
from metrics.engine import read
from metrics.tiles import tiles
from metrics.windows import buckets, days, grain, run
from pages.parts.cards import cards, lead
from pages.parts.charts import gained_and_lost, running_total
from pages.parts.empty import when_empty
from pages.parts.frame import by_network
from pages.parts.lists import networks_list
from wording.names import network_name

FIGURES = (net_follows, follows, unfollows, followers, growth_rate, unfollow_rate, profile_visits)
SHOWN, LONGEST = 26, 31  # windows beside each other, of as many days at most
CURVE_DAYS = 800  # 26 months, day by day


def steps(window: Window) -> list[Window]:
    """The days, weeks or months that a window is drawn by."""
    return buckets(window, grain(window), here.brand.week_start)


when_empty(here)
t = here.locale.t
# Of a long period, what it is made of, rather than the periods before it.
past = run(here.window, SHOWN) if here.window.days <= LONGEST else steps(here.window)
span = Window(past[0].first, here.window.last)
curve = days(span) if span.days <= CURVE_DAYS else steps(span)
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
    found = read(cursor, (follows, unfollows, net_follows), past, here.scope)
    gains = read(cursor, (follows, net_follows), curve, here.scope)
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


lead(here, figures)
cards(here, figures)
st.caption(t("What a network does not state is shown as —, never as zero."))
st.subheader(t("Gained up, lost down, network by network"))
for network, accounts in networks.items():
    st.markdown(f"**{network_name(network)}**")
    series = {
        m.key: [found[m.key, w].of_accounts(accounts.__contains__) for w in past]
        for m in (follows, unfollows, net_follows)
    }
    gained_and_lost(
        here.locale,
        past,
        series["follows"],
        series["unfollows"],
        series["net_follows"],
        key=f"gained_{network}",
    )
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
)
side_by_side = t("The period, network by network")
st.subheader(side_by_side)
networks_list(here, figures, networks, side_by_side)
