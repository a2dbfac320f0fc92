"""What networks, kinds of posts and columns are called."""

from __future__ import annotations

import re

from i18n import Locale
from i18n.figures import NARROW, NO_BREAK
from metrics.model import N_

SPACES = re.compile(r"[ \t\r\n\f\v]+")  # and no space that keeps words together
STOPS = " .,;:…–—-«“(" + NO_BREAK + NARROW  # signs that would stand alone before what is left out
NETWORK_NAMES = {
    "x": "X", "facebook": "Facebook", "instagram": "Instagram", "linkedin": "LinkedIn", "youtube": "YouTube",
    "tiktok": "TikTok", "pinterest": "Pinterest", "discord": "Discord", "facebook_groups": "Facebook groups",
    "threads": "Threads", "mastodon": "Mastodon", "bluesky": "Bluesky", "ga4": "Google Analytics",
    "universal_analytics": "Universal Analytics", "plausible": "Plausible", "matomo": "Matomo",
    "search_console": "Search Console", "google_ads": "Google Ads", "meta_ads": "Meta Ads",
    "linkedin_ads": "LinkedIn Ads", "tiktok_ads": "TikTok Ads", "pinterest_ads": "Pinterest Ads",
    "mailchimp": "Mailchimp", "brevo": "Brevo", "google_business": "Google Business Profile",
    "trustpilot": "Trustpilot", "google_play": "Google Play",
}  # fmt: skip
# Beside the social networks: web properties, campaigns, reviews.
SITES = (
    "ga4", "universal_analytics", "plausible", "matomo", "search_console", "google_ads", "meta_ads", "linkedin_ads",
    "tiktok_ads", "pinterest_ads", "google_business", "trustpilot", "google_play",
)  # fmt: skip

KINDS = {
    "photo": N_("photo"), "video": N_("video"), "reel": N_("reel"), "story": N_("story"), "carousel": N_("carousel"),
    "link": N_("link"), "text": N_("text"), "reply": N_("reply"), "post": N_("post"), "short": N_("short"),
    "document": N_("document"), "poll": N_("poll"), "live": N_("live"), "email": N_("e-mail"),
    "other": N_("other"),
}  # fmt: skip

# In a table the column says enough: these are the figures of each post, page or query.
SHORT_NAMES = {
    "interactions": N_("Interactions"), "impressions": N_("Impressions"), "views": N_("Views"),
    "engagement_rate": N_("Rate by reach"), "engagement_rate_by_views": N_("Rate by views"),
    "engagement_rate_by_impressions": N_("Rate by impressions"), "clicks_on_links": N_("Link clicks"),
    "search_clicks": N_("Clicks"), "search_impressions": N_("Impressions"), "position": N_("Position"),
    "engaged_share": N_("Engaged"), "click_rate": N_("Click rate"), "key_event_rate": N_("Of visits"),
    "user_key_event_rate": N_("Of visitors"),     "revenue": N_("Revenue"),
}  # fmt: skip

# The categories of annotations.
CATEGORY_NAMES = {
    "campaign": N_("Campaign"), "event": N_("Event"), "press": N_("Press"), "technical": N_("Technical"),
    "crisis": N_("Crisis"), "other": N_("Other"),
}  # fmt: skip

# Members of slices that Google names in English whatever the language of its pages.
HOME = {"/": N_("/ (home page)")}
MEMBERS = {
    "page": HOME, "landing": HOME,
    "device": {
        "mobile": N_("mobile phone"), "desktop": N_("computer"), "ordinateur": N_("computer"),
        "tablet": N_("tablet"), "tablette": N_("tablet"), "smart tv": N_("television"),
    },
    "new_returning": {"new": N_("new"), "returning": N_("returning"), "established": N_("returning")},
}  # fmt: skip


def member_name(locale: Locale, slice_: str, member: str) -> str:
    """A member of a slice in the reader's language, where it is a word and no name."""
    if slice_ in ("geo", "country"):
        return locale.country(member)
    said = MEMBERS.get(slice_, {}).get(member.lower())
    return locale.t(said) if said else member


def kind_name(locale: Locale, kind: str) -> str:
    """A kind of post in the reader's language; one that is none of ours is the word of a file, shown as it is."""
    return locale.t(KINDS[kind]) if kind in KINDS else kind


def network_name(network: str) -> str:
    """A network as it writes its own name."""
    return NETWORK_NAMES.get(network, network.capitalize())


def short(text: str, longest: int) -> str:
    """A text in a line, cut between words where it is longer than that; no stop stands before what is left out."""
    text = SPACES.sub(" ", text).strip(" ")
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(STOPS) + "…"
