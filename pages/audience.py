from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from metrics.audience import follows, followers, growth_rate, net_follows, profile_visits, unfollow_rate, unfollows
from metrics.engine import read
from metrics.tiles import tiles
from metrics.windows import run
from pages.parts.cards import cards
from pages.parts.charts import gained_and_lost, running_total
from pages.parts.empty import when_empty
from pages.parts.frame import by_network
from pages.parts.tables import networks_table
from pages.parts.names import network_name

FIGURES = (net_follows, follows, unfollows, followers, growth_rate, unfollow_rate, profile_visits)
WEEKS = 26

when_empty(here)
t = here.locale.t
past = run(here.window, WEEKS)
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, here.scope)
    found = read(cursor, FIGURES, past, here.scope)
networks = by_network({account for w in past for m in (follows, unfollows, net_follows) for account in found[m.key, w].parts})
st.html(f'<p class="v-lead">{t("Who came, who left, on which network. What a network does not state is shown as —, never as zero.")}</p>')
cards(here, figures)
st.subheader(t("Gained up, lost down, network by network"))
for network, accounts in networks.items():
    st.markdown(f"**{network_name(network)}**")
    series = {m.key: [found[m.key, w].of_accounts(accounts.__contains__) for w in past] for m in (follows, unfollows, net_follows)}
    gained_and_lost(here.locale, past, series["follows"], series["unfollows"], series["net_follows"], key=f"gained_{network}")
st.subheader(t("The curve of each audience"))
st.caption(t("Followers gained in all since the first period shown, as most networks no longer state how many there are."))
running_total(
    here.locale,
    {network_name(n): [found["net_follows", w].of_accounts(a.__contains__) for w in past] for n, a in networks.items()},
    key="curve",
)
st.subheader(t("The period, network by network"))
networks_table(here, figures, networks, key="networks")
