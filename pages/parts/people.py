"""Where the people of a period are not stated: why not, and how to have them counted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.model import Source
from metrics.tiles import Tile
from pages.parts.frame import Frame
from pages.parts.plain import plain

ASKED = ("ga4",)  # the networks that can be asked again for any dates


def not_counted(frame: Frame, tiles: Sequence[Tile]) -> None:
    """Says of figures of people on a site that are not stated for the period why, and what to do."""
    locale, window = frame.locale, frame.window
    absent = [t.reading for t in tiles if t.reading.metric.people and t.reading.metric.reads is Source.WEB]
    absent = [one for one in absent if not one.parts and one.coverage.of_accounts]
    if not absent:
        return
    names = ", ".join(locale.t(reading.metric.name) for reading in absent)
    why = locale.t(
        "Not stated for {window}: {names}. People are never added: who comes on two days is one visitor, not two, so "
        "the source has to count them over exactly these dates.",
        window=window, names=names,
    )  # fmt: skip
    accounts = {account for reading in absent for account in (*reading.partial, *reading.silent)}
    google = any(account.partition(":")[0] in ASKED for account in accounts)
    if not google:
        st.caption(plain(f"{why} {locale.t('Load an export of exactly these dates.')}"))
        return
    command = locale.t(
        "On the command line: python vigie.py sync ga4 --people {first} {last}.",
        first=window.first.isoformat(), last=window.last.isoformat(),
    )  # fmt: skip
    st.caption(plain(f"{why} {command}"))
    st.page_link("pages/sources.py", label=locale.t("Ask Google for these dates, on Sources"))
