"""Which property is meant, and what is said to someone who may not look at it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectors.services.keys import Service
from connectors.services.pace import Kind, Refused
from data.model import Message, UserError, says

SEARCH_CONSOLE = Service(
    name="Search Console",
    scope="https://www.googleapis.com/auth/webmasters.readonly",
    section="search_console",
    endpoint="VIGIE_SEARCH_CONSOLE_ENDPOINT",
    guide="docs/search-console.md",
)


RIGHTS = {
    "siteOwner": says("Owner"),
    "siteFullUser": says("Full"),
    "siteRestrictedUser": says("Restricted"),
    "siteUnverifiedUser": says("none, as its site is not verified"),
}


REPORT_NAMES = {
    "site": says("Whole site"),
    "country": says("Countries"),
    "device": says("Devices"),
    "query": says("Queries"),
    "page": says("Pages"),
    "discover": says("Discover"),
    "discover page": says("Pages in Discover"),
}


def report_name(name: str) -> Message | str:
    """What a report is called where people read of it."""
    return REPORT_NAMES.get(name, name)


def right_name(right: str) -> Message | str:
    """A right as the settings of Search Console name it; one that is new, as Google's API does."""
    return RIGHTS.get(right, right)


def property_name(text: str) -> str:
    """A property as Search Console names it: `sc-domain:example.org`, or an address that ends with a slash.

    Raises UserError for anything else.
    """
    found = text.strip()
    if match := re.fullmatch(r"sc-domain:([\w-]+(?:\.[\w-]+)+)", found, re.IGNORECASE):
        return f"sc-domain:{match[1].lower()}"
    if re.fullmatch(r"https?://[\w.-]+\.\w+(:\d+)?(/\S*)?", found, re.IGNORECASE):
        return found if found.endswith("/") else f"{found}/"
    raise UserError(
        says(
            "{site} is no property of Search Console. Write sc-domain:example.org for a domain, or the whole address, "
            "https://www.example.org/, for a site.",
            site=found or "—",
        )
    )


def told(refused: Refused, site: str, email: str, may: Iterable[str] = ()) -> UserError:
    """What someone can do about a refusal; `may` are the properties they can look at."""
    reason = re.sub(r"\s+", " ", refused.text).strip()[:400].rstrip(".") + "."
    if refused.kind is Kind.KEY:
        return UserError(
            says(
                "Google does not accept the key of {email}: {reason} Make a new key of the service account, "
                "and check the clock of this computer.",
                email=email or "—", reason=reason,
            )
        )  # fmt: skip
    if "has not been used in project" in refused.text or "is disabled" in refused.text:
        return UserError(
            says(
                "The Google Search Console API is not switched on in the project of this key. Google says: {reason}",
                reason=reason,
            )
        )
    if refused.kind is Kind.RIGHT:
        return UserError(
            says(
                "{email} may not look at {site}. In Search Console, Settings, Users and permissions, Add user, give "
                "this address the permission Restricted. A domain is named sc-domain:example.org. "
                "It may look at: {sites}",
                email=email or says("This account"), site=site, sites=", ".join(may) or "—",
            )
        )  # fmt: skip
    return UserError(says("Search Console refuses the question. It says: {reason}", reason=reason))
