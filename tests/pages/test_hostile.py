"""A file may hold anything: what it says is shown as text, never obeyed."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from made_up import POSTS_FILE, Post, load, x_posts
from reader import look_behind, nodes, open_page
from streamlit.testing.v1 import AppTest

from data.model import Answers
from data.store import create_brand
from pages.parts.lists import SHOWN_TEXT

LONG = "Très long. " + "mot " * 500
TEXTS = (
    '<img src=x onerror="alert(1)">', "<script>alert(1)</script>", "</td></table><h1>Titre</h1>", "<b>gras</b> & <i>",
    '" onmouseover="alert(1)" x="', "&lt;déjà&gt; &amp;amp;", '=HYPERLINK("https://evil.example";"x")', "@SUM(1+1)*cmd",
    "![x](https://evil.example/x.png) [lien](javascript:alert(1))", "**gras** `code` $a^2$ :red[rouge] :material/home:",
    "{name} {0} %s %(x)s {{}}", "مرحبا بالعالم \u202e à l'envers \u2066isolé", "une sonnerie\u0007 et un retour\u0008",
    "<!--", "]]>", "%{text}<extra></extra><br>", LONG,
)  # fmt: skip
LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example",
    'https://x.com/a/status/1"onclick="alert(1)', "file:///etc/passwd", "\tjavascript:alert(1)", "vbscript:x",
)  # fmt: skip
ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "span", "br", "a", "div", "b", "p", "img", "style"}
ATTRIBUTES = {"class", "scope", "title", "style", "href", "target", "rel", "src", "alt", "role"}


class _Tags(HTMLParser):
    """The tags, the attributes and the addresses of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def pieces(at: AppTest) -> list[_Tags]:
    return [_Tags(node.value) for node in nodes(at) if node.type == "html"]


def with_posts(*posts: Post) -> None:
    load(create_brand("Maison Lumen"), POSTS_FILE, x_posts(posts), Answers("x:maison_lumen"))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_a_post_says_is_shown_and_not_obeyed(text: str) -> None:
    with_posts(Post(text), Post("Un post comme un autre"))
    week = open_page("week", period="2026-08")
    assert not week.exception
    for piece in pieces(week):
        assert piece.tags <= ALLOWED and piece.attributes <= ATTRIBUTES
        assert all(address.startswith(("https://x.com/", "data:image/svg+xml;base64,")) for address in piece.addresses)
    stated = unescape(text).strip()  # X writes & as &amp;
    shown = stated if len(stated) <= SHOWN_TEXT else stated[:SHOWN_TEXT].rsplit(" ", 1)[0] + "…"
    assert any(shown == said for piece in pieces(week) for said in ["".join(piece.texts), *piece.texts])
    posts = open_page("posts", period="2026-08")
    assert not posts.exception
    place = list(posts.dataframe[0].value["text"]).index(stated)
    posts.session_state["posts"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    assert not posts.run().exception
    assert stated in [line.value for line in posts.text]
    assert not look_behind(week).exception


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_is_none_of_the_web_is_no_link(link: str) -> None:
    with_posts(Post("Un post", link=link))
    week = open_page("week", period="2026-08")
    (listed,) = [piece for piece in pieces(week) if "Un post" in piece.texts]
    safe = link.startswith("https://")
    assert listed.addresses == ([link] if safe else []) and listed.attributes <= ATTRIBUTES
    (shown,) = open_page("posts", period="2026-08").dataframe[0].value["link"]
    assert (shown == link) if safe else shown is None
    assert not safe or urlsplit(link).hostname == "x.com"
