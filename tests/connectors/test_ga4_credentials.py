"""Who asks Google: keys from files and secrets, tried at a token server on this computer, and never shown."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.api_core.exceptions import ServiceUnavailable
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request

from connectors.ga4.answers import Asked
from connectors.ga4.connect import account_of
from connectors.ga4.credentials import ANALYTICS
from connectors.ga4.limits import kind_of
from connectors.ga4.look import name_of
from connectors.services.keys import Identity, identify, loopback, secrets
from connectors.services.pace import Kind
from data.model import Account, UserError

EMAIL = "vigie@acme.iam.gserviceaccount.com"
ANSWERS = {
    "good": (200, {"access_token": "ya29.secret", "expires_in": 3599, "token_type": "Bearer"}),
    "revoked": (400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}),
    "no_account": (400, {"error": "invalid_grant", "error_description": "Invalid grant: account not found"}),
    "no_token": (200, {"id_token": "a.b.c"}),
    "busy": (503, {"error": "temporarily_unavailable"}),
}


class Tokens(BaseHTTPRequestHandler):
    """Gives tokens, and refuses them, as Google's server does; and names a property."""

    say = "good"
    calls = 0

    def do_POST(self) -> None:
        type(self).calls += 1
        self.rfile.read(int(self.headers["content-length"]))
        self.answer(*ANSWERS[self.say])

    def do_GET(self) -> None:
        known = self.headers["authorization"] == "Bearer ya29.secret" and self.path == "/properties/42"
        self.answer(*((200, {"displayName": "Acme site"}) if known else (403, {"error": {}})))

    def answer(self, status: int, told: Mapping[str, Any]) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def token_server() -> Iterator[str]:
    Tokens.say, Tokens.calls = "good", 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tokens)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def private_key() -> str:
    """A key made for these tests."""
    key = rsa.generate_private_key(65537, 2048)
    kinds = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *kinds).decode()


@pytest.fixture
def info(token_server: str, private_key: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the file of a service account holds."""
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    return {
        "type": "service_account", "project_id": "acme", "private_key_id": "k", "client_id": "1",
        "private_key": private_key, "client_email": EMAIL, "token_uri": f"{token_server}/token",
    }  # fmt: skip


@pytest.fixture
def key(info: dict[str, str], tmp_path: Path) -> Path:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(info))
    return path


def test_a_key_is_read_from_a_file_and_tried(key: Path) -> None:
    identity = identify(ANALYTICS, str(key), {})
    assert (identity.email, identity.credentials.token, Tokens.calls) == (EMAIL, "ya29.secret", 1)


def test_a_key_is_found_in_the_secrets_and_in_the_environment(
    key: Path, info: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert identify(ANALYTICS, "", {"key": str(key)}).email == EMAIL
    assert identify(ANALYTICS, "", {"service_account": info}).email == EMAIL
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    assert identify(ANALYTICS, "", {}).email == EMAIL


def test_line_breaks_that_pasting_turned_into_letters_are_mended(info: dict[str, str]) -> None:
    pasted = info | {"private_key": info["private_key"].replace("\n", "\\n")}
    assert identify(ANALYTICS, "", {"service_account": pasted}).email == EMAIL


@pytest.mark.parametrize(("say", "reason"), [("revoked", "Invalid JWT Signature"), ("no_account", "account not found"),
                                             ("no_token", "No access token")])  # fmt: skip
def test_a_key_that_google_does_not_accept_is_told_apart_from_an_outage(key: Path, say: str, reason: str) -> None:
    Tokens.say = say
    with pytest.raises(UserError) as refused:
        identify(ANALYTICS, str(key), {})
    assert reason in str(refused.value) and EMAIL in str(refused.value)


def test_an_outage_is_not_taken_for_a_bad_key(key: Path, info: dict[str, str]) -> None:
    key.write_text(json.dumps(info | {"token_uri": "http://127.0.0.1:9/token"}))
    with pytest.raises(UserError, match="cannot be reached"):
        identify(ANALYTICS, str(key), {})


def test_an_outage_while_the_key_is_renewed_is_not_taken_for_a_bad_key(
    key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that lasts more than an hour renews its key, and gRPC reports as an outage whatever comes of that."""
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda seconds: None)
    credentials = identify(ANALYTICS, str(key), {}).credentials

    def kind() -> Kind:
        with pytest.raises(GoogleAuthError) as failed:
            credentials.refresh(Request())
        return kind_of(ServiceUnavailable(f"Getting metadata from plugin failed with error: {failed.value}"))

    Tokens.say = "busy"
    assert kind() is Kind.PASSING
    with pytest.raises(UserError, match="cannot try the key at the moment"):
        identify(ANALYTICS, str(key), {})
    for Tokens.say in ("revoked", "no_account"):
        assert kind() is Kind.KEY
    credentials._token_uri = "http://127.0.0.1:9/token"
    assert kind() is Kind.PASSING


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not a key"), ("no json", "not a key"), ("[]", "not a key"), ("{}", "not the whole key"),
        ('{"installed": {"client_id": "x"}}', "client ID for signing in"), ('{"web": {}}', "client ID for signing in"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_key_is_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(UserError, match=told):
        identify(ANALYTICS, str(path), {})


def test_no_key_at_all_says_where_to_put_one(
    info: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    with pytest.raises(UserError, match=r"secrets\.toml"):
        identify(ANALYTICS, "", {})
    with pytest.raises(UserError, match="cannot be read"):
        identify(ANALYTICS, str(tmp_path / "nowhere.json"), {})


def test_what_a_key_holds_is_never_shown(info: dict[str, str], key: Path) -> None:
    secret = info["private_key"].splitlines()[5]
    Tokens.say = "revoked"
    garbled = info | {"private_key": info["private_key"][:400]}
    for given in (str(key), ""):
        with pytest.raises(UserError) as refused:
            identify(ANALYTICS, given, {"service_account": garbled})
        seen, error = str(refused.value), refused.value
        while error := error.__cause__:
            seen += repr(error)
        assert secret not in seen
    Tokens.say = "good"
    assert secret not in repr(identify(ANALYTICS, str(key), {}))


def test_the_secrets_of_streamlit_are_read_where_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    assert secrets(ANALYTICS, path) == {}
    path.write_text('[ga4]\nproperty = 42\nkey = "/etc/key.json"\n[other]\na = 1\n')
    assert secrets(ANALYTICS, path) == {"property": 42, "key": "/etc/key.json"}
    path.write_text("[ga4]\nprivate_key = hush\n")
    with pytest.raises(UserError, match="TOML") as refused:
        secrets(ANALYTICS, path)
    assert "hush" not in str(refused.value)
    path.write_text('[ga4]\nkey = "/clés.json"\n', "utf-8-sig")
    assert secrets(ANALYTICS, path) == {"key": "/clés.json"}
    path.write_bytes('[ga4]\nkey = "/clés.json"\n'.encode("cp1252"))
    with pytest.raises(UserError, match=r"secrets\.toml is not in UTF-8, as TOML is: line 2\."):
        secrets(ANALYTICS, path)


def test_an_account_of_files_is_offered_to_a_property_and_one_of_another_property_is_not() -> None:
    files, first = Account("ga4", "shop"), Account("ga4", "111")
    asked = Asked("111", datetime(2026, 11, 28, 3, tzinfo=UTC), date(2026, 11, 28), "UTC", date(2026, 11, 26),
                  date(2026, 11, 1), ())  # fmt: skip
    assert account_of("222", "Blog", [(asked, first)], [first], None) == Account("ga4", "222", "Blog")
    assert account_of("111", "Shop", iter([(asked, first)]), [first, files], None) == first
    with pytest.raises(UserError, match="--account ga4:shop  --account ga4:222") as refused:
        account_of("222", "Blog", [(asked, first)], [first, files], None)
    assert "ga4:111" not in str(refused.value)


def test_a_property_is_named_where_the_admin_api_says_so(key: Path, token_server: str) -> None:
    identity = identify(ANALYTICS, str(key), {})
    assert name_of(identity, "42", f"{token_server}/properties/") == "Acme site"
    assert name_of(identity, "43", f"{token_server}/properties/") == ""
    assert name_of(identity, "42", "http://127.0.0.1:9/") == ""
    assert name_of(None, "42") == ""


@pytest.mark.parametrize("value", ["analyticsdata.googleapis.com:443", "127.0.0.1", "10.0.0.1:5000", "127.0.0.1:x"])
def test_only_a_server_on_this_computer_may_stand_in_for_google(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("VIGIE_GA4_ENDPOINT", value)
    with pytest.raises(UserError, match="only name a server on this computer"):
        loopback(ANALYTICS)


def test_an_identity_does_not_show_its_credentials() -> None:
    assert "hush" not in repr(Identity(EMAIL, "hush"))
