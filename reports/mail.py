"""The report as an e-mail: a table layout that every reader draws, its chart as a picture, a plain part, the PDF.

The same report, of the same sender at the same moment, makes the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from reports.drawable import brief, readable
from reports.forms import file_name
from reports.model import Report
from reports.pdf import pdf
from reports.picture import picture
from reports.plain import plain
from reports.templates import templates
from wording.colours import PRINT

MOST_BYTES = 100_000  # of HTML: readers in browsers cut what is longer
PICTURE = "chart@report"


def mail(report: Report, sender: str, to: Sequence[str], moment: datetime, times: int = 1) -> EmailMessage:
    """The report as an e-mail of `moment`, in UTC; `times` counts how often that report is sent."""
    message = EmailMessage(SMTP)
    message["Subject"] = subject(report)
    message["From"], message["To"] = sender, ", ".join(to)
    message["Date"] = format_datetime(moment.replace(tzinfo=UTC))
    message["Message-ID"] = _identity(report, sender, times)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(plain(report))
    message.add_alternative(html(report), subtype="html")
    if report.charts:
        _, body = message.get_payload()  # pyright: ignore[reportGeneralTypeIssues, reportAssignmentType]
        body.add_related(  # pyright: ignore[reportAttributeAccessIssue]
            picture(report), "image", "png", cid=f"<{PICTURE}>", filename="chart.png", disposition="inline"
        )
    message.add_attachment(pdf(report), maintype="application", subtype="pdf", filename=file_name(report, "pdf"))
    message["Content-Language"] = report.language  # not before: the body takes such headers with it
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary("=" + hashlib.sha256(f"{message['Message-ID']}{n}".encode()).hexdigest()[:40])
    return message


def subject(report: Report) -> str:
    """What the e-mail is about: its week, and its headline in a line."""
    return f"[{report.week}] {brief(readable(report.headline), 160)}"


def html(report: Report) -> str:
    """The body of the e-mail. Raises ValueError where it would be cut by who reads it."""
    said = templates().get_template("mail.html.j2").render(r=report, w=report.words, c=PRINT, picture=PICTURE)
    if len(said.encode()) > MOST_BYTES:
        raise ValueError(f"the e-mail of {report.key} has more than {MOST_BYTES} bytes of HTML")
    return said


def _identity(report: Report, sender: str, times: int) -> str:
    """The same for the same report, so that one that comes twice is seen as one."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{file_name(report, str(times))}@{domain}>"
