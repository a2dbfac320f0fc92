"""The secrets of Streamlit, read without it: .streamlit/secrets.toml, which is never shown and never committed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.model import UserError, says

SECRETS = Path(__file__).parents[2] / ".streamlit" / "secrets.toml"


def section(name: str, path: Path = SECRETS) -> Mapping[str, Any]:
    """A part of the secrets; empty where there is none."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    try:
        found = tomllib.loads(content.decode("utf-8-sig")).get(name, {})
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            says("{path} is not in UTF-8, as TOML is: line {line}. Save it as UTF-8.", path=str(path), line=line)
        ) from None
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")  # the message may quote what stands there
        raise UserError(says("{path} is not written as TOML is: {place}.", path=str(path), place=place)) from None
    return found if isinstance(found, Mapping) else {}
