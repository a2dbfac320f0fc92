"""A card handed to a webhook of Slack or Teams. Its address is a secret: no message holds more of it than the host."""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

from data.model import Message, UserError, says
from delivery.settings import HERE

SECONDS = 30


def post(address: str, card: dict[str, Any]) -> None:
    """Hands a card over; a redirection is not followed. Raises UserError where it is not taken."""
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path + (f"?{parts.query}" if parts.query else "")
    if not host or parts.scheme not in ("https", "http") or (parts.scheme == "http" and host not in HERE):
        raise UserError(says("The address of the webhook does not begin with https://."))
    body = json.dumps(card, ensure_ascii=False).encode()
    try:
        status = _answer(parts.scheme, host, parts.port, path or "/", body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _not_taken(host, _why(error)) from None
    if not 200 <= status < 300:
        raise _not_taken(host, says("it answers {code}", code=str(status)))


def _answer(scheme: str, host: str, port: int | None, path: str, body: bytes) -> int:
    if scheme == "https":
        safe = ssl.create_default_context()
        line = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=safe)
    else:
        line = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        line.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        return line.getresponse().status
    finally:
        line.close()


def _not_taken(host: str, why: Message) -> UserError:
    return UserError(says("The message is not taken by {place}: {why}.", place=host, why=why))


def _why(error: Exception) -> Message:
    match error:
        case ssl.SSLCertVerificationError():
            return says("its certificate is not valid for that name")
        case TimeoutError():
            return says("it does not answer")
    return says("it cannot be reached")
