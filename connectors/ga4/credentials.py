"""Who asks Google Analytics, and where: the settings of this service among those of all."""

from __future__ import annotations

from connectors.services.keys import Service

ANALYTICS = Service(
    name="Google Analytics",
    scope="https://www.googleapis.com/auth/analytics.readonly",
    section="ga4",
    endpoint="VIGIE_GA4_ENDPOINT",
    guide="docs/google-analytics.md",
)
