"""Texts, tables and lines of a slide, in Arial, in the language of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Mm, Pt

from reports.drawable import readable
from reports.model import Tone
from wording.colours import PRINT

LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "fr": MSO_LANGUAGE_ID.FRENCH}
TONES = {Tone.GOOD: PRINT.good, Tone.BAD: PRINT.bad, Tone.NONE: PRINT.ink}
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style of tables that has neither fills nor grid
NOTHING = "\u00a0"  # a cell without a text would be as high as a line of 18 points
Run = tuple[str, str, bool]  # text, colour, bold


def ink(text: str, bold: bool = False) -> Run:
    """A text in ink."""
    return text, PRINT.ink, bold


def soft(text: str) -> Run:
    """A text that stands back."""
    return text, PRINT.soft, False


def toned(text: str, tone: Tone) -> Run:
    """A text that says good or bad news; it has a sign or a word besides its colour."""
    return text, TONES[tone], True


def rgb(colour: str) -> RGBColor:
    """A colour as slides hold it."""
    return RGBColor.from_string(colour.lstrip("#"))


class Brush:
    """Draws on one slide; places and sizes are millimetres."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide, self.language = slide, LANGUAGES[language]

    def paragraph(self, paragraph: Any, runs: Sequence[Run], size: float, right: bool = False) -> None:
        """Writes runs of text into a paragraph."""
        for text, colour, bold in runs:
            run = paragraph.add_run()
            run.text = readable(text).replace("\n", " ")
            font = run.font
            font.size, font.bold, font.name, font.language_id = Pt(size), bold, "Arial", self.language
            font.color.rgb = rgb(colour)
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT

    def frame(self, frame: Any, lines: Sequence[Sequence[Run]], size: float, right: bool = False) -> None:
        """Writes lines into a frame of text."""
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = Mm(0.5)
        frame.margin_top = frame.margin_bottom = 0
        for n, runs in enumerate(lines):
            paragraph = frame.add_paragraph() if n else frame.paragraphs[0]
            self.paragraph(paragraph, runs, size, right)
            paragraph.space_after = Pt(1.5)

    def text(
        self, place: tuple[float, float, float, float], lines: Sequence[Sequence[Run]], size: float,
        right: bool = False,
    ) -> Any:  # fmt: skip
        """A box of text at left, top, width, height."""
        box = self.slide.shapes.add_textbox(*map(Mm, place))
        self.frame(box.text_frame, lines, size, right)
        return box

    def edge(self, place: tuple[float, float, float, float]) -> None:
        """An empty frame with a thin line."""
        box = self.slide.shapes.add_textbox(*map(Mm, place))
        box.line.color.rgb, box.line.width = rgb(PRINT.line), Pt(0.75)
        describe(box, "")

    def rule(self, left: float, top: float, width: float) -> None:
        """A line across."""
        line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Mm, (left, top, left + width, top)))
        line.line.color.rgb, line.line.width = rgb(PRINT.ink), Pt(1)
        line._element.remove(line._element.find("{*}style"))  # the theme's would give it a shadow
        describe(line, "")

    def table(
        self, left: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[Sequence[Run]]], words: str,
        right: Sequence[int] = (), height: float = 6,
    ) -> float:  # fmt: skip
        """A table whose first row is its heads; gives where it ends."""
        shape = self.slide.shapes.add_table(
            len(rows), len(widths), Mm(left), Mm(top), Mm(sum(widths)), Mm(height * len(rows))
        )
        describe(shape, words)
        table = shape.table
        table.horz_banding = False
        table._tbl.tblPr.find("{*}tableStyleId").text = PLAIN
        for column, width in enumerate(widths):
            table.columns[column].width = Mm(width)
        for row, cells in enumerate(rows):
            table.rows[row].height = Mm(height)
            for column, runs in enumerate(cells):
                cell = table.cell(row, column)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_left = cell.margin_right = Mm(0.6)
                cell.margin_top = cell.margin_bottom = Mm(0.2)
                told = runs if any(text for text, _, _ in runs) else [soft(NOTHING)]
                self.paragraph(cell.text_frame.paragraphs[0], told, 8 if row == 0 else 8.5, column in right)
        return top + height * len(rows)


def describe(shape: Any, words: str) -> None:
    """Says in words what a shape shows; nothing where it only decorates."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", readable(words))
