"""Vigie: the frame of the dashboard. Language, brand, period and networks are chosen here; pages do the rest."""

from pages.parts import frame  # isort: skip

frame.begin()

import streamlit as st  # noqa: E402

from data.store import brands, open_brand  # noqa: E402
from i18n import LANGUAGES, locale, negotiate  # noqa: E402
from pages.parts import toolbar  # noqa: E402
from pages.parts.style import style  # noqa: E402

st.set_page_config(page_title="Vigie", page_icon="static/vigie.png", layout="wide")
accepted = st.context.headers.get("Accept-Language") or st.context.locale
with st.sidebar:
    language = frame.chosen(
        "lang", list(LANGUAGES), negotiate(accepted), st.segmented_control, label="Langue · Language",
        format_func=LANGUAGES.get, required=True,
    )  # fmt: skip
here = locale(language)
style()

PAGES = {
    "week": here.t("This week"),
    "objectives": here.t("Objectives"),
    "campaigns": here.t("Campaigns"),
    "peaks": here.t("Peaks"),
    "posts": here.t("Posts"),
    "audience": here.t("Audience"),
    "traffic": here.t("Traffic"),
    "searches": here.t("Searches"),
    "conversions": here.t("Conversions"),
    "report": here.t("Report"),
    "sources": here.t("Sources"),
    "glossary": here.t("Glossary"),
}
page = st.navigation([st.Page(f"pages/{key}.py", title=title, default=key == "week") for key, title in PAGES.items()])
heading = st.empty()
heading.title(page.title)
found = brands()
if not found:
    toolbar.welcome(here)
    st.stop()
with st.sidebar:
    brand = toolbar.brand(here, found)
of_period = page.url_path not in ("objectives", "campaigns", "report", "sources", "glossary")
of_networks = of_period and page.url_path not in ("traffic", "searches", "conversions")  # these are of the site
frame.open_for(toolbar.frame(here, open_brand(brand.slug), brand, periods=of_period, networks=of_networks))
if page.title == PAGES["week"] and "period" in st.query_params:  # not the last week, or no week at all
    heading.title(here.t("The period"))
page.run()
