"""An answer of a service as it is kept: a ZIP of what came, as it came, with `answer.json`, what was asked.

The same answers make the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Protocol

from connectors.sheet import ANSWER_MEMBER
from data.model import Account, UserError, says

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # what an archive says of a file whose date is not told


class Info(Protocol):
    """An export as the warehouse has it."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def name(self) -> str:
        """The name of its file."""
        ...

    @property
    def connector(self) -> str:
        """The key of its format."""
        ...

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts it states."""
        ...


def packed(told: Mapping[str, Any], members: Mapping[str, bytes]) -> bytes:
    """The answer as a file: what it says of itself, days and moments among it, and its files."""
    text = json.dumps(told, default=_written, ensure_ascii=False, indent=1, sort_keys=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in {ANSWER_MEMBER: text.encode(), **members}.items():
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(member, content)
    return out.getvalue()


def told_in(members: Mapping[str, bytes], form: str) -> dict[str, Any] | None:
    """What an answer of a form says of itself; None where it is of another, or no answer."""
    try:
        told = json.loads(members[ANSWER_MEMBER])
    except (KeyError, ValueError):
        return None
    return told if isinstance(told, dict) and told.get("format") == form else None


def told_of(content: bytes, form: str, name: str) -> dict[str, Any] | None:
    """The same, of the file as a whole, without a look at what came. Raises UserError where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return told_in({ANSWER_MEMBER: archive.read(ANSWER_MEMBER)}, form)
    except (zipfile.BadZipFile, KeyError) as error:
        raise UserError(says("{file} is damaged or was cut short. Download it again.", file=name)) from error


def _written(value: Any) -> Any:
    return value.isoformat()
