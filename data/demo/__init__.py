"""An invented brand and its exports: two years of them, in the networks' own formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from data.demo import ga4, ga4_reports, linkedin, meta, meta_ads, search_console, x, youtube
from data.demo.campaigns import campaigns
from data.demo.files import DemoExport
from data.demo.networks import NETWORKS
from data.demo.notes import noted
from data.demo.objectives import objectives
from data.demo.posts import follow_life
from data.demo.story import tell
from data.demo.traffic import observe
from data.demo.words import NAME as BRAND_NAME

__all__ = ["ASKED", "BRAND_NAME", "SLUG", "ZONE", "DemoExport", "campaigns", "generate", "noted", "objectives"]

SLUG = "demo"
ASKED = "demo-ga4"  # the same house, its figures asked of a Google Analytics on this computer
ZONE = "Europe/Paris"


def generate(today: date, seed: int = 7) -> Iterator[DemoExport]:
    """The exports of the two years that end on the Sunday before the week of `today`.

    They come kind after kind, the oldest first.
    """
    story = tell(today, seed)
    lives = {network.key: follow_life(story, network, seed) for network in NETWORKS}
    traffic = observe(story, lives, seed)
    seen: dict[str, int] = {}
    for kind in (
        x.exports(story, lives["x"]),
        meta.exports(story, lives["facebook"], lives["instagram"]),
        linkedin.exports(story, lives["linkedin"]),
        youtube.exports(story, youtube.film(story, seed)),
        search_console.exports(story, traffic),
        ga4.exports(story, traffic),
        ga4_reports.exports(story, traffic),
        meta_ads.exports(story, traffic),
    ):
        for export in kind:
            yield _as_downloaded(export, seen)


def _as_downloaded(export: DemoExport, seen: dict[str, int]) -> DemoExport:
    """The export under the name a browser gives when its own is taken: `Views (1).csv`."""
    copies = seen.get(export.name, 0)
    seen[export.name] = copies + 1
    if not copies:
        return export
    path = PurePath(export.name)
    return replace(export, name=f"{path.stem} ({copies}){path.suffix}")
