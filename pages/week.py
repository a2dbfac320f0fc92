from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from html import escape

import streamlit as st

from metrics.audience import net_follows
from metrics.conversions import key_events
from metrics.engagement import engagement_rate, interactions, interactions_in_period
from metrics.lists import posts
from metrics.tiles import tiles
from metrics.traffic import sessions, time_per_visit, visitors
from metrics.verdict import Facts, headline, shifted
from metrics.windows import before
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.lists import posts_list
from pages.parts.peaks import peaks_list
from pages.parts.people import not_counted
from pages.parts.plain import plain
from pages.parts.recent import recent
from pages.parts.verdicts import objectives_list, told_on
from pages.parts.watching import watch
from wording.names import network_name

KEY_FIGURES = (
    visitors,
    sessions,
    time_per_visit,
    interactions_in_period,
    engagement_rate,
    net_follows,
    key_events,
)
CHARTED = (sessions, interactions_in_period, net_follows)
TOP = 5

when_empty(here)
t, window = here.locale.t, here.window
with here.store.read() as cursor:
    figures = tiles(cursor, KEY_FIGURES, window, here.scope)
    best = posts(cursor, [interactions, engagement_rate], window, here.scope, TOP)
aims = [
    one for one in told_on(here, window.last) if one.window.first <= window.last and window.first <= one.window.last
]
seen = watch(here, window.first - before(window).first)
facts = Facts(window, figures, seen.series, seen.of(seen.found), seen.said, aims)

if all(tile.reading.value is None for tile in figures) and not seen.found:
    lead(here, figures)
else:
    st.html(f'<p class="v-lead v-headline">{escape(t(headline(facts, network_name)))}</p>')
objectives_list(here, aims)
if seen.found or seen.back or facts.levels or facts.out:
    st.subheader(t("What stands out"))
    for one, level in facts.levels:
        st.write(plain(t("{said}.", said=shifted(one, level, network_name))))
    if seen.found:
        peaks_list(here, seen.of(seen.found), seen.said, t("Peaks of the period"))
    if seen.back:
        st.markdown(f"**{t('Still not explained, from the period before')}**")
        peaks_list(here, seen.of(seen.back), seen.said, t("Peaks of the period before that nobody has explained"))
    if seen.found or seen.back:
        st.page_link("pages/peaks.py", label=t("Say what made them"))
    cards(here, facts.out)
usual = [tile for tile in figures if not tile.verdict]
if usual:
    st.subheader(t("The rest, as usual") if all(tile.judged for tile in usual) else t("The other figures"))
    cards(here, usual, quiet=True)
not_counted(here, figures)
stated = {figure.reading.metric.key for figure in figures if figure.reading.value is not None}
recent(here, next((metric for metric in CHARTED if metric.key in stated), sessions))
st.subheader(t("The posts that brought the most interactions"))
posts_list(here, best, [interactions, engagement_rate])
