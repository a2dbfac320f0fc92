"""A server of e-mail and one of webhooks on this computer: they speak as real ones do, and keep what they are given."""

from __future__ import annotations

import base64
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Post:
    """What a server of e-mail was given, and how it behaves."""

    port: int = 0
    refuses: tuple[str, ...] = ()
    password: str = ""
    secured: ssl.SSLContext | None = None
    sent: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)


@contextmanager
def post_office(**how: Any) -> Iterator[Post]:
    """A server of e-mail that runs meanwhile; `secured` makes it offer STARTTLS, and ask for it."""
    post = Post(**how)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            talk(self.request, post)

    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)) as port:
        post.port = port
        yield post


def talk(line: socket.socket, post: Post) -> None:
    """One conversation, command by command."""
    reader = line.makefile("rb")
    sender, to, safe = "", [], False

    def answer(text: str) -> None:
        line.sendall(text.encode() + b"\r\n")

    answer("220 here ESMTP")
    while said := reader.readline().decode().strip():
        word, _, rest = said.partition(" ")
        post.heard.append(said)
        match word.upper():
            case "EHLO" | "HELO":
                offers = ["here", *(["STARTTLS"] if post.secured and not safe else []), "AUTH PLAIN", "8BITMIME"]
                answer("\r\n".join([*(f"250-{one}" for one in offers[:-1]), f"250 {offers[-1]}"]))
            case "STARTTLS":
                assert post.secured
                answer("220 go on")
                try:
                    line = post.secured.wrap_socket(line, server_side=True)
                except ssl.SSLError:
                    return
                reader, safe = line.makefile("rb"), True
            case "AUTH":
                known = base64.b64decode(rest.split()[-1]).decode().split("\0")[-1] == post.password
                answer("235 yes" if known else f"535 no {rest}")
            case "MAIL":
                sender = rest.partition("<")[2].partition(">")[0]
                answer("250 ok")
            case "RCPT":
                one = rest.partition("<")[2].partition(">")[0]
                answer("550 nobody" if one in post.refuses else "250 ok")
                to += [] if one in post.refuses else [one]
            case "DATA":
                answer("354 go on")
                body = b""
                while (row := reader.readline()) != b".\r\n":
                    body += row.removeprefix(b".")
                post.sent.append((sender, to, message_from_bytes(body, policy=default)))  # pyright: ignore[reportArgumentType]
                answer("250 kept")
            case "QUIT":
                answer("221 bye")
                return
            case _:
                answer("250 ok")


@dataclass
class Channel:
    """What a webhook was given."""

    address: str = ""
    status: int = 200
    taken: list[Any] = field(default_factory=list)


@contextmanager
def channel(status: int = 200, path: str = "/hook/T000/secret") -> Iterator[Channel]:
    """A webhook that runs meanwhile, and answers so."""
    kept = Channel(status=status)

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.taken.append((self.path, self.headers["Content-Type"], json.loads(body)))
            self.send_response(kept.status)
            if kept.status == 302:
                self.send_header("Location", kept.address + "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as port:
        kept.address = f"http://127.0.0.1:{port}{path}"
        yield kept


@contextmanager
def _serving(server: Any) -> Iterator[int]:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def certificate(folder: Path) -> Path:
    """A certificate of this computer with its key, in one file: nobody trusts it who is not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "here.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path
