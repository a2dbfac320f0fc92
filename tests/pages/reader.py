"""Opens pages as a reader does, and says what is then to be seen: every text of every element, whatever its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
TITLES = {
    "week": "This week", "objectives": "Objectives", "campaigns": "Campaigns", "peaks": "Peaks", "posts": "Posts",
    "audience": "Audience", "traffic": "Traffic", "searches": "Searches", "conversions": "Conversions",
    "report": "Report", "sources": "Sources", "glossary": "Glossary",
}  # fmt: skip
STATES = ("no brand", "empty", "demo", "real exports")  # what Vigie may know when a page is opened
WITH_FIGURES = ("demo", "real exports")
ABOUT_A_PERIOD = ("week", "posts", "audience", "traffic", "searches", "conversions")

MISSING = "None"  # what Streamlit writes in a cell without a value, where the table names nothing else
SPOKEN = {"alt", "title", "aria-label", "placeholder"}  # attributes that a reader hears, or sees on hover
# Fields of Streamlit's messages that are for the machine.
SILENT = {
    "column_order", "columns", "config", "default", "deferred_file_id", "element_hash", "format", "form_id", "group_id",
    "icon", "id", "key", "language", "max", "min", "page", "page_script_hash", "query_param_key", "selection_mode",
    "spec", "stack_trace", "tag", "type", "url", "value",
}  # fmt: skip


def open_page(page: str, lang: str = "en", **address: str) -> AppTest:
    """A page as it is after its first run, at an address with these choices."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    at.query_params.update({"lang": lang, **address})
    return at.switch_page(f"pages/{page}.py").run()


def address(at: AppTest) -> dict[str, str]:
    """What the address of a page says, the language left out: every test states it."""
    told = {name: value if isinstance(value, str) else ",".join(value) for name, value in at.query_params.items()}
    return {name: value for name, value in told.items() if name != "lang"}


def popovers(at: AppTest) -> dict[str, Any]:
    """The popovers of a page, by their keys."""
    return {re.sub(r"^\$\$ID-\w+-", "", node.proto.id): node for node in nodes(at) if node.type == "popover"}


def look_behind(at: AppTest, *keys: str) -> AppTest:
    """The page with some of its popovers open, or all of them."""
    for key in keys or popovers(at):
        at.session_state[key] = True
    return at.run()


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts.extend(value or "" for name, value in attrs if name in SPOKEN)


def nodes(at: AppTest) -> Iterator[Any]:
    """Everything on the page, the sidebar left out."""
    yield from at.main


def visible(at: AppTest) -> list[str]:
    """Every text of the page, one line, label or cell each."""
    found = [text for part in (at.main, at.sidebar) for node in part for text in _of(node)]
    return [text.strip() for text in found if text.strip()]


def of_html(html: str) -> list[str]:
    """The texts of a piece of HTML, style sheets left out."""
    parser = _Texts()
    parser.feed(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    return parser.texts


def _of(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    match node.type:
        case "html":
            yield from of_html(node.value)
        case "plotly_chart":
            yield node.proto.alt
            yield from _of_chart(json.loads(node.proto.spec))
        case "dataframe" | "arrow_data_frame":
            yield from _of_table(node)
        case _ if hasattr(proto, "ListFields"):
            yield from _strings(proto)


def _strings(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in SILENT:
            continue
        for one in value if field.is_repeated else [value]:
            if hasattr(one, "ListFields"):
                yield from _strings(one)
            elif isinstance(one, str):
                yield from one.splitlines()


def _of_chart(figure: Mapping[str, Any]) -> Iterator[str]:
    """Ticks, notes, names of traces, and what appears under the pointer."""
    for axis in ("xaxis", "yaxis"):
        yield from figure["layout"].get(axis, {}).get("ticktext", [])
    for note in figure["layout"].get("annotations", []):
        yield note["text"].replace("<br>", " ")
    for trace in figure["data"]:
        yield trace.get("name", "")
        yield re.sub(r"%\{text}|</?extra>", "", trace.get("hovertemplate", ""))
        for text in (*trace.get("text", []), *trace.get("hovertext", [])):
            for one in [text] if isinstance(text, str) else text:  # a map has rows of them
                yield from one.split("<br>")


def _of_table(node: Any) -> Iterator[str]:
    """Headings, what they say on hover, and cells; of a missing value, what the reader sees of it."""
    proto, cells = node.proto, node.value
    config = json.loads(proto.columns or "{}")
    missing = proto.placeholder if proto.HasField("placeholder") else MISSING
    yield proto.alt
    for name in proto.column_order or cells.columns:
        column = config.get(str(name)) or {}
        if column.get("hidden"):
            continue
        yield column.get("label") or str(name)
        yield column.get("help") or ""
        yield (column.get("type_config") or {}).get("display_text") or ""
        for value in cells[name]:
            if isinstance(value, str):
                yield value
            elif pd.api.types.is_scalar(value) and pd.isna(value):
                yield missing


def cards(at: AppTest) -> dict[str, str]:
    """The figures of the cards, by the names they stand under."""
    found = {}
    for node in nodes(at):
        if node.type == "html" and "v-card" in node.value:
            name, value = (_inner(node.value, kind) for kind in ("v-name", "v-value"))
            assert name not in found, f"two cards of one name: {name}"
            found[name] = value
    return found


def _inner(html: str, kind: str) -> str:
    (found,) = re.findall(rf'<div class="{kind}">(.*?)</div>', html)
    return "".join(of_html(found))


def lead(at: AppTest) -> str:
    """The answer of the page: its first line."""
    return next("".join(of_html(n.value)) for n in nodes(at) if n.type == "html" and "v-lead" in n.value)
