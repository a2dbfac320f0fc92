"""What a typeface can draw of the texts that people write: a PDF for all readers holds no character without a glyph."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

NOT_DRAWN = "□"
LINK = re.compile(r"https?://\S+")
SPACES = re.compile("[ \\t-\\r\\x1c-\\x1f\\x85\\u2028\\u2029]+")  # those before ; and within numbers do not break
LONG_WORD = re.compile(r"\S{32}")
PICTURES = ((0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF), (0xE0000, 0xE007F))
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAK = "\u200b"  # where a long word may be broken


@cache
def covered(font: Path) -> frozenset[int]:
    """The code points that an OpenType file draws, by its character maps of formats 4 and 12."""
    data = font.read_bytes()
    tables = {data[at : at + 4]: struct.unpack(">I", data[at + 8 : at + 12])[0] for at in _records(data)}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for n in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        (offset,) = struct.unpack(">I", data[cmap + 8 * n + 8 : cmap + 8 * n + 12])
        found |= _mapped(data, cmap + offset)
    return frozenset(found)


def _records(data: bytes) -> range:
    (count,) = struct.unpack(">H", data[4:6])
    return range(12, 12 + 16 * count, 16)


def _mapped(data: bytes, at: int) -> set[int]:
    (form,) = struct.unpack(">H", data[at : at + 2])
    found: set[int] = set()
    if form == 12:
        (groups,) = struct.unpack(">I", data[at + 12 : at + 16])
        for n in range(groups):
            first, last, _ = struct.unpack(">III", data[at + 16 + 12 * n : at + 28 + 12 * n])
            found.update(range(first, last + 1))
    elif form == 4:
        (twice,) = struct.unpack(">H", data[at + 6 : at + 8])
        ends = struct.unpack(f">{twice // 2}H", data[at + 14 : at + 14 + twice])
        starts = struct.unpack(f">{twice // 2}H", data[at + 16 + twice : at + 16 + 2 * twice])
        for first, last in zip(starts, ends, strict=True):
            found.update(range(first, min(last, 0xFFFE) + 1))
    return found


def drawable(text: str, glyphs: frozenset[int]) -> str:
    """A text without what cannot be drawn: letters of other kinds made plain, pictures left out, □ for the rest."""
    drawn = [_drawn(character, glyphs) for character in text]
    said = re.sub(r" {2,}", " ", "".join(drawn)).strip(" ")
    return LONG_WORD.sub(lambda word: word[0] + BREAK, said) if ord(BREAK) in glyphs else said


def _drawn(character: str, glyphs: frozenset[int]) -> str:
    code, kind = ord(character), unicodedata.category(character)
    if character == "\n" or (code in glyphs and kind not in ("Cc", "Cf")):
        return character
    if kind in ("Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me") or _is_picture(code):
        return " " if character in "\t\r\v\f" else ""
    plain = unicodedata.normalize("NFKC", character)
    for one in (plain, unicodedata.normalize("NFKD", plain)):
        kept = "".join(c for c in one if ord(c) in glyphs)
        if kept and len(kept) >= len(one.strip()):
            return kept
    return " " if character.isspace() else NOT_DRAWN


def readable(text: str) -> str:
    """A text without what no page holds: control characters, halves of characters, and what turns the direction."""
    return "".join(c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in TURNS))


def _is_picture(code: int) -> bool:
    """Whether a code point is an emoji or a sign like one."""
    return (
        0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF or 0xE0000 <= code <= 0xE007F
    )


def brief(text: str, longest: int) -> str:
    """A text without its links, in a line, cut to a length."""
    text = SPACES.sub(" ", LINK.sub("", text)).strip(" ")
    if len(text) <= longest:
        return text
    cut = text[:longest]
    spaced = cut.rsplit(" ", 1)[0]
    return (spaced if len(spaced) > longest // 2 else cut).rstrip(" \u00a0\u202f,;:.") + "…"
