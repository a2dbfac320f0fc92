"""Who asks: the key of a service account, from a file, from the secrets of Streamlit, or as Google's tools find it.

A key is tried before anything is asked: later on, one that is not accepted looks like an outage. What a key holds
is never shown; of a key that cannot be read only its place is told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.services.secrets import SECRETS, section
from data.model import UserError, says

HERE = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Service:
    """A service of Google: its name, the right that is asked for, and where its settings stand.

    `section` of the secrets; `endpoint`, the variable that names a server on this computer, for trials without an
    account; `guide`, the page that shows every step.
    """

    name: str
    scope: str
    section: str
    endpoint: str
    guide: str


@dataclass(frozen=True)
class Identity:
    """Who asks: what Google's client needs of it, and the address to which a property gives the right."""

    email: str
    credentials: Any = field(repr=False)


def loopback(service: Service) -> str | None:
    """The server on this computer that stands in for Google, where one is named. Raises UserError for any other."""
    endpoint = os.environ.get(service.endpoint, "").strip()
    if not endpoint:
        return None
    host, _, port = endpoint.rpartition(":")
    if host not in HERE or not port.isdigit():
        raise UserError(
            says(
                "{name} is {value}, and may only name a server on this computer: 127.0.0.1 and a port.",
                name=service.endpoint, value=endpoint,
            )
        )  # fmt: skip
    return endpoint


def secrets(service: Service, path: Path = SECRETS) -> Mapping[str, Any]:
    """The part of Streamlit's secrets that is about a service; empty where there is none."""
    return section(service.section, path)


def identify(service: Service, key: str = "", kept: Mapping[str, Any] | None = None) -> Identity:
    """Who asks, once Google knows the key: `key` is the file of one, `kept` the secrets. Raises UserError."""
    kept = secrets(service) if kept is None else kept
    path = key or str(kept.get("key", ""))
    if path:
        return _tried(_of(service, _file(Path(path).expanduser()), path))
    if isinstance(account := kept.get("service_account"), Mapping):
        return _tried(_of(service, account, f"secrets.toml, [{service.section}.service_account]"))
    if path := os.environ.get("GOOGLE_APPLICATION_CREDENTIALS", ""):
        info = _file(Path(path).expanduser())
        if info.get("type") == "service_account":
            return _tried(_of(service, info, path))
    return _tried(_found(service))


def _file(path: Path) -> Mapping[str, Any]:
    try:
        info = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            says("The key {path} cannot be read: {reason}.", path=str(path), reason=error.strerror)
        ) from None
    except ValueError:
        info = None
    if not isinstance(info, dict):
        raise UserError(says("{path} is not a key: the file that Google gives is in JSON.", path=str(path)))
    return info


def _of(service: Service, info: Mapping[str, Any], place: str) -> Identity:
    """The service account of a key, whose line breaks some ways of pasting turn into the two characters `\\n`."""
    from google.oauth2 import service_account

    if "installed" in info or "web" in info:
        raise UserError(
            says(
                "{place} is a client ID for signing in, not the key of a service account. In the Google Cloud console: "
                "IAM and admin, Service accounts, Keys, Add key, JSON.",
                place=place,
            )
        )
    private = str(info.get("private_key", "")).replace("\\n", "\n")
    try:
        credentials = service_account.Credentials.from_service_account_info(
            {**info, "private_key": private}, scopes=[service.scope]
        )
    except (ValueError, TypeError, KeyError):  # the error may quote the key
        raise UserError(
            says(
                "{place} is not the whole key of a service account. Take the JSON file as Google gives it: it has "
                "client_email, private_key and token_uri.",
                place=place,
            )
        ) from None
    return Identity(str(info["client_email"]), credentials)


def _found(service: Service) -> Identity:
    """What Google's own tools have left on this computer."""
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    try:
        credentials, _ = google.auth.default(scopes=[service.scope])
    except DefaultCredentialsError:
        raise UserError(
            says(
                "Vigie has no key to ask {service} with. Put the place of the service account's file into "
                ".streamlit/secrets.toml, or into GOOGLE_APPLICATION_CREDENTIALS; {guide} shows every step.",
                service=service.name,
                guide=service.guide,
            )
        ) from None
    return Identity(str(getattr(credentials, "service_account_email", "")), credentials)


def _tried(identity: Identity) -> Identity:
    """The identity, once Google has accepted its key."""
    from google.auth.exceptions import RefreshError, TransportError
    from google.auth.transport.requests import Request

    try:
        identity.credentials.refresh(Request())
    except TransportError as error:
        raise UserError(says("Google cannot be reached to try the key. Is this computer connected?")) from error
    except RefreshError as error:
        if getattr(error, "retryable", False):
            raise UserError(says("Google cannot try the key at the moment. Try again in a few minutes.")) from error
        reason = str(error.args[0])[:200] if error.args else "—"
        raise UserError(
            says(
                "Google does not accept the key of {email}: {reason} Make a new key of the service account, "
                "and check the clock of this computer.",
                email=identity.email or "—", reason=reason if reason.endswith(".") else f"{reason}.",
            )
        ) from error  # fmt: skip
    return identity
