"""Where to get each export: the clicks, network by network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import streamlit as st

from i18n import Locale
from pages.parts.factsheet import facts
from wording.names import network_name


class Format(Protocol):
    """What a connector says of itself."""

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks it is of."""
        ...

    @property
    def title(self) -> str:
        """Its name."""
        ...

    @property
    def where(self) -> str:
        """The clicks that lead to it."""
        ...


def directions(locale: Locale, formats: Iterable[Format], expanded: bool) -> None:
    """Every format with its clicks, under each network it is of."""
    networks: dict[str, dict[str, str]] = {}
    for found in formats:
        for network in found.networks:
            networks.setdefault(network, {})[locale.t(found.title)] = locale.t(found.where)
    with st.expander(locale.t("Where to get each export"), expanded=expanded, key="directions"):
        for network in sorted(networks, key=lambda n: network_name(n).casefold()):
            st.markdown(f"**{network_name(network)}**")
            st.html(facts(networks[network], "wide"))
