"""By which servers a report is sent: from the environment, else from Streamlit's secrets. None of it is ever shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from connectors.services.secrets import SECRETS, section
from data.model import UserError, says

SECTION = "report"
HERE = ("127.0.0.1", "localhost", "::1")
ADDRESS = re.compile(r"[^@\s,;<>\"()\[\]]+@[^@\s,;<>\"()\[\]]+")
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Server:
    """A server that sends e-mail: where it is, how the line is secured, and in whose name it sends."""

    host: str
    port: int
    security: str  # starttls, tls, or none
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


class Settings:
    """What was set up, in the environment as VIGIE_SMTP_HOST …, or in the secrets under [report] as smtp_host …"""

    def __init__(self, environment: Mapping[str, str] | None = None, path: Path = SECRETS) -> None:
        self._environment = os.environ if environment is None else environment
        self._kept: Mapping[str, Any] = section(SECTION, path)

    def _of(self, name: str) -> str:
        return (self._environment.get(f"VIGIE_{name.upper()}") or str(self._kept.get(name, ""))).strip()

    def _needed(self, name: str) -> str:
        if value := self._of(name):
            return value
        raise UserError(
            says(
                "Nothing says {name}. Write it into the environment as {variable}, or into .streamlit/secrets.toml "
                "under [report] as {name}; docs/report-delivery.md shows every step.",
                name=name, variable=f"VIGIE_{name.upper()}",
            )
        )  # fmt: skip

    def server(self) -> Server:
        """The server of e-mail. Raises UserError where it is not set up, or where a password would travel in clear."""
        host, sender = self._needed("smtp_host"), self._needed("mail_from")
        security = self._of("smtp_security") or "starttls"
        if security not in PORTS:
            raise UserError(says("smtp_security is starttls, tls or none."))
        if security == "none" and host not in HERE:
            raise UserError(says("smtp_security is none for a server on this computer only: use starttls or tls."))
        port = self._of("smtp_port") or str(PORTS[security])
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise UserError(says("smtp_port is no number of a port."))
        if not ADDRESS.fullmatch(parseaddr(sender)[1]) or "\n" in sender or "\r" in sender:
            raise UserError(says("mail_from is no e-mail address."))
        user, password = self._of("smtp_user"), self._of("smtp_password")
        return Server(host, int(port), security, sender, user, password)

    def webhook(self, service: str) -> str:
        """The address that a channel of Slack or Teams takes messages at; it is a secret. Raises UserError."""
        return self._needed(f"{service}_webhook")
