"""An Office file without the moments at which its parts were packed: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def of_moment(data: bytes, moment: datetime) -> bytes:
    """The same file, made at that moment in UTC; so are the workbooks within it."""
    out, stamp = io.BytesIO(), moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = of_moment(content, moment)
            elif entry.filename == "docProps/core.xml":
                content = STAMPS.sub(rb"\g<1>" + stamp, content)
            target.writestr(zipfile.ZipInfo(entry.filename, FIRST), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
