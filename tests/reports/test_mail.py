"""The report as an e-mail and as cards: small, whole without pictures, harmless, the same bytes each time."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest

from data.objectives import Aim, Objective, Period
from reports.cards import slack, teams
from reports.given import Given
from reports.mail import MOST_BYTES, html, mail, subject
from reports.model import AudienceLine, Figure, NoteLine, PeakLine, PostLine, Report, ReviewLine, Revision, Tone
from reports.plain import plain
from tests.reports.conftest import WEEK

SENDER, TO = "Vigie <vigie@example.org>", ("direction@example.org", "board@example.org")
MOMENT = datetime(2026, 11, 16, 6, 30)


@pytest.fixture
def found(known: None, make: Any, house: Given) -> Report:
    visits = Objective(Aim("sessions", (), Period.WEEK), WEEK.first, 1000)
    given = replace(house, objectives=(visits,))
    return make(given, language="fr", comment="Bonne semaine\u202f!", decision="Valider le budget.")


def text_of(markup: str) -> str:
    """What is read of a page."""
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            texts.append(data)

    Reader().feed(re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL))
    return " ".join(texts)


def test_an_e_mail_has_what_every_reader_needs(found: Report) -> None:
    content = mail(found, SENDER, TO, MOMENT).as_bytes()
    made = message_from_bytes(content, policy=default)
    assert made["Subject"] == f"[{found.week}] {found.headline}" == subject(found)
    assert (made["From"], made["To"]) == (SENDER, ", ".join(TO))
    assert made["Content-Language"] == "fr"
    assert made["Date"] == "Mon, 16 Nov 2026 06:30:00 +0000"
    assert made["Message-ID"] == "<lumen-2026-W46-leadership-fr.1@example.org>"
    kinds = [part.get_content_type() for part in made.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
                     "image/png", "application/pdf"]  # fmt: skip
    parts = {part.get_content_type(): part for part in made.walk()}
    assert f'src="cid:{parts["image/png"]["Content-ID"].strip("<>")}"' in parts["text/html"].get_content()
    chart = parts["image/png"].get_content()
    assert chart.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", chart[16:24])
    assert height > 0.8 * width, "weeks stand above months, or a phone would show them too small to be read"
    assert parts["application/pdf"].get_content().startswith(b"%PDF-")
    assert parts["application/pdf"].get_filename() == "lumen-2026-W46-leadership-fr.pdf"
    assert parts["text/plain"].get_content().splitlines() == plain(found).splitlines()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_same_report_makes_the_same_e_mail(found: Report) -> None:
    assert mail(found, SENDER, TO, MOMENT).as_bytes() == mail(found, SENDER, TO, MOMENT).as_bytes()
    assert mail(found, SENDER, TO, MOMENT, 2)["Message-ID"] != mail(found, SENDER, TO, MOMENT)["Message-ID"]


def test_the_page_draws_nothing_that_readers_of_e_mail_drop(found: Report) -> None:
    made = html(found)
    assert not re.search(r"<svg|data:|<script|<link|https?://|@import", made)
    assert 'lang="fr"' in made and "<h1" in made and re.findall(r'<img [^>]*alt="([^"]+)"', made)
    layouts = re.findall(r'<table role="presentation"', made)
    assert len(layouts) > 3 and 'scope="row"' in made


@pytest.mark.parametrize("form", [lambda r: text_of(html(r)), plain], ids=["html", "plain"])
def test_the_words_and_figures_of_the_report_stand_in_it(form: Callable[[Report], str], found: Report) -> None:
    said = form(found)
    assert found.tiles and found.aims and found.charts
    for text in (
        found.headline, found.comment, found.quality.summary, *(one.text for one in found.sentences),
        *(one.figure.shown for one in found.tiles), *(one.name for one in found.tiles),
        *(change.shown for one in found.tiles for change in one.changes), *(one.name for one in found.aims),
        *(one.verdict.shown for one in found.aims), *(one.net.shown for one in found.audience),
        *(total.figure.shown for total in found.charts[0].totals), found.sections["peaks"].title,
    ):  # fmt: skip
        assert text in said or text.upper() in said, text


def test_a_total_without_a_change_ends_with_its_figure(found: Report) -> None:
    chart = found.charts[0]
    bare = replace(chart, totals=tuple(replace(total, changes=()) for total in chart.totals))
    said = plain(replace(found, charts=(bare, *found.charts[1:]))).splitlines()
    for total in bare.totals:
        assert f"- {total.name}\u00a0: {total.figure.shown}" in said


HOSTILE = (
    "<script>alert(1)</script>", '"' * 2000, "<b>&amp;</b>" * 300, "日本語 مرحبا 👨\u200d👩\u200d👧 \u202eabc",
    "x" * 2000, "\x00\x1b[31m", "a\nBcc: x@example.org\r\n\r\nbody", "{{ 7*7 }} {% raw %}",
    "<!channel> <@U123> *bold* [a](https://example.org)", "",
)  # fmt: skip


def hostile(found: Report, text: str) -> Report:
    """A report in which everything that people write is this text, and every list is long."""
    figure = Figure(123456.0, "123\u202f456")
    post = PostLine(1, "Instagram", "9 nov.", text, text, figure, figure, figure, figure, "vues", True)
    return replace(
        found, brand=text, headline=text, comment=text,
        sentences=tuple(replace(one, text=text) for one in found.sentences),
        aims=tuple(replace(found.aims[0], name=text, owner=text) for _ in range(30)),
        peaks=(PeakLine("9 nov.", "Visites", "▲ +4", "9, pour 5", text, False, Tone.BAD),) * 20,
        best=(post,) * 9, weakest=(post,) * 3, notes=(NoteLine("9 nov.", "Crise", text),) * 20,
        audience=(AudienceLine("Instagram", text, figure, figure, figure, figure, ()),) * 40,
        reviews=(ReviewLine("Google Play", text, figure, figure, figure, figure),) * 40,
        revisions=(Revision("Visites", "2–8 nov.", figure, figure, found.tiles[0].changes[0], "provisoire"),) * 40,
    )  # fmt: skip


def test_hostile_texts_are_harmless_and_keep_it_small(found: Report) -> None:
    calm = html(hostile(found, "calm"))
    tags = re.findall(r"<(\w+)", calm)
    for text in HOSTILE:
        bad = hostile(found, text)
        made = html(bad)
        assert len(made.encode()) < MOST_BYTES
        assert re.findall(r"<(\w+)", made) == tags or not text.strip("\x00"), text
        assert "49" not in subject(bad) and "\n" not in subject(bad)
        assert not set(plain(bad)) & {"\x00", "\x1b", "\u202e"}


def test_an_e_mail_with_hostile_words_has_no_header_more(found: Report) -> None:
    text = "a\nBcc: x@example.org\r\n\r\nbody"
    made = mail(replace(found, headline=text, brand=text, comment=text), SENDER, TO, MOMENT)
    assert "Bcc" not in made and message_from_bytes(made.as_bytes())["Bcc"] is None


def test_cards_hold_the_figures_and_are_within_what_the_services_take(found: Report) -> None:
    for make in (slack, teams):
        said = json.dumps(make(found), ensure_ascii=False).replace("\\\\", "")
        for text in (found.headline, found.comment, *(one.text for one in found.sentences)):
            assert text in said, text
        for tile in found.tiles:
            assert tile.name in said and tile.figure.shown in said
    for text in HOSTILE:
        bad = hostile(found, text)
        assert len(json.dumps(teams(bad)).encode()) < 28_000
        blocks = slack(bad)["blocks"]
        assert len(blocks) <= 50
        assert all(block.get("text", {}).get("type", "plain_text") == "plain_text" for block in blocks)
        assert all(0 < len(block["text"]["text"]) <= 3000 for block in blocks if "text" in block)
        assert all(len(field["text"]) <= 2000 for block in blocks for field in block.get("fields", ()))
    assert "<!channel>" not in slack(hostile(found, "<!channel>"))["text"]
    assert "[a](" not in json.dumps(teams(hostile(found, "[a](https://example.org)")))


def test_a_brand_of_which_nothing_is_known_has_an_e_mail(make: Any) -> None:
    found = make()
    kinds = [part.get_content_type() for part in mail(found, SENDER, TO, MOMENT).walk()]
    assert "text/html" in kinds and plain(found) and slack(found) and teams(found)
