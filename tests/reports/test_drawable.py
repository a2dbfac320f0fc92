"""What a typeface can draw: hostile texts come out harmless, and what can be said is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.drawable import BREAK, brief, covered, drawable
from reports.pdf import FONTS

GLYPHS = covered(FONTS / "Inter-Regular.otf")


def test_the_typefaces_have_what_french_and_the_report_need() -> None:
    needed = "abcÀÉÈÊÇàâçéèêëîïôœùûüÿŒÆæ«»“”’…–—−×÷Σ≥≤→▲▼◆○✓✗□·%€\u00a0\u202f" + BREAK
    for weight in ("Regular", "SemiBold", "Bold"):
        missing = [c for c in needed if ord(c) not in covered(FONTS / f"Inter-{weight}.otf")]
        assert not missing, f"{weight}: {missing}"
    assert covered(FONTS / "Inter-Bold.otf") == GLYPHS, "what is drawn in one weight is drawn in all"
    assert ord("日") not in GLYPHS and 0x1F600 not in GLYPHS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Visites\u202f: 4\u202f120", "Visites\u202f: 4\u202f120"),
        ("𝗚𝗿𝗮𝘀 ﬁn Ｗｉｄｅ", "Gras fin Wide"),
        ("🎥 Live 🇫🇷 1️⃣ 👨‍👩‍👧‍👦 fin", "Live 1 fin"),
        ("日本 مر", "□□ □□"),
        ("a\x00\x07b\u202ec\u200bd", "abcd"),
        ("tab\tbed\r\nnew", "tab bed \nnew"),
        ("#panic() $x$ *b* <a>&amp;", "#panic() $x$ *b* <a>&amp;"),
        ("", ""),
    ],
)
def test_a_text_keeps_what_can_be_drawn(text: str, said: str) -> None:
    assert drawable(text, GLYPHS) == said


@given(st.text(max_size=300))
def test_whatever_is_written_only_what_has_a_glyph_is_left(text: str) -> None:
    said = drawable(text, GLYPHS)
    assert all(c == "\n" or ord(c) in GLYPHS for c in said)
    assert not [c for c in said if unicodedata.category(c) == "Cf" and c != BREAK]


def test_a_long_word_can_be_broken() -> None:
    assert max(map(len, drawable("x" * 2000, GLYPHS).split(BREAK))) == 32


def test_a_brief_text_has_no_links_and_is_cut_between_words() -> None:
    assert brief("See https://example.org/a?b=c the\n site", 40) == "See the site"
    assert brief("«\u00a08\u202f541\u00a0»\u202f;\tà\u2028voir", 40) == "«\u00a08\u202f541\u00a0»\u202f; à voir", (
        "French spaces stay"
    )
    assert brief("one two three four", 10) == "one two…"
    assert brief("x" * 50, 10) == "x" * 10 + "…"


@pytest.mark.parametrize(
    "text", ["Hors de la cible\u00a0: 4 sur 5", "Hors de la cible\u202f; 4 sur 5", "Hors de la cible. 4 sur 5"]
)
def test_no_sign_stands_alone_before_what_is_left_out(text: str) -> None:
    assert brief(text, 19) == "Hors de la cible…"
