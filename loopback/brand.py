"""The invented brand of the demo as a property of Google Analytics: the visits that its exports count, one by one.

The days since the end of its story go on as the week before did, up to today.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import numpy as np

from data.demo.networks import NETWORKS
from data.demo.posts import follow_life
from data.demo.story import tell
from data.demo.traffic import REFERRERS, observe
from data.demo.words import SHOWS, SITE
from loopback.ga4_browsing import Channel, Page, browse
from loopback.ga4_site import Site

PROPERTY = "420042042"
ENTRANCE = "Accueil"
KEY_EVENTS = ("purchase", "newsletter_sign_up")


def brand_site(now: datetime, seed: int = 7) -> Site:
    """The property of the demo as it stands at a moment, in the time of Paris: each day with the sessions by source and
    about the looks at each page that the demo's own exports tell."""
    story = tell(now.date(), seed)
    lives = {network.key: follow_life(story, network, seed) for network in NETWORKS}
    traffic = observe(story, lives, seed)
    rng = np.random.default_rng([seed, 11])
    since = (now.date() - story.last).days
    sessions = np.hstack([traffic.sessions, rng.poisson(traffic.sessions[:, -7:][:, :since])])
    looked = np.hstack([traffic.views, traffic.views[:, -7:][:, :since]]).astype(float)
    looked[0] += looked.sum(axis=0) == 0  # where nothing was measured, nothing is drawn
    channels = tuple(
        Channel(each.channel, origin, medium, each.campaign, referrer=REFERRERS.get(each.name, ""))
        for each in traffic.sources
        for origin, medium in [each.name.split(" / ")]
    )
    titles = {show.path: show.title for show in SHOWS}
    host = urlsplit(SITE).netloc
    pages = tuple(Page(path, titles.get(path) or _title(path), host=host) for path in traffic.pages)
    return browse(
        story.first, channels, sessions, pages, looked, now.replace(tzinfo=None), rng,
        number=PROPERTY, key_events=KEY_EVENTS,
    )  # fmt: skip


def _title(path: str) -> str:
    return path.strip("/").replace("-", " ").capitalize() or ENTRANCE
