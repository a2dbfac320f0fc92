from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip


from html import escape

import streamlit as st

from metrics.registry import families
from pages.parts.glossary import entry

t = here.locale.t
says = t("Every figure of Vigie: what it says, the formula that runs, and what to take care of.")
st.html(f'<p class="v-lead">{escape(says)}</p>')
wanted = st.text_input(t("Find a figure"), key="find", width=460).strip().casefold()
for family, group in families():
    shown = [m for m in group if wanted in f"{t(m.name)} {t(m.says)}".casefold()]
    if shown:
        st.subheader(t(family))
    for metric in shown:
        entry(here, metric)
