"""From a JSON file to grids of cells: each list of objects is a table, and the keys of its objects are the headers.

Keys within keys are joined with dots (`reviewReply.updateTime`), things in a list are numbered (`media.0.uri`), and a
list of texts is one cell. A file can nest without end or hold a key for each of its objects: both are bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Grid = list[list[Any]]

MAX_DEPTH = 8  # of keys within keys; what is deeper is left out
MAX_COLUMNS = 2_000
MAX_CELLS = 10_000_000  # as of a workbook


class NotATable(ValueError):
    """What is no JSON, or JSON that makes no table."""


def read_objects(text: str) -> list[tuple[str, Grid]]:
    """(key, grid) of each list of objects of a JSON text: of the text itself under "", or of the keys of its object."""
    try:
        found = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        raise NotATable from error
    lists = found.items() if isinstance(found, dict) else [("", found)]
    return [(key, _grid(value)) for key, value in lists if _is_table(value)]


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _grid(objects: list[dict[str, Any]]) -> Grid:
    rows = [dict(_cells(each, "", 0)) for each in objects]
    headers = list(dict.fromkeys(header for row in rows for header in row))
    if len(headers) > MAX_COLUMNS or len(headers) * len(rows) > MAX_CELLS:
        raise NotATable
    return [headers, *([row.get(header) for header in headers] for row in rows)]


def _cells(value: Any, header: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(v, (dict, list)) for v in value)):
        if depth < MAX_DEPTH:
            inner = value.items() if isinstance(value, Mapping) else enumerate(value)
            for key, each in inner:
                yield from _cells(each, f"{header}.{_text(str(key))}" if header else _text(str(key)), depth + 1)
    elif isinstance(value, list):
        yield header, " ".join(_text(str(each)) for each in value if each is not None)
    else:
        yield header, _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    """A text that can be kept: without NUL, and without halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
