"""What a page says when it has nothing to show yet."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.facts import spans
from metrics.model import N_, Source
from pages.parts.frame import Frame
from pages.parts.wanted import of_search


# What a page of one source says where no export of that kind is loaded.
NOTHING_OF = {
    Source.WEB: N_("No export tells of the visits to the site of {brand} yet."),
    Source.SEARCH: N_("No export tells by which searches people find {brand} yet."),
}
WAYS = {
    Source.WEB: (
        N_(
            "Drop the export files of Google Analytics, Matomo or Plausible under Sources, or connect Google Analytics "
            "there."
        ),
    ),
    Source.SEARCH: (of_search(), N_("Or connect Search Console under Sources.")),
}


def when_empty(frame: Frame, source: Source | None = None) -> None:
    """Ends the page with the way out when no export has been loaded, or none of the source that the page is about."""
    if frame.known is None:
        said = N_("There are no figures for {brand} yet.")
        way = (N_("Drop the export files of your networks under Sources; the page tells where to get each of them."),)
    elif source and not _any_of(frame, source):
        said, way = NOTHING_OF[source], WAYS[source]
    else:
        return
    t = frame.locale.t
    st.html(f'<p class="v-lead">{escape(t(said, brand=frame.brand.name))}</p>')
    st.write(" ".join(map(t, way)))
    st.page_link("pages/sources.py", label=t("Go to Sources"))
    st.stop()


def _any_of(frame: Frame, source: Source) -> bool:
    with frame.store.read() as cursor:
        return bool(spans(cursor, source.value))
