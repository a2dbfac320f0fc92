"""The campaigns of the invented house: the card of spring, and two editions of the festival, 52 weeks apart."""

from __future__ import annotations

from datetime import date

from data.campaigns import Campaign, Marks, Price
from data.demo.meta_ads import ad_name
from data.demo.objectives import BROUGHT, TOLD
from data.demo.story import tell
from data.model import Window

SEARCH = "channel:Organic Search"  # who looks for something else comes whether there is a campaign or not


def campaigns(today: date) -> list[Campaign]:
    """What is stated of the campaigns of the story told on `today`."""
    before, card, festival = tell(today, 0).campaigns
    stated = (
        (before, "Festival des Lucioles", Price("EUR", 640, 52, 32), BROUGHT),
        (card, "Carte Bruissière", Price("EUR", 180, 38, 32), TOLD),
        (festival, "Festival des Lucioles", Price("EUR", 760, 46, 32), BROUGHT),
    )
    return [
        Campaign(
            f"{name} {one.first.year}", Window(one.first, one.last),
            Marks(campaigns=(one.slug,), hashtags=(one.hashtag.removeprefix("#"),), ads=(ad_name(one),)), price,
            "key_events", None if one is card else 14.0, "sessions", (SEARCH,), owner,
        )
        for one, name, price, owner in stated
    ]  # fmt: skip
