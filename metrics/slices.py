"""The slices of a web property that pages list: what names a member, and which wider slices hold the same members.

A wider slice stands in where every visit of it is in one row; one by events or pages would count a visit several times.
"""

from __future__ import annotations

from collections.abc import Callable

from metrics.lists import Slice
from metrics.model import Metric, Source

# What Google writes for want of a campaign is no campaign: (not set), (direct), (organic), (referral).
NAMED = "case when campaign not like '(%)' then campaign end"
# A page or an event without a key event is none that leads to one.
WITH_KEY_EVENTS = "case when key_events > 0 then {} end"


def _web(name: str, by: str, *also: str, of: str = "") -> Callable[..., Slice]:
    """Makes the slice of some metrics."""

    def listing(*metrics: Metric) -> Slice:
        return Slice(Source.WEB, name, by, metrics, also, of)

    return listing


channels = _web("channel", "channel", "channel+source", "channel+campaign", "channel+source+campaign")
sources = _web("source", "source", "channel+source", "source+campaign", "channel+source+campaign")
campaigns = _web(
    "campaign", NAMED, "source", "utm", "channel+campaign", "source+campaign", "channel+source+campaign",
    of="campaign",
)  # fmt: skip
landings = _web("landing", "landing_page", "channel+landing")
countries = _web("geo", "country")
devices = _web("device", "device")
new_or_returning = _web("new_returning", "member")
pages = _web("page", "coalesce(page, title)")
pages_with_key_events = _web("page", WITH_KEY_EVENTS.format("coalesce(page, title)"), of="key_events")
key_events_by_name = _web("event", WITH_KEY_EVENTS.format("event"), "channel+event", of="key_events")
key_events_by_channel = _web(
    "channel+event", WITH_KEY_EVENTS.format("event || ' · ' || channel"), of="key_events"
)  # fmt: skip
