from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

import streamlit as st

from metrics.engagement import (
    clicks_on_links,
    engagement_rate,
    engagement_rate_by_impressions,
    engagement_rate_by_views,
    interactions,
)  # fmt: skip
from metrics.lists import histories, kinds, posts
from metrics.posts import impressions, interactions_per_post, posts_published, views
from metrics.ranking import ranking
from metrics.reading import Scope
from metrics.tiles import tiles
from metrics.traces import of_post
from pages.parts.behind import rows_table
from pages.parts.cards import cards, lead
from pages.parts.empty import when_empty
from pages.parts.frame import chosen
from wording.names import SHORT_NAMES, kind_name
from pages.parts.ranked import ranked
from pages.parts.shared import shared
from pages.parts.tables import posts_table

FIGURES = (posts_published, interactions, interactions_per_post, engagement_rate)
COLUMNS = (interactions, engagement_rate, impressions, views, engagement_rate_by_views, clicks_on_links)
SORTS = {m.key: m for m in (*COLUMNS, engagement_rate_by_impressions)}
SHOWN = 200

when_empty(here)
t = here.locale.t
with here.store.read() as cursor:
    present = kinds(cursor, here.window, here.scope)
with st.container(horizontal=True, vertical_alignment="bottom"):
    kind = chosen(
        "kind", ["", *present], "", st.selectbox, label=t("Kind"), width=200,
        format_func=lambda k: kind_name(here.locale, k) if k else t("all kinds"),
    )  # fmt: skip
    by = chosen(
        "by", list(SORTS), interactions.key, st.selectbox, label=t("Sorted by"), width=320,
        format_func=lambda k: t(SHORT_NAMES[k]),
    )  # fmt: skip
scope = Scope(here.scope.accounts, (kind,) if kind else ())
columns = [SORTS[by], *(m for m in COLUMNS if m.key != by)]
with here.store.read() as cursor:
    figures = tiles(cursor, FIGURES, here.window, scope)
    rows = posts(cursor, columns, here.window, scope, SHOWN)
    grown = histories(cursor, interactions, rows)
    fair = ranking(cursor, here.window, scope)
lead(here, figures)
cards(here, figures)
st.subheader(t("{n} posts, {by} first", n=len(rows), by=t(SHORT_NAMES[by]).lower()) if len(rows) > 1 else t("Posts"))
pick = posts_table(here, rows, columns, key="posts", histories=grown)
if pick is None and len(rows):
    st.caption(t("Choose a post to see its whole text and the rows of the files it comes from."))
elif pick is not None:
    post = rows.iloc[pick]
    st.text(post["text"] if isinstance(post["text"], str) else t("(no text)"))
    with here.store.read() as cursor:
        stated = of_post(cursor, columns, post["account"], post["post_id"])
    rows_table(here, stated, columns)
if len(rows):
    st.caption(
        t("Posts of different ages: an older post has had more time. Growth shows what a post had at each export.")
    )
    ranked(here, fair)
    shared(here, scope)
