"""Natural links: the sites that send visitors, told from the visits whose source is another site."""

from __future__ import annotations

from metrics.conversions import key_event_rate, key_events
from metrics.lists import Slice
from metrics.model import Source
from metrics.traffic import engaged_share, sessions

REFERRAL = " / referral"
# What Google files under other channels; where an export states no channel, these words stand in for its rules.
OTHERS = (
    "facebook", "instagram", "threads.net", "threads.com", "linkedin", "lnkd.in", "t.co", "twitter", "x.com", "youtube",
    "tiktok", "pinterest", "reddit", "bsky", "mastodon", "whatsapp", "discord", "telegram", "google", "bing",
    "duckduckgo", "ecosia", "qwant", "yahoo", "chatgpt", "perplexity", "copilot", "gemini", "claude",
)  # fmt: skip
_HOST = f"regexp_replace(left(source, -{len(REFERRAL)}), '^www\\.', '')"
_ELSEWHERE = "|".join(name.replace(".", r"\.") for name in OTHERS)
SITE = (
    f"case when source like '%{REFERRAL}' and (channel = 'Referral' or "
    rf"(channel is null and not regexp_matches(source, '(^|\.)({_ELSEWHERE})(\.| )'))) then {_HOST} end"
)

linking_sites = Slice(
    Source.WEB, "source", SITE, (sessions, engaged_share, key_events, key_event_rate),
    also=("channel+source", "channel+source+campaign", "source+campaign"), of="source",
)  # fmt: skip
