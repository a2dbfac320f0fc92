"""The brand a command is about, and the commands that make and list brands."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from commands.voice import Voice
from data import demo
from data.model import Account, UserError, says
from data.store import Brand, Store, brands, create_brand, open_brand
from i18n import Locale

MONDAY = date(2024, 1, 1)
NO_BRAND = says("There is no brand yet. The first file makes one, and so does: python vigie.py brand create Acme")


def own_brand(slug: str | None) -> Store | None:
    """The brand asked for, else the only one beside the demo; None where there is none."""
    if slug:
        return open_brand(slug)
    own = [brand.slug for brand in brands() if brand.slug not in (demo.SLUG, demo.ASKED)]
    if len(own) > 1:
        choices = [f"--brand {slug}" for slug in own]
        raise UserError(says("There are several brands. Add one of: {choices}", choices="  ".join(choices)))
    return open_brand(own[0]) if own else None


def demo_brand() -> Store | None:
    """The demo, where it was made."""
    return open_brand(demo.SLUG) if any(brand.slug == demo.SLUG for brand in brands()) else None


def some_brand(slug: str | None) -> Store:
    """The brand asked for, else the only one; the demo where there is no other."""
    if store := own_brand(slug) or demo_brand():
        return store
    raise UserError(NO_BRAND)


def brand_for(account: Account, voice: Voice) -> Store:
    """A new brand for the first file that is loaded, with the name of its account."""
    store = create_brand(account.name or account.handle)
    _say_made(store.brand(), voice)
    return store


def make(args: Namespace, voice: Voice) -> int:
    """Makes an empty brand."""
    _say_made(create_brand(args.name, args.zone, args.week_start).brand(), voice)
    return 0


def show(args: Namespace, voice: Voice) -> int:
    """Lists the brands."""
    t, lang = voice.lang.t, voice.lang
    rows = [(brand.slug, brand.name, brand.zone, _week_start(brand, lang)) for brand in brands()]
    if rows:
        voice.table((t("brand"), t("name"), t("time zone"), t("weeks start on")), rows)
    else:
        voice.say(NO_BRAND)
    return 0


def join(args: Namespace, voice: Voice) -> int:
    """Says that two accounts measure one site."""
    store = some_brand(args.brand)
    store.join_site(args.account.key, args.lead.key)
    said = says("{account} goes with {lead}: on a day that both state, {lead} counts.",
                account=args.account.key, lead=args.lead.key)  # fmt: skip
    voice.say(said)
    return 0


def part(args: Namespace, voice: Voice) -> int:
    """Takes back that an account measures the same site as another."""
    some_brand(args.brand).part_site(args.account.key)
    voice.say(says("{account} counts by itself again.", account=args.account.key))
    return 0


def sites(args: Namespace, voice: Voice) -> int:
    """Lists which accounts measure one site."""
    links = some_brand(args.brand).same_sites()
    if links:
        voice.table((voice.lang.t("account"), voice.lang.t("goes with")), links)
    else:
        voice.say(says("Every account counts by itself."))
    return 0


def _say_made(brand: Brand, voice: Voice) -> None:
    voice.say(
        says(
            "The brand {name} is made: --brand {slug}, time zone {zone}, weeks start on {day}.",
            name=brand.name, slug=brand.slug, zone=brand.zone, day=_week_start(brand, voice.lang),
        )
    )  # fmt: skip


def _week_start(brand: Brand, lang: Locale) -> str:
    return lang.weekday(MONDAY.replace(day=brand.week_start))
