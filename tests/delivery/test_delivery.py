"""How an e-mail and a card are handed over, and what is said where they are not; secrets are in no message."""

from __future__ import annotations

import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from servers import certificate, channel, post_office

from data.model import UserError
from delivery.settings import Server, Settings
from delivery.smtp import send
from delivery.webhook import post

SECRET = "s3cret-of-a-server"
TO = ["direction@example.org", "board@example.org"]
GOOD = {"VIGIE_SMTP_HOST": "127.0.0.1", "VIGIE_MAIL_FROM": "Vigie <vigie@example.org>", "VIGIE_SMTP_SECURITY": "none"}


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Semaine 46\u202f!", "vigie@example.org", ", ".join(TO)
    made.set_content("8\u202f541 visites\n.une ligne\n")
    return made


def server(port: int, **how: Any) -> Server:
    return Server(
        **{"host": "127.0.0.1", "port": port, "security": "none", "sender": "Vigie <vigie@example.org>"} | how
    )


def test_an_e_mail_arrives_as_it_was_written() -> None:
    with post_office() as office:
        assert send(message(), server(office.port), TO) == []
    ((sender, to, found),) = office.sent
    assert (sender, to) == ("vigie@example.org", TO)
    assert found["Subject"] == "Semaine 46\u202f!"
    assert found.get_content().splitlines() == "8\u202f541 visites\n.une ligne\n".splitlines()


def test_an_address_that_is_not_taken_is_told_and_the_others_are_served() -> None:
    with post_office(refuses=("board@example.org",)) as office:
        assert send(message(), server(office.port), TO) == ["board@example.org"]
    assert [to for _, to, _ in office.sent] == [["direction@example.org"]]
    with post_office(refuses=tuple(TO)) as office, pytest.raises(UserError, match="takes none of the addresses"):
        send(message(), server(office.port), TO)
    assert office.sent == []


def test_a_secured_line_is_made_before_anything_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    safe = {"host": "localhost", "security": "starttls", "user": "vigie", "password": SECRET}
    with post_office(secured=context, password=SECRET) as office:
        with pytest.raises(UserError, match="certificate is not valid") as error:
            send(message(), server(office.port, **safe), TO)
        assert SECRET not in str(error.value) and not any(line.startswith("AUTH") for line in office.heard)
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert send(message(), server(office.port, **safe), TO) == []
    assert len(office.sent) == 1
    heard = [line.split()[0] for line in office.heard]
    assert heard.index("AUTH") > heard.index("STARTTLS")


def test_a_server_without_a_secured_line_is_given_nothing() -> None:
    with post_office(password=SECRET) as office, pytest.raises(UserError, match="lacks what is asked of it"):
        send(message(), server(office.port, security="starttls", user="vigie", password=SECRET), TO)
    assert office.sent == [] and not any(line.startswith("AUTH") for line in office.heard)


def test_a_password_that_is_not_accepted_is_in_no_message() -> None:
    with post_office(password="another") as office, pytest.raises(UserError, match="does not accept") as error:
        send(message(), server(office.port, user="vigie", password=SECRET), TO)
    assert error.value.__cause__ is None and SECRET not in repr(error.value.message)
    assert SECRET not in repr(server(1, password=SECRET))


def test_a_server_that_is_not_there_is_said() -> None:
    with post_office() as office:
        port = office.port
    with pytest.raises(UserError, match="cannot be reached"):
        send(message(), server(port), TO)


def test_a_card_arrives_at_its_webhook() -> None:
    with channel() as hook:
        post(hook.address, {"text": "Semaine 46\u202f: 8\u202f541 visites"})
    assert hook.taken == [
        ("/hook/T000/secret", "application/json; charset=utf-8", {"text": "Semaine 46\u202f: 8\u202f541 visites"})
    ]


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_a_webhook_that_does_not_take_it_is_said_without_its_secret(status: int) -> None:
    with channel(status) as hook, pytest.raises(UserError, match=f"it answers {status}") as error:
        post(hook.address, {"text": "a"})
    assert "secret" not in str(error.value) and len(hook.taken) == 1, "a redirection is not followed"


@pytest.mark.parametrize("address", ["http://example.org/secret", "ftp://x/secret", "secret", "", "file:///secret"])
def test_a_webhook_is_spoken_to_over_a_secured_line_only(address: str) -> None:
    with pytest.raises(UserError, match="does not begin with https://") as error:
        post(address, {})
    assert "secret" not in str(error.value)


def test_settings_come_from_the_environment_before_the_secrets(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(
        '[report]\nsmtp_host = "mail.example.org"\nmail_from = "kpi@example.org"\nsmtp_port = 2525\n'
        f'smtp_user = "kpi"\nsmtp_password = "{SECRET}"\nslack_webhook = "https://hooks.example.org/x"\n'
    )
    found = Settings({}, path).server()
    assert found == Server("mail.example.org", 2525, "starttls", "kpi@example.org", "kpi", SECRET)
    assert Settings({"VIGIE_SMTP_HOST": "localhost"}, path).server().host == "localhost"
    assert Settings({}, path).webhook("slack") == "https://hooks.example.org/x"
    with pytest.raises(UserError, match="VIGIE_TEAMS_WEBHOOK"):
        Settings({}, path).webhook("teams")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"VIGIE_SMTP_HOST": ""}, "Nothing says smtp_host"),
        ({"VIGIE_MAIL_FROM": ""}, "Nothing says mail_from"),
        ({"VIGIE_MAIL_FROM": "nobody"}, "mail_from is no e-mail address"),
        ({"VIGIE_MAIL_FROM": "a@b.c\nBcc: x@y.z"}, "mail_from is no e-mail address"),
        ({"VIGIE_SMTP_PORT": "ssl"}, "smtp_port is no number"),
        ({"VIGIE_SMTP_SECURITY": "ssl"}, "smtp_security is starttls, tls or none"),
        ({"VIGIE_SMTP_HOST": "mail.example.org"}, "server on this computer only"),
    ],
)
def test_what_is_set_up_wrongly_is_said(wrong: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=said):
        Settings(GOOD | wrong, tmp_path / "none").server()


def test_ports_follow_how_the_line_is_secured(tmp_path: Path) -> None:
    for security, port in {"starttls": 587, "tls": 465, "none": 25}.items():
        assert Settings(GOOD | {"VIGIE_SMTP_SECURITY": security}, tmp_path / "none").server().port == port
