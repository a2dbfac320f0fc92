"""Which property is meant, and what is said to someone who gives another number, or may not look at it."""

from __future__ import annotations

import re

from connectors.services.pace import Kind, Refused
from data.model import Message, UserError, says

WHERE = says(
    "Its number stands in Google Analytics under Admin, Property, Property details, at the top right: "
    "PROPERTY ID, digits only."
)


def property_id(text: str) -> str:
    """The number of a property: `123456` or `properties/123456`. Raises UserError that says where it stands."""
    found = text.strip().removeprefix("properties/").strip()
    if re.fullmatch(r"[1-9]\d{0,17}", found):
        return found
    other = next((told for pattern, told in OTHERS if re.match(pattern, found, re.IGNORECASE)), None)
    what = other or says("{id} is not the number of a property of Google Analytics 4.", id=found or "—")
    raise UserError(says("{what} {where}", what=Message(what.text, {"id": found or "—"}), where=WHERE))


REPORT_NAMES = {
    "site_day": says("Whole site"),
    "site_rolling": says("People of the last 1, 7 and 28 days"),
    "site_hour": says("Hours"),
    "channel_day": says("Channels"),
    "source_day": says("Sources and campaigns"),
    "utm_day": says("Campaigns by their tags"),
    "first_user_day": says("First visits by source"),
    "landing_day": says("Landing pages"),
    "page_day": says("Pages"),
    "referrer_day": says("Sites that link"),
    "geo_day": says("Countries and cities"),
    "device_day": says("Devices"),
    "newret_day": says("New and returning visitors"),
    "event_day": says("Events"),
    "key_event_channel_day": says("Key events by channel"),
    "site_search": says("Searches within the site"),
    "gsc_landing": says("Searches on Google by landing page"),
    "site_week": says("People by week"),
    "site_month": says("People by month"),
    "channel_week": says("People by channel and week"),
    "channel_month": says("People by channel and month"),
    "channel_period": says("People by channel, of any dates"),
    "newret_week": says("New and returning people by week"),
    "newret_month": says("New and returning people by month"),
    "newret_period": says("New and returning people, of any dates"),
    "page_users_month": says("People by page and month"),
    "page_title": says("Titles of pages"),
    "users_period": says("People of any dates"),
}  # fmt: skip


def report_name(name: str) -> Message | str:
    """What a report is called where people read of it."""
    return REPORT_NAMES.get(name, name)


OTHERS = (
    (r"G-", says("{id} is the Measurement ID of a data stream, not of the property.")),
    (r"UA-", says("{id} is of Universal Analytics, which Google has switched off. A property of today is wanted.")),
    (r"GTM-", says("{id} is a container of Google Tag Manager, not a property of Google Analytics.")),
    (r"AW-", says("{id} is a tag of Google Ads, not a property of Google Analytics.")),
)  # fmt: skip


def told(refused: Refused, number: str, email: str) -> UserError:
    """What someone can do about a refusal."""
    text = refused.text
    if refused.kind is Kind.KEY:
        return UserError(
            says(
                "Google does not accept the key of {email}: {reason} Make a new key of the service account, "
                "and check the clock of this computer.",
                email=email or "—", reason=_sentence(text),
            )
        )  # fmt: skip
    if "has not been used in project" in text or "is disabled" in text:
        return UserError(
            says(
                "The Google Analytics Data API is not switched on in the project of this key. Google says: {reason}",
                reason=_sentence(text),
            )
        )
    if refused.kind is Kind.RIGHT:
        return UserError(
            says(
                "{email} may not look at property {property}. In Google Analytics, Admin, Property access management, "
                "+, add this address as a Viewer. If the number is wrong: {where}",
                email=email or says("This account"), property=number, where=WHERE,
            )
        )  # fmt: skip
    return UserError(says("Google Analytics refuses the question. It says: {reason}", reason=_sentence(text)))


def _sentence(text: str) -> str:
    """One line of what Google says, with its full stop."""
    line = re.sub(r"\s+", " ", text).strip()[:400]
    return line if line.endswith(".") else f"{line}."
