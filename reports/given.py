"""What a report is made from beside the figures: what is asked of it, and what people have stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.campaigns import Campaign
from data.model import Account, Annotation, PeakCause, Publication, UserError, Window, says
from data.objectives import Versions
from data.store import Brand, Store
from metrics.aims import House
from metrics.brand import proposed
from metrics.reading import Scope
from metrics.windows import week
from reports.model import Edition


@dataclass(frozen=True)
class Asked:
    """What is asked: of which week, in which language and edition, and what its author adds.

    `metrics`: keys of the figures that stand on the page, in order, six at most; none: the usual ones that are stated.
    `charted`: the key of the figure of the large chart; empty: the first of those on the page.
    """

    week: Window
    language: str = "fr"
    edition: Edition = Edition.LEADERSHIP
    comment: str = ""
    decision: str = ""
    metrics: tuple[str, ...] = ()
    charted: str = ""


@dataclass(frozen=True)
class Given:
    """Whose report it is, and what people have stated of it."""

    brand: Brand
    accounts: tuple[Account, ...] = ()
    words: tuple[str, ...] = ()
    objectives: Versions = ()
    annotations: tuple[Annotation, ...] = ()
    causes: tuple[PeakCause, ...] = ()
    published: tuple[Publication, ...] = ()
    campaigns: tuple[Campaign, ...] = ()

    @property
    def scope(self) -> Scope:
        """The whole brand."""
        return Scope(words=self.words)

    @property
    def house(self) -> House:
        """The brand as objectives know it."""
        return House(tuple(account.key for account in self.accounts), self.words, self.brand.week_start)

    def name(self, account: str) -> str:
        """The name of an account as its network shows it."""
        found = next((one for one in self.accounts if one.key == account), None)
        return (found.name or found.handle) if found else account.partition(":")[2]


def given(store: Store) -> Given:
    """All that people have stated of a brand."""
    brand = store.brand()
    return Given(
        brand, tuple(store.accounts()), store.words() or proposed(brand.name), store.objectives(),
        tuple(store.annotations()), tuple(store.peak_causes()), tuple(store.publications()),
        tuple(store.campaigns()),
    )  # fmt: skip


def week_of(key: str, week_start: int = 1) -> Window:
    """The week that a key such as 2026-W46 names, as a brand counts its weeks: the one that holds the ISO Thursday."""
    try:
        year, number = key.upper().split("-W")
        return week(date.fromisocalendar(int(year), int(number), 4), week_start)
    except ValueError as error:
        raise UserError(says("Write the week as YEAR-Wnn, as in 2026-W46: {key} is none.", key=key)) from error


def key_of(window: Window) -> str:
    """The key of a week: 2026-W46, by the ISO week of its middle day."""
    year, number, _ = (window.first + (window.last - window.first) / 2).isocalendar()
    return f"{year}-W{number:02}"
