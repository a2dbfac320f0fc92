from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from html import escape

import streamlit as st

from data.model import UserError
from pages.parts.changing import changed as said
from pages.parts.empty import when_empty
from pages.parts.plain import plain
from pages.parts.report import asked_for, picked, printed, report_of, written
from pages.parts.reported import changed, downloads, keep, published, sheets, unfinished

when_empty(here)
said(here.locale, "report")
t = here.locale.t
published_before = here.store.publications()
asked = asked_for(here)
headline = st.empty()
paper, beside = st.columns((3, 2), gap="large")  # on a phone the sheet comes before what is written beside it
with beside:
    asked = picked(here, written(here, asked, published_before))
with paper, st.spinner(t("Setting the report …")):
    made = report_of(here, asked)
    try:
        pages = printed(here, asked)
    except UserError as error:
        st.error(plain(t(error.message)))
        pages = ()
    sheets(here, made, pages)
headline.html(f'<p class="v-lead" lang="{made.language}">{escape(made.headline or made.title)}</p>')
with beside:
    unfinished(here, made)
    downloads(here, made, printable=bool(pages))
    keep(here, made, asked)
    changed(here, made)
    published(here, published_before)
