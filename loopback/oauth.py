"""Google's token endpoint on this computer: it knows one service account by its key, and gives tokens that expire."""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EMAIL = "vigie@bruissiere-mesures.iam.gserviceaccount.example"
LASTS = 3600  # seconds


@dataclass(slots=True)
class Account:
    """A service account: its key, and the tokens that were given for it. `revoked`: its key is accepted no longer."""

    email: str = EMAIL
    scopes: tuple[str, ...] = ("https://www.googleapis.com/auth/webmasters.readonly",)
    revoked: bool = False
    tokens: set[str] = field(default_factory=set)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def key_file(self, folder: Path, address: str) -> Path:
        """The file that Google gives for the key, with the server at `address` for its token endpoint."""
        private = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        told = {
            "type": "service_account",
            "project_id": "bruissiere-mesures",
            "private_key_id": "1",
            "private_key": private.decode(),
            "client_email": self.email,
            "client_id": "1",
            "token_uri": f"http://{address}/token",
        }
        path = folder / "key.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    def token(self, body: bytes) -> tuple[int, dict[str, Any]]:
        """The answer to a request for a token: its status and what it says."""
        asked = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        if asked.get("grant_type") != GRANT:
            return 400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}
        public = self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        try:
            told = jwt.decode(asked.get("assertion", ""), certs=public, clock_skew_in_seconds=60)
        except ValueError:
            told = {}
        if self.revoked or told.get("iss") != self.email:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        if not set(str(told.get("scope", "")).split()) & set(self.scopes):
            return 200, {"id_token": "e30.e30.e30"}  # an unknown scope gives no access token, and no error either
        with self._lock:
            self.tokens.add(token := secrets.token_urlsafe(24))
        return 200, {"access_token": token, "expires_in": LASTS, "token_type": "Bearer"}

    def knows(self, header: str) -> bool:
        """Whether the header of a request bears a token that was given."""
        with self._lock:
            return not self.revoked and header.removeprefix("Bearer ") in self.tokens

    def expire(self) -> None:
        """Lets all tokens expire."""
        with self._lock:
            self.tokens.clear()
