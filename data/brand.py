"""A brand: its name, its clock, and the folder name that is safe whatever the name is."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from data.model import UserError, says

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Names that Windows keeps for devices.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Brand:
    """Whom the figures are for; `week_start` is 1 for Monday to 7 for Sunday."""

    slug: str
    name: str
    zone: str
    week_start: int


def checked(slug: str, name: str, zone: str, week_start: int) -> Brand:
    """The brand, once its parts are known to be usable."""
    if not name.strip():
        raise UserError(says("The brand needs a name."))
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise UserError(
            says("{zone} is not a time zone. Write it as a place, for instance Europe/Paris.", zone=zone)
        ) from error
    if week_start not in range(1, 8):
        raise UserError(says("The week starts on a day from 1 (Monday) to 7 (Sunday), not {day}.", day=week_start))
    return Brand(slug, name.strip(), zone, week_start)


def slug_of(name: str) -> str:
    """A folder name made of a to z, 0 to 9 and hyphens: `Café Zoé` gives `cafe-zoe`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "brand"


def is_slug(text: str) -> bool:
    """Whether `text` can name a brand's folder; nothing that leads out of the data folder can."""
    return bool(SLUG.fullmatch(text))


def data_folder() -> Path:
    """The folder of all brands: VIGIE_DATA, or `local` beside this file."""
    return Path(os.environ.get("VIGIE_DATA") or Path(__file__).with_name("local")).expanduser().resolve()


def take(made: Path, place: Path) -> bool:
    """Whether the folder `made` could become `place`; False where something stands there."""
    if place.exists():
        return False
    try:
        made.rename(place)
    except OSError:
        if place.exists():  # somebody was quicker
            return False
        raise
    return True


def slugs_of(name: str) -> Iterator[str]:
    """The folder names to try in turn: `acme`, `acme-2`, `acme-3` …"""
    first = slug_of(name)
    if first not in DEVICES:
        yield first
    yield from (f"{first}-{n}" for n in count(2))
