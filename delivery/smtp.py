"""An e-mail handed to a server by SMTP, over a line that is secured before anything is said."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import parseaddr

from data.model import Message, UserError, says
from delivery.settings import Server

SECONDS = 30


def send(message: EmailMessage, server: Server, to: Sequence[str]) -> list[str]:
    """Sends an e-mail; gives the addresses that the server did not take. Raises UserError where it took none."""
    try:
        with _line(server) as line:
            if server.user:
                line.login(server.user, server.password)
            return sorted(line.send_message(message, parseaddr(server.sender)[1], to))
    except smtplib.SMTPRecipientsRefused as error:
        raise _not_sent(server, says("it takes none of the addresses {to}", to=sorted(error.recipients))) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _not_sent(server, _why(error)) from None  # what the server says may repeat what it was told


def _line(server: Server) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=safe)
    line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    if server.security == "starttls":
        try:
            line.starttls(context=safe)
        except BaseException:
            line.close()
            raise
    return line


def _not_sent(server: Server, why: Message) -> UserError:
    place = f"{server.host}:{server.port}"
    return UserError(says("The e-mail is not sent by {place}: {why}.", place=place, why=why))


def _why(error: Exception) -> Message:
    match error:
        case smtplib.SMTPAuthenticationError():
            return says("it does not accept smtp_user with smtp_password")
        case smtplib.SMTPNotSupportedError():
            return says("it lacks what is asked of it; try smtp_security tls, or leave smtp_user out")
        case smtplib.SMTPSenderRefused():
            return says("it does not send in the name of mail_from (answer {code})", code=str(error.smtp_code))
        case smtplib.SMTPResponseException():
            return says("it answers {code}", code=str(error.smtp_code))
        case ssl.SSLCertVerificationError():
            return says("its certificate is not valid for that name")
        case ssl.SSLError():
            return says("no secured line can be made; see smtp_security and smtp_port")
        case TimeoutError():
            return says("it does not answer")
        case smtplib.SMTPServerDisconnected():
            return says("it ended the line")
    return says("it cannot be reached")
