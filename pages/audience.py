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
from metrics.windows import days, run
from pages.parts.cards import cards, lead
from pages.parts.charts import gained_and_lost, running_total
from pages.parts.empty import when_empty
from pages.parts.frame import by_network
from pages.parts.names import network_name
from pages.parts.tables import networks_table

FIGURES = (net_follows, follows, unfollows, followers, growth_rate, unfollow_rate, profile_visits)
WEEKS = 26

when_empty(here)
t = here.locale.t
past = run(here.window, WEEKS)
every_day = days(Window(past[0].first, here.window.last))
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
    found = read(cursor, (follows, unfollows, net_follows), past, here.scope)
    daily = read(cursor, (follows, net_follows), every_day, here.scope)
networks = by_network(
    {account for w in past for m in (follows, unfollows, net_follows) for account in found[m.key, w].parts}
)


def curve_metric(accounts: set[str]) -> str:
    """Net follows where the network states them, else follows: what it gained, its losses unknown."""
    net = any(account in daily["net_follows", day].parts for day in every_day for account in accounts)
    return "net_follows" if net else "follows"


def curve_name(network: str, accounts: set[str]) -> str:
    """The network, with what its curve leaves out."""
    name = network_name(network)
    return name if curve_metric(accounts) == "net_follows" else t("{name}, gains only", name=name)


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
        curve_name(n, a): [daily[curve_metric(a), d].of_accounts(a.__contains__) for d in every_day]
        for n, a in networks.items()
    },
    key="curve",
)
st.subheader(t("The period, network by network"))
networks_table(here, figures, networks, key="networks")
