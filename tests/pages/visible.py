"""What a reader sees on a page that AppTest has run: every text of every element, whatever its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pandas as pd
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

MISSING = "None"  # what Streamlit writes in a cell without a value, where the table names nothing else
SPOKEN = {"alt", "title", "aria-label", "placeholder"}  # attributes that a reader hears, or sees on hover
# Fields of Streamlit's messages that are for the machine.
SILENT = {
    "id", "key", "form_id", "element_hash", "format", "type", "page_script_hash", "page", "url", "config", "columns",
    "column_order", "icon", "min", "max", "default", "date_format", "spec", "stack_trace", "query_param_key", "group_id",
    "raw_values", "values", "string_value", "value", "selection_mode", "deferred_file_id", "language", "tag", "theme",
}  # fmt: skip


class _Page(HTMLParser):
    """Collects the texts of a piece of HTML, and of the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts.extend(value or "" for name, value in attrs if name in SPOKEN)


def visible(at: AppTest) -> list[str]:
    """Every text of the page, one element, line or cell each."""
    found = [text for block in (at.main, at.sidebar) for node in block for text in _of(node)]
    return [text.strip() for text in found if text.strip()]


def of_html(html: str) -> list[str]:
    """The texts of a piece of HTML, style sheets left out."""
    reader = _Page()
    reader.feed(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    return reader.texts


def _of(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    match node.type:
        case "html":
            yield from of_html(node.value)
        case "plotly_chart":
            yield proto.alt
            yield from of_chart(json.loads(proto.spec))
        case "dataframe" | "arrow_data_frame":
            yield from of_table(node)
        case _ if isinstance(proto, Message):
            yield from _strings(proto)


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in SILENT:
            continue
        many = value if field.is_repeated else [value]
        for one in many:
            if isinstance(one, Message):
                yield from _strings(one)
            elif isinstance(one, str):
                yield from one.splitlines()


def of_chart(figure: dict[str, Any]) -> Iterator[str]:
    """What stands in a chart: names, ticks, labels at the lines and what appears under the pointer."""
    layout = figure["layout"]
    for axis in ("xaxis", "yaxis"):
        yield from layout.get(axis, {}).get("ticktext", [])
    for note in layout.get("annotations", []):
        yield note["text"]
    for trace in figure["data"]:
        yield trace.get("name", "")
        yield trace.get("hovertemplate", "").replace("%{text}", "").replace("<extra>", "").replace("</extra>", "")
        for text in (*trace.get("text", []), *trace.get("hovertext", [])):
            yield from text.split("<br>")


def of_table(node: Any) -> Iterator[str]:
    """The headings of a table, what they say on hover, and its cells; a missing value is what the reader sees of it."""
    proto, cells = node.proto, node.value
    config = json.loads(proto.columns or "{}")
    yield proto.alt
    for name in proto.column_order or cells.columns:
        column = config.get(name, {})
        if column.get("hidden"):
            continue
        yield column.get("label") or str(name)
        yield column.get("help") or ""
        yield (column.get("type_config") or {}).get("display_text") or ""
        for value in cells[name]:
            if isinstance(value, str):
                yield value
            elif not isinstance(value, list) and pd.isna(value):
                yield proto.placeholder if proto.HasField("placeholder") else MISSING
